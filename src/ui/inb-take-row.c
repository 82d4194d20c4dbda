/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-take-row.h"

#include <glib/gi18n.h>

#include "jobs/inb-remedy.h"
#include "jobs/inb-take-words.h"
#include "ui/inb-drag-out.h"
#include "ui/inb-poster-view.h"
#include "ui/inb-take-actions.h"
#include "ui/inb-take-icon.h"
#include "ui/inb-take-remedies.h"
#include "ui/inb-widget.h"
#include "ui/inb-wrap-layout.h"

/* One take in the list: what it is, how far it is, what it costs, what can be done about it. State
 * is an icon and a word, never a colour alone. */
struct _InbTakeRow
{
  GtkListBoxRow parent_instance;

  InbJob *job;
  guint tick_id; /* once a second, only while there is a time to show and someone may see it */
  char *spoken;  /* its accessible name */

  InbPosterView *poster;
  GtkLabel *title;
  GtkImage *state_icon;
  GtkLabel *state;
  GtkLabel *origin;
  GtkMenuButton *menu_button;
  GtkWidget *busy;
  GtkProgressBar *progress;
  GtkLabel *time_left;
  GtkWidget *cancel_button;
  GtkLabel *message;
  GtkBox *remedies;
};

typedef enum
{
  PROP_JOB = 1,
} InbTakeRowProperty;

static GParamSpec *props[PROP_JOB + 1];

G_DEFINE_FINAL_TYPE (InbTakeRow, inb_take_row, GTK_TYPE_LIST_BOX_ROW)

static void
set_spoken (InbTakeRow *self, const char *left)
{
  g_autofree char *spoken = inb_take_words_dup_spoken (self->job, left);

  if (g_strcmp0 (spoken, self->spoken) == 0)
    return;
  g_free (self->spoken);
  self->spoken = g_steal_pointer (&spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->spoken, -1);
}

/* Where nothing is known of what is left: what is known instead. */
static char *
dup_other_words (const InbJobFacts *facts)
{
  g_autoptr (GDateTime) sent = NULL;
  g_autofree char *clock = NULL;

  if (facts->paused)
    return g_strdup (_ ("Not sent, not charged"));
  if (facts->sent_us == 0)
    return g_strdup (facts->state == INB_JOB_READY ? _ ("Begins when it is its turn") : "");
  sent = g_date_time_new_from_unix_local (facts->sent_us / G_USEC_PER_SEC);
  clock = sent != NULL ? g_date_time_format (sent, "%H:%M") : NULL;
  /* Translators: %s is a time of day: when a service was asked for the clip */
  return g_strdup_printf (_ ("Asked at %s"), clock != NULL ? clock : "");
}

static char *
dup_time_words (InbTakeRow *self, const InbTimeLeft *time_left, gint64 now_us)
{
  const InbJobFacts *facts = inb_job_get_facts (self->job);
  g_autofree char *left = NULL;

  if ((inb_remedy_find (self->job, now_us) & INB_REMEDY_UNDO) != 0)
    {
      guint seconds = (guint) ((facts->hold_us - now_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);

      return g_strdup_printf (ngettext ("Sends in %u second", "Sends in %u seconds", seconds),
                              seconds);
    }
  left = facts->state != INB_JOB_STALLED ? inb_time_left_dup_words (time_left) : NULL;
  return left != NULL ? g_steal_pointer (&left) : dup_other_words (facts);
}

static void
show_progress (InbTakeRow *self)
{
  gint64 now_us = g_get_real_time ();
  const InbJobFacts *facts = inb_job_get_facts (self->job);
  const InbTimeLeft *left = inb_job_follow_time (self->job, now_us);
  double fraction = inb_job_get_fraction (self->job);
  gboolean busy = !inb_job_state_is_final (facts->state);
  gboolean has_bar = fraction >= 0.0 && !facts->paused;
  g_autofree char *words = busy ? dup_time_words (self, left, now_us) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->progress), has_bar);
  if (has_bar)
    gtk_progress_bar_set_fraction (self->progress, fraction);
  gtk_widget_set_visible (GTK_WIDGET (self->time_left), words != NULL && *words != '\0');
  gtk_label_set_label (self->time_left, words != NULL ? words : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words != NULL ? words : "",
                                  -1);
  set_spoken (self, words != NULL && *words != '\0' ? words : NULL);
}

