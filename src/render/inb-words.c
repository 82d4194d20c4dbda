/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-words.h"

#include "core/inb-error.h"

#define RESOURCE "/io/github/inbetween/Inbetween/engine/moves.ini"
/* Words of "filler" or speed that may stand inside a phrase, between two of its words. */
#define MAX_GAP 2

typedef struct
{
  GStrv *words; /* n_words: the forms of each */
  guint n_words;
  const InbMeaning *meaning;
} Phrase;

struct _InbWords
{
  GPtrArray *meanings; /* of InbMeaning */
  GPtrArray *phrases;  /* of Phrase */
};

static const char *const kind_names[] = {
  [INB_WORD_CONTENT] = "",    [INB_WORD_MOVE] = "move",   [INB_WORD_DIRECTION] = "direction",
  [INB_WORD_SPEED] = "speed", [INB_WORD_EASE] = "ease",   [INB_WORD_NOT] = "not",
  [INB_WORD_OR] = "or",       [INB_WORD_JOIN] = "join",   [INB_WORD_FILLER] = "filler",
  [INB_WORD_THEN] = "then",   [INB_WORD_OTHER] = "other",
};

static const char *const direction_names[INB_N_DIRECTIONS] = {
  "any", "left", "right", "up", "down", "clockwise", "counterclockwise",
};

static void
phrase_free (Phrase *phrase)
{
  for (guint i = 0; i < phrase->n_words; i++)
    g_strfreev (phrase->words[i]);
  g_free (phrase->words);
  g_free (phrase);
}

static void
token_free (InbToken *token)
{
  g_free (token->typed);
  g_free (token->folded);
  g_free (token);
}

static gboolean
is_apostrophe (gunichar c)
{
  return c == '\'' || c == 0x2019 || c == 0x02bc;
}

