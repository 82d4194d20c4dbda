/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the queue keeps beside running jobs: which are in its list, drafts, deletions, imports. */
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "core/inb-error.h"
#include "jobs-tools.h"
#include "jobs/inb-form.h"
#include "store/inb-settings.h"
#include "store/inb-store.h"

static void
take_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
is_there (gpointer data)
{
  return *(gpointer *) data != NULL;
}

static gboolean
finish (InbQueue *queue, GAsyncResult **result, GError **error)
{
  gboolean good;

  jobs_tools_iterate_until (is_there, result);
  good = inb_queue_change_finish (queue, *result, error);
  g_clear_object (result);
  return good;
}

static InbQueue *
open_queue (const char *root, InbQueueFlags flags)
{
  g_autoptr (GError) error = NULL;
  InbQueue *queue = inb_queue_open (root, flags, &error);

  g_assert_no_error (error);
  return queue;
}

/* A product with one finished take */
static InbJob *
make_done (InbQueue *queue)
{
  g_autoptr (InbRequest) request = jobs_tools_make_request (inb_queue_get_root (queue));
  g_autoptr (GPtrArray) jobs = jobs_tools_add (queue, request);
  InbJob *job = g_ptr_array_index (jobs, 0);

  jobs_tools_wait_for (job, INB_JOB_DONE);
  return g_object_ref (job);
}

static guint
count_listed (InbQueue *queue)
{
  return g_list_model_get_n_items (G_LIST_MODEL (queue));
}

static void
test_the_list_has_what_matters_now (void)
{
  g_autoptr (JobsRoot) root = jobs_tools_make_root ();
  g_autoptr (InbQueue) first = open_queue (root, INB_QUEUE_RUN);
  g_autoptr (InbJob) old = make_done (first);
  const char *id = inb_job_get_id (old);
  g_autoptr (InbQueue) all = open_queue (root, INB_QUEUE_ALL);
  g_autoptr (InbQueue) queue = NULL;
  g_autoptr (GError) error = NULL;
  InbJob *job;

  inb_queue_close (first);
  queue = open_queue (root, INB_QUEUE_FOLLOW);
  g_assert_cmpuint (count_listed (all), ==, 1);
  g_assert_cmpuint (count_listed (queue), ==, 0);
  job = inb_queue_get_job (queue, id); /* read, but not in the list */
  g_assert_nonnull (job);
  g_assert_cmpuint (count_listed (queue), ==, 0);
  g_assert_true (inb_queue_find_job (queue, id, &error) == job);
  g_assert_true (inb_queue_show_product (queue, inb_job_get_product_id (job), &error));
  g_assert_cmpuint (count_listed (queue), ==, 1);
  {
    g_autoptr (InbJob) listed = g_list_model_get_item (G_LIST_MODEL (queue), 0);

    g_assert_true (listed == job); /* one object an id */
  }
  g_assert_true (inb_queue_show_product (queue, inb_job_get_product_id (job), &error));
  g_assert_cmpuint (count_listed (queue), ==, 1);
}

static gboolean
is_marked (gpointer job)
{
  return inb_job_get_facts (job)->mark == 1;
}

static void
test_a_job_outside_the_list_is_followed_too (void)
{
  g_autoptr (JobsRoot) root = jobs_tools_make_root ();
  g_autoptr (InbQueue) first = open_queue (root, INB_QUEUE_RUN);
  g_autoptr (InbJob) old = make_done (first);
  g_autoptr (InbQueue) queue = open_queue (root, INB_QUEUE_FOLLOW);
  InbJob *job = inb_queue_get_job (queue, inb_job_get_id (old));
  g_autoptr (GAsyncResult) result = NULL;

  inb_queue_mark_async (first, inb_job_get_id (old), 1, take_result_cb, &result);
  g_assert_true (finish (first, &result, NULL));
  jobs_tools_iterate_until (is_marked, job);
  g_assert_cmpuint (count_listed (queue), ==, 0);
}

