/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-house.h"

/* Every control of every room is reached with Tab, with Shift+Tab, and inside a list with the
 * arrows; and each way comes round. The keys are given to the window as GTK gives them, so that a
 * round of forty controls takes no time. */

#define MAX_STEPS 600

static gboolean
can_have_focus (GtkWidget *widget)
{
  if (!gtk_widget_get_focusable (widget) || !gtk_widget_is_sensitive (widget))
    return FALSE;
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (!gtk_widget_get_can_focus (widget))
      return FALSE;
  return TRUE;
}

/* Boxes that hold what can be reached, but are nothing themselves. */
static gboolean
is_frame (GtkWidget *widget)
{
  return GTK_IS_SCROLLED_WINDOW (widget) || GTK_IS_LIST_BOX (widget) || GTK_IS_LIST_BASE (widget) ||
         GTK_IS_FLOW_BOX (widget) || GTK_IS_STACK (widget) || GTK_IS_WINDOW (widget) ||
         GTK_IS_VIEWPORT (widget);
}

/* Toasts go away by themselves, and all they say stays on the status line. */
static gboolean
is_passing (GtkWidget *widget)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (strcmp (gtk_widget_get_css_name (widget), "toast") == 0)
      return TRUE;
  return FALSE;
}

static void
collect_cb (GtkWidget *widget, gpointer user_data)
{
  if (can_have_focus (widget) && !is_frame (widget) && !is_passing (widget))
    g_hash_table_add (user_data, g_object_ref (widget));
}

static void
press (GtkWidget *window, GtkDirectionType direction)
{
  g_signal_emit_by_name (window, "move-focus", direction);
}

static gboolean
is_in_list (GtkWidget *widget)
{
  return gtk_widget_get_ancestor (widget, GTK_TYPE_LIST_BOX) != NULL ||
         gtk_widget_get_ancestor (widget, GTK_TYPE_LIST_VIEW) != NULL ||
         gtk_widget_get_ancestor (widget, GTK_TYPE_GRID_VIEW) != NULL ||
         gtk_widget_get_ancestor (widget, GTK_TYPE_FLOW_BOX) != NULL ||
         GTK_IS_TOGGLE_BUTTON (widget) || GTK_IS_CHECK_BUTTON (widget);
}

/* What a row holds is reached with Tab from the row. */
static void
look_inside (GtkWidget *window, GtkWidget *row, GHashTable *reached)
{
  for (guint step = 0; step < MAX_STEPS && gtk_widget_child_focus (row, GTK_DIR_TAB_FORWARD);
       step++)
    {
      GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));

      if (focus == NULL || !gtk_widget_is_ancestor (focus, row))
        break;
      g_hash_table_add (reached, focus);
    }
  gtk_widget_grab_focus (row);
}

/* What the key does: a list box moves by a signal of its own. */
static void
press_arrow (GtkWidget *list, GtkDirectionType arrow)
{
  if (GTK_IS_LIST_BOX (list) && (arrow == GTK_DIR_DOWN || arrow == GTK_DIR_UP))
    g_signal_emit_by_name (list, "move-cursor", GTK_MOVEMENT_DISPLAY_LINES,
                           arrow == GTK_DIR_DOWN ? 1 : -1, FALSE, FALSE);
  else
    gtk_widget_child_focus (list, arrow);
}

/* From there with one arrow as far as it goes; @looked: rows whose inside is known. */
static void
follow_arrows (GtkWidget *window, GtkWidget *from, GHashTable *reached, GHashTable *looked)
{
  static const GtkDirectionType arrows[] = { GTK_DIR_DOWN, GTK_DIR_UP, GTK_DIR_RIGHT,
                                             GTK_DIR_LEFT };

  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    {
      gtk_widget_grab_focus (from);
      for (guint step = 0; step < MAX_STEPS; step++)
        {
          GtkWidget *before = gtk_window_get_focus (GTK_WINDOW (window));
          GtkWidget *list = gtk_widget_get_parent (before);

          if (list == NULL)
            break;
          press_arrow (list, arrows[i]);
          if (gtk_window_get_focus (GTK_WINDOW (window)) == before)
            break;
          g_hash_table_add (reached, gtk_window_get_focus (GTK_WINDOW (window)));
          if (GTK_IS_LIST_BOX_ROW (gtk_window_get_focus (GTK_WINDOW (window))) &&
              g_hash_table_add (looked, gtk_window_get_focus (GTK_WINDOW (window))))
            look_inside (window, gtk_window_get_focus (GTK_WINDOW (window)), reached);
        }
    }
  gtk_widget_grab_focus (from);
}

