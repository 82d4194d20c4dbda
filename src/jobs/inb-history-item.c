/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-history-item.h"

/* One place in the history: a placeholder until its job has been read. */
struct _InbHistoryItem
{
  GObject parent_instance;

  gint64 key;
  InbJob *job;
};

typedef enum
{
  PROP_JOB = 1,
} InbHistoryItemProperty;

static GParamSpec *props[PROP_JOB + 1];

G_DEFINE_FINAL_TYPE (InbHistoryItem, inb_history_item, G_TYPE_OBJECT)

static void
inb_history_item_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  InbHistoryItem *self = INB_HISTORY_ITEM (object);

  switch ((InbHistoryItemProperty) prop_id)
    {
    case PROP_JOB:
      g_value_set_object (value, self->job);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
inb_history_item_dispose (GObject *object)
{
  InbHistoryItem *self = INB_HISTORY_ITEM (object);

  g_clear_object (&self->job);

  G_OBJECT_CLASS (inb_history_item_parent_class)->dispose (object);
}

static void
inb_history_item_class_init (InbHistoryItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = inb_history_item_get_property;
  object_class->dispose = inb_history_item_dispose;

  props[PROP_JOB] = g_param_spec_object ("job", NULL, NULL, INB_TYPE_JOB,
                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
inb_history_item_init (InbHistoryItem *self)
{
}

/**
 * inb_history_item_new:
 * @key: key of a row of the table of jobs
 *
 * Returns: (transfer full): a placeholder for its job
 */
InbHistoryItem *
inb_history_item_new (gint64 key)
{
  InbHistoryItem *self = g_object_new (INB_TYPE_HISTORY_ITEM, NULL);

  self->key = key;
  return self;
}

/**
 * inb_history_item_get_key:
 * @self: an item
 *
 * Returns: key of its row
 */
gint64
inb_history_item_get_key (InbHistoryItem *self)
{
  g_return_val_if_fail (INB_IS_HISTORY_ITEM (self), 0);
  return self->key;
}

/**
 * inb_history_item_get_job:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): its job, the same object as the queue's; %NULL until it has
 * been read
 */
InbJob *
inb_history_item_get_job (InbHistoryItem *self)
{
  g_return_val_if_fail (INB_IS_HISTORY_ITEM (self), NULL);
  return self->job;
}

/**
 * inb_history_item_set_job:
 * @self: an item
 * @job: (transfer none): its job
 */
void
inb_history_item_set_job (InbHistoryItem *self, InbJob *job)
{
  g_return_if_fail (INB_IS_HISTORY_ITEM (self));
  if (g_set_object (&self->job, job))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_JOB]);
}
