/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-details.h"

#include <glib/gi18n.h>

#include "jobs/inb-difference.h"
#include "jobs/inb-take-facts.h"
#include "jobs/inb-take-words.h"
#include "ui/inb-fact-list.h"
#include "ui/inb-poster-view.h"
#include "ui/inb-take-actions.h"
#include "ui/inb-take-remedies.h"
#include "ui/inb-wrap-layout.h"
#include "ui/inb-widget.h"

/* All about one take, to read and to copy; nothing here changes it, and it changes no form. */
struct _InbDetails
{
  AdwBin parent_instance;

  InbQueue *queue; /* NULL in some tests */
  InbJob *job;
  InbJob *before; /* the take to compare with */
  GSignalGroup *job_signals;

  GtkWidget *back_button;
  GtkLabel *title;
  GtkMenuButton *menu_button;
  GtkScrolledWindow *scroller;
  InbPosterView *poster;
  GtkBox *remedies;
  GtkWidget *changes;
  GtkLabel *changes_title;
  GtkLabel *changes_text;
  InbFactList *facts;
};

typedef enum
{
  PROP_JOB = 1,
} InbDetailsProperty;

static GParamSpec *props[PROP_JOB + 1];

G_DEFINE_FINAL_TYPE (InbDetails, inb_details, ADW_TYPE_BIN)

