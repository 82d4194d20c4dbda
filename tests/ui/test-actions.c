/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-house.h"
#include "ui/inb-widget.h"
#include "ui/inb-shortcuts.h"

/* Every action can be reached by a button, a menu or a key; every key stands in the list of keys,
 * and every line of the list is a key; no key means two things in one place, and none is one that
 * the platform or an input method needs. */

typedef struct
{
  GHashTable *actions;  /* name → type that has it */
  GHashTable *reached;  /* names that a button, a menu or a key activates */
  GHashTable *triggers; /* "place key" → name */
  GHashTable *keys;     /* accelerators that do something */
  GPtrArray *faults;
} Audit;

/* Keys that widgets listen to in their own code, of which GTK cannot tell. */
static const char *const own_keys[] = {
  "<Control>Return", /* inb-window-actions.c: the one that spends */
  "Delete",          /* inb-frame-well.c, inb-takes.c */
  "Left",
  "Right", /* inb-stage-keys.c, inb-framing-preview.c */
  "Up",
  "Down", /* inb-framing-preview.c */
  "space",
  "k", /* inb-stage-keys.c, and so on */
  "comma",
  "period",
  "<Shift>Left",
  "<Shift>Right",
  "Home",
  "End",
  "F10", /* GtkMenuButton's "primary" */
};

/* Actions that no widget of these rooms names: a toast's button, a notification, a drop, or the
 * buttons that a take gets in a state of its own. Where, stands beside each. */
static const char *const passing[] = {
  "win.copy-text",       /* toast: inb-window-deliver.c */
  "win.tell-last-frame", /* drop: inb-frame-well.c */
  "win.take-files",      /* drop: inb-frame-well.c */
  "win.name-take",       /* popover: inb-take-name.c */
  "win.open-product",    /* row: inb-products-page.c, notification */
  "take.retry",          /* failed: inb-take-remedies.c */
  "take.order",          /* failed and paid: inb-take-remedies.c */
};

static gboolean
is_ours (GType type)
{
  return type != G_TYPE_INVALID && g_str_has_prefix (g_type_name (type), "Inb");
}

static char *
normal (const char *accelerator)
{
  guint key;
  GdkModifierType modifiers;

  if (!gtk_accelerator_parse (accelerator, &key, &modifiers))
    return NULL;
  return gtk_accelerator_name (gdk_keyval_to_lower (key), modifiers);
}

static void
fault (Audit *self, const char *format, const char *first, const char *second)
{
  g_ptr_array_add (self->faults, g_strdup_printf ("%s: %s (%s)", format, first, second));
}

static gboolean
is_reserved (guint key, GdkModifierType modifiers)
{
  gunichar letter = gdk_keyval_to_unicode (key);
  gboolean hex = g_unichar_isxdigit (letter) || g_unichar_tolower (letter) == 'u';

  if (modifiers & (GDK_SUPER_MASK | GDK_META_MASK | GDK_HYPER_MASK))
    return TRUE;
  if (modifiers == GDK_ALT_MASK && g_unichar_isalnum (letter))
    return TRUE;                                                  /* access keys */
  return modifiers == (GDK_CONTROL_MASK | GDK_SHIFT_MASK) && hex; /* Unicode entry */
}

static void
take_key (Audit *self, const char *place, guint key, GdkModifierType modifiers, const char *action)
{
  g_autofree char *name = gtk_accelerator_name (gdk_keyval_to_lower (key), modifiers);
  g_autofree char *trigger = g_strdup_printf ("%s %s", place, name);
  const char *other = g_hash_table_lookup (self->triggers, trigger);

  g_hash_table_add (self->reached, g_strdup (action));
  if (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_space)
    return; /* what has the focus is activated by it, as everywhere */
  if (is_reserved (key, modifiers))
    fault (self, "a reserved key", name, action);
  if (other != NULL && strcmp (other, action) != 0)
    fault (self, "one key, two actions", trigger, action);
  g_hash_table_insert (self->triggers, g_steal_pointer (&trigger), g_strdup (action));
  g_hash_table_add (self->keys, g_steal_pointer (&name));
}

static void
take_trigger (Audit *self, const char *place, GtkShortcutTrigger *trigger, const char *action)
{
  if (GTK_IS_ALTERNATIVE_TRIGGER (trigger))
    {
      GtkAlternativeTrigger *both = GTK_ALTERNATIVE_TRIGGER (trigger);

      take_trigger (self, place, gtk_alternative_trigger_get_first (both), action);
      take_trigger (self, place, gtk_alternative_trigger_get_second (both), action);
    }
  else if (GTK_IS_KEYVAL_TRIGGER (trigger))
    {
      GtkKeyvalTrigger *one = GTK_KEYVAL_TRIGGER (trigger);

      take_key (self, place, gtk_keyval_trigger_get_keyval (one),
                gtk_keyval_trigger_get_modifiers (one), action);
    }
}

