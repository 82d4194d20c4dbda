/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-takes.h"

#include <glib/gi18n.h>

#include "ui/inb-take-row.h"

/* The takes of the present product, newest first, straight from the queue. A take that arrives is
 * selected only until the person has selected one, and never over one that is still being made:
 * nobody loses what they are judging. */
struct _InbTakes
{
  AdwBin parent_instance;

  char *product_id;
  GListModel *jobs;  /* InbJob, of every product */
  GListStore *shown; /* those of this one. GTK's own sorted model of 4.8 takes all rows away and
                      * back for one that is new, and the selection with them */
  InbJob *selected;
  gboolean selecting; /* by us, not by the person */
  gboolean chosen;    /* the person has selected one */

  GtkLabel *count;
  GtkStack *stack;
  GtkListBox *list;
};

typedef enum
{
  PROP_SELECTED = 1,
  PROP_COUNT,
} InbTakesProperty;

static GParamSpec *props[PROP_COUNT + 1];

enum
{
  SIGNAL_CANCEL,
  SIGNAL_RETRY,
  SIGNAL_STATE_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbTakes, inb_takes, ADW_TYPE_BIN)

static int
compare_takes (gconstpointer a, gconstpointer b, gpointer user_data)
{
  guint first = inb_job_get_take ((InbJob *) a), second = inb_job_get_take ((InbJob *) b);

  return first < second ? 1 : first > second ? -1 : 0;
}

static void
row_state_cb (GtkWidget *row)
{
  GtkWidget *takes = gtk_widget_get_ancestor (row, INB_TYPE_TAKES);

  if (takes != NULL)
    g_signal_emit (takes, signals[SIGNAL_STATE_CHANGED], 0,
                   inb_take_row_get_job (INB_TAKE_ROW (row)));
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  GtkWidget *row = inb_take_row_new (item);

  g_signal_connect_object (item, "notify::state", G_CALLBACK (row_state_cb), row,
                           G_CONNECT_SWAPPED);
  return row;
}

static void
select_position (InbTakes *self, guint position)
{
  self->selecting = TRUE;
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, (int) position));
  self->selecting = FALSE;
}

/* of several that came at once: the newest that can be seen; else the first that will be made */
static guint
choose_position (InbTakes *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->shown));

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (InbJob) job = g_list_model_get_item (G_LIST_MODEL (self->shown), i);

      if (inb_job_get_state (job) == INB_JOB_DONE)
        return i;
    }
  return n_items - 1;
}

static void
select_arrived (InbTakes *self, InbJob *job, guint n_before)
{
  guint position;

  if (self->selected == NULL || n_before == 0)
    select_position (self, choose_position (self));
  else if (!self->chosen && inb_job_state_is_final (inb_job_get_state (self->selected)) &&
           g_list_store_find (self->shown, job, &position))
    select_position (self, position);
}

static void
update_count (InbTakes *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->shown));
  g_autofree char *text = g_strdup_printf ("%u", n_items);

  gtk_label_set_label (self->count, n_items > 0 ? text : "");
  gtk_stack_set_visible_child_name (self->stack, n_items > 0 ? "list" : "empty");
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_COUNT]);
}

static void
take_in (InbTakes *self, guint position, guint added)
{
  guint n_before = inb_takes_get_count (self);
  g_autoptr (InbJob) arrived = NULL;

  self->selecting = TRUE; /* the list box selects a row by itself when it gets the focus */
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (InbJob) job = g_list_model_get_item (self->jobs, i);

      if (g_strcmp0 (inb_job_get_product_id (job), self->product_id) != 0)
        continue;
      g_list_store_insert_sorted (self->shown, job, compare_takes, NULL);
      g_set_object (&arrived, job);
    }
  update_count (self);
  self->selecting = FALSE;
  if (arrived != NULL)
    select_arrived (self, arrived, n_before);
}

static void
jobs_changed_cb (InbTakes *self, guint position, guint removed, guint added)
{
  if (removed > 0) /* jobs do not go away one by one */
    {
      g_list_store_remove_all (self->shown);
      take_in (self, 0, g_list_model_get_n_items (self->jobs));
    }
  else
    take_in (self, position, added);
}

static void
row_selected_cb (InbTakes *self, GtkListBoxRow *row)
{
  InbJob *job = row != NULL ? inb_take_row_get_job (INB_TAKE_ROW (row)) : NULL;

  if (!self->selecting && job != NULL && job != self->selected) /* focus alone says it again */
    self->chosen = TRUE;
  if (g_set_object (&self->selected, job))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SELECTED]);
}

static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_CANCEL], 0, g_variant_get_string (parameter, NULL));
}

static void
retry_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_RETRY], 0, g_variant_get_string (parameter, NULL));
}

