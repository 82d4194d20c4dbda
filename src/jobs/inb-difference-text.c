/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-difference-text.h"

#include <glib/gi18n.h>
#include <string.h>

/* What became of a sentence, word by word: the longest run of words that both have in the same
 * order stays (longest common subsequence; Wagner and Fischer 1974), what lies between is told. */

/* more than so many places are no change but another text: chosen */
#define MOST_PLACES 3
/* with no word kept, the most words of which one is told to have become the other: chosen */
#define MOST_REPLACED 3
/* characters of a quotation: chosen */
#define MOST_QUOTED 60

static GStrv
split_words (const char *text)
{
  GStrvBuilder *builder = g_strv_builder_new ();
  GStrv words;

  for (const char *at = text; *at != '\0';)
    {
      const char *end;

      while (*at != '\0' && g_unichar_isspace (g_utf8_get_char (at)))
        at = g_utf8_next_char (at);
      for (end = at; *end != '\0' && !g_unichar_isspace (g_utf8_get_char (end));)
        end = g_utf8_next_char (end);
      if (end > at)
        {
          g_autofree char *word = g_strndup (at, (gsize) (end - at));

          g_strv_builder_add (builder, word);
        }
      at = end;
    }
  words = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return words;
}

/* Returns the table of lengths for the rests of both: entry (i, j) at i × (n_b + 1) + j. */
static guint16 *
measure_common (GStrv a, guint n_a, GStrv b, guint n_b)
{
  gsize width = (gsize) n_b + 1;
  guint16 *lengths = g_new0 (guint16, ((gsize) n_a + 1) * width);

  for (guint i = n_a; i-- > 0;)
    for (guint j = n_b; j-- > 0;)
      {
        guint16 *here = lengths + i * width + j;

        *here =
            strcmp (a[i], b[j]) == 0 ? (guint16) (here[width + 1] + 1) : MAX (here[width], here[1]);
      }
  return lengths;
}

static char *
join_words (GStrv words, guint from, guint to)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = from; i < to; i++)
    {
      if (i > from)
        g_string_append_c (text, ' ');
      g_string_append (text, words[i]);
    }
  if (g_utf8_strlen (text->str, -1) > MOST_QUOTED)
    {
      g_autofree char *cut = g_utf8_substring (text->str, 0, MOST_QUOTED - 1);

      return g_strconcat (g_strchomp (cut), "…", NULL);
    }
  return g_strdup (text->str);
}

static char *
tell_place (GStrv a, guint a_from, guint a_to, GStrv b, guint b_from, guint b_to)
{
  g_autofree char *old = join_words (a, a_from, a_to);
  g_autofree char *new = join_words (b, b_from, b_to);

  if (a_from == a_to)
    /* Translators: words of a prompt */
    return g_strdup_printf (_ ("‘%s’ added"), new);
  if (b_from == b_to)
    /* Translators: words of a prompt */
    return g_strdup_printf (_ ("‘%s’ removed"), old);
  /* Translators: words of a prompt, before and after */
  return g_strdup_printf (_ ("‘%s’ became ‘%s’"), old, new);
}

static GPtrArray *
list_places (GStrv a, guint n_a, GStrv b, guint n_b, const guint16 *lengths)
{
  GPtrArray *places = g_ptr_array_new_with_free_func (g_free);
  gsize width = (gsize) n_b + 1;
  guint i = 0, j = 0;

  while (i < n_a || j < n_b)
    {
      guint i_from = i, j_from = j;

      while ((i < n_a || j < n_b) && !(i < n_a && j < n_b && strcmp (a[i], b[j]) == 0))
        if (j == n_b || (i < n_a && lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]))
          i++;
        else
          j++;
      if (i > i_from || j > j_from)
        g_ptr_array_add (places, tell_place (a, i_from, i, b, j_from, j));
      for (; i < n_a && j < n_b && strcmp (a[i], b[j]) == 0; i++)
        j++;
    }
  return places;
}

/**
 * inb_difference_of_texts:
 * @before: UTF-8, not empty, at most 2500 characters
 * @after: the same
 *
 * Returns: (transfer full) (nullable): "‘slow’ became ‘fast’, ‘gently’ added"; "rewritten" where
 * little was kept; %NULL where the words are the same
 */
char *
inb_difference_of_texts (const char *before, const char *after)
{
  g_auto (GStrv) a = split_words (before);
  g_auto (GStrv) b = split_words (after);
  guint n_a = g_strv_length (a), n_b = g_strv_length (b);
  g_autofree guint16 *lengths = measure_common (a, n_a, b, n_b);
  g_autoptr (GPtrArray) places = list_places (a, n_a, b, n_b, lengths);

  if (places->len == 0)
    return NULL;
  if (places->len > MOST_PLACES || (lengths[0] == 0 && MAX (n_a, n_b) > MOST_REPLACED))
    return g_strdup (_ ("rewritten"));
  g_ptr_array_add (places, NULL);
  /* Translators: between two changes of a prompt */
  return g_strjoinv (_ (", "), (char **) places->pdata);
}
