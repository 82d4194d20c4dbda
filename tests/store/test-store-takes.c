/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person does beside asking for clips: drafts, marks, deletions; and what is counted. */
#include "store-tools.h"

#include <string.h>

#include "core/inb-error.h"
#include "store/inb-figures.h"
#include "store/inb-paths.h"
#include "store/inb-schema.h"
#include "store/inb-search.h"
#include "store/inb-settings.h"
#include "store/inb-words.h"

static InbStore *
open_store (const char *root)
{
  g_autoptr (GError) error = NULL;
  InbStore *store = inb_store_open (root, INB_DATABASE_WRITE, &error);

  g_assert_no_error (error);
  return store;
}

static void
run (InbStore *store, const char *sql)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (inb_database_run (inb_store_get_database (store), sql, &error));
  g_assert_no_error (error);
}

static char *
add_one (InbStore *store, const char *provider)
{
  g_autoptr (InbRequest) request = store_tools_make_request ();
  g_autoptr (GPtrArray) ids = NULL;

  request->takes = 1;
  g_free (request->provider);
  request->provider = g_strdup (provider);
  ids = inb_store_add (store, request, NULL, "mug", &(InbTerms){ .hold_s = 3 }, NULL);
  g_assert_nonnull (ids);
  return g_strdup (g_ptr_array_index (ids, 0));
}