static void
look_at_shortcuts (Audit *self, GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GListModel) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_SHORTCUT_CONTROLLER (controller))
        continue;
      for (guint j = 0; j < g_list_model_get_n_items (controller); j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (controller, j);
          GtkShortcutAction *action = gtk_shortcut_get_action (shortcut);
          const char *name = GTK_IS_NAMED_ACTION (action)
                                 ? gtk_named_action_get_action_name (GTK_NAMED_ACTION (action))
                                 : NULL;

          g_autofree char *place = g_strdup_printf ("%s@%p", G_OBJECT_TYPE_NAME (widget), widget);

          if (name != NULL && g_hash_table_contains (self->actions, name))
            take_trigger (self, place, gtk_shortcut_get_trigger (shortcut), name);
        }
    }
}

/* Nothing lies deeper than in a menu of a menu. */
#define MAX_MENU_DEPTH 1

static void
look_at_menu (Audit *self, GMenuModel *menu, guint depth)
{
  if (menu != NULL && depth > MAX_MENU_DEPTH)
    fault (self, "a menu too deep", G_OBJECT_TYPE_NAME (menu), "");
  for (int i = 0; menu != NULL && i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
      g_autoptr (GMenuModel) submenu = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SUBMENU);
      g_autofree char *action = NULL;

      look_at_menu (self, section, depth);
      look_at_menu (self, submenu, depth + 1);
      if (g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_ACTION, "s", &action))
        g_hash_table_add (self->reached, g_steal_pointer (&action));
    }
}

static void
collect_actions (Audit *self, GtkWidget *widget)
{
  GType owner;
  const char *name, *property;
  const GVariantType *type;

  for (guint i = 0; gtk_widget_class_query_action (GTK_WIDGET_GET_CLASS (widget), i, &owner, &name,
                                                   &type, &property);
       i++)
    if (is_ours (owner))
      g_hash_table_insert (self->actions, g_strdup (name), (gpointer) g_type_name (owner));
}

/* Parents first: an action is known before a child names it. Hidden ones too. */
static void
walk (Audit *self, GtkWidget *widget)
{
  collect_actions (self, widget);
  look_at_shortcuts (self, widget);
  if (GTK_IS_ACTIONABLE (widget) &&
      gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)) != NULL)
    g_hash_table_add (self->reached,
                      g_strdup (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget))));
  if (GTK_IS_MENU_BUTTON (widget))
    look_at_menu (self, inb_widget_get_menu (GTK_MENU_BUTTON (widget)), 0);
  if (GTK_IS_POPOVER_MENU (widget))
    look_at_menu (self, gtk_popover_menu_get_menu_model (GTK_POPOVER_MENU (widget)), 0);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    walk (self, child);
}

static Audit *
audit_new (void)
{
  Audit *self = g_new0 (Audit, 1);

  self->actions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->reached = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->triggers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->faults = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < G_N_ELEMENTS (own_keys); i++)
    g_hash_table_add (self->keys, normal (own_keys[i]));
  return self;
}

static void
audit_free (Audit *self)
{
  g_hash_table_unref (self->actions);
  g_hash_table_unref (self->reached);
  g_hash_table_unref (self->triggers);
  g_hash_table_unref (self->keys);
  g_ptr_array_unref (self->faults);
  g_free (self);
}

static void
look_at_rooms (Audit *self)
{
  for (const UiRoom *room = ui_rooms; room->name != NULL; room++)
    {
      g_autoptr (UiHouse) house = ui_house_new (room->empty);
      GtkWidget *window = ui_house_open (house, room, 1280, 760);

      walk (self, GTK_WIDGET (house->window));
      if (window != NULL && window != GTK_WIDGET (house->window))
        walk (self, window);
    }
}

/* Those of the program, which no test has: as inb-application.c makes them. */
static void
look_at_application (Audit *self)
{
  take_key (self, "InbWindow", GDK_KEY_q, GDK_CONTROL_MASK, "app.quit");
  take_key (self, "InbWindow", GDK_KEY_comma, GDK_CONTROL_MASK, "app.preferences");
  take_key (self, "InbWindow", GDK_KEY_w, GDK_CONTROL_MASK, "window.close");
}

static GHashTable *
read_list (Audit *self)
{
  GHashTable *listed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (const InbShortcut *line = inb_shortcuts; line->title != NULL; line++)
    {
      g_auto (GStrv) keys = g_strsplit (line->keys != NULL ? line->keys : "", " ", -1);

      for (guint i = 0; keys[i] != NULL; i++)
        {
          g_autofree char *key = normal (keys[i]);

          if (key == NULL || !g_hash_table_contains (self->keys, key))
            fault (self, "in the list, but does nothing", line->title, keys[i]);
          else
            g_hash_table_add (listed, g_steal_pointer (&key));
        }
    }
  return listed;
}

static void
print_and_count (Audit *self)
{
  for (guint i = 0; i < self->faults->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (self->faults, i));
  g_assert_cmpuint (self->faults->len, ==, 0);
}

