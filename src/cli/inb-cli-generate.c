/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inb-cli.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "cli/inb-cli-deliver.h"
#include "cli/inb-cli-detach.h"
#include "cli/inb-cli-fetch.h"
#include "cli/inb-cli-job.h"
#include "cli/inb-cli-order.h"
#include "cli/inb-cli-render.h"
#include "cli/inb-cli-stopped.h"
#include "cli/inb-cli-wait.h"
#include "core/inb-error.h"
#include "core/inb-money.h"
#include "jobs/inb-fetch.h"
#include "jobs/inb-home.h"
#include "jobs/inb-queue.h"
#include "photo/inb-photo-file.h"
#include "providers/inb-catalogue.h"
#include "store/inb-keep.h"
#include "store/inb-paths.h"

/* The status of an order that a cap refuses; no error class stands for it. */
#define STATUS_CAP 4
/* Clips of five seconds last 5.041 s and the like (measured by others on services' clips). */
#define TOLERANCE_S 0.5

/* The dearest provider of the route decides; −1 where one of them publishes no price. */
static gint64
get_price (const InbRequest *request)
{
  g_auto (GStrv) ids = inb_request_dup_route (request);
  gint64 price = 0;

  for (guint i = 0; ids[i] != NULL; i++)
    {
      const InbProvider *provider = inb_catalogue_find (ids[i], NULL);
      const InbModel *model =
          inb_provider_get_model (provider, i == 0 ? request->model : NULL, NULL);
      gint64 one = inb_model_get_price (model, request->duration_s);

      if (one == INB_MICROS_UNKNOWN)
        return INB_MICROS_UNKNOWN;
      price = MAX (price, one);
    }
  return price;
}

static int
check_cost (const InbCliOrder *order)
{
  const InbRequest *request = order->request;
  gint64 price = get_price (request);
  g_autofree char *cap = NULL;
  g_autofree char *cost = NULL;

  if (order->max_cost < 0)
    return 0;
  cap = inb_money_format_sum (order->max_cost);
  if (price == INB_MICROS_UNKNOWN)
    {
      inb_cli_say (_ ("The price is not published, so --max-cost %s cannot be kept. Nothing was "
                      "sent. Leave it out, or choose another provider."),
                   cap);
      return STATUS_CAP;
    }
  if (price * request->takes <= order->max_cost)
    return 0;
  cost = inb_money_format (price * request->takes);
  inb_cli_say (_ ("This would cost %s, more than --max-cost %s. Nothing was sent."), cost, cap);
  return STATUS_CAP;
}

/* Takes the bytes of one photo; the request then names it by its hash. What is no photo by its
 * first bytes is refused here, before it becomes a job in the history. */
static gboolean
keep_photo (const char *root, const char *path, const char *told, char **sha256, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (InbPhotoFile) photo = inb_photo_file_open (
      g_file_peek_path (file) != NULL ? g_file_peek_path (file) : path, told, error);
  char *kept = photo != NULL ? inb_keep_file (root, file, NULL, error) : NULL;

  if (kept == NULL)
    return FALSE;
  g_free (*sha256);
  *sha256 = kept;
  return TRUE;
}

static gboolean
keep_address (const char *root, const char *url, const InbRequest *request, char **sha256,
              GError **error)
{
  const InbProvider *provider = inb_catalogue_find (request->provider, NULL);
  g_autofree char *home = NULL;
  g_autofree char *path = NULL;
  gboolean good;

  if (provider->service != NULL && !inb_home_find (provider, &home, error))
    return FALSE;
  path = inb_cli_fetch (root, url, home, error);
  good = path != NULL && keep_photo (root, path, url, sha256, error);
  if (path != NULL)
    g_unlink (path);
  return good;
}

static gboolean
take_photo (const char *root, const char *given, const InbRequest *request, char **sha256,
            char **name, GError **error)
{
  g_autofree char *base = NULL;

  if (inb_fetch_is_address (given))
    {
      *name = inb_fetch_dup_name (given);
      return keep_address (root, given, request, sha256, error);
    }
  base = g_path_get_basename (given);
  *name = g_filename_display_name (base);
  return keep_photo (root, given, given, sha256, error);
}

static gboolean
keep_photos (const char *root, const InbCliOrder *order, GError **error)
{
  InbRequest *request = order->request;

  return take_photo (root, order->start, request, &request->start, &request->start_name, error) &&
         (order->matte == NULL ||
          keep_photo (root, order->matte, order->matte, &request->matte, error)) &&
         (order->last == NULL ||
          take_photo (root, order->last, request, &request->last, &request->last_name, error));
}

static void
traced_cb (InbQueue *queue, const char *line, gpointer user_data)
{
  inb_cli_say ("%s", line);
}

static GPtrArray *
add_jobs (InbQueue *queue, const InbCliOrder *order, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  inb_queue_add_async (queue, order->request, NULL, order->product, 0, NULL,
                       inb_cli_wait_take_result_cb, &result);
  return inb_queue_add_finish (queue, inb_cli_wait_result (&result), error);
}

/* How the local engine read the prompt, beside the clip that came of it. */
static void
tell_words (const InbRequest *request)
{
  const InbProvider *provider = inb_catalogue_find (request->provider, NULL);
  g_autoptr (InbPrompt) prompt = NULL;
  g_autofree char *words = NULL;

  if (provider == NULL || provider->kind != INB_PROVIDER_LOCAL)
    return;
  prompt = inb_prompt_new (request->prompt, NULL);
  if (prompt == NULL)
    return;
  words = inb_cli_render_dup_words (prompt);
  g_printerr ("%s", words);
}

