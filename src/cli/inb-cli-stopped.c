/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inb-cli-stopped.h"

#include <glib/gi18n.h>

#include "cli/inb-cli-job.h"
#include "cli/inb-cli.h"
#include "jobs/inb-queue.h"

/* The status of an order that is unclear or still under way at a service */
#define STATUS_KEPT 3

/* Where the jobs were put back to: read after their runner has ended. */
static GPtrArray *
dup_fresh (const char *root, GPtrArray *jobs)
{
  g_autoptr (GPtrArray) fresh = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (InbQueue) queue = inb_queue_open (root, INB_QUEUE_FOLLOW, NULL);

  for (guint i = 0; i < jobs->len; i++)
    {
      InbJob *job = g_ptr_array_index (jobs, i);
      InbJob *read = queue != NULL ? inb_queue_get_job (queue, inb_job_get_id (job)) : NULL;

      g_ptr_array_add (fresh, g_object_ref (read != NULL ? read : job));
    }
  return g_steal_pointer (&fresh);
}

/* A service has it, or may have it: it costs money, and is kept. */
static gboolean
is_ordered (InbJob *job)
{
  const InbJobFacts *facts = inb_job_get_facts (job);

  return !inb_job_state_is_final (facts->state) && g_strcmp0 (facts->charged, "no") != 0 &&
         !g_str_equal (inb_job_get_request (job)->provider, "local");
}

/**
 * inb_cli_stopped:
 * @root: the data folder
 * @jobs: (element-type InbJob): the jobs that were waited for
 * @error: (transfer full): why no longer: an interruption, a full disk
 * @json: whether one JSON document is wanted
 *
 * Tells why, and where the jobs stand that a service works on.
 *
 * Returns: 3 if one of them is ordered and not at rest, whatever stopped the waiting; else the
 * status of @error
 */
int
inb_cli_stopped (const char *root, GPtrArray *jobs, GError *error, gboolean json)
{
  g_autoptr (GPtrArray) fresh = dup_fresh (root, jobs);
  gboolean ordered = FALSE;

  for (guint i = 0; i < fresh->len; i++)
    ordered = ordered || is_ordered (g_ptr_array_index (fresh, i));
  if (!ordered)
    return inb_cli_fail (error, json);
  inb_cli_fail (error, FALSE);
  if (json)
    inb_cli_job_print_list (fresh, NULL);
  else
    inb_cli_say (
        _ ("What a service has begun goes on there and may be charged; “inbetween-cli jobs resume "
           "--wait” fetches it."));
  return STATUS_KEPT;
}
