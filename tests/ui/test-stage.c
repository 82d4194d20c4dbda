/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-stage.h"

#include <glib/gstdio.h>
#include <gst/gst.h>

#include "core/inb-error.h"
#include "inb-test-clip.h"
#include "inb-test-wait.h"
#include "ui/inb-transport.h"
#include "ui/inb-video-view.h"

#define N_FRAMES 150

/* A window with an entry and a stage, as a person would have it. */
typedef struct
{
  GtkWidget *window;
  GtkWidget *entry;
  InbStage *stage;
  InbPlayer *player;
  InbJob *job;
} Fixture;

static char *folder;
static InbClip *clip;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autoptr (InbRequest) request = inb_request_new ();

  fixture->window = gtk_window_new ();
  fixture->entry = gtk_entry_new ();
  fixture->stage = INB_STAGE (inb_stage_new ());
  fixture->player = inb_stage_get_player (fixture->stage);
  fixture->job = inb_job_new ("a", "b", 3, request, 0, 0);
  gtk_box_append (GTK_BOX (box), fixture->entry);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fixture->stage));
  gtk_widget_set_vexpand (GTK_WIDGET (fixture->stage), TRUE);
  gtk_window_set_child (GTK_WINDOW (fixture->window), box);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 640, 480);
  gtk_window_present (GTK_WINDOW (fixture->window));
  wait_until (gtk_widget_get_height (GTK_WIDGET (fixture->stage)) > 100);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InbStage) stage = g_object_ref (fixture->stage);
  g_autoptr (InbPlayer) player = g_object_ref (fixture->player);

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (g_steal_pointer (&stage));
  g_assert_finalize_object (g_steal_pointer (&player));
  g_assert_finalize_object (fixture->job);
}

static gpointer
get_child (gpointer widget, GType type, const char *name)
{
  return gtk_widget_get_template_child (widget, type, name);
}

static GtkWidget *
get_transport (Fixture *fixture)
{
  return get_child (fixture->stage, INB_TYPE_STAGE, "transport");
}

static const char *
get_page (Fixture *fixture)
{
  return gtk_stack_get_visible_child_name (get_child (fixture->stage, INB_TYPE_STAGE, "pages"));
}

static const char *
get_numbers (Fixture *fixture)
{
  return gtk_inscription_get_text (
      get_child (get_transport (fixture), INB_TYPE_TRANSPORT, "frame"));
}

static void
set_state (Fixture *fixture, InbJobState state, double progress, const InbClip *which)
{
  InbJobFacts facts = { .state = state, .progress = progress, .clip = which };

  inb_job_set_facts (fixture->job, &facts);
}

static void
show_clip (Fixture *fixture)
{
  set_state (fixture, INB_JOB_DONE, 1.0, clip);
  inb_stage_set_job (fixture->stage, fixture->job);
}

/* Shown, standing still at a frame, and scaled to its place. */
static void
settle_at (Fixture *fixture, guint frame)
{
  inb_player_pause (fixture->player);
  inb_player_seek (fixture->player, frame);
  wait_until (inb_player_get_frame (fixture->player) == frame);
}

static gboolean
is_enabled (Fixture *fixture)
{
  return gtk_widget_get_sensitive (
      get_child (get_transport (fixture), INB_TYPE_TRANSPORT, "play_button"));
}

/* What the eye sees: the view as the window draws it, its bars read. */
static int
read_screen (Fixture *fixture)
{
  GtkWidget *view = get_child (fixture->stage, INB_TYPE_STAGE, "view");
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (view);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  int width = gtk_widget_get_width (view), height = gtk_widget_get_height (view);
  float shown = MIN ((float) width, 2.0f * (float) height); /* the clip is twice as wide as high */

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_to_node (snapshot);
  if (node == NULL)
    return -1;
  texture = gsk_renderer_render_texture (
      gtk_native_get_renderer (GTK_NATIVE (fixture->window)), node,
      &GRAPHENE_RECT_INIT (((float) width - shown) / 2.0f, 0.0f, shown, (float) height));
  return inb_test_clip_read (texture);
}

static void
test_stage_is_empty_without_a_take (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpstr (get_page (fixture), ==, "empty");
  g_assert_false (is_enabled (fixture));
}

