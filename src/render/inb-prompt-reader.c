/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-prompt-reader.h"

#include "render/inb-sentence.h"

/* Growth of the push that is made when no word names a move. Chosen by eye. */
#define DEFAULT_PUSH 0.12

typedef struct
{
  InbSentence *sentence;
  InbPrompt *prompt;
  GPtrArray *owners;  /* for each understood: GArray of indices into parts */
  GPtrArray *dropped; /* the same for what gave way to something else */
  gboolean no_push;   /* the camera shall not go nearer or farther */
} Reader;

/* The last speed of the move's own part of the sentence, else the last one that has no move beside
 * it. All of those words are noted in @owner. */
static double
find_factor (Reader *self, int clause, GArray *owner)
{
  double factor = 0.0;

  for (guint pass = 0; pass < 2 && factor == 0.0; pass++)
    for (guint i = 0; i < self->sentence->parts->len; i++)
      {
        InbPart *part = inb_sentence_get_part (self->sentence, i);

        if (!inb_sentence_is_speed (self->sentence, i) ||
            (pass == 0 && (int) part->clause != clause) ||
            (pass == 1 && inb_sentence_has_move (self->sentence, part->clause)))
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
    inb_sentence_get_part (self->sentence, g_array_index (owner, guint, i))->used = TRUE;
}

static void
add_understood (Reader *self, InbMove move, double amount, guint step, GArray *owner)
{
  InbUnderstood *understood = g_new0 (InbUnderstood, 1);

  understood->move = move;
  understood->amount = amount;
  understood->step = step;
  g_ptr_array_add (self->prompt->understood, understood);
  g_ptr_array_add (self->owners, g_array_ref (owner));
  mark_used (self, owner);
}

/* The word of negation before a part, so that it is reported with it. */
static void
add_negation (Reader *self, guint index, GArray *owner)
{
  for (int i = (int) index - 1; i >= 0; i--)
    if (inb_part_get_kind (inb_sentence_get_part (self->sentence, (guint) i)) == INB_WORD_NOT)
      {
        g_array_append_val (owner, i);
        return;
      }
}

static void
add_turn (Reader *self, const InbPart *part, InbDirection turn, GArray *owner)
{
  double factor = find_factor (self, (int) part->clause, owner);

  add_understood (self, part->match.meaning->turns[turn].move,
                  part->match.meaning->turns[turn].amount * factor, part->step, owner);
}

static void
read_second_direction (Reader *self, guint index, guint direction)
{
  const InbPart *part = inb_sentence_get_part (self->sentence, index);
  const InbMeaning *meaning = part->match.meaning;
  int second = inb_sentence_find_second_direction (self->sentence, meaning, direction);
  g_autoptr (GArray) owner = NULL;
  InbDirection turn;

  if (second < 0)
    return;
  turn = inb_sentence_get_part (self->sentence, (guint) second)->match.meaning->direction;
  owner = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val (owner, index);
  g_array_append_val (owner, second);
  add_turn (self, part, turn, owner);
}

static void
read_move (Reader *self, guint index)
{
  InbPart *part = inb_sentence_get_part (self->sentence, index);
  const InbMeaning *meaning = part->match.meaning;
  int direction = inb_sentence_find_direction (self->sentence, index);
  InbDirection turn = meaning->turns[INB_DIRECTION_ANY].move != INB_MOVE_NONE ? INB_DIRECTION_ANY
                                                                              : meaning->fallback;
  g_autoptr (GArray) owner = g_array_new (FALSE, FALSE, sizeof (guint));

  if (direction >= 0)
    turn = inb_sentence_get_part (self->sentence, (guint) direction)->match.meaning->direction;
  if (meaning->turns[turn].move == INB_MOVE_NONE)
    return; /* a move that needs a direction and has none */

  g_array_append_val (owner, index);
  if (direction >= 0)
    g_array_append_val (owner, direction);
  if (part->negated)
    {
      add_negation (self, index, owner);
      add_understood (self, INB_MOVE_NONE, 0.0, part->step, owner);
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
  const InbPart *part = inb_sentence_get_part (self->sentence, index);
  g_autoptr (GArray) owner = g_array_new (FALSE, FALSE, sizeof (guint));

  if (part->negated)
    return;
  g_array_append_val (owner, index);
  self->prompt->ease = part->match.meaning->ease;
  add_understood (
      self, self->prompt->ease == INB_EASE_LINEAR ? INB_MOVE_EASE_LINEAR : INB_MOVE_EASE_SMOOTH,
      0.0, part->step, owner);
}

static InbUnderstood *
get_understood (Reader *self, guint index)
{
  return g_ptr_array_index (self->prompt->understood, index);
}

/* Time runs one way in a whole clip, everything else in its step. */
static gboolean
share_step (const InbUnderstood *a, const InbUnderstood *b)
{
  return a->step == b->step || !inb_move_is_kept (a->move);
}

/* Another of the same family that was said later in the same step, with what both say alike. */
static int
find_later (Reader *self, guint index, gboolean same_move)
{
  const InbUnderstood *one = get_understood (self, index);
  InbMove move = one->move;

  for (guint i = index + 1; move != INB_MOVE_NONE && i < self->owners->len; i++)
    if (inb_move_get_family (get_understood (self, i)->move) == inb_move_get_family (move) &&
        share_step (one, get_understood (self, i)) &&
        (!same_move || get_understood (self, i)->move == move))
      return (int) i;
  return -1;
}

/* Whether something moves in the step of one that stands still. */
static gboolean
gives_way (Reader *self, guint index)
{
  const InbUnderstood *still = get_understood (self, index);

  for (guint i = 0; still->move == INB_MOVE_STATIC && i < self->owners->len; i++)
    if (get_understood (self, i)->move < INB_MOVE_STATIC &&
        get_understood (self, i)->step == still->step)
      return TRUE;
  return FALSE;
}

/* Of one family the last one stays; what said the same before lends it its words. Standing still
 * gives way to any move. */
static void
settle (Reader *self)
{
  for (guint i = 0; i < self->owners->len;)
    {
      int same = find_later (self, i, TRUE);
      GArray *owner = g_ptr_array_index (self->owners, i);

      if (find_later (self, i, FALSE) < 0 && !gives_way (self, i))
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
  for (guint i = 0; i < self->sentence->parts->len; i++)
    inb_sentence_get_part (self->sentence, i)->used = FALSE;
  for (guint i = 0; i < self->owners->len; i++)
    mark_used (self, g_ptr_array_index (self->owners, i));
}

/* Steps that nothing is in are none. */
static void
number_steps (Reader *self)
{
  guint numbers[INB_MAX_STEPS] = { 0 }, n_steps = 0;

  for (guint step = 0; step < INB_MAX_STEPS; step++)
    {
      gboolean full = FALSE;

      for (guint i = 0; i < self->owners->len; i++)
        full |= get_understood (self, i)->step == step &&
                inb_move_is_kept (get_understood (self, i)->move);
      numbers[step] = n_steps;
      n_steps += full;
    }
  for (guint i = 0; i < self->owners->len; i++)
    get_understood (self, i)->step = numbers[get_understood (self, i)->step];
  self->prompt->n_steps = MAX (1, n_steps);
}

static void
add_default (Reader *self)
{
  g_autoptr (GArray) owner = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < self->owners->len; i++)
    if (inb_move_is_kept (get_understood (self, i)->move))
      return;
  self->prompt->is_default = TRUE;
  if (!self->no_push)
    add_understood (self, INB_MOVE_PUSH, DEFAULT_PUSH * find_factor (self, -1, owner), 0, owner);
  else
    add_understood (self, INB_MOVE_STATIC, 0.0, 0, owner);
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
        if (!inb_sentence_get_part (self->sentence, g_array_index (owner, guint, k))->used)
          g_array_append_val (group, g_array_index (owner, guint, k));
    }
  if (group->len == 0)
    g_array_append_val (group, index);
  for (guint k = 0; k < group->len; k++)
    inb_sentence_get_part (self->sentence, g_array_index (group, guint, k))->reported = TRUE;
  return inb_sentence_join_words (self->sentence, (const guint *) (gpointer) group->data,
                                  group->len);
}

static void
report (Reader *self)
{
  GPtrArray *ignored = g_ptr_array_new ();

  for (guint i = 0; i < self->owners->len; i++)
    {
      GArray *owner = g_ptr_array_index (self->owners, i);

      get_understood (self, i)->words = inb_sentence_join_words (
          self->sentence, (const guint *) (gpointer) owner->data, owner->len);
    }
  for (guint i = 0; i < self->sentence->parts->len; i++)
    if (!inb_sentence_get_part (self->sentence, i)->used &&
        !inb_sentence_get_part (self->sentence, i)->reported)
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
  g_autoptr (InbSentence) sentence = inb_sentence_new (text);
  g_autoptr (GPtrArray) owners = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_autoptr (GPtrArray) dropped = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  Reader reader = { sentence, prompt, owners, dropped };

  for (guint i = 0; i < sentence->parts->len; i++)
    {
      if (inb_part_get_kind (inb_sentence_get_part (sentence, i)) == INB_WORD_MOVE &&
          !inb_sentence_get_part (sentence, i)->idle)
        read_move (&reader, i);
      else if (inb_part_get_kind (inb_sentence_get_part (sentence, i)) == INB_WORD_EASE)
        read_ease (&reader, i);
    }
  settle (&reader);
  number_steps (&reader);
  add_default (&reader);
  report (&reader);
}
