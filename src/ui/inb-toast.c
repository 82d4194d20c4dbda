/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-toast.h"

/**
 * inb_toast_new:
 * @text: what happened, one sentence; no markup
 *
 * Returns: (transfer full): a toast whose text goes on in the next line where the platform's would
 * be cut short
 */
AdwToast *
inb_toast_new (const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (escaped);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "wrap", TRUE, "wrap-mode",
                                   PANGO_WRAP_WORD_CHAR, "xalign", 0.0f, NULL);

  gtk_widget_add_css_class (label, "heading");
  adw_toast_set_custom_title (toast, label);
  return toast;
}

/* ms in which a toast comes into sight; libadwaita 1.2 takes at most 500 */
#define SHOWING_MS 600

/**
 * inb_toast_add:
 * @overlay: where it is shown
 * @toast: (transfer full): a toast
 *
 * As adw_toast_overlay_add_toast(), for a toast that inb_toast_dismiss() takes away.
 */
void
inb_toast_add (AdwToastOverlay *overlay, AdwToast *toast)
{
  gint64 *added_us = g_new (gint64, 1);

  *added_us = g_get_monotonic_time ();
  g_object_set_data_full (G_OBJECT (toast), "inb-added", added_us, g_free);
  adw_toast_overlay_add_toast (overlay, toast);
}

static gboolean
dismiss_cb (gpointer user_data)
{
  adw_toast_dismiss (user_data);
  return G_SOURCE_REMOVE;
}

/**
 * inb_toast_dismiss:
 * @toast: a toast of inb_toast_add()
 *
 * Takes it away, but not before it has come into sight: libadwaita 1.2 frees a toast when it has
 * faded out, and if it comes in the place of another that is sooner than its own appearing ends,
 * which then writes into what is freed (measured: a crash).
 */
void
inb_toast_dismiss (AdwToast *toast)
{
  const gint64 *added_us = g_object_get_data (G_OBJECT (toast), "inb-added");
  gint64 shown_ms = (g_get_monotonic_time () - *added_us) / 1000;

  if (shown_ms >= SHOWING_MS)
    adw_toast_dismiss (toast);
  else
    g_timeout_add_full (G_PRIORITY_DEFAULT, (guint) (SHOWING_MS - shown_ms), dismiss_cb,
                        g_object_ref (toast), g_object_unref);
}
