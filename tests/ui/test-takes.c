/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-test.h"
#include "ui/inb-take-row.h"
#include "ui/inb-takes.h"

typedef struct
{
  GListStore *jobs;
  InbTakes *takes;
  GtkWidget *window;
  char *cancelled;
  char *retried;
} Fixture;

static void
wish_cb (InbTakes *takes, const char *id, char **place)
{
  g_free (*place);
  *place = g_strdup (id);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->jobs = g_list_store_new (INB_TYPE_JOB);
  self->takes = INB_TAKES (inb_takes_new ());
  inb_takes_set_jobs (self->takes, G_LIST_MODEL (self->jobs));
  inb_takes_set_product (self->takes, "mug");
  g_signal_connect (self->takes, "cancel", G_CALLBACK (wish_cb), &self->cancelled);
  g_signal_connect (self->takes, "retry", G_CALLBACK (wish_cb), &self->retried);
  self->window = ui_test_show (GTK_WIDGET (self->takes), 260, 500);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_object_ref (self->takes);
  ui_test_close (self->window);
  ui_test_let_go (self->takes);
  ui_test_let_go (self->jobs);
  g_free (self->cancelled);
  g_free (self->retried);
}

static InbJob *
add (Fixture *self, const char *product, guint take, InbJobState state)
{
  g_autoptr (InbJob) job = ui_test_job (product, take, state);

  g_list_store_insert (self->jobs, 0, job);
  return job; /* the store holds it */
}

static GtkListBox *
get_list (Fixture *self)
{
  return ui_test_find (GTK_WIDGET (self->takes), GTK_TYPE_LIST_BOX, NULL);
}

static void
test_only_this_product_newest_first (Fixture *self, gconstpointer data)
{
  GtkListBox *list = get_list (self);

  add (self, "mug", 2, INB_JOB_DONE);
  add (self, "cup", 1, INB_JOB_DONE);
  add (self, "mug", 1, INB_JOB_DONE);
  add (self, "mug", 3, INB_JOB_RUNNING);
  g_assert_cmpuint (inb_takes_get_count (self->takes), ==, 3);
  g_assert_cmpuint (inb_takes_get_highest (self->takes), ==, 3);
  for (int i = 0; i < 3; i++)
    {
      InbTakeRow *row = INB_TAKE_ROW (gtk_list_box_get_row_at_index (list, i));

      g_assert_cmpuint (inb_job_get_take (inb_take_row_get_job (row)), ==, 3 - (guint) i);
    }
  inb_takes_set_product (self->takes, "cup");
  g_assert_cmpuint (inb_takes_get_count (self->takes), ==, 1);
}

static void
test_first_take_is_selected_by_itself (Fixture *self, gconstpointer data)
{
  InbJob *job = add (self, "mug", 1, INB_JOB_PREPARING);

  g_assert_true (inb_takes_get_selected (self->takes) == job);
}

static void
test_newest_never_steals_what_is_being_judged (Fixture *self, gconstpointer data)
{
  InbJob *first = add (self, "mug", 1, INB_JOB_DONE);
  InbJob *second = add (self, "mug", 2, INB_JOB_RUNNING);
  GtkListBox *list = get_list (self);

  g_assert_true (inb_takes_get_selected (self->takes) == second); /* nobody has chosen yet */
  gtk_list_box_select_row (list, gtk_list_box_get_row_at_index (list, 1));
  g_assert_true (inb_takes_get_selected (self->takes) == first);
  for (guint i = 3; i < 13; i++)
    {
      InbJob *job = add (self, "mug", i, INB_JOB_RUNNING);

      ui_test_set_job (job, INB_JOB_DONE, 1.0, NULL);
      g_assert_true (inb_takes_get_selected (self->takes) == first);
    }
}

static void
test_each_state_is_an_icon_and_a_word (Fixture *self, gconstpointer data)
{
  for (InbJobState state = INB_JOB_PREPARING; state <= INB_JOB_MISSING_FILE; state++)
    {
      InbJob *job = add (self, "mug", state, state);
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (get_list (self), 0);

      g_assert_true (inb_take_row_get_job (INB_TAKE_ROW (row)) == job);
      g_assert_nonnull (
          ui_test_find (GTK_WIDGET (row), GTK_TYPE_LABEL, inb_job_state_get_words (state)));
    }
}

