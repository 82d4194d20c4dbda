/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-test.h"
#include "ui/inb-details.h"
#include "ui/inb-filter-button.h"
#include "ui/inb-poster.h"
#include "ui/inb-take-row.h"
#include "ui/inb-takes.h"

typedef struct
{
  GListStore *jobs;
  InbTakes *takes;
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
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) take = g_simple_action_new ("take", G_VARIANT_TYPE ("(ss)"));

  self->wanted = g_string_new (NULL);
  g_signal_connect (take, "activate", G_CALLBACK (take_cb), self->wanted);
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (take));
  self->jobs = g_list_store_new (INB_TYPE_JOB);
  self->takes = INB_TAKES (inb_takes_new ());
  gtk_widget_insert_action_group (GTK_WIDGET (self->takes), "win", G_ACTION_GROUP (actions));
  inb_takes_set_jobs (self->takes, G_LIST_MODEL (self->jobs));
  inb_takes_set_product (self->takes, "mug");
  self->window = ui_test_show (GTK_WIDGET (self->takes), 300, 500);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_object_ref (self->takes);
  ui_test_close (self->window);
  ui_test_let_go (self->takes);
  ui_test_let_go (self->jobs);
  g_string_free (self->wanted, TRUE);
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
      g_assert_nonnull (ui_test_find (GTK_WIDGET (row), GTK_TYPE_IMAGE, NULL));
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

static GtkWidget *
get_row (Fixture *self, int place)
{
  return GTK_WIDGET (gtk_list_box_get_row_at_index (get_list (self), place));
}

static void
test_cancel_and_retry_name_their_take (Fixture *self, gconstpointer data)
{
  InbJob *job = add (self, "mug", 1, INB_JOB_RUNNING);
  GtkWidget *row = get_row (self, 0);
  GtkWidget *cancel = find_action (row, "take.cancel");

  g_assert_true (gtk_widget_get_visible (cancel));
  g_assert_null (find_action (row, "take.retry"));
  g_signal_emit_by_name (cancel, "clicked");
  ui_test_set_job (job, INB_JOB_FAILED_LOCAL, -1.0, "The disk is full. Make room, then try again.");
  g_assert_false (gtk_widget_is_visible (cancel));
  g_assert_nonnull (ui_test_find (row, GTK_TYPE_LABEL, "Failed, not charged"));
  g_assert_nonnull (
      ui_test_find (row, GTK_TYPE_LABEL, "The disk is full. Make room, then try again."));
  g_assert_nonnull (ui_test_find (row, GTK_TYPE_LABEL, "Try Again · free"));
  g_signal_emit_by_name (find_action (row, "take.retry"), "clicked");
  g_assert_cmpstr (self->wanted->str, ==, "cancel mug-1;retry mug-1;");
}

/* A job of a service, which @facts tell of. */
static InbJob *
add_hosted (Fixture *self, guint take, const InbJobFacts *facts)
{
  g_autoptr (InbRequest) request = ui_test_request ();
  g_autofree char *id = g_strdup_printf ("mug-%u", take);
  g_autoptr (InbJob) job = NULL;

  g_free (request->provider);
  request->provider = g_strdup ("wavespeed");
  job = inb_job_new (id, "mug", take, request, take, 350000);
  inb_job_set_facts (job, facts);
  g_list_store_insert (self->jobs, 0, job);
  return job;
}

static void
test_a_paid_retry_says_what_it_costs (Fixture *self, gconstpointer data)
{
  InbJobFacts facts = { .state = INB_JOB_FAILED_REMOTE,
                        .error_message = "The picture was refused.",
                        .request_id = "req-7",
                        .charged = "maybe",
                        .actual_micros = -1 };
  GtkWidget *row;

  add_hosted (self, 1, &facts);
  row = get_row (self, 0);
  g_assert_nonnull (
      ui_test_find (row, GTK_TYPE_LABEL, "Failed at WaveSpeedAI, may have been charged"));
  g_assert_nonnull (ui_test_find (row, GTK_TYPE_LABEL, "Try Again · $0.35"));
  g_signal_emit_by_name (find_action (row, "take.order"), "clicked");
  g_signal_emit_by_name (find_action (row, "take.copy-id"), "clicked");
  g_assert_cmpstr (self->wanted->str, ==, "order mug-1;copy-id mug-1;");
}

