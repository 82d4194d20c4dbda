/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-test.h"
#include "ui/inb-window-private.h"

typedef struct
{
  char *root;
  GtkApplication *application;
  InbQueue *queue;
  InbWindow *window;
} Fixture;

static void
open_window (Fixture *self, int width)
{
  g_autoptr (GError) error = NULL;

  self->queue = inb_queue_open (self->root, INB_QUEUE_FOLLOW, &error);
  g_assert_no_error (error);
  self->window = INB_WINDOW (inb_window_new (self->application, self->root));
  inb_window_set_queue (self->window, self->queue);
  ui_test_show (GTK_WIDGET (self->window), width, 700);
}

static void
close_window (Fixture *self)
{
  ui_test_close_and_end (GTK_WIDGET (self->window));
  inb_queue_close (self->queue);
  ui_test_let_go (self->queue);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->root = ui_test_make_root ();
  self->application = ui_test_get_application ();
  open_window (self, data != NULL ? GPOINTER_TO_INT (data) : 1200);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  close_window (self);
  ui_test_remove_root (self->root);
  g_free (self->root);
}

static void
take_photo (Fixture *self, const char *name)
{
  g_autoptr (InbPreview) photo = ui_test_preview (name, 400, 300);

  inb_photo_slot_take_preview (inb_draft_get_start (self->window->draft), photo);
}

static void
fill (Fixture *self)
{
  take_photo (self, "mug.png");
  inb_draft_set_prompt (self->window->draft, "slow push in");
}

static const char *
get_centre (Fixture *self)
{
  return gtk_stack_get_visible_child_name (self->window->centre);
}

static void
wait_for_takes (Fixture *self, guint n_takes)
{
  ui_test_wait_uint (self->window->takes, "count", n_takes);
}

static void
test_first_run_offers_two_ways_to_begin (Fixture *self, gconstpointer data)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->window));

  g_assert_cmpstr (get_centre (self), ==, "start");
  g_assert_true (GTK_IS_BUTTON (focus));
  /* one press of Return shows a clip */
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (focus)), ==, "Try the Sample");
  g_assert_nonnull (ui_test_find (GTK_WIDGET (self->window), GTK_TYPE_BUTTON, "Choose Photo…"));
  g_assert_false (adw_flap_get_reveal_flap (self->window->takes_flap));
  g_assert_true (adw_flap_get_reveal_flap (self->window->form_flap));
  g_assert_false (inb_draft_is_ready (self->window->draft));
}

static void
test_a_photo_names_the_product_and_shows_its_framing (Fixture *self, gconstpointer data)
{
  fill (self);
  g_assert_cmpstr (adw_window_title_get_title (self->window->title), ==, "mug");
  g_assert_cmpstr (adw_window_title_get_subtitle (self->window->title), ==, "Local engine · free");
  g_assert_cmpstr (get_centre (self), ==, "framing");
}

static void
test_generate_adds_what_the_button_says_once (Fixture *self, gconstpointer data)
{
  fill (self);
  g_object_set (self->window->draft, "takes-index", 2, NULL);
  inb_composer_generate (self->window->composer);
  inb_composer_generate (self->window->composer);
  wait_for_takes (self, 3);
  inb_composer_generate (self->window->composer);
  ui_test_run_idle ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->queue)), ==, 3);
  g_assert_cmpstr (get_centre (self), ==, "take");
  g_assert_true (adw_flap_get_reveal_flap (self->window->takes_flap));
}

static void
test_held_key_asks_once (Fixture *self, gconstpointer data)
{
  fill (self);
  for (guint i = 0; i < 20; i++)
    g_assert_true (inb_window_key_pressed_cb (self->window, GDK_KEY_Return, 36, GDK_CONTROL_MASK));
  wait_for_takes (self, 1);
  /* the second is over, the key still down */
  while (!gtk_widget_is_sensitive (
      ui_test_find (GTK_WIDGET (self->window), GTK_TYPE_BUTTON, "Generate · free")))
    g_main_context_iteration (NULL, TRUE);
  inb_window_key_pressed_cb (self->window, GDK_KEY_Return, 36, GDK_CONTROL_MASK);
  ui_test_run_idle ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->queue)), ==, 1);
  /* let go and pressed again: a new wish */
  inb_window_key_released_cb (self->window, GDK_KEY_Return);
  inb_window_key_pressed_cb (self->window, GDK_KEY_Return, 36, GDK_CONTROL_MASK);
  wait_for_takes (self, 2);
}

static void
test_no_other_key_asks (Fixture *self, gconstpointer data)
{
  fill (self);
  g_assert_false (inb_window_key_pressed_cb (self->window, GDK_KEY_Return, 36, 0));
  g_assert_false (inb_window_key_pressed_cb (self->window, GDK_KEY_Return, 36,
                                             GDK_CONTROL_MASK | GDK_SHIFT_MASK));
  g_assert_false (inb_window_key_pressed_cb (self->window, GDK_KEY_space, 65, GDK_CONTROL_MASK));
  ui_test_run_idle ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->queue)), ==, 0);
}

