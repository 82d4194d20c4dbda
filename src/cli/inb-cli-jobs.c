/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inb-cli.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cli/inb-cli-attempts.h"
#include "cli/inb-cli-cap.h"
#include "cli/inb-cli-detach.h"
#include "cli/inb-cli-job.h"
#include "cli/inb-cli-ledger.h"
#include "cli/inb-cli-stopped.h"
#include "cli/inb-cli-wait.h"
#include "core/inb-error.h"
#include "jobs/inb-queue.h"
#include "jobs/inb-sidecar.h"
#include "store/inb-paths.h"

typedef struct
{
  gboolean json;
  gboolean csv;
  gboolean wait;
  gboolean lost;
  gboolean resend;
  char *day;
  char *request;
  char **words;
  const char *id; /* second word */
  char *root;
} Options;

static void
options_clear (Options *self)
{
  g_strfreev (self->words);
  g_free (self->day);
  g_free (self->request);
  g_free (self->root);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

typedef int (*Command) (Options *options, InbQueue *queue);

static GPtrArray *
dup_jobs (InbQueue *queue, gboolean all)
{
  GPtrArray *jobs = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_jobs = g_list_model_get_n_items (G_LIST_MODEL (queue));

  for (guint i = 0; i < n_jobs; i++)
    {
      g_autoptr (InbJob) job = g_list_model_get_item (G_LIST_MODEL (queue), i);

      if (all ? !inb_job_get_facts (job)->deleted
              : !inb_job_state_is_final (inb_job_get_state (job)))
        g_ptr_array_add (jobs, g_steal_pointer (&job));
    }
  return jobs;
}

/* The jobs that the words after the command name */
static GPtrArray *
find_named (Options *options, InbQueue *queue, GError **error)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 1; options->words[i] != NULL; i++)
    {
      InbJob *job = inb_queue_find_job (queue, options->words[i], error);

      if (job == NULL)
        return NULL;
      g_ptr_array_add (jobs, g_object_ref (job));
    }
  return g_steal_pointer (&jobs);
}

static void
print_line (InbJob *job)
{
  g_autoptr (GDateTime) created =
      g_date_time_new_from_unix_local (inb_job_get_created (job) / G_USEC_PER_SEC);
  g_autofree char *time = created != NULL ? g_date_time_format (created, "%Y-%m-%d %H:%M") : NULL;
  g_autofree char *name = inb_cli_job_describe (job);
  const InbRequest *request = inb_job_get_request (job);
  glong n_chars = MIN (60, g_utf8_strlen (request->prompt, -1));
  g_autofree char *prompt = g_utf8_substring (request->prompt, 0, n_chars);

  g_print ("%.8s  %-16s  %s  %-8s  %s  “%s”\n", inb_job_get_id (job),
           inb_job_state_to_string (inb_job_get_state (job)), time != NULL ? time : "",
           request->provider, name, prompt);
}

static int
list (Options *options, InbQueue *queue)
{
  g_autoptr (GPtrArray) jobs = dup_jobs (queue, TRUE);

  if (options->json)
    inb_cli_job_print_list (jobs, NULL);
  for (guint i = 0; i < jobs->len && !options->json; i++)
    print_line (g_ptr_array_index (jobs, i));
  if (jobs->len == 0 && !options->json)
    inb_cli_say (
        _ ("There are no jobs yet. “inbetween-cli generate --help” shows how to make one."));
  return 0;
}

static void
print_json_of (const char *root, InbJob *job)
{
  const InbJobFacts *facts = inb_job_get_facts (job);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "job");
  inb_cli_job_add_json (builder, job, NULL);
  json_builder_set_member_name (builder, "request");
  json_builder_begin_object (builder);
  inb_sidecar_add_request (builder, inb_job_get_request (job));
  json_builder_end_object (builder);
  inb_json_add_int (builder, "created_us", inb_job_get_created (job));
  inb_json_add_int (builder, "started_us", facts->started_us);
  inb_json_add_int (builder, "finished_us", facts->finished_us);
  inb_json_add_double (builder, "progress", facts->progress);
  inb_json_add_string (builder, "charged", facts->charged);
  inb_json_add_string (builder, "poster", facts->clip != NULL ? facts->clip->poster : NULL);
  inb_json_add_string (builder, "proxy", facts->clip != NULL ? facts->clip->proxy : NULL);
  inb_cli_attempts_add_json (builder, root, inb_job_get_id (job));
  json_builder_end_object (builder);
  inb_cli_print_json (builder);
}

static int
show (Options *options, InbQueue *queue)
{
  GError *error = NULL;
  InbJob *job = inb_queue_find_job (queue, options->id, &error);
  const InbJobFacts *facts;

  if (job == NULL)
    return inb_cli_fail (error, options->json);
  if (options->json)
    {
      print_json_of (options->root, job);
      return 0;
    }
  print_line (job);
  facts = inb_job_get_facts (job);
  g_print ("%s\n", inb_job_get_id (job));
  if (facts->error_message != NULL)
    g_print ("%s\n", facts->error_message);
  inb_cli_attempts_print (options->root, inb_job_get_id (job));
  if (facts->clip != NULL)
    g_print (_ ("%s\n%u×%u, %u frames, %.2f s, %s in %s\n"), facts->clip->path, facts->clip->width,
             facts->clip->height, facts->clip->n_frames, (double) facts->clip->duration_ns / 1e9,
             facts->clip->codec, facts->clip->container);
  return 0;
}