static void
test_changes_are_made_in_their_order (void)
{
  g_autoptr (JobsRoot) root = jobs_tools_make_root ();
  g_autoptr (InbQueue) queue = open_queue (root, INB_QUEUE_FOLLOW);
  g_autoptr (InbProduct) product = inb_product_new ();
  g_autoptr (InbProduct) again = NULL;
  g_autoptr (InbQueue) next = NULL;

  product->form = inb_request_new ();
  for (guint i = 0; i < 50; i++)
    {
      g_free (product->form->prompt);
      product->form->prompt = g_strdup_printf ("draft %u", i);
      inb_queue_save_draft_async (queue, product, NULL, NULL);
    }
  inb_queue_close (queue); /* what was typed last is on the disk then */
  next = open_queue (root, INB_QUEUE_FOLLOW);
  again = inb_queue_dup_product (next, NULL, NULL);
  g_assert_cmpstr (again->id, ==, product->id);
  g_assert_null (again->name);
  g_assert_cmpstr (again->form->prompt, ==, "draft 49");
}

static void
test_a_form_survives_as_it_is (void)
{
  g_autoptr (InbRequest) form = inb_request_new ();
  g_autoptr (InbRequest) empty =
      inb_form_parse ("{\"duration_s\":7,\"guidance\":12,\"focus\":[1]}");
  g_autoptr (InbRequest) back = NULL;
  g_autofree char *text = NULL;

  form->start = g_strnfill (64, 'a');
  form->start_name = g_strdup ("mug “front”.jpg");
  form->matte = g_strnfill (64, 'd');
  form->prompt = g_strdup ("");
  form->negative = g_strdup ("blur");
  form->guidance = 0.375;
  form->duration_s = 10;
  form->framing = (InbFraming){ INB_RATIO_9_16, INB_FIT_EXTEND, 0.25, 0.75 };
  form->takes = 4;
  g_free (form->provider);
  form->provider = g_strdup ("fal");
  form->seed = 4294967295u;
  text = inb_form_print (form);
  back = inb_form_parse (text);
  g_assert_cmpstr (back->start, ==, form->start);
  g_assert_cmpstr (back->start_name, ==, form->start_name);
  g_assert_cmpstr (back->matte, ==, form->matte);
  g_assert_null (empty->matte);
  g_assert_null (back->last);
  g_assert_cmpstr (back->prompt, ==, "");
  g_assert_cmpstr (back->negative, ==, "blur");
  g_assert_cmpfloat (back->guidance, ==, 0.375);
  g_assert_cmpuint (back->duration_s, ==, 10);
  g_assert_cmpint (back->framing.ratio, ==, INB_RATIO_9_16);
  g_assert_cmpint (back->framing.fit, ==, INB_FIT_EXTEND);
  g_assert_cmpfloat (back->framing.focus_y, ==, 0.75);
  g_assert_cmpuint (back->takes, ==, 4);
  g_assert_cmpstr (back->provider, ==, "fal");
  g_assert_cmpuint (back->seed, ==, 4294967295u);
  g_assert_null (inb_form_parse ("no JSON"));
  g_assert_cmpuint (empty->duration_s, ==, 5); /* what cannot be is as in a new form */
  g_assert_cmpfloat (empty->guidance, ==, -1.0);
}

