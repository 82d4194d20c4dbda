/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-take-list.h"

/* Which takes the list of a product shows: those of one product, newest first, without the deleted
 * ones, as a filter and a bound want it. GTK's own filtered and sorted models of 4.8 take all rows
 * away and back for one that is new, and the selection with them; this one moves what moved. */
struct _InbTakeList
{
  GObject parent_instance;

  GListModel *jobs; /* InbJob, of every product */
  char *product_id;
  InbTakeFilter filter;
  guint limit;

  GPtrArray *takes;   /* InbJob: all of the product that are not deleted, newest first */
  GPtrArray *watched; /* InbJob: these and the deleted ones */
  GHashTable *told;   /* InbJob → its state when it was last told of */
  GListStore *shown;
};

/* rows that are made at once; a product with more takes is rare (chosen) */
#define PAGE 40

enum
{
  SIGNAL_CHANGING,
  SIGNAL_CHANGED,
  SIGNAL_ARRIVED,
  SIGNAL_STATE_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbTakeList, inb_take_list, G_TYPE_OBJECT)

static gboolean
matches (InbTakeList *self, InbJob *job)
{
  const InbJobFacts *facts = inb_job_get_facts (job);

  switch (self->filter)
    {
    case INB_TAKE_FILTER_DONE:
      return facts->state == INB_JOB_DONE;
    case INB_TAKE_FILTER_FAILED:
      return inb_job_state_is_failure (facts->state) || facts->state == INB_JOB_UNKNOWN ||
             facts->state == INB_JOB_MISSING_FILE;
    case INB_TAKE_FILTER_ACCEPTED:
      return facts->mark > 0;
    case INB_TAKE_FILTER_ALL:
    default:
      return TRUE;
    }
}

static GPtrArray *
list_wanted (InbTakeList *self)
{
  GPtrArray *wanted = g_ptr_array_new ();

  for (guint i = 0; i < self->takes->len && wanted->len < self->limit; i++)
    if (matches (self, g_ptr_array_index (self->takes, i)))
      g_ptr_array_add (wanted, g_ptr_array_index (self->takes, i));
  return wanted;
}

