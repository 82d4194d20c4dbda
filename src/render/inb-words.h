/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/inb-prompt.h"

G_BEGIN_DECLS

typedef enum
{
  INB_DIRECTION_ANY, /* none was said */
  INB_DIRECTION_LEFT,
  INB_DIRECTION_RIGHT,
  INB_DIRECTION_UP,
  INB_DIRECTION_DOWN,
  INB_DIRECTION_CLOCKWISE,
  INB_DIRECTION_COUNTERCLOCKWISE,
  INB_N_DIRECTIONS,
} InbDirection;

typedef enum
{
  INB_WORD_CONTENT, /* in no group of the table */
  INB_WORD_MOVE,
  INB_WORD_DIRECTION,
  INB_WORD_SPEED,
  INB_WORD_EASE,
  INB_WORD_NOT,
  INB_WORD_OR,
  INB_WORD_JOIN,
  INB_WORD_THEN,
  INB_WORD_FILLER,
  INB_WORD_OTHER,
} InbWordKind;

/**
 * InbMeaning:
 * @kind: what the phrase is for
 * @turns: of a move: what it is with each direction; @move is %INB_MOVE_NONE where it is nothing
 * @fallback: of a move: the direction when none is said
 * @alone: of a move: whether it counts only where it says all that its part of the sentence says
 * @direction: of a direction
 * @factor: of a speed
 * @before_move: of a speed: whether it counts right before a move only
 * @ease: of an ease
 *
 * What a group of the table says of its phrases.
 */
typedef struct
{
  InbWordKind kind;
  struct
  {
    InbMove move;
    double amount;
  } turns[INB_N_DIRECTIONS];
  InbDirection fallback;
  gboolean alone;
  InbDirection direction;
  double factor;
  gboolean before_move;
  InbEase ease;
} InbMeaning;

/**
 * InbToken:
 * @typed: the word as it was typed
 * @folded: the same without case, hyphens and apostrophes
 * @clause: number of the part of the sentence, counted at punctuation
 */
typedef struct
{
  char *typed;
  char *folded;
  guint clause;
} InbToken;

#define INB_WORDS_MAX_TOKENS 8

/**
 * InbMatch:
 * @meaning: (nullable): what the words mean; %NULL for a word that is not in the table
 * @tokens: which of the tokens, ascending
 * @n_tokens: how many
 */
typedef struct
{
  const InbMeaning *meaning;
  guint tokens[INB_WORDS_MAX_TOKENS];
  guint n_tokens;
} InbMatch;

typedef struct _InbWords InbWords;

const InbWords *inb_words_get_default (void);
InbWords *inb_words_new (const char *data, gsize length, GError **error);
void inb_words_free (InbWords *self);
GPtrArray *inb_words_split (const char *text);
GArray *inb_words_match (const InbWords *self, GPtrArray *tokens);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbWords, inb_words_free)

G_END_DECLS