static void
test_an_unknown_take_can_be_asked_for_given_up_or_sent_again (Fixture *self, gconstpointer data)
{
  InbJobFacts facts = { .state = INB_JOB_UNKNOWN, .charged = "maybe", .actual_micros = -1 };
  GtkWidget *row;

  add_hosted (self, 1, &facts);
  row = get_row (self, 0);
  g_assert_nonnull (ui_test_find (row, GTK_TYPE_LABEL, "Not known whether it was charged"));
  g_signal_emit_by_name (find_action (row, "take.ask"), "clicked");
  g_signal_emit_by_name (find_action (row, "take.give-up"), "clicked");
  g_signal_emit_by_name (find_action (row, "take.resend"), "clicked");
  g_assert_nonnull (ui_test_find (row, GTK_TYPE_LABEL, "Send Again · may pay twice"));
  g_assert_cmpstr (self->wanted->str, ==, "ask mug-1;give-up mug-1;resend mug-1;");
}

static void
test_a_held_request_counts_down_and_can_be_undone (Fixture *self, gconstpointer data)
{
  InbJobFacts facts = { .state = INB_JOB_READY,
                        .charged = "no",
                        .actual_micros = -1,
                        .hold_us = g_get_real_time () + 3600 * (gint64) G_USEC_PER_SEC };
  InbJob *job = add_hosted (self, 1, &facts);
  GtkWidget *row = get_row (self, 0);

  g_assert_nonnull (ui_test_find (row, GTK_TYPE_LABEL, "Sends in 3600 seconds"));
  g_assert_nonnull (ui_test_find (row, GTK_TYPE_LABEL, "Undo"));
  facts.hold_us = 1;
  facts.charged = "no";
  inb_job_set_facts (job, &facts);
  g_assert_null (ui_test_find (row, GTK_TYPE_LABEL, "Undo"));
  g_assert_true (gtk_widget_is_visible (find_action (row, "take.cancel")));
}

static void
test_a_sent_request_has_a_time_left_from_experience (Fixture *self, gconstpointer data)
{
  InbJobFacts facts = { .state = INB_JOB_RUNNING,
                        .progress = -1.0,
                        .charged = "maybe",
                        .actual_micros = -1,
                        .sent_us = g_get_real_time () - 40 * (gint64) G_USEC_PER_SEC };
  g_autoptr (InbRequest) request = ui_test_request ();
  g_autoptr (InbJob) job = NULL;
  GtkWidget *row;

  g_free (request->provider);
  request->provider = g_strdup ("eachlabs");
  job = inb_job_new ("mug-1", "mug", 1, request, 1, 350000);
  inb_job_set_typical (job, 160 * (gint64) G_USEC_PER_SEC);
  inb_job_set_facts (job, &facts);
  g_list_store_insert (self->jobs, 0, job);
  row = get_row (self, 0);
  g_assert_nonnull (ui_test_find (row, GTK_TYPE_LABEL, "About 2 minutes left"));
  g_assert_cmpfloat (
      gtk_progress_bar_get_fraction (ui_test_find (row, GTK_TYPE_PROGRESS_BAR, NULL)), >=, 0.25);
}

static void
set_facts (InbJob *job, gboolean deleted, int mark)
{
  InbJobFacts facts = { .state = INB_JOB_DONE,
                        .progress = 1.0,
                        .charged = "no",
                        .actual_micros = -1,
                        .deleted = deleted,
                        .mark = mark };

  inb_job_set_facts (job, &facts);
}