static void
test_stage_follows_the_progress (Fixture *fixture, gconstpointer data)
{
  InbJobFacts facts = { .state = INB_JOB_RUNNING, .progress = 0.5 };
  GtkProgressBar *bar = get_child (fixture->stage, INB_TYPE_STAGE, "progress");
  AdwStatusPage *page = get_child (fixture->stage, INB_TYPE_STAGE, "working");
  GtkLabel *left = get_child (fixture->stage, INB_TYPE_STAGE, "time_left");

  set_state (fixture, INB_JOB_READY, -1.0, NULL);
  inb_stage_set_job (fixture->stage, fixture->job);
  g_assert_cmpstr (get_page (fixture), ==, "progress");
  g_assert_cmpfloat (gtk_widget_get_opacity (GTK_WIDGET (bar)), ==, 0.0);
  facts.started_us = g_get_real_time () - 17 * G_USEC_PER_SEC;
  inb_job_set_facts (fixture->job, &facts);
  g_assert_cmpfloat (gtk_widget_get_opacity (GTK_WIDGET (bar)), ==, 1.0);
  g_assert_cmpfloat (gtk_progress_bar_get_fraction (bar), ==, 0.5);
  g_assert_cmpstr (adw_status_page_get_title (page), ==, "Rendering");
  g_assert_cmpstr (gtk_label_get_label (left), ==, "About 20 seconds left");
  inb_job_set_progress (fixture->job, 0.75);
  g_assert_cmpfloat (gtk_progress_bar_get_fraction (bar), ==, 0.75);
  set_state (fixture, INB_JOB_DONE, 1.0, clip);
  g_assert_cmpstr (get_page (fixture), ==, "video");
  wait_until (inb_player_get_frame (fixture->player) > 3); /* and plays by itself */
}

static void
test_stage_says_why_there_is_no_clip (Fixture *fixture, gconstpointer data)
{
  InbJobFacts facts = { .state = INB_JOB_FAILED_LOCAL,
                        .progress = -1.0,
                        .error_name = "bad-photo",
                        .error_message = "“a<b.jpg” is damaged.",
                        .charged = "no" };
  AdwStatusPage *page = get_child (fixture->stage, INB_TYPE_STAGE, "message");
  GtkLabel *charged = get_child (fixture->stage, INB_TYPE_STAGE, "charged");

  inb_job_set_facts (fixture->job, &facts);
  inb_stage_set_job (fixture->stage, fixture->job);
  g_assert_cmpstr (get_page (fixture), ==, "message");
  g_assert_cmpstr (adw_status_page_get_description (page), ==, "“a&lt;b.jpg” is damaged.");
  g_assert_cmpstr (gtk_label_get_label (charged), ==, "Not charged");
  set_state (fixture, INB_JOB_CANCELLED_UNSENT, -1.0, NULL);
  g_assert_cmpstr (get_page (fixture), ==, "message");
  g_assert_cmpstr (adw_status_page_get_description (page), ==, "");
  set_state (fixture, INB_JOB_MISSING_FILE, 1.0, clip);
  g_assert_cmpstr (get_page (fixture), ==, "message");
  g_assert_nonnull (adw_status_page_get_description (page));
}

static void
test_stage_says_when_the_file_is_gone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InbClip) gone = inb_clip_copy (clip);
  AdwStatusPage *page = get_child (fixture->stage, INB_TYPE_STAGE, "message");

  g_free (gone->path);
  gone->path = g_build_filename (folder, "gone.mp4", NULL);
  set_state (fixture, INB_JOB_DONE, 1.0, gone);
  inb_stage_set_job (fixture->stage, fixture->job);
  wait_until (g_str_equal (get_page (fixture), "message"));
  g_assert_nonnull (strstr (adw_status_page_get_description (page), "gone.mp4"));
  g_assert_false (is_enabled (fixture));
}

static void
test_stage_says_what_decoder_is_missing (Fixture *fixture, gconstpointer data)
{
  AdwStatusPage *page = get_child (fixture->stage, INB_TYPE_STAGE, "message");

  inb_test_clip_hide_decoders (TRUE);
  show_clip (fixture);
  wait_until (g_str_equal (get_page (fixture), "message"));
  g_assert_nonnull (strstr (adw_status_page_get_description (page), "gstreamer1.0-libav"));
  inb_test_clip_hide_decoders (FALSE);
}

static void
test_stage_plays_in_a_loop_what_is_finished (Fixture *fixture, gconstpointer data)
{
  show_clip (fixture);
  g_assert_cmpstr (get_page (fixture), ==, "video");
  wait_until (inb_player_get_frame (fixture->player) >= 100);
  wait_until (inb_player_get_frame (fixture->player) < 20);
  wait_until (inb_player_get_frame (fixture->player) > 5);
  g_assert_true (inb_player_is_playing (fixture->player));
  set_state (fixture, INB_JOB_DONE, 1.0, clip); /* other facts: it does not begin again */
  g_assert_cmpuint (inb_player_get_frame (fixture->player), >, 0);
}

