/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-test.h"
#include "ui/inb-job-row.h"
#include "ui/inb-jobs-button.h"
#include "ui/inb-notifier.h"
#include "ui/inb-working.h"

static GListStore *
make_jobs (guint n_rendering)
{
  GListStore *jobs = g_list_store_new (INB_TYPE_JOB);
  g_autoptr (InbJob) done = ui_test_job ("mug", 1, INB_JOB_DONE);

  g_list_store_append (jobs, done);
  for (guint i = 0; i < n_rendering; i++)
    {
      g_autoptr (InbJob) job = ui_test_job ("mug", i + 2, INB_JOB_RUNNING);

      g_list_store_insert (jobs, 0, job); /* newest first, as the queue has them */
    }
  return jobs;
}

static InbJob *
get_job (GListStore *jobs, guint position)
{
  g_autoptr (InbJob) job = g_list_model_get_item (G_LIST_MODEL (jobs), position);

  return job; /* the list holds it */
}

static void
test_only_what_is_at_work_is_listed_in_the_order_it_was_asked_for (void)
{
  g_autoptr (GListStore) jobs = make_jobs (3);
  g_autoptr (InbWorking) working = inb_working_new (G_LIST_MODEL (jobs));

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (working)), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (InbJob) job = g_list_model_get_item (G_LIST_MODEL (working), i);

      g_assert_cmpuint (inb_job_get_take (job), ==, i + 2);
    }
  ui_test_set_job (get_job (jobs, 1), INB_JOB_FAILED_LOCAL, -1.0, "broken");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (working)), ==, 2);
  ui_test_set_job (get_job (jobs, 1), INB_JOB_RUNNING, 0.1, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (working)), ==, 3);
  g_list_store_remove (jobs, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (working)), ==, 2);
}

static void
test_progress_is_the_mean_of_all_and_unknown_is_none (void)
{
  g_autoptr (GListStore) jobs = make_jobs (2);
  g_autoptr (InbWorking) working = inb_working_new (G_LIST_MODEL (jobs));

  g_assert_cmpfloat (inb_working_get_progress (working), ==, 0.0);
  inb_job_set_progress (get_job (jobs, 0), 0.5);
  g_assert_cmpfloat_with_epsilon (inb_working_get_progress (working), 0.25, 0.001);
  ui_test_set_job (get_job (jobs, 0), INB_JOB_DONE, 1.0, NULL);
  g_assert_cmpfloat (inb_working_get_progress (working), ==, 0.0);
}

static void
moved_cb (InbWorking *working, InbJob *job, guint before, GString *seen)
{
  g_string_append_printf (seen, "%u:%u>%u ", inb_job_get_take (job), before,
                          inb_job_get_state (job));
}

static void
test_each_move_is_told_once (void)
{
  g_autoptr (GListStore) jobs = make_jobs (1);
  g_autoptr (InbWorking) working = inb_working_new (G_LIST_MODEL (jobs));
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autofree char *expected = g_strdup_printf ("2:%d>%d ", INB_JOB_RUNNING, INB_JOB_DONE);

  g_signal_connect (working, "moved", G_CALLBACK (moved_cb), seen);
  inb_job_set_progress (get_job (jobs, 0), 0.4);
  ui_test_set_job (get_job (jobs, 0), INB_JOB_RUNNING, 0.5, NULL);
  ui_test_set_job (get_job (jobs, 0), INB_JOB_DONE, 1.0, NULL);
  g_assert_cmpstr (seen->str, ==, expected);
}

static void
test_what_a_stop_would_leave_unsent_is_counted (void)
{
  g_autoptr (GListStore) jobs = g_list_store_new (INB_TYPE_JOB);
  g_autoptr (InbWorking) working = inb_working_new (G_LIST_MODEL (jobs));
  static const InbJobState states[] = { INB_JOB_READY, INB_JOB_PREPARING, INB_JOB_QUEUED };

  for (guint paid = 0; paid < 2; paid++)
    for (guint i = 0; i < G_N_ELEMENTS (states); i++)
      {
        g_autoptr (InbRequest) request = ui_test_request ();
        g_autoptr (InbJob) job = NULL;
        g_autofree char *id = g_strdup_printf ("%u-%u", paid, i);

        g_free (request->provider);
        request->provider = g_strdup (paid ? "wavespeed" : "local");
        job = inb_job_new (id, "mug", i, request, i, 0);
        ui_test_set_job (job, states[i], -1.0, NULL);
        g_list_store_append (jobs, job);
      }
  g_assert_cmpuint (inb_working_count_unsent (working), ==, 2);
  g_assert_true (inb_working_is_busy (working));
}