static void
test_progress_is_shown_while_it_runs (Fixture *self, gconstpointer data)
{
  InbJob *job = add (self, "mug", 1, INB_JOB_RUNNING);
  GtkWidget *row = GTK_WIDGET (gtk_list_box_get_row_at_index (get_list (self), 0));
  GtkProgressBar *bar = ui_test_find (row, GTK_TYPE_PROGRESS_BAR, NULL);

  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (bar)));
  inb_job_set_progress (job, 0.25);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (bar)));
  g_assert_cmpfloat (gtk_progress_bar_get_fraction (bar), ==, 0.25);
  ui_test_set_job (job, INB_JOB_DONE, 1.0, NULL);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (bar)));
}

static GtkWidget *
find_action (GtkWidget *from, const char *action)
{
  if (GTK_IS_BUTTON (from) &&
      g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (from)), action) == 0)
    return from;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_action (child, action);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_cancel_and_retry_name_their_take (Fixture *self, gconstpointer data)
{
  InbJob *job = add (self, "mug", 1, INB_JOB_RUNNING);
  GtkWidget *row = GTK_WIDGET (gtk_list_box_get_row_at_index (get_list (self), 0));
  GtkWidget *cancel = find_action (row, "takes.cancel");
  GtkWidget *retry = find_action (row, "takes.retry");

  g_assert_true (gtk_widget_get_visible (cancel));
  g_assert_false (gtk_widget_get_visible (retry));
  g_signal_emit_by_name (cancel, "clicked");
  g_assert_cmpstr (self->cancelled, ==, "mug-1");
  ui_test_set_job (job, INB_JOB_FAILED_LOCAL, -1.0, "The disk is full. Make room, then try again.");
  g_assert_false (gtk_widget_get_visible (cancel));
  g_assert_true (gtk_widget_get_visible (retry));
  g_assert_nonnull (ui_test_find (row, GTK_TYPE_LABEL, "Failed, not charged"));
  g_assert_nonnull (
      ui_test_find (row, GTK_TYPE_LABEL, "The disk is full. Make room, then try again."));
  g_signal_emit_by_name (retry, "clicked");
  g_assert_cmpstr (self->retried, ==, "mug-1");
}

static void
test_a_poster_appears_when_the_clip_is_there (Fixture *self, gconstpointer data)
{
  g_autofree char *root = ui_test_make_root ();
  InbJob *job = add (self, "mug", 1, INB_JOB_RUNNING);
  GtkWidget *row = GTK_WIDGET (gtk_list_box_get_row_at_index (get_list (self), 0));
  GtkPicture *picture = ui_test_find (row, GTK_TYPE_PICTURE, NULL);
  g_autoptr (InbClip) clip = inb_clip_new ();
  InbJobFacts facts = { .state = INB_JOB_DONE, .progress = 1.0, .clip = clip };

  clip->path = g_strdup ("/nonexistent/clip.mp4");
  clip->poster = ui_test_write_photo (root, "poster.png", 640, 360);
  clip->fps_d = 1;
  inb_job_set_facts (job, &facts);
  while (gtk_picture_get_paintable (picture) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (gdk_paintable_get_intrinsic_width (gtk_picture_get_paintable (picture)), ==,
                   192);
  ui_test_remove_root (root);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

#define ADD(path, function) g_test_add ("/takes/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("only-this-product-newest-first", test_only_this_product_newest_first);
  ADD ("first-take-is-selected-by-itself", test_first_take_is_selected_by_itself);
  ADD ("newest-never-steals-what-is-being-judged", test_newest_never_steals_what_is_being_judged);
  ADD ("each-state-is-an-icon-and-a-word", test_each_state_is_an_icon_and_a_word);
  ADD ("progress-is-shown-while-it-runs", test_progress_is_shown_while_it_runs);
  ADD ("cancel-and-retry-name-their-take", test_cancel_and_retry_name_their_take);
  ADD ("a-poster-appears-when-the-clip-is-there", test_a_poster_appears_when_the_clip_is_there);
#undef ADD
  return g_test_run ();
}