static void
test_stage_shows_on_screen_what_it_says (Fixture *fixture, gconstpointer data)
{
  GtkInscription *time;

  show_clip (fixture);
  settle_at (fixture, 57);
  wait_until (read_screen (fixture) == 57);
  time = get_child (get_transport (fixture), INB_TYPE_TRANSPORT, "time");
  g_assert_cmpstr (get_numbers (fixture), ==, "f 58/150");
  g_assert_cmpstr (gtk_inscription_get_text (time), ==, "00:01:27");
  settle_at (fixture, 149);
  wait_until (read_screen (fixture) == 149);
  g_assert_cmpstr (get_numbers (fixture), ==, "f 150/150");
}

static void
test_stage_stands_still_where_motion_is_unwanted (Fixture *fixture, gconstpointer data)
{
  GtkSettings *settings = gtk_widget_get_settings (fixture->window);

  g_object_set (settings, "gtk-enable-animations", FALSE, NULL);
  show_clip (fixture);
  wait_until (read_screen (fixture) == 0);
  g_assert_false (inb_player_is_playing (fixture->player));
  gtk_widget_activate_action (GTK_WIDGET (fixture->stage), "stage.toggle-play", NULL);
  wait_until (inb_player_get_frame (fixture->player) > 3); /* but plays when asked to */
  g_object_set (settings, "gtk-enable-animations", TRUE, NULL);
}

static void
test_stage_pauses_out_of_sight (Fixture *fixture, gconstpointer data)
{
  show_clip (fixture);
  wait_until (inb_player_get_frame (fixture->player) > 3);
  gtk_widget_set_visible (GTK_WIDGET (fixture->stage), FALSE);
  g_assert_false (inb_player_is_playing (fixture->player));
  gtk_widget_set_visible (GTK_WIDGET (fixture->stage), TRUE);
  g_assert_true (inb_player_is_playing (fixture->player));
}

static void
test_stage_lets_go_of_the_clip_with_the_take (Fixture *fixture, gconstpointer data)
{
  show_clip (fixture);
  wait_until (inb_player_get_frame (fixture->player) > 3);
  inb_stage_set_job (fixture->stage, NULL);
  g_assert_cmpstr (get_page (fixture), ==, "empty");
  g_assert_null (inb_player_get_clip (fixture->player));
  g_assert_false (is_enabled (fixture));
}

static void
test_stage_actions_reach_first_last_and_next (Fixture *fixture, gconstpointer data)
{
  GtkWidget *stage = GTK_WIDGET (fixture->stage);

  show_clip (fixture);
  wait_until (inb_player_get_frame (fixture->player) > 3);
  gtk_widget_activate_action (stage, "stage.last", NULL);
  wait_until (inb_player_get_frame (fixture->player) == N_FRAMES - 1);
  g_assert_false (inb_player_is_playing (fixture->player));
  gtk_widget_activate_action (stage, "stage.step", "i", -10);
  wait_until (inb_player_get_frame (fixture->player) == N_FRAMES - 11);
  gtk_widget_activate_action (stage, "stage.first", NULL);
  wait_until (inb_player_get_frame (fixture->player) == 0);
  gtk_widget_activate_action (stage, "stage.step", "i", 1);
  wait_until (inb_player_get_frame (fixture->player) == 1);
}

static void
test_timeline_seeks_exactly_and_plays_on (Fixture *fixture, gconstpointer data)
{
  GtkWidget *timeline;
  gboolean handled;

  show_clip (fixture);
  timeline = get_child (get_transport (fixture), INB_TYPE_TRANSPORT, "timeline");
  wait_until (inb_player_get_frame (fixture->player) > 3);
  g_assert_cmpfloat (gtk_range_get_value (GTK_RANGE (timeline)), >, 0.0);
  g_signal_emit_by_name (timeline, "change-value", GTK_SCROLL_JUMP, 90.4, &handled);
  g_signal_emit_by_name (timeline, "change-value", GTK_SCROLL_JUMP, 119.6, &handled);
  g_assert_false (inb_player_is_playing (fixture->player)); /* under the hand */
  g_assert_cmpfloat (gtk_range_get_value (GTK_RANGE (timeline)), ==, 120.0);
  wait_until (inb_player_get_frame (fixture->player) == 120);
  wait_until (inb_player_is_playing (fixture->player));
  settle_at (fixture, 10);
  g_signal_emit_by_name (timeline, "change-value", GTK_SCROLL_JUMP, 1e9, &handled);
  wait_until (inb_player_get_frame (fixture->player) == N_FRAMES - 1);
  g_assert_false (inb_player_is_playing (fixture->player)); /* it stood before */
}