static void
show_title (InbDetails *self)
{
  g_autofree char *title =
      inb_take_words_dup_title (self->job, inb_job_get_product_name (self->job));
  g_autofree char *spoken = g_strdup_printf (_ ("Details of %s"), title);

  gtk_label_set_label (self->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
show_changes (InbDetails *self)
{
  g_autofree char *title = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->changes, self->before != NULL);
  if (self->before == NULL)
    return;
  title = g_strdup_printf (_ ("What changed since take %u"), inb_job_get_take (self->before));
  list = inb_difference_list (inb_job_get_request (self->before), inb_job_get_request (self->job));
  g_ptr_array_add (list, NULL);
  text = list->len > 1 ? g_strjoinv ("\n", (char **) list->pdata)
                       : inb_difference_describe (inb_job_get_request (self->before),
                                                  inb_job_get_request (self->job));
  gtk_label_set_label (self->changes_title, title);
  gtk_label_set_label (self->changes_text, text);
}

/* The engine here is asked for nothing that costs. */
static GPtrArray *
list_attempts (InbDetails *self)
{
  if (self->queue == NULL || inb_job_get_facts (self->job)->sent_us == 0)
    return NULL;
  return inb_queue_list_attempts (self->queue, inb_job_get_id (self->job), NULL);
}

static void
show_state (InbDetails *self)
{
  g_autoptr (GPtrArray) attempts = list_attempts (self);

  inb_fact_list_set_facts (self->facts, inb_take_facts_list (self->job, attempts));
  inb_take_remedies_fill (self->remedies, self->job);
  inb_take_actions_update (GTK_WIDGET (self), self->job);
  inb_poster_view_set_job (self->poster, self->job);
}

static void
inb_details_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch ((InbDetailsProperty) prop_id)
    {
    case PROP_JOB:
      g_value_set_object (value, INB_DETAILS (object)->job);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static gboolean
inb_details_grab_focus (GtkWidget *widget)
{
  InbDetails *self = INB_DETAILS (widget);

  return gtk_widget_get_visible (self->back_button)
             ? gtk_widget_grab_focus (self->back_button)
             : gtk_widget_child_focus (GTK_WIDGET (self->menu_button), GTK_DIR_TAB_FORWARD);
}

static void
inb_details_dispose (GObject *object)
{
  InbDetails *self = INB_DETAILS (object);

  g_clear_object (&self->job_signals);
  gtk_widget_dispose_template (GTK_WIDGET (self), INB_TYPE_DETAILS);
  g_clear_object (&self->job);
  g_clear_object (&self->before);
  g_clear_object (&self->queue);

  G_OBJECT_CLASS (inb_details_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, InbDetails, back_button);
  gtk_widget_class_bind_template_child (widget_class, InbDetails, title);
  gtk_widget_class_bind_template_child (widget_class, InbDetails, menu_button);
  gtk_widget_class_bind_template_child (widget_class, InbDetails, scroller);
  gtk_widget_class_bind_template_child (widget_class, InbDetails, poster);
  gtk_widget_class_bind_template_child (widget_class, InbDetails, remedies);
  gtk_widget_class_bind_template_child (widget_class, InbDetails, changes);
  gtk_widget_class_bind_template_child (widget_class, InbDetails, changes_title);
  gtk_widget_class_bind_template_child (widget_class, InbDetails, changes_text);
  gtk_widget_class_bind_template_child (widget_class, InbDetails, facts);
}

static void
inb_details_class_init (InbDetailsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = inb_details_get_property;
  object_class->dispose = inb_details_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = inb_details_grab_focus;
  GTK_WIDGET_CLASS (klass)->focus = inb_widget_focus_bin;

  props[PROP_JOB] = g_param_spec_object ("job", NULL, NULL, INB_TYPE_JOB,
                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  g_type_ensure (INB_TYPE_POSTER_VIEW);
  g_type_ensure (INB_TYPE_WRAP_LAYOUT);
  g_type_ensure (INB_TYPE_FACT_LIST);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/inbetween/Inbetween/ui/inb-details.ui");
  bind_children (widget_class);
  inb_take_actions_install (widget_class);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
inb_details_init (InbDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_menu_model (self->menu_button, inb_take_actions_get_menu ());
  inb_widget_name_items (gtk_menu_button_get_popover (self->menu_button));
  self->job_signals = g_signal_group_new (INB_TYPE_JOB);
  g_signal_group_connect_swapped (self->job_signals, "notify::state", G_CALLBACK (show_state),
                                  self);
  g_signal_group_connect_swapped (self->job_signals, "notify::product-name",
                                  G_CALLBACK (show_title), self);
  g_signal_group_connect_swapped (self->job_signals, "notify::name", G_CALLBACK (show_title), self);
}

/**
 * inb_details_new:
 * @queue: (nullable) (transfer none): where the jobs are
 * @back_action: what its Back button and Escape activate
 *
 * Returns: (transfer floating): the details of nothing yet
 */
GtkWidget *
inb_details_new (InbQueue *queue, const char *back_action)
{
  InbDetails *self = g_object_new (INB_TYPE_DETAILS, NULL);
  GtkEventController *keys = gtk_shortcut_controller_new ();

  self->queue = queue != NULL ? g_object_ref (queue) : NULL;
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->back_button), back_action);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys), gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                        gtk_named_action_new (back_action)));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  return GTK_WIDGET (self);
}

/**
 * inb_details_set_job:
 * @self: details
 * @job: the take to tell all about
 * @before: (nullable): the take to compare it with
 */
void
inb_details_set_job (InbDetails *self, InbJob *job, InbJob *before)
{
  g_return_if_fail (INB_IS_DETAILS (self) && INB_IS_JOB (job));

  g_set_object (&self->before, before);
  if (g_set_object (&self->job, job))
    {
      gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0.0);
      g_signal_group_set_target (self->job_signals, job);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_JOB]);
    }
  show_title (self);
  show_state (self);
  show_changes (self);
}

/**
 * inb_details_show_back:
 * @self: details
 * @show: whether they stand in the place of what Back leads to, and not beside it
 */
void
inb_details_show_back (InbDetails *self, gboolean show)
{
  g_return_if_fail (INB_IS_DETAILS (self));

  gtk_widget_set_visible (self->back_button, show);
}

/**
 * inb_details_get_job:
 * @self: details
 *
 * Returns: (transfer none) (nullable): the take that is shown
 */
InbJob *
inb_details_get_job (InbDetails *self)
{
  g_return_val_if_fail (INB_IS_DETAILS (self), NULL);
  return self->job;
}
