/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-prompt-reader.h"

#include "render/inb-words.h"

/* Growth of the push that is made when no word names a move. Chosen by eye. */
#define DEFAULT_PUSH 0.12

/* One match of the table, and what became of it. */
typedef struct
{
  InbMatch match;
  guint clause;      /* part of the sentence: counted at punctuation and joining words */
  gboolean negated;  /* it was said not to happen */
  gboolean used;     /* it is part of something understood */
  gboolean reported; /* it goes without saying, or was said already */
} Part;

typedef struct
{
  GPtrArray *tokens; /* of InbToken */
  GArray *parts;     /* of Part */
  InbPrompt *prompt;
  GPtrArray *owners;  /* for each understood: GArray of indices into parts */
  GPtrArray *dropped; /* the same for what gave way to something else */
  gboolean no_push;   /* the camera shall not go nearer or farther */
} Reader;

static Part *
get_part (Reader *self, guint index)
{
  return &g_array_index (self->parts, Part, index);
}

static InbWordKind
get_kind (const Part *part)
{
  return part->match.meaning != NULL ? part->match.meaning->kind : INB_WORD_CONTENT;
}

/* Takes the matches over, counts the parts of the sentence and carries negations forward: to the
 * next word that is not filler, and over "or" to the next again. */
static void
read_parts (Reader *self, GArray *matches)
{
  guint joins = 0;
  gboolean negating = FALSE, negated = FALSE;

  for (guint i = 0; i < matches->len; i++)
    {
      Part part = { g_array_index (matches, InbMatch, i) };
      const InbToken *token = g_ptr_array_index (self->tokens, part.match.tokens[0]);
      InbWordKind kind = get_kind (&part);

      joins += kind == INB_WORD_JOIN ? 1 : 0;
      part.clause = token->clause + joins;
      if (i > 0 && part.clause != get_part (self, i - 1)->clause)
        negating = negated = FALSE;
      part.reported = kind == INB_WORD_FILLER || kind == INB_WORD_JOIN || kind == INB_WORD_NOT ||
                      kind == INB_WORD_OR;
      if (kind == INB_WORD_NOT)
        negating = TRUE;
      else if (kind == INB_WORD_OR)
        negating = negated;
      else if (kind != INB_WORD_FILLER)
        {
          part.negated = negated = negating;
          negating = FALSE;
        }
      g_array_append_val (self->parts, part);
    }
}

/* The direction that belongs to a move: the nearest one after it, before the next move, else the
 * nearest before it. Returns −1 for none. */
static int
find_direction (Reader *self, guint move)
{
  const Part *part = get_part (self, move);

  for (guint pass = 0; pass < 2; pass++)
    for (int i = (int) move + (pass == 0 ? 1 : -1); i >= 0 && i < (int) self->parts->len;
         i += pass == 0 ? 1 : -1)
      {
        const Part *other = get_part (self, (guint) i);

        if (other->clause != part->clause || get_kind (other) == INB_WORD_MOVE)
          break;
        if (get_kind (other) == INB_WORD_DIRECTION && !other->used &&
            part->match.meaning->turns[other->match.meaning->direction].move != INB_MOVE_NONE)
          return i;
      }
  return -1;
}

/* "small push", but not "small bottle": only a move or another speed may follow. */
static gboolean
stands_before_move (Reader *self, guint index)
{
  for (guint i = index + 1; i < self->parts->len; i++)
    {
      InbWordKind kind = get_kind (get_part (self, i));

      if (get_part (self, i)->clause != get_part (self, index)->clause)
        return FALSE;
      if (kind == INB_WORD_MOVE)
        return TRUE;
      if (kind != INB_WORD_SPEED && kind != INB_WORD_FILLER && kind != INB_WORD_DIRECTION)
        return FALSE;
    }
  return FALSE;
}

