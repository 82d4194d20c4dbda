/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-toast.h"

/* of a line; a wider toast would lie over the form and the takes beside the stage. Chosen. */
#define MAX_CHARS 42

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
  GtkWidget *label =
      g_object_new (GTK_TYPE_LABEL, "label", text, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                    "xalign", 0.0f, "max-width-chars", MAX_CHARS, NULL);

  gtk_widget_add_css_class (label, "heading");
  adw_toast_set_custom_title (toast, label);
  return toast;
}

/* ms in which a toast comes into sight; libadwaita 1.2 takes at most 500 */
#define SHOWING_MS 600

/* libadwaita 1.2 frees a toast when it has faded out, and if it came in the place of another that
 * is sooner than its own appearing ends, which then writes into what is freed (measured: a crash,
 * by Escape or by Undo right after an order). So nothing takes a toast away while one may still be
 * appearing: not the program, and not Escape or its button either. */
typedef struct
{
  gint64 touched_us; /* monotonic: a toast was added, or gave way to the next */
} Overlay;

static Overlay *
get_overlay (AdwToastOverlay *overlay)
{
  return g_object_get_data (G_OBJECT (overlay), "inb-overlay");
}

static gint64
get_wait_ms (AdwToastOverlay *overlay)
{
  return SHOWING_MS - (g_get_monotonic_time () - get_overlay (overlay)->touched_us) / 1000;
}

static void
touch (AdwToastOverlay *overlay)
{
  get_overlay (overlay)->touched_us = g_get_monotonic_time ();
}

static gboolean
is_in_toast (GtkWidget *widget)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (g_str_equal (gtk_widget_get_css_name (widget), "toast"))
      return TRUE;
  return FALSE;
}

static gboolean
event_cb (GtkEventController *controller, GdkEvent *event, gpointer user_data)
{
  GtkWidget *overlay = gtk_event_controller_get_widget (controller);
  GtkRoot *root = gtk_widget_get_root (overlay);
  double x, y;

  if (root == NULL || get_wait_ms (ADW_TOAST_OVERLAY (overlay)) <= 0)
    return GDK_EVENT_PROPAGATE;
  switch ((int) gdk_event_get_event_type (event))
    {
    case GDK_KEY_PRESS:
      return gdk_key_event_get_keyval (event) == GDK_KEY_Escape ||
             is_in_toast (gtk_root_get_focus (root));
    case GDK_BUTTON_PRESS:
      return gdk_event_get_position (event, &x, &y) &&
             is_in_toast (gtk_widget_pick (GTK_WIDGET (root), x, y, GTK_PICK_DEFAULT));
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
guard (AdwToastOverlay *overlay)
{
  GtkEventController *controller = gtk_event_controller_legacy_new ();

  g_object_set_data_full (G_OBJECT (overlay), "inb-overlay", g_new0 (Overlay, 1), g_free);
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect (controller, "event", G_CALLBACK (event_cb), NULL);
  gtk_widget_add_controller (GTK_WIDGET (overlay), controller);
}

static void
weak_ref_free (gpointer ref)
{
  g_weak_ref_clear (ref);
  g_free (ref);
}

/**
 * inb_toast_add:
 * @overlay: where it is shown
 * @toast: (transfer full): a toast
 *
 * As adw_toast_overlay_add_toast(), which nothing else may be used for on the same @overlay.
 */
void
inb_toast_add (AdwToastOverlay *overlay, AdwToast *toast)
{
  GWeakRef *ref = g_new0 (GWeakRef, 1);

  if (get_overlay (overlay) == NULL)
    guard (overlay);
  g_weak_ref_init (ref, overlay);
  g_object_set_data_full (G_OBJECT (toast), "inb-overlay", ref, weak_ref_free);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (touch), overlay, G_CONNECT_SWAPPED);
  touch (overlay);
  adw_toast_overlay_add_toast (overlay, toast);
}

static AdwToastOverlay *
find_overlay (GtkWidget *from)
{
  AdwToastOverlay *found = ADW_IS_TOAST_OVERLAY (from) ? ADW_TOAST_OVERLAY (from) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_overlay (child);
  return found;
}

/**
 * inb_toast_show_in:
 * @widget: in a window that shows toasts itself, as #AdwPreferencesWindow does
 * @text: what happened, one sentence; no markup
 *
 * As inb_toast_add(); nothing is shown when the window is gone.
 */
void
inb_toast_show_in (GtkWidget *widget, const char *text)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  AdwToastOverlay *overlay = root != NULL ? find_overlay (GTK_WIDGET (root)) : NULL;

  if (overlay != NULL)
    inb_toast_add (overlay, inb_toast_new (text));
}

static gboolean
dismiss_cb (gpointer user_data)
{
  inb_toast_dismiss (user_data);
  return G_SOURCE_REMOVE;
}

/**
 * inb_toast_dismiss:
 * @toast: a toast of inb_toast_add()
 *
 * Takes it away, but not before it and the others have come into sight.
 */
void
inb_toast_dismiss (AdwToast *toast)
{
  g_autoptr (AdwToastOverlay) overlay =
      g_weak_ref_get (g_object_get_data (G_OBJECT (toast), "inb-overlay"));
  gint64 wait_ms = overlay != NULL ? get_wait_ms (overlay) : 0;

  if (wait_ms <= 0)
    adw_toast_dismiss (toast);
  else
    g_timeout_add_full (G_PRIORITY_DEFAULT, (guint) wait_ms, dismiss_cb, g_object_ref (toast),
                        g_object_unref);
}
