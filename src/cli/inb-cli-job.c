/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inb-cli-job.h"

#include <glib/gi18n.h>

#include "cli/inb-cli.h"
#include "core/inb-error.h"
#include "core/inb-money.h"

/* Where several jobs end differently, the first of these that occurs is the status of the whole:
 * interrupted, unclear, refused by a cap, bad input, failed. */
static const int worst_first[] = { 130, 3, 4, 2, 1 };

#define STATUS_BAD_INPUT 2

/**
 * inb_cli_job_get_status:
 * @job: a job
 *
 * Returns: the exit status it stands for: 0 done, 130 cancelled, 3 still under way, else that of
 * its failure's class, where a service did not end it
 */
int
inb_cli_job_get_status (InbJob *job)
{
  const InbJobFacts *facts = inb_job_get_facts (job);
  g_autoptr (GError) failure = NULL;
  int status;

  if (facts->state == INB_JOB_DONE)
    return 0;
  if (inb_job_state_is_cancelled (facts->state))
    return 130;
  if (!inb_job_state_is_final (facts->state) && g_strcmp0 (facts->error_name, "nobody") != 0)
    return 3;
  failure = g_error_new_literal (INB_ERROR, inb_error_code_from_name (facts->error_name), "");
  status = inb_error_get_exit_status (failure);
  /* what a service made of a good order is no fault of the order */
  return status == STATUS_BAD_INPUT &&
                 (facts->state == INB_JOB_FAILED_REMOTE || facts->state == INB_JOB_EXPIRED)
             ? 1
             : status;
}

/**
 * inb_cli_job_get_worst_status:
 * @jobs: (element-type InbJob): jobs
 *
 * Returns: the exit status of all of them together
 */
int
inb_cli_job_get_worst_status (GPtrArray *jobs)
{
  for (gsize i = 0; i < G_N_ELEMENTS (worst_first); i++)
    for (guint j = 0; j < jobs->len; j++)
      if (inb_cli_job_get_status (g_ptr_array_index (jobs, j)) == worst_first[i])
        return worst_first[i];
  return 0;
}

/**
 * inb_cli_job_add_micros:
 * @builder: inside an object
 * @name: member
 * @micros: micro-dollars; null is written for %INB_MICROS_UNKNOWN
 */
void
inb_cli_job_add_micros (JsonBuilder *builder, const char *name, gint64 micros)
{
  json_builder_set_member_name (builder, name);
  if (micros == INB_MICROS_UNKNOWN)
    json_builder_add_null_value (builder);
  else
    json_builder_add_int_value (builder, micros);
}

static void
add_clip (JsonBuilder *builder, const InbClip *clip, const char *output)
{
  static const char *const members[] = { "clip", "sha256", "width", "height", "duration_s" };

  if (clip == NULL)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
        inb_json_add_string (builder, members[i], NULL);
      return;
    }
  inb_json_add_string (builder, "clip", output != NULL ? output : clip->path);
  inb_json_add_string (builder, "sha256", clip->sha256);
  inb_json_add_int (builder, "width", clip->width);
  inb_json_add_int (builder, "height", clip->height);
  inb_json_add_double (builder, "duration_s", (double) clip->duration_ns / 1e9);
}

static void
add_error (JsonBuilder *builder, const InbJobFacts *facts)
{
  json_builder_set_member_name (builder, "error");
  if (facts->error_name == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }
  json_builder_begin_object (builder);
  inb_json_add_string (builder, "class", facts->error_name);
  inb_json_add_string (builder, "message", facts->error_message);
  inb_json_add_string (builder, "request_id", facts->request_id);
  inb_json_add_string (builder, "charged", facts->charged);
  json_builder_end_object (builder);
}

/* A job that never left this computer cost nothing, and that is known. */
static gint64
get_actual (InbJob *job)
{
  const InbJobFacts *facts = inb_job_get_facts (job);

  if (g_str_equal (inb_job_get_request (job)->provider, "local"))
    return 0;
  return facts->actual_micros;
}

/**
 * inb_cli_job_add_json:
 * @builder: where a value is expected
 * @job: a job
 * @output: (nullable): where its clip was written to, if it was asked for
 *
 * The object that every command prints of a job.
 */
void
inb_cli_job_add_json (JsonBuilder *builder, InbJob *job, const char *output)
{
  const InbJobFacts *facts = inb_job_get_facts (job);
  const InbRequest *request = inb_job_get_request (job);

  json_builder_begin_object (builder);
  inb_json_add_string (builder, "id", inb_job_get_id (job));
  inb_json_add_string (builder, "product", inb_job_get_product_name (job));
  inb_json_add_int (builder, "take", inb_job_get_take (job));
  inb_json_add_string (builder, "state", inb_job_state_to_string (facts->state));
  inb_json_add_string (builder, "provider", request->provider);
  inb_json_add_string (builder, "model", request->model);
  inb_json_add_string (builder, "remote_id", facts->remote_id);
  add_clip (builder, facts->clip, output);
  inb_cli_job_add_micros (builder, "estimate_micros", inb_job_get_estimate (job));
  inb_cli_job_add_micros (builder, "actual_micros", get_actual (job));
  add_error (builder, facts);
  json_builder_end_object (builder);
}

/**
 * inb_cli_job_print_list:
 * @jobs: (element-type InbJob): jobs
 * @outputs: (nullable) (element-type utf8): where each clip was written to, an empty text for
 * nowhere
 *
 * Prints {"jobs":[…]} on standard output.
 */
void
inb_cli_job_print_list (GPtrArray *jobs, GPtrArray *outputs)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "jobs");
  json_builder_begin_array (builder);
  for (guint i = 0; i < jobs->len; i++)
    {
      const char *output =
          outputs != NULL && i < outputs->len ? g_ptr_array_index (outputs, i) : "";

      inb_cli_job_add_json (builder, g_ptr_array_index (jobs, i), *output != '\0' ? output : NULL);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  inb_cli_print_json (builder);
}

/**
 * inb_cli_job_describe:
 * @job: a job
 *
 * Returns: (transfer full): "shoe, take 2", for messages
 */
char *
inb_cli_job_describe (InbJob *job)
{
  /* Translators: name of a product, number of a take. */
  return g_strdup_printf (_ ("%s, take %u"), inb_job_get_product_name (job),
                          inb_job_get_take (job));
}