/* Once around; returns whether the way comes back to where it was. A list remembers the row that
 * was left, so that the second round may begin at another stop than the first. */
static gboolean
go_round (GtkWidget *window, GtkDirectionType direction, GHashTable *reached)
{
  g_autoptr (GHashTable) stops = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) looked = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) followed = g_hash_table_new (NULL, NULL); /* what the stops are in */

  for (guint step = 0; step < MAX_STEPS; step++)
    {
      GtkWidget *focus;

      press (window, direction);
      focus = gtk_window_get_focus (GTK_WINDOW (window));
      if (g_test_verbose ())
        g_test_message ("%s in %s", focus != NULL ? G_OBJECT_TYPE_NAME (focus) : "nothing",
                        focus != NULL ? G_OBJECT_TYPE_NAME (gtk_widget_get_parent (focus)) : "-");
      if (focus == NULL)
        continue; /* the end of the window: the next press begins again */
      if (!g_hash_table_add (stops, focus))
        return TRUE;
      g_hash_table_add (reached, focus);
      if (is_in_list (focus) && g_hash_table_add (followed, gtk_widget_get_parent (focus)))
        follow_arrows (window, focus, reached, looked);
    }
  return FALSE;
}

static gboolean
is_covered (GtkWidget *widget, GHashTable *reached)
{
  GHashTableIter iter;
  gpointer other;

  if (g_hash_table_contains (reached, widget))
    return TRUE;
  /* a menu button's inner button has the focus for it, an entry's text for the entry */
  g_hash_table_iter_init (&iter, reached);
  while (g_hash_table_iter_next (&iter, &other, NULL))
    if (gtk_widget_is_ancestor (other, widget) &&
        (GTK_IS_EDITABLE (widget) || GTK_IS_MENU_BUTTON (widget) || ADW_IS_EXPANDER_ROW (widget)))
      return TRUE;
  return FALSE;
}

static guint
count_missed (GHashTable *wanted, GHashTable *reached, const char *way)
{
  GHashTableIter iter;
  gpointer widget;
  guint n_missed = 0;

  g_hash_table_iter_init (&iter, wanted);
  while (g_hash_table_iter_next (&iter, &widget, NULL))
    if (gtk_widget_get_mapped (widget) && can_have_focus (widget) && !is_covered (widget, reached))
      {
        g_test_message ("%s does not reach %s “%s” in %s", way, G_OBJECT_TYPE_NAME (widget),
                        GTK_IS_BUTTON (widget) ? gtk_button_get_label (widget) : "",
                        G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)));
        n_missed++;
      }
  return n_missed;
}

static void
test_room (gconstpointer data)
{
  static const GtkDirectionType ways[] = { GTK_DIR_TAB_FORWARD, GTK_DIR_TAB_BACKWARD };
  const UiRoom *room = data;
  g_autoptr (UiHouse) house = ui_house_new (room->empty);
  GtkWidget *window = ui_house_open (house, room, 1280, 760);
  GtkWidget *popover;
  g_autoptr (GHashTable) wanted = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);

  if (window == NULL)
    {
      g_test_skip ("not in this program");
      return;
    }
  popover = gtk_window_get_focus (GTK_WINDOW (window));
  popover = popover != NULL ? gtk_widget_get_ancestor (popover, GTK_TYPE_POPOVER) : NULL;
  ui_house_walk (popover != NULL ? popover : window, collect_cb, wanted);
  if (popover != NULL)
    g_hash_table_remove (wanted, popover);
  g_assert_cmpuint (g_hash_table_size (wanted), >, 2);
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autoptr (GHashTable) reached = g_hash_table_new (NULL, NULL);

      if (popover == NULL) /* which keeps the focus until it is closed */
        gtk_window_set_focus (GTK_WINDOW (window), NULL);
      g_assert_true (go_round (window, ways[i], reached));
      g_assert_cmpuint (count_missed (wanted, reached, i == 0 ? "Tab" : "Shift+Tab"), ==, 0);
    }
  g_test_message ("%u controls", g_hash_table_size (wanted));
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  g_test_set_nonfatal_assertions ();
  ui_house_add_tests ("focus", test_room, argc > 1 ? argv[1] : NULL);
  return g_test_run ();
}