static gboolean
change_one (InbQueue *queue, const char *id, gboolean cancel, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (cancel)
    inb_queue_cancel_async (queue, id, inb_cli_wait_take_result_cb, &result);
  else
    inb_queue_resume_async (queue, id, inb_cli_wait_take_result_cb, &result);
  return inb_queue_change_finish (queue, inb_cli_wait_result (&result), error);
}

static int
tell (Options *options, GPtrArray *jobs)
{
  if (options->json)
    inb_cli_job_print_list (jobs, NULL);
  for (guint i = 0; i < jobs->len && !options->json; i++)
    {
      InbJob *job = g_ptr_array_index (jobs, i);
      const InbJobFacts *facts = inb_job_get_facts (job);

      print_line (job);
      /* where an interrupted “generate --output” would have copied it is not kept: so say where it
       * is */
      if (facts->clip != NULL)
        g_print ("%s\n", facts->clip->path);
      if (facts->error_message != NULL)
        inb_cli_say ("%s", facts->error_message);
    }
  return inb_cli_job_get_worst_status (jobs);
}

static gboolean
resolve_one (InbQueue *queue, const char *id, InbResolve how, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  inb_queue_resolve_async (queue, id, how, inb_cli_wait_take_result_cb, &result);
  return inb_queue_change_finish (queue, inb_cli_wait_result (&result), error);
}

static int
wait_and_tell (Options *options, InbQueue *queue, GPtrArray *jobs)
{
  GError *error = NULL;
  gboolean good = inb_cli_wait (queue, jobs, INB_CLI_WAIT_LEAVE, &error);

  inb_queue_close (queue);
  return good ? tell (options, jobs) : inb_cli_stopped (options->root, jobs, error, options->json);
}

/* What a service has goes on by itself, also after a restart. What waits, failed here, is not sent
 * yet (it will be paused as soon as somebody runs the jobs) or may have to be sent once more wants
 * a person's word. */
static gboolean
wants_a_word (InbJob *job)
{
  static const InbJobState theirs[] = { INB_JOB_QUEUED,       INB_JOB_RUNNING,
                                        INB_JOB_STALLED,      INB_JOB_CANCELLING,
                                        INB_JOB_RESULT_READY, INB_JOB_DOWNLOADING,
                                        INB_JOB_VERIFYING };
  InbJobState state = inb_job_get_state (job);

  if (inb_job_is_at_rest (job))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (theirs); i++)
    if (state == theirs[i])
      return FALSE;
  return TRUE;
}

/* Resumes the jobs that are named, or all that are not at rest; then waits, or leaves somebody who
 * does. */
static int
resume (Options *options, InbQueue *queue)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) jobs =
      options->id != NULL ? find_named (options, queue, &error) : dup_jobs (queue, FALSE);

  if (jobs == NULL)
    return inb_cli_fail (error, options->json);
  if (options->wait)
    inb_cli_wait_hold ();
  for (guint i = 0; i < jobs->len; i++)
    {
      InbJob *job = g_ptr_array_index (jobs, i);

      if (!wants_a_word (job))
        continue;
      if (!change_one (queue, inb_job_get_id (job), FALSE, &error) && options->id != NULL)
        return inb_cli_fail (error, options->json);
      g_clear_error (&error); /* one that came to its end in the meantime needs no resuming */
    }
  if (options->wait)
    return wait_and_tell (options, queue, jobs);
  if (jobs->len > 0 && !inb_cli_detach (options->root, jobs, &error))
    return inb_cli_fail (error, options->json);
  tell (options, jobs);
  return 0;
}

static int
cancel (Options *options, InbQueue *queue)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) jobs = find_named (options, queue, &error);

  if (jobs == NULL ||
      !change_one (queue, inb_job_get_id (g_ptr_array_index (jobs, 0)), TRUE, &error))
    return inb_cli_fail (error, options->json);
  if (!inb_cli_wait (queue, jobs, INB_CLI_WAIT_LEAVE, &error))
    {
      inb_queue_close (queue);
      return inb_cli_stopped (options->root, jobs, error, options->json);
    }
  tell (options, jobs);
  return inb_job_state_is_cancelled (inb_job_get_state (g_ptr_array_index (jobs, 0))) ? 0 : 1;
}

/* A person's word on a job whose answer was lost; without one the service is asked again. */
static int
resolve (Options *options, InbQueue *queue)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) jobs = find_named (options, queue, &error);
  InbResolve how = INB_RESOLVE_LOOK;

  if (options->lost)
    how = INB_RESOLVE_LOST;
  else if (options->resend)
    how = INB_RESOLVE_RESEND;
  if (jobs == NULL ||
      !resolve_one (queue, inb_job_get_id (g_ptr_array_index (jobs, 0)), how, &error))
    return inb_cli_fail (error, options->json);
  return wait_and_tell (options, queue, jobs);
}

