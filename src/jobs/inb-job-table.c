/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-job-table.h"

#include <string.h>

/* Jobs in the order of a list, newest first; and every other job that somebody holds, so that there
 * is one object an id for as long as anybody has it. */
struct _InbJobTable
{
  GPtrArray *jobs;
  GPtrArray *held;   /* lent to somebody, and not in the list */
  GHashTable *by_id; /* id → Entry, of each job that lives */
};

typedef struct
{
  InbJob *job;   /* not owned */
  gint64 change; /* of the row it was last read from */
  gboolean listed;
  gboolean held;
} Entry;

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
  self->held = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

/* Nobody has it any more. It is being disposed of; its id is there until it is finalized. */
static void
gone_cb (gpointer user_data, GObject *job)
{
  InbJobTable *self = user_data;

  g_hash_table_remove (self->by_id, inb_job_get_id ((InbJob *) job));
}

/**
 * inb_job_table_free:
 * @self: (transfer full): a table
 */
void
inb_job_table_free (InbJobTable *self)
{
  GHashTableIter iter;
  gpointer entry;

  g_hash_table_iter_init (&iter, self->by_id);
  while (g_hash_table_iter_next (&iter, NULL, &entry))
    g_object_weak_unref (G_OBJECT (((Entry *) entry)->job), gone_cb, self);
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->jobs);
  g_ptr_array_unref (self->held);
  g_free (self);
}

/**
 * inb_job_table_get_n_jobs:
 * @self: a table
 *
 * Returns: how many are in the list
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
 * Returns: (transfer none) (nullable): the job, in the list or not; good as long as somebody has it
 */
InbJob *
inb_job_table_find (InbJobTable *self, const char *id)
{
  Entry *entry = g_hash_table_lookup (self->by_id, id);

  return entry != NULL ? entry->job : NULL;
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

/* The one object of its id, brought up to date. A row that was read earlier than what is known
 * already changes nothing. */
static Entry *
know (InbJobTable *self, InbJob *fresh, gint64 change)
{
  const char *id = inb_job_get_id (fresh);
  Entry *entry = g_hash_table_lookup (self->by_id, id);

  if (entry == NULL)
    {
      entry = g_new0 (Entry, 1);
      entry->job = fresh;
      g_object_weak_ref (G_OBJECT (fresh), gone_cb, self);
      g_hash_table_insert (self->by_id, g_strdup (id), entry);
    }
  else if (change > entry->change)
    update (entry->job, fresh);
  entry->change = MAX (entry->change, change);
  return entry;
}

/**
 * inb_job_table_take:
 * @self: a table
 * @fresh: (transfer none): a job as its row is now
 * @change: number of the last write of the row
 * @place: (out): where it was inserted
 *
 * Brings the job that is known up to date, or takes in a new one; it is in the list then.
 *
 * Returns: %TRUE if it is new to the list
 */
gboolean
inb_job_table_take (InbJobTable *self, InbJob *fresh, gint64 change, guint *place)
{
  Entry *entry = know (self, fresh, change);

  if (entry->listed)
    return FALSE;
  entry->listed = TRUE;
  *place = find_place (self, entry->job);
  g_ptr_array_insert (self->jobs, (int) *place, g_object_ref (entry->job));
  return TRUE;
}

/**
 * inb_job_table_adopt:
 * @self: a table
 * @fresh: (transfer none): a job as its row is now
 * @change: number of the last write of the row
 *
 * Brings the job that is known up to date, or makes a new one known, without taking it into the
 * list.
 *
 * Returns: (transfer full): the one object of its id
 */
InbJob *
inb_job_table_adopt (InbJobTable *self, InbJob *fresh, gint64 change)
{
  return g_object_ref (know (self, fresh, change)->job);
}

/**
 * inb_job_table_hold:
 * @self: a table
 * @fresh: (transfer none): a job as its row is now
 * @change: number of the last write of the row
 *
 * As inb_job_table_adopt(), for somebody who takes no reference.
 *
 * Returns: (transfer none): the one object of its id, which lives as long as the table
 */
InbJob *
inb_job_table_hold (InbJobTable *self, InbJob *fresh, gint64 change)
{
  Entry *entry = know (self, fresh, change);

  if (!entry->listed && !entry->held)
    g_ptr_array_add (self->held, g_object_ref (entry->job));
  entry->held = TRUE;
  return entry->job;
}
