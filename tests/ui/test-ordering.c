/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-test.h"
#include "ui/inb-window-private.h"

/* Orders that cost, in a real window over a real queue that nobody runs: nothing can be sent. */
typedef struct
{
  char *root;
  InbQueue *queue;
  InbWindow *window;
} Fixture;

static void
open_window (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  self->queue = inb_queue_open (self->root, INB_QUEUE_FOLLOW, &error);
  g_assert_no_error (error);
  self->window = INB_WINDOW (inb_window_new (ui_test_get_application (), self->root));
  inb_window_set_queue (self->window, self->queue);
  ui_test_show (GTK_WIDGET (self->window), 1200, 700);
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
  open_window (self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  close_window (self);
  ui_test_remove_root (self->root);
  g_free (self->root);
}

static void
order (Fixture *self, const char *provider, const char *prompt, guint takes)
{
  g_autoptr (InbPreview) photo = ui_test_preview ("mug.png", 400, 300);

  inb_photo_slot_take_preview (inb_draft_get_start (self->window->draft), photo);
  inb_draft_set_provider (self->window->draft, provider);
  inb_draft_set_prompt (self->window->draft, prompt);
  g_object_set (self->window->draft, "takes-index", takes - 1, NULL);
  inb_window_generate_cb (self->window);
}

static void
wait_for_takes (Fixture *self, guint n_takes)
{
  ui_test_wait_uint (self->window->takes, "count", n_takes);
}

static void
assert_all (Fixture *self, InbJobState state)
{
  GListModel *jobs = G_LIST_MODEL (self->queue);

  for (guint i = 0; i < g_list_model_get_n_items (jobs); i++)
    {
      g_autoptr (InbJob) job = g_list_model_get_item (jobs, i);

      ui_test_wait_uint (job, "state", state);
    }
}

static GtkWidget *
find_button (Fixture *self, const char *label)
{
  return ui_test_find (GTK_WIDGET (self->window), GTK_TYPE_BUTTON, label);
}

static void
test_the_toast_takes_all_of_it_back (Fixture *self, gconstpointer data)
{
  order (self, "wavespeed", "slow push in", 3);
  wait_for_takes (self, 3);
  while (find_button (self, "Undo") == NULL)
    g_main_context_iteration (NULL, TRUE);
  ui_test_screenshot (GTK_WIDGET (self->window), "ordering-undo");
  g_assert_nonnull (
      ui_test_find (GTK_WIDGET (self->window->toasts), GTK_TYPE_LABEL, "3 clips · $1.05"));
  g_signal_emit_by_name (find_button (self, "Undo"), "clicked");
  assert_all (self, INB_JOB_CANCELLED_UNSENT);
  g_assert_null (self->window->undoable);
}

static void
test_the_key_takes_it_back_before_it_is_there (Fixture *self, gconstpointer data)
{
  order (self, "wavespeed", "slow push in", 2);
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.undo", NULL);
  wait_for_takes (self, 2);
  assert_all (self, INB_JOB_CANCELLED_UNSENT);
  g_assert_cmpstr (inb_draft_get_prompt (self->window->draft), ==, "slow push in");
}

static void
test_what_is_done_in_the_form_since_is_undone_first (Fixture *self, gconstpointer data)
{
  order (self, "wavespeed", "slow push in", 1);
  wait_for_takes (self, 1);
  inb_draft_set_prompt (self->window->draft, "slow push in and out");
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.undo", NULL);
  g_assert_cmpstr (inb_draft_get_prompt (self->window->draft), !=, "slow push in and out");
  assert_all (self, INB_JOB_PREPARING);
}

static void
test_what_is_free_needs_no_undo (Fixture *self, gconstpointer data)
{
  order (self, "local", "slow push in", 2);
  wait_for_takes (self, 2);
  ui_test_run_idle ();
  g_assert_null (self->window->undoable);
  g_assert_null (self->window->undo_toast);
}

static GtkWindow *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        return window;
    }
  return NULL;
}

static void
answer (const char *heading, const char *response)
{
  GtkWindow *dialog = find_dialog ();

  g_assert_nonnull (dialog);
  g_assert_cmpstr (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (dialog)), ==, heading);
  /* never the costly one by a mere Return */
  g_assert_cmpstr (adw_message_dialog_get_default_response (ADW_MESSAGE_DIALOG (dialog)), !=, "go");
  g_assert_cmpstr (adw_message_dialog_get_default_response (ADW_MESSAGE_DIALOG (dialog)), !=, "2");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_destroy (dialog);
  ui_test_run_idle ();
}

static void
test_an_unknown_price_asks (Fixture *self, gconstpointer data)
{
  order (self, "novita", "slow push in", 2);
  ui_test_run_idle ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->queue)), ==, 0);
  answer ("Generate without knowing the price?", "keep");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->queue)), ==, 0);
  inb_window_generate_cb (self->window);
  answer ("Generate without knowing the price?", "go");
  wait_for_takes (self, 2);
}

static void
test_the_same_again_asks_once (Fixture *self, gconstpointer data)
{
  order (self, "wavespeed", "slow push in", 1);
  wait_for_takes (self, 1);
  inb_window_generate_cb (self->window);
  answer ("Generate the same again?", "1");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->queue)), ==, 1);
  inb_window_generate_cb (self->window);
  answer ("Generate the same again?", "2");
  wait_for_takes (self, 2);
  inb_window_generate_cb (self->window);
  g_assert_null (find_dialog ());
  wait_for_takes (self, 3);
}