static void
test_cancel_in_the_list_cancels_the_job (Fixture *self, gconstpointer data)
{
  g_autoptr (InbJob) job = NULL;

  fill (self);
  inb_composer_generate (self->window->composer);
  wait_for_takes (self, 1);
  job = g_list_model_get_item (G_LIST_MODEL (self->queue), 0);
  gtk_widget_activate_action (GTK_WIDGET (self->window->takes), "win.take", "(ss)", "cancel",
                              inb_job_get_id (job));
  ui_test_wait_uint (job, "state", INB_JOB_CANCELLED_UNSENT);
}

static void
test_working_at_the_form_shows_what_it_asks_for (Fixture *self, gconstpointer data)
{
  GtkListBoxRow *row;

  fill (self);
  inb_composer_generate (self->window->composer);
  wait_for_takes (self, 1);
  g_assert_cmpstr (get_centre (self), ==, "take");
  inb_draft_set_provider (self->window->draft, "wavespeed"); /* moves nothing */
  g_assert_cmpstr (get_centre (self), ==, "take");
  inb_draft_set_prompt (self->window->draft, "pan left");
  g_assert_cmpstr (get_centre (self), ==, "framing");
  ui_test_screenshot (GTK_WIDGET (self->window), "window-at-the-form");

  /* the way back, and the take that is chosen once more */
  gtk_widget_activate_action (self->window->show_take_button, "win.show-take", NULL);
  g_assert_cmpstr (get_centre (self), ==, "take");
  inb_draft_set_focus (self->window->draft, 0.3, 0.5);
  g_assert_cmpstr (get_centre (self), ==, "take"); /* it is found anew with every photo */
  g_object_set (self->window->draft, "ratio", INB_RATIO_1_1, NULL);
  g_assert_cmpstr (get_centre (self), ==, "framing");
  row = GTK_LIST_BOX_ROW (
      ui_test_find (GTK_WIDGET (self->window->takes), GTK_TYPE_LIST_BOX_ROW, NULL));
  g_signal_emit_by_name (gtk_widget_get_parent (GTK_WIDGET (row)), "row-activated", row);
  g_assert_cmpstr (get_centre (self), ==, "take");

  /* so does another photo, and the way back is as before */
  take_photo (self, "cup.png");
  g_assert_cmpstr (get_centre (self), ==, "framing");
  gtk_widget_activate_action (self->window->show_take_button, "win.show-take", NULL);
  g_assert_cmpstr (get_centre (self), ==, "take");

  /* a take that is asked for elsewhere */
  inb_draft_set_prompt (self->window->draft, "pan right");
  g_assert_cmpstr (get_centre (self), ==, "framing");
  inb_window_open_take (self->window,
                        inb_job_get_id (inb_takes_get_selected (self->window->takes)));
  g_assert_cmpstr (get_centre (self), ==, "take");
}

static void
test_new_product_begins_empty_and_keeps_the_old_takes (Fixture *self, gconstpointer data)
{
  fill (self);
  inb_composer_generate (self->window->composer);
  wait_for_takes (self, 1);
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.new-product", NULL);
  g_assert_cmpstr (get_centre (self), ==, "start");
  g_assert_cmpstr (inb_draft_get_prompt (self->window->draft), ==, "");
  g_assert_cmpuint (inb_takes_get_count (self->window->takes), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->queue)), ==, 1);
  g_assert_false (adw_flap_get_reveal_flap (self->window->takes_flap));
}

static void
test_next_start_shows_the_last_product (Fixture *self, gconstpointer data)
{
  fill (self);
  inb_composer_generate (self->window->composer);
  wait_for_takes (self, 1);
  close_window (self);
  open_window (self, 1200);
  g_assert_cmpuint (inb_takes_get_count (self->window->takes), ==, 1);
  g_assert_cmpstr (inb_draft_get_prompt (self->window->draft), ==, "slow push in");
  g_assert_cmpstr (adw_window_title_get_title (self->window->title), ==, "mug");
  g_assert_nonnull (inb_takes_get_selected (self->window->takes));
}

static void
test_a_folder_that_cannot_be_used_is_said (Fixture *self, gconstpointer data)
{
  InbWindow *window = INB_WINDOW (inb_window_new (self->application, self->root));
  g_autoptr (GError) error =
      g_error_new (G_FILE_ERROR, 0, "The folder <x> & co cannot be written.");

  inb_window_show_broken (window, error);
  ui_test_show (GTK_WIDGET (window), 800, 600);
  g_assert_nonnull (
      ui_test_find (GTK_WIDGET (window), GTK_TYPE_LABEL, "The folder <x> & co cannot be written."));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (window->pages), ==, "broken");
  ui_test_screenshot (GTK_WIDGET (window), "window-broken");
  ui_test_close (GTK_WIDGET (window));
}

