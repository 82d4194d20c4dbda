/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-help.h"

/* Two windows of words, made when they are asked for: a program that carries them from its start
 * needs a tenth longer for it. */
static void
show (GtkWindow *parent, const char *name)
{
  g_autofree char *path = g_strdup_printf ("/io/github/inbetween/Inbetween/ui/inb-%s.ui", name);
  GtkWindow *window = g_object_get_data (G_OBJECT (parent), path);

  if (window == NULL)
    {
      g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (path);

      window = GTK_WINDOW (gtk_builder_get_object (builder, name));
      gtk_window_set_transient_for (window, parent);
      gtk_window_set_destroy_with_parent (window, TRUE);
      gtk_window_set_hide_on_close (window, TRUE);
      g_object_set_data (G_OBJECT (parent), path, window);
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

  show (parent, "help");
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

  show (parent, "shortcuts");
}