static gboolean
tick_cb (gpointer user_data)
{
  InbTakeRow *self = user_data;
  const InbJobFacts *facts = inb_job_get_facts (self->job);

  show_progress (self);
  if (facts->hold_us > 0) /* Undo becomes Cancel when the time is over */
    {
      inb_take_remedies_fill (self->remedies, self->job);
      inb_take_actions_update (GTK_WIDGET (self), self->job);
    }
  return G_SOURCE_CONTINUE;
}

static void
update_tick (InbTakeRow *self)
{
  const InbJobFacts *facts = inb_job_get_facts (self->job);
  gint64 now_us = g_get_real_time ();
  gboolean wanted =
      gtk_widget_get_mapped (GTK_WIDGET (self)) && !facts->paused &&
      !inb_job_state_is_final (facts->state) &&
      (inb_job_follow_time (self->job, now_us)->began_us > 0 || facts->hold_us > now_us);

  if (wanted && self->tick_id == 0)
    self->tick_id = g_timeout_add_seconds (1, tick_cb, self);
  else if (!wanted)
    g_clear_handle_id (&self->tick_id, g_source_remove);
}

static void
show_words (InbTakeRow *self)
{
  const InbJobFacts *facts = inb_job_get_facts (self->job);
  const char *mark = inb_take_words_get_mark (facts->mark);
  g_autofree char *title = inb_take_words_dup_title (self->job, NULL);
  g_autofree char *state = inb_take_words_dup_state (self->job);
  g_autofree char *price = inb_take_words_dup_price (self->job);
  /* Translators: name of a provider, price */
  g_autofree char *origin =
      g_strdup_printf (_ ("%s · %s"), inb_take_words_get_provider (self->job), price);
  gboolean bad = inb_job_state_is_failure (facts->state) || facts->state == INB_JOB_UNKNOWN;
  gboolean marked = facts->state == INB_JOB_DONE && mark != NULL;

  inb_take_icon_show (self->state_icon, self->job);
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->state, marked ? mark : state);
  gtk_label_set_label (self->origin, origin);
  gtk_label_set_label (self->message, facts->error_message != NULL ? facts->error_message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), bad && facts->error_message != NULL);
}

static void
show_state (InbTakeRow *self)
{
  guint remedy = inb_remedy_find (self->job, g_get_real_time ());
  gboolean busy = !inb_job_state_is_final (inb_job_get_state (self->job)) &&
                  inb_job_get_state (self->job) != INB_JOB_UNKNOWN;

  show_words (self);
  show_progress (self);
  gtk_widget_set_visible (self->busy, busy);
  gtk_widget_set_visible (self->cancel_button, (remedy & INB_REMEDY_CANCEL) != 0);
  inb_take_remedies_fill (self->remedies, self->job);
  inb_take_actions_update (GTK_WIDGET (self), self->job);
  inb_poster_view_set_job (self->poster, self->job);
  update_tick (self);
}

static void
inb_take_row_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (inb_take_row_parent_class)->map (widget);
  show_progress (INB_TAKE_ROW (widget));
  update_tick (INB_TAKE_ROW (widget));
}

static void
inb_take_row_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&INB_TAKE_ROW (widget)->tick_id, g_source_remove);
  GTK_WIDGET_CLASS (inb_take_row_parent_class)->unmap (widget);
}