/* A service decides for itself what it makes of an order: what is paid for is kept, and told. */
static void
tell_difference (InbJob *job, const char *name)
{
  const InbClip *clip = inb_job_get_clip (job);
  double asked_s = inb_job_get_request (job)->duration_s;
  double made_s = clip != NULL ? (double) clip->duration_ns / 1e9 : asked_s;

  if (made_s < asked_s - TOLERANCE_S || made_s > asked_s + TOLERANCE_S)
    inb_cli_say (_ ("%s: the clip has %.1f s, not %.0f as ordered. It is kept."), name, made_s,
                 asked_s);
}

/* Copies what is done to where it was asked for, and tells of each job in a line. */
static int
deliver (const InbCliOrder *order, GPtrArray *jobs, GPtrArray *outputs)
{
  int status = 0;

  for (guint i = 0; i < jobs->len; i++)
    {
      InbJob *job = g_ptr_array_index (jobs, i);
      const InbJobFacts *facts = inb_job_get_facts (job);
      g_autofree char *name = inb_cli_job_describe (job);
      g_autofree char *output = NULL;
      GError *error = NULL;

      tell_difference (job, name);
      if (facts->state == INB_JOB_DONE && order->output != NULL)
        output = inb_cli_deliver (order->output, job, i, jobs->len, &error);
      if (error != NULL)
        {
          inb_cli_say (_ ("%s is done and kept as “%s”, but could not be copied."), name,
                       facts->clip->path);
          status = inb_cli_fail (error, FALSE);
        }
      else if (facts->error_message != NULL)
        inb_cli_say ("%s: %s", name, facts->error_message);
      else if (facts->state != INB_JOB_DONE)
        inb_cli_say ("%s: %s", name, inb_job_state_get_words (facts->state));
      else if (!order->json)
        g_print ("%s\n", output != NULL ? output : facts->clip->path);
      g_ptr_array_add (outputs, output != NULL ? g_steal_pointer (&output) : g_strdup (""));
    }
  return status;
}

static int
leave_running (const InbCliOrder *order, const char *root, GPtrArray *jobs)
{
  GError *error = NULL;

  if (!inb_cli_detach (root, jobs, &error))
    return inb_cli_fail (error, order->json);
  if (order->json)
    inb_cli_job_print_list (jobs, NULL);
  for (guint i = 0; i < jobs->len && !order->json; i++)
    g_print ("%s\n", inb_job_get_id (g_ptr_array_index (jobs, i)));
  return 0;
}

static int
wait_and_deliver (const InbCliOrder *order, const char *root, InbQueue *queue, GPtrArray *jobs)
{
  g_autoptr (GPtrArray) outputs = g_ptr_array_new_with_free_func (g_free);
  GError *error = NULL;
  int status, delivered;

  if (!inb_cli_wait (queue, jobs, INB_CLI_WAIT_CANCEL, &error))
    {
      inb_queue_close (queue);
      return inb_cli_stopped (root, jobs, error, order->json);
    }
  inb_queue_close (queue);
  status = inb_cli_job_get_worst_status (jobs);
  delivered = deliver (order, jobs, outputs);
  if (order->json)
    inb_cli_job_print_list (jobs, outputs);
  else if (status == 0)
    tell_words (order->request);
  return status != 0 ? status : delivered;
}

static int
carry_out (const InbCliOrder *order)
{
  g_autofree char *root = inb_paths_dup_default_root ();
  g_autoptr (InbQueue) queue = NULL;
  g_autoptr (GPtrArray) jobs = NULL;
  InbQueueFlags flags = order->detach ? INB_QUEUE_FOLLOW : INB_QUEUE_RUN;
  GError *error = NULL;

  if (order->trace)
    flags |= INB_QUEUE_TRACE;
  if (!keep_photos (root, order, &error))
    return inb_cli_fail (error, order->json);
  queue = inb_queue_open (root, flags, &error);
  if (queue == NULL)
    return inb_cli_fail (error, order->json);
  g_signal_connect (queue, "traced", G_CALLBACK (traced_cb), NULL);
  if (!order->detach)
    inb_cli_wait_hold ();
  jobs = add_jobs (queue, order, &error);
  if (jobs == NULL)
    return inb_cli_fail (error, order->json);
  return order->detach ? leave_running (order, root, jobs)
                       : wait_and_deliver (order, root, queue, jobs);
}

/**
 * inb_cli_generate:
 * @argc: arguments
 * @argv: the arguments, the command's name first
 *
 * Keeps the photos, adds one job a take, runs them or follows the process that does, and copies the
 * clips to where they were asked for.
 *
 * Returns: the exit status of the README's table
 */
int
inb_cli_generate (int argc, char **argv)
{
  g_auto (InbCliOrder) order = { 0 };
  GError *error = NULL;
  int status;

  if (!inb_cli_order_parse (&order, argc, argv, &error) ||
      !inb_cli_deliver_check (order.output, order.request->takes, &error))
    return inb_cli_fail (error, order.json);
  status = check_cost (&order);
  return status != 0 ? status : carry_out (&order);
}
