/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-job-table.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/inb-error.h"

/* Jobs in the order of a list, newest first, each one object for as long as the table lives. */
struct _InbJobTable
{
  GPtrArray *jobs;
  GHashTable *by_id; /* id → job, borrowed from jobs */
};

/**
 * inb_job_table_new:
 *
 * Returns: (transfer full): an empty table
 */
InbJobTable *
inb_job_table_new (void)
{
  InbJobTable *self = g_new0 (InbJobTable, 1);

  self->jobs = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

/**
 * inb_job_table_free:
 * @self: (transfer full): a table
 */
void
inb_job_table_free (InbJobTable *self)
{
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->jobs);
  g_free (self);
}

/**
 * inb_job_table_get_n_jobs:
 * @self: a table
 *
 * Returns: how many there are
 */
guint
inb_job_table_get_n_jobs (InbJobTable *self)
{
  return self->jobs->len;
}

/**
 * inb_job_table_get:
 * @self: a table
 * @place: from 0, the newest
 *
 * Returns: (transfer none) (nullable): the job there
 */
InbJob *
inb_job_table_get (InbJobTable *self, guint place)
{
  return place < self->jobs->len ? g_ptr_array_index (self->jobs, place) : NULL;
}

/**
 * inb_job_table_find:
 * @self: a table
 * @id: UUID
 *
 * Returns: (transfer none) (nullable): the job
 */
InbJob *
inb_job_table_find (InbJobTable *self, const char *id)
{
  return g_hash_table_lookup (self->by_id, id);
}

/**
 * inb_job_table_find_prefix:
 * @self: a table
 * @prefix: the first characters of a UUID
 * @error: %INB_ERROR_BAD_INPUT if none or more than one begins so
 *
 * Returns: (transfer none) (nullable): the job
 */
InbJob *
inb_job_table_find_prefix (InbJobTable *self, const char *prefix, GError **error)
{
  InbJob *found = NULL;

  for (guint i = 0; i < self->jobs->len && *prefix != '\0'; i++)
    {
      InbJob *job = g_ptr_array_index (self->jobs, i);

      if (!g_str_has_prefix (inb_job_get_id (job), prefix))
        continue;
      if (found != NULL)
        {
          g_set_error (error, INB_ERROR, INB_ERROR_BAD_INPUT,
                       _ ("Several jobs begin with “%s”. Give more of the id."), prefix);
          return NULL;
        }
      found = job;
    }
  if (found == NULL)
    g_set_error (error, INB_ERROR, INB_ERROR_BAD_INPUT,
                 _ ("There is no job “%s”. “inbetween-cli jobs” lists them."), prefix);
  return found;
}

/* Where it belongs: newest first, by id where two have the same time. */
static guint
find_place (InbJobTable *self, InbJob *job)
{
  guint low = 0, high = self->jobs->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      InbJob *other = g_ptr_array_index (self->jobs, middle);
      gint64 newer = inb_job_get_created (other) - inb_job_get_created (job);

      if (newer > 0 || (newer == 0 && strcmp (inb_job_get_id (other), inb_job_get_id (job)) < 0))
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
update (InbJob *job, InbJob *fresh)
{
  InbJobFacts facts = *inb_job_get_facts (fresh);
  const InbRequest *request = inb_job_get_request (fresh);

  /* the runner in this process told of it more lately than the row was written */
  if (facts.started_us != 0 && facts.started_us == inb_job_get_facts (job)->started_us &&
      facts.progress >= 0.0)
    facts.progress = MAX (facts.progress, inb_job_get_progress (job));
  inb_job_go_elsewhere (job, request->provider, request->model, inb_job_get_estimate (fresh));
  inb_job_set_product_name (job, inb_job_get_product_name (fresh));
  inb_job_set_facts (job, &facts);
}

/**
 * inb_job_table_dup_jobs:
 * @self: a table
 * @ids: (element-type utf8): UUIDs
 *
 * Returns: (transfer full) (element-type InbJob): those of them that are there, in that order
 */
GPtrArray *
inb_job_table_dup_jobs (InbJobTable *self, GPtrArray *ids)
{
  GPtrArray *jobs = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < ids->len; i++)
    {
      InbJob *job = inb_job_table_find (self, g_ptr_array_index (ids, i));

      if (job != NULL)
        g_ptr_array_add (jobs, g_object_ref (job));
    }
  return jobs;
}

/**
 * inb_job_table_take:
 * @self: a table
 * @fresh: (transfer none): a job as its row is now
 * @place: (out): where it was inserted
 *
 * Brings the job that is known up to date, or takes in a new one.
 *
 * Returns: %TRUE if it is new
 */
gboolean
inb_job_table_take (InbJobTable *self, InbJob *fresh, guint *place)
{
  InbJob *known = inb_job_table_find (self, inb_job_get_id (fresh));

  if (known != NULL)
    {
      update (known, fresh);
      return FALSE;
    }
  *place = find_place (self, fresh);
  g_ptr_array_insert (self->jobs, (int) *place, g_object_ref (fresh));
  g_hash_table_insert (self->by_id, (gpointer) inb_job_get_id (fresh), fresh);
  return TRUE;
}
