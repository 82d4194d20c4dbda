/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/inb-words.h"

G_BEGIN_DECLS

/**
 * InbPart:
 * @match: words, and what the table says of them
 * @clause: part of the sentence: counted at punctuation and joining words
 * @step: part of the clip: counted at "then" and about a hold; < %INB_MAX_STEPS
 * @negated: whether it was said not to happen
 * @idle: of a move's word: whether it means none where it stands
 * @used: whether it is part of something understood
 * @reported: whether it goes without saying, or was said already
 *
 * One match of the table, and what became of it.
 */
typedef struct
{
  InbMatch match;
  guint clause;
  guint step;
  gboolean negated;
  gboolean idle;
  gboolean used;
  gboolean reported;
} InbPart;

/**
 * InbSentence:
 * @tokens: (element-type InbToken): the words of a prompt
 * @parts: (element-type InbPart): every one of them in one match
 *
 * A prompt taken apart.
 */
typedef struct
{
  GPtrArray *tokens;
  GArray *parts;
} InbSentence;

InbSentence *inb_sentence_new (const char *text);
void inb_sentence_free (InbSentence *self);
InbPart *inb_sentence_get_part (InbSentence *self, guint index);
InbWordKind inb_part_get_kind (const InbPart *self);
int inb_sentence_find_direction (InbSentence *self, guint move);
int inb_sentence_find_second_direction (InbSentence *self, const InbMeaning *move, guint direction);
gboolean inb_sentence_is_speed (InbSentence *self, guint index);
gboolean inb_sentence_has_move (InbSentence *self, guint clause);
char *inb_sentence_join_words (InbSentence *self, const guint *indices, guint n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbSentence, inb_sentence_free)

G_END_DECLS