static void
inb_takes_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  InbTakes *self = INB_TAKES (object);

  switch ((InbTakesProperty) prop_id)
    {
    case PROP_SELECTED:
      g_value_set_object (value, self->selected);
      break;
    case PROP_COUNT:
      g_value_set_uint (value, inb_takes_get_count (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
inb_takes_dispose (GObject *object)
{
  InbTakes *self = INB_TAKES (object);

  if (self->jobs != NULL)
    g_signal_handlers_disconnect_by_data (self->jobs, self);
  if (self->list != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->list, self);
      gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
    }
  g_clear_object (&self->shown);
  g_clear_object (&self->jobs);
  g_clear_object (&self->selected);
  gtk_widget_dispose_template (GTK_WIDGET (self), INB_TYPE_TAKES);

  G_OBJECT_CLASS (inb_takes_parent_class)->dispose (object);
}

static void
inb_takes_finalize (GObject *object)
{
  g_free (INB_TAKES (object)->product_id);

  G_OBJECT_CLASS (inb_takes_parent_class)->finalize (object);
}

static void
install_signals (void)
{
  /* InbTakes::cancel, ::retry: the person wants that of the take with this id */
  signals[SIGNAL_CANCEL] = g_signal_new ("cancel", INB_TYPE_TAKES, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_RETRY] = g_signal_new ("retry", INB_TYPE_TAKES, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  /* InbTakes::state-changed: one of the takes in the list went on */
  signals[SIGNAL_STATE_CHANGED] = g_signal_new ("state-changed", INB_TYPE_TAKES, G_SIGNAL_RUN_LAST,
                                                0, NULL, NULL, NULL, G_TYPE_NONE, 1, INB_TYPE_JOB);
}

static void
inb_takes_class_init (InbTakesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = inb_takes_get_property;
  object_class->dispose = inb_takes_dispose;
  object_class->finalize = inb_takes_finalize;

  props[PROP_SELECTED] = g_param_spec_object ("selected", NULL, NULL, INB_TYPE_JOB, flags);
  props[PROP_COUNT] = g_param_spec_uint ("count", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
  install_signals ();

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/inbetween/Inbetween/ui/inb-takes.ui");
  gtk_widget_class_bind_template_child (widget_class, InbTakes, count);
  gtk_widget_class_bind_template_child (widget_class, InbTakes, stack);
  gtk_widget_class_bind_template_child (widget_class, InbTakes, list);
  gtk_widget_class_install_action (widget_class, "takes.cancel", "s", cancel_action);
  gtk_widget_class_install_action (widget_class, "takes.retry", "s", retry_action);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
inb_takes_init (InbTakes *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Takes"),
                                  -1);
  self->shown = g_list_store_new (INB_TYPE_JOB);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->shown), create_row, NULL, NULL);
  g_signal_connect_swapped (self->list, "row-selected", G_CALLBACK (row_selected_cb), self);
}

/**
 * inb_takes_new:
 *
 * Returns: (transfer floating): a list of nothing
 */
GtkWidget *
inb_takes_new (void)
{
  return g_object_new (INB_TYPE_TAKES, NULL);
}

/**
 * inb_takes_set_jobs:
 * @self: a list, once
 * @jobs: (transfer none): model of #InbJob, of every product: the queue
 */
void
inb_takes_set_jobs (InbTakes *self, GListModel *jobs)
{
  g_return_if_fail (INB_IS_TAKES (self) && self->jobs == NULL);

  self->jobs = g_object_ref (jobs);
  g_signal_connect_swapped (jobs, "items-changed", G_CALLBACK (jobs_changed_cb), self);
  take_in (self, 0, g_list_model_get_n_items (jobs));
}

/**
 * inb_takes_set_product:
 * @self: a list with jobs
 * @product_id: (nullable): UUID of the product to show
 */
void
inb_takes_set_product (InbTakes *self, const char *product_id)
{
  g_return_if_fail (INB_IS_TAKES (self) && self->jobs != NULL);

  if (g_strcmp0 (self->product_id, product_id) == 0)
    return;
  g_free (self->product_id);
  self->product_id = g_strdup (product_id);
  self->chosen = FALSE;
  g_list_store_remove_all (self->shown);
  take_in (self, 0, g_list_model_get_n_items (self->jobs));
}

/**
 * inb_takes_get_selected:
 * @self: a list
 *
 * Returns: (transfer none) (nullable): the take that is selected
 */
InbJob *
inb_takes_get_selected (InbTakes *self)
{
  g_return_val_if_fail (INB_IS_TAKES (self), NULL);
  return self->selected;
}

/**
 * inb_takes_get_count:
 * @self: a list
 *
 * Returns: how many takes the product has
 */
guint
inb_takes_get_count (InbTakes *self)
{
  g_return_val_if_fail (INB_IS_TAKES (self), 0);
  return self->shown != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->shown)) : 0;
}

/**
 * inb_takes_get_highest:
 * @self: a list
 *
 * Returns: the highest number of a take of the product; 0 if there is none
 */
guint
inb_takes_get_highest (InbTakes *self)
{
  g_autoptr (InbJob) newest = NULL;

  g_return_val_if_fail (INB_IS_TAKES (self), 0);

  newest =
      inb_takes_get_count (self) > 0 ? g_list_model_get_item (G_LIST_MODEL (self->shown), 0) : NULL;
  return newest != NULL ? inb_job_get_take (newest) : 0;
}
