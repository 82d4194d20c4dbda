/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-take-actions.h"

#include <glib/gi18n.h>

#include "jobs/inb-remedy.h"
#include "ui/inb-take-name.h"
#include "ui/inb-widget.h"

/* What can be done with a take, the same on its card, in the history and in its details: each is an
 * action “take.WORD” of the widget that shows it, and all end in the window's “win.take” with the
 * word and the id. The widget has a property “job”. */

static const char *const words[] = {
  "play",    "accept", "reject",  "use",     "difference", "details", "save",
  "copy-id", "code",   "command", "cancel",  "delete",     "restore", "resume",
  "retry",   "order",  "ask",     "give-up", "resend",
};

static void
activate (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (InbJob) job = NULL;

  g_object_get (widget, "job", &job, NULL);
  if (job != NULL)
    gtk_widget_activate_action (widget, "win.take", "(ss)", name + strlen ("take."),
                                inb_job_get_id (job));
}

static gboolean
unparent_cb (gpointer menu)
{
  if (gtk_widget_get_parent (menu) != NULL)
    gtk_widget_unparent (menu);
  return G_SOURCE_REMOVE;
}

/* an item's action comes after the menu has closed, and needs its parent still */
static void
closed_cb (GtkWidget *menu)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent_cb, g_object_ref (menu), g_object_unref);
}

static void
popup_menu (GtkWidget *widget, double x, double y)
{
  GtkWidget *menu = gtk_popover_menu_new_from_model (inb_take_actions_get_menu ());
  GdkRectangle at = { (int) x, (int) y, 1, 1 };
  g_autoptr (InbJob) job = NULL;

  g_object_get (widget, "job", &job, NULL);
  inb_take_actions_update (widget, job);
  gtk_widget_set_parent (menu, widget);
  gtk_popover_set_has_arrow (GTK_POPOVER (menu), FALSE);
  gtk_widget_set_halign (menu, GTK_ALIGN_START);
  gtk_popover_set_pointing_to (GTK_POPOVER (menu), &at);
  gtk_accessible_update_property (GTK_ACCESSIBLE (menu), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Take Menu"), -1);
  inb_widget_name_items (GTK_POPOVER (menu));
  g_signal_connect (menu, "closed", G_CALLBACK (closed_cb), NULL);
  gtk_popover_popup (GTK_POPOVER (menu));
}

static void
menu_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  popup_menu (widget, 24, gtk_widget_get_height (widget) / 2.0);
}

static void
rename_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (InbJob) job = NULL;

  g_object_get (widget, "job", &job, NULL);
  if (job != NULL)
    inb_take_name_popup (widget, job);
}

static void
pressed_cb (GtkGesture *gesture, int n_press, double x, double y, GtkWidget *widget)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  popup_menu (widget, x, y);
}

static void
long_pressed_cb (GtkGesture *gesture, double x, double y, GtkWidget *widget)
{
  pressed_cb (gesture, 1, x, y, widget);
}

/**
 * inb_take_actions_install:
 * @widget_class: of a widget with a readable property “job” of type #InbJob
 *
 * Gives it the actions take.play, take.accept and so on, take.rename on F2, and take.menu on the
 * keys for menus.
 */
void
inb_take_actions_install (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *name = g_strconcat ("take.", words[i], NULL);

      gtk_widget_class_install_action (widget_class, g_intern_string (name), NULL, activate);
    }
  gtk_widget_class_install_action (widget_class, "take.rename", NULL, rename_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "take.rename", NULL);
  gtk_widget_class_install_action (widget_class, "take.menu", NULL, menu_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "take.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "take.menu",
                                       NULL);
}

/**
 * inb_take_actions_add_menu:
 * @widget: with inb_take_actions_install()
 *
 * The menu of the take comes with the second button of the pointer and with a long touch.
 */
void
inb_take_actions_add_menu (GtkWidget *widget)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *touch = gtk_gesture_long_press_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), widget);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (touch), TRUE);
  g_signal_connect (touch, "pressed", G_CALLBACK (long_pressed_cb), widget);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (touch));
}

/**
 * inb_take_actions_drop_menu:
 * @widget: that is disposed of
 *
 * A menu that is open goes with the widget.
 */
void
inb_take_actions_drop_menu (GtkWidget *widget)
{
  GtkWidget *child = gtk_widget_get_last_child (widget);

  if (child != NULL && GTK_IS_POPOVER (child))
    gtk_widget_unparent (child);
}

static void
enable (GtkWidget *widget, const char *action, gboolean enabled)
{
  gtk_widget_action_set_enabled (widget, action, enabled);
}

/**
 * inb_take_actions_update:
 * @widget: with inb_take_actions_install()
 * @job: (nullable): the take it shows
 *
 * To be called when the take has changed: what cannot be done is insensitive.
 */
void
inb_take_actions_update (GtkWidget *widget, InbJob *job)
{
  const InbJobFacts *facts = job != NULL ? inb_job_get_facts (job) : NULL;
  guint remedy = job != NULL ? inb_remedy_find (job, g_get_real_time ()) : 0;
  gboolean has_clip =
      job != NULL && facts->state == INB_JOB_DONE && inb_job_get_clip (job) != NULL && !facts->gone;
  gboolean imported = job != NULL && g_strcmp0 (inb_job_get_request (job)->provider, "import") == 0;

  enable (widget, "take.play", has_clip);
  enable (widget, "take.accept", has_clip);
  enable (widget, "take.reject", has_clip);
  enable (widget, "take.rename", job != NULL);
  enable (widget, "take.save", has_clip);
  enable (widget, "take.use", job != NULL && !imported);
  enable (widget, "take.code", job != NULL && !imported);
  enable (widget, "take.command", job != NULL && !imported);
  enable (widget, "take.difference", job != NULL && !imported);
  enable (widget, "take.cancel", (remedy & (INB_REMEDY_CANCEL | INB_REMEDY_UNDO)) != 0);
  enable (widget, "take.delete", (remedy & INB_REMEDY_DELETE) != 0);
  enable (widget, "take.restore", (remedy & INB_REMEDY_RESTORE) != 0);
}

/**
 * inb_take_actions_get_menu:
 *
 * Returns: (transfer none): the menu of a take
 */
GMenuModel *
inb_take_actions_get_menu (void)
{
  static GMenuModel *menu;

  if (menu == NULL)
    {
      g_autoptr (GtkBuilder) builder =
          gtk_builder_new_from_resource ("/io/github/inbetween/Inbetween/ui/inb-take-menu.ui");

      menu = g_object_ref (G_MENU_MODEL (gtk_builder_get_object (builder, "menu")));
    }
  return menu;
}
