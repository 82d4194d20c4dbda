/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-takes.h"

#include <glib/gi18n.h>

#include "ui/inb-anchor.h"
#include "ui/inb-details.h"
#include "ui/inb-take-filter.h"
#include "ui/inb-take-row.h"

/* The takes of the present product, newest first. A take that arrives is selected only until the
 * person has selected one, and never over one that is still being made: nobody loses what they are
 * judging. What one take was asked for and what it cost is beside the list, in its place. */
struct _InbTakes
{
  AdwBin parent_instance;

  GListModel *jobs;
  InbTakeList *takes;
  InbJob *selected;
  guint place;        /* of the selected one among those shown */
  gboolean selecting; /* by us, not by the person */
  gboolean had_focus; /* before what is shown became another */
  gboolean chosen;    /* the person has selected one */
  InbDetails *details;
  GtkWidget *focus_in_list; /* weak; where the focus was when the details came */

  GtkStack *pages;
  GtkWidget *head;
  GtkLabel *count;
  InbFilterButton *filter_button;
  GtkStack *stack;
  GtkListBox *list;
  GtkWidget *more_button;
};

typedef enum
{
  PROP_SELECTED = 1,
  PROP_COUNT,
} InbTakesProperty;

static GParamSpec *props[PROP_COUNT + 1];

static guint state_changed_signal;

G_DEFINE_FINAL_TYPE (InbTakes, inb_takes, ADW_TYPE_BIN)

static InbQueue *
get_queue (InbTakes *self)
{
  return INB_IS_QUEUE (self->jobs) ? INB_QUEUE (self->jobs) : NULL;
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  return inb_take_row_new (item);
}

static void
select_position (InbTakes *self, guint position)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, (int) position);

  self->selecting = TRUE;
  if (row != NULL)
    gtk_list_box_select_row (self->list, row);
  self->selecting = FALSE;
}

static gboolean
find_place (InbTakes *self, InbJob *job, guint *place)
{
  return g_list_store_find (G_LIST_STORE (inb_take_list_get_shown (self->takes)), job, place);
}

static void
show_in_details (InbTakes *self, InbJob *job)
{
  inb_details_set_job (self->details, job, inb_take_list_find_before (self->takes, job));
}

static void
set_selected (InbTakes *self, InbJob *job)
{
  if (job != NULL)
    find_place (self, job, &self->place);
  if (!g_set_object (&self->selected, job))
    return;
  if (self->details != NULL && job != NULL)
    show_in_details (self, job);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SELECTED]);
}

static void
update_head (InbTakes *self)
{
  guint n_takes = inb_takes_get_count (self);
  guint n_shown =
      self->takes != NULL ? g_list_model_get_n_items (inb_take_list_get_shown (self->takes)) : 0;
  g_autofree char *text = g_strdup_printf ("%u", n_takes);

  gtk_label_set_label (self->count, n_takes > 0 ? text : "");
  gtk_widget_set_visible (self->more_button,
                          self->takes != NULL && inb_take_list_has_more (self->takes));
  gtk_stack_set_visible_child_name (self->stack, n_shown > 0   ? "list"
                                                 : n_takes > 0 ? "none"
                                                               : "empty");
}

/* The selected one was deleted: the next older one takes its place, else the last. */
static void
mend_selection (InbTakes *self)
{
  guint n_shown = g_list_model_get_n_items (inb_take_list_get_shown (self->takes));
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  guint place;

  if (self->selected == NULL)
    return;
  if (inb_take_list_find (self->takes, inb_job_get_id (self->selected)) == NULL)
    {
      if (n_shown > 0)
        {
          select_position (self, MIN (self->place, n_shown - 1));
          if (self->had_focus) /* it went with the row */
            gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_selected_row (self->list)));
        }
      else
        set_selected (self, NULL);
    }
  else if (row == NULL && find_place (self, self->selected, &place))
    select_position (self, place); /* it is shown again */
}

static void
changing_cb (InbTakes *self)
{
  self->selecting = TRUE; /* the list box selects a row when it gets the focus */
  self->had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self->list)) != NULL;
}

static void
changed_cb (InbTakes *self)
{
  self->selecting = FALSE;
  update_head (self);
  mend_selection (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_COUNT]);
}

static void
arrived_cb (InbTakes *self, InbJob *job, guint n_before)
{
  guint position;

  if (self->selected == NULL || n_before == 0) /* none is shown where the filter wants none */
    select_position (self, inb_take_list_choose (self->takes));
  else if (!self->chosen && inb_job_state_is_final (inb_job_get_state (self->selected)) &&
           find_place (self, job, &position))
    select_position (self, position);
}

