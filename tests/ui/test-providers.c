/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "inb-test-wait.h"
#include "providers/inb-catalogue.h"
#include "providers/inb-code.h"
#include "ui-test.h"
#include "ui/inb-choice.h"
#include "ui/inb-code-window.h"
#include "ui/inb-key-row.h"
#include "ui/inb-provider-row.h"
#include "ui/inb-provider-table.h"
#include "ui/inb-providers-page.h"
#include "ui/inb-route-list.h"

static InbProviderFacts
make_facts (const char *id, guint model)
{
  const InbProvider *provider = inb_catalogue_find (id, NULL);

  g_assert_nonnull (provider);
  return (InbProviderFacts){ .provider = provider,
                             .model = g_ptr_array_index (provider->models, model),
                             .median_us = -1 };
}

static void
assert_text (const InbProviderFacts *facts, InbFact fact, const char *text)
{
  g_autofree char *told = inb_provider_facts_dup_text (facts, fact);

  g_assert_cmpstr (told, ==, text);
}

static void
test_facts_never_an_empty_cell (void)
{
  const GPtrArray *providers = inb_catalogue_get_providers (NULL);

  for (guint i = 0; i < providers->len; i++)
    for (int fact = 0; fact < INB_N_FACTS; fact++)
      {
        const InbProvider *provider = g_ptr_array_index (providers, i);
        InbProviderFacts facts = make_facts (provider->id, 0);
        g_autofree char *text = inb_provider_facts_dup_text (&facts, (InbFact) fact);

        g_assert_cmpuint (strlen (text), >, 1);
        g_assert_null (strstr (text, "—"));
      }
}

static void
test_facts_say_what_is_known (void)
{
  InbProviderFacts local = make_facts ("local", 0), novita = make_facts ("novita", 0);
  InbProviderFacts eachlabs = make_facts ("eachlabs", 0);
  g_autofree char *source = NULL;

  assert_text (&local, INB_FACT_PRICE_5, "Free");
  assert_text (&local, INB_FACT_RETENTION, "Stays here");
  assert_text (&novita, INB_FACT_PRICE_5, "Not stated");
  assert_text (&novita, INB_FACT_KEPT, "1 hour");
  assert_text (&eachlabs, INB_FACT_PRICE_10, "$0.70");
  assert_text (&eachlabs, INB_FACT_TIME, "160 s stated");
  assert_text (&eachlabs, INB_FACT_SUCCEEDED, "No jobs yet");
  source = inb_provider_facts_dup_details (&eachlabs, INB_FACT_PRICE_5);
  g_assert_nonnull (strstr (source, "eachlabs’ page"));
  g_assert_nonnull (strstr (source, "2026"));
  /* a person's own experience counts more than what a service says */
  eachlabs.median_us = 125 * G_USEC_PER_SEC;
  eachlabs.n_done = 19;
  eachlabs.n_failed = 1;
  assert_text (&eachlabs, INB_FACT_TIME, "2 min 5 s");
  assert_text (&eachlabs, INB_FACT_SUCCEEDED, "95 % of 20");
}

static void
test_facts_unknown_comes_last_either_way (void)
{
  InbProviderFacts novita = make_facts ("novita", 0), kling = make_facts ("kling", 1);
  InbProviderFacts fal = make_facts ("fal", 0);

  for (int descending = 0; descending < 2; descending++)
    g_assert_cmpint (inb_provider_facts_compare (&novita, &fal, INB_FACT_PRICE_5, descending), >,
                     0);
  g_assert_cmpint (inb_provider_facts_compare (&kling, &fal, INB_FACT_PRICE_5, FALSE), <, 0);
  g_assert_cmpint (inb_provider_facts_compare (&kling, &fal, INB_FACT_PRICE_5, TRUE), >, 0);
}

/* The text of the cell in that row, from 0, and column */
static const char *
get_cell (GtkWidget *table, int row, InbFact fact)
{
  GtkGrid *grid = GTK_GRID (adw_bin_get_child (ADW_BIN (table)));
  GtkWidget *cell = gtk_grid_get_child_at (grid, (int) fact, row * 2 + 2);

  return gtk_label_get_text (ui_test_find (cell, GTK_TYPE_LABEL, NULL));
}