static void
check_direction (GtkWidget *widget)
{
  GtkWidget *child;

  g_assert_cmpint (gtk_widget_get_direction (widget), ==, GTK_TEXT_DIR_LTR);
  for (child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_direction (child);
}

static void
test_transport_never_runs_from_right_to_left (Fixture *fixture, gconstpointer data)
{
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  show_clip (fixture);
  wait_until (inb_player_get_frame (fixture->player) > 3);
  settle_at (fixture, 9);
  check_direction (get_transport (fixture));
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static void
test_transport_row_keeps_its_size (Fixture *fixture, gconstpointer data)
{
  GtkWidget *transport = get_transport (fixture);
  GtkRequisition small, large;

  show_clip (fixture);
  settle_at (fixture, 1);
  gtk_widget_get_preferred_size (transport, &small, NULL);
  settle_at (fixture, 148);
  gtk_widget_get_preferred_size (transport, &large, NULL);
  g_assert_cmpint (small.width, ==, large.width);
  g_assert_cmpint (small.height, ==, large.height);
  g_assert_cmpint (large.width, <=, 360); /* the narrowest window */
}

static void
check_control (GtkWidget *widget, guint *n_buttons)
{
  graphene_rect_t bounds;
  GtkWidget *child;

  if (GTK_IS_BUTTON (widget) || GTK_IS_SCALE (widget))
    {
      g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget),
                                                       GTK_ACCESSIBLE_PROPERTY_LABEL));
      g_assert_true (gtk_widget_compute_bounds (widget, widget, &bounds)); /* with its padding */
      g_assert_cmpfloat (bounds.size.width, >=, 36.0);
      g_assert_cmpfloat (bounds.size.height, >=, 36.0);
    }
  if (GTK_IS_BUTTON (widget))
    {
      g_assert_nonnull (gtk_widget_get_tooltip_text (widget));
      g_assert_false (gtk_widget_get_focus_on_click (widget));
      (*n_buttons)++;
    }
  for (child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_control (child, n_buttons);
}

static void
test_transport_controls_are_named_and_large (Fixture *fixture, gconstpointer data)
{
  guint n_buttons = 0;

  show_clip (fixture);
  wait_until (inb_player_get_frame (fixture->player) > 3);
  check_control (get_transport (fixture), &n_buttons);
  g_assert_cmpuint (n_buttons, ==, 5);
}

static void
press (Fixture *fixture, const char *keys)
{
  g_autoptr (GError) error = NULL;
  const char *argv[] = { "xdotool", "key", "--clearmodifiers", keys, NULL };

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                &error);
  g_assert_no_error (error);
}

/* There is no window manager: the keyboard is given by hand. */
static void
take_keyboard (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  const char *argv[] = { "xdotool",     "search", "--onlyvisible", "--name", "^stage test$",
                         "windowfocus", NULL };

  gtk_window_set_title (GTK_WINDOW (fixture->window), "stage test");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  gdk_display_sync (gtk_widget_get_display (fixture->window));
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                &error);
  g_assert_no_error (error);
  wait_until (gtk_window_is_active (GTK_WINDOW (fixture->window)));
}

static void
test_keys_drive_the_stage (Fixture *fixture, gconstpointer data)
{
  GtkWidget *view = get_child (fixture->stage, INB_TYPE_STAGE, "view");

  take_keyboard (fixture);
  show_clip (fixture);
  gtk_widget_grab_focus (view);
  wait_until (inb_player_get_frame (fixture->player) > 3);
  press (fixture, "space");
  wait_until (!inb_player_is_playing (fixture->player));
  settle_at (fixture, 50);
  press (fixture, "period");
  wait_until (inb_player_get_frame (fixture->player) == 51);
  press (fixture, "Left");
  wait_until (inb_player_get_frame (fixture->player) == 50);
  press (fixture, "Right");
  wait_until (inb_player_get_frame (fixture->player) == 51);
  press (fixture, "comma");
  wait_until (inb_player_get_frame (fixture->player) == 50);
  press (fixture, "shift+Right");
  wait_until (inb_player_get_frame (fixture->player) == 60);
  press (fixture, "shift+Left");
  wait_until (inb_player_get_frame (fixture->player) == 50);
  press (fixture, "End");
  wait_until (inb_player_get_frame (fixture->player) == N_FRAMES - 1);
  press (fixture, "Home");
  wait_until (inb_player_get_frame (fixture->player) == 0);
  press (fixture, "k");
  wait_until (inb_player_is_playing (fixture->player));
}