static void
state_changed_cb (InbTakes *self, InbJob *job)
{
  g_signal_emit (self, state_changed_signal, 0, job);
}

static void
row_selected_cb (InbTakes *self, GtkListBoxRow *row)
{
  InbJob *job = row != NULL ? inb_take_row_get_job (INB_TAKE_ROW (row)) : NULL;

  if (job == NULL)
    return; /* its row went away with a filter; what is on the stage stays there */
  if (!self->selecting && job != self->selected) /* focus alone says it again */
    self->chosen = TRUE;
  set_selected (self, job);
}

static void
row_activated_cb (InbTakes *self, GtkListBoxRow *row)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SELECTED]); /* it is wanted once more */
  gtk_widget_activate_action (GTK_WIDGET (row), "take.play", NULL);
}

static void
more_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  InbTakes *self = INB_TAKES (widget);
  int n_before = (int) g_list_model_get_n_items (inb_take_list_get_shown (self->takes));
  GtkListBoxRow *next;

  inb_take_list_show_more (self->takes);
  next = gtk_list_box_get_row_at_index (self->list, n_before);
  if (next != NULL) /* the button may be gone */
    gtk_widget_grab_focus (GTK_WIDGET (next));
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  inb_takes_show_details (INB_TAKES (widget), NULL);
}

static void
filter_cb (InbTakes *self)
{
  if (self->takes != NULL)
    inb_take_list_set_filter (self->takes, inb_take_filter_get (self->filter_button));
}

static void
show_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  inb_filter_button_set_selected (INB_TAKES (widget)->filter_button, "all");
}

/* One stop of the Tab key: from the take with the focus to its own buttons, then out of the list;
 * the arrows go from take to take. */
static gboolean
inb_takes_focus (GtkWidget *widget, GtkDirectionType direction)
{
  InbTakes *self = INB_TAKES (widget);
  GtkWidget *row = gtk_widget_get_focus_child (GTK_WIDGET (self->list));
  gboolean tab = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;

  if (!tab || row == NULL)
    return GTK_WIDGET_CLASS (inb_takes_parent_class)->focus (widget, direction);
  if (gtk_widget_child_focus (row, direction))
    return TRUE;
  if (direction == GTK_DIR_TAB_BACKWARD)
    return gtk_widget_child_focus (self->head, direction);
  return gtk_widget_get_visible (self->more_button) && gtk_widget_grab_focus (self->more_button);
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

  if (self->takes != NULL)
    g_signal_handlers_disconnect_by_data (self->takes, self);
  if (self->list != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->list, self);
      gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
    }
  g_clear_weak_pointer (&self->focus_in_list);
  self->details = NULL;
  g_clear_object (&self->takes);
  g_clear_object (&self->jobs);
  g_clear_object (&self->selected);
  adw_bin_set_child (ADW_BIN (self), NULL); /* a child of the template is not unparented twice */
  gtk_widget_dispose_template (GTK_WIDGET (self), INB_TYPE_TAKES);

  G_OBJECT_CLASS (inb_takes_parent_class)->dispose (object);
}

static void
install_properties (GObjectClass *object_class)
{
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  props[PROP_SELECTED] = g_param_spec_object ("selected", NULL, NULL, INB_TYPE_JOB, flags);
  props[PROP_COUNT] = g_param_spec_uint ("count", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  /* InbTakes::state-changed: one of the takes in the list went on */
  state_changed_signal = g_signal_new ("state-changed", INB_TYPE_TAKES, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, INB_TYPE_JOB);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, InbTakes, pages);
  gtk_widget_class_bind_template_child (widget_class, InbTakes, head);
  gtk_widget_class_bind_template_child (widget_class, InbTakes, count);
  gtk_widget_class_bind_template_child (widget_class, InbTakes, filter_button);
  gtk_widget_class_bind_template_child (widget_class, InbTakes, stack);
  gtk_widget_class_bind_template_child (widget_class, InbTakes, list);
  gtk_widget_class_bind_template_child (widget_class, InbTakes, more_button);
}

