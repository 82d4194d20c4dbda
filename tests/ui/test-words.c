/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-house.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <libintl.h>

#include "providers/inb-words.h"
#include "ui/inb-widget.h"

/* Every word on the screen goes through a translation: this runs in a language in which each is put
 * into ⟦brackets⟧, and looks for letters without. And every control has a name for a screen reader,
 * which is such a word too. The program is called with the path of that language's catalogue. */

typedef struct
{
  GPtrArray *leaks;
  GPtrArray *nameless;
  guint n_words;
  guint n_controls;
} Audit;

/* What the provider files say, names above all, is data: shown as it is. So are paths and ids;
 * sizes are GLib's words. */
static void
collect_data (JsonNode *node, GHashTable *data)
{
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    g_hash_table_add (data, json_node_dup_string (node));
  else if (JSON_NODE_HOLDS_ARRAY (node))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
      collect_data (json_array_get_element (json_node_get_array (node), i), data);
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      g_autoptr (GList) values = json_object_get_values (json_node_get_object (node));

      for (GList *l = values; l != NULL; l = l->next)
        collect_data (l->data, data);
    }
}

static gboolean
is_data (const char *text)
{
  static GHashTable *data;
  static const char folder[] = "/io/github/inbetween/Inbetween/providers/";

  if (data == NULL)
    {
      g_auto (GStrv) names = g_resources_enumerate_children (folder, 0, NULL);

      data = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      for (guint i = 0; names[i] != NULL; i++)
        {
          g_autofree char *path = g_strconcat (folder, names[i], NULL);
          g_autoptr (GBytes) bytes = g_resources_lookup_data (path, 0, NULL);
          g_autoptr (JsonParser) parser = json_parser_new ();

          json_parser_load_from_data (parser, g_bytes_get_data (bytes, NULL),
                                      (gssize) g_bytes_get_size (bytes), NULL);
          collect_data (json_parser_get_root (parser), data);
        }
    }
  return g_hash_table_contains (data, text);
}

static gboolean
is_leak (const char *text)
{
  gboolean letters = FALSE;

  for (const char *c = text; *c != '\0'; c++)
    letters = letters || g_ascii_isalpha (*c);
  return letters && strstr (text, "⟦") == NULL &&
         (g_strv_contains (inb_provider_words, text) || !is_data (text)) &&
         !g_regex_match_simple ("^([~/].*|[0-9a-f-]{8,}|[0-9.,]+.(bytes?|[kMG]B))$", text, 0, 0);
}

static void
look_at (Audit *self, GtkWidget *widget, const char *what, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  self->n_words++;
  if (is_leak (text))
    g_ptr_array_add (self->leaks,
                     g_strdup_printf ("%s of %s: “%s”", what, G_OBJECT_TYPE_NAME (widget), text));
}

/* GTK's test interface answers what a property is when it is not what was asked for. */
static char *
get_spoken (GtkWidget *widget)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);

  if (!gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL))
    return NULL;
  return gtk_test_accessible_check_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL, "\001");
}

static gboolean
has_words (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return *gtk_label_get_text (GTK_LABEL (widget)) != '\0';
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_words (child))
      return TRUE;
  return FALSE;
}

/* An inner button of a GtkMenuButton or the like speaks for its owner. */
static gboolean
is_named_by_owner (GtkWidget *widget)
{
  GtkWidget *owner = gtk_widget_get_parent (widget);
  g_autofree char *spoken = owner != NULL && (GTK_IS_MENU_BUTTON (owner) || GTK_IS_SCALE (owner))
                                ? get_spoken (owner)
                                : NULL;

  return spoken != NULL;
}

static gboolean
is_control (GtkWidget *widget)
{
  return gtk_widget_get_focusable (widget) &&
         (GTK_IS_BUTTON (widget) || GTK_IS_CHECK_BUTTON (widget) || GTK_IS_TEXT_VIEW (widget) ||
          GTK_IS_SCALE (widget) || GTK_IS_LIST_BOX (widget) || GTK_IS_MENU_BUTTON (widget) ||
          INB_IS_FRAMING_PREVIEW (widget) || INB_IS_STAGE (widget));
}

