/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "inb-test-wait.h"
#include "jobs/inb-history.h"
#include "store/inb-paths.h"
#include "store/inb-store.h"
#include "ui-test.h"
#include "ui/inb-details.h"
#include "ui/inb-filter-button.h"
#include "ui/inb-history-page.h"
#include "ui/inb-history-row.h"

#define N_JOBS 500

/* A data folder with 500 finished takes, the newest called “slow number 500”. */
typedef struct
{
  char *root;
  InbQueue *queue;
  GtkWidget *page;
  GtkWidget *window;
  GString *wanted; /* "word id;" of each win.take */
} Fixture;

static void
take_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *word, *id;

  g_variant_get (parameter, "(&s&s)", &word, &id);
  g_string_append_printf (user_data, "%s %s;", word, id);
}

static void
add_job (InbStore *store, const char *prompt)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InbRequest) request = ui_test_request ();
  g_autoptr (GPtrArray) ids = NULL;

  g_free (request->prompt);
  request->prompt = g_strdup (prompt);
  ids = inb_store_add (store, request, NULL, "Mug", &(InbTerms){ .estimate_micros = 0 }, &error);
  g_assert_no_error (error);
}

static void
run (InbStore *store, const char *sql)
{
  g_autoptr (GError) error = NULL;

  inb_database_run (inb_store_get_database (store), sql, &error);
  g_assert_no_error (error);
}

static void
fill_store (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  InbStore *store;

  inb_paths_make (self->root, &error);
  g_assert_no_error (error);
  store = inb_store_open (self->root, INB_DATABASE_WRITE, &error);
  g_assert_no_error (error);
  for (guint i = 1; i <= N_JOBS; i++)
    {
      g_autofree char *prompt = g_strdup_printf ("slow number %u", i);

      add_job (store, prompt);
    }
  run (store, "UPDATE jobs SET state = 'DONE', finished_us = created_us + 1;"
              "UPDATE jobs SET state = 'FAILED_LOCAL' WHERE prompt LIKE '%7';"
              "UPDATE jobs SET mark = 1 WHERE prompt LIKE '%8'");
  inb_store_close (store);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) take = g_simple_action_new ("take", G_VARIANT_TYPE ("(ss)"));
  g_autoptr (GError) error = NULL;

  self->root = ui_test_make_root ();
  fill_store (self);
  self->queue = inb_queue_open (self->root, INB_QUEUE_FOLLOW, &error);
  g_assert_no_error (error);
  self->wanted = g_string_new (NULL);
  g_signal_connect (take, "activate", G_CALLBACK (take_cb), self->wanted);
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (take));
  self->page = inb_history_page_new (self->queue);
  gtk_widget_insert_action_group (self->page, "win", G_ACTION_GROUP (actions));
  self->window = ui_test_show (self->page, 1000, 600);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_object_ref (self->page);
  ui_test_close (self->window);
  ui_test_let_go (self->page);
  inb_queue_close (self->queue);
  ui_test_let_go (self->queue);
  ui_test_remove_root (self->root);
  g_string_free (self->wanted, TRUE);
  g_free (self->root);
}

static GtkSelectionModel *
get_model (Fixture *self)
{
  GtkListView *list = ui_test_find (self->page, GTK_TYPE_LIST_VIEW, NULL);

  return gtk_list_view_get_model (list);
}

static guint
count (Fixture *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (get_model (self)));
}

static InbJob *
get_job (Fixture *self, guint place)
{
  g_autoptr (InbHistoryItem) item = g_list_model_get_item (G_LIST_MODEL (get_model (self)), place);

  return inb_history_item_get_job (item); /* the queue holds it */
}

static gboolean
is_first (Fixture *self, const char *prompt)
{
  InbJob *job = count (self) > 0 ? get_job (self, 0) : NULL;

  return job != NULL && strcmp (inb_job_get_request (job)->prompt, prompt) == 0;
}

static void
test_all_are_there_the_newest_first (Fixture *self, gconstpointer data)
{
  wait_until (count (self) == N_JOBS && is_first (self, "slow number 500"));
  wait_until (ui_test_find (self->page, GTK_TYPE_LABEL, "slow number 500") != NULL);
  g_assert_nonnull (ui_test_find (self->page, INB_TYPE_HISTORY_ROW, NULL));
}

