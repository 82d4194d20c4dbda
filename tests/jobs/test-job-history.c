/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "jobs/inb-history.h"

#include "jobs-tools.h"
#include "store/inb-store.h"

#define N_JOBS 5000

/* Five thousand finished jobs of two products, newest last; the last is number N_JOBS. */
static const char fill[] =
    "INSERT INTO products (id, name, created_us) VALUES ('p', 'Blue mug', 1), ('q', 'Лампа', 2);"
    "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 5000) "
    "INSERT INTO jobs (id, product_id, take, batch_id, batch_index, change, created_us, "
    "start_photo, prompt, duration_s, ratio, fit, takes, provider, model, seed, state, "
    "finished_us) "
    "SELECT printf ('job-%05d', i), iif (i % 10, 'p', 'q'), i, 'b', 0, i, i * 1000, 'x', "
    "'push in number ' || i, 5, '1:1', 'crop', 1, iif (i % 2, 'fal', 'local'), 'm', 0, "
    "iif (i % 100, 'DONE', 'FAILED_LOCAL'), i FROM n";

typedef struct
{
  char *root;
  InbStore *store;
  InbQueue *queue;
  InbHistory *history;
} Fixture;

static gboolean
is_loaded (gpointer history)
{
  return !inb_history_is_loading (history);
}

static void
set_up (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  self->root = jobs_tools_make_root ();
  self->queue = inb_queue_open (self->root, INB_QUEUE_FOLLOW, &error);
  g_assert_no_error (error);
  self->store = inb_store_open (self->root, INB_DATABASE_WRITE, &error);
  g_assert_true (inb_database_run (inb_store_get_database (self->store), fill, &error));
  g_assert_no_error (error);
  self->history = inb_history_new (self->queue);
  g_assert_true (inb_history_is_loading (self->history));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->history)), ==, 0);
  jobs_tools_iterate_until (is_loaded, self->history);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  g_clear_object (&self->history);
  inb_store_close (self->store);
  g_clear_object (&self->queue);
  jobs_tools_remove (self->root);
}

static guint
count (Fixture *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->history));
}

static void
set_filter (Fixture *self, const InbHistoryFilter *filter)
{
  inb_history_set_filter (self->history, filter);
  jobs_tools_iterate_until (is_loaded, self->history);
}

static gboolean
has_job (gpointer item)
{
  return inb_history_item_get_job (item) != NULL;
}

static InbHistoryItem *
get (Fixture *self, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (self->history), position);
}

static InbHistoryItem *
read_item (Fixture *self, guint position)
{
  InbHistoryItem *item = get (self, position);

  jobs_tools_iterate_until (has_job, item);
  return item;
}

static void
assert_id (InbHistoryItem *item, const char *id)
{
  g_assert_cmpstr (inb_job_get_id (inb_history_item_get_job (item)), ==, id);
}

static void
test_rows_come_page_by_page (Fixture *self, gconstpointer unused)
{
  g_autoptr (InbHistoryItem) first = get (self, 0);
  g_autoptr (InbHistoryItem) again = get (self, 0);
  g_autoptr (InbHistoryItem) deep = NULL;
  g_autoptr (InbHistoryItem) beyond = get (self, N_JOBS);
  g_autoptr (InbHistoryItem) neighbour = NULL;

  g_assert_cmpuint (count (self), ==, N_JOBS);
  g_assert_null (inb_history_item_get_job (first)); /* a placeholder */
  g_assert_true (first == again);
  g_assert_null (beyond);
  jobs_tools_iterate_until (has_job, first);
  assert_id (first, "job-05000"); /* newest first */
  deep = read_item (self, 3141);
  assert_id (deep, "job-01859");
  neighbour = get (self, 3142);
  g_assert_true (has_job (neighbour)); /* came with it */
  g_assert_true (inb_history_item_get_job (deep) == inb_queue_get_job (self->queue, "job-01859"));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->queue)), ==, 0);
}

static void
note_finalized_cb (gpointer user_data, GObject *object)
{
  *(guint *) user_data += 1;
}