static gboolean
is_speed (Reader *self, guint index)
{
  const Part *part = get_part (self, index);

  return get_kind (part) == INB_WORD_SPEED && !part->negated &&
         (!part->match.meaning->before_move || stands_before_move (self, index));
}

static gboolean
has_move (Reader *self, guint clause)
{
  for (guint i = 0; i < self->parts->len; i++)
    if (get_part (self, i)->clause == clause && get_kind (get_part (self, i)) == INB_WORD_MOVE)
      return TRUE;
  return FALSE;
}

/* The last speed of the move's own part of the sentence, else the last one that has no move beside
 * it. All of those words are noted in @owner. */
static double
find_factor (Reader *self, int clause, GArray *owner)
{
  double factor = 0.0;

  for (guint pass = 0; pass < 2 && factor == 0.0; pass++)
    for (guint i = 0; i < self->parts->len; i++)
      {
        Part *part = get_part (self, i);

        if (!is_speed (self, i) || (pass == 0 && (int) part->clause != clause) ||
            (pass == 1 && has_move (self, part->clause)))
          continue;
        factor = part->match.meaning->factor;
        part->used = TRUE;
        g_array_append_val (owner, i);
      }
  return factor > 0.0 ? factor : 1.0;
}

static void
mark_used (Reader *self, GArray *owner)
{
  for (guint i = 0; i < owner->len; i++)
    get_part (self, g_array_index (owner, guint, i))->used = TRUE;
}

static void
add_understood (Reader *self, InbMove move, double amount, GArray *owner)
{
  InbUnderstood *understood = g_new0 (InbUnderstood, 1);

  understood->move = move;
  understood->amount = amount;
  g_ptr_array_add (self->prompt->understood, understood);
  g_ptr_array_add (self->owners, g_array_ref (owner));
  mark_used (self, owner);
}

/* The word of negation before a part, so that it is reported with it. */
static void
add_negation (Reader *self, guint index, GArray *owner)
{
  for (int i = (int) index - 1; i >= 0; i--)
    if (get_kind (get_part (self, (guint) i)) == INB_WORD_NOT)
      {
        g_array_append_val (owner, i);
        return;
      }
}

static void
add_turn (Reader *self, const Part *part, InbDirection turn, GArray *owner)
{
  double factor = find_factor (self, (int) part->clause, owner);

  add_understood (self, part->match.meaning->turns[turn].move,
                  part->match.meaning->turns[turn].amount * factor, owner);
}

/* "pan left and up": the direction after the joining word, where no move of its own stands beside
 * it. Returns −1 for none. */
static int
find_second_direction (Reader *self, const InbMeaning *move, guint direction)
{
  for (guint i = direction + 1; i < self->parts->len; i++)
    {
      const Part *part = get_part (self, i);
      InbWordKind kind = get_kind (part);

      if (kind == INB_WORD_JOIN || kind == INB_WORD_FILLER || kind == INB_WORD_SPEED)
        continue;
      return kind == INB_WORD_DIRECTION && !part->used && !part->negated &&
                     !has_move (self, part->clause) &&
                     move->turns[part->match.meaning->direction].move != INB_MOVE_NONE
                 ? (int) i
                 : -1;
    }
  return -1;
}

static void
read_second_direction (Reader *self, guint index, guint direction)
{
  const Part *part = get_part (self, index);
  const InbMeaning *meaning = part->match.meaning;
  int second = find_second_direction (self, meaning, direction);
  g_autoptr (GArray) owner = NULL;
  InbDirection turn;

  if (second < 0)
    return;
  turn = get_part (self, (guint) second)->match.meaning->direction;
  owner = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val (owner, index);
  g_array_append_val (owner, second);
  add_turn (self, part, turn, owner);
}