static void
test_words_and_filters_find (Fixture *self, gconstpointer data)
{
  GtkEditable *search = ui_test_find (self->page, GTK_TYPE_SEARCH_ENTRY, NULL);
  InbFilterButton *group = ui_test_find (self->page, INB_TYPE_FILTER_BUTTON, NULL);
  GtkWidget *all;

  gtk_editable_set_text (search, "NUMBER 47");
  /* 47, 147, …, 447 and 470 to 479 */
  wait_until (count (self) == 15 && is_first (self, "slow number 479"));
  inb_filter_button_set_selected (group, "failed");
  wait_until (count (self) == 6 && is_first (self, "slow number 477"));
  inb_filter_button_set_selected (group, "accepted");
  wait_until (count (self) == 1 && is_first (self, "slow number 478"));
  gtk_editable_set_text (search, "nothing like that");
  wait_until (count (self) == 0);
  all = ui_test_find (self->page, GTK_TYPE_BUTTON, "Show All");
  wait_until (gtk_widget_get_mapped (all));
  g_signal_emit_by_name (all, "clicked");
  wait_until (count (self) == N_JOBS);
}

/* M-23: what is selected and what is in view stay while takes come in. */
static void
test_new_takes_move_nothing (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  InbJob *chosen;
  InbStore *store;
  GtkWidget *list = ui_test_find (self->page, GTK_TYPE_LIST_VIEW, NULL);
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));
  GtkWidget *row;
  graphene_rect_t before, after;

  wait_until (count (self) == N_JOBS);
  gtk_widget_activate_action (list, "list.scroll-to-item", "u", 200);
  ui_test_paint (self->window);
  wait_until (get_job (self, 200) != NULL);
  chosen = get_job (self, 200);
  gtk_selection_model_select_item (get_model (self), 200, TRUE);
  row = NULL;
  wait_until ((row = ui_test_find (list, GTK_TYPE_LABEL, "slow number 300")) != NULL);
  ui_test_paint (self->window);
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), >, 1000.0);
  g_assert_true (gtk_widget_compute_bounds (row, self->page, &before));

  store = inb_store_open (self->root, INB_DATABASE_WRITE, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 10; i++)
    add_job (store, "just come in");
  inb_store_close (store);
  wait_until (count (self) == N_JOBS + 10);
  ui_test_paint (self->window);
  g_assert_true (get_job (self, 210) == chosen);
  g_assert_true (gtk_selection_model_is_selected (get_model (self), 210));
  row = ui_test_find (list, GTK_TYPE_LABEL, "slow number 300");
  g_assert_nonnull (row);
  g_assert_true (gtk_widget_compute_bounds (row, self->page, &after));
  g_assert_cmpfloat (after.origin.y, ==, before.origin.y);
}

static void
test_the_selected_one_is_told_all_about_beside_the_list (Fixture *self, gconstpointer data)
{
  InbDetails *details = ui_test_find (self->page, INB_TYPE_DETAILS, NULL);

  wait_until (count (self) == N_JOBS && get_job (self, 3) != NULL);
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (details)));
  gtk_selection_model_select_item (get_model (self), 3, TRUE);
  wait_until (inb_details_get_job (details) == get_job (self, 3));
  ui_test_paint (self->window);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (details)));
  g_assert_nonnull (
      ui_test_find (GTK_WIDGET (details), GTK_TYPE_LABEL, "Prompt: ‘496’ became ‘497’"));
  gtk_selection_model_select_all (get_model (self));
  wait_until (!gtk_widget_get_mapped (GTK_WIDGET (details)));
}

static void
test_keys_act_on_all_that_are_selected (Fixture *self, gconstpointer data)
{
  g_autofree char *expected = NULL;
  GtkWidget *list = ui_test_find (self->page, GTK_TYPE_LIST_VIEW, NULL);

  wait_until (count (self) == N_JOBS && get_job (self, 3) != NULL);
  gtk_selection_model_select_item (get_model (self), 1, TRUE);
  gtk_selection_model_select_item (get_model (self), 3, FALSE);
  gtk_widget_activate_action (list, "history.each", "s", "delete");
  expected = g_strdup_printf ("delete %s;delete %s;", inb_job_get_id (get_job (self, 1)),
                              inb_job_get_id (get_job (self, 3)));
  g_assert_cmpstr (self->wanted->str, ==, expected);
}

static void
test_activating_a_row_opens_its_product (Fixture *self, gconstpointer data)
{
  g_autofree char *expected = NULL;
  GtkWidget *list = ui_test_find (self->page, GTK_TYPE_LIST_VIEW, NULL);

  wait_until (count (self) == N_JOBS && get_job (self, 2) != NULL);
  gtk_widget_activate_action (list, "list.activate-item", "u", 2);
  expected = g_strdup_printf ("open %s;", inb_job_get_id (get_job (self, 2)));
  g_assert_cmpstr (self->wanted->str, ==, expected);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

#define ADD(path, function) \
  g_test_add ("/history/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("all", test_all_are_there_the_newest_first);
  ADD ("find", test_words_and_filters_find);
  ADD ("new-takes-move-nothing", test_new_takes_move_nothing);
  ADD ("details", test_the_selected_one_is_told_all_about_beside_the_list);
  ADD ("several", test_keys_act_on_all_that_are_selected);
  ADD ("open", test_activating_a_row_opens_its_product);
#undef ADD
  return g_test_run ();
}