static void
test_what_nobody_looks_at_is_forgotten (Fixture *self, gconstpointer unused)
{
  g_autoptr (InbHistoryItem) held = read_item (self, 0);
  guint n_made = 0, n_gone = 0;

  for (guint i = 100; i < N_JOBS; i += 100)
    {
      g_autoptr (InbHistoryItem) item = read_item (self, i);

      g_object_weak_ref (G_OBJECT (item), note_finalized_cb, &n_gone);
      n_made++;
    }
  g_assert_cmpuint (n_gone, >, 0);
  g_assert_cmpuint (n_made - n_gone, <=, 21);
  {
    g_autoptr (InbHistoryItem) back = get (self, 0);

    g_assert_true (back == held); /* what somebody holds is the same when it comes back */
    assert_id (back, "job-05000");
  }
  g_clear_object (&self->history);
}

static void
test_filters_and_words (Fixture *self, gconstpointer unused)
{
  g_autoptr (InbHistoryItem) item = NULL;

  set_filter (self, &(InbHistoryFilter){ .group = "failed" });
  g_assert_cmpuint (count (self), ==, 50);
  set_filter (self, &(InbHistoryFilter){ .provider = "fal", .product_id = "p" });
  g_assert_cmpuint (count (self), ==, 2500);
  set_filter (self, &(InbHistoryFilter){ .text = "ЛАМПА" });
  g_assert_cmpuint (count (self), ==, 500);
  set_filter (self, &(InbHistoryFilter){ .text = "mug NUMBER 4321" });
  g_assert_cmpuint (count (self), ==, 1);
  item = read_item (self, 0);
  assert_id (item, "job-04321");
  set_filter (self, &(InbHistoryFilter){ .text = "", .group = "all" });
  g_assert_cmpuint (count (self), ==, N_JOBS);
}

/* "fal" is an id; "fal.ai" and "Local engine" stand on the screen only. */
static void
test_a_provider_is_found_by_its_shown_name (Fixture *self, gconstpointer unused)
{
  set_filter (self, &(InbHistoryFilter){ .text = "FAL.AI" });
  g_assert_cmpuint (count (self), ==, 2500);
  set_filter (self, &(InbHistoryFilter){ .text = "local ENGINE" });
  g_assert_cmpuint (count (self), ==, 2500);
  set_filter (self, &(InbHistoryFilter){ .text = "fal.ai engine" });
  g_assert_cmpuint (count (self), ==, 0);
}

static void
test_only_the_newest_filter_is_answered (Fixture *self, gconstpointer unused)
{
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *text = g_strdup_printf ("number %u", 4000 + i);

      inb_history_set_filter (self->history, &(InbHistoryFilter){ .text = text });
    }
  jobs_tools_iterate_until (is_loaded, self->history);
  g_assert_cmpuint (count (self), ==, 1);
  {
    g_autoptr (InbHistoryItem) item = read_item (self, 0);

    assert_id (item, "job-04199");
  }
}

static void
note_change_cb (GListModel *model, guint position, guint n_removed, guint n_added, gpointer told)
{
  g_string_append_printf (told, "%u-%u+%u ", position, n_removed, n_added);
}

static void
run (Fixture *self, const char *sql)
{
  g_autoptr (InbStatement) statement =
      inb_database_prepare (inb_store_get_database (self->store), sql, NULL);

  g_assert_true (inb_database_finish (inb_store_get_database (self->store), statement, NULL));
}

typedef struct
{
  Fixture *fixture;
  guint n_jobs;
} Wanted;

static gboolean
has_count (gpointer data)
{
  Wanted *wanted = data;

  return count (wanted->fixture) == wanted->n_jobs;
}

static void
wait_for_count (Fixture *self, guint n_jobs)
{
  Wanted wanted = { self, n_jobs };

  jobs_tools_iterate_until (has_count, &wanted);
}

static void
test_new_jobs_come_in_at_the_top (Fixture *self, gconstpointer unused)
{
  g_autoptr (InbRequest) request = jobs_tools_make_request (self->root);
  g_autoptr (InbHistoryItem) top = read_item (self, 0);
  g_autoptr (InbHistoryItem) second = NULL;
  g_autoptr (InbHistoryItem) newest = NULL;
  g_autoptr (GString) told = g_string_new (NULL);
  g_autoptr (GPtrArray) jobs = NULL;

  g_signal_connect (self->history, "items-changed", G_CALLBACK (note_change_cb), told);
  jobs = jobs_tools_add (self->queue, request);
  wait_for_count (self, N_JOBS + 1);
  g_assert_cmpstr (told->str, ==, "0-0+1 ");
  newest = read_item (self, 0);
  g_assert_true (inb_history_item_get_job (newest) == g_ptr_array_index (jobs, 0));
  second = get (self, 1);
  g_assert_true (second == top);
}

