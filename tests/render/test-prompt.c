/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/inb-error.h"
#include "render/inb-prompt.h"
#include "render/inb-words.h"

/* "step: move amount" of each understood entry, and "!word" of each ignored one, joined by commas.
 */
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

      g_string_append (found, found->len > 0 ? ", " : "");
      if (prompt->n_steps > 1 && inb_move_is_kept (understood->move))
        g_string_append_printf (found, "%u: ", understood->step + 1);
      g_string_append_printf (found, "%s %s", inb_move_to_string (understood->move),
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
    { "zoom in, zoom out", "pull 0.22, !zoom in" },
    { "pan left, pan right", "pan right 0.1, !pan left" },
    { "static background, push in", "push 0.22, !static, !background" },
    { "push in, closer", "push 0.22" },
    { "push in splashing water and smoke", "push 0.22, !splashing, !water, !smoke" },
    { "linear push in", "ease linear 0, push 0.22" },
    { "push in at a constant speed", "push 0.22, ease linear 0" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_then_begins_a_step (void)
{
  const Case cases[] = {
    { "push in, then hold", "1: push 0.22, 2: hold 0" },
    { "push in then hold", "1: push 0.22, 2: hold 0" },
    { "push in and hold", "1: push 0.22, 2: hold 0" },
    { "push in, hold and wait", "1: push 0.22, 2: hold 0" },
    { "push in, hold, pull out", "1: push 0.22, 2: hold 0, 3: pull 0.22" },
    { "hold, then push in", "1: hold 0, 2: push 0.22" },
    { "push in, then stay still", "1: push 0.22, 2: static 0" },
    { "pan left, then push in and orbit", "1: pan left 0.1, 2: push 0.22, 2: orbit right 0.22" },
    { "zoom in then zoom out", "1: push 0.22, 2: pull 0.22" },
    { "slow pan left, then fast pan right, pan left",
      "1: pan left 0.06, 2: pan left 0.1, !fast pan right" },
    { "tilt up, after that roll, followed by a pan left",
      "1: tilt up 0.08, 2: roll right 0.06, 3: pan left 0.1" },
    { "push in, then no pan", "push 0.22, none 0" },
    { "push in, then no shaking but pan left", "1: push 0.22, none 0, 2: pan left 0.1" },
    { "push in, then splash", "push 0.22, !splash" },
    { "push in, then linear", "push 0.22, ease linear 0" },
    { "then push in", "push 0.22" },
    { "hold", "hold 0" },
    { "a man holds a cup, push in", "push 0.22, !man, !holds, !cup" },
    { "erst heranfahren, dann halten", "1: push 0.22, 2: hold 0" },
    { "Zuerst langsam nach links schwenken, danach heranfahren", "1: pan left 0.06, 2: push 0.22" },
    { "heranfahren und anschließend umkreisen", "1: push 0.22, 2: orbit right 0.22" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_light_and_air_have_their_words (void)
{
  const Case cases[] = {
    { "light sweep", "light sweep 0.5" },
    { "a soft light sweep from left to right", "light sweep 0.5" },
    { "light sweep from right to left", "light sweep left 0.5" },
    { "push in with a subtle light sweep", "push 0.22, light sweep 0.3" },
    { "dramatic light sweep", "light sweep 0.9" },
    { "dramatic light, push in", "push 0.22, !dramatic light" },
    { "a band of light glides over the bottle", "light sweep 0.5, !bottle" },
    { "focus pull", "focus pull 0.009" },
    { "pull focus", "focus pull 0.009" },
    { "from blurred to sharp", "focus pull 0.009" },
    { "starts out of focus, push in", "focus pull 0.009, push 0.22" },
    { "out of focus at the end", "defocus 0.009" },
    { "push in, then defocus", "1: push 0.22, 2: defocus 0.009" },
    { "blurred background, orbit", "background blur 0.009, orbit right 0.22" },
    { "floating dust particles", "dust 0.5" },
    { "no dust, push in", "none 0, push 0.22" },
    { "no dust", "none 0, push 0.12" },
    { "dramatic dust, slow push in", "dust 0.9, push 0.132" },
    { "steam rises from the cup", "steam 0.5, !cup" },
    { "slow push in, rising steam without dust", "push 0.132, steam 0.5, none 0" },
    { "dark corners", "vignette 0.28" },
    { "gentle vignette, static", "vignette 0.168, static 0" },
    { "push in, then hold with a light sweep", "1: push 0.22, 2: hold 0, 2: light sweep 0.5" },
    { "neon reflections at sunset", "push 0.12, !neon reflections, !sunset" },
    { "a dust bag, steam iron", "push 0.12, !dust bag, !steam iron" },
    { "sanfter Lichtstreifen gleitet über die Flasche", "light sweep 0.5, !über, !Flasche" },
    { "von unscharf zu scharf, langsam heranfahren", "focus pull 0.009, push 0.132" },
    { "am Ende unscharf", "defocus 0.009" },
    { "kein Staub, Dampf steigt auf", "none 0, steam 0.5" },
    { "dezente Vignette", "vignette 0.168" },
    { "schwebende Staubpartikel", "dust 0.5" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_steps_are_bounded (void)
{
  g_autoptr (GString) text = g_string_new ("pan left");
  g_autoptr (InbPrompt) prompt = NULL;

  for (guint i = 0; i < 40; i++)
    g_string_append_printf (text, ", then pan %s", i % 2 == 0 ? "right" : "left");
  prompt = inb_prompt_new (text->str, NULL);
  g_assert_cmpuint (prompt->n_steps, ==, INB_MAX_STEPS);
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
  g_test_add_func ("/prompt/then-begins-a-step", test_then_begins_a_step);
  g_test_add_func ("/prompt/light-and-air-have-their-words", test_light_and_air_have_their_words);
  g_test_add_func ("/prompt/steps-are-bounded", test_steps_are_bounded);
  g_test_add_func ("/prompt/german-is-read-in-every-locale", test_german_is_read_in_every_locale);
  g_test_add_func ("/prompt/words-are-reported-as-typed", test_words_are_reported_as_typed);
  g_test_add_func ("/prompt/what-is-no-prompt-is-refused", test_what_is_no_prompt_is_refused);
  g_test_add_func ("/prompt/a-seed-changes-amounts-a-little-and-always-alike",
                   test_a_seed_changes_amounts_a_little_and_always_alike);
  g_test_add_func ("/prompt/a-wrong-table-is-refused", test_a_wrong_table_is_refused);
  return g_test_run ();
}