static void
inb_take_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch ((InbTakeRowProperty) prop_id)
    {
    case PROP_JOB:
      g_value_set_object (value, INB_TAKE_ROW (object)->job);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
inb_take_row_dispose (GObject *object)
{
  InbTakeRow *self = INB_TAKE_ROW (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  inb_take_actions_drop_menu (GTK_WIDGET (self));
  if (self->job != NULL)
    g_signal_handlers_disconnect_by_data (self->job, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), INB_TYPE_TAKE_ROW);
  g_clear_object (&self->job);

  G_OBJECT_CLASS (inb_take_row_parent_class)->dispose (object);
}

static void
inb_take_row_finalize (GObject *object)
{
  g_free (INB_TAKE_ROW (object)->spoken);

  G_OBJECT_CLASS (inb_take_row_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, InbTakeRow, poster);
  gtk_widget_class_bind_template_child (widget_class, InbTakeRow, title);
  gtk_widget_class_bind_template_child (widget_class, InbTakeRow, state_icon);
  gtk_widget_class_bind_template_child (widget_class, InbTakeRow, state);
  gtk_widget_class_bind_template_child (widget_class, InbTakeRow, origin);
  gtk_widget_class_bind_template_child (widget_class, InbTakeRow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, InbTakeRow, busy);
  gtk_widget_class_bind_template_child (widget_class, InbTakeRow, progress);
  gtk_widget_class_bind_template_child (widget_class, InbTakeRow, time_left);
  gtk_widget_class_bind_template_child (widget_class, InbTakeRow, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, InbTakeRow, message);
  gtk_widget_class_bind_template_child (widget_class, InbTakeRow, remedies);
}

static void
inb_take_row_class_init (InbTakeRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = inb_take_row_get_property;
  object_class->dispose = inb_take_row_dispose;
  object_class->finalize = inb_take_row_finalize;
  widget_class->map = inb_take_row_map;
  widget_class->unmap = inb_take_row_unmap;

  props[PROP_JOB] = g_param_spec_object ("job", NULL, NULL, INB_TYPE_JOB,
                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  g_type_ensure (INB_TYPE_POSTER_VIEW);
  g_type_ensure (INB_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/inbetween/Inbetween/ui/inb-take-row.ui");
  bind_children (widget_class);
  inb_take_actions_install (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_a, 0, "take.accept", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, 0, "take.reject", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_SHIFT_MASK, "take.use", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "take.delete", NULL);
}

static void
inb_take_row_init (InbTakeRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  inb_take_actions_add_menu (GTK_WIDGET (self));
  gtk_menu_button_set_menu_model (self->menu_button, inb_take_actions_get_menu ());
  inb_widget_name_items (gtk_menu_button_get_popover (self->menu_button));
}

static void
name_control (gpointer control, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  gtk_widget_set_tooltip_text (control, name);
}

static InbJob *
find_job (GtkWidget *row)
{
  return INB_TAKE_ROW (row)->job;
}

/**
 * inb_take_row_new:
 * @job: the take
 *
 * Its buttons and its menu activate the window's win.take with a word and the job's id.
 *
 * Returns: (transfer floating): a row that follows @job
 */
GtkWidget *
inb_take_row_new (InbJob *job)
{
  InbTakeRow *self = g_object_new (INB_TYPE_TAKE_ROW, NULL);
  g_autofree char *cancel = g_strdup_printf (_ ("Cancel Take %u"), inb_job_get_take (job));
  g_autofree char *menu = g_strdup_printf (_ ("Menu of Take %u"), inb_job_get_take (job));
  g_autofree char *progress = g_strdup_printf (_ ("Progress of take %u"), inb_job_get_take (job));

  self->job = g_object_ref (job);
  name_control (self->cancel_button, cancel);
  name_control (self->menu_button, menu);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  progress, -1);
  inb_drag_out_add_take (GTK_WIDGET (self), find_job);
  g_signal_connect_object (job, "notify::state", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (job, "notify::progress", G_CALLBACK (show_progress), self,
                           G_CONNECT_SWAPPED);
  show_state (self);
  return GTK_WIDGET (self);
}

/**
 * inb_take_row_get_job:
 * @self: a row
 *
 * Returns: (transfer none): its take
 */
InbJob *
inb_take_row_get_job (InbTakeRow *self)
{
  g_return_val_if_fail (INB_IS_TAKE_ROW (self), NULL);
  return self->job;
}
