/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-frame-pair.h"

#include "ui/inb-fold-layout.h"

/* The two frames of a clip side by side: they can be swapped, and the last one can be the first
 * again. */
struct _InbFramePair
{
  AdwBin parent_instance;

  InbDraft *draft;

  InbFrameWell *start_well;
  InbFrameWell *last_well;
  GtkCheckButton *loop;
};

G_DEFINE_FINAL_TYPE (InbFramePair, inb_frame_pair, ADW_TYPE_BIN)

static void
update (InbFramePair *self)
{
  InbSlotState start = inb_photo_slot_get_state (inb_draft_get_start (self->draft));
  InbSlotState last = inb_photo_slot_get_state (inb_draft_get_last (self->draft));
  gboolean loop = inb_draft_get_loop (self->draft);
  const char *reason = inb_draft_find_reason (self->draft, INB_FEATURE_LAST_FRAME);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "frames.swap",
                                 start == INB_SLOT_READY && last == INB_SLOT_READY && !loop);
  /* one that is of no use here can still be taken away */
  gtk_widget_set_sensitive (GTK_WIDGET (self->loop),
                            loop || (reason == NULL && start == INB_SLOT_READY));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->loop), reason);
}

static void
swap_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  inb_draft_swap (INB_FRAME_PAIR (widget)->draft);
}

static void
inb_frame_pair_dispose (GObject *object)
{
  InbFramePair *self = INB_FRAME_PAIR (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), INB_TYPE_FRAME_PAIR);
  g_clear_object (&self->draft);

  G_OBJECT_CLASS (inb_frame_pair_parent_class)->dispose (object);
}

static void
inb_frame_pair_class_init (InbFramePairClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = inb_frame_pair_dispose;

  g_type_ensure (INB_TYPE_FOLD_LAYOUT);
  g_type_ensure (INB_TYPE_FRAME_WELL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/inbetween/Inbetween/ui/inb-frame-pair.ui");
  gtk_widget_class_bind_template_child (widget_class, InbFramePair, start_well);
  gtk_widget_class_bind_template_child (widget_class, InbFramePair, last_well);
  gtk_widget_class_bind_template_child (widget_class, InbFramePair, loop);
  gtk_widget_class_install_action (widget_class, "frames.swap", NULL, swap_action);
}

static void
inb_frame_pair_init (InbFramePair *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * inb_frame_pair_new:
 *
 * Returns: (transfer floating): a pair without a draft
 */
GtkWidget *
inb_frame_pair_new (void)
{
  return g_object_new (INB_TYPE_FRAME_PAIR, NULL);
}

/**
 * inb_frame_pair_set_draft:
 * @self: a pair, once
 * @draft: whose frames they are
 */
void
inb_frame_pair_set_draft (InbFramePair *self, InbDraft *draft)
{
  g_return_if_fail (INB_IS_FRAME_PAIR (self) && self->draft == NULL);

  self->draft = g_object_ref (draft);
  inb_frame_well_set_draft (self->start_well, draft, inb_draft_get_start (draft));
  inb_frame_well_set_draft (self->last_well, draft, inb_draft_get_last (draft));
  g_object_bind_property (draft, "loop", self->loop, "active",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_signal_connect_object (draft, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * inb_frame_pair_get_well:
 * @self: a pair
 * @last: which of the two
 *
 * Returns: (transfer none): the well
 */
InbFrameWell *
inb_frame_pair_get_well (InbFramePair *self, gboolean last)
{
  g_return_val_if_fail (INB_IS_FRAME_PAIR (self), NULL);
  return last ? self->last_well : self->start_well;
}

/**
 * inb_frame_pair_choose_well:
 * @self: a pair with a draft
 * @focus: (nullable): the widget that has the focus
 *
 * Returns: (transfer none) (nullable): the well that a pasted photo goes to: the focused one, else
 * the first that is empty; %NULL if both are filled
 */
InbFrameWell *
inb_frame_pair_choose_well (InbFramePair *self, GtkWidget *focus)
{
  InbFrameWell *wells[] = { self->start_well, self->last_well };

  for (guint i = 0; i < G_N_ELEMENTS (wells) && focus != NULL; i++)
    if (gtk_widget_is_ancestor (focus, GTK_WIDGET (wells[i])))
      return wells[i];
  for (guint i = 0; i < G_N_ELEMENTS (wells); i++)
    if (inb_photo_slot_get_preview (inb_frame_well_get_slot (wells[i])) == NULL)
      return wells[i];
  return NULL;
}
