/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "jobs-tools.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>
#include <utime.h>

#include "core/inb-error.h"
#include "jobs/inb-queue.h"
#include "jobs/inb-recovery.h"
#include "store/inb-files.h"
#include "store/inb-paths.h"
#include "store/inb-store.h"

/* What a killed process left: a data folder with one job in a state, and its files. */
typedef struct
{
  char *root;
  char *id;
  gint64 created_us;
  char *part;
  InbStore *store;
} Wreck;

static InbQueue *
open_queue (const char *root, InbQueueFlags flags)
{
  g_autoptr (GError) error = NULL;
  InbQueue *queue = inb_queue_open (root, flags, &error);

  g_assert_no_error (error);
  return queue;
}

static void
put (const char *path, const char *text)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
move (Wreck *wreck, InbJobState to, const char *part)
{
  InbMove arrow = { .to = to, .part = part };
  g_autoptr (GError) error = NULL;

  g_assert_true (inb_store_move (wreck->store, wreck->id, &arrow, &error));
  g_assert_no_error (error);
}

/* One job that a stopped runner brought to READY, with its frame */
static void
make_wreck (Wreck *self)
{
  g_autoptr (InbRequest) request = NULL;
  g_autoptr (InbQueue) queue = NULL;
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GError) error = NULL;
  InbJob *job;

  self->root = jobs_tools_make_root ();
  request = jobs_tools_make_request (self->root);
  queue = open_queue (self->root, INB_QUEUE_RUN);
  jobs_tools_order ("render:hang");
  jobs = jobs_tools_add (queue, request);
  job = g_ptr_array_index (jobs, 0);
  jobs_tools_wait_for_progress (job, 0.1);
  inb_queue_close (queue);
  jobs_tools_order (NULL);
  g_assert_cmpint (inb_job_get_state (job), ==, INB_JOB_READY);
  self->id = g_strdup (inb_job_get_id (job));
  self->created_us = inb_job_get_created (job);
  self->part = inb_paths_dup_temporary (self->root, "job-clip-left-behind.mp4");
  self->store = inb_store_open (self->root, INB_DATABASE_WRITE, &error);
  g_assert_no_error (error);
}

static void
wreck_clear (Wreck *self)
{
  g_clear_pointer (&self->store, inb_store_close);
  jobs_tools_remove (self->root);
  g_free (self->id);
  g_free (self->part);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wreck, wreck_clear)

/* Starts again; the runs of workers that it took are left in @log. */
static InbJobState
recover (Wreck *self, char **log)
{
  g_autoptr (InbQueue) queue = NULL;
  InbJob *job;

  g_clear_pointer (&self->store, inb_store_close);
  jobs_tools_begin_log ();
  queue = open_queue (self->root, INB_QUEUE_RUN);
  job = inb_queue_get_job (queue, self->id);
  jobs_tools_wait_for_rest (job);
  *log = jobs_tools_end_log ();
  inb_queue_close (queue);
  g_assert_cmpuint (jobs_tools_count (self->root, "tmp"), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (queue)), ==, 1);
  return inb_job_get_state (job);
}

static const char clip_text[] = "CLIP mp4 1920 1440 150 30 seed 7\n";

/* Notes the clip as the verification does before it gives the final names. */
static void
note_clip (Wreck *self, const char *sha256)
{
  g_autoptr (InbClip) clip = inb_clip_new ();

  clip->path = inb_paths_dup_clip (self->root, self->created_us, self->id, "mp4");
  clip->proxy = inb_paths_dup_proxy (self->root, self->id, "mp4");
  clip->poster = inb_paths_dup_poster (self->root, self->id);
  clip->sha256 = g_strdup (sha256);
  clip->container = g_strdup ("mp4");
  g_assert_true (inb_store_set_clip (self->store, self->id, clip, NULL));
  put (clip->proxy, "proxy");
  put (clip->poster, "poster");
}

static void
test_a_render_begins_again (void)
{
  g_auto (Wreck) wreck = { 0 };
  g_autofree char *log = NULL;

  make_wreck (&wreck);
  move (&wreck, INB_JOB_RUNNING, NULL);
  put (wreck.part, "half a clip");
  g_assert_cmpint (recover (&wreck, &log), ==, INB_JOB_DONE);
  g_assert_cmpstr (log, ==, "render 7\ninspect 0\nposter 0\nproxy 0\n");
}

