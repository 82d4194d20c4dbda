/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/inb-toast.h"
#include "ui/inb-window-private.h"

/* What the window tells: its status line, and toasts. */

/* s that a toast is shown, chosen */
#define TOAST_S 6

/**
 * inb_window_say:
 * @self: a window
 * @text: what happened
 *
 * Puts it on the status line, which a screen reader can be pointed at.
 */
void
inb_window_say (InbWindow *self, const char *text)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  /* a name at its beginning must not turn the whole sentence about */
  g_autofree char *line = g_strconcat (rtl ? "\u200f" : "\u200e", text, NULL);

  g_return_if_fail (INB_IS_WINDOW (self));

  gtk_label_set_label (self->status, line);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->status), text);
  self->said_us = g_get_monotonic_time ();
}

/* The person has gone on: what was said of an earlier deed is not said of this one. */
void
inb_window_say_no_more (InbWindow *self)
{
  if (g_get_monotonic_time () - self->said_us > TOAST_S * G_USEC_PER_SEC)
    gtk_label_set_label (self->status, "");
}

/**
 * inb_window_toast:
 * @self: a window
 * @text: what happened, one sentence
 *
 * Takes the place of the last one: what is said late, behind others, is said of something else.
 */
void
inb_window_toast (InbWindow *self, const char *text)
{
  AdwToast *toast;

  g_return_if_fail (INB_IS_WINDOW (self));

  if (self->news != NULL)
    inb_toast_dismiss (self->news);
  toast = inb_toast_new (text);
  adw_toast_set_timeout (toast, TOAST_S);
  g_set_weak_pointer (&self->news, toast);
  inb_toast_add (self->toasts, toast);
  inb_window_say (self, text);
}

/* What was done, and a button that takes the newest step back */
void
inb_window_toast_with_undo (InbWindow *self, const char *text)
{
  AdwToast *toast = inb_toast_new (text);

  adw_toast_set_button_label (toast, _ ("Undo"));
  adw_toast_set_action_name (toast, "win.undo");
  inb_toast_add (self->toasts, toast);
  inb_window_say (self, text);
}