static void
test_a_deleted_take_goes_and_comes_back_to_its_place (Fixture *self, gconstpointer data)
{
  InbJob *jobs[3];

  for (guint i = 0; i < 3; i++)
    jobs[i] = add (self, "mug", i + 1, INB_JOB_DONE);
  g_assert_true (inb_takes_select (self->takes, "mug-2"));
  set_facts (jobs[1], TRUE, 0);
  g_assert_cmpuint (inb_takes_get_count (self->takes), ==, 2);
  g_assert_true (inb_takes_get_selected (self->takes) == jobs[0]); /* the next older one */
  g_assert_cmpuint (inb_takes_get_highest (self->takes), ==, 3);
  set_facts (jobs[1], FALSE, 0);
  g_assert_cmpuint (inb_takes_get_count (self->takes), ==, 3);
  g_assert_true (inb_take_row_get_job (INB_TAKE_ROW (get_row (self, 1))) == jobs[1]);
  g_assert_true (inb_takes_get_selected (self->takes) == jobs[0]);
  for (guint i = 0; i < 3; i++)
    set_facts (jobs[i], TRUE, 0);
  g_assert_null (inb_takes_get_selected (self->takes));
}

static void
test_a_filter_changes_the_list_and_not_the_stage (Fixture *self, gconstpointer data)
{
  InbJob *done = add (self, "mug", 1, INB_JOB_DONE);
  InbJob *failed = add (self, "mug", 2, INB_JOB_FAILED_LOCAL);
  InbFilterButton *filter = ui_test_find (GTK_WIDGET (self->takes), INB_TYPE_FILTER_BUTTON, NULL);

  g_assert_true (inb_takes_select (self->takes, "mug-2"));
  inb_filter_button_set_selected (filter, "done");
  g_assert_true (inb_take_row_get_job (INB_TAKE_ROW (get_row (self, 0))) == done);
  g_assert_null (get_row (self, 1));
  g_assert_true (inb_takes_get_selected (self->takes) == failed);
  g_assert_cmpuint (inb_takes_get_count (self->takes), ==, 2);
  inb_filter_button_set_selected (filter, "accepted");
  g_assert_null (get_row (self, 0));
  set_facts (done, FALSE, 1);
  g_assert_true (inb_take_row_get_job (INB_TAKE_ROW (get_row (self, 0))) == done);
  g_assert_nonnull (ui_test_find (get_row (self, 0), GTK_TYPE_LABEL, "Accepted"));
  inb_filter_button_set_selected (filter, "all");
  g_assert_nonnull (get_row (self, 1));
  g_assert_true (gtk_list_box_get_selected_row (get_list (self)) ==
                 GTK_LIST_BOX_ROW (get_row (self, 0)));
}

/* M-23: ten jobs finish while the fifth is looked at, scrolled somewhere. */
static void
test_results_move_neither_selection_nor_scroll_nor_focus (Fixture *self, gconstpointer data)
{
  graphene_rect_t before, after;
  GtkWidget *scroller;
  InbJob *jobs[20];

  for (guint i = 0; i < 20; i++)
    jobs[i] = add (self, "mug", i + 1, i < 10 ? INB_JOB_DONE : INB_JOB_RUNNING);
  g_assert_true (inb_takes_select (self->takes, "mug-5"));
  gtk_widget_grab_focus (get_row (self, 15));
  ui_test_paint (self->window);
  ui_test_paint (self->window);
  scroller = gtk_widget_get_ancestor (GTK_WIDGET (get_list (self)), GTK_TYPE_SCROLLED_WINDOW);
  g_assert_true (gtk_widget_compute_bounds (get_row (self, 15), scroller, &before));
  g_assert_cmpfloat (before.origin.y, <, gtk_widget_get_height (scroller)); /* it is in view */
  for (guint i = 10; i < 20; i++)
    {
      ui_test_set_job (jobs[i], INB_JOB_DONE, 1.0, NULL);
      g_assert_true (inb_takes_get_selected (self->takes) == jobs[4]);
    }
  ui_test_paint (self->window);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (self->window)) == get_row (self, 15));
  g_assert_true (gtk_list_box_get_selected_row (get_list (self)) ==
                 GTK_LIST_BOX_ROW (get_row (self, 15)));
  /* the rows above became shorter: what is looked at stays where it is */
  g_assert_true (gtk_widget_compute_bounds (get_row (self, 15), scroller, &after));
  g_assert_cmpfloat (after.origin.y, ==, before.origin.y);
  add (self, "mug", 21, INB_JOB_RUNNING);
  ui_test_paint (self->window);
  g_assert_true (gtk_widget_compute_bounds (get_row (self, 16), scroller, &after));
  g_assert_cmpfloat (after.origin.y, ==, before.origin.y);
}

