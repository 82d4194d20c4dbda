/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-tools.h"

#include <string.h>

#include "core/inb-error.h"
#include "store/inb-store.h"

static InbStore *
open_store (const char *root)
{
  g_autoptr (GError) error = NULL;
  InbStore *store = inb_store_open (root, INB_DATABASE_WRITE, &error);

  g_assert_no_error (error);
  return store;
}

static GPtrArray *
add (InbStore *store, const char *product_id)
{
  g_autoptr (InbRequest) request = store_tools_make_request ();
  g_autoptr (GError) error = NULL;
  GPtrArray *ids =
      inb_store_add (store, request, product_id, "Mug", &(InbTerms){ 350000, 350000 }, &error);

  g_assert_no_error (error);
  return ids;
}

static InbRow *
get (InbStore *store, const char *id)
{
  g_autoptr (GError) error = NULL;
  InbRow *row = inb_store_get (store, id, &error);

  g_assert_no_error (error);
  return row;
}

static gboolean
move (InbStore *store, const char *id, InbJobState to, GError **error)
{
  InbMove arrow = { .to = to };

  return inb_store_move (store, id, &arrow, error);
}

static void
test_a_request_comes_back_as_it_was (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  g_autoptr (InbStore) store = open_store (root);
  g_autoptr (GPtrArray) ids = add (store, NULL);
  g_autoptr (InbRequest) asked = store_tools_make_request ();
  g_autoptr (InbRow) row = get (store, g_ptr_array_index (ids, 1));
  const InbRequest *request = inb_job_get_request (row->job);

  g_assert_cmpuint (ids->len, ==, 2);
  g_assert_cmpstr (request->start, ==, asked->start);
  g_assert_cmpstr (request->start_name, ==, asked->start_name);
  g_assert_cmpstr (request->last, ==, asked->last);
  g_assert_cmpstr (request->last_name, ==, asked->last_name);
  g_assert_cmpstr (request->matte, ==, asked->matte);
  g_assert_cmpstr (request->prompt, ==, asked->prompt);
  g_assert_cmpstr (request->negative, ==, asked->negative);
  g_assert_cmpfloat (request->guidance, ==, asked->guidance);
  g_assert_cmpuint (request->duration_s, ==, asked->duration_s);
  g_assert_cmpint (request->framing.ratio, ==, asked->framing.ratio);
  g_assert_cmpint (request->framing.fit, ==, asked->framing.fit);
  g_assert_cmpfloat (request->framing.focus_x, ==, asked->framing.focus_x);
  g_assert_cmpfloat (request->framing.focus_y, ==, asked->framing.focus_y);
  g_assert_cmpstr (request->resolution, ==, asked->resolution);
  g_assert_cmpuint (request->takes, ==, asked->takes);
  g_assert_cmpstr (request->provider, ==, asked->provider);
  g_assert_cmpstr (request->model, ==, asked->model);
  g_assert_cmpuint (request->seed, ==, asked->seed);
  g_assert_cmpuint (row->batch_index, ==, 1);
  g_assert_cmpint (inb_job_get_state (row->job), ==, INB_JOB_PREPARING);
  g_assert_cmpint (inb_job_get_estimate (row->job), ==, 350000);
  g_assert_cmpint (inb_job_get_facts (row->job)->actual_micros, ==, -1);
  g_assert_cmpstr (inb_job_get_facts (row->job)->charged, ==, "no");
  g_assert_cmpstr (inb_job_get_product_name (row->job), ==, "Mug");
  g_assert_null (inb_job_get_clip (row->job));
}

static void
test_takes_count_on_within_a_product (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  g_autoptr (InbStore) store = open_store (root);
  g_autoptr (GPtrArray) first = add (store, NULL);
  g_autoptr (GPtrArray) second = add (store, NULL);
  g_autoptr (GPtrArray) other = add (store, "a-product-of-its-own");
  g_autoptr (InbRow) third = get (store, g_ptr_array_index (second, 0));
  g_autoptr (InbRow) single = get (store, g_ptr_array_index (other, 0));

  g_assert_cmpuint (inb_job_get_take (third->job), ==, 3);
  g_assert_cmpuint (inb_job_get_take (single->job), ==, 1);
  g_assert_cmpstr (inb_job_get_product_id (single->job), ==, "a-product-of-its-own");
}

