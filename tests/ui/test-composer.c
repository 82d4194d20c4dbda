/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-test.h"
#include "ui/inb-choice.h"
#include "ui/inb-composer.h"

typedef struct
{
  InbDraft *draft;
  InbComposer *composer;
  GtkWidget *window;
  guint n_generate;
} Fixture;

static void
generate_cb (Fixture *self)
{
  self->n_generate++;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->draft = inb_draft_new ("/nonexistent");
  self->composer = INB_COMPOSER (inb_composer_new ());
  inb_composer_set_draft (self->composer, self->draft);
  g_signal_connect_swapped (self->composer, "generate", G_CALLBACK (generate_cb), self);
  self->window = ui_test_show (GTK_WIDGET (self->composer), 360, 700);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_object_ref (self->composer);
  ui_test_close (self->window);
  ui_test_let_go (self->composer);
  ui_test_let_go (self->draft);
}

static void
fill (Fixture *self)
{
  g_autoptr (InbPreview) photo = ui_test_preview ("mug.png", 400, 300);

  inb_photo_slot_take_preview (inb_draft_get_start (self->draft), photo);
  inb_draft_set_prompt (self->draft, "slow push in");
}

static void
press_toggle (Fixture *self, const char *label)
{
  GtkToggleButton *button =
      ui_test_find (GTK_WIDGET (self->composer), GTK_TYPE_TOGGLE_BUTTON, label);

  g_assert_nonnull (button);
  gtk_toggle_button_set_active (button, TRUE);
}

static GtkWidget *
find_generate (Fixture *self, const char *label)
{
  return ui_test_find (GTK_WIDGET (self->composer), GTK_TYPE_BUTTON, label);
}

static void
test_form_becomes_the_request (Fixture *self, gconstpointer data)
{
  GtkTextView *prompt = ui_test_find (GTK_WIDGET (self->composer), GTK_TYPE_TEXT_VIEW, NULL);
  g_autoptr (InbPreview) side = ui_test_preview ("side.png", 400, 300);
  g_autoptr (InbRequest) request = NULL;

  fill (self);
  inb_photo_slot_take_preview (inb_draft_get_last (self->draft), side);
  press_toggle (self, "9:16");
  press_toggle (self, "10 s");
  press_toggle (self, "3");
  gtk_check_button_set_active (
      ui_test_find (GTK_WIDGET (self->composer), GTK_TYPE_CHECK_BUTTON, "Crop"), TRUE);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (prompt), "orbit right, ease in", -1);
  inb_draft_set_focus (self->draft, 0.25, 0.75);
  request = inb_draft_dup_request (self->draft, 7);
  g_assert_cmpstr (request->start_name, ==, "mug.png");
  g_assert_cmpuint (strlen (request->start), ==, 64);
  g_assert_cmpstr (request->last_name, ==, "side.png");
  g_assert_cmpstr (request->prompt, ==, "orbit right, ease in");
  g_assert_cmpuint (request->duration_s, ==, 10);
  g_assert_cmpuint (request->takes, ==, 3);
  g_assert_cmpuint (request->seed, ==, 7);
  g_assert_cmpint (request->framing.ratio, ==, INB_RATIO_9_16);
  g_assert_cmpint (request->framing.fit, ==, INB_FIT_CROP);
  g_assert_cmpfloat (request->framing.focus_x, ==, 0.25);
  g_assert_cmpstr (request->provider, ==, "local");
  g_assert_true (inb_request_validate (request, NULL));
}

static void
test_every_shape_and_fit_has_its_button (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *label;
    InbRatio ratio;
  } shapes[] = { { "16:9", INB_RATIO_16_9 },
                 { "9:16", INB_RATIO_9_16 },
                 { "1:1", INB_RATIO_1_1 },
                 { "Original", INB_RATIO_ORIGINAL } };
  InbFraming framing;

  fill (self);
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      press_toggle (self, shapes[i].label);
      inb_draft_get_framing (self->draft, &framing);
      g_assert_cmpint (framing.ratio, ==, shapes[i].ratio);
    }
  g_object_set (self->draft, "fit", INB_FIT_EXTEND, NULL);
  g_assert_false (gtk_check_button_get_active (
      ui_test_find (GTK_WIDGET (self->composer), GTK_TYPE_CHECK_BUTTON, "Crop")));
}

static void
test_button_says_how_many_and_what_it_costs (Fixture *self, gconstpointer data)
{
  static const char *const labels[] = { "Generate · free", "Generate 2 clips · free",
                                        "Generate 3 clips · free", "Generate 4 clips · free" };

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      g_object_set (self->draft, "takes-index", i, NULL);
      g_assert_nonnull (find_generate (self, labels[i]));
    }
}

static void
test_what_is_missing_is_said (Fixture *self, gconstpointer data)
{
  g_autoptr (InbPreview) photo = ui_test_preview ("mug.png", 400, 300);
  g_autofree char *long_prompt = g_strnfill (INB_MAX_PROMPT_CHARS + 1, 'a');

  g_assert_cmpstr (inb_draft_get_obstacle (self->draft), ==, "Choose a start frame first");
  g_assert_false (gtk_widget_is_sensitive (find_generate (self, "Generate · free")));
  inb_photo_slot_take_preview (inb_draft_get_start (self->draft), photo);
  g_assert_cmpstr (inb_draft_get_obstacle (self->draft), ==, "Say how it should move");
  inb_draft_set_prompt (self->draft, long_prompt);
  g_assert_nonnull (strstr (inb_draft_get_obstacle (self->draft), "2501"));
  inb_draft_set_prompt (self->draft, " \n ");
  g_assert_nonnull (inb_draft_get_obstacle (self->draft));
  inb_draft_set_prompt (self->draft, "push in");
  g_assert_null (inb_draft_get_obstacle (self->draft));
  g_assert_true (gtk_widget_is_sensitive (find_generate (self, "Generate · free")));
}