/* It shows other words than its name, and goes by these words before it goes by its name. */
static gboolean
is_shadowed (GtkWidget *widget, const char *name)
{
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), name) == 0)
    return FALSE;
  return has_words (widget) && gtk_test_accessible_has_relation (
                                   GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

static void
look_at_control (Audit *self, GtkWidget *widget, const char *spoken)
{
  if (!is_control (widget) ||
      !gtk_widget_is_visible (widget)) /* a hidden one gets its words late */
    return;
  self->n_controls++;
  if (spoken != NULL && is_shadowed (widget, spoken))
    g_ptr_array_add (self->nameless,
                     g_strdup_printf ("%s “%s”, which newer GTKs call by another label",
                                      G_OBJECT_TYPE_NAME (widget), spoken));
  if (gtk_widget_is_visible (widget) && spoken == NULL && !has_words (widget) &&
      !is_named_by_owner (widget))
    g_ptr_array_add (self->nameless,
                     g_strdup_printf ("%s “%s” (%s)", G_OBJECT_TYPE_NAME (widget),
                                      gtk_widget_get_tooltip_text (widget),
                                      gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget))));
}

/* What the platform made by itself: its words come from its own catalogue. */
static gboolean
is_platforms_own (GtkWidget *widget)
{
  if (ui_house_is_window_button (widget) || GTK_IS_POPOVER (widget) ||
      GTK_IS_SHORTCUT_LABEL (widget))
    return TRUE;
  if (GTK_IS_IMAGE (widget) && GTK_IS_EDITABLE (gtk_widget_get_parent (widget)))
    return TRUE;
  if ((GTK_IS_BUTTON (widget) || GTK_IS_IMAGE (widget)) &&
      gtk_widget_get_ancestor (widget, ADW_TYPE_ENTRY_ROW) != NULL)
    return TRUE;
  return g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), "search_button") ==
             0 ||
         g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), "search_stack") == 0 ||
         g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), "search_results") == 0;
}

static void
walk (Audit *self, GtkWidget *widget)
{
  g_autofree char *spoken = NULL;

  if (GTK_IS_BUTTON (widget) && gtk_widget_get_ancestor (widget, ADW_TYPE_ENTRY_ROW) != NULL)
    {
      spoken = get_spoken (widget);
      if (spoken == NULL) /* newer libadwaita leaves it to GTK to take the tooltip */
        spoken = g_strdup (gtk_widget_get_tooltip_text (widget));
      look_at_control (self, widget, spoken); /* but it has to have a name */
      return;
    }
  if (is_platforms_own (widget))
    return;
  spoken = get_spoken (widget);
  look_at (self, widget, "name", spoken);
  look_at (self, widget, "tooltip", gtk_widget_get_tooltip_text (widget));
  if (GTK_IS_LABEL (widget))
    look_at (self, widget, "text", gtk_label_get_text (GTK_LABEL (widget)));
  if (GTK_IS_INSCRIPTION (widget))
    look_at (self, widget, "text", gtk_inscription_get_text (GTK_INSCRIPTION (widget)));
  look_at_control (self, widget, spoken);
  if (GTK_IS_SEARCH_ENTRY (widget)) /* its icons are GTK's */
    return;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    walk (self, child);
}

static void
print_all (const char *what, GPtrArray *list)
{
  for (guint i = 0; i < list->len; i++)
    g_test_message ("%s: %s", what, (const char *) g_ptr_array_index (list, i));
}

static void
audit (GtkWidget *widget, guint n_words)
{
  Audit self = { g_ptr_array_new_with_free_func (g_free), g_ptr_array_new_with_free_func (g_free),
                 0, 0 };

  walk (&self, widget);
  print_all ("not translated", self.leaks);
  print_all ("without a name", self.nameless);
  g_assert_cmpuint (self.leaks->len, ==, 0);
  g_assert_cmpuint (self.nameless->len, ==, 0);
  g_assert_cmpuint (self.n_words, >=, n_words); /* it did look */
  g_ptr_array_unref (self.leaks);
  g_ptr_array_unref (self.nameless);
}

static void
test_room (gconstpointer data)
{
  const UiRoom *room = data;
  g_autoptr (UiHouse) house = ui_house_new (room->empty);
  GtkWidget *window = ui_house_open (house, room, 1200, 700);

  if (window != NULL)
    audit (window, 10);
  else
    g_test_skip ("not in this program");
}

