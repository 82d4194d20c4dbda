/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-help.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ui/inb-shortcuts.h"

/* Two windows of words, made when they are asked for: a program that carries them from its start
 * needs a tenth longer for it. */

static GtkWidget *
make_help (void)
{
  g_autoptr (GtkBuilder) builder =
      gtk_builder_new_from_resource ("/io/github/inbetween/Inbetween/ui/inb-help.ui");

  return g_object_ref_sink (GTK_WIDGET (gtk_builder_get_object (builder, "content")));
}

static GtkWidget *
make_shortcuts (void)
{
  return g_object_ref_sink (inb_shortcuts_new ());
}

static void
add_escape (GtkWidget *window)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller),
                                     GTK_SHORTCUT_SCOPE_MANAGED);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                        gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, controller);
}

/* Takes the content. */
static GtkWindow *
make_window (GtkWindow *parent, const char *title, GtkWidget *content)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *window =
      g_object_new (ADW_TYPE_WINDOW, "title", title, "transient-for", parent, "width-request", 320,
                    "height-request", 294, "default-width", 520, "default-height", 640,
                    "destroy-with-parent", TRUE, "hide-on-close", TRUE, NULL);

  gtk_widget_set_vexpand (content, TRUE);
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), adw_window_title_new (title, ""));
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), content);
  adw_window_set_content (ADW_WINDOW (window), box);
  add_escape (window);
  if (gtk_widget_get_focusable (content)) /* else the first paragraph would be selected */
    gtk_window_set_focus (GTK_WINDOW (window), content);
  g_object_unref (content);
  return GTK_WINDOW (window);
}

static void
show (GtkWindow *parent, const char *name, const char *title, GtkWidget *(*make) (void) )
{
  GtkWindow *window = g_object_get_data (G_OBJECT (parent), name);

  if (window == NULL)
    {
      window = make_window (parent, title, make ());
      g_object_set_data (G_OBJECT (parent), name, window);
    }
  gtk_window_present (window);
}

/**
 * inb_help_show:
 * @parent: the window that asks
 *
 * Shows what the program does and how to begin.
 */
void
inb_help_show (GtkWindow *parent)
{
  g_return_if_fail (GTK_IS_WINDOW (parent));

  show (parent, "inb-help", _ ("Help"), make_help);
}

/**
 * inb_help_show_shortcuts:
 * @parent: the window that asks
 *
 * Shows every key that does something.
 */
void
inb_help_show_shortcuts (GtkWindow *parent)
{
  g_return_if_fail (GTK_IS_WINDOW (parent));

  show (parent, "inb-shortcuts", _ ("Keyboard Shortcuts"), make_shortcuts);
}