static void
test_table_is_sorted_by_its_heads (void)
{
  GtkWidget *table = inb_provider_table_new ();
  GtkWidget *window = ui_test_show (table, 1300, 600);
  InbProviderFacts rows[] = { make_facts ("novita", 0), make_facts ("fal", 0),
                              make_facts ("kling", 1), make_facts ("local", 0) };
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  GtkGrid *grid = GTK_GRID (adw_bin_get_child (ADW_BIN (table)));
  GtkWidget *head = gtk_grid_get_child_at (grid, INB_FACT_PRICE_5, 0);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_ptr_array_add (all, &rows[i]);
  inb_provider_table_set_rows (INB_PROVIDER_TABLE (table), all);
  g_assert_cmpstr (get_cell (table, 0, INB_FACT_PROVIDER), ==, "Novita AI");
  g_signal_emit_by_name (head, "clicked");
  g_assert_cmpstr (get_cell (table, 0, INB_FACT_PRICE_5), ==, "Free");
  g_assert_cmpstr (get_cell (table, 1, INB_FACT_PRICE_5), ==, "$0.21");
  g_assert_cmpstr (get_cell (table, 3, INB_FACT_PROVIDER), ==, "Novita AI");
  g_signal_emit_by_name (head, "clicked");
  g_assert_cmpstr (get_cell (table, 0, INB_FACT_PRICE_5), ==, "$0.35");
  g_assert_cmpstr (get_cell (table, 3, INB_FACT_PROVIDER), ==, "Novita AI");
  ui_test_close (window);
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
assert_route (GtkWidget *list, const char *expected)
{
  g_auto (GStrv) route = inb_route_list_dup_route (INB_ROUTE_LIST (list));
  g_autofree char *text = g_strjoinv (",", route);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_route_is_moved_and_ticked (void)
{
  GtkWidget *list = inb_route_list_new ();
  GtkWidget *window = ui_test_show (list, 500, 700);
  const char *const route[] = { "fal", "gone", "wavespeed", "kling", NULL };
  GtkWidget *tick, *row, *up;
  guint n_changes = 0;

  g_signal_connect_swapped (list, "changed", G_CALLBACK (count_cb), &n_changes);
  assert_route (list, "");
  inb_route_list_set_route (INB_ROUTE_LIST (list), route);
  assert_route (list, "fal,wavespeed,kling");
  g_assert_cmpuint (n_changes, ==, 0);
  row = gtk_widget_get_ancestor (ui_test_find (list, GTK_TYPE_LABEL, "Kling AI"),
                                 ADW_TYPE_ACTION_ROW);
  up = g_object_get_data (G_OBJECT (row), "up");
  gtk_widget_grab_focus (up);
  g_signal_emit_by_name (up, "clicked");
  assert_route (list, "fal,kling,wavespeed");
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == up);
  g_signal_emit_by_name (up, "clicked");
  g_assert_false (gtk_widget_get_sensitive (up));
  assert_route (list, "kling,fal,wavespeed");
  tick = ui_test_find (row, GTK_TYPE_CHECK_BUTTON, NULL);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (tick), FALSE);
  assert_route (list, "fal,wavespeed");
  g_assert_cmpuint (n_changes, ==, 3);
  ui_test_close (window);
}

typedef struct
{
  InbKeySource source;
  guint n_told;
  guint n_errors;
} Told;

static void
told_cb (const InbKeyPlace *place, const GError *error, gpointer user_data)
{
  Told *told = user_data;

  told->n_told++;
  told->n_errors += error != NULL;
  if (place != NULL)
    told->source = place->source;
}

/* This display's bus has no keyring. */
static void
test_key_row_keeps_without_a_keyring (void)
{
  const InbProvider *provider = inb_catalogue_find ("novita", NULL);
  GtkWidget *list = gtk_list_box_new ();
  Told told = { 0 };
  GtkWidget *row = inb_key_row_new (provider, g_ptr_array_index (provider->service->credentials, 0),
                                    told_cb, &told);
  GtkWidget *window;

  gtk_list_box_append (GTK_LIST_BOX (list), row);
  window = ui_test_show (list, 400, 200);
  wait_until (told.n_told == 1);
  g_assert_cmpint (told.source, ==, INB_KEY_NONE);
  gtk_editable_set_text (GTK_EDITABLE (row), "not a key");
  g_signal_emit_by_name (row, "apply");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "");
  wait_until (told.n_told == 2);
  g_assert_cmpuint (told.n_errors, ==, 1);
  g_assert_true (gtk_widget_has_css_class (row, "error"));
  gtk_editable_set_text (GTK_EDITABLE (row), " nv-0123456789\n");
  g_signal_emit_by_name (row, "apply");
  wait_until (told.n_told == 3);
  g_assert_cmpint (told.source, ==, INB_KEY_SESSION);
  g_assert_false (gtk_widget_has_css_class (row, "error"));
  g_assert_nonnull (
      strstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), "until the program ends"));
  g_assert_null (strstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), "0123"));
  g_object_ref (row);
  ui_test_close (window);
  ui_test_let_go (row);
}

static gboolean
has_route (InbQueue *queue, const char *id)
{
  g_auto (GStrv) route = inb_queue_get_route (queue);

  return g_strv_length (route) == 1 && g_str_equal (route[0], id);
}