static void
test_keys_leave_text_and_buttons_alone (Fixture *fixture, gconstpointer data)
{
  GtkWidget *button = gtk_check_button_new ();

  gtk_box_append (GTK_BOX (gtk_widget_get_parent (fixture->entry)), button);
  take_keyboard (fixture);
  show_clip (fixture);
  settle_at (fixture, 20);
  gtk_widget_grab_focus (fixture->entry);
  press (fixture, "k");
  press (fixture, "comma");
  press (fixture, "space");
  press (fixture, "period");
  wait_until (g_str_equal (gtk_editable_get_text (GTK_EDITABLE (fixture->entry)), "k, ."));
  gtk_widget_grab_focus (button);
  press (fixture, "space");
  wait_until (gtk_check_button_get_active (GTK_CHECK_BUTTON (button)));
  g_assert_cmpuint (inb_player_get_frame (fixture->player), ==, 20);
  g_assert_false (inb_player_is_playing (fixture->player));
  press (fixture, "period"); /* which a button has no use for */
  wait_until (inb_player_get_frame (fixture->player) == 21);
}

static void
test_keys_act_from_a_list_too (Fixture *fixture, gconstpointer data)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkListBoxRow *row;

  gtk_list_box_append (GTK_LIST_BOX (list), gtk_label_new ("1"));
  gtk_list_box_append (GTK_LIST_BOX (list), gtk_label_new ("2"));
  gtk_box_append (GTK_BOX (gtk_widget_get_parent (fixture->entry)), list);
  take_keyboard (fixture);
  show_clip (fixture);
  settle_at (fixture, 20);
  row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0);
  gtk_widget_grab_focus (GTK_WIDGET (row));
  press (fixture, "Right");
  wait_until (inb_player_get_frame (fixture->player) == 21);
  press (fixture, "Down"); /* which is the list's */
  row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 1);
  wait_until (gtk_root_get_focus (GTK_ROOT (fixture->window)) == GTK_WIDGET (row));
  press (fixture, "space");
  wait_until (inb_player_is_playing (fixture->player));
}

static void
add_tests (void)
{
#define add(path, function) g_test_add (path, Fixture, NULL, set_up, test_##function, tear_down)
  add ("/stage/is-empty-without-a-take", stage_is_empty_without_a_take);
  add ("/stage/follows-the-progress", stage_follows_the_progress);
  add ("/stage/says-why-there-is-no-clip", stage_says_why_there_is_no_clip);
  add ("/stage/says-when-the-file-is-gone", stage_says_when_the_file_is_gone);
  add ("/stage/says-what-decoder-is-missing", stage_says_what_decoder_is_missing);
  add ("/stage/plays-in-a-loop-what-is-finished", stage_plays_in_a_loop_what_is_finished);
  add ("/stage/shows-on-screen-what-it-says", stage_shows_on_screen_what_it_says);
  add ("/stage/stands-still-where-motion-is-unwanted", stage_stands_still_where_motion_is_unwanted);
  add ("/stage/pauses-out-of-sight", stage_pauses_out_of_sight);
  add ("/stage/lets-go-of-the-clip-with-the-take", stage_lets_go_of_the_clip_with_the_take);
  add ("/stage/actions-reach-first-last-and-next", stage_actions_reach_first_last_and_next);
  add ("/timeline/seeks-exactly-and-plays-on", timeline_seeks_exactly_and_plays_on);
  add ("/transport/never-runs-from-right-to-left", transport_never_runs_from_right_to_left);
  add ("/transport/row-keeps-its-size", transport_row_keeps_its_size);
  add ("/transport/controls-are-named-and-large", transport_controls_are_named_and_large);
  add ("/keys/drive-the-stage", keys_drive_the_stage);
  add ("/keys/leave-text-and-buttons-alone", keys_leave_text_and_buttons_alone);
  add ("/keys/act-from-a-list-too", keys_act_from_a_list_too);
#undef add
}

int
main (int argc, char **argv)
{
  g_autoptr (GtkCssProvider) style = NULL;
  int result;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  style = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (style, "/io/github/inbetween/Inbetween/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  folder = g_dir_make_tmp ("inb-stage-XXXXXX", NULL);
  clip = inb_test_clip_new (folder, "plain.mp4", N_FRAMES, 30, 1, INB_TEST_CLIP_INTRA);
  add_tests ();
  result = g_test_run ();
  g_remove (clip->path);
  g_rmdir (folder);
  inb_clip_free (clip);
  g_free (folder);
  return result;
}
