/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/inb-error.h"
#include "render/inb-prompt.h"
#include "render/inb-words.h"

/* "move amount" of each understood entry, and "!word" of each ignored one, joined by commas. */
static char *
read_prompt (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InbPrompt) prompt = inb_prompt_new (text, &error);
  GString *found = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < prompt->understood->len; i++)
    {
      const InbUnderstood *understood = g_ptr_array_index (prompt->understood, i);
      char digits[G_ASCII_DTOSTR_BUF_SIZE];

      g_string_append_printf (found, "%s%s %s", found->len > 0 ? ", " : "",
                              inb_move_to_string (understood->move),
                              g_ascii_formatd (digits, sizeof digits, "%.3g", understood->amount));
    }
  for (guint i = 0; prompt->ignored[i] != NULL; i++)
    g_string_append_printf (found, ", !%s", prompt->ignored[i]);
  return g_string_free (found, FALSE);
}

typedef struct
{
  const char *text;
  const char *found;
} Case;

static void
check_cases (const Case *cases, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *found = read_prompt (cases[i].text);

      if (g_strcmp0 (found, cases[i].found) != 0)
        g_error ("“%s” was read as “%s”, not as “%s”", cases[i].text, found, cases[i].found);
    }
}

static void
test_every_move_has_its_words (void)
{
  const Case cases[] = {
    { "push in", "push 0.22" },
    { "zoom in", "push 0.22" },
    { "The camera dollies in", "push 0.22" },
    { "Move closer", "push 0.22" },
    { "pull out", "pull 0.22" },
    { "zoom out", "pull 0.22" },
    { "pull back", "pull 0.22" },
    { "pan left", "pan left 0.1" },
    { "pans to the right", "pan right 0.1" },
    { "pan from left to right", "pan right 0.1" },
    { "pan", "pan right 0.1" },
    { "tilt up", "tilt up 0.08" },
    { "tilting down", "tilt down 0.08" },
    { "pan up", "tilt up 0.08" },
    { "truck left", "pan left 0.1" },
    { "orbit", "orbit right 0.22" },
    { "slow orbit to the right", "orbit right 0.132" },
    { "orbit left", "orbit left 0.22" },
    { "turntable", "orbit right 0.22" },
    { "rotate", "orbit right 0.22" },
    { "rotate clockwise", "orbit left 0.22" },
    { "roll", "roll right 0.06" },
    { "roll counterclockwise", "roll left 0.06" },
    { "handheld", "handheld 0.004" },
    { "hand-held", "handheld 0.004" },
    { "static", "static 0" },
    { "still", "static 0" },
    { "no camera movement", "static 0" },
    { "Don’t move the camera", "static 0" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_words_have_borders (void)
{
  const Case cases[] = {
    { "scroll", "push 0.12, !scroll" },
    { "our company at work", "push 0.12, !company, !work" },
    { "a still life", "push 0.12, !still life" },
    { "eggs in a frying pan, push in", "push 0.22, !eggs, !frying pan" },
    { "a roll of paper", "push 0.12, !roll of, !paper" },
    { "an expansion", "push 0.12, !expansion" },
    { "a panorama", "pan right 0.1" },
    { "close-up of the label", "push 0.12, !close up, !label" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_one_move_may_have_two_directions (void)
{
  const Case cases[] = {
    { "pan left and up", "pan left 0.1, tilt up 0.08" },
    { "pan left and push in", "pan left 0.1, push 0.22" },
    { "orbit right and left", "orbit left 0.22, !right" },
    { "pan left and tilt down", "pan left 0.1, tilt down 0.08" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_a_line_break_is_a_blank (void)
{
  const Case cases[] = {
    { "pan\nleft", "pan left 0.1" },
    { "push in\n\npan left", "push 0.22, pan left 0.1" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_negation_reaches_the_next_move (void)
{
  const Case cases[] = {
    { "pan left, no zoom", "pan left 0.1, none 0" },
    { "push in without shaking", "push 0.22, none 0" },
    { "without shaking", "none 0, push 0.12" },
    { "no zoom", "none 0, static 0" },
    { "don't zoom or roll, tilt up", "none 0, none 0, tilt up 0.08" },
    { "no zoom, pan left", "none 0, pan left 0.1" },
    { "not zooming but panning left", "none 0, pan left 0.1" },
    { "no people, push in", "push 0.22, !people" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_speed_belongs_to_what_stands_beside_it (void)
{
  const Case cases[] = {
    { "slow push in", "push 0.132" },
    { "push in, slowly", "push 0.132" },
    { "fast pan left and slow push in", "pan left 0.18, push 0.132" },
    { "push slowly in and pan left", "push 0.132, pan left 0.1" },
    { "Gently. Push in and pan left", "push 0.132, pan left 0.06" },
    { "small push", "push 0.132" },
    { "push in on the small bottle", "push 0.22, !small, !bottle" },
    { "dramatic orbit", "orbit right 0.396" },
    { "slowly", "push 0.072" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_moves_combine_and_the_last_of_a_kind_wins (void)
{
  const Case cases[] = {
    { "push in and pan left", "push 0.22, pan left 0.1" },
    { "handheld push in, tilt up, roll left",
      "handheld 0.004, push 0.22, tilt up 0.08, roll left 0.06" },
    { "zoom in then zoom out", "pull 0.22, !zoom in" },
    { "pan left, then pan right", "pan right 0.1, !pan left" },
    { "static background, push in", "push 0.22, !static, !background" },
    { "push in, closer", "push 0.22" },
    { "push in splashing water and smoke", "push 0.22, !splashing, !water, !smoke" },
    { "linear push in", "ease linear 0, push 0.22" },
    { "push in at a constant speed", "push 0.22, ease linear 0" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_german_is_read_in_every_locale (void)
{
  const Case cases[] = {
    { "langsam heranzoomen", "push 0.132" },
    { "Schwenk nach links", "pan left 0.1" },
    { "ohne Bewegung", "static 0" },
    { "Die Kamera umkreist das Produkt", "orbit right 0.22" },
    { "kein Zoom, nach oben schwenken", "none 0, tilt up 0.08" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_words_are_reported_as_typed (void)
{
  g_autoptr (InbPrompt) prompt = inb_prompt_new ("Pan SLOWLY to the Left; Sparkles!", NULL);
  g_autoptr (InbPrompt) none = inb_prompt_new ("Sparkles", NULL);
  const InbUnderstood *pan = g_ptr_array_index (prompt->understood, 0);

  g_assert_cmpuint (prompt->understood->len, ==, 1);
  g_assert_cmpstr (pan->words, ==, "Pan SLOWLY Left");
  g_assert_cmpstr (prompt->ignored[0], ==, "Sparkles");
  g_assert_false (prompt->is_default);
  g_assert_true (none->is_default);
  g_assert_cmpint (none->ease, ==, INB_EASE_SMOOTH);
}

static void
test_what_is_no_prompt_is_refused (void)
{
  g_autofree char *long_text = g_strnfill (2501, 'a');
  g_autofree char *longest = g_strnfill (2500, 'a');
  const char *const bad[] = { "", " \n", "push \xff in", long_text };
  g_autoptr (InbPrompt) good = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (inb_prompt_new (bad[i], &error));
      g_assert_error (error, INB_ERROR, INB_ERROR_BAD_INPUT);
    }
  good = inb_prompt_new (longest, NULL);
  g_assert_nonnull (good);
}

static void
test_a_seed_changes_amounts_a_little_and_always_alike (void)
{
  g_autoptr (InbPrompt) plain = inb_prompt_new ("push in", NULL);
  g_autoptr (InbPrompt) first = inb_prompt_new ("push in", NULL);
  g_autoptr (InbPrompt) again = inb_prompt_new ("push in", NULL);
  double amount;

  inb_prompt_vary (plain, 0);
  inb_prompt_vary (first, 1);
  inb_prompt_vary (again, 1);
  amount = inb_prompt_get_amount (first, INB_MOVE_PUSH);
  g_assert_cmpfloat (inb_prompt_get_amount (plain, INB_MOVE_PUSH), ==, 0.22);
  g_assert_cmpfloat (amount, !=, 0.22);
  g_assert_cmpfloat (amount, ==, inb_prompt_get_amount (again, INB_MOVE_PUSH));
  g_assert_cmpfloat (amount, >=, 0.22 * 0.88);
  g_assert_cmpfloat (amount, <=, 0.22 * 1.12);
}

static void
test_a_wrong_table_is_refused (void)
{
  const char *const bad[] = {
    "[a]\nphrases=x\n",
    "[a]\nkind=odd\n",
    "[a]\nkind=move\nany=fly 0.1\n",
    "[a]\nkind=move\nany=push\n",
    "[a]\nkind=move\nany=push 7\n",
    "[a]\nkind=speed\nfactor=0\n",
    "[a]\nkind=ease\nease=bouncy\n",
    "[a]\nkind=direction\ndirection=inside\n",
    "not a table",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (inb_words_new (bad[i], strlen (bad[i]), &error));
      g_assert_nonnull (error);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/prompt/every-move-has-its-words", test_every_move_has_its_words);
  g_test_add_func ("/prompt/words-have-borders", test_words_have_borders);
  g_test_add_func ("/prompt/one-move-may-have-two-directions",
                   test_one_move_may_have_two_directions);
  g_test_add_func ("/prompt/a-line-break-is-a-blank", test_a_line_break_is_a_blank);
  g_test_add_func ("/prompt/negation-reaches-the-next-move", test_negation_reaches_the_next_move);
  g_test_add_func ("/prompt/speed-belongs-to-what-stands-beside-it",
                   test_speed_belongs_to_what_stands_beside_it);
  g_test_add_func ("/prompt/moves-combine-and-the-last-of-a-kind-wins",
                   test_moves_combine_and_the_last_of_a_kind_wins);
  g_test_add_func ("/prompt/german-is-read-in-every-locale", test_german_is_read_in_every_locale);
  g_test_add_func ("/prompt/words-are-reported-as-typed", test_words_are_reported_as_typed);
  g_test_add_func ("/prompt/what-is-no-prompt-is-refused", test_what_is_no_prompt_is_refused);
  g_test_add_func ("/prompt/a-seed-changes-amounts-a-little-and-always-alike",
                   test_a_seed_changes_amounts_a_little_and_always_alike);
  g_test_add_func ("/prompt/a-wrong-table-is-refused", test_a_wrong_table_is_refused);
  return g_test_run ();
}
