/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-test.h"
#include "ui/inb-form-history.h"

static gint64 now;

static InbFormState *
state_of (const char *prompt, double guidance)
{
  InbRequest *request = inb_request_new ();

  request->prompt = g_strdup (prompt);
  request->guidance = guidance;
  return inb_form_state_new (request, FALSE, NULL);
}

static InbFormHistory *
begin (void)
{
  InbFormHistory *history = inb_form_history_new ();

  inb_form_history_begin (history, state_of ("", -1.0));
  return history;
}

/* as a person types it: a character at a time */
static void
type (InbFormHistory *history, const char *before, const char *text)
{
  for (const char *at = text; *at != '\0';)
    {
      g_autofree char *prompt = NULL;

      at = g_utf8_next_char (at);
      prompt = g_strdup_printf ("%s%.*s", before, (int) (at - text), text);
      g_assert_true (
          inb_form_history_record (history, state_of (prompt, -1.0), INB_FORM_STEP_PROMPT, now));
    }
}

static void
expect_undo (InbFormHistory *history, const char *prompt)
{
  const InbFormState *state = inb_form_history_undo (history);

  g_assert_nonnull (state);
  g_assert_cmpstr (state->request->prompt, ==, prompt);
}

static void
test_a_word_is_a_step (void)
{
  g_autoptr (InbFormHistory) history = begin ();

  type (history, "", "slow püsh in");
  expect_undo (history, "slow püsh ");
  expect_undo (history, "slow ");
  expect_undo (history, "");
  g_assert_null (inb_form_history_undo (history));
}

static void
test_doubled_letters_break_no_word (void)
{
  g_autoptr (InbFormHistory) history = begin ();

  type (history, "", "zoom aaaa");
  expect_undo (history, "zoom ");
  expect_undo (history, "");
}

static void
test_deleting_is_a_step_of_its_own (void)
{
  g_autoptr (InbFormHistory) history = begin ();
  static const char *const shorter[] = { "zoo", "zo", "z" };

  type (history, "", "zoom");
  for (guint i = 0; i < G_N_ELEMENTS (shorter); i++)
    inb_form_history_record (history, state_of (shorter[i], -1.0), INB_FORM_STEP_PROMPT, now);
  expect_undo (history, "zoom");
  expect_undo (history, "");
}

static void
test_another_place_is_another_step (void)
{
  g_autoptr (InbFormHistory) history = begin ();

  type (history, "", "pan left");
  inb_form_history_record (history, state_of ("xpan left", -1.0), INB_FORM_STEP_PROMPT, now);
  inb_form_history_record (history, state_of ("xypan left", -1.0), INB_FORM_STEP_PROMPT, now);
  expect_undo (history, "pan left");
}

static void
test_a_pasted_text_is_a_step (void)
{
  g_autoptr (InbFormHistory) history = begin ();

  type (history, "", "pan");
  inb_form_history_record (history, state_of ("pan slowly to the left", -1.0), INB_FORM_STEP_PROMPT,
                           now);
  expect_undo (history, "pan");
}

static void
test_redo_comes_after_undo_and_ends_with_a_change (void)
{
  g_autoptr (InbFormHistory) history = begin ();
  const InbFormState *state;

  type (history, "", "pan left");
  expect_undo (history, "pan ");
  state = inb_form_history_redo (history);
  g_assert_cmpstr (state->request->prompt, ==, "pan left");
  g_assert_null (inb_form_history_redo (history));
  expect_undo (history, "pan ");
  type (history, "pan ", "right");
  g_assert_false (inb_form_history_can_redo (history));
  expect_undo (history, "pan ");
}

static void
test_a_slide_is_a_step_until_it_rests (void)
{
  g_autoptr (InbFormHistory) history = begin ();
  const InbFormState *state;

  for (guint i = 1; i <= 5; i++)
    inb_form_history_record (history, state_of ("", i / 10.0), INB_FORM_STEP_GUIDANCE,
                             now + i * G_USEC_PER_SEC / 10);
  inb_form_history_record (history, state_of ("", 0.9), INB_FORM_STEP_GUIDANCE,
                           now + 10 * G_USEC_PER_SEC);
  inb_form_history_end_step (history);
  inb_form_history_record (history, state_of ("", 1.0), INB_FORM_STEP_GUIDANCE,
                           now + 10 * G_USEC_PER_SEC);
  state = inb_form_history_undo (history);
  g_assert_cmpfloat (state->request->guidance, ==, 0.9);
  state = inb_form_history_undo (history);
  g_assert_cmpfloat (state->request->guidance, ==, 0.5);
  state = inb_form_history_undo (history);
  g_assert_cmpfloat (state->request->guidance, ==, -1.0);
}

static void
test_sliding_back_leaves_no_step (void)
{
  g_autoptr (InbFormHistory) history = begin ();

  type (history, "", "pan");
  inb_form_history_record (history, state_of ("pan", 0.4), INB_FORM_STEP_GUIDANCE, now);
  inb_form_history_record (history, state_of ("pan", -1.0), INB_FORM_STEP_GUIDANCE, now);
  expect_undo (history, "");
}

static void
test_nothing_changed_is_no_step (void)
{
  g_autoptr (InbFormHistory) history = begin ();

  g_assert_false (inb_form_history_record (history, state_of ("", -1.0), INB_FORM_STEP_ALONE, now));
  g_assert_false (inb_form_history_can_undo (history));
}

static void
test_the_oldest_steps_go_first (void)
{
  g_autoptr (InbFormHistory) history = begin ();
  guint n = 0;

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *prompt = g_strdup_printf ("%u", i);

      inb_form_history_record (history, state_of (prompt, -1.0), INB_FORM_STEP_ALONE, now);
    }
  expect_undo (history, "998");
  while (inb_form_history_undo (history) != NULL)
    n++;
  g_assert_cmpuint (n, >=, 100);
  g_assert_cmpuint (n, <, 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  now = g_get_monotonic_time ();

  g_test_add_func ("/form-history/a-word-is-a-step", test_a_word_is_a_step);
  g_test_add_func ("/form-history/doubled-letters-break-no-word",
                   test_doubled_letters_break_no_word);
  g_test_add_func ("/form-history/deleting-is-a-step-of-its-own",
                   test_deleting_is_a_step_of_its_own);
  g_test_add_func ("/form-history/another-place-is-another-step",
                   test_another_place_is_another_step);
  g_test_add_func ("/form-history/a-pasted-text-is-a-step", test_a_pasted_text_is_a_step);
  g_test_add_func ("/form-history/redo-comes-after-undo-and-ends-with-a-change",
                   test_redo_comes_after_undo_and_ends_with_a_change);
  g_test_add_func ("/form-history/a-slide-is-a-step-until-it-rests",
                   test_a_slide_is_a_step_until_it_rests);
  g_test_add_func ("/form-history/sliding-back-leaves-no-step", test_sliding_back_leaves_no_step);
  g_test_add_func ("/form-history/nothing-changed-is-no-step", test_nothing_changed_is_no_step);
  g_test_add_func ("/form-history/the-oldest-steps-go-first", test_the_oldest_steps_go_first);
  return g_test_run ();
}