static void
test_a_cap_refuses_in_words (Fixture *self, gconstpointer data)
{
  InbBudget budget = { .day_cap_micros = 100000, .order_cap_micros = -1 };
  InbOrder *current = inb_composer_get_order (self->window->composer);

  inb_queue_set_day_cap_async (self->queue, budget.day_cap_micros, NULL, NULL);
  while (inb_queue_get_day_cap (self->queue) != budget.day_cap_micros)
    g_main_context_iteration (NULL, TRUE);
  order (self, "wavespeed", "slow push in", 1);
  g_assert_cmpint (inb_order_get_budget (current)->day_cap_micros, ==, budget.day_cap_micros);
  answer ("Over today's cap", "keep");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->queue)), ==, 0);
}

static void
test_a_missing_key_leads_to_where_it_is_set (Fixture *self, gconstpointer data)
{
  order (self, "eachlabs", "slow push in", 1);
  while (find_button (self, "Add Key…") == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (gtk_widget_is_sensitive (find_button (self, "Generate · $0.35")));
  g_signal_emit_by_name (find_button (self, "Add Key…"), "clicked");
  g_assert_cmpstr (gtk_stack_get_visible_child_name (self->window->pages), ==, "providers");
  /* set there, known here */
  g_setenv ("EACHLABS_API_KEY", "a-key-of-a-test-0123456789", TRUE);
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.back", NULL);
  while (find_button (self, "Add Key…") != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (gtk_widget_is_sensitive (find_button (self, "Generate · $0.35")));
}

static void
test_focus_stays_on_generate (Fixture *self, gconstpointer data)
{
  GtkWidget *generate;

  order (self, "local", "slow push in", 1);
  wait_for_takes (self, 1);
  generate = find_button (self, "Generate · free");
  ui_test_wait_sensitive (generate);
  g_assert_true (gtk_widget_grab_focus (generate));
  gtk_widget_activate (generate);
  wait_for_takes (self, 2);
  ui_test_wait_sensitive (generate);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (self->window)) == generate);
}

static void
test_a_held_key_presses_a_button_once (Fixture *self, gconstpointer data)
{
  GtkWidget *generate;

  order (self, "local", "slow push in", 1);
  wait_for_takes (self, 1);
  generate = find_button (self, "Generate · free");
  ui_test_wait_sensitive (generate);
  gtk_widget_grab_focus (generate);
  g_assert_false (inb_window_key_pressed_cb (self->window, GDK_KEY_space, 65, 0));
  g_assert_true (inb_window_key_pressed_cb (self->window, GDK_KEY_space, 65, 0));
  inb_window_key_released_cb (self->window, GDK_KEY_space);
  g_assert_false (inb_window_key_pressed_cb (self->window, GDK_KEY_space, 65, 0));
}

static void
test_unsent_ones_wait_for_one_priced_press (Fixture *self, gconstpointer data)
{
  g_autoptr (InbJob) job = NULL;
  InbJobFacts facts;

  order (self, "wavespeed", "slow push in", 2);
  wait_for_takes (self, 2);
  ui_test_run_idle ();
  g_assert_cmpuint (inb_resume_bar_get_count (self->window->resume_bar), ==, 0);
  close_window (self);
  open_window (self);
  for (guint i = 0; i < 2; i++)
    {
      g_set_object (&job, NULL);
      job = g_list_model_get_item (G_LIST_MODEL (self->queue), i);
      facts = *inb_job_get_facts (job);
      facts.paused = TRUE;
      inb_job_set_facts (job, &facts);
    }
  ui_test_run_idle ();
  g_assert_cmpuint (inb_resume_bar_get_count (self->window->resume_bar), ==, 2);
  ui_test_screenshot (GTK_WIDGET (self->window), "ordering-resume");
  g_assert_nonnull (find_button (self, "Resume 2 clips · $0.70"));
  g_signal_emit_by_name (find_button (self, "Resume 2 clips · $0.70"), "clicked");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (self->window->resume_bar)));
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  g_setenv ("WAVESPEED_API_KEY", "a-key-of-a-test-0123456789", TRUE);
  g_setenv ("NOVITA_API_KEY", "a-key-of-a-test-0123456789", TRUE);

#define ADD(name, func) g_test_add ("/ordering/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("toast-takes-all-of-it-back", test_the_toast_takes_all_of_it_back);
  ADD ("key-takes-it-back-before-it-is-there", test_the_key_takes_it_back_before_it_is_there);
  ADD ("form-is-undone-first", test_what_is_done_in_the_form_since_is_undone_first);
  ADD ("free-needs-no-undo", test_what_is_free_needs_no_undo);
  ADD ("unknown-price-asks", test_an_unknown_price_asks);
  ADD ("same-again-asks-once", test_the_same_again_asks_once);
  ADD ("cap-refuses-in-words", test_a_cap_refuses_in_words);
  ADD ("missing-key-leads-to-where-it-is-set", test_a_missing_key_leads_to_where_it_is_set);
  ADD ("focus-stays-on-generate", test_focus_stays_on_generate);
  ADD ("held-key-presses-once", test_a_held_key_presses_a_button_once);
  ADD ("unsent-wait-for-one-press", test_unsent_ones_wait_for_one_priced_press);
  return g_test_run ();
}