static void
test_tab_passes_the_list_with_one_take (Fixture *self, gconstpointer data)
{
  GtkWidget *focus;

  for (guint i = 0; i < 5; i++)
    add (self, "mug", i + 1, INB_JOB_DONE);
  ui_test_paint (self->window);
  gtk_widget_grab_focus (get_row (self, 2));
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (self->takes), GTK_DIR_TAB_FORWARD));
  focus = gtk_window_get_focus (GTK_WINDOW (self->window));
  g_assert_true (gtk_widget_is_ancestor (focus, get_row (self, 2))); /* its menu */
  g_assert_false (gtk_widget_child_focus (GTK_WIDGET (self->takes), GTK_DIR_TAB_FORWARD));
  gtk_widget_grab_focus (get_row (self, 2));
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (self->takes), GTK_DIR_TAB_BACKWARD));
  focus = gtk_window_get_focus (GTK_WINDOW (self->window));
  g_assert_nonnull (gtk_widget_get_ancestor (focus, INB_TYPE_FILTER_BUTTON));
}

static void
test_of_many_takes_the_newest_are_made_first (Fixture *self, gconstpointer data)
{
  GtkWidget *more;

  for (guint i = 0; i < 100; i++)
    add (self, "mug", i + 1, INB_JOB_DONE);
  more = find_action (GTK_WIDGET (self->takes), "takes.more");
  g_assert_true (gtk_widget_get_visible (more));
  g_assert_null (get_row (self, 40));
  g_signal_emit_by_name (more, "clicked");
  g_assert_nonnull (get_row (self, 79));
  g_assert_null (get_row (self, 80));
  g_assert_true (inb_takes_select (self->takes, "mug-3"));
  g_assert_true (inb_takes_get_selected (self->takes) ==
                 inb_take_row_get_job (INB_TAKE_ROW (get_row (self, 97))));
  g_signal_emit_by_name (more, "clicked");
  g_assert_false (gtk_widget_get_visible (more));
}

static void
test_details_are_beside_the_form_and_lead_back (Fixture *self, gconstpointer data)
{
  InbJob *first = add (self, "mug", 1, INB_JOB_DONE);
  InbJob *second = add (self, "mug", 2, INB_JOB_DONE);
  GtkWidget *row = get_row (self, 0), *details;

  gtk_widget_grab_focus (row);
  inb_takes_show_details (self->takes, second);
  details = ui_test_find (GTK_WIDGET (self->takes), INB_TYPE_DETAILS, NULL);
  g_assert_true (gtk_widget_get_mapped (details));
  g_assert_nonnull (ui_test_find (details, GTK_TYPE_LABEL, "What changed since take 1"));
  g_assert_nonnull (
      ui_test_find (details, GTK_TYPE_LABEL, "Asked for the same; only chance differs"));
  g_assert_nonnull (ui_test_find (details, GTK_TYPE_LABEL, "mug-2"));
  inb_takes_select (self->takes, "mug-1");
  g_assert_true (inb_details_get_job (INB_DETAILS (details)) == first);
  g_assert_null (ui_test_find (details, GTK_TYPE_LABEL, "mug-2"));
  inb_takes_show_details (self->takes, first);
  gtk_widget_activate_action (details, "takes.back", NULL);
  ui_test_paint (self->window);
  g_assert_false (gtk_widget_get_mapped (details));
}

static void
test_names_say_it_in_one_breath (Fixture *self, gconstpointer data)
{
  InbJob *job = add (self, "mug", 3, INB_JOB_DONE);
  GtkWidget *row = get_row (self, 0);

  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Take 3, Done, 5 seconds, Local engine");
  set_facts (job, FALSE, 1);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Take 3, Accepted, 5 seconds, Local engine");
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

static void
poster_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = inb_poster_load_finish (result, &error);

  g_assert_no_error (error);
  g_assert_nonnull (texture);
  ++*(guint *) user_data;
}