static void
test_a_whole_clip_is_verified_again (void)
{
  g_auto (Wreck) wreck = { 0 };
  g_autofree char *log = NULL;

  make_wreck (&wreck);
  move (&wreck, INB_JOB_RUNNING, NULL);
  move (&wreck, INB_JOB_VERIFYING, wreck.part);
  put (wreck.part, clip_text);
  g_assert_cmpint (recover (&wreck, &log), ==, INB_JOB_DONE);
  g_assert_cmpstr (log, ==, "inspect 0\nposter 0\nproxy 0\n");
}

static void
test_only_the_last_commit_was_missing (void)
{
  g_auto (Wreck) wreck = { 0 };
  g_autofree char *log = NULL;
  g_autofree char *path = NULL;
  g_autofree char *sha256 = NULL;

  make_wreck (&wreck);
  path = inb_paths_dup_clip (wreck.root, wreck.created_us, wreck.id, "mp4");
  sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, clip_text, -1);
  move (&wreck, INB_JOB_RUNNING, NULL);
  move (&wreck, INB_JOB_VERIFYING, wreck.part);
  note_clip (&wreck, sha256);
  put (path, clip_text);
  g_assert_cmpint (recover (&wreck, &log), ==, INB_JOB_DONE);
  g_assert_cmpstr (log, ==, "");
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
}

static void
test_a_clip_that_is_not_the_one_is_rendered_again (void)
{
  g_auto (Wreck) wreck = { 0 };
  g_autofree char *log = NULL;
  g_autofree char *path = NULL;
  g_autofree char *sha256 = g_strnfill (64, 'f');
  g_autofree char *text = NULL;

  make_wreck (&wreck);
  path = inb_paths_dup_clip (wreck.root, wreck.created_us, wreck.id, "mp4");
  move (&wreck, INB_JOB_RUNNING, NULL);
  move (&wreck, INB_JOB_VERIFYING, wreck.part);
  note_clip (&wreck, sha256);
  put (path, "something else");
  g_assert_cmpint (recover (&wreck, &log), ==, INB_JOB_DONE);
  g_assert_cmpstr (log, ==, "render 7\ninspect 0\nposter 0\nproxy 0\n");
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, clip_text);
}

static void
test_a_vanished_part_is_rendered_again (void)
{
  g_auto (Wreck) wreck = { 0 };
  g_autofree char *log = NULL;

  make_wreck (&wreck);
  move (&wreck, INB_JOB_RUNNING, NULL);
  move (&wreck, INB_JOB_VERIFYING, wreck.part);
  g_assert_cmpint (recover (&wreck, &log), ==, INB_JOB_DONE);
  g_assert_cmpstr (log, ==, "render 7\ninspect 0\nposter 0\nproxy 0\n");
}

static void
test_vanished_frames_are_made_again (void)
{
  g_auto (Wreck) wreck = { 0 };
  g_autofree char *log = NULL;

  make_wreck (&wreck);
  jobs_tools_empty (wreck.root, "frames");
  g_assert_cmpint (recover (&wreck, &log), ==, INB_JOB_DONE);
  g_assert_cmpstr (log, ==, "photo 0\nrender 7\ninspect 0\nposter 0\nproxy 0\n");
}

static void
test_a_wish_is_carried_out_after_a_restart (void)
{
  g_auto (Wreck) wreck = { 0 };
  g_autofree char *log = NULL;

  make_wreck (&wreck);
  move (&wreck, INB_JOB_RUNNING, NULL);
  move (&wreck, INB_JOB_VERIFYING, wreck.part);
  put (wreck.part, clip_text);
  g_assert_true (inb_store_wish_cancel (wreck.store, wreck.id, NULL));
  g_assert_cmpint (recover (&wreck, &log), ==, INB_JOB_CANCELLED_UNSENT);
  g_assert_cmpstr (log, ==, "");
  g_assert_cmpuint (jobs_tools_count (wreck.root, "clips"), ==, 0);
}

