/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/inb-help.h"
#include "ui/inb-code-window.h"
#include "ui/inb-window-private.h"

#define SAMPLE "/io/github/inbetween/Inbetween/sample/"

static void
new_product_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  inb_window_new_product (INB_WINDOW (widget));
}

static void
choose_start_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  inb_composer_choose_photo (INB_WINDOW (widget)->composer, FALSE);
}

static void
choose_last_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  inb_composer_choose_photo (INB_WINDOW (widget)->composer, TRUE);
}

typedef struct
{
  InbWindow *window;
  InbFrameWell *well;
} Paste;

static void
pasted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Paste *paste = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (InbIncoming) incoming = inb_incoming_read_finish (result, &error);

  if (gtk_widget_get_root (GTK_WIDGET (paste->well)) != NULL)
    inb_frame_well_take (paste->well, incoming, error);
  g_object_unref (paste->well);
  g_object_unref (paste->window);
  g_free (paste);
}

static void
paste_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  InbWindow *self = INB_WINDOW (widget);
  InbFrameWell *well =
      inb_composer_choose_well (self->composer, gtk_window_get_focus (GTK_WINDOW (self)));
  Paste *paste;

  if (well == NULL)
    {
      inb_window_toast (self, _ ("Both frames are filled. Select the one to replace, then paste."));
      return;
    }
  paste = g_new0 (Paste, 1);
  paste->window = g_object_ref (self);
  paste->well = g_object_ref (well);
  inb_incoming_read_async (G_OBJECT (gtk_widget_get_clipboard (widget)), NULL, pasted_cb, paste);
}

static void
take_sample (InbPhotoSlot *slot, const char *name)
{
  g_autofree char *path = g_strconcat (SAMPLE, name, NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  if (bytes != NULL)
    inb_photo_slot_take_bytes (slot, bytes, name);
}

/* From here to a playing clip without another press: it is free and stays on this computer. */
static void
try_sample_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  InbWindow *self = INB_WINDOW (widget);

  inb_window_new_product (self);
  inb_draft_name_product (self->draft, _ ("Sample product"));
  g_object_set (self->draft, "ratio", INB_RATIO_16_9, NULL);
  /* not translated: the engine understands English words */
  inb_draft_set_prompt (self->draft, "slow push in, ease in and out");
  self->sample_is_coming = TRUE;
  take_sample (inb_draft_get_start (self->draft), "start.jpg");
  take_sample (inb_draft_get_last (self->draft), "last.jpg");
}

static void
focus_prompt_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  InbWindow *self = INB_WINDOW (widget);

  adw_flap_set_reveal_flap (self->form_flap, TRUE);
  inb_composer_focus_prompt (self->composer);
}

/* Form, stage, takes and round again; hidden ones are passed over. */
static void
move_pane (InbWindow *self, int step)
{
  GtkWidget *panes[] = { GTK_WIDGET (self->composer), GTK_WIDGET (self->centre),
                         GTK_WIDGET (self->takes) };
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  int n_panes = G_N_ELEMENTS (panes), current = step > 0 ? n_panes - 1 : 0;

  for (int i = 0; i < n_panes; i++)
    if (focus != NULL && gtk_widget_is_ancestor (focus, panes[i]))
      current = i;
  for (int i = 1; i <= n_panes; i++)
    {
      GtkWidget *pane = panes[(current + n_panes * 2 + step * i) % n_panes];

      if (gtk_widget_get_mapped (pane) && gtk_widget_child_focus (pane, GTK_DIR_TAB_FORWARD))
        return;
    }
}

static void
next_pane_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  move_pane (INB_WINDOW (widget), 1);
}

static void
previous_pane_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  move_pane (INB_WINDOW (widget), -1);
}

static void
show_form_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AdwFlap *flap = INB_WINDOW (widget)->form_flap;

  adw_flap_set_reveal_flap (flap, !adw_flap_get_reveal_flap (flap));
}

static void
show_takes_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AdwFlap *flap = INB_WINDOW (widget)->takes_flap;

  adw_flap_set_reveal_flap (flap, !adw_flap_get_reveal_flap (flap));
}

static void
fullscreen_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkWindow *window = GTK_WINDOW (widget);

  if (gtk_window_is_fullscreen (window))
    gtk_window_unfullscreen (window);
  else
    gtk_window_fullscreen (window);
}

static void
shortcuts_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  inb_help_show_shortcuts (GTK_WINDOW (widget));
}

static void
help_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  inb_help_show (GTK_WINDOW (widget));
}

static void
show_code_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  InbWindow *self = INB_WINDOW (widget);
  g_autoptr (InbRequest) request = inb_draft_dup_request (self->draft, 0);

  inb_code_window_present (GTK_WINDOW (self), request, self->root);
}

void
inb_window_install_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char *name;
    GtkWidgetActionActivateFunc activate;
    guint key;
    GdkModifierType modifiers;
  } actions[] = {
    { "win.new-product", new_product_action, GDK_KEY_n, GDK_CONTROL_MASK },
    { "win.choose-start", choose_start_action, GDK_KEY_o, GDK_CONTROL_MASK },
    { "win.choose-last", choose_last_action, GDK_KEY_o, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
    { "win.paste", paste_action, GDK_KEY_v, GDK_CONTROL_MASK },
    { "win.try-sample", try_sample_action, 0, 0 },
    { "win.show-code", show_code_action, 0, 0 },
    { "win.focus-prompt", focus_prompt_action, GDK_KEY_l, GDK_CONTROL_MASK },
    { "win.next-pane", next_pane_action, GDK_KEY_F6, 0 },
    { "win.previous-pane", previous_pane_action, GDK_KEY_F6, GDK_SHIFT_MASK },
    { "win.show-form", show_form_action, GDK_KEY_F9, 0 },
    { "win.show-takes", show_takes_action, GDK_KEY_F9, GDK_SHIFT_MASK },
    { "win.fullscreen", fullscreen_action, GDK_KEY_F11, 0 },
    { "win.shortcuts", shortcuts_action, GDK_KEY_question, GDK_CONTROL_MASK },
    { "win.help", help_action, GDK_KEY_F1, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].activate);
      /* after the focused widget: a text field keeps its own Ctrl+V */
      if (actions[i].key != 0)
        gtk_widget_class_add_binding_action (widget_class, actions[i].key, actions[i].modifiers,
                                             actions[i].name, NULL);
    }
}
