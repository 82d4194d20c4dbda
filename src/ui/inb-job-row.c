/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-job-row.h"

#include <glib/gi18n.h>

/* One job at work in the list of the header: whose it is, where it is, how long still. */
struct _InbJobRow
{
  GtkListBoxRow parent_instance;

  InbJob *job;

  GtkLabel *title;
  GtkLabel *state;
  GtkProgressBar *progress;
  GtkWidget *cancel_button;
};

G_DEFINE_FINAL_TYPE (InbJobRow, inb_job_row, GTK_TYPE_LIST_BOX_ROW)

static char *
dup_title (InbJob *job)
{
  const char *product = inb_job_get_product_name (job);

  /* Translators: name of a product, number of the take */
  return g_strdup_printf (_ ("\u2068%s\u2069 · take %u"), product != NULL ? product : _ ("Product"),
                          inb_job_get_take (job));
}

static void
show (InbJobRow *self)
{
  const InbJobFacts *facts = inb_job_get_facts (self->job);
  const char *state = inb_job_state_get_words (facts->state);
  const InbTimeLeft *time_left = inb_job_follow_time (self->job, g_get_real_time ());
  double fraction = inb_job_get_fraction (self->job);
  g_autofree char *title = dup_title (self->job);
  g_autofree char *left = inb_time_left_dup_words (time_left);
  g_autofree char *words = NULL;
  g_autofree char *spoken = NULL;

  /* Translators: state of a job, then the time left: “Rendering · About 2 minutes left” */
  words = left != NULL ? g_strdup_printf (_ ("%s · %s"), state, left) : g_strdup (state);
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->state, words);
  gtk_widget_set_opacity (GTK_WIDGET (self->progress), fraction >= 0.0 ? 1.0 : 0.0);
  gtk_progress_bar_set_fraction (self->progress, MAX (fraction, 0.0));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words, -1);
  /* Translators: spoken by a screen reader: which job, then its state */
  spoken = g_strdup_printf (_ ("%s, %s"), title, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_widget_set_sensitive (self->cancel_button, facts->state != INB_JOB_CANCELLING);
}

static void
label_parts (InbJobRow *self)
{
  g_autofree char *title = dup_title (self->job);
  /* Translators: “Cancel Mug · take 3” */
  g_autofree char *cancel = g_strdup_printf (_ ("Cancel %s"), title);
  g_autofree char *progress = g_strdup_printf (_ ("Progress of %s"), title);

  gtk_widget_set_tooltip_text (self->cancel_button, _ ("Cancel"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->cancel_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, cancel, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  progress, -1);
}

static void
inb_job_row_dispose (GObject *object)
{
  g_clear_object (&INB_JOB_ROW (object)->job);
  gtk_widget_dispose_template (GTK_WIDGET (object), INB_TYPE_JOB_ROW);

  G_OBJECT_CLASS (inb_job_row_parent_class)->dispose (object);
}

static void
inb_job_row_class_init (InbJobRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = inb_job_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/inbetween/Inbetween/ui/inb-job-row.ui");
  gtk_widget_class_bind_template_child (widget_class, InbJobRow, title);
  gtk_widget_class_bind_template_child (widget_class, InbJobRow, state);
  gtk_widget_class_bind_template_child (widget_class, InbJobRow, progress);
  gtk_widget_class_bind_template_child (widget_class, InbJobRow, cancel_button);
}

static void
inb_job_row_init (InbJobRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * inb_job_row_new:
 * @job: a job at work
 *
 * Its button activates win.take with “cancel” and the job's id.
 *
 * Returns: (transfer floating): a row that follows @job
 */
GtkWidget *
inb_job_row_new (InbJob *job)
{
  InbJobRow *self = g_object_new (INB_TYPE_JOB_ROW, NULL);

  self->job = g_object_ref (job);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->cancel_button), "(ss)", "cancel",
                                    inb_job_get_id (job));
  g_signal_connect_object (job, "notify::state", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (job, "notify::progress", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  label_parts (self);
  show (self);
  return GTK_WIDGET (self);
}

/**
 * inb_job_row_get_job:
 * @self: a row
 *
 * Returns: (transfer none): its job
 */
InbJob *
inb_job_row_get_job (InbJobRow *self)
{
  g_return_val_if_fail (INB_IS_JOB_ROW (self), NULL);
  return self->job;
}
