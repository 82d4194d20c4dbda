/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inb-cli-ledger.h"

#include <glib/gi18n.h>

#include "cli/inb-cli-job.h"
#include "cli/inb-cli.h"
#include "core/inb-money.h"

typedef struct
{
  gint64 estimate; /* sums of what is known */
  gint64 actual;
  guint n_unknown; /* jobs that may have cost something nobody has told */
} Sum;

static gint64
get_actual (InbJob *job)
{
  return g_str_equal (inb_job_get_request (job)->provider, "local")
             ? 0
             : inb_job_get_facts (job)->actual_micros;
}

/* Sums of money, where "free" would not be a number */
static char *
format_dollars (gint64 micros)
{
  if (micros == INB_MICROS_UNKNOWN)
    return g_strdup ("?");
  return micros == 0 ? g_strdup ("$0.00") : inb_money_format (micros);
}

static void
add (Sum *sum, InbJob *job)
{
  gint64 actual = get_actual (job);

  sum->estimate += MAX (0, inb_job_get_estimate (job));
  sum->actual += MAX (0, actual);
  if (actual == INB_MICROS_UNKNOWN)
    sum->n_unknown++;
}

static char *
format_time (gint64 created_us)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (created_us / G_USEC_PER_SEC);

  return time != NULL ? g_date_time_format_iso8601 (time) : g_strdup ("");
}

/* One field of RFC 4180; what a spreadsheet would take for a formula gets an apostrophe. */
static void
append_field (GString *line, const char *text)
{
  if (line->len > 0)
    g_string_append_c (line, ',');
  g_string_append_c (line, '"');
  if (text != NULL && *text != '\0' && strchr ("=+-@\t\r", *text) != NULL)
    g_string_append_c (line, '\'');
  for (; text != NULL && *text != '\0'; text++)
    {
      if (*text == '"')
        g_string_append_c (line, '"');
      g_string_append_c (line, *text);
    }
  g_string_append_c (line, '"');
}

static void
append_micros (GString *line, gint64 micros)
{
  g_string_append_c (line, ',');
  if (micros != INB_MICROS_UNKNOWN)
    g_string_append_printf (line, "%" G_GINT64_FORMAT, micros);
}

static void
print_csv_line (InbJob *job)
{
  const InbJobFacts *facts = inb_job_get_facts (job);
  const InbRequest *request = inb_job_get_request (job);
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *time = format_time (inb_job_get_created (job));

  append_field (line, time);
  append_field (line, inb_job_get_id (job));
  append_field (line, inb_job_get_product_name (job));
  g_string_append_printf (line, ",%u", inb_job_get_take (job));
  append_field (line, request->provider);
  append_field (line, request->model);
  g_string_append_printf (line, ",%u", request->duration_s);
  append_field (line, inb_job_state_to_string (facts->state));
  append_micros (line, inb_job_get_estimate (job));
  append_micros (line, get_actual (job));
  append_field (line, facts->charged);
  append_field (line, facts->remote_id);
  append_field (line, facts->request_id);
  g_print ("%s\r\n", line->str);
}

static void
add_json (JsonBuilder *builder, InbJob *job)
{
  const InbJobFacts *facts = inb_job_get_facts (job);
  const InbRequest *request = inb_job_get_request (job);
  g_autofree char *time = format_time (inb_job_get_created (job));

  json_builder_begin_object (builder);
  inb_json_add_string (builder, "time", time);
  inb_json_add_string (builder, "id", inb_job_get_id (job));
  inb_json_add_string (builder, "product", inb_job_get_product_name (job));
  inb_json_add_int (builder, "take", inb_job_get_take (job));
  inb_json_add_string (builder, "provider", request->provider);
  inb_json_add_string (builder, "model", request->model);
  inb_json_add_int (builder, "duration_s", request->duration_s);
  inb_json_add_string (builder, "state", inb_job_state_to_string (facts->state));
  inb_cli_job_add_micros (builder, "estimate_micros", inb_job_get_estimate (job));
  inb_cli_job_add_micros (builder, "actual_micros", get_actual (job));
  inb_json_add_string (builder, "charged", facts->charged);
  inb_json_add_string (builder, "remote_id", facts->remote_id);
  inb_json_add_string (builder, "request_id", facts->request_id);
  json_builder_end_object (builder);
}

static void
print_line (InbJob *job)
{
  const InbRequest *request = inb_job_get_request (job);
  g_autofree char *time = format_time (inb_job_get_created (job));
  g_autofree char *estimate = format_dollars (inb_job_get_estimate (job));
  g_autofree char *actual = format_dollars (get_actual (job));

  g_print ("%s  %.8s  %-12s  %8s  %8s  %-5s  %s\n", time, inb_job_get_id (job), request->provider,
           estimate, actual, inb_job_get_facts (job)->charged,
           inb_job_state_to_string (inb_job_get_state (job)));
}

static void
print_sum (const Sum *sum)
{
  g_autofree char *estimate = format_dollars (sum->estimate);
  g_autofree char *actual = format_dollars (sum->actual);

  g_print (_ ("Together: estimated %s, charged %s"), estimate, actual);
  if (sum->n_unknown > 0)
    g_print (ngettext (", and %u job whose charge is not known",
                       ", and %u jobs whose charge is not known", sum->n_unknown),
             sum->n_unknown);
  g_print ("\n");
}

static void
print_json (GListModel *jobs, guint n_jobs)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  Sum sum = { 0 };

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "ledger");
  json_builder_begin_array (builder);
  for (guint i = n_jobs; i > 0; i--)
    {
      g_autoptr (InbJob) job = g_list_model_get_item (jobs, i - 1);

      add (&sum, job);
      add_json (builder, job);
    }
  json_builder_end_array (builder);
  inb_json_add_int (builder, "estimate_micros", sum.estimate);
  inb_json_add_int (builder, "actual_micros", sum.actual);
  inb_json_add_int (builder, "unknown", sum.n_unknown);
  json_builder_end_object (builder);
  inb_cli_print_json (builder);
}

/**
 * inb_cli_ledger:
 * @queue: the jobs
 * @csv: whether to print RFC 4180 lines
 * @json: whether to print one JSON document
 *
 * Prints a line a job, oldest first: what it was estimated at and what was charged, in
 * micro-dollars where a program reads it.
 *
 * Returns: 0
 */
int
inb_cli_ledger (InbQueue *queue, gboolean csv, gboolean json)
{
  GListModel *jobs = G_LIST_MODEL (queue);
  guint n_jobs = g_list_model_get_n_items (jobs);
  Sum sum = { 0 };

  if (json)
    {
      print_json (jobs, n_jobs);
      return 0;
    }
  if (csv)
    g_print ("time,id,product,take,provider,model,duration_s,state,estimate_micros,actual_micros,"
             "charged,remote_id,request_id\r\n");
  for (guint i = n_jobs; i > 0; i--)
    {
      g_autoptr (InbJob) job = g_list_model_get_item (jobs, i - 1);

      add (&sum, job);
      if (csv)
        print_csv_line (job);
      else
        print_line (job);
    }
  if (!csv)
    print_sum (&sum);
  return 0;
}