static void
test_a_service_at_work_lets_the_computer_sleep (void)
{
  g_autoptr (GListStore) jobs = g_list_store_new (INB_TYPE_JOB);
  g_autoptr (InbWorking) working = inb_working_new (G_LIST_MODEL (jobs));
  g_autoptr (InbRequest) request = ui_test_request ();
  g_autoptr (InbJob) job = NULL;

  g_free (request->provider);
  request->provider = g_strdup ("wavespeed");
  job = inb_job_new ("one", "mug", 1, request, 1, 0);
  ui_test_set_job (job, INB_JOB_RUNNING, -1.0, NULL);
  g_list_store_append (jobs, job);
  g_assert_false (inb_working_is_busy (working));
  ui_test_set_job (job, INB_JOB_DOWNLOADING, 0.2, NULL);
  g_assert_true (inb_working_is_busy (working));
}

static void
test_the_button_counts_and_lists (void)
{
  g_autoptr (GListStore) jobs = make_jobs (2);
  GtkWidget *button = inb_jobs_button_new ();
  GtkWidget *window;
  GtkWidget *row;

  window = ui_test_show (button, 400, 300);
  gtk_test_accessible_assert_property (ui_test_find (button, GTK_TYPE_MENU_BUTTON, NULL),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "No jobs at work");
  g_assert_false (gtk_widget_get_visible (button));
  inb_jobs_button_set_jobs (INB_JOBS_BUTTON (button), G_LIST_MODEL (jobs));
  gtk_test_accessible_assert_property (ui_test_find (button, GTK_TYPE_MENU_BUTTON, NULL),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "2 jobs at work");
  g_assert_true (gtk_widget_get_visible (button));
  inb_jobs_button_popup (INB_JOBS_BUTTON (button));
  ui_test_paint (window);
  row = ui_test_find (button, INB_TYPE_JOB_ROW, NULL);
  g_assert_nonnull (row);
  g_assert_cmpuint (inb_job_get_take (inb_job_row_get_job (INB_JOB_ROW (row))), ==, 2);
  ui_test_set_job (get_job (jobs, 0), INB_JOB_DONE, 1.0, NULL);
  ui_test_set_job (get_job (jobs, 1), INB_JOB_DONE, 1.0, NULL);
  g_assert_null (ui_test_find (button, INB_TYPE_JOB_ROW, NULL));
  g_assert_nonnull (ui_test_find (button, GTK_TYPE_LABEL, "Nothing is at work"));
  g_assert_true (gtk_widget_get_visible (button)); /* not under the hand of who reads it */
  inb_jobs_button_popup (INB_JOBS_BUTTON (button));
  ui_test_run_idle ();
  g_assert_false (gtk_widget_get_visible (button));
  inb_jobs_button_popup (INB_JOBS_BUTTON (button));
  g_assert_true (gtk_widget_get_visible (button));
  ui_test_close (window);
}

static void
assert_title (GPtrArray *jobs, gboolean failed, const char *words)
{
  g_autofree char *title = inb_notifier_dup_title (jobs, failed);

  g_assert_cmpstr (title, ==, words);
}

static void
test_a_notification_stands_alone (void)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (InbRequest) request = ui_test_request ();
  InbJob *job;

  request->framing.ratio = INB_RATIO_9_16;
  job = inb_job_new ("one", "mug", 1, request, 1, 0);
  inb_job_set_product_name (job, "Blue mug");
  g_ptr_array_add (jobs, job);
  assert_title (jobs, FALSE, "Blue mug 9:16 is ready");
  assert_title (jobs, TRUE, "Blue mug 9:16 was not made");
  g_ptr_array_add (jobs, g_object_ref (job));
  assert_title (jobs, FALSE, "2 clips ready");
  assert_title (jobs, TRUE, "2 clips were not made");
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
#define ADD(path, function) g_test_add_func ("/jobs-button/" path, function)
  ADD ("only-what-is-at-work-is-listed-in-the-order-it-was-asked-for",
       test_only_what_is_at_work_is_listed_in_the_order_it_was_asked_for);
  ADD ("progress-is-the-mean-of-all-and-unknown-is-none",
       test_progress_is_the_mean_of_all_and_unknown_is_none);
  ADD ("each-move-is-told-once", test_each_move_is_told_once);
  ADD ("what-a-stop-would-leave-unsent-is-counted", test_what_a_stop_would_leave_unsent_is_counted);
  ADD ("a-service-at-work-lets-the-computer-sleep", test_a_service_at_work_lets_the_computer_sleep);
  ADD ("the-button-counts-and-lists", test_the_button_counts_and_lists);
  ADD ("a-notification-stands-alone", test_a_notification_stands_alone);
#undef ADD
  return g_test_run ();
}