static void
read_move (Reader *self, guint index)
{
  Part *part = get_part (self, index);
  const InbMeaning *meaning = part->match.meaning;
  int direction = find_direction (self, index);
  InbDirection turn = meaning->turns[INB_DIRECTION_ANY].move != INB_MOVE_NONE ? INB_DIRECTION_ANY
                                                                              : meaning->fallback;
  g_autoptr (GArray) owner = g_array_new (FALSE, FALSE, sizeof (guint));

  if (direction >= 0)
    turn = get_part (self, (guint) direction)->match.meaning->direction;
  if (meaning->turns[turn].move == INB_MOVE_NONE)
    return; /* a move that needs a direction and has none */

  g_array_append_val (owner, index);
  if (direction >= 0)
    g_array_append_val (owner, direction);
  if (part->negated)
    {
      add_negation (self, index, owner);
      add_understood (self, INB_MOVE_NONE, 0.0, owner);
      self->no_push |=
          inb_move_get_family (meaning->turns[turn].move) == inb_move_get_family (INB_MOVE_PUSH);
      return;
    }
  add_turn (self, part, turn, owner);
  if (direction >= 0)
    read_second_direction (self, index, (guint) direction);
}

static void
read_ease (Reader *self, guint index)
{
  const Part *part = get_part (self, index);
  g_autoptr (GArray) owner = g_array_new (FALSE, FALSE, sizeof (guint));

  if (part->negated)
    return;
  g_array_append_val (owner, index);
  self->prompt->ease = part->match.meaning->ease;
  add_understood (
      self, self->prompt->ease == INB_EASE_LINEAR ? INB_MOVE_EASE_LINEAR : INB_MOVE_EASE_SMOOTH,
      0.0, owner);
}

static InbUnderstood *
get_understood (Reader *self, guint index)
{
  return g_ptr_array_index (self->prompt->understood, index);
}

/* Another of the same family that was said later, with what both say alike. */
static int
find_later (Reader *self, guint index, gboolean same_move)
{
  InbMove move = get_understood (self, index)->move;

  for (guint i = index + 1; move != INB_MOVE_NONE && i < self->owners->len; i++)
    if (inb_move_get_family (get_understood (self, i)->move) == inb_move_get_family (move) &&
        (!same_move || get_understood (self, i)->move == move))
      return (int) i;
  return -1;
}

/* Of one family the last one stays; what said the same before lends it its words. Standing still
 * gives way to any move. */
static void
settle (Reader *self)
{
  gboolean moving = FALSE;

  for (guint i = 0; i < self->owners->len; i++)
    moving |= get_understood (self, i)->move < INB_MOVE_STATIC;
  for (guint i = 0; i < self->owners->len;)
    {
      int same = find_later (self, i, TRUE);
      GArray *owner = g_ptr_array_index (self->owners, i);

      if (find_later (self, i, FALSE) < 0 &&
          !(moving && get_understood (self, i)->move == INB_MOVE_STATIC))
        {
          i++;
          continue;
        }
      if (same >= 0)
        g_array_append_vals (g_ptr_array_index (self->owners, (guint) same), owner->data,
                             owner->len);
      else
        g_ptr_array_add (self->dropped, g_array_ref (owner));
      g_ptr_array_remove_index (self->owners, i);
      g_ptr_array_remove_index (self->prompt->understood, i);
    }
  for (guint i = 0; i < self->parts->len; i++)
    get_part (self, i)->used = FALSE;
  for (guint i = 0; i < self->owners->len; i++)
    mark_used (self, g_ptr_array_index (self->owners, i));
}

static void
add_default (Reader *self)
{
  g_autoptr (GArray) owner = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < self->owners->len; i++)
    if (get_understood (self, i)->move <= INB_MOVE_STATIC)
      return;
  self->prompt->is_default = TRUE;
  if (!self->no_push)
    add_understood (self, INB_MOVE_PUSH, DEFAULT_PUSH * find_factor (self, -1, owner), owner);
  else
    add_understood (self, INB_MOVE_STATIC, 0.0, owner);
}

