/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-guidance.h"

#include <glib/gi18n.h>

/* Guidance from 0 to 1, or none of it said: then the provider takes its own. */
struct _InbGuidance
{
  AdwBin parent_instance;

  InbDraft *draft;
  gboolean updating;

  GtkCheckButton *own; /* the provider's own */
  GtkRange *scale;
};

G_DEFINE_FINAL_TYPE (InbGuidance, inb_guidance, ADW_TYPE_BIN)

/* seeds 001 to 003: what the services take where nothing is said */
#define USUAL 0.5

static void
update (InbGuidance *self)
{
  double guidance = inb_draft_get_guidance (self->draft);

  self->updating = TRUE;
  gtk_check_button_set_active (self->own, guidance < 0.0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->scale), guidance >= 0.0);
  gtk_range_set_value (self->scale, guidance >= 0.0 ? guidance : USUAL);
  self->updating = FALSE;
}

static void
own_cb (InbGuidance *self)
{
  if (!self->updating)
    inb_draft_set_guidance (self->draft, gtk_check_button_get_active (self->own) ? -1.0 : USUAL);
}

static void
moved_cb (InbGuidance *self)
{
  if (!self->updating)
    inb_draft_set_guidance (self->draft, gtk_range_get_value (self->scale));
}

static void
inb_guidance_dispose (GObject *object)
{
  g_clear_object (&INB_GUIDANCE (object)->draft);

  G_OBJECT_CLASS (inb_guidance_parent_class)->dispose (object);
}

static void
inb_guidance_class_init (InbGuidanceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = inb_guidance_dispose;
}

static GtkWidget *
make_scale (void)
{
  GtkWidget *scale = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 0.0, 1.0, 0.05);

  gtk_scale_set_digits (GTK_SCALE (scale), 2);
  gtk_scale_set_draw_value (GTK_SCALE (scale), TRUE);
  gtk_scale_set_value_pos (GTK_SCALE (scale), GTK_POS_RIGHT);
  gtk_scale_add_mark (GTK_SCALE (scale), USUAL, GTK_POS_BOTTOM, NULL);
  gtk_widget_set_tooltip_text (scale, _ ("How closely the clip keeps to the words"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (scale), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Guidance"), -1);
  return scale;
}

static void
inb_guidance_init (InbGuidance *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->own = GTK_CHECK_BUTTON (gtk_check_button_new_with_label (_ ("Provider’s default")));
  self->scale = GTK_RANGE (make_scale ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->own));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->scale));
  adw_bin_set_child (ADW_BIN (self), box);
  g_signal_connect_swapped (self->own, "toggled", G_CALLBACK (own_cb), self);
  g_signal_connect_swapped (self->scale, "value-changed", G_CALLBACK (moved_cb), self);
}

/**
 * inb_guidance_new:
 *
 * Returns: (transfer floating): the two controls without a draft
 */
GtkWidget *
inb_guidance_new (void)
{
  return g_object_new (INB_TYPE_GUIDANCE, NULL);
}

/**
 * inb_guidance_set_draft:
 * @self: the controls, once
 * @draft: whose guidance they show and change
 */
void
inb_guidance_set_draft (InbGuidance *self, InbDraft *draft)
{
  g_return_if_fail (INB_IS_GUIDANCE (self) && self->draft == NULL);

  self->draft = g_object_ref (draft);
  g_signal_connect_object (draft, "notify::guidance", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