static void
inb_takes_class_init (InbTakesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = inb_takes_get_property;
  object_class->dispose = inb_takes_dispose;
  widget_class->focus = inb_takes_focus;
  install_properties (object_class);

  g_type_ensure (INB_TYPE_FILTER_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/inbetween/Inbetween/ui/inb-takes.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "takes.show-all", NULL, show_all_action);
  gtk_widget_class_install_action (widget_class, "takes.more", NULL, more_action);
  gtk_widget_class_install_action (widget_class, "takes.back", NULL, back_action);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
inb_takes_init (InbTakes *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Takes"),
                                  -1);
  g_signal_connect_swapped (self->list, "row-selected", G_CALLBACK (row_selected_cb), self);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  inb_anchor_hold (self->list);
  inb_take_filter_fill (self->filter_button);
  inb_filter_button_add_action (self->filter_button, _ ("_Import Clip…"), "win.import-clip");
  g_signal_connect_swapped (self->filter_button, "notify::selected", G_CALLBACK (filter_cb), self);
  update_head (self);
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
  self->takes = inb_take_list_new (jobs);
  g_signal_connect_swapped (self->takes, "changing", G_CALLBACK (changing_cb), self);
  g_signal_connect_swapped (self->takes, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->takes, "arrived", G_CALLBACK (arrived_cb), self);
  g_signal_connect_swapped (self->takes, "state-changed", G_CALLBACK (state_changed_cb), self);
  gtk_list_box_bind_model (self->list, inb_take_list_get_shown (self->takes), create_row, self,
                           NULL);
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

  if (inb_take_list_is_of (self->takes, product_id))
    return;
  self->chosen = FALSE;
  inb_takes_show_details (self, NULL);
  set_selected (self, NULL);
  if (get_queue (self) != NULL && product_id != NULL)
    inb_queue_show_product (get_queue (self), product_id, NULL);
  inb_take_list_set_product (self->takes, product_id);
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
 * inb_takes_select:
 * @self: a list with a product
 * @job_id: UUID of one of its takes
 *
 * Selects it for the person, who asked for it elsewhere.
 *
 * Returns: %FALSE if the product has no such take
 */
gboolean
inb_takes_select (InbTakes *self, const char *job_id)
{
  InbJob *job;
  guint place;

  g_return_val_if_fail (INB_IS_TAKES (self) && self->takes != NULL, FALSE);

  job = inb_take_list_find (self->takes, job_id);
  if (job == NULL)
    return FALSE;
  inb_takes_show_details (self, NULL);
  if (!find_place (self, job, &place))
    inb_filter_button_set_selected (self->filter_button, "all");
  inb_take_list_reveal (self->takes, job);
  if (!find_place (self, job, &place))
    return FALSE;
  select_position (self, place);
  inb_anchor_show (self->list, gtk_list_box_get_selected_row (self->list));
  self->chosen = TRUE;
  return TRUE;
}

/**
 * inb_takes_get_count:
 * @self: a list
 *
 * Returns: how many takes the product has, whatever the filter; deleted ones do not count
 */
guint
inb_takes_get_count (InbTakes *self)
{
  g_return_val_if_fail (INB_IS_TAKES (self), 0);
  return self->takes != NULL ? inb_take_list_get_n_takes (self->takes) : 0;
}

/**
 * inb_takes_get_highest:
 * @self: a list
 *
 * Returns: the highest number of a take of the product, deleted ones too; 0 if there is none
 */
guint
inb_takes_get_highest (InbTakes *self)
{
  g_return_val_if_fail (INB_IS_TAKES (self), 0);
  return self->takes != NULL ? inb_take_list_get_highest (self->takes) : 0;
}

/**
 * inb_takes_show_details:
 * @self: a list
 * @job: (nullable): the take to tell all about; %NULL: back to the list
 */
void
inb_takes_show_details (InbTakes *self, InbJob *job)
{
  gboolean had_focus;

  g_return_if_fail (INB_IS_TAKES (self));

  if (job != NULL)
    {
      g_set_weak_pointer (&self->focus_in_list,
                          gtk_widget_get_focus_child (GTK_WIDGET (self->list)));
      if (self->details == NULL)
        {
          self->details = INB_DETAILS (inb_details_new (get_queue (self), "takes.back"));
          gtk_stack_add_named (self->pages, GTK_WIDGET (self->details), "details");
        }
      show_in_details (self, job);
      gtk_stack_set_visible_child_name (self->pages, "details");
      gtk_widget_grab_focus (GTK_WIDGET (self->details));
      return;
    }
  had_focus = self->details != NULL && gtk_widget_get_focus_child (GTK_WIDGET (self->details));
  gtk_stack_set_visible_child_name (self->pages, "takes");
  if (had_focus && self->focus_in_list != NULL)
    gtk_widget_grab_focus (self->focus_in_list);
}
