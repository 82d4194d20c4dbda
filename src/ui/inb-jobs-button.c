/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-jobs-button.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ui/inb-job-row.h"
#include "ui/inb-spare-layout.h"
#include "ui/inb-working.h"

/* How much is at work, over all products: a number and one ring of progress in the header, the jobs
 * themselves behind it. While nothing is at work it takes no room, unless a person asks by key. */
struct _InbJobsButton
{
  AdwBin parent_instance;

  InbWorking *working;
  double shown; /* progress that the ring shows */

  GtkMenuButton *button;
  GtkDrawingArea *arc;
  GtkLabel *count;
  GtkPopover *popover;
  GtkStack *stack;
  GtkWidget *nothing;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (InbJobsButton, inb_jobs_button, ADW_TYPE_BIN)

/* px; the weight of the symbolic icons beside it */
#define RING_WIDTH 2.0

static void
draw_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user_data)
{
  InbJobsButton *self = user_data;
  double radius = (MIN (width, height) - RING_WIDTH) / 2.0;
  GdkRGBA colour;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (area)), &colour);
  cairo_set_line_width (cr, RING_WIDTH);
  cairo_set_source_rgba (cr, colour.red, colour.green, colour.blue, colour.alpha * 0.3);
  cairo_arc (cr, width / 2.0, height / 2.0, radius, 0.0, 2.0 * G_PI);
  cairo_stroke (cr);
  if (self->shown <= 0.0)
    return;
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_arc (cr, width / 2.0, height / 2.0, radius, -G_PI / 2.0, (2.0 * self->shown - 0.5) * G_PI);
  cairo_stroke (cr);
}

static void
progress_cb (InbJobsButton *self)
{
  double progress = inb_working_get_progress (self->working);

  if (fabs (progress - self->shown) < 0.005)
    return;
  self->shown = progress;
  gtk_widget_queue_draw (GTK_WIDGET (self->arc));
}

static void
show_or_hide (InbJobsButton *self)
{
  gtk_widget_set_visible (
      GTK_WIDGET (self),
      (self->working != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->working)) > 0) ||
          gtk_widget_get_visible (GTK_WIDGET (self->popover)));
}

static void
count_cb (InbJobsButton *self)
{
  guint n_jobs = g_list_model_get_n_items (G_LIST_MODEL (self->working));
  g_autofree char *count = g_strdup_printf ("%u", n_jobs);
  g_autofree char *words =
      n_jobs > 0 ? g_strdup_printf (ngettext ("%u job at work", "%u jobs at work", n_jobs), n_jobs)
                 : g_strdup (_ ("No jobs at work"));

  gtk_label_set_label (self->count, count);
  gtk_widget_set_visible (GTK_WIDGET (self->count), n_jobs > 0);
  gtk_stack_set_visible_child_name (self->stack, n_jobs > 0 ? "list" : "empty");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
  progress_cb (self);
  show_or_hide (self);
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  return inb_job_row_new (item);
}

static void
activated_cb (InbJobsButton *self, GtkListBoxRow *row)
{
  InbJob *job = inb_job_row_get_job (INB_JOB_ROW (row));

  gtk_popover_popdown (self->popover);
  gtk_widget_activate_action (GTK_WIDGET (self), "app.open-take", "s", inb_job_get_id (job));
}

static void
inb_jobs_button_dispose (GObject *object)
{
  InbJobsButton *self = INB_JOBS_BUTTON (object);

  if (self->working != NULL)
    g_signal_handlers_disconnect_by_data (self->working, self);
  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  g_clear_object (&self->working);
  self->list = NULL;

  /* AdwBin drops the template's one child by itself */
  G_OBJECT_CLASS (inb_jobs_button_parent_class)->dispose (object);
}

static void
inb_jobs_button_class_init (InbJobsButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = inb_jobs_button_dispose;
  g_type_ensure (INB_TYPE_SPARE_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/inbetween/Inbetween/ui/inb-jobs-button.ui");
  gtk_widget_class_bind_template_child (widget_class, InbJobsButton, button);
  gtk_widget_class_bind_template_child (widget_class, InbJobsButton, arc);
  gtk_widget_class_bind_template_child (widget_class, InbJobsButton, count);
  gtk_widget_class_bind_template_child (widget_class, InbJobsButton, popover);
  gtk_widget_class_bind_template_child (widget_class, InbJobsButton, stack);
  gtk_widget_class_bind_template_child (widget_class, InbJobsButton, nothing);
  gtk_widget_class_bind_template_child (widget_class, InbJobsButton, list);
}

static void
inb_jobs_button_init (InbJobsButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drawing_area_set_draw_func (self->arc, draw_cb, self, NULL);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (activated_cb), self);
  g_signal_connect_swapped (self->popover, "closed", G_CALLBACK (show_or_hide), self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("No jobs at work"), -1);
  show_or_hide (self);
}

/**
 * inb_jobs_button_new:
 *
 * Returns: (transfer floating): a button about nothing
 */
GtkWidget *
inb_jobs_button_new (void)
{
  return g_object_new (INB_TYPE_JOBS_BUTTON, NULL);
}

/**
 * inb_jobs_button_set_jobs:
 * @self: a button, once
 * @jobs: (transfer none): model of #InbJob: the queue
 *
 * Shows those that are at work. A row opens its take (app.open-take), its button cancels it
 * (win.take).
 */
void
inb_jobs_button_set_jobs (InbJobsButton *self, GListModel *jobs)
{
  g_return_if_fail (INB_IS_JOBS_BUTTON (self) && self->working == NULL);

  self->working = inb_working_new (jobs);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->working), create_row, NULL, NULL);
  g_signal_connect_swapped (self->working, "items-changed", G_CALLBACK (count_cb), self);
  g_signal_connect_swapped (self->working, "progress", G_CALLBACK (progress_cb), self);
  count_cb (self);
}

/**
 * inb_jobs_button_popup:
 * @self: a button
 *
 * Opens the list, or closes it.
 */
void
inb_jobs_button_popup (InbJobsButton *self)
{
  g_return_if_fail (INB_IS_JOBS_BUTTON (self));

  if (gtk_widget_get_visible (GTK_WIDGET (self->popover)))
    {
      gtk_menu_button_popdown (self->button);
      return;
    }
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_menu_button_popup (self->button);
}
