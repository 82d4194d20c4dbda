/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-widget.h"

#include <adwaita.h>

/* What several widgets need and the platform does otherwise. */

/**
 * inb_widget_focus_bin:
 * @bin: an #AdwBin
 * @direction: where to
 *
 * For the focus function of a bin with a grab_focus function of its own. GTK gives the focus to a
 * widget whose children Shift+Tab leaves; one that hands it on to a child would never let it go.
 *
 * Returns: whether something in it has the focus now
 */
gboolean
inb_widget_focus_bin (GtkWidget *bin, GtkDirectionType direction)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (bin));

  return child != NULL && gtk_widget_child_focus (child, direction);
}

/**
 * inb_widget_name:
 * @widget: a button or a row of the platform that shows words of its own
 * @name: what a screen reader says instead of these
 *
 * What the platform has named by a label goes by that label before it goes by a name: newer GTKs
 * speak it in the place of the name, GTK 4.8 after it.
 */
void
inb_widget_name (GtkWidget *widget, const char *name)
{
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static gboolean
is_menu_item (GtkWidget *widget)
{
  GtkAccessibleRole role = gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget));

  return role == GTK_ACCESSIBLE_ROLE_MENU_ITEM || role == GTK_ACCESSIBLE_ROLE_MENU_ITEM_CHECKBOX ||
         role == GTK_ACCESSIBLE_ROLE_MENU_ITEM_RADIO;
}

static void
name_items (GtkWidget *widget)
{
  gboolean named = FALSE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!is_menu_item (widget))
      name_items (child);
    else if (!named && GTK_IS_LABEL (child)) /* a second one has the key */
      {
        inb_widget_name (widget, gtk_label_get_text (GTK_LABEL (child)));
        named = TRUE;
      }
}

/**
 * inb_widget_name_items:
 * @menu: a menu that was made of a model
 *
 * Gives each item its words as a name. GTK 4.18 names them by labels that it keeps from screen
 * readers, so that nothing is heard of any item.
 */
void
inb_widget_name_items (GtkPopover *menu)
{
  /* as often as it opens: items come and go */
  g_signal_connect (menu, "map", G_CALLBACK (name_items), NULL);
}

#define MENU "inb-menu"

static void
make_menu_cb (GtkMenuButton *button, gpointer user_data)
{
  if (gtk_menu_button_get_menu_model (button) != NULL)
    return;
  gtk_menu_button_set_menu_model (button, inb_widget_get_menu (button));
  inb_widget_name_items (gtk_menu_button_get_popover (button));
}

/**
 * inb_widget_set_menu:
 * @button: a menu button
 * @menu: what it opens
 *
 * As gtk_menu_button_set_menu_model(), which builds a hundred widgets at once for a menu that may
 * never be opened: here they are made when it is.
 */
void
inb_widget_set_menu (GtkMenuButton *button, GMenuModel *menu)
{
  g_object_set_data_full (G_OBJECT (button), MENU, g_object_ref (menu), g_object_unref);
  gtk_menu_button_set_create_popup_func (button, make_menu_cb, NULL, NULL);
}

/**
 * inb_widget_get_menu:
 * @button: a menu button
 *
 * Returns: (transfer none) (nullable): what it opens, made or not
 */
GMenuModel *
inb_widget_get_menu (GtkMenuButton *button)
{
  GMenuModel *menu = g_object_get_data (G_OBJECT (button), MENU);

  return menu != NULL ? menu : gtk_menu_button_get_menu_model (button);
}

/**
 * inb_widget_name_buttons:
 * @widget: a widget of the platform with icon buttons in it
 *
 * Gives each of those buttons its tooltip as a name: libadwaita 1.2 leaves them without, and a
 * screen reader would read the type of the icon.
 */
void
inb_widget_name_buttons (GtkWidget *widget)
{
  const char *tooltip = gtk_widget_get_tooltip_text (widget);

  if (GTK_IS_BUTTON (widget) && tooltip != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip,
                                    -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    inb_widget_name_buttons (child);
}

/**
 * inb_widget_speak_once:
 * @widget: a widget of the platform with labelled buttons in it
 *
 * GTK 4.8 would speak a button with a mnemonic twice: by its label, and by what it is labelled
 * with. Newer GTKs would speak the latter alone, whatever the button's name is.
 */
void
inb_widget_speak_once (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget))
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    inb_widget_speak_once (child);
}

/* px; wider than any single letter at any size of text, and far less than a question is wide */
#define NEEDED_BY_A_LABEL 120

/**
 * inb_widget_let_wrap:
 * @widget: a question of libadwaita, before it is given what is ours
 *
 * Such a question has its heading twice: large in one line, and small and wrapping, of which it
 * shows what fits. libadwaita 1.7 measures both for the width that the narrower one needs at least,
 * which GTK 4.18 warns of. So both may wrap, and need the same; how wide they are at most stays as
 * it was.
 */
void
inb_widget_let_wrap (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget))
    return;
  if (GTK_IS_LABEL (widget))
    {
      gtk_label_set_wrap (GTK_LABEL (widget), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (widget), PANGO_WRAP_WORD_CHAR);
      gtk_widget_set_size_request (widget, NEEDED_BY_A_LABEL, -1);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    inb_widget_let_wrap (child);
}