static void
test_form_before_and_after_a_prompt (void)
{
  g_autoptr (UiHouse) house = ui_house_new (TRUE);
  InbDraft *draft = house->window->draft;

  ui_house_open (house, &ui_rooms[1], 1200, 700);
  for (guint i = 0; i < INB_MAX_TAKES; i++)
    {
      g_object_set (draft, "takes-index", i, NULL);
      audit (GTK_WIDGET (house->window), 60);
    }
  inb_draft_set_prompt (draft, " ");
  audit (GTK_WIDGET (house->window), 60);
}

static void
collect_menu (GMenuModel *menu, GPtrArray *leaks, guint *n_words)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
      g_autoptr (GMenuModel) submenu = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SUBMENU);
      g_autofree char *label = NULL;

      if (section != NULL)
        collect_menu (section, leaks, n_words);
      if (submenu != NULL)
        collect_menu (submenu, leaks, n_words);
      if (!g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_LABEL, "s", &label))
        continue;
      *n_words += 1;
      if (is_leak (label))
        g_ptr_array_add (leaks, g_steal_pointer (&label));
    }
}

static void
test_main_menu (void)
{
  g_autoptr (UiHouse) house = ui_house_new (TRUE);
  g_autoptr (GPtrArray) leaks = g_ptr_array_new_with_free_func (g_free);
  guint n_words = 0;

  collect_menu (inb_widget_get_menu (house->window->menu_button), leaks, &n_words);
  print_all ("not translated", leaks);
  g_assert_cmpuint (leaks->len, ==, 0);
  g_assert_cmpuint (n_words, >=, 8);
}

static void
count_items (GtkWidget *widget, guint *n_items)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);

  if (gtk_accessible_get_accessible_role (accessible) == GTK_ACCESSIBLE_ROLE_MENU_ITEM)
    {
      (*n_items)++;
      gtk_test_accessible_assert_property (
          accessible, GTK_ACCESSIBLE_PROPERTY_LABEL,
          gtk_label_get_text (ui_test_find (widget, GTK_TYPE_LABEL, NULL)));
      g_assert_false (
          gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY));
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    count_items (child, n_items);
}

static void
test_items_of_a_menu_have_their_words_as_names (void)
{
  g_autoptr (UiHouse) house = ui_house_new (TRUE);
  guint n_items = 0;

  ui_house_open (house, &ui_rooms[0], 1200, 700);
  gtk_menu_button_popup (house->window->menu_button);
  count_items (GTK_WIDGET (gtk_menu_button_get_popover (house->window->menu_button)), &n_items);
  g_assert_cmpuint (n_items, >, 15);
  gtk_menu_button_popdown (house->window->menu_button);
}

static void
test_takes_in_every_state (void)
{
  g_autoptr (GListStore) jobs = g_list_store_new (INB_TYPE_JOB);
  InbTakes *takes = INB_TAKES (inb_takes_new ());
  InbStage *stage = INB_STAGE (inb_stage_new ());
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *window;

  inb_takes_set_jobs (takes, G_LIST_MODEL (jobs));
  inb_takes_set_product (takes, "mug");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (takes));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (stage));
  window = ui_test_show (box, 900, 700);
  audit (window, 3);
  for (InbJobState state = INB_JOB_PREPARING; state <= INB_JOB_MISSING_FILE; state++)
    {
      g_autoptr (InbJob) job = ui_test_job ("mug", state, state);

      g_list_store_insert (jobs, 0, job);
      inb_stage_set_job (stage, job);
      audit (window, 5);
    }
  ui_test_close (window);
}

int
main (int argc, char **argv)
{
  g_autofree char *top = NULL;
  int status;

  g_assert_cmpint (argc, >=, 2);
  top = ui_test_speak (argv[1]);
  ui_test_init (&argc, &argv);
  g_test_set_nonfatal_assertions (); /* every room tells of its faults */
  g_assert_cmpstr (gettext ("Takes"), ==, "⟦Takes⟧");

  g_test_add_func ("/words/form-before-and-after-a-prompt", test_form_before_and_after_a_prompt);
  g_test_add_func ("/words/main-menu", test_main_menu);
  g_test_add_func ("/words/items-of-a-menu-have-their-words-as-names",
                   test_items_of_a_menu_have_their_words_as_names);
  g_test_add_func ("/words/takes-in-every-state", test_takes_in_every_state);
  ui_house_add_tests ("words", test_room, NULL);
  status = g_test_run ();
  ui_test_remove_root (top);
  return status;
}