static void
test_deleting_is_hiding_until_the_trash (void)
{
  g_autoptr (JobsRoot) root = jobs_tools_make_root ();
  g_autoptr (InbQueue) queue = open_queue (root, INB_QUEUE_RUN);
  g_autoptr (InbJob) job = make_done (queue);
  const char *id = inb_job_get_id (job);
  g_autofree char *clip = g_strdup (inb_job_get_clip (job)->path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  inb_queue_trash_async (queue, id, take_result_cb, &result); /* not deleted: nothing goes */
  g_assert_false (finish (queue, &result, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_BAD_INPUT);
  inb_queue_delete_async (queue, id, TRUE, take_result_cb, &result);
  g_assert_true (finish (queue, &result, NULL));
  g_assert_true (inb_job_get_facts (job)->deleted);
  g_assert_cmpint (access (clip, F_OK), ==, 0);
  inb_queue_delete_async (queue, id, FALSE, take_result_cb, &result);
  g_assert_true (finish (queue, &result, NULL));
  g_assert_false (inb_job_get_facts (job)->deleted);

  inb_queue_delete_async (queue, id, TRUE, take_result_cb, &result);
  g_assert_true (finish (queue, &result, NULL));
  inb_queue_trash_async (queue, id, take_result_cb, &result);
  g_assert_true (finish (queue, &result, NULL));
  g_assert_true (inb_job_get_facts (job)->gone);
  g_assert_cmpint (inb_job_get_state (job), ==, INB_JOB_DONE);
  g_assert_cmpuint (inb_job_get_clip (job)->n_frames, ==, 150); /* what it was is still said */
  g_assert_cmpint (access (clip, F_OK), !=, 0);
  g_assert_cmpuint (jobs_tools_count (root, "clips"), ==, 0);
  g_assert_cmpuint (jobs_tools_count (root, "proxies"), ==, 0);
  g_assert_cmpuint (jobs_tools_count (root, "posters"), ==, 0);
}

static gboolean
is_gone (gpointer job)
{
  return inb_job_get_facts (job)->gone;
}

static void
test_what_was_deleted_earlier_goes_at_the_next_start (void)
{
  g_autoptr (JobsRoot) root = jobs_tools_make_root ();
  g_autoptr (InbQueue) queue = open_queue (root, INB_QUEUE_RUN);
  g_autoptr (InbJob) old = make_done (queue);
  g_autoptr (InbJob) fresh = make_done (queue);
  g_autoptr (InbStore) store = inb_store_open (root, INB_DATABASE_WRITE, NULL);
  g_autoptr (InbQueue) next = NULL;
  g_autofree char *sql = g_strdup_printf (
      "UPDATE jobs SET deleted_us = deleted_us - 120000000 WHERE id = '%s'", inb_job_get_id (old));
  InbJob *job;

  inb_queue_close (queue);
  g_assert_true (inb_store_set_deleted (store, inb_job_get_id (old), TRUE, NULL));
  g_assert_true (inb_store_set_deleted (store, inb_job_get_id (fresh), TRUE, NULL));
  g_assert_true (inb_database_run (inb_store_get_database (store), sql, NULL));
  next = open_queue (root, INB_QUEUE_RUN);
  job = inb_queue_get_job (next, inb_job_get_id (old));
  jobs_tools_iterate_until (is_gone, job);
  job = inb_queue_get_job (next, inb_job_get_id (fresh)); /* somebody may still undo that */
  g_assert_false (inb_job_get_facts (job)->gone);
  g_assert_cmpint (access (inb_job_get_clip (job)->path, F_OK), ==, 0);
}

static void
test_nothing_that_was_given_up_is_missed (void)
{
  g_autoptr (JobsRoot) root = jobs_tools_make_root ();
  g_autoptr (InbQueue) queue = open_queue (root, INB_QUEUE_RUN);
  g_autoptr (InbJob) rejected = make_done (queue);
  g_autoptr (InbJob) lost = make_done (queue);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (InbQueue) next = NULL;
  InbStorage storage = { 0 };

  inb_queue_mark_async (queue, inb_job_get_id (rejected), -1, take_result_cb, &result);
  g_assert_true (finish (queue, &result, NULL));
  inb_queue_get_storage_async (queue, NULL, take_result_cb, &result);
  jobs_tools_iterate_until (is_there, &result);
  g_assert_true (inb_queue_get_storage_finish (queue, result, &storage, NULL));
  g_clear_object (&result);
  g_assert_cmpuint (storage.n_rejected, ==, 1);
  g_assert_cmpint (storage.rejected, ==, inb_job_get_clip (rejected)->size);
  g_assert_cmpint (storage.clips, >, 2 * storage.rejected);
  g_assert_cmpint (storage.proxies, >, 0);

  inb_queue_clean_storage_async (queue, INB_STORAGE_REJECTED, take_result_cb, &result);
  g_assert_true (finish (queue, &result, NULL));
  g_assert_true (inb_job_get_facts (rejected)->gone);
  g_assert_cmpint (access (inb_job_get_clip (rejected)->poster, F_OK), ==, 0);
  g_assert_cmpint (unlink (inb_job_get_clip (lost)->path), ==, 0);
  inb_queue_close (queue);
  next = open_queue (root, INB_QUEUE_RUN);
  jobs_tools_wait_for (inb_queue_get_job (next, inb_job_get_id (lost)), INB_JOB_MISSING_FILE);
  g_assert_cmpint (inb_job_get_state (inb_queue_get_job (next, inb_job_get_id (rejected))), ==,
                   INB_JOB_DONE);
}

static void
test_review_copies_are_made_again (void)
{
  g_autoptr (JobsRoot) root = jobs_tools_make_root ();
  g_autoptr (InbQueue) queue = open_queue (root, INB_QUEUE_RUN);
  g_autoptr (InbJob) job = make_done (queue);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  inb_queue_clean_storage_async (queue, INB_STORAGE_PROXIES, take_result_cb, &result);
  g_assert_true (finish (queue, &result, NULL));
  g_assert_cmpuint (jobs_tools_count (root, "proxies"), ==, 0);
  inb_queue_make_media_async (queue, inb_job_get_id (job), NULL, take_result_cb, &result);
  g_assert_true (finish (queue, &result, &error));
  g_assert_cmpint (access (inb_job_get_clip (job)->proxy, F_OK), ==, 0);
  g_assert_cmpuint (jobs_tools_count (root, "tmp"), ==, 0);
  inb_queue_make_media_async (queue, "nobody", NULL, take_result_cb, &result);
  g_assert_false (finish (queue, &result, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_BAD_INPUT);
}

static InbJob *
import (InbQueue *queue, const char *text, GError **error)
{
  g_autofree char *path = g_build_filename (inb_queue_get_root (queue), "from elsewhere.mp4", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;

  if (text != NULL)
    g_assert_true (g_file_set_contents (path, text, -1, NULL));
  else
    g_unlink (path);
  inb_queue_import_async (queue, file, NULL, NULL, NULL, take_result_cb, &result);
  jobs_tools_iterate_until (is_there, &result);
  return inb_queue_import_finish (queue, result, error);
}

static void
test_a_clip_made_elsewhere_becomes_a_take (void)
{
  g_autoptr (JobsRoot) root = jobs_tools_make_root ();
  g_autoptr (InbQueue) queue = open_queue (root, INB_QUEUE_FOLLOW);
  g_autoptr (GError) error = NULL;
  g_autoptr (InbJob) job = import (queue, "CLIP mp4 1920 1080 300 30\n", &error);
  const InbRequest *request;

  g_assert_no_error (error);
  request = inb_job_get_request (job);
  g_assert_cmpint (inb_job_get_state (job), ==, INB_JOB_DONE);
  g_assert_cmpstr (request->provider, ==, "import");
  g_assert_cmpstr (request->start_name, ==, "from elsewhere.mp4");
  g_assert_null (request->start);
  g_assert_cmpuint (request->duration_s, ==, 10);
  g_assert_cmpstr (inb_job_get_product_name (job), ==, "from elsewhere");
  g_assert_cmpuint (inb_job_get_take (job), ==, 1);
  g_assert_cmpuint (inb_job_get_clip (job)->n_frames, ==, 300);
  g_assert_cmpint (access (inb_job_get_clip (job)->path, F_OK), ==, 0);
  g_assert_cmpint (access (inb_job_get_clip (job)->poster, F_OK), ==, 0);
  g_assert_cmpint (inb_job_get_facts (job)->actual_micros, ==, 0);
  g_assert_cmpint (inb_queue_get_spent_today (queue), ==, 0);
  g_assert_cmpuint (count_listed (queue), ==, 1);
  g_assert_cmpuint (jobs_tools_count (root, "clips"), ==, 2);
  g_assert_cmpuint (jobs_tools_count (root, "tmp"), ==, 0);
}

static void
test_what_is_no_clip_leaves_nothing (void)
{
  g_autoptr (JobsRoot) root = jobs_tools_make_root ();
  g_autoptr (InbQueue) queue = open_queue (root, INB_QUEUE_FOLLOW);
  g_autoptr (GError) no_clip = NULL;
  g_autoptr (GError) no_file = NULL;

  g_assert_null (import (queue, "a letter", &no_clip));
  g_assert_error (no_clip, INB_ERROR, INB_ERROR_BAD_CLIP);
  g_assert_null (import (queue, NULL, &no_file));
  g_assert_error (no_file, INB_ERROR, INB_ERROR_BAD_INPUT);
  g_assert_nonnull (strstr (no_file->message, "from elsewhere.mp4"));
  g_assert_cmpuint (jobs_tools_count (root, "clips"), ==, 0);
  g_assert_cmpuint (jobs_tools_count (root, "tmp"), ==, 0);
  g_assert_cmpuint (count_listed (queue), ==, 0);
}

static void
test_settings_that_spend_are_kept (void)
{
  static const char *const route[] = { "fal", "kling", NULL };
  g_autoptr (JobsRoot) root = jobs_tools_make_root ();
  g_autoptr (InbQueue) queue = open_queue (root, INB_QUEUE_FOLLOW);
  g_autoptr (InbQueue) other = NULL;
  g_auto (GStrv) kept = NULL;
  g_autofree char *text = NULL;
  g_autofree char *none = NULL;

  inb_queue_set_day_cap_async (queue, 5000000, NULL, NULL);
  inb_queue_set_route_async (queue, route, NULL, NULL);
  inb_queue_set_text_async (queue, INB_SETTING_MAX_COST, "700000", NULL, NULL);
  inb_queue_close (queue);
  other = open_queue (root, INB_QUEUE_FOLLOW);
  g_assert_cmpint (inb_queue_get_day_cap (other), ==, 5000000);
  kept = inb_queue_get_route (other);
  g_assert_true (g_strv_equal ((const char *const *) kept, route));
  text = inb_queue_get_text (other, INB_SETTING_MAX_COST);
  g_assert_cmpstr (text, ==, "700000");
  none = inb_queue_get_text (other, "nothing");
  g_assert_null (none);
}

int
main (int argc, char **argv)
{
  jobs_tools_init (&argc, &argv);
  g_test_add_func ("/queue/the-list-has-what-matters-now", test_the_list_has_what_matters_now);
  g_test_add_func ("/queue/a-job-outside-the-list-is-followed-too",
                   test_a_job_outside_the_list_is_followed_too);
  g_test_add_func ("/queue/changes-are-made-in-their-order", test_changes_are_made_in_their_order);
  g_test_add_func ("/queue/a-form-survives-as-it-is", test_a_form_survives_as_it_is);
  g_test_add_func ("/queue/deleting-is-hiding-until-the-trash",
                   test_deleting_is_hiding_until_the_trash);
  g_test_add_func ("/queue/what-was-deleted-earlier-goes-at-the-next-start",
                   test_what_was_deleted_earlier_goes_at_the_next_start);
  g_test_add_func ("/queue/nothing-that-was-given-up-is-missed",
                   test_nothing_that_was_given_up_is_missed);
  g_test_add_func ("/queue/review-copies-are-made-again", test_review_copies_are_made_again);
  g_test_add_func ("/queue/a-clip-made-elsewhere-becomes-a-take",
                   test_a_clip_made_elsewhere_becomes_a_take);
  g_test_add_func ("/queue/what-is-no-clip-leaves-nothing", test_what_is_no_clip_leaves_nothing);
  g_test_add_func ("/queue/settings-that-spend-are-kept", test_settings_that_spend_are_kept);
  return jobs_tools_run ();
}