static void
test_hidden_jobs_leave_and_come_back (Fixture *self, gconstpointer unused)
{
  g_autoptr (InbHistoryItem) below = read_item (self, 11);
  g_autoptr (GString) told = g_string_new (NULL);

  g_signal_connect (self->history, "items-changed", G_CALLBACK (note_change_cb), told);
  g_assert_true (inb_store_set_deleted (self->store, "job-04990", TRUE, NULL));
  wait_for_count (self, N_JOBS - 1);
  g_assert_cmpstr (told->str, ==, "10-1+0 ");
  {
    g_autoptr (InbHistoryItem) moved = get (self, 10);

    g_assert_true (moved == below);
  }
  g_assert_true (inb_store_set_deleted (self->store, "job-04990", FALSE, NULL));
  wait_for_count (self, N_JOBS);
  g_assert_cmpstr (told->str, ==, "10-1+0 10-0+1 ");
  set_filter (self, &(InbHistoryFilter){ .group = "accepted" });
  g_assert_cmpuint (count (self), ==, 0);
  g_assert_true (inb_store_set_mark (self->store, "job-00001", 1, NULL));
  wait_for_count (self, 1);
}

static gboolean
is_marked (gpointer item)
{
  return inb_job_get_facts (inb_history_item_get_job (item))->mark == 1;
}

static void
test_a_changed_job_changes_in_its_place (Fixture *self, gconstpointer unused)
{
  g_autoptr (InbHistoryItem) item = read_item (self, 4000);
  InbJob *job = inb_history_item_get_job (item);
  g_autoptr (GString) told = g_string_new (NULL);

  g_signal_connect (self->history, "items-changed", G_CALLBACK (note_change_cb), told);
  g_assert_true (inb_store_set_mark (self->store, inb_job_get_id (job), 1, NULL));
  jobs_tools_iterate_until (is_marked, item);
  g_assert_true (inb_history_item_get_job (item) == job);
  g_assert_cmpstr (told->str, ==, "");
}

static void
test_many_changes_at_once (Fixture *self, gconstpointer unused)
{
  g_autoptr (InbHistoryItem) item = read_item (self, 0);

  run (self, "UPDATE jobs SET deleted_us = 1, change = 6000 WHERE provider = 'fal'");
  wait_for_count (self, N_JOBS / 2);
  run (self, "UPDATE jobs SET mark = 1, change = 6001");
  jobs_tools_iterate_until (is_marked, item);
}

static void
test_a_history_lets_go (Fixture *self, gconstpointer unused)
{
  g_autoptr (InbHistoryItem) held = get (self, 0);

  inb_history_set_filter (self->history, &(InbHistoryFilter){ .text = "number" });
  g_assert_finalize_object (self->history);
  self->history = NULL;
  g_assert_null (inb_history_item_get_job (held)); /* nobody reads it any more */
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  jobs_tools_init (&argc, &argv);
  add ("/history/rows-come-page-by-page", test_rows_come_page_by_page);
  add ("/history/what-nobody-looks-at-is-forgotten", test_what_nobody_looks_at_is_forgotten);
  add ("/history/filters-and-words", test_filters_and_words);
  add ("/history/a-provider-is-found-by-its-shown-name",
       test_a_provider_is_found_by_its_shown_name);
  add ("/history/only-the-newest-filter-is-answered", test_only_the_newest_filter_is_answered);
  add ("/history/new-jobs-come-in-at-the-top", test_new_jobs_come_in_at_the_top);
  add ("/history/hidden-jobs-leave-and-come-back", test_hidden_jobs_leave_and_come_back);
  add ("/history/a-changed-job-changes-in-its-place", test_a_changed_job_changes_in_its_place);
  add ("/history/many-changes-at-once", test_many_changes_at_once);
  add ("/history/a-history-lets-go", test_a_history_lets_go);
  return jobs_tools_run ();
}
