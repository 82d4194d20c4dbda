/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-sentence.h"

/**
 * inb_sentence_get_part:
 * @self: a sentence
 * @index: of a part
 *
 * Returns: (transfer none): that part
 */
InbPart *
inb_sentence_get_part (InbSentence *self, guint index)
{
  return &g_array_index (self->parts, InbPart, index);
}

/**
 * inb_part_get_kind:
 * @self: a part
 *
 * Returns: what its words are for
 */
InbWordKind
inb_part_get_kind (const InbPart *self)
{
  return self->match.meaning != NULL ? self->match.meaning->kind : INB_WORD_CONTENT;
}

/* What a step holds so far. */
typedef enum
{
  STEP_EMPTY,
  STEP_AIR, /* light and air only: they go with moves and with a hold */
  STEP_MOVES,
  STEP_HOLDS,
} StepState;

static StepState
get_state (const InbPart *part)
{
  const InbMeaning *meaning = part->match.meaning;

  if (inb_part_get_kind (part) != INB_WORD_MOVE || part->negated || part->idle)
    return STEP_EMPTY;
  if (inb_move_is_effect (meaning->turns[INB_DIRECTION_ANY].move))
    return STEP_AIR;
  return meaning->turns[INB_DIRECTION_ANY].move == INB_MOVE_HOLD ? STEP_HOLDS : STEP_MOVES;
}

/* "then" begins a step; so does a hold after moves, and a move after a hold. */
static void
count_steps (InbSentence *self)
{
  StepState state = STEP_EMPTY;
  guint step = 0;

  for (guint i = 0; i < self->parts->len; i++)
    {
      InbPart *part = inb_sentence_get_part (self, i);
      StepState next = get_state (part);
      gboolean then = inb_part_get_kind (part) == INB_WORD_THEN && state != STEP_EMPTY;

      if (then || (MIN (state, next) >= STEP_MOVES && state != next))
        {
          step = MIN (step + 1, INB_MAX_STEPS - 1);
          state = STEP_EMPTY;
        }
      state = MAX (state, next);
      part->step = step;
    }
}

/* "hold", but not "a man holds a cup": nothing but filler and speed may stand beside it, or it has
 * to follow "then". */
static gboolean
stands_alone (InbSentence *self, guint index)
{
  const InbPart *part = inb_sentence_get_part (self, index);

  if (index > 0 && inb_part_get_kind (inb_sentence_get_part (self, index - 1)) == INB_WORD_THEN)
    return TRUE;
  for (guint i = 0; i < self->parts->len; i++)
    {
      InbWordKind kind = inb_part_get_kind (inb_sentence_get_part (self, i));

      if (i != index && inb_sentence_get_part (self, i)->clause == part->clause &&
          (kind == INB_WORD_CONTENT || kind == INB_WORD_OTHER))
        return FALSE;
    }
  return TRUE;
}

static void
find_idle (InbSentence *self)
{
  for (guint i = 0; i < self->parts->len; i++)
    {
      InbPart *part = inb_sentence_get_part (self, i);

      part->idle = inb_part_get_kind (part) == INB_WORD_MOVE && part->match.meaning->alone &&
                   !stands_alone (self, i);
    }
}

/* Takes the matches over, counts the parts of the sentence and carries negations forward: to the
 * next word that is not filler, and over "or" to the next again. */
