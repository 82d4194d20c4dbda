/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-shortcuts.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ui/inb-widget.h"
#include "ui/inb-wrap-layout.h"

/* Every key that does something, in the order of use. A test holds this list against what the
 * widgets listen to. The platform's own window of shortcuts needs 800 px and is made with the
 * program's start; this one fits every screen and is made when it is asked for. */
const InbShortcut inb_shortcuts[] = {
  { N_ ("Spend"), NULL },
  { N_ ("Generate what the form says"), "<Control>Return" },

  { N_ ("Form"), NULL },
  { N_ ("New product"), "<Control>n" },
  { N_ ("Name and recent products"), "F2" },
  { N_ ("Choose photo"), "<Control>o" },
  { N_ ("Choose last frame"), "<Shift><Control>o" },
  { N_ ("Paste photo"), "<Control>v" },
  { N_ ("Clear the focused frame"), "Delete" },
  { N_ ("Move the crop of the focused frame sideways"), "Left Right" },
  { N_ ("Move it up or down"), "Up Down" },
  { N_ ("Write the prompt"), "<Control>l" },
  { N_ ("Undo a change of the form or a take"), "<Control>z" },
  { N_ ("Redo it"), "<Shift><Control>z" },

  { N_ ("Stage"), NULL },
  { N_ ("Play or pause"), "space k" },
  { N_ ("One frame back"), "Left comma" },
  { N_ ("One frame forward"), "Right period" },
  { N_ ("Ten frames back or forward"), "<Shift>Left <Shift>Right" },
  { N_ ("First or last frame"), "Home End" },

  { N_ ("Takes"), NULL },
  { N_ ("Accept the take, or take the mark back"), "a" },
  { N_ ("Reject it (it stays)"), "e" },
  { N_ ("Name it"), "F2" },
  { N_ ("Delete it, with Undo"), "Delete" },
  { N_ ("Use its settings in the form"), "<Shift>c" },
  { N_ ("Its menu"), "Menu <Shift>F10" },
  { N_ ("Save the clip"), "<Control>s" },
  { N_ ("Save it somewhere else"), "<Shift><Control>s" },
  { N_ ("Search the history"), "<Control>f" },

  { N_ ("Window"), NULL },
  { N_ ("Jobs at work"), "<Control>j" },
  { N_ ("Next or previous pane"), "F6 <Shift>F6" },
  { N_ ("Show or hide the form"), "F9" },
  { N_ ("Show or hide the takes"), "<Shift>F9" },
  { N_ ("Back to the work"), "<Alt>Left Escape" },
  { N_ ("Full screen"), "F11" },
  { N_ ("Main menu"), "F10" },
  { N_ ("Close the window"), "<Control>w" },

  { N_ ("Program"), NULL },
  { N_ ("Preferences"), "<Control>comma" },
  { N_ ("Help"), "F1" },
  { N_ ("Keyboard shortcuts"), "<Control>question" },
  { N_ ("Quit"), "<Control>q" },
  { NULL, NULL },
};

/* What a screen reader says of the keys, "Ctrl+N". */
static char *
dup_spoken (const char *keys)
{
  g_auto (GStrv) all = g_strsplit (keys, " ", -1);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; all[i] != NULL; i++)
    {
      guint key;
      GdkModifierType modifiers;

      if (gtk_accelerator_parse (all[i], &key, &modifiers))
        g_ptr_array_add (words, gtk_accelerator_get_label (key, modifiers));
    }
  g_ptr_array_add (words, NULL);
  return g_strjoinv (", ", (char **) words->pdata);
}

/* Keys that do the same stand side by side, or below each other where the text is large. */
static GtkWidget *
make_keys (const char *keys)
{
  g_auto (GStrv) all = g_strsplit (keys, " ", -1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  g_autoptr (GtkLayoutManager) layout = inb_wrap_layout_new ();

  for (guint i = 0; all[i] != NULL; i++)
    gtk_box_append (GTK_BOX (box), gtk_shortcut_label_new (all[i]));
  gtk_widget_set_layout_manager (box, g_steal_pointer (&layout));
  return box;
}

static GtkWidget *
make_row (const InbShortcut *shortcut)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *keys = make_keys (shortcut->keys);
  g_autofree char *spoken = dup_spoken (shortcut->keys);
  g_autofree char *name = g_strdup_printf ("%s: %s", _ (shortcut->title), spoken);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (shortcut->title));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_valign (keys, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), keys);
  inb_widget_name (row, name);
  return row;
}

/**
 * inb_shortcuts_new:
 *
 * Returns: (transfer floating): a page with every key that does something
 */
GtkWidget *
inb_shortcuts_new (void)
{
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  AdwPreferencesGroup *group = NULL;

  for (const InbShortcut *shortcut = inb_shortcuts; shortcut->title != NULL; shortcut++)
    if (shortcut->keys == NULL)
      {
        group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
        adw_preferences_group_set_title (group, _ (shortcut->title));
        adw_preferences_page_add (page, group);
      }
    else
      adw_preferences_group_add (group, make_row (shortcut));
  return GTK_WIDGET (page);
}