static char *
fold (const char *word)
{
  g_autofree char *normal = g_utf8_normalize (word, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  g_autofree char *lower = g_utf8_casefold (normal, -1);
  GString *folded = g_string_new (NULL);

  for (const char *p = lower; *p != '\0'; p = g_utf8_next_char (p))
    if (!is_apostrophe (g_utf8_get_char (p)))
      g_string_append_unichar (folded, g_utf8_get_char (p));
  return g_string_free (folded, FALSE);
}

static gboolean
find_index (const char *const *names, guint n_names, const char *name, guint *index)
{
  for (guint i = 0; i < n_names; i++)
    if (g_strcmp0 (names[i], name) == 0)
      {
        *index = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
fail (GError **error, const char *group, const char *what)
{
  g_set_error (error, INB_ERROR, INB_ERROR_FAILED, "moves.ini: [%s]: %s is missing or wrong", group,
               what);
  return FALSE;
}

/* "pan left 0.10": a move and its amount. */
static gboolean
read_turn (const char *text, InbMove *move, double *amount)
{
  const char *blank = strrchr (text, ' ');
  g_autofree char *name = blank != NULL ? g_strndup (text, (gsize) (blank - text)) : NULL;
  char *end = NULL;

  if (name == NULL || !inb_move_from_string (g_strstrip (name), move))
    return FALSE;
  *amount = g_ascii_strtod (blank + 1, &end);
  return end != blank + 1 && *end == '\0' && *amount >= 0.0 && *amount <= 1.0;
}

static gboolean
read_move (GKeyFile *file, const char *group, InbMeaning *meaning, GError **error)
{
  g_autofree char *fallback = g_key_file_get_string (file, group, "default", NULL);
  guint index = INB_DIRECTION_ANY;

  for (guint i = 0; i < INB_N_DIRECTIONS; i++)
    {
      g_autofree char *turn = g_key_file_get_string (file, group, direction_names[i], NULL);

      meaning->turns[i].move = INB_MOVE_NONE;
      if (turn != NULL && !read_turn (turn, &meaning->turns[i].move, &meaning->turns[i].amount))
        return fail (error, group, direction_names[i]);
    }
  if (fallback != NULL && !find_index (direction_names, INB_N_DIRECTIONS, fallback, &index))
    return fail (error, group, "default");
  meaning->fallback = (InbDirection) index;
  meaning->alone = g_key_file_get_boolean (file, group, "alone", NULL);
  return TRUE;
}

static gboolean
read_meaning (GKeyFile *file, const char *group, InbMeaning *meaning, GError **error)
{
  g_autofree char *kind = g_key_file_get_string (file, group, "kind", NULL);
  g_autofree char *direction = g_key_file_get_string (file, group, "direction", NULL);
  g_autofree char *ease = g_key_file_get_string (file, group, "ease", NULL);
  guint index;

  if (!find_index (kind_names, G_N_ELEMENTS (kind_names), kind, &index))
    return fail (error, group, "kind");
  meaning->kind = (InbWordKind) index;
  if (meaning->kind == INB_WORD_MOVE)
    return read_move (file, group, meaning, error);
  if (meaning->kind == INB_WORD_DIRECTION)
    {
      if (!find_index (direction_names, INB_N_DIRECTIONS, direction, &index))
        return fail (error, group, "direction");
      meaning->direction = (InbDirection) index;
    }
  meaning->factor = g_key_file_get_double (file, group, "factor", NULL);
  meaning->before_move = g_key_file_get_boolean (file, group, "before-move", NULL);
  if (meaning->kind == INB_WORD_SPEED && !(meaning->factor > 0.0))
    return fail (error, group, "factor");
  if (meaning->kind == INB_WORD_EASE && g_strcmp0 (ease, "linear") != 0 &&
      g_strcmp0 (ease, "smooth") != 0)
    return fail (error, group, "ease");
  meaning->ease = g_strcmp0 (ease, "linear") == 0 ? INB_EASE_LINEAR : INB_EASE_SMOOTH;
  return TRUE;
}

static void
add_phrase (InbWords *self, const char *text, const InbMeaning *meaning)
{
  g_autofree char *folded = fold (text);
  g_auto (GStrv) words = g_strsplit_set (g_strstrip (folded), " -", -1);
  Phrase *phrase = g_new0 (Phrase, 1);

  phrase->meaning = meaning;
  phrase->words = g_new0 (GStrv, INB_WORDS_MAX_TOKENS);
  for (guint i = 0; words[i] != NULL && phrase->n_words < INB_WORDS_MAX_TOKENS; i++)
    if (*words[i] != '\0')
      phrase->words[phrase->n_words++] = g_strsplit (words[i], "/", -1);
  g_ptr_array_add (self->phrases, phrase);
}

static void
add_phrases (InbWords *self, GKeyFile *file, const char *group, const InbMeaning *meaning)
{
  g_auto (GStrv) keys = g_key_file_get_keys (file, group, NULL, NULL);

  for (guint i = 0; keys[i] != NULL; i++)
    if (g_str_equal (keys[i], "phrases") || g_str_has_prefix (keys[i], "phrases-"))
      {
        g_auto (GStrv) phrases = g_key_file_get_string_list (file, group, keys[i], NULL, NULL);

        for (guint j = 0; phrases != NULL && phrases[j] != NULL; j++)
          if (*g_strstrip (phrases[j]) != '\0')
            add_phrase (self, phrases[j], meaning);
      }
}

/**
 * inb_words_new:
 * @data: a table in the format that data/engine/moves.ini explains
 * @length: its bytes
 * @error: %INB_ERROR_FAILED or a #GKeyFileError: the table is wrong
 *
 * Returns: (transfer full) (nullable): the table
 */
InbWords *
inb_words_new (const char *data, gsize length, GError **error)
{
  g_autoptr (InbWords) self = g_new0 (InbWords, 1);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_auto (GStrv) groups = NULL;

  self->meanings = g_ptr_array_new_with_free_func (g_free);
  self->phrases = g_ptr_array_new_with_free_func ((GDestroyNotify) phrase_free);
  if (!g_key_file_load_from_data (file, data, length, G_KEY_FILE_NONE, error))
    return NULL;
  groups = g_key_file_get_groups (file, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    {
      InbMeaning *meaning = g_new0 (InbMeaning, 1);

      g_ptr_array_add (self->meanings, meaning);
      if (!read_meaning (file, groups[i], meaning, error))
        return NULL;
      add_phrases (self, file, groups[i], meaning);
    }
  return g_steal_pointer (&self);
}

/**
 * inb_words_free:
 * @self: (transfer full): a table
 */
void
inb_words_free (InbWords *self)
{
  g_ptr_array_unref (self->phrases);
  g_ptr_array_unref (self->meanings);
  g_free (self);
}

/**
 * inb_words_get_default:
 *
 * Returns: (transfer none): the table that is compiled into the program, read once
 */
const InbWords *
inb_words_get_default (void)
{
  static const InbWords *words = NULL;

  if (g_once_init_enter (&words))
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = g_resources_lookup_data (RESOURCE, 0, &error);
      const InbWords *table = NULL;

      if (bytes != NULL)
        table = inb_words_new (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);
      if (table == NULL)
        g_error ("%s", error->message);
      g_once_init_leave (&words, table);
    }
  return words;
}

static gboolean
is_word_char (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c) || is_apostrophe (c);
}

/* A hyphen joins two words unless blanks stand around it; one line break is a blank, an empty line
 * ends what was said. */
static gboolean
ends_clause (const char *text, const char *at)
{
  gunichar c = g_utf8_get_char (at);

  if (c == '-' || c == 0x2010 || c == 0x2011)
    return at > text && g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (at)));
  if (c == '\n')
    return at[1] == '\n';
  return !(g_unichar_isspace (c) || c == '/' || c == '"' || c == 0x201c || c == 0x201d ||
           c == '*' || c == '_' || c == '#' || c == '@');
}