static void
test_a_poster_is_the_picture_made_small (void)
{
  g_autofree char *root = ui_test_make_root ();
  g_autofree char *path = g_build_filename (root, "halves.png", NULL);
  g_autofree guint32 *halves = g_new (guint32, 640 * 360);
  g_autofree guint32 *seen = g_new0 (guint32, 192 * 108);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkTexture) full = NULL;
  GdkTexture *small;
  guint n_loaded = 0;

  for (guint i = 0; i < 640 * 360; i++)
    halves[i] = i % 640 < 320 ? 0xffd02010 : 0xff1040c0;
  bytes = g_bytes_new (halves, sizeof (guint32) * 640 * 360);
  full = gdk_memory_texture_new (640, 360, GDK_MEMORY_DEFAULT, bytes, sizeof (guint32) * 640);
  g_assert_true (gdk_texture_save_to_png (full, path));
  inb_poster_load_async (path, NULL, poster_loaded_cb, &n_loaded);
  while (n_loaded == 0)
    g_main_context_iteration (NULL, TRUE);
  small = inb_poster_peek (path);
  g_assert_cmpint (gdk_texture_get_width (small), ==, 192);
  g_assert_cmpint (gdk_texture_get_height (small), ==, 108);
  gdk_texture_download (small, (guchar *) seen, sizeof (guint32) * 192);
  g_assert_cmphex (seen[0], ==, 0xffd02010);
  g_assert_cmphex (seen[54 * 192 + 90], ==, 0xffd02010);
  g_assert_cmphex (seen[54 * 192 + 101], ==, 0xff1040c0);
  g_assert_cmphex (seen[107 * 192 + 191], ==, 0xff1040c0);
  ui_test_remove_root (root);
}

static void
test_posters_at_hand_are_bounded (void)
{
  g_autofree char *root = ui_test_make_root ();
  guint n_loaded = 0;

  for (guint i = 0; i < 130; i++)
    {
      g_autofree char *name = g_strdup_printf ("poster-%u.png", i);
      g_autofree char *path = ui_test_write_photo (root, name, 32, 18);

      inb_poster_load_async (path, NULL, poster_loaded_cb, &n_loaded);
      while (n_loaded <= i)
        g_main_context_iteration (NULL, TRUE);
      g_assert_nonnull (inb_poster_peek (path));
    }
  g_assert_cmpuint (inb_poster_get_n_kept (), ==, 96);
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
  ADD ("a-paid-retry-says-what-it-costs", test_a_paid_retry_says_what_it_costs);
  ADD ("unknown", test_an_unknown_take_can_be_asked_for_given_up_or_sent_again);
  ADD ("hold", test_a_held_request_counts_down_and_can_be_undone);
  ADD ("time-left", test_a_sent_request_has_a_time_left_from_experience);
  ADD ("deleted", test_a_deleted_take_goes_and_comes_back_to_its_place);
  ADD ("filter", test_a_filter_changes_the_list_and_not_the_stage);
  ADD ("results-move-nothing", test_results_move_neither_selection_nor_scroll_nor_focus);
  ADD ("one-tab-stop", test_tab_passes_the_list_with_one_take);
  ADD ("many", test_of_many_takes_the_newest_are_made_first);
  ADD ("details", test_details_are_beside_the_form_and_lead_back);
  ADD ("names", test_names_say_it_in_one_breath);
  g_test_add_func ("/takes/a-poster-is-the-picture-made-small",
                   test_a_poster_is_the_picture_made_small);
  g_test_add_func ("/takes/posters-are-bounded", test_posters_at_hand_are_bounded);
  ADD ("cancel-and-retry-name-their-take", test_cancel_and_retry_name_their_take);
  ADD ("a-poster-appears-when-the-clip-is-there", test_a_poster_appears_when_the_clip_is_there);
#undef ADD
  return g_test_run ();
}