static void
test_a_missing_file_is_told_and_found_again (void)
{
  g_auto (Wreck) wreck = { 0 };
  g_autofree char *log = NULL;
  g_autofree char *again = NULL;
  g_autofree char *path = NULL;
  g_autofree char *aside = NULL;
  g_autoptr (InbQueue) queue = NULL;

  make_wreck (&wreck);
  path = inb_paths_dup_clip (wreck.root, wreck.created_us, wreck.id, "mp4");
  aside = g_strconcat (wreck.root, "-aside", NULL);
  g_assert_cmpint (recover (&wreck, &log), ==, INB_JOB_DONE);
  g_assert_cmpint (g_rename (path, aside), ==, 0);
  queue = open_queue (wreck.root, INB_QUEUE_RUN);
  jobs_tools_wait_for (inb_queue_get_job (queue, wreck.id), INB_JOB_MISSING_FILE);
  inb_queue_close (queue);
  g_clear_object (&queue);
  g_assert_cmpint (g_rename (aside, path), ==, 0);
  queue = open_queue (wreck.root, INB_QUEUE_RUN);
  jobs_tools_wait_for (inb_queue_get_job (queue, wreck.id), INB_JOB_DONE);
}

static void
test_only_what_is_nobodys_is_swept (void)
{
  g_auto (Wreck) wreck = { 0 };
  g_autofree char *living = NULL;
  g_autofree char *dead = NULL;
  g_autofree char *young = NULL;
  g_autofree char *old = NULL;
  g_autoptr (InbQueue) queue = NULL;
  struct utimbuf days_ago = { time (NULL) - 200000, time (NULL) - 200000 };
  int fd;

  make_wreck (&wreck);
  living = inb_paths_dup_temporary (wreck.root, "keep-living");
  dead = inb_paths_dup_temporary (wreck.root, "keep-dead");
  young = inb_paths_dup_temporary (wreck.root, "preview-young");
  old = inb_paths_dup_temporary (wreck.root, "preview-old");
  put (living, "x");
  put (dead, "x");
  put (young, "x");
  put (old, "x");
  g_assert_cmpint (utime (old, &days_ago), ==, 0);
  fd = open (living, O_RDONLY);
  g_assert_cmpint (flock (fd, LOCK_EX), ==, 0);
  queue = open_queue (wreck.root, INB_QUEUE_RUN);
  jobs_tools_wait_for (inb_queue_get_job (queue, wreck.id), INB_JOB_DONE);
  g_assert_true (g_file_test (living, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (young, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (dead, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (old, G_FILE_TEST_EXISTS));
  close (fd);
}

static void
test_the_jobs_of_others_are_left_alone (void)
{
  g_auto (Wreck) wreck = { 0 };
  g_autoptr (InbRequest) request = NULL;
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (InbQueue) queue = NULL;
  g_autoptr (InbRow) row = NULL;

  make_wreck (&wreck);
  request = jobs_tools_make_request (wreck.root);
  g_free (request->provider);
  request->provider = g_strdup ("a-service-of-a-later-version");
  ids = inb_store_add (wreck.store, request, NULL, "x", &(InbTerms){ 1, 1 }, NULL);
  queue = open_queue (wreck.root, INB_QUEUE_RUN);
  jobs_tools_wait_for (inb_queue_get_job (queue, wreck.id), INB_JOB_DONE);
  inb_queue_close (queue);
  row = inb_store_get (wreck.store, g_ptr_array_index (ids, 0), NULL);
  g_assert_cmpint (inb_job_get_state (row->job), ==, INB_JOB_PREPARING);
  g_assert_cmpint (inb_job_get_facts (row->job)->started_us, ==, 0);
}

/* A paid job as a killed program left it while its request was leaving */
static InbRow *
recover_submitting (Wreck *wreck, gboolean whole)
{
  g_autoptr (InbRequest) request = NULL;
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GError) error = NULL;
  InbTerms terms = { .estimate_micros = 350000, .reserve_micros = 350000, .key_source = "session" };
  InbAttempt attempt = {
    .provider = "novita", .key_mark = "mark", .idempotency_key = "key", .body_sha256 = "hash"
  };
  InbMove ready = { .to = INB_JOB_READY };
  InbMove submitting = { .to = INB_JOB_SUBMITTING, .attempt = &attempt };
  InbRow *row;

  make_wreck (wreck);
  request = jobs_tools_make_request (wreck->root);
  g_free (request->provider);
  request->provider = g_strdup ("novita");
  ids = inb_store_add (wreck->store, request, NULL, "mug", &terms, &error);
  g_assert_no_error (error);
  g_free (wreck->id);
  wreck->id = g_strdup (g_ptr_array_index (ids, 0));
  g_assert_true (inb_store_move (wreck->store, wreck->id, &ready, NULL));
  g_assert_true (inb_store_move (wreck->store, wreck->id, &submitting, NULL));
  if (whole)
    g_assert_true (inb_store_mark_whole (wreck->store, wreck->id, NULL));
  g_assert_true (inb_recovery_run (wreck->store, TRUE, &error));
  g_assert_no_error (error);
  row = inb_store_get (wreck->store, wreck->id, &error);
  g_assert_no_error (error);
  return row;
}

static void
test_half_a_paid_request_is_none (void)
{
  g_auto (Wreck) wreck = { 0 };
  g_autoptr (InbRow) row = recover_submitting (&wreck, FALSE);

  g_assert_cmpint (inb_job_get_state (row->job), ==, INB_JOB_READY);
}

static void
test_a_whole_paid_request_without_answer_is_unknown (void)
{
  g_auto (Wreck) wreck = { 0 };
  g_autoptr (InbRow) row = recover_submitting (&wreck, TRUE);

  g_assert_cmpint (inb_job_get_state (row->job), ==, INB_JOB_UNKNOWN);
  g_assert_cmpstr (inb_job_get_facts (row->job)->charged, ==, "maybe");
}

static void
test_what_counts_as_over_may_not_leave (void)
{
  g_auto (Wreck) wreck = { 0 };
  g_autoptr (InbRow) row = recover_submitting (&wreck, FALSE);
  g_autoptr (GError) error = NULL;

  g_assert_false (inb_store_mark_whole (wreck.store, wreck.id, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_STORE);
}

static void
test_a_paid_request_under_way_is_left_alone (void)
{
  g_auto (Wreck) wreck = { 0 };
  g_autoptr (InbRow) before = recover_submitting (&wreck, FALSE);
  g_autoptr (InbRow) row = NULL;
  InbAttempt attempt = {
    .provider = "novita", .key_mark = "mark", .idempotency_key = "key", .body_sha256 = "hash"
  };
  InbMove submitting = { .to = INB_JOB_SUBMITTING, .attempt = &attempt };

  g_assert_true (inb_store_move (wreck.store, wreck.id, &submitting, NULL));
  g_assert_true (inb_recovery_run (wreck.store, FALSE, NULL));
  row = inb_store_get (wreck.store, wreck.id, NULL);
  g_assert_cmpint (inb_job_get_state (row->job), ==, INB_JOB_SUBMITTING);
  g_assert_true (inb_store_mark_whole (wreck.store, wreck.id, NULL));
}

int
main (int argc, char **argv)
{
  jobs_tools_init (&argc, &argv);
  g_test_add_func ("/recovery/a-render-begins-again", test_a_render_begins_again);
  g_test_add_func ("/recovery/a-whole-clip-is-verified-again", test_a_whole_clip_is_verified_again);
  g_test_add_func ("/recovery/only-the-last-commit-was-missing",
                   test_only_the_last_commit_was_missing);
  g_test_add_func ("/recovery/a-clip-that-is-not-the-one-is-rendered-again",
                   test_a_clip_that_is_not_the_one_is_rendered_again);
  g_test_add_func ("/recovery/a-vanished-part-is-rendered-again",
                   test_a_vanished_part_is_rendered_again);
  g_test_add_func ("/recovery/vanished-frames-are-made-again", test_vanished_frames_are_made_again);
  g_test_add_func ("/recovery/a-wish-is-carried-out-after-a-restart",
                   test_a_wish_is_carried_out_after_a_restart);
  g_test_add_func ("/recovery/a-missing-file-is-told-and-found-again",
                   test_a_missing_file_is_told_and_found_again);
  g_test_add_func ("/recovery/only-what-is-nobodys-is-swept", test_only_what_is_nobodys_is_swept);
  g_test_add_func ("/recovery/the-jobs-of-others-are-left-alone",
                   test_the_jobs_of_others_are_left_alone);
  g_test_add_func ("/recovery/half-a-paid-request-is-none", test_half_a_paid_request_is_none);
  g_test_add_func ("/recovery/a-whole-paid-request-without-answer-is-unknown",
                   test_a_whole_paid_request_without_answer_is_unknown);
  g_test_add_func ("/recovery/what-counts-as-over-may-not-leave",
                   test_what_counts_as_over_may_not_leave);
  g_test_add_func ("/recovery/a-paid-request-under-way-is-left-alone",
                   test_a_paid_request_under_way_is_left_alone);
  return jobs_tools_run ();
}