static int
compare_tokens (gconstpointer a, gconstpointer b)
{
  return *(const int *) a - *(const int *) b;
}

/* The typed words of some parts, in the order of the prompt. */
static char *
join_words (Reader *self, const guint *indices, guint n)
{
  g_autoptr (GArray) tokens = g_array_new (FALSE, FALSE, sizeof (int));
  GString *words = g_string_new (NULL);
  int last = -1;

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < get_part (self, indices[i])->match.n_tokens; j++)
      {
        int token = (int) get_part (self, indices[i])->match.tokens[j];

        g_array_append_val (tokens, token);
      }
  g_array_sort (tokens, compare_tokens);
  for (guint i = 0; i < tokens->len; i++)
    {
      int at = g_array_index (tokens, int, i);
      const InbToken *token = g_ptr_array_index (self->tokens, (guint) at);

      if (at != last)
        g_string_append_printf (words, "%s%s", words->len > 0 ? " " : "", token->typed);
      last = at;
    }
  return g_string_free (words, FALSE);
}

/* Words that gave way together are reported together, without those that something else uses. */
static char *
join_ignored (Reader *self, guint index)
{
  g_autoptr (GArray) group = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < self->dropped->len && group->len == 0; i++)
    {
      const GArray *owner = g_ptr_array_index (self->dropped, i);
      gboolean ours = FALSE;

      for (guint k = 0; k < owner->len; k++)
        ours |= g_array_index (owner, guint, k) == index;
      for (guint k = 0; ours && k < owner->len; k++)
        if (!get_part (self, g_array_index (owner, guint, k))->used)
          g_array_append_val (group, g_array_index (owner, guint, k));
    }
  if (group->len == 0)
    g_array_append_val (group, index);
  for (guint k = 0; k < group->len; k++)
    get_part (self, g_array_index (group, guint, k))->reported = TRUE;
  return join_words (self, (const guint *) (gpointer) group->data, group->len);
}

static void
report (Reader *self)
{
  GPtrArray *ignored = g_ptr_array_new ();

  for (guint i = 0; i < self->owners->len; i++)
    {
      GArray *owner = g_ptr_array_index (self->owners, i);

      get_understood (self, i)->words =
          join_words (self, (const guint *) (gpointer) owner->data, owner->len);
    }
  for (guint i = 0; i < self->parts->len; i++)
    if (!get_part (self, i)->used && !get_part (self, i)->reported)
      {
        g_autofree char *words = join_ignored (self, i);

        if (!g_ptr_array_find_with_equal_func (ignored, words, g_str_equal, NULL))
          g_ptr_array_add (ignored, g_steal_pointer (&words));
      }
  g_ptr_array_add (ignored, NULL);
  self->prompt->ignored = (GStrv) g_ptr_array_free (ignored, FALSE);
}

/**
 * inb_prompt_read:
 * @text: UTF-8
 * @prompt: (inout): takes what is understood, what is ignored, and the ease; empty before
 *
 * Reads a prompt with the table of words compiled into the program.
 */
void
inb_prompt_read (const char *text, InbPrompt *prompt)
{
  g_autoptr (GPtrArray) tokens = inb_words_split (text);
  g_autoptr (GArray) matches = inb_words_match (inb_words_get_default (), tokens);
  g_autoptr (GArray) parts = g_array_new (FALSE, TRUE, sizeof (Part));
  g_autoptr (GPtrArray) owners = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_autoptr (GPtrArray) dropped = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  Reader reader = { tokens, parts, prompt, owners, dropped };

  read_parts (&reader, matches);
  for (guint i = 0; i < parts->len; i++)
    {
      if (get_kind (get_part (&reader, i)) == INB_WORD_MOVE)
        read_move (&reader, i);
      else if (get_kind (get_part (&reader, i)) == INB_WORD_EASE)
        read_ease (&reader, i);
    }
  settle (&reader);
  add_default (&reader);
  report (&reader);
}
