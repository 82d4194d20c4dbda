/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inb-cli-attempts.h"

#include <glib/gi18n.h>

#include "store/inb-store.h"

static GPtrArray *
read_attempts (const char *root, const char *job_id)
{
  g_autoptr (InbStore) store = inb_store_open (root, INB_DATABASE_READ, NULL);

  return store != NULL ? inb_store_list_attempts (store, job_id, NULL) : NULL;
}

static char *
format_time (gint64 time_us)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (time_us / G_USEC_PER_SEC);

  return time != NULL ? g_date_time_format_iso8601 (time) : g_strdup ("?");
}

/**
 * inb_cli_attempts_print:
 * @root: the data folder
 * @job_id: UUID of a job
 *
 * Prints a line for each paid request of the job: what a person needs who asks a service's support.
 */
void
inb_cli_attempts_print (const char *root, const char *job_id)
{
  g_autoptr (GPtrArray) attempts = read_attempts (root, job_id);

  for (guint i = 0; attempts != NULL && i < attempts->len; i++)
    {
      const InbAttemptRow *row = g_ptr_array_index (attempts, i);
      g_autofree char *time = format_time (row->sent_us);

      /* Translators: number of a paid request, provider, time, what came of it, HTTP status, the
       * service's id of the call. */
      g_print (_ ("Paid request %u to %s at %s: %s, HTTP %u, %s\n"), row->number, row->provider,
               time, row->outcome != NULL ? row->outcome : _ ("no answer was noted"), row->status,
               row->request_id != NULL ? row->request_id : _ ("no request id"));
    }
}

/**
 * inb_cli_attempts_add_json:
 * @builder: inside an object
 * @root: the data folder
 * @job_id: UUID of a job
 *
 * Adds the member "attempts".
 */
void
inb_cli_attempts_add_json (JsonBuilder *builder, const char *root, const char *job_id)
{
  g_autoptr (GPtrArray) attempts = read_attempts (root, job_id);

  json_builder_set_member_name (builder, "attempts");
  json_builder_begin_array (builder);
  for (guint i = 0; attempts != NULL && i < attempts->len; i++)
    {
      const InbAttemptRow *row = g_ptr_array_index (attempts, i);
      g_autofree char *time = format_time (row->sent_us);

      json_builder_begin_object (builder);
      inb_json_add_int (builder, "number", row->number);
      inb_json_add_string (builder, "provider", row->provider);
      inb_json_add_string (builder, "sent", time);
      inb_json_add_string (builder, "outcome", row->outcome);
      inb_json_add_int (builder, "status", row->status);
      inb_json_add_string (builder, "request_id", row->request_id);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}
