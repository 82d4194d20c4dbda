/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-resume-bar.h"

#include <glib/gi18n.h>

#include "core/inb-money.h"
#include "ui/inb-fold-layout.h"

/* Jobs that were paid for by a word, but not sent before the program ended: they wait for one press
 * of a button that says what it costs. Nothing opens or goes on by itself. */
struct _InbResumeBar
{
  AdwBin parent_instance;

  GListModel *jobs;
  GPtrArray *paused; /* element-type InbJob */
  gint64 begun_us;   /* wall clock: what is younger was paused in this session, for other reasons */
  gboolean later;    /* the person does not want to be asked again in this session */
  guint update_id;

  GtkRevealer *revealer;
  GtkLabel *text;
  GtkButton *resume_button;
  GtkWidget *later_button;
};

enum
{
  SIGNAL_RESUME,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbResumeBar, inb_resume_bar, ADW_TYPE_BIN)

static gboolean
is_unsent (InbJobState state)
{
  return state == INB_JOB_PREPARING || state == INB_JOB_UPLOADING || state == INB_JOB_READY;
}

static char *
sum_up (const GPtrArray *jobs)
{
  gint64 sum = 0;

  for (guint i = 0; i < jobs->len && sum >= 0; i++)
    {
      gint64 estimate = inb_job_get_estimate (g_ptr_array_index (jobs, i));

      sum = estimate < 0 ? INB_MICROS_UNKNOWN : sum + estimate;
    }
  return inb_money_format (sum);
}

static void
find_paused (InbResumeBar *self)
{
  g_ptr_array_set_size (self->paused, 0);
  for (guint i = 0; self->jobs != NULL && i < g_list_model_get_n_items (self->jobs); i++)
    {
      g_autoptr (InbJob) job = g_list_model_get_item (self->jobs, i);
      const InbJobFacts *facts = inb_job_get_facts (job);

      if (facts->paused && !facts->deleted && is_unsent (facts->state) &&
          inb_job_get_created (job) < self->begun_us)
        g_ptr_array_add (self->paused, g_steal_pointer (&job));
    }
}

static void
update (InbResumeBar *self)
{
  guint n_jobs;
  g_autofree char *price = NULL;
  g_autofree char *text = NULL;
  g_autofree char *label = NULL;

  find_paused (self);
  n_jobs = self->paused->len;
  gtk_revealer_set_reveal_child (self->revealer, n_jobs > 0 && !self->later);
  gtk_widget_set_visible (GTK_WIDGET (self), n_jobs > 0 && !self->later);
  if (n_jobs == 0)
    return;
  price = sum_up (self->paused);
  text = g_strdup_printf (
      ngettext ("%u clip was not sent before Inbetween ended. Nothing was charged for it.",
                "%u clips were not sent before Inbetween ended. Nothing was charged for them.",
                n_jobs),
      n_jobs);
  /* Translators: a number of clips and the price of all of them */
  label = g_strdup_printf (ngettext ("Resume %u clip · %s", "Resume %u clips · %s", n_jobs), n_jobs,
                           price);
  gtk_label_set_label (self->text, text);
  gtk_button_set_label (self->resume_button, label);
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (self->resume_button)), TRUE);
}

static gboolean
update_cb (gpointer user_data)
{
  InbResumeBar *self = user_data;

  self->update_id = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

static void
job_changed_cb (InbResumeBar *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add (update_cb, self);
}

static void
items_changed_cb (InbResumeBar *self, guint position, guint n_removed, guint n_added)
{
  for (guint i = 0; i < n_added; i++)
    {
      g_autoptr (InbJob) job = g_list_model_get_item (self->jobs, position + i);

      if (inb_job_is_at_rest (job))
        continue;
      g_signal_handlers_disconnect_by_func (job, job_changed_cb, self);
      g_signal_connect_object (job, "notify::state", G_CALLBACK (job_changed_cb), self,
                               G_CONNECT_SWAPPED);
    }
  job_changed_cb (self);
}

/* Pressed once: the button is gone before it could be pressed again. */
static void
resume_cb (InbResumeBar *self)
{
  g_autoptr (GPtrArray) wanted = self->paused;

  if (wanted->len == 0)
    return;
  self->paused = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  for (guint i = 0; i < wanted->len; i++)
    g_signal_emit (self, signals[SIGNAL_RESUME], 0, inb_job_get_id (g_ptr_array_index (wanted, i)));
}

static void
later_cb (InbResumeBar *self)
{
  self->later = TRUE;
  update (self);
}

static void
inb_resume_bar_dispose (GObject *object)
{
  InbResumeBar *self = INB_RESUME_BAR (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  adw_bin_set_child (ADW_BIN (self), NULL); /* a child of the template is not unparented twice */
  gtk_widget_dispose_template (GTK_WIDGET (self), INB_TYPE_RESUME_BAR);
  g_clear_object (&self->jobs);
  g_clear_pointer (&self->paused, g_ptr_array_unref);

  G_OBJECT_CLASS (inb_resume_bar_parent_class)->dispose (object);
}

static void
inb_resume_bar_class_init (InbResumeBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = inb_resume_bar_dispose;

  /* InbResumeBar::resume: the person wants the job with this id to go on, for its price */
  signals[SIGNAL_RESUME] = g_signal_new ("resume", INB_TYPE_RESUME_BAR, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (INB_TYPE_FOLD_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/inbetween/Inbetween/ui/inb-resume-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, InbResumeBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, InbResumeBar, text);
  gtk_widget_class_bind_template_child (widget_class, InbResumeBar, resume_button);
  gtk_widget_class_bind_template_child (widget_class, InbResumeBar, later_button);
}

static void
inb_resume_bar_init (InbResumeBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->paused = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_connect_swapped (self->resume_button, "clicked", G_CALLBACK (resume_cb), self);
  g_signal_connect_swapped (self->later_button, "clicked", G_CALLBACK (later_cb), self);
}

/**
 * inb_resume_bar_new:
 *
 * Returns: (transfer floating): a bar that is not shown
 */
GtkWidget *
inb_resume_bar_new (void)
{
  return g_object_new (INB_TYPE_RESUME_BAR, NULL);
}

/**
 * inb_resume_bar_set_jobs:
 * @self: a bar, once
 * @jobs: list of #InbJob
 *
 * Shows itself as long as paid jobs in it wait unsent for a person.
 */
void
inb_resume_bar_set_jobs (InbResumeBar *self, GListModel *jobs)
{
  g_return_if_fail (INB_IS_RESUME_BAR (self) && self->jobs == NULL);

  self->jobs = g_object_ref (jobs);
  self->begun_us = g_get_real_time ();
  g_signal_connect_object (jobs, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  items_changed_cb (self, 0, 0, g_list_model_get_n_items (jobs));
}

/**
 * inb_resume_bar_get_count:
 * @self: a bar
 *
 * Returns: how many jobs wait
 */
guint
inb_resume_bar_get_count (InbResumeBar *self)
{
  return self->paused->len;
}