static void
test_a_double_press_asks_once (Fixture *self, gconstpointer data)
{
  GtkWidget *button;

  fill (self);
  button = find_generate (self, "Generate · free");
  g_signal_emit_by_name (button, "clicked");
  g_signal_emit_by_name (button, "clicked");
  inb_composer_generate (self->composer);
  gtk_widget_activate_action (GTK_WIDGET (self->composer), "composer.generate", NULL);
  g_assert_cmpuint (self->n_generate, ==, 1);
  g_assert_false (gtk_widget_is_sensitive (button));
}

static gboolean
is_sensitive (GtkWidget *widget)
{
  return gtk_widget_is_sensitive (widget);
}

static void
test_nothing_is_asked_while_the_first_is_on_its_way (Fixture *self, gconstpointer data)
{
  GtkWidget *button;

  fill (self);
  button = find_generate (self, "Generate · free");
  inb_composer_generate (self->composer);
  inb_composer_set_busy (self->composer, TRUE);
  inb_composer_set_busy (self->composer, FALSE); /* at once: the second is not over yet */
  g_assert_false (is_sensitive (button));
  while (!is_sensitive (button))
    g_main_context_iteration (NULL, TRUE);
  inb_composer_set_busy (self->composer, TRUE);
  inb_composer_generate (self->composer);
  g_assert_cmpuint (self->n_generate, ==, 1);
}

static void
test_tab_leaves_the_prompt (Fixture *self, gconstpointer data)
{
  GtkTextView *prompt = ui_test_find (GTK_WIDGET (self->composer), GTK_TYPE_TEXT_VIEW, NULL);

  g_assert_false (gtk_text_view_get_accepts_tab (prompt));
}

static void
test_pasted_photo_goes_to_the_first_empty_well (Fixture *self, gconstpointer data)
{
  g_autoptr (InbPreview) photo = ui_test_preview ("mug.png", 400, 300);
  InbPhotoSlot *start = inb_draft_get_start (self->draft);
  InbPhotoSlot *last = inb_draft_get_last (self->draft);
  InbFrameWell *well = inb_composer_choose_well (self->composer, NULL);

  g_assert_true (inb_frame_well_get_slot (well) == start);
  inb_photo_slot_take_preview (start, photo);
  well = inb_composer_choose_well (self->composer, NULL);
  g_assert_true (inb_frame_well_get_slot (well) == last);
  inb_photo_slot_take_preview (last, photo);
  g_assert_null (inb_composer_choose_well (self->composer, NULL));
  g_assert_true (inb_composer_choose_well (self->composer,
                                           gtk_widget_get_first_child (GTK_WIDGET (well))) == well);
}

static void
test_restored_form_is_the_request_again (Fixture *self, gconstpointer data)
{
  g_autoptr (InbRequest) request = ui_test_request ();
  g_autoptr (InbRequest) again = NULL;

  request->framing = (InbFraming){ INB_RATIO_1_1, INB_FIT_EXTEND, 0.2, 0.3 };
  request->duration_s = 10;
  request->takes = 2;
  inb_draft_restore (self->draft, "product", "Blue mug", request);
  again = inb_draft_dup_request (self->draft, 0);
  g_assert_cmpstr (inb_draft_get_product_id (self->draft), ==, "product");
  g_assert_cmpstr (inb_draft_get_product_name (self->draft), ==, "Blue mug");
  g_assert_cmpstr (again->prompt, ==, request->prompt);
  g_assert_cmpuint (again->duration_s, ==, 10);
  g_assert_cmpuint (again->takes, ==, 2);
  g_assert_cmpint (again->framing.ratio, ==, INB_RATIO_1_1);
  g_assert_cmpint (again->framing.fit, ==, INB_FIT_EXTEND);
  g_assert_cmpfloat (again->framing.focus_x, ==, 0.2);
}

static void
test_another_photo_forgets_the_focus (Fixture *self, gconstpointer data)
{
  g_autoptr (InbPreview) mug = ui_test_preview ("mug.png", 400, 300);
  g_autoptr (InbPreview) cup = ui_test_preview ("cup.png", 400, 300);
  InbPhotoSlot *start = inb_draft_get_start (self->draft);
  InbFraming framing;

  inb_photo_slot_take_preview (start, mug);
  inb_draft_set_focus (self->draft, 0.2, 0.3);
  inb_photo_slot_take_preview (start, cup);
  inb_draft_get_framing (self->draft, &framing);
  g_assert_cmpfloat (framing.focus_x, ==, -1.0);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

#define ADD(path, function) \
  g_test_add ("/composer/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("form-becomes-the-request", test_form_becomes_the_request);
  ADD ("every-shape-and-fit-has-its-button", test_every_shape_and_fit_has_its_button);
  ADD ("button-says-how-many-and-what-it-costs", test_button_says_how_many_and_what_it_costs);
  ADD ("what-is-missing-is-said", test_what_is_missing_is_said);
  ADD ("a-double-press-asks-once", test_a_double_press_asks_once);
  ADD ("nothing-is-asked-while-the-first-is-on-its-way",
       test_nothing_is_asked_while_the_first_is_on_its_way);
  ADD ("tab-leaves-the-prompt", test_tab_leaves_the_prompt);
  ADD ("pasted-photo-goes-to-the-first-empty-well", test_pasted_photo_goes_to_the_first_empty_well);
  ADD ("restored-form-is-the-request-again", test_restored_form_is_the_request_again);
  ADD ("another-photo-forgets-the-focus", test_another_photo_forgets_the_focus);
#undef ADD
  return g_test_run ();
}
