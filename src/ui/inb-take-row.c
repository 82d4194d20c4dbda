/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-take-row.h"

#include <glib/gi18n.h>

#include "core/inb-time-left.h"
#include "ui/inb-drag-out.h"
#include "ui/inb-poster.h"

/* One take in the list: what it is, how far it is, what can be done about it. State is an icon and
 * a word, never a colour alone. */
struct _InbTakeRow
{
  GtkListBoxRow parent_instance;

  InbJob *job;
  GCancellable *loading;
  char *poster_path; /* what is shown or being read */

  GtkPicture *poster;
  GtkWidget *poster_icon;
  GtkLabel *title;
  GtkImage *state_icon;
  GtkLabel *state;
  GtkWidget *cancel_button;
  GtkProgressBar *progress;
  GtkLabel *time_left;
  GtkLabel *message;
  GtkWidget *retry_button;
};

G_DEFINE_FINAL_TYPE (InbTakeRow, inb_take_row, GTK_TYPE_LIST_BOX_ROW)

static const char *
get_icon (InbJobState state)
{
  if (state == INB_JOB_DONE)
    return "object-select-symbolic";
  if (inb_job_state_is_cancelled (state))
    return "action-unavailable-symbolic";
  if (inb_job_state_is_failure (state) || state == INB_JOB_MISSING_FILE)
    return "dialog-error-symbolic";
  if (state == INB_JOB_READY)
    return "content-loading-symbolic";
  return "emblem-synchronizing-symbolic";
}

static void
poster_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InbTakeRow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = inb_poster_load_finish (result, &error);

  if (texture == NULL || self->poster == NULL)
    return; /* the icon stays: a take without a poster is still a take */
  gtk_picture_set_paintable (self->poster, GDK_PAINTABLE (texture));
  gtk_widget_set_visible (self->poster_icon, FALSE);
}

static void
load_poster (InbTakeRow *self)
{
  const InbClip *clip = inb_job_get_clip (self->job);

  if (clip == NULL || clip->poster == NULL || g_strcmp0 (clip->poster, self->poster_path) == 0)
    return;
  g_free (self->poster_path);
  self->poster_path = g_strdup (clip->poster);
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  inb_poster_load_async (self->poster_path, self->loading, poster_cb, g_object_ref (self));
}

static void
name_for_readers (InbTakeRow *self, const char *words, const char *left)
{
  const InbRequest *request = inb_job_get_request (self->job);
  guint duration = request != NULL ? request->duration_s : 0;
  g_autofree char *length =
      g_strdup_printf (ngettext ("%u second", "%u seconds", duration), duration);
  g_autofree char *spoken = NULL;

  if (left != NULL)
    /* Translators: spoken by a screen reader: “Take 3, Rendering, 5 seconds, About 20 seconds left”
     */
    spoken = g_strdup_printf (_ ("Take %u, %s, %s, %s"), inb_job_get_take (self->job), words,
                              length, left);
  else
    /* Translators: spoken by a screen reader: “Take 3, Done, 5 seconds” */
    spoken = g_strdup_printf (_ ("Take %u, %s, %s"), inb_job_get_take (self->job), words, length);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
show_progress (InbTakeRow *self)
{
  const InbJobFacts *facts = inb_job_get_facts (self->job);
  gboolean busy = !inb_job_state_is_final (facts->state);
  gboolean known = busy && facts->progress >= 0.0;
  g_autofree char *left = NULL;

  if (known && facts->started_us > 0)
    left = inb_time_left_format (g_get_real_time () - facts->started_us, facts->progress);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), known);
  if (known)
    gtk_progress_bar_set_fraction (self->progress, CLAMP (facts->progress, 0.0, 1.0));
  gtk_widget_set_visible (GTK_WIDGET (self->time_left), left != NULL);
  gtk_label_set_label (self->time_left, left != NULL ? left : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, left != NULL ? left : "", -1);
  name_for_readers (self, inb_job_state_get_words (facts->state), left);
}

static void
show_state (InbTakeRow *self)
{
  const InbJobFacts *facts = inb_job_get_facts (self->job);
  gboolean failed = inb_job_state_is_failure (facts->state);

  gtk_image_set_from_icon_name (self->state_icon, get_icon (facts->state));
  gtk_label_set_label (self->state, inb_job_state_get_words (facts->state));
  if (failed)
    gtk_widget_add_css_class (GTK_WIDGET (self->state_icon), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->state_icon), "error");
  gtk_widget_set_visible (self->cancel_button, !inb_job_state_is_final (facts->state) &&
                                                   facts->state != INB_JOB_CANCELLING);
  gtk_label_set_label (self->message, facts->error_message != NULL ? facts->error_message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), failed && facts->error_message != NULL);
  gtk_widget_set_visible (self->retry_button, facts->state == INB_JOB_FAILED_LOCAL);
  show_progress (self);
  load_poster (self);
}

static void
label_button (GtkWidget *button, const char *label, const char *id, const char *action)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_widget_set_tooltip_text (button, label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", id);
}

static void
inb_take_row_dispose (GObject *object)
{
  InbTakeRow *self = INB_TAKE_ROW (object);

  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_object (&self->job);
  gtk_widget_dispose_template (GTK_WIDGET (self), INB_TYPE_TAKE_ROW);

  G_OBJECT_CLASS (inb_take_row_parent_class)->dispose (object);
}

static void
inb_take_row_finalize (GObject *object)
{
  g_free (INB_TAKE_ROW (object)->poster_path);

  G_OBJECT_CLASS (inb_take_row_parent_class)->finalize (object);
}

static void
inb_take_row_class_init (InbTakeRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = inb_take_row_dispose;
  object_class->finalize = inb_take_row_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/inbetween/Inbetween/ui/inb-take-row.ui");
  gtk_widget_class_bind_template_child (widget_class, InbTakeRow, poster);
  gtk_widget_class_bind_template_child (widget_class, InbTakeRow, poster_icon);
  gtk_widget_class_bind_template_child (widget_class, InbTakeRow, title);
  gtk_widget_class_bind_template_child (widget_class, InbTakeRow, state_icon);
  gtk_widget_class_bind_template_child (widget_class, InbTakeRow, state);
  gtk_widget_class_bind_template_child (widget_class, InbTakeRow, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, InbTakeRow, progress);
  gtk_widget_class_bind_template_child (widget_class, InbTakeRow, time_left);
  gtk_widget_class_bind_template_child (widget_class, InbTakeRow, message);
  gtk_widget_class_bind_template_child (widget_class, InbTakeRow, retry_button);
}

static void
inb_take_row_init (InbTakeRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
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
 * Its buttons activate takes.cancel and takes.retry with the job's id.
 *
 * Returns: (transfer floating): a row that follows @job
 */
GtkWidget *
inb_take_row_new (InbJob *job)
{
  InbTakeRow *self = g_object_new (INB_TYPE_TAKE_ROW, NULL);
  g_autofree char *title = g_strdup_printf (_ ("Take %u"), inb_job_get_take (job));
  g_autofree char *cancel = g_strdup_printf (_ ("Cancel Take %u"), inb_job_get_take (job));
  g_autofree char *retry = g_strdup_printf (_ ("Try Take %u Again"), inb_job_get_take (job));
  g_autofree char *progress = g_strdup_printf (_ ("Progress of take %u"), inb_job_get_take (job));

  self->job = g_object_ref (job);
  gtk_label_set_label (self->title, title);
  label_button (self->cancel_button, cancel, inb_job_get_id (job), "takes.cancel");
  label_button (self->retry_button, retry, inb_job_get_id (job), "takes.retry");
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
