/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-history.h"

#include "jobs/inb-queue-private.h"

/* All jobs there ever were, newest first, as far as a filter wants them. */
struct _InbHistory
{
  GObject parent_instance;

  InbQueue *queue;
  GPtrArray *items;
};

typedef enum
{
  PROP_N_ITEMS = 1,
  PROP_LOADING,
} InbHistoryProperty;

static GParamSpec *props[PROP_LOADING + 1];

static void inb_history_list_model_init (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (InbHistory, inb_history, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      inb_history_list_model_init))

static GType
inb_history_get_item_type (GListModel *model)
{
  return INB_TYPE_HISTORY_ITEM;
}

static guint
inb_history_get_n_items (GListModel *model)
{
  return INB_HISTORY (model)->items->len;
}

static gpointer
inb_history_get_item (GListModel *model, guint position)
{
  InbHistory *self = INB_HISTORY (model);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position))
                                     : NULL;
}

static void
inb_history_list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = inb_history_get_item_type;
  interface->get_n_items = inb_history_get_n_items;
  interface->get_item = inb_history_get_item;
}

static void
inb_history_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  InbHistory *self = INB_HISTORY (object);

  switch ((InbHistoryProperty) prop_id)
    {
    case PROP_N_ITEMS:
      g_value_set_uint (value, self->items->len);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, FALSE);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
inb_history_dispose (GObject *object)
{
  InbHistory *self = INB_HISTORY (object);

  g_clear_object (&self->queue);

  G_OBJECT_CLASS (inb_history_parent_class)->dispose (object);
}

static void
inb_history_finalize (GObject *object)
{
  g_ptr_array_unref (INB_HISTORY (object)->items);

  G_OBJECT_CLASS (inb_history_parent_class)->finalize (object);
}

static void
inb_history_class_init (InbHistoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = inb_history_get_property;
  object_class->dispose = inb_history_dispose;
  object_class->finalize = inb_history_finalize;

  props[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
inb_history_init (InbHistory *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * inb_history_new:
 * @queue: the jobs
 *
 * Returns: (transfer full): all of them but the deleted ones
 */
InbHistory *
inb_history_new (InbQueue *queue)
{
  InbHistory *self = g_object_new (INB_TYPE_HISTORY, NULL);
  gint64 latest = 0;
  g_autoptr (GPtrArray) rows = inb_store_list (inb_queue_get_store (queue), 0, &latest, NULL);

  self->queue = g_object_ref (queue);
  for (guint i = rows != NULL ? rows->len : 0; i > 0; i--)
    {
      InbRow *row = g_ptr_array_index (rows, i - 1);
      g_autoptr (InbJob) job = inb_queue_adopt (queue, row);
      InbHistoryItem *item = inb_history_item_new (row->key);

      inb_history_item_set_job (item, job);
      g_ptr_array_add (self->items, item);
    }
  return self;
}

/**
 * inb_history_set_filter:
 * @self: a history
 * @filter: which jobs it has from now on
 */
void
inb_history_set_filter (InbHistory *self, const InbHistoryFilter *filter)
{
  g_return_if_fail (INB_IS_HISTORY (self));
}

/**
 * inb_history_is_loading:
 * @self: a history
 *
 * Returns: %TRUE while it looks for the jobs that its filter wants
 */
gboolean
inb_history_is_loading (InbHistory *self)
{
  g_return_val_if_fail (INB_IS_HISTORY (self), FALSE);
  return FALSE;
}
