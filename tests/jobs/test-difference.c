/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <locale.h>

#include "jobs/inb-difference-text.h"
#include "jobs/inb-difference.h"

typedef void (*Change) (InbRequest *request);

static void
set (char **field, const char *value)
{
  g_free (*field);
  *field = g_strdup (value);
}

static InbRequest *
make (void)
{
  InbRequest *request = inb_request_new ();

  set (&request->start, "1111");
  set (&request->start_name, "mug.png");
  set (&request->prompt, "slow turntable, soft light, white table");
  set (&request->provider, "wavespeed");
  set (&request->model, "kling-v2.5-turbo-pro");
  request->guidance = 0.5;
  return request;
}

static void
change_nothing (InbRequest *request)
{
  request->seed = 9;
  request->takes = 4;
  set (&request->route, "fal");
}

static void
change_two (InbRequest *request)
{
  set (&request->prompt, "fast turntable, soft light, white table");
  request->duration_s = 10;
}

static void
change_prompt (InbRequest *request)
{
  set (&request->prompt, "turntable, soft warm light,\twhite  table with steam");
}

static void
rewrite_prompt (InbRequest *request)
{
  set (&request->prompt, "one slow, two soft, three table, four light");
}

static void
scatter_prompt (InbRequest *request)
{
  set (&request->prompt, "a slow red turntable, with soft warm light, on white oak table");
}

static void
change_photos (InbRequest *request)
{
  set (&request->start, "2222");
  set (&request->start_name, "cup.png");
  set (&request->last, "3333");
  set (&request->last_name, "back.png");
}

static void
change_bytes (InbRequest *request)
{
  set (&request->start, "2222");
}

static void
change_framing (InbRequest *request)
{
  request->framing.ratio = INB_RATIO_9_16;
  request->framing.fit = INB_FIT_EXTEND;
}

static void
change_focus (InbRequest *request)
{
  request->framing.focus_x = 0.25;
  request->framing.focus_y = 0.5;
}

static void
change_words (InbRequest *request)
{
  set (&request->negative, "blur, text");
  request->guidance = -1.0;
}

static void
mark (InbRequest *request)
{
  set (&request->matte, "4444");
}

static void
change_provider (InbRequest *request)
{
  set (&request->provider, "local");
  set (&request->model, "camera");
  request->guidance = 0.7;
}

static void
change_model (InbRequest *request)
{
  set (&request->model, "kling-v2.5-turbo-std");
  set (&request->resolution, "720p");
}

/* The golden table. */
static const struct
{
  const char *name;
  Change change;
  const char *words;
} cases[] = {
  { "nothing", change_nothing, "Asked for the same; only chance differs" },
  { "two", change_two, "Prompt: ‘slow’ became ‘fast’; 10 s instead of 5 s" },
  { "prompt", change_prompt, "Prompt: ‘slow’ removed, ‘warm’ added, ‘with steam’ added" },
  { "rewritten", rewrite_prompt, "Prompt: rewritten" },
  { "scattered", scatter_prompt, "Prompt: rewritten" },
  { "photos", change_photos,
    "Start frame \u2068cup.png\u2069 instead of \u2068mug.png\u2069; Last frame "
    "\u2068back.png\u2069 added" },
  { "bytes", change_bytes, "Start frame \u2068mug.png\u2069 is another picture" },
  { "framing", change_framing,
    "9:16 instead of the photo’s own shape; Background extended instead of cropped" },
  { "focus", change_focus, "Focus point moved" },
  { "words", change_words, "Negative prompt: ‘blur, text’ added; Guidance left to the provider" },
  { "marked", mark, "product marked by hand" },
  { "provider", change_provider,
    "Guidance 0.70 instead of 0.50; Local engine instead of WaveSpeedAI" },
  { "model", change_model,
    "Resolution 720p; Kling 2.5 Turbo Standard instead of Kling 2.5 Turbo Pro" },
};

static void
test_difference_in_words (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (InbRequest) before = make ();
  g_autoptr (InbRequest) after = make ();
  g_autofree char *words = NULL;

  cases[i].change (after);
  words = inb_difference_describe (before, after);
  g_assert_cmpstr (words, ==, cases[i].words);
}

static void
test_difference_back_again_is_told_the_other_way (void)
{
  g_autoptr (InbRequest) before = make ();
  g_autoptr (InbRequest) after = make ();
  g_autofree char *words = NULL;

  change_photos (before);
  change_words (before);
  words = inb_difference_describe (before, after);
  g_assert_cmpstr (words, ==,
                   "Start frame \u2068mug.png\u2069 instead of \u2068cup.png\u2069; Last frame "
                   "removed; Negative prompt removed; Guidance 0.50");
}

static void
test_difference_of_marks (void)
{
  g_autoptr (InbRequest) before = make ();
  g_autoptr (InbRequest) after = make ();
  g_autofree char *found = NULL;
  g_autofree char *anew = NULL;

  mark (before);
  found = inb_difference_describe (before, after);
  g_assert_cmpstr (found, ==, "product found, not marked");
  set (&after->matte, "5555");
  anew = inb_difference_describe (before, after);
  g_assert_cmpstr (anew, ==, "product marked anew");
}

/* 2500 characters are what a prompt may have at most. */
static void
test_difference_of_the_longest_prompts_is_quick (void)
{
  g_autoptr (GString) a = g_string_new (NULL);
  g_autoptr (GString) b = g_string_new (NULL);
  g_autofree char *words = NULL;

  for (guint i = 0; i < 1250; i++)
    {
      g_string_append_printf (a, "%c ", 'a' + (int) (i * 7 % 26));
      g_string_append_printf (b, "%c ", 'a' + (int) (i * 11 % 26));
    }
  words = inb_difference_of_texts (a->str, b->str);
  g_assert_cmpstr (words, ==, "rewritten");
  g_assert_null (inb_difference_of_texts (a->str, a->str));
}

static void
test_difference_quotes_are_short (void)
{
  g_autofree char *words = inb_difference_of_texts (
      "mug", "mug with a very long sentence that goes on and on until nobody reads it any more");

  g_assert_cmpstr (words, ==,
                   "‘with a very long sentence that goes on and on until nobody…’ added");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/difference/words/", cases[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_difference_in_words);
    }
  g_test_add_func ("/difference/other-way", test_difference_back_again_is_told_the_other_way);
  g_test_add_func ("/difference/marks", test_difference_of_marks);
  g_test_add_func ("/difference/longest", test_difference_of_the_longest_prompts_is_quick);
  g_test_add_func ("/difference/short", test_difference_quotes_are_short);
  return g_test_run ();
}
