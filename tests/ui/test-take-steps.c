/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "inb-test-wait.h"
#include "store/inb-paths.h"
#include "store/inb-store.h"
#include "ui-test.h"
#include "ui/inb-take-steps.h"

/* Three finished takes of a real data folder that nobody runs, a toast overlay, and the steps. */
typedef struct
{
  char *root;
  InbQueue *queue;
  InbJob *jobs[3];
  AdwToastOverlay *toasts;
  GtkWidget *window;
  InbTakeSteps *steps;
  guint n_failed;
} Fixture;

static void
failed_cb (Fixture *self)
{
  self->n_failed++;
}

static char *
dup_clip (Fixture *self, guint take)
{
  g_autofree char *name = g_strdup_printf ("take-%u.mp4", take);

  return g_build_filename (self->root, "clips", name, NULL);
}

static void
fill_store (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InbRequest) request = ui_test_request ();
  g_autoptr (GPtrArray) ids = NULL;
  InbStore *store;

  inb_paths_make (self->root, &error);
  g_assert_no_error (error);
  store = inb_store_open (self->root, INB_DATABASE_WRITE, &error);
  g_assert_no_error (error);
  request->takes = 3;
  ids = inb_store_add (store, request, NULL, "Mug", &(InbTerms){ .estimate_micros = 0 }, &error);
  g_assert_no_error (error);
  inb_database_run (inb_store_get_database (store),
                    "UPDATE jobs SET state = 'DONE', finished_us = created_us + 1,"
                    " clip = 'clips/take-' || take || '.mp4', width = 16, height = 16, fps_n = 30,"
                    " fps_d = 1, n_frames = 1, size = 4",
                    &error);
  g_assert_no_error (error);
  inb_store_close (store);
  for (guint take = 1; take <= 3; take++)
    {
      g_autofree char *path = dup_clip (self, take);

      g_assert_true (g_file_set_contents (path, "clip", 4, NULL));
    }
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->root = ui_test_make_root ();
  fill_store (self);
  self->queue = inb_queue_open (self->root, INB_QUEUE_FOLLOW | INB_QUEUE_ALL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (InbJob) job = g_list_model_get_item (G_LIST_MODEL (self->queue), i);

      self->jobs[inb_job_get_take (job) - 1] = job; /* the queue holds it */
    }
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_toast_overlay_set_child (self->toasts, gtk_label_new ("Takes"));
  self->window = ui_test_show (GTK_WIDGET (self->toasts), 400, 300);
  self->steps = inb_take_steps_new (self->queue, self->toasts);
  g_signal_connect_swapped (self->steps, "failed", G_CALLBACK (failed_cb), self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_cmpuint (self->n_failed, ==, 0);
  ui_test_let_go (self->steps);
  ui_test_close (self->window);
  inb_queue_close (self->queue);
  ui_test_let_go (self->queue);
  ui_test_remove_root (self->root);
  g_free (self->root);
}

static gboolean
is_deleted (Fixture *self, guint take)
{
  return inb_job_get_facts (self->jobs[take - 1])->deleted;
}

static int
get_mark (Fixture *self, guint take)
{
  return inb_job_get_facts (self->jobs[take - 1])->mark;
}

static void
test_a_deletion_is_hidden_at_once_and_undone (Fixture *self, gconstpointer data)
{
  g_autofree char *clip = dup_clip (self, 2);

  inb_take_steps_delete (self->steps, self->jobs[1]);
  wait_until (is_deleted (self, 2));
  g_assert_nonnull (ui_test_find (GTK_WIDGET (self->toasts), GTK_TYPE_LABEL, "Take 2 deleted"));
  g_assert_true (g_file_test (clip, G_FILE_TEST_EXISTS));
  g_assert_true (inb_take_steps_undo (self->steps));
  wait_until (!is_deleted (self, 2));
  g_assert_true (g_file_test (clip, G_FILE_TEST_EXISTS));
  g_assert_false (inb_take_steps_get_undo_time (self->steps) > 0);
  g_assert_true (inb_take_steps_redo (self->steps));
  wait_until (is_deleted (self, 2));
  g_assert_true (inb_take_steps_undo (self->steps));
  wait_until (!is_deleted (self, 2));
}

static void
test_several_deletions_are_one_toast_and_one_step (Fixture *self, gconstpointer data)
{
  GtkWidget *button;

  for (guint i = 0; i < 3; i++)
    inb_take_steps_delete (self->steps, self->jobs[i]);
  wait_until (is_deleted (self, 1) && is_deleted (self, 2) && is_deleted (self, 3));
  ui_test_paint (self->window);
  g_assert_nonnull (ui_test_find (GTK_WIDGET (self->toasts), GTK_TYPE_LABEL, "3 takes deleted"));
  button = ui_test_find (GTK_WIDGET (self->toasts), GTK_TYPE_BUTTON, "Undo");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  wait_until (!is_deleted (self, 1) && !is_deleted (self, 2) && !is_deleted (self, 3));
  g_assert_false (inb_take_steps_get_undo_time (self->steps) > 0);
}

