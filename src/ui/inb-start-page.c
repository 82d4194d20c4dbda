/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-start-page.h"

#include "ui/inb-widget.h"

/* What a product without a photo shows: two ways to begin, both one press away. */
struct _InbStartPage
{
  AdwBin parent_instance;

  GtkWidget *choose_button;
  GtkWidget *sample_button;
};

G_DEFINE_FINAL_TYPE (InbStartPage, inb_start_page, ADW_TYPE_BIN)

static gboolean
inb_start_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (INB_START_PAGE (widget)->choose_button);
}

static void
inb_start_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), INB_TYPE_START_PAGE);

  G_OBJECT_CLASS (inb_start_page_parent_class)->dispose (object);
}

static void
inb_start_page_class_init (InbStartPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = inb_start_page_dispose;
  widget_class->grab_focus = inb_start_page_grab_focus;
  widget_class->focus = inb_widget_focus_bin;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/inbetween/Inbetween/ui/inb-start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, InbStartPage, choose_button);
  gtk_widget_class_bind_template_child (widget_class, InbStartPage, sample_button);
}

static void
inb_start_page_init (InbStartPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * inb_start_page_new:
 *
 * Its buttons activate win.choose-start and win.try-sample.
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
inb_start_page_new (void)
{
  return g_object_new (INB_TYPE_START_PAGE, NULL);
}

/**
 * inb_start_page_offer_sample:
 * @self: the page
 *
 * Gives the sample the focus: whoever comes for the first time sees a clip with one press of
 * Return.
 */
void
inb_start_page_offer_sample (InbStartPage *self)
{
  g_return_if_fail (INB_IS_START_PAGE (self));
  gtk_widget_grab_focus (self->sample_button);
}