static void
read_parts (InbSentence *self, GArray *matches)
{
  guint joins = 0;
  gboolean negating = FALSE, negated = FALSE;

  for (guint i = 0; i < matches->len; i++)
    {
      InbPart part = { g_array_index (matches, InbMatch, i) };
      const InbToken *token = g_ptr_array_index (self->tokens, part.match.tokens[0]);
      InbWordKind kind = inb_part_get_kind (&part);

      joins += kind == INB_WORD_JOIN || kind == INB_WORD_THEN ? 1 : 0;
      part.clause = token->clause + joins;
      if (i > 0 && part.clause != inb_sentence_get_part (self, i - 1)->clause)
        negating = negated = FALSE;
      part.reported = kind == INB_WORD_FILLER || kind == INB_WORD_JOIN || kind == INB_WORD_THEN ||
                      kind == INB_WORD_NOT || kind == INB_WORD_OR;
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

/**
 * inb_sentence_find_direction:
 * @self: a sentence
 * @move: index of a move
 *
 * The direction that belongs to a move: the nearest one after it, before the next move, else the
 * nearest before it.
 *
 * Returns: its index, −1 for none
 */
int
inb_sentence_find_direction (InbSentence *self, guint move)
{
  const InbPart *part = inb_sentence_get_part (self, move);

  for (guint pass = 0; pass < 2; pass++)
    for (int i = (int) move + (pass == 0 ? 1 : -1); i >= 0 && i < (int) self->parts->len;
         i += pass == 0 ? 1 : -1)
      {
        const InbPart *other = inb_sentence_get_part (self, (guint) i);

        if (other->clause != part->clause || inb_part_get_kind (other) == INB_WORD_MOVE)
          break;
        if (inb_part_get_kind (other) == INB_WORD_DIRECTION && !other->used &&
            part->match.meaning->turns[other->match.meaning->direction].move != INB_MOVE_NONE)
          return i;
      }
  return -1;
}

/* "small push", but not "small bottle": only a move or another speed may follow. */
static gboolean
stands_before_move (InbSentence *self, guint index)
{
  for (guint i = index + 1; i < self->parts->len; i++)
    {
      InbWordKind kind = inb_part_get_kind (inb_sentence_get_part (self, i));

      if (inb_sentence_get_part (self, i)->clause != inb_sentence_get_part (self, index)->clause)
        return FALSE;
      if (kind == INB_WORD_MOVE)
        return TRUE;
      if (kind != INB_WORD_SPEED && kind != INB_WORD_FILLER && kind != INB_WORD_DIRECTION)
        return FALSE;
    }
  return FALSE;
}

/**
 * inb_sentence_is_speed:
 * @self: a sentence
 * @index: of a part
 *
 * Returns: whether it says how fast something is
 */
gboolean
inb_sentence_is_speed (InbSentence *self, guint index)
{
  const InbPart *part = inb_sentence_get_part (self, index);

  return inb_part_get_kind (part) == INB_WORD_SPEED && !part->negated &&
         (!part->match.meaning->before_move || stands_before_move (self, index));
}

/**
 * inb_sentence_has_move:
 * @self: a sentence
 * @clause: number of a part of it, as in #InbPart
 *
 * Returns: whether a move stands there
 */
gboolean
inb_sentence_has_move (InbSentence *self, guint clause)
{
  for (guint i = 0; i < self->parts->len; i++)
    if (inb_sentence_get_part (self, i)->clause == clause &&
        inb_part_get_kind (inb_sentence_get_part (self, i)) == INB_WORD_MOVE)
      return TRUE;
  return FALSE;
}

/**
 * inb_sentence_find_second_direction:
 * @self: a sentence
 * @move: what the table says of a move
 * @direction: index of its direction
 *
 * "pan left and up": the direction after the joining word, where no move of its own stands beside
 * it.
 *
 * Returns: its index, −1 for none
 */
int
inb_sentence_find_second_direction (InbSentence *self, const InbMeaning *move, guint direction)
{
  for (guint i = direction + 1; i < self->parts->len; i++)
    {
      const InbPart *part = inb_sentence_get_part (self, i);
      InbWordKind kind = inb_part_get_kind (part);

      if (kind == INB_WORD_JOIN || kind == INB_WORD_FILLER || kind == INB_WORD_SPEED)
        continue;
      return kind == INB_WORD_DIRECTION && !part->used && !part->negated &&
                     !inb_sentence_has_move (self, part->clause) &&
                     move->turns[part->match.meaning->direction].move != INB_MOVE_NONE
                 ? (int) i
                 : -1;
    }
  return -1;
}

static int
compare_tokens (gconstpointer a, gconstpointer b)
{
  return *(const int *) a - *(const int *) b;
}

/**
 * inb_sentence_join_words:
 * @self: a sentence
 * @indices: (array length=n): of parts
 * @n: how many
 *
 * Returns: (transfer full): their words as they were typed, in the order of the prompt
 */
char *
inb_sentence_join_words (InbSentence *self, const guint *indices, guint n)
{
  g_autoptr (GArray) tokens = g_array_new (FALSE, FALSE, sizeof (int));
  GString *words = g_string_new (NULL);
  int last = -1;

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < inb_sentence_get_part (self, indices[i])->match.n_tokens; j++)
      {
        int token = (int) inb_sentence_get_part (self, indices[i])->match.tokens[j];

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

/**
 * inb_sentence_new:
 * @text: UTF-8
 *
 * Takes a prompt apart with the table of words compiled into the program.
 *
 * Returns: (transfer full): its parts
 */
InbSentence *
inb_sentence_new (const char *text)
{
  InbSentence *self = g_new0 (InbSentence, 1);
  g_autoptr (GArray) matches = NULL;

  self->tokens = inb_words_split (text);
  self->parts = g_array_new (FALSE, TRUE, sizeof (InbPart));
  matches = inb_words_match (inb_words_get_default (), self->tokens);
  read_parts (self, matches);
  find_idle (self);
  count_steps (self);
  return self;
}

/**
 * inb_sentence_free:
 * @self: (transfer full): a sentence
 */
void
inb_sentence_free (InbSentence *self)
{
  g_ptr_array_unref (self->tokens);
  g_array_unref (self->parts);
  g_free (self);
}