static void
test_files_go_when_the_toast_is_gone_and_the_row_stays (Fixture *self, gconstpointer data)
{
  g_autofree char *clip = dup_clip (self, 1);
  g_autofree char *other = dup_clip (self, 3);
  GtkWidget *close;

  inb_take_steps_mark (self->steps, self->jobs[2], 1);
  inb_take_steps_delete (self->steps, self->jobs[0]);
  wait_until (is_deleted (self, 1) && get_mark (self, 3) == 1);
  ui_test_paint (self->window);
  /* the toast's own button to close it, the last in it */
  close = ui_test_find (GTK_WIDGET (self->toasts), GTK_TYPE_BUTTON, "Undo");
  close = gtk_widget_get_next_sibling (close);
  g_signal_emit_by_name (close, "clicked");
  wait_until (inb_job_get_facts (self->jobs[0])->gone);
  g_assert_false (g_file_test (clip, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
  g_assert_true (inb_queue_get_job (self->queue, inb_job_get_id (self->jobs[0])) == self->jobs[0]);
  /* the mark before it can still be undone */
  g_assert_true (inb_take_steps_undo (self->steps));
  wait_until (get_mark (self, 3) == 0);
  g_assert_false (inb_take_steps_get_undo_time (self->steps) > 0);
}

static void
test_marks_change_back_and_forth (Fixture *self, gconstpointer data)
{
  inb_take_steps_mark (self->steps, self->jobs[0], 1);
  wait_until (get_mark (self, 1) == 1);
  inb_take_steps_mark (self->steps, self->jobs[0], -1);
  wait_until (get_mark (self, 1) == -1);
  inb_take_steps_mark (self->steps, self->jobs[0], -1); /* the same again takes it away */
  wait_until (get_mark (self, 1) == 0);
  g_assert_true (inb_take_steps_undo (self->steps));
  wait_until (get_mark (self, 1) == -1);
  g_assert_true (inb_take_steps_undo (self->steps));
  wait_until (get_mark (self, 1) == 1);
  g_assert_true (inb_take_steps_redo (self->steps));
  wait_until (get_mark (self, 1) == -1);
  inb_take_steps_mark (self->steps, self->jobs[1], 1); /* what was undone is gone */
  wait_until (get_mark (self, 2) == 1);
  g_assert_false (inb_take_steps_get_redo_time (self->steps) > 0);
}

static const char *
get_name (Fixture *self, guint take)
{
  return inb_job_get_facts (self->jobs[take - 1])->name;
}

static void
test_names_are_given_and_taken_back (Fixture *self, gconstpointer data)
{
  inb_take_steps_name (self->steps, self->jobs[0], "hero");
  wait_until (g_strcmp0 (get_name (self, 1), "hero") == 0);
  inb_take_steps_name (self->steps, self->jobs[0], "hero"); /* no step */
  inb_take_steps_name (self->steps, self->jobs[0], NULL);
  wait_until (get_name (self, 1) == NULL);
  g_assert_true (inb_take_steps_undo (self->steps));
  wait_until (g_strcmp0 (get_name (self, 1), "hero") == 0);
  g_assert_true (inb_take_steps_undo (self->steps));
  wait_until (get_name (self, 1) == NULL);
  g_assert_cmpint (inb_take_steps_get_undo_time (self->steps), ==, 0);
  g_assert_true (inb_take_steps_redo (self->steps));
  wait_until (g_strcmp0 (get_name (self, 1), "hero") == 0);
}

/* A key over three takes, one of them rejected before: one step, which gives each its own back. */
static void
test_marks_at_one_go_are_one_step (Fixture *self, gconstpointer data)
{
  inb_take_steps_mark (self->steps, self->jobs[2], -1);
  wait_until (get_mark (self, 3) == -1);
  for (guint i = 0; i < 3; i++)
    inb_take_steps_mark (self->steps, self->jobs[i], 1);
  wait_until (get_mark (self, 1) == 1 && get_mark (self, 2) == 1 && get_mark (self, 3) == 1);
  g_assert_true (inb_take_steps_undo (self->steps));
  wait_until (get_mark (self, 1) == 0 && get_mark (self, 2) == 0 && get_mark (self, 3) == -1);
  g_assert_true (inb_take_steps_redo (self->steps));
  wait_until (get_mark (self, 1) == 1 && get_mark (self, 2) == 1 && get_mark (self, 3) == 1);
}

static void
test_what_came_in_goes_and_comes_back (Fixture *self, gconstpointer data)
{
  inb_take_steps_imported (self->steps, self->jobs[1]);
  g_assert_true (inb_take_steps_undo (self->steps));
  wait_until (is_deleted (self, 2));
  g_assert_null (ui_test_find (GTK_WIDGET (self->toasts), GTK_TYPE_LABEL, "Take 2 deleted"));
  inb_take_steps_restore (self->steps, self->jobs[1]);
  wait_until (!is_deleted (self, 2));
  g_assert_true (inb_take_steps_undo (self->steps));
  wait_until (is_deleted (self, 2));
  g_assert_true (inb_take_steps_redo (self->steps));
  wait_until (!is_deleted (self, 2));
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

#define ADD(path, function) \
  g_test_add ("/take-steps/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("undone", test_a_deletion_is_hidden_at_once_and_undone);
  ADD ("several", test_several_deletions_are_one_toast_and_one_step);
  ADD ("trash", test_files_go_when_the_toast_is_gone_and_the_row_stays);
  ADD ("marks", test_marks_change_back_and_forth);
  ADD ("names", test_names_are_given_and_taken_back);
  ADD ("one-go", test_marks_at_one_go_are_one_step);
  ADD ("imported", test_what_came_in_goes_and_comes_back);
#undef ADD
  return g_test_run ();
}