static void
test_a_store_of_version_2_is_taken_along (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  g_autofree char *path = inb_paths_dup_database (root);
  g_autoptr (InbStore) store = NULL;
  g_autoptr (InbRow) row = NULL;
  g_autoptr (InbProduct) product = NULL;
  g_autofree char *draft = NULL;
  sqlite3 *old = NULL;

  g_assert_cmpint (sqlite3_open (path, &old), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (old, inb_schema_steps[0], NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (old, inb_schema_steps[1], NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (
      sqlite3_exec (
          old,
          "INSERT INTO products VALUES ('p', 'mug', 5), ('q', 'lamp', 7);"
          "INSERT INTO jobs (id, product_id, take, batch_id, batch_index, change, created_us, "
          "start_photo, prompt, duration_s, ratio, fit, takes, provider, seed, state, charged) "
          "VALUES ('j', 'p', 1, 'b', 0, 1, 9, 'x', 'push', 5, '1:1', 'crop', 1, 'fal', 0, "
          "'FAILED_REMOTE', 'maybe')",
          NULL, NULL, NULL),
      ==, SQLITE_OK);
  sqlite3_close (old);

  store = open_store (root);
  g_assert_cmpint (inb_database_get_int (inb_store_get_database (store), "PRAGMA user_version"), ==,
                   INB_SCHEMA_VERSION);
  row = inb_store_get (store, "j", NULL);
  g_assert_false (inb_job_get_facts (row->job)->deleted);
  g_assert_cmpint (inb_job_get_facts (row->job)->mark, ==, 0);
  g_assert_cmpint (inb_job_get_facts (row->job)->hold_us, ==, 0);
  g_assert_cmpstr (inb_job_get_facts (row->job)->charged, ==, "maybe");
  product = inb_store_get_product (store, NULL, &draft, NULL); /* the one touched last */
  g_assert_cmpstr (product->id, ==, "p");
  g_assert_cmpint (product->changed_us, ==, 9);
  g_assert_null (draft);
}

/* Before a product could be marked */
static void
test_a_store_of_version_4_is_taken_along (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  g_autofree char *path = inb_paths_dup_database (root);
  g_autoptr (InbStore) store = NULL;
  g_autoptr (InbRow) row = NULL;
  const InbRequest *request;
  sqlite3 *old = NULL;

  g_assert_cmpint (sqlite3_open (path, &old), ==, SQLITE_OK);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpint (sqlite3_exec (old, inb_schema_steps[i], NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (
      sqlite3_exec (
          old,
          "INSERT INTO products (id, name, created_us) VALUES ('p', 'mug', 5);"
          "INSERT INTO jobs (id, product_id, take, batch_id, batch_index, change, created_us, "
          "start_photo, start_name, last_photo, prompt, negative, duration_s, ratio, fit, takes, "
          "provider, seed, state, charged, name) VALUES ('j', 'p', 3, 'b', 0, 1, 9, 'x', 'y', 'z', "
          "'push', 'blur', 5, '1:1', 'crop', 1, 'local', 6, 'DONE', 'no', 'the red one')",
          NULL, NULL, NULL),
      ==, SQLITE_OK);
  sqlite3_close (old);

  store = open_store (root);
  row = inb_store_get (store, "j", NULL);
  request = inb_job_get_request (row->job);
  g_assert_null (request->matte);
  g_assert_cmpstr (request->last, ==, "z");
  g_assert_cmpstr (request->prompt, ==, "push");
  g_assert_cmpstr (request->negative, ==, "blur");
  g_assert_cmpuint (request->duration_s, ==, 5);
  g_assert_cmpuint (request->seed, ==, 6);
  g_assert_cmpuint (inb_job_get_take (row->job), ==, 3);
  g_assert_cmpint (inb_job_get_state (row->job), ==, INB_JOB_DONE);
}

static void
test_drafts_are_kept_per_product (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  g_autoptr (InbStore) store = open_store (root);
  g_autoptr (InbProduct) none = NULL;
  g_autoptr (InbProduct) last = NULL;
  g_autoptr (InbProduct) first = NULL;
  g_autofree char *draft = NULL;
  g_autofree char *other = NULL;
  g_autoptr (GError) error = NULL;

  none = inb_store_get_product (store, NULL, &draft, &error);
  g_assert_null (none);
  g_assert_no_error (error);
  g_assert_true (inb_store_save_draft (store, "a", NULL, "one", 10, NULL));
  g_assert_true (inb_store_save_draft (store, "b", "lamp", "two", 20, NULL));
  g_assert_true (inb_store_save_draft (store, "a", NULL, "three", 30, NULL));
  last = inb_store_get_product (store, NULL, &draft, NULL);
  g_assert_cmpstr (last->id, ==, "a");
  g_assert_cmpstr (last->name, ==, NULL); /* not named yet */
  g_assert_cmpstr (draft, ==, "three");
  /* it gets a name once, and keeps it */
  g_assert_true (inb_store_save_draft (store, "a", "mug", "four", 40, NULL));
  g_assert_true (inb_store_save_draft (store, "a", "cup", "five", 50, NULL));
  first = inb_store_get_product (store, "a", &other, NULL);
  g_assert_cmpstr (first->name, ==, "mug");
  g_assert_cmpstr (other, ==, "five");
  g_assert_cmpint (inb_database_get_int (inb_store_get_database (store), "PRAGMA synchronous"), ==,
                   2);
}

static void
test_only_what_is_at_rest_can_be_deleted_and_comes_back (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  g_autoptr (InbStore) store = open_store (root);
  g_autofree char *id = add_one (store, "local");
  g_autoptr (InbRow) row = NULL;
  g_autoptr (GError) error = NULL;
  InbMove failed = { .to = INB_JOB_FAILED_LOCAL };

  g_assert_false (inb_store_set_deleted (store, id, TRUE, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_BAD_INPUT);
  g_clear_error (&error);
  g_assert_true (inb_store_move (store, id, &failed, NULL));
  g_assert_true (inb_store_set_deleted (store, id, TRUE, &error));
  g_assert_no_error (error);
  row = inb_store_get (store, id, NULL);
  g_assert_true (inb_job_get_facts (row->job)->deleted);
  g_assert_true (inb_store_set_deleted (store, id, FALSE, NULL));
  g_assert_true (inb_store_set_deleted (store, id, FALSE, NULL)); /* twice is once */
  g_assert_true (inb_store_set_deleted (store, id, TRUE, NULL));
  g_assert_true (inb_store_set_gone (store, id, NULL));
  g_assert_false (inb_store_set_deleted (store, id, FALSE, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_BAD_INPUT);
}

static void
test_marks_are_kept_and_told (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  g_autoptr (InbStore) store = open_store (root);
  g_autofree char *id = add_one (store, "local");
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) written = NULL;
  gint64 latest = 0;

  all = inb_store_list (store, 0, &latest, NULL);
  g_assert_true (inb_store_set_mark (store, id, -1, NULL));
  written = inb_store_list (store, latest, &latest, NULL);
  g_assert_cmpuint (written->len, ==, 1);
  g_assert_cmpint (inb_job_get_facts (((InbRow *) g_ptr_array_index (written, 0))->job)->mark, ==,
                   -1);
  g_assert_false (inb_store_set_mark (store, "nobody", 1, NULL));
}

static void
test_names_are_kept_and_found (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  g_autoptr (InbStore) store = open_store (root);
  g_autofree char *id = add_one (store, "local");
  InbHistoryFilter hero = { .text = "HERO" };
  gint64 latest = 0;

  g_assert_true (inb_search_begin (store, NULL));
  g_assert_true (inb_store_set_name (store, id, "Hero shot", NULL));
  {
    g_autoptr (GArray) found = inb_search_list_keys (store, &hero, &latest, NULL);
    g_autoptr (InbRow) row = inb_store_get (store, id, NULL);

    g_assert_cmpuint (found->len, ==, 1);
    g_assert_cmpstr (inb_job_get_facts (row->job)->name, ==, "Hero shot");
  }
  g_assert_true (inb_store_set_name (store, id, NULL, NULL));
  {
    g_autoptr (GArray) found = inb_search_list_keys (store, &hero, &latest, NULL);

    g_assert_cmpuint (found->len, ==, 0);
  }
  g_assert_false (inb_store_set_name (store, "nobody", "hero", NULL));
}

static void
test_a_product_without_jobs_can_be_dropped (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  g_autoptr (InbStore) store = open_store (root);
  g_autofree char *id = add_one (store, "local");
  g_autoptr (InbRow) row = inb_store_get (store, id, NULL);
  g_autoptr (InbProduct) kept = NULL;
  g_autoptr (InbProduct) gone = NULL;
  g_autofree char *draft = NULL;

  g_assert_true (inb_store_save_draft (store, "p-new", "Lamp", "{}", 1, NULL));
  g_assert_true (inb_store_drop_product (store, "p-new", NULL));
  g_assert_true (inb_store_drop_product (store, inb_job_get_product_id (row->job), NULL));
  gone = inb_store_get_product (store, "p-new", &draft, NULL);
  kept = inb_store_get_product (store, inb_job_get_product_id (row->job), &draft, NULL);
  g_assert_null (gone);
  g_assert_nonnull (kept);
}

static void
add_outcome (InbStore *store, guint number, const char *provider, const char *state, gint64 took_s)
{
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO jobs (id, product_id, take, batch_id, batch_index, change, created_us, "
      "start_photo, prompt, duration_s, ratio, fit, takes, provider, model, seed, state, "
      "started_us, finished_us) VALUES ('%s-%u', 'p', %u + (SELECT count(*) FROM jobs), 'b', 0, 1, "
      "1, 'x', 'x', 5, '1:1', 'crop', 1, '%s', 'm', 0, '%s', 1000000, 1000000 + %" G_GINT64_FORMAT
      ")",
      provider, number, number + 1000, provider, state, took_s * G_USEC_PER_SEC);

  run (store, sql);
}

static void
test_figures_are_of_one_model_and_its_newest_clips (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  g_autoptr (InbStore) store = open_store (root);
  InbFigures figures;

  run (store, "INSERT INTO products (id, name, created_us) VALUES ('p', 'p', 0)");
  g_assert_true (inb_figures_read (store, "fal", "m", 5, &figures));
  g_assert_cmpuint (figures.n_done, ==, 0);
  g_assert_cmpint (figures.median_us, ==, -1);
  for (guint i = 1; i <= 60; i++) /* the later it ended, the longer it took */
    add_outcome (store, i, "fal", "DONE", i);
  add_outcome (store, 61, "fal", "REJECTED", 1);
  add_outcome (store, 62, "fal", "EXPIRED", 1);
  add_outcome (store, 63, "fal", "CANCELLED_REMOTE", 1);
  add_outcome (store, 64, "fal", "FAILED_LOCAL", 1); /* nothing was asked of it */
  add_outcome (store, 65, "local", "FAILED_LOCAL", 1);
  g_assert_true (inb_figures_read (store, "fal", "m", 5, &figures));
  g_assert_cmpuint (figures.n_done, ==, 60);
  g_assert_cmpuint (figures.n_failed, ==, 2);
  g_assert_cmpint (figures.median_us, ==, 36 * G_USEC_PER_SEC); /* of 11 … 60 s */
  /* from the paid request on, where there was one */
  run (store, "INSERT INTO attempts (job_id, number, provider, key_mark, idempotency_key, "
              "body_sha256, body_size, sent_us) SELECT id, 1, 'fal', 'k', 'i', 'b', 1, "
              "finished_us - 2000000 FROM jobs WHERE provider = 'fal'");
  g_assert_true (inb_figures_read (store, "fal", "m", 5, &figures));
  g_assert_cmpint (figures.median_us, ==, 2 * G_USEC_PER_SEC);
  g_assert_true (inb_figures_read (store, "local", "m", 5, &figures));
  g_assert_cmpuint (figures.n_failed, ==, 1);
}

static void
test_a_request_has_a_cap_of_its_own (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  g_autoptr (InbStore) store = open_store (root);
  g_autoptr (InbRequest) request = store_tools_make_request (); /* two takes */
  InbTerms terms = { .estimate_micros = 350000, .reserve_micros = 350000 };
  g_autoptr (GPtrArray) refused = NULL;
  g_autoptr (GPtrArray) added = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (inb_settings_set_max_cost (store, 699999, NULL));
  refused = inb_store_add (store, request, NULL, "mug", &terms, &error);
  g_assert_null (refused);
  g_assert_error (error, INB_ERROR, INB_ERROR_CAP);
  g_assert_nonnull (strstr (error->message, "$0.70"));
  g_assert_cmpint (inb_store_get_spent_today (store), ==, 0);
  g_assert_true (inb_settings_set_max_cost (store, 700000, NULL)); /* exactly up to it */
  added = inb_store_add (store, request, NULL, "mug", &terms, NULL);
  g_assert_nonnull (added);
}

static void
test_words_of_any_script_are_folded (void)
{
  static const char *const same[][2] = { { "STRASSE", "straße" },
                                         { "КРУЖКА", "кружка" },
                                         { "ΟΔΟΣ", "οδος" },
                                         { "İstanbul", "i̇stanbul" },
                                         { "e\xcc\x81t\xc3\xa9", "\xc3\x89T\xc3\x89" },
                                         { "Mug", "mUG" } };

  for (gsize i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autofree char *first = inb_words_fold (same[i][0]);
      g_autofree char *second = inb_words_fold (same[i][1]);

      g_assert_cmpstr (first, ==, second);
    }
}

static guint
count_found (InbStore *store, const InbHistoryFilter *filter)
{
  g_autoptr (GError) error = NULL;
  gint64 latest = 0;
  g_autoptr (GArray) keys = inb_search_list_keys (store, filter, &latest, &error);

  g_assert_no_error (error);
  for (guint i = 1; i < keys->len; i++)
    g_assert_cmpint (inb_search_compare (&g_array_index (keys, InbSearchKey, i - 1),
                                         &g_array_index (keys, InbSearchKey, i)),
                     <, 0);
  return keys->len;
}

static void
test_a_search_finds_words_wherever_they_are (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  g_autoptr (InbStore) store = open_store (root);
  g_autofree char *first = add_one (store, "local");
  g_autofree char *second = add_one (store, "wavespeed");
  g_autofree char *third = add_one (store, "fal");
  const char *const names[] = { "local", "Engine Of Ours", "fal", "éclair.ai", NULL };
  g_autofree char *long_text = g_strnfill (6000, 'x');
  g_autofree char *sql =
      g_strdup_printf ("UPDATE products SET name = 'Blue MUG';"
                       "UPDATE jobs SET prompt = 'Медленный НАЕЗД' WHERE id = '%s';"
                       "UPDATE jobs SET prompt = 'slow orbit %s END' WHERE id = '%s';"
                       "UPDATE jobs SET mark = 1, state = 'DONE' WHERE id = '%s'",
                       first, long_text, second, third);

  g_assert_true (inb_search_begin (store, NULL));
  run (store, sql);
  g_assert_cmpuint (count_found (store, &(InbHistoryFilter){ 0 }), ==, 3);
  g_assert_cmpuint (count_found (store, &(InbHistoryFilter){ .text = "наезд" }), ==, 1);
  g_assert_cmpuint (count_found (store, &(InbHistoryFilter){ .text = "blue  наезд" }), ==, 1);
  g_assert_cmpuint (count_found (store, &(InbHistoryFilter){ .text = "ORBIT end" }), ==, 1);
  g_assert_cmpuint (count_found (store, &(InbHistoryFilter){ .text = "WaveSpeed mug" }), ==, 1);
  g_assert_cmpuint (count_found (store, &(InbHistoryFilter){ .text = "mug\nwave" }), ==, 1);
  g_assert_cmpuint (count_found (store, &(InbHistoryFilter){ .text = "nothing" }), ==, 0);
  g_assert_cmpuint (count_found (store, &(InbHistoryFilter){ .text = "100%_'\"" }), ==, 0);
  g_assert_cmpuint (
      count_found (store, &(InbHistoryFilter){ .text = "ÉCLAIR mug", .names = names }), ==, 1);
  g_assert_cmpuint (count_found (store, &(InbHistoryFilter){ .text = "engine", .names = names }),
                    ==, 1);
  g_assert_cmpuint (count_found (store, &(InbHistoryFilter){ .text = "éclair" }), ==, 0);
  g_assert_cmpuint (count_found (store, &(InbHistoryFilter){ .provider = "fal" }), ==, 1);
  g_assert_cmpuint (count_found (store, &(InbHistoryFilter){ .group = "accepted" }), ==, 1);
  g_assert_cmpuint (count_found (store, &(InbHistoryFilter){ .group = "working" }), ==, 2);
  g_assert_cmpuint (count_found (store, &(InbHistoryFilter){ .group = "done" }), ==, 1);
  g_assert_cmpuint (count_found (store, &(InbHistoryFilter){ .group = "deleted" }), ==, 0);
  g_assert_cmpuint (count_found (store, &(InbHistoryFilter){ .product_id = "none" }), ==, 0);
}

static void
test_queries_of_the_living_do_not_read_the_dead (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  g_autoptr (InbStore) store = open_store (root);
  InbDatabase *database = inb_store_get_database (store);
  g_autoptr (InbStatement) statement = inb_database_prepare (
      database, "EXPLAIN QUERY PLAN " INB_ROW_SELECT_AT_WORK "ORDER BY jobs.created_us", NULL);
  gboolean has_row = FALSE;

  g_assert_true (inb_database_step (database, statement, &has_row, NULL) && has_row);
  g_assert_nonnull (strstr ((const char *) sqlite3_column_text (statement, 3), "jobs_at_work"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/takes/a-store-of-version-2-is-taken-along",
                   test_a_store_of_version_2_is_taken_along);
  g_test_add_func ("/takes/a-store-of-version-4-is-taken-along",
                   test_a_store_of_version_4_is_taken_along);
  g_test_add_func ("/takes/drafts-are-kept-per-product", test_drafts_are_kept_per_product);
  g_test_add_func ("/takes/only-what-is-at-rest-can-be-deleted-and-comes-back",
                   test_only_what_is_at_rest_can_be_deleted_and_comes_back);
  g_test_add_func ("/takes/marks-are-kept-and-told", test_marks_are_kept_and_told);
  g_test_add_func ("/takes/names-are-kept-and-found", test_names_are_kept_and_found);
  g_test_add_func ("/takes/a-product-without-jobs-can-be-dropped",
                   test_a_product_without_jobs_can_be_dropped);
  g_test_add_func ("/takes/figures-are-of-one-model-and-its-newest-clips",
                   test_figures_are_of_one_model_and_its_newest_clips);
  g_test_add_func ("/takes/a-request-has-a-cap-of-its-own", test_a_request_has_a_cap_of_its_own);
  g_test_add_func ("/takes/words-of-any-script-are-folded", test_words_of_any_script_are_folded);
  g_test_add_func ("/takes/a-search-finds-words-wherever-they-are",
                   test_a_search_finds_words_wherever_they_are);
  g_test_add_func ("/takes/queries-of-the-living-do-not-read-the-dead",
                   test_queries_of_the_living_do_not_read_the_dead);
  return g_test_run ();
}
