/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/inb-words.h"

#include <string.h>

/* Bytes of a prompt, a name and an id; longer ones are folded by the slow way. */
#define MAX_QUICK 4096

/**
 * inb_words_fold:
 * @text: UTF-8
 *
 * Returns: (transfer full): it without the case of its letters, in any script, and with each
 * accented letter written in one way
 */
char *
inb_words_fold (const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  char *normal = g_utf8_normalize (folded, -1, G_NORMALIZE_DEFAULT);

  if (normal == NULL) /* not UTF-8 */
    return g_strdup ("");
  return normal;
}

/* Most texts are ASCII, for which folding is a twentieth of the work. FALSE for one that is not, or
 * that has no room. */
static gboolean
add_quickly (const char *text, gsize length, char *folded, gsize *used)
{
  guchar all = 0;

  if (*used + length + 2 > MAX_QUICK)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      guchar letter = (guchar) text[i];

      all |= letter;
      folded[*used + i] = (char) (letter + ((guchar) (letter - 'A') < 26 ? 'a' - 'A' : 0));
    }
  *used += length;
  folded[(*used)++] = '\n'; /* no word reaches from one text into the next */
  folded[*used] = '\0';
  return (all & 0x80) == 0;
}

static char *
fold_slowly (int n_values, sqlite3_value **values)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (int i = 0; i < n_values; i++)
    {
      const char *text = (const char *) sqlite3_value_text (values[i]);

      if (text != NULL)
        g_string_append_c (g_string_append (all, text), '\n');
    }
  return inb_words_fold (all->str);
}

/* What is looked for, folded once a statement */
static const char *const *
get_words (sqlite3_context *context, sqlite3_value *value)
{
  char **words = sqlite3_get_auxdata (context, 0);
  g_autofree char *folded = NULL;

  if (words != NULL)
    return (const char *const *) words;
  folded = inb_words_fold ((const char *) sqlite3_value_text (value));
  words = g_strsplit_set (folded, " \t\n", -1);
  sqlite3_set_auxdata (context, 0, words, (void (*) (void *)) g_strfreev);
  return sqlite3_get_auxdata (context, 0);
}

static gboolean
has_all (const char *text, const char *const *words)
{
  for (gsize i = 0; words != NULL && words[i] != NULL; i++)
    if (strstr (text, words[i]) == NULL)
      return FALSE;
  return TRUE;
}

/* inb_has_words (WORDS, TEXT, …): whether each word is in one of the texts */
static void
has_words (sqlite3_context *context, int n_values, sqlite3_value **values)
{
  const char *const *words = get_words (context, values[0]);
  char quick[MAX_QUICK];
  g_autofree char *slow = NULL;
  gsize used = 0;

  quick[0] = '\0';
  for (int i = 1; i < n_values && slow == NULL; i++)
    {
      const char *text = (const char *) sqlite3_value_text (values[i]);

      if (text != NULL &&
          !add_quickly (text, (gsize) sqlite3_value_bytes (values[i]), quick, &used))
        slow = fold_slowly (n_values - 1, values + 1);
    }
  sqlite3_result_int (context, has_all (slow != NULL ? slow : quick, words));
}

/**
 * inb_words_register:
 * @database: a connection
 * @error: as inb_database_prepare()
 *
 * Makes inb_has_words (WORDS, TEXT, …) known to its statements.
 *
 * Returns: %TRUE if it is
 */
gboolean
inb_words_register (InbDatabase *database, GError **error)
{
  return inb_database_add_function (database, "inb_has_words", has_words, error);
}