/**
 * inb_words_split:
 * @text: UTF-8
 *
 * Returns: (transfer full) (element-type InbToken): its words, without punctuation
 */
GPtrArray *
inb_words_split (const char *text)
{
  GPtrArray *tokens = g_ptr_array_new_with_free_func ((GDestroyNotify) token_free);
  guint clause = 0;

  for (const char *p = text; *p != '\0';)
    {
      const char *start = p;
      g_autofree char *typed = NULL;
      g_autofree char *folded = NULL;

      while (*p != '\0' && is_word_char (g_utf8_get_char (p)))
        p = g_utf8_next_char (p);
      if (p == start)
        {
          clause += ends_clause (text, p) ? 1 : 0;
          p = g_utf8_next_char (p);
          continue;
        }
      typed = g_strndup (start, (gsize) (p - start));
      folded = fold (typed);
      if (*folded != '\0')
        {
          InbToken *token = g_new0 (InbToken, 1);

          token->typed = g_steal_pointer (&typed);
          token->folded = g_steal_pointer (&folded);
          token->clause = clause;
          g_ptr_array_add (tokens, token);
        }
    }
  return tokens;
}

static gboolean
is_form (const Phrase *phrase, guint word, const InbToken *token)
{
  return g_strv_contains ((const char *const *) phrase->words[word], token->folded);
}

static gboolean
may_stand_inside (const InbWords *self, const InbToken *token)
{
  for (guint i = 0; i < self->phrases->len; i++)
    {
      const Phrase *phrase = g_ptr_array_index (self->phrases, i);

      if (phrase->n_words == 1 && is_form (phrase, 0, token) &&
          (phrase->meaning->kind == INB_WORD_FILLER || phrase->meaning->kind == INB_WORD_SPEED))
        return TRUE;
    }
  return FALSE;
}

static gboolean
match_phrase (const InbWords *self, const Phrase *phrase, GPtrArray *tokens, const gboolean *taken,
              guint at, InbMatch *match)
{
  const InbToken *first = g_ptr_array_index (tokens, at);
  guint gap = 0;

  if (phrase->n_words == 0 || !is_form (phrase, 0, first))
    return FALSE;
  *match = (InbMatch){ phrase->meaning, { at }, 1 };
  for (guint i = at + 1; match->n_tokens < phrase->n_words; i++)
    {
      const InbToken *token = i < tokens->len ? g_ptr_array_index (tokens, i) : NULL;

      if (token == NULL || taken[i] || token->clause != first->clause)
        return FALSE;
      if (is_form (phrase, match->n_tokens, token))
        {
          match->tokens[match->n_tokens++] = i;
          gap = 0;
        }
      else if (++gap > MAX_GAP || phrase->meaning->kind != INB_WORD_MOVE ||
               !may_stand_inside (self, token))
        return FALSE;
    }
  return TRUE;
}

static guint
get_reach (const InbMatch *match)
{
  return match->tokens[match->n_tokens - 1] - match->tokens[0];
}

static InbMatch
find_longest (const InbWords *self, GPtrArray *tokens, const gboolean *taken, guint at)
{
  InbMatch best = { NULL, { at }, 1 };

  for (guint i = 0; i < self->phrases->len; i++)
    {
      InbMatch match;

      if (!match_phrase (self, g_ptr_array_index (self->phrases, i), tokens, taken, at, &match))
        continue;
      if (best.meaning == NULL || match.n_tokens > best.n_tokens ||
          (match.n_tokens == best.n_tokens && get_reach (&match) < get_reach (&best)))
        best = match;
    }
  return best;
}

/**
 * inb_words_match:
 * @self: a table
 * @tokens: (element-type InbToken): the words of a text
 *
 * Finds from left to right the longest phrase that begins at each word; of two equally long ones
 * the one that stands together, then the one that stands first in the table.
 *
 * Returns: (transfer full) (element-type InbMatch): every token in one match
 */
GArray *
inb_words_match (const InbWords *self, GPtrArray *tokens)
{
  GArray *matches = g_array_new (FALSE, FALSE, sizeof (InbMatch));
  g_autofree gboolean *taken = g_new0 (gboolean, tokens->len + 1);

  for (guint at = 0; at < tokens->len; at++)
    {
      InbMatch match;

      if (taken[at])
        continue;
      match = find_longest (self, tokens, taken, at);
      for (guint i = 0; i < match.n_tokens; i++)
        taken[match.tokens[i]] = TRUE;
      g_array_append_val (matches, match);
    }
  return matches;
}