static int
cap (Options *options, InbQueue *queue)
{
  return inb_cli_cap (options->root, options->day, options->request, options->json);
}

static int
ledger (Options *options, InbQueue *queue)
{
  return inb_cli_ledger (queue, options->csv, options->json);
}

static const struct
{
  const char *name;
  Command run;
  guint min_ids;
  guint max_ids;
  InbQueueFlags flags;
} commands[] = {
  { "list", list, 0, 0, INB_QUEUE_ALL },         { "show", show, 1, 1, INB_QUEUE_FOLLOW },
  { "resume", resume, 0, 64, INB_QUEUE_FOLLOW }, { "cancel", cancel, 1, 1, INB_QUEUE_RUN },
  { "resolve", resolve, 1, 1, INB_QUEUE_RUN },   { "ledger", ledger, 0, 0, INB_QUEUE_ALL },
  { "cap", cap, 0, 0, INB_QUEUE_FOLLOW },
};

static gboolean
refuse_use (GError **error)
{
  g_set_error_literal (
      error, INB_ERROR, INB_ERROR_BAD_INPUT,
      _ ("Give one of: list, show ID, resume [ID…], cancel ID, resolve ID, ledger, "
         "cap. “inbetween-cli jobs --help” explains them."));
  return FALSE;
}

static gboolean
find_command (Options *options, Command *run, InbQueueFlags *flags, GError **error)
{
  guint n_words = options->words != NULL ? g_strv_length (options->words) : 0;
  const char *name = n_words > 0 ? options->words[0] : "list";
  guint n_ids = n_words > 0 ? n_words - 1 : 0;

  options->id = n_words > 1 ? options->words[1] : NULL;
  if (options->lost && options->resend)
    return refuse_use (error);
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, name))
      {
        *run = commands[i].run;
        *flags = commands[i].flags | (options->wait ? INB_QUEUE_RUN : 0);
        return (n_ids >= commands[i].min_ids && n_ids <= commands[i].max_ids) || refuse_use (error);
      }
  return refuse_use (error);
}

static GOptionContext *
make_context (Options *self)
{
  GOptionContext *context =
      g_option_context_new (_ ("[list | show ID | resume [ID…] | cancel ID | resolve ID | ledger | "
                               "cap]"));
  GOptionEntry entries[] = {
    { "wait", 0, 0, G_OPTION_ARG_NONE, &self->wait, N_ ("resume: stay until the jobs are at rest"),
      NULL },
    { "lost", 0, 0, G_OPTION_ARG_NONE, &self->lost,
      N_ ("resolve: give the job up; it may have been charged"), NULL },
    { "resend", 0, 0, G_OPTION_ARG_NONE, &self->resend,
      N_ ("resolve: send it again; it may be charged twice"), NULL },
    { "day", 0, 0, G_OPTION_ARG_STRING, &self->day,
      N_ ("cap: the most that may be spent in a day, or “none”"), "USD" },
    { "request", 0, 0, G_OPTION_ARG_STRING, &self->request,
      N_ ("cap: the most that one request may cost, or “none”"), "USD" },
    { "csv", 0, 0, G_OPTION_ARG_NONE, &self->csv, N_ ("ledger: lines for a spreadsheet"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json, N_ ("Print one JSON document"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->words, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_summary (
      context,
      _ ("Lists the jobs, newest first, and does what is asked with one of them.\n"
         "An ID may be given by its first characters.\n\n"
         "  list      all jobs (also without a word)\n"
         "  show      everything about one job\n"
         "  resume    go on with what was left behind, or try a failed job again\n"
         "  cancel    stop a job; free as long as nothing was sent\n"
         "  resolve   settle a job whose answer was lost: ask the service again, or say\n"
         "            --lost or --resend\n"
         "  ledger    what each job was estimated at and what was charged\n"
         "  cap       the most that may be spent in a day and by a request, and what is spent "
         "today"));
  return context;
}

/**
 * inb_cli_jobs:
 * @argc: arguments
 * @argv: the arguments, the command's name first
 *
 * Returns: 0; of resume --wait the worst status of its jobs; 2 for a wrong usage
 */
int
inb_cli_jobs (int argc, char **argv)
{
  g_auto (Options) options = { .json = inb_cli_wants_json (argc, argv) };
  g_autoptr (GOptionContext) context = make_context (&options);
  g_autoptr (InbQueue) queue = NULL;
  gboolean json = options.json;
  GError *error = NULL;
  InbQueueFlags flags = INB_QUEUE_FOLLOW;
  Command run = NULL;

  if (!inb_cli_parse (context, &argc, &argv, &error) ||
      !find_command (&options, &run, &flags, &error))
    return inb_cli_fail (error, json);
  options.root = inb_paths_dup_default_root ();
  queue = inb_queue_open (options.root, flags, &error);
  if (queue == NULL)
    return inb_cli_fail (error, json);
  return run (&options, queue);
}