static void
test_only_arrows_of_the_state_machine (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  g_autoptr (InbStore) store = open_store (root);
  g_autoptr (GPtrArray) ids = add (store, NULL);
  const char *id = g_ptr_array_index (ids, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (InbRow) row = NULL;

  g_assert_false (move (store, id, INB_JOB_DONE, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_STORE);
  g_clear_error (&error);
  g_assert_false (move (store, "nobody", INB_JOB_READY, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_STORE);
  g_clear_error (&error);
  g_assert_true (move (store, id, INB_JOB_READY, &error));
  g_assert_true (move (store, id, INB_JOB_CANCELLED_UNSENT, &error));
  g_assert_false (move (store, id, INB_JOB_RUNNING, &error)); /* the cancel was quicker */
  row = get (store, id);
  g_assert_cmpint (inb_job_get_state (row->job), ==, INB_JOB_CANCELLED_UNSENT);
  g_assert_cmpint (inb_job_get_facts (row->job)->finished_us, >, 0);
}

static void
test_a_clip_is_shown_once_it_is_done (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  g_autoptr (InbStore) store = open_store (root);
  g_autoptr (GPtrArray) ids = add (store, NULL);
  const char *id = g_ptr_array_index (ids, 0);
  g_autofree char *path = g_build_filename (root, "clips/x.mp4", NULL);
  g_autoptr (InbClip) clip = inb_clip_new ();
  g_autoptr (InbRow) before = NULL;
  g_autoptr (InbRow) after = NULL;

  clip->path = g_strdup (path);
  clip->sha256 = g_strnfill (64, 'c');
  clip->container = g_strdup ("mp4");
  clip->width = 1920;
  clip->height = 1080;
  clip->n_frames = 300;
  clip->fps_n = 30;
  clip->fps_d = 1;
  clip->duration_ns = G_GINT64_CONSTANT (10000000000);
  clip->size = G_GINT64_CONSTANT (5000000000);
  g_assert_true (move (store, id, INB_JOB_READY, NULL));
  g_assert_true (move (store, id, INB_JOB_RUNNING, NULL));
  g_assert_true (move (store, id, INB_JOB_VERIFYING, NULL));
  g_assert_true (inb_store_set_clip (store, id, clip, NULL));
  before = get (store, id);
  g_assert_null (inb_job_get_clip (before->job));
  g_assert_cmpstr (before->clip->path, ==, path);
  g_assert_true (move (store, id, INB_JOB_DONE, NULL));
  after = get (store, id);
  g_assert_cmpint (inb_job_get_clip (after->job)->size, ==, clip->size);
  g_assert_cmpint (inb_job_get_clip (after->job)->duration_ns, ==, clip->duration_ns);
  g_assert_cmpuint (inb_job_get_clip (after->job)->fps_n, ==, 30);
}

static void
test_only_changes_are_listed_again (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  g_autoptr (InbStore) store = open_store (root);
  g_autoptr (GPtrArray) ids = add (store, NULL);
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) one = NULL;
  gint64 latest = 0;

  all = inb_store_list (store, 0, &latest, NULL);
  g_assert_cmpuint (all->len, ==, 2);
  none = inb_store_list (store, latest, &latest, NULL);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_true (inb_store_set_progress (store, g_ptr_array_index (ids, 0), 0.5, NULL));
  one = inb_store_list (store, latest, &latest, NULL);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpfloat (inb_job_get_progress (((InbRow *) g_ptr_array_index (one, 0))->job), ==, 0.5);
  g_assert_cmpint (inb_database_get_int (inb_store_get_database (store), "PRAGMA synchronous"), ==,
                   2);
}

static void
test_the_oldest_is_next (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  g_autoptr (InbStore) store = open_store (root);
  g_autoptr (GPtrArray) ids = add (store, NULL);
  g_autoptr (InbRow) first = inb_store_get_next (store, "local", NULL);
  g_autoptr (InbRow) second = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (inb_job_get_id (first->job), ==, g_ptr_array_index (ids, 0));
  g_assert_true (move (store, inb_job_get_id (first->job), INB_JOB_CANCELLED_UNSENT, NULL));
  second = inb_store_get_next (store, "local", NULL);
  g_assert_cmpstr (inb_job_get_id (second->job), ==, g_ptr_array_index (ids, 1));
  g_assert_null (inb_store_get_next (store, "wavespeed", &error));
  g_assert_no_error (error);
}

static void
test_a_failure_is_written_with_its_words (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  g_autoptr (InbStore) store = open_store (root);
  g_autoptr (GPtrArray) ids = add (store, NULL);
  const char *id = g_ptr_array_index (ids, 0);
  g_autoptr (GError) failure =
      g_error_new_literal (INB_ERROR, INB_ERROR_BAD_PHOTO, "“x” is not a photo.");
  InbMove failed = { .to = INB_JOB_FAILED_LOCAL, .failure = failure };
  g_autoptr (InbRow) row = NULL;
  g_autoptr (InbRow) again = NULL;

  g_assert_true (inb_store_begin_work (store, id, NULL));
  g_assert_true (inb_store_move (store, id, &failed, NULL));
  row = get (store, id);
  g_assert_cmpstr (inb_job_get_facts (row->job)->error_name, ==, "photo");
  g_assert_cmpstr (inb_job_get_facts (row->job)->error_message, ==, failure->message);
  g_assert_true (inb_store_resume (store, id, NULL));
  again = get (store, id);
  g_assert_cmpint (inb_job_get_state (again->job), ==, INB_JOB_PREPARING);
  g_assert_null (inb_job_get_facts (again->job)->error_name);
  g_assert_cmpint (inb_job_get_facts (again->job)->started_us, ==, 0);
  g_assert_cmpint (inb_job_get_facts (again->job)->finished_us, ==, 0);
}

static void
test_a_wish_is_kept_until_it_is_carried_out (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  g_autoptr (InbStore) store = open_store (root);
  g_autoptr (GPtrArray) ids = add (store, NULL);
  const char *id = g_ptr_array_index (ids, 0);
  g_autoptr (GPtrArray) wishes = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (inb_store_wish_cancel (store, id, NULL));
  wishes = inb_store_list_wishes (store, NULL);
  g_assert_cmpuint (wishes->len, ==, 1);
  g_assert_true (move (store, id, INB_JOB_CANCELLED_UNSENT, NULL));
  none = inb_store_list_wishes (store, NULL);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_false (inb_store_wish_cancel (store, id, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_BAD_INPUT);
  g_clear_error (&error);
  g_assert_false (inb_store_resume (store, id, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_BAD_INPUT);
}

static void
test_a_renamed_product_is_told_to_its_jobs (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  g_autoptr (InbStore) store = open_store (root);
  g_autoptr (GPtrArray) ids = add (store, "p");
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  gint64 latest = 0;

  before = inb_store_list (store, 0, &latest, NULL);
  g_assert_true (inb_store_rename_product (store, "p", "Blue mug", NULL));
  after = inb_store_list (store, latest, &latest, NULL);
  g_assert_cmpuint (after->len, ==, 2);
  g_assert_cmpstr (inb_job_get_product_name (((InbRow *) g_ptr_array_index (after, 0))->job), ==,
                   "Blue mug");
}

static void
test_a_request_with_nothing_special (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  g_autoptr (InbStore) store = open_store (root);
  g_autoptr (InbRequest) request = inb_request_new ();
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (InbRow) row = NULL;

  request->start = g_strnfill (64, 'a');
  request->prompt = g_strdup ("push");
  ids = inb_store_add (store, request, NULL, "Mug", &(InbTerms){ -1 }, NULL);
  row = get (store, g_ptr_array_index (ids, 0));
  g_assert_cmpfloat (inb_job_get_request (row->job)->guidance, ==, -1.0);
  g_assert_cmpfloat (inb_job_get_request (row->job)->framing.focus_x, ==, -1.0);
  g_assert_null (inb_job_get_request (row->job)->last);
  g_assert_null (inb_job_get_request (row->job)->matte);
  g_assert_null (inb_job_get_request (row->job)->negative);
  g_assert_cmpint (inb_job_get_estimate (row->job), ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/a-request-comes-back-as-it-was", test_a_request_comes_back_as_it_was);
  g_test_add_func ("/store/a-request-with-nothing-special", test_a_request_with_nothing_special);
  g_test_add_func ("/store/takes-count-on-within-a-product", test_takes_count_on_within_a_product);
  g_test_add_func ("/store/only-arrows-of-the-state-machine",
                   test_only_arrows_of_the_state_machine);
  g_test_add_func ("/store/a-clip-is-shown-once-it-is-done", test_a_clip_is_shown_once_it_is_done);
  g_test_add_func ("/store/only-changes-are-listed-again", test_only_changes_are_listed_again);
  g_test_add_func ("/store/the-oldest-is-next", test_the_oldest_is_next);
  g_test_add_func ("/store/a-failure-is-written-with-its-words",
                   test_a_failure_is_written_with_its_words);
  g_test_add_func ("/store/a-wish-is-kept-until-it-is-carried-out",
                   test_a_wish_is_kept_until_it_is_carried_out);
  g_test_add_func ("/store/a-renamed-product-is-told-to-its-jobs",
                   test_a_renamed_product_is_told_to_its_jobs);
  return g_test_run ();
}