/* Both are in the same order: what is not wanted goes, what is missing comes, the rest stays. */
static void
sync_shown (InbTakeList *self)
{
  GListModel *model = G_LIST_MODEL (self->shown);
  g_autoptr (GPtrArray) wanted = list_wanted (self);
  guint at = 0;

  g_signal_emit (self, signals[SIGNAL_CHANGING], 0);
  for (guint i = 0; i < wanted->len;)
    {
      InbJob *job = g_ptr_array_index (wanted, i);
      g_autoptr (InbJob) here = g_list_model_get_item (model, at);

      if (here != NULL && here != job && inb_job_get_take (here) >= inb_job_get_take (job))
        {
          g_list_store_remove (self->shown, at);
          continue;
        }
      if (here != job)
        g_list_store_insert (self->shown, at, job);
      at++;
      i++;
    }
  if (g_list_model_get_n_items (model) > at)
    g_list_store_splice (self->shown, at, g_list_model_get_n_items (model) - at, NULL, 0);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
take_in_one (InbTakeList *self, InbJob *job)
{
  guint at = 0;

  if (inb_job_get_facts (job)->deleted || g_ptr_array_find (self->takes, job, NULL))
    return FALSE;
  while (at < self->takes->len &&
         inb_job_get_take (g_ptr_array_index (self->takes, at)) > inb_job_get_take (job))
    at++;
  g_ptr_array_insert (self->takes, (int) at, g_object_ref (job));
  return TRUE;
}

static void
job_changed_cb (InbTakeList *self, GParamSpec *pspec, InbJob *job)
{
  InbJobState state = inb_job_get_state (job);
  gpointer before = g_hash_table_lookup (self->told, job);

  if (inb_job_get_facts (job)->deleted)
    g_ptr_array_remove (self->takes, job);
  else
    take_in_one (self, job);
  sync_shown (self);
  if (GPOINTER_TO_UINT (before) == state)
    return;
  g_hash_table_insert (self->told, job, GUINT_TO_POINTER (state));
  g_signal_emit (self, signals[SIGNAL_STATE_CHANGED], 0, job);
}

static void
watch (InbTakeList *self, InbJob *job)
{
  if (g_hash_table_contains (self->told, job))
    return;
  g_hash_table_insert (self->told, job, GUINT_TO_POINTER (inb_job_get_state (job)));
  g_ptr_array_add (self->watched, g_object_ref (job));
  g_signal_connect_object (job, "notify::state", G_CALLBACK (job_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
take_in (InbTakeList *self, guint position, guint added)
{
  guint n_before = self->takes->len;
  InbJob *arrived = NULL;

  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (InbJob) job = g_list_model_get_item (self->jobs, i);

      if (g_strcmp0 (inb_job_get_product_id (job), self->product_id) != 0)
        continue;
      watch (self, job);
      if (take_in_one (self, job))
        arrived = job; /* the list keeps it */
    }
  sync_shown (self);
  if (arrived != NULL)
    g_signal_emit (self, signals[SIGNAL_ARRIVED], 0, arrived, n_before);
}

static void
forget (InbTakeList *self)
{
  for (guint i = 0; i < self->watched->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->watched, i), self);
  g_hash_table_remove_all (self->told);
  g_ptr_array_set_size (self->takes, 0);
  g_ptr_array_set_size (self->watched, 0);
}

static void
jobs_changed_cb (InbTakeList *self, guint position, guint removed, guint added)
{
  if (removed > 0) /* jobs do not go away one by one */
    {
      forget (self);
      take_in (self, 0, g_list_model_get_n_items (self->jobs));
    }
  else
    take_in (self, position, added);
}

static void
inb_take_list_dispose (GObject *object)
{
  InbTakeList *self = INB_TAKE_LIST (object);

  if (self->jobs != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->jobs, self);
      forget (self);
    }
  g_clear_object (&self->jobs);

  G_OBJECT_CLASS (inb_take_list_parent_class)->dispose (object);
}

static void
inb_take_list_finalize (GObject *object)
{
  InbTakeList *self = INB_TAKE_LIST (object);

  g_ptr_array_unref (self->takes);
  g_ptr_array_unref (self->watched);
  g_hash_table_unref (self->told);
  g_object_unref (self->shown);
  g_free (self->product_id);

  G_OBJECT_CLASS (inb_take_list_parent_class)->finalize (object);
}

static void
inb_take_list_class_init (InbTakeListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = inb_take_list_dispose;
  object_class->finalize = inb_take_list_finalize;

  /* InbTakeList::changing: before what is shown becomes another */
  signals[SIGNAL_CHANGING] = g_signal_new ("changing", INB_TYPE_TAKE_LIST, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 0);
  /* InbTakeList::changed: what is shown, or how many takes there are, may be another */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", INB_TYPE_TAKE_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
  /* InbTakeList::arrived: a take is there that was not; with how many there were before */
  signals[SIGNAL_ARRIVED] = g_signal_new ("arrived", INB_TYPE_TAKE_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 2, INB_TYPE_JOB, G_TYPE_UINT);
  /* InbTakeList::state-changed: one of them went on */
  signals[SIGNAL_STATE_CHANGED] =
      g_signal_new ("state-changed", INB_TYPE_TAKE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, INB_TYPE_JOB);
}

static void
inb_take_list_init (InbTakeList *self)
{
  self->limit = PAGE;
  self->takes = g_ptr_array_new_with_free_func (g_object_unref);
  self->watched = g_ptr_array_new_with_free_func (g_object_unref);
  self->told = g_hash_table_new (NULL, NULL);
  self->shown = g_list_store_new (INB_TYPE_JOB);
}

/**
 * inb_take_list_new:
 * @jobs: (transfer none): model of #InbJob, of every product: the queue
 *
 * Returns: (transfer full): the takes of no product
 */
InbTakeList *
inb_take_list_new (GListModel *jobs)
{
  InbTakeList *self = g_object_new (INB_TYPE_TAKE_LIST, NULL);

  self->jobs = g_object_ref (jobs);
  g_signal_connect_swapped (jobs, "items-changed", G_CALLBACK (jobs_changed_cb), self);
  return self;
}

/**
 * inb_take_list_set_product:
 * @self: takes
 * @product_id: (nullable): UUID of the product to show
 */
void
inb_take_list_set_product (InbTakeList *self, const char *product_id)
{
  g_return_if_fail (INB_IS_TAKE_LIST (self));

  g_free (self->product_id);
  self->product_id = g_strdup (product_id);
  self->limit = PAGE;
  forget (self);
  take_in (self, 0, g_list_model_get_n_items (self->jobs));
}

/**
 * inb_take_list_is_of:
 * @self: takes
 * @product_id: (nullable): UUID of a product
 *
 * Returns: %TRUE if that is the one they are of
 */
gboolean
inb_take_list_is_of (InbTakeList *self, const char *product_id)
{
  return g_strcmp0 (self->product_id, product_id) == 0;
}

/**
 * inb_take_list_set_filter:
 * @self: takes
 * @filter: which of them to show
 */
void
inb_take_list_set_filter (InbTakeList *self, InbTakeFilter filter)
{
  g_return_if_fail (INB_IS_TAKE_LIST (self));

  self->filter = filter;
  sync_shown (self);
}

/**
 * inb_take_list_show_more:
 * @self: takes
 *
 * Shows some older ones as well.
 */
void
inb_take_list_show_more (InbTakeList *self)
{
  self->limit += PAGE;
  sync_shown (self);
}

/**
 * inb_take_list_reveal:
 * @self: takes
 * @job: one of them
 *
 * Makes sure that it is shown, whatever the filter and however old.
 *
 * Returns: %FALSE if it is not one of them
 */
gboolean
inb_take_list_reveal (InbTakeList *self, InbJob *job)
{
  guint at;

  if (!g_ptr_array_find (self->takes, job, &at))
    return FALSE;
  if (!matches (self, job))
    self->filter = INB_TAKE_FILTER_ALL;
  self->limit = MAX (self->limit, at + 1);
  sync_shown (self);
  return TRUE;
}

/**
 * inb_take_list_get_shown:
 * @self: takes
 *
 * Returns: (transfer none): model of #InbJob
 */
GListModel *
inb_take_list_get_shown (InbTakeList *self)
{
  return G_LIST_MODEL (self->shown);
}

/**
 * inb_take_list_has_more:
 * @self: takes
 *
 * Returns: %TRUE if older ones are not shown yet
 */
gboolean
inb_take_list_has_more (InbTakeList *self)
{
  guint n_matching = 0;

  for (guint i = 0; i < self->takes->len && n_matching <= self->limit; i++)
    n_matching += matches (self, g_ptr_array_index (self->takes, i)) ? 1 : 0;
  return n_matching > self->limit;
}

/**
 * inb_take_list_get_n_takes:
 * @self: takes
 *
 * Returns: how many the product has, without the deleted ones
 */
guint
inb_take_list_get_n_takes (InbTakeList *self)
{
  return self->takes->len;
}

/**
 * inb_take_list_get_highest:
 * @self: takes
 *
 * Returns: the highest number of a take of the product, deleted or not; 0 if there is none
 */
guint
inb_take_list_get_highest (InbTakeList *self)
{
  guint highest = 0;

  for (guint i = 0; i < self->watched->len; i++)
    highest = MAX (highest, inb_job_get_take (g_ptr_array_index (self->watched, i)));
  return highest;
}

/**
 * inb_take_list_find:
 * @self: takes
 * @id: UUID of a job
 *
 * Returns: (transfer none) (nullable): that take
 */
InbJob *
inb_take_list_find (InbTakeList *self, const char *id)
{
  for (guint i = 0; i < self->takes->len; i++)
    if (strcmp (inb_job_get_id (g_ptr_array_index (self->takes, i)), id) == 0)
      return g_ptr_array_index (self->takes, i);
  return NULL;
}

/**
 * inb_take_list_find_before:
 * @self: takes
 * @job: one of them
 *
 * Returns: (transfer none) (nullable): the one that was asked for before it
 */
InbJob *
inb_take_list_find_before (InbTakeList *self, InbJob *job)
{
  for (guint i = 0; i < self->takes->len; i++)
    if (inb_job_get_take (g_ptr_array_index (self->takes, i)) < inb_job_get_take (job))
      return g_ptr_array_index (self->takes, i);
  return NULL;
}

/**
 * inb_take_list_choose:
 * @self: takes, of which some are shown
 *
 * Returns: place of the one to look at first: the newest that can be seen, else the first that will
 * be made
 */
guint
inb_take_list_choose (InbTakeList *self)
{
  GListModel *shown = G_LIST_MODEL (self->shown);
  guint n_items = g_list_model_get_n_items (shown);

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (InbJob) job = g_list_model_get_item (shown, i);

      if (inb_job_get_state (job) == INB_JOB_DONE)
        return i;
    }
  return n_items - 1;
}