static void
test_page_has_everybody (void)
{
  g_autofree char *root = ui_test_make_root ();
  g_autoptr (GError) error = NULL;
  InbQueue *queue = inb_queue_open (root, INB_QUEUE_RUN, &error);
  const GPtrArray *providers = inb_catalogue_get_providers (NULL);
  GtkWidget *page, *window, *tick;
  gint64 began = g_get_monotonic_time ();

  g_assert_no_error (error);
  page = inb_providers_page_new (queue);
  g_test_message ("the page was made in %.1f ms", (double) (g_get_monotonic_time () - began) / 1e3);
  window = ui_test_show (page, 1300, 900);
  for (guint i = 0; i < providers->len; i++)
    g_assert_nonnull (ui_test_find (page, GTK_TYPE_LABEL,
                                    ((InbProvider *) g_ptr_array_index (providers, i))->name));
  wait_until (gtk_widget_get_mapped (ui_test_find (page, INB_TYPE_PROVIDER_TABLE, NULL)));
  gtk_window_set_default_size (GTK_WINDOW (window), 500, 900);
  wait_until (!gtk_widget_get_mapped (ui_test_find (page, INB_TYPE_PROVIDER_TABLE, NULL)));
  tick = ui_test_find (ui_test_find (page, INB_TYPE_ROUTE_LIST, NULL), GTK_TYPE_CHECK_BUTTON, NULL);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (tick), TRUE);
  wait_until (has_route (queue, "highway")); /* the first by name */
  g_object_ref (page);
  ui_test_close (window);
  ui_test_let_go (page);
  inb_queue_close (queue);
  g_object_unref (queue);
  ui_test_remove_root (root);
}

static char *
dup_program (GtkWidget *window)
{
  GtkTextView *view = ui_test_find (window, GTK_TYPE_TEXT_VIEW, NULL);
  char *text;

  g_assert_false (gtk_text_view_get_editable (view));
  g_assert_cmpint (gtk_widget_get_direction (GTK_WIDGET (view)), ==, GTK_TEXT_DIR_LTR);
  g_object_get (gtk_text_view_get_buffer (view), "text", &text, NULL);
  return text;
}

static void
test_code_window_shows_each_language (void)
{
  static const char *const signs[] = { "curl --silent", "await fetch", "urllib", "inbetween-cli" };
  g_autofree char *root = ui_test_make_root ();
  g_autoptr (InbRequest) request = ui_test_request ();
  GtkWidget *window;
  InbChoice *languages;

  request->provider = (g_free (request->provider), g_strdup ("wavespeed"));
  window = inb_code_window_new (request, root);
  ui_test_show (window, 800, 600);
  languages = ui_test_find (window, INB_TYPE_CHOICE, NULL);
  for (guint i = 0; i < INB_N_CODE_LANGUAGES; i++)
    {
      g_autofree char *program = NULL;

      inb_choice_set_selected (languages, i);
      program = dup_program (window);
      g_assert_nonnull (strstr (program, signs[i]));
      g_assert_nonnull (strstr (program, request->start)); /* the file that is kept */
    }
  g_assert_nonnull (ui_test_find (window, GTK_TYPE_LABEL, "Runs 1 paid task · $0.35 each time"));
  g_object_ref (window);
  ui_test_close (window);
  ui_test_let_go (window);
  ui_test_remove_root (root);
}

static void
test_code_window_says_what_is_missing (void)
{
  g_autofree char *root = ui_test_make_root ();
  g_autoptr (InbRequest) request = ui_test_request ();
  g_autofree char *text = NULL;
  GtkWidget *window;

  g_clear_pointer (&request->prompt, g_free);
  window = inb_code_window_new (request, root);
  ui_test_show (window, 500, 400);
  text = dup_program (window);
  g_assert_cmpuint (strlen (text), >, 10);
  g_assert_null (strstr (text, "inbetween-cli generate"));
  g_assert_nonnull (ui_test_find (window, GTK_TYPE_LABEL, "Runs on this computer · free"));
  ui_test_close (window);
  ui_test_remove_root (root);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/facts/never-an-empty-cell", test_facts_never_an_empty_cell);
  g_test_add_func ("/facts/say-what-is-known", test_facts_say_what_is_known);
  g_test_add_func ("/facts/unknown-comes-last-either-way",
                   test_facts_unknown_comes_last_either_way);
  g_test_add_func ("/table/is-sorted-by-its-heads", test_table_is_sorted_by_its_heads);
  g_test_add_func ("/route/is-moved-and-ticked", test_route_is_moved_and_ticked);
  g_test_add_func ("/key-row/keeps-without-a-keyring", test_key_row_keeps_without_a_keyring);
  g_test_add_func ("/page/has-everybody", test_page_has_everybody);
  g_test_add_func ("/code-window/shows-each-language", test_code_window_shows_each_language);
  g_test_add_func ("/code-window/says-what-is-missing", test_code_window_says_what_is_missing);
  return g_test_run ();
}