static void
test_actions_and_keys (void)
{
  Audit *self = audit_new ();
  g_autoptr (GHashTable) listed = NULL;
  GHashTableIter iter;
  gpointer name, value;

  look_at_rooms (self);
  look_at_application (self);
  for (guint i = 0; i < G_N_ELEMENTS (passing); i++)
    g_hash_table_add (self->reached, g_strdup (passing[i]));
  listed = read_list (self);
  g_hash_table_iter_init (&iter, self->actions);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (!g_hash_table_contains (self->reached, name))
      fault (self, "an action that nothing activates", name, value);
  g_hash_table_iter_init (&iter, self->triggers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (!g_hash_table_contains (listed, strchr (name, ' ') + 1))
      fault (self, "a key that the list does not name", name, value);
  g_assert_cmpuint (g_hash_table_size (self->actions), >=, 20); /* it did look */
  g_assert_cmpuint (g_hash_table_size (self->triggers), >=, 10);
  print_and_count (self);
  g_test_message ("%u actions, %u keys", g_hash_table_size (self->actions),
                  g_hash_table_size (self->triggers));
  audit_free (self);
}

/* What a person comes for, and the room of the first page where its control has a label, if need be
 * after some scrolling */
static const struct
{
  const char *room;
  const char *label;
} tasks[] = {
  { "start", "Choose Photo…" }, { "start", "Try the Sample" },    { "framing", "Framing" },
  { "framing", "Prompt" },      { "framing", "Duration" },        { "framing", "Takes" },
  { "framing", "Provider" },    { "framing", "Generate · free" }, { "take", "Save" },
};

static gboolean
is_there (GtkWidget *from, const char *label)
{
  if (GTK_IS_LABEL (from) && g_str_has_prefix (gtk_label_get_text (GTK_LABEL (from)), label) &&
      gtk_widget_get_mapped (from))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (is_there (child, label))
      return TRUE;
  return FALSE;
}

static const UiRoom *
find_room (const char *name)
{
  const UiRoom *room = ui_rooms;

  while (room->name != NULL && strcmp (room->name, name) != 0)
    room++;
  g_assert_nonnull (room->name);
  return room;
}

static void
test_what_a_person_comes_for_is_on_the_first_page (void)
{
  Audit *self = audit_new ();

  for (guint i = 0; i < G_N_ELEMENTS (tasks); i++)
    {
      const UiRoom *room = find_room (tasks[i].room);
      g_autoptr (UiHouse) house = ui_house_new (room->empty);
      GtkWidget *window = ui_house_open (house, room, 1280, 760);

      if (!is_there (window, tasks[i].label))
        fault (self, "not on the first page", tasks[i].room, tasks[i].label);
    }
  print_and_count (self);
  audit_free (self);
}

/* "Search the History (Ctrl+F)" → whether Ctrl+F stands in the list */
static gboolean
names_its_key (const char *tooltip)
{
  const char *open = tooltip != NULL ? strrchr (tooltip, '(') : NULL;

  for (const InbShortcut *line = inb_shortcuts; open != NULL && line->title != NULL; line++)
    {
      g_auto (GStrv) keys = g_strsplit (line->keys != NULL ? line->keys : "", " ", -1);

      for (guint i = 0; keys[i] != NULL; i++)
        {
          g_autofree char *label = NULL;
          GdkModifierType modifiers;
          guint key;

          if (!gtk_accelerator_parse (keys[i], &key, &modifiers))
            continue;
          label = gtk_accelerator_get_label (key, modifiers);
          if (g_str_has_prefix (open + 1, label) && open[1 + strlen (label)] == ')')
            return TRUE;
        }
    }
  return FALSE;
}

static guint
look_at_header (Audit *self, GtkWidget *widget, gboolean inside)
{
  const char *tooltip = gtk_widget_get_tooltip_text (widget);
  guint n_buttons = 0;

  if (ui_house_is_window_button (widget) || GTK_IS_POPOVER (widget))
    return 0; /* the first are the platform's */
  if (inside && (GTK_IS_MENU_BUTTON (widget) || GTK_IS_BUTTON (widget)))
    {
      if (!names_its_key (tooltip))
        fault (self, "a header button whose tooltip has no key of the list",
               G_OBJECT_TYPE_NAME (widget), tooltip != NULL ? tooltip : "no tooltip");
      return 1;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n_buttons += look_at_header (self, child, inside || ADW_IS_HEADER_BAR (widget));
  return n_buttons;
}

static void
test_buttons_of_the_header_tell_their_keys (void)
{
  Audit *self = audit_new ();
  const UiRoom *room = find_room ("take");
  g_autoptr (UiHouse) house = ui_house_new (room->empty);
  guint n_buttons;

  ui_house_open (house, room, 1280, 760);
  n_buttons = look_at_header (self, GTK_WIDGET (house->window), FALSE);
  g_test_message ("%u buttons", n_buttons);
  g_assert_cmpuint (n_buttons, >=, 6);
  print_and_count (self);
  audit_free (self);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/actions/actions-and-keys", test_actions_and_keys);
  g_test_add_func ("/actions/first-page", test_what_a_person_comes_for_is_on_the_first_page);
  g_test_add_func ("/actions/header", test_buttons_of_the_header_tell_their_keys);
  return g_test_run ();
}