static void
test_refusals_are_toasts_and_stay_on_the_status_line (Fixture *self, gconstpointer data)
{
  inb_photo_slot_refuse (inb_draft_get_start (self->window->draft), "That is <not> a photo.");
  g_assert_cmpstr (gtk_label_get_text (self->window->status), ==, "\u200eThat is <not> a photo.");
  g_assert_true (gtk_widget_get_focusable (GTK_WIDGET (self->window->status)));
}

static void
add_takes (Fixture *self)
{
  fill (self);
  inb_composer_generate (self->window->composer);
  wait_for_takes (self, 1);
  ui_test_paint (GTK_WIDGET (self->window));
}

static void
test_wide_shows_all_three_panes (Fixture *self, gconstpointer data)
{
  add_takes (self);
  g_assert_false (adw_flap_get_folded (self->window->form_flap));
  g_assert_false (adw_flap_get_folded (self->window->takes_flap));
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (self->window->composer)), >=, 320);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (self->window->composer)), <=, 400);
  ui_test_screenshot (GTK_WIDGET (self->window), "window-wide");
}

static void
test_medium_folds_the_takes_only (Fixture *self, gconstpointer data)
{
  add_takes (self);
  g_assert_false (adw_flap_get_folded (self->window->form_flap));
  g_assert_true (adw_flap_get_folded (self->window->takes_flap));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (self->window->takes_toggle)));
  ui_test_screenshot (GTK_WIDGET (self->window), "window-medium");
}

static void
test_narrow_folds_both (Fixture *self, gconstpointer data)
{
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (self->window)), ==, 360);
  g_assert_true (adw_flap_get_folded (self->window->form_flap));
  g_assert_true (adw_flap_get_folded (self->window->takes_flap));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (self->window->form_toggle)));
  ui_test_screenshot (GTK_WIDGET (self->window), "window-narrow-start");
  fill (self);
  g_assert_true (adw_flap_get_reveal_flap (self->window->form_flap));
  ui_test_paint (GTK_WIDGET (self->window));
  ui_test_screenshot (GTK_WIDGET (self->window), "window-narrow-form");
}

static void
test_right_to_left_mirrors_the_panes (Fixture *self, gconstpointer data)
{
  graphene_rect_t form, stage;

  add_takes (self);
  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (self->window->composer),
                                            GTK_WIDGET (self->window), &form));
  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (self->window->centre),
                                            GTK_WIDGET (self->window), &stage));
  g_assert_cmpfloat (form.origin.x, >, stage.origin.x);
  ui_test_screenshot (GTK_WIDGET (self->window), "window-rtl");
}

static void
set_up_rtl (Fixture *self, gconstpointer data)
{
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  set_up (self, data);
}

static void
tear_down_rtl (Fixture *self, gconstpointer data)
{
  tear_down (self, data);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static void
test_dark_is_followed (Fixture *self, gconstpointer data)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_DARK);
  add_takes (self);
  ui_test_screenshot (GTK_WIDGET (self->window), "window-dark");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

#define ADD(path, width, function) \
  g_test_add ("/window/" path, Fixture, GINT_TO_POINTER (width), set_up, function, tear_down)
  ADD ("first-run-offers-two-ways-to-begin", 1200, test_first_run_offers_two_ways_to_begin);
  ADD ("a-photo-names-the-product-and-shows-its-framing", 1200,
       test_a_photo_names_the_product_and_shows_its_framing);
  ADD ("generate-adds-what-the-button-says-once", 1200,
       test_generate_adds_what_the_button_says_once);
  ADD ("held-key-asks-once", 1200, test_held_key_asks_once);
  ADD ("no-other-key-asks", 1200, test_no_other_key_asks);
  ADD ("cancel-in-the-list-cancels-the-job", 1200, test_cancel_in_the_list_cancels_the_job);
  ADD ("working-at-the-form-shows-what-it-asks-for", 1200,
       test_working_at_the_form_shows_what_it_asks_for);
  ADD ("new-product-begins-empty-and-keeps-the-old-takes", 1200,
       test_new_product_begins_empty_and_keeps_the_old_takes);
  ADD ("next-start-shows-the-last-product", 1200, test_next_start_shows_the_last_product);
  ADD ("a-folder-that-cannot-be-used-is-said", 1200, test_a_folder_that_cannot_be_used_is_said);
  ADD ("refusals-are-toasts-and-stay-on-the-status-line", 1200,
       test_refusals_are_toasts_and_stay_on_the_status_line);
  ADD ("wide-shows-all-three-panes", 1200, test_wide_shows_all_three_panes);
  ADD ("medium-folds-the-takes-only", 850, test_medium_folds_the_takes_only);
  ADD ("narrow-folds-both", 360, test_narrow_folds_both);
  ADD ("dark-is-followed", 1200, test_dark_is_followed);
#undef ADD
  g_test_add ("/window/right-to-left-mirrors-the-panes", Fixture, GINT_TO_POINTER (1200),
              set_up_rtl, test_right_to_left_mirrors_the_panes, tear_down_rtl);
  return g_test_run ();
}
