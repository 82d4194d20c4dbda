/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * InbMove:
 * @INB_MOVE_PUSH: the camera goes nearer; amount: growth of the product, 0.22 for 1 → 1.22
 * @INB_MOVE_PULL: the same backwards, 1.22 → 1
 * @INB_MOVE_PAN_LEFT: the camera goes left, so that the picture goes right; amount: of the width
 * @INB_MOVE_PAN_RIGHT: the camera goes right, so that the picture goes left
 * @INB_MOVE_TILT_UP: the camera goes up, so that the picture goes down; amount: of the height
 * @INB_MOVE_TILT_DOWN: the camera goes down, so that the picture goes up
 * @INB_MOVE_ORBIT_LEFT: the camera walks about the product to its left; amount: radians
 * @INB_MOVE_ORBIT_RIGHT: the camera walks about the product to its right: what was right comes
 * nearer
 * @INB_MOVE_ROLL_LEFT: the camera leans to its left, so that the picture turns clockwise; amount:
 * radians
 * @INB_MOVE_ROLL_RIGHT: the camera leans to its right, so that the picture turns counterclockwise
 * @INB_MOVE_HANDHELD: small wandering; amount: of the width
 * @INB_MOVE_STATIC: no move; amount 0
 * @INB_MOVE_EASE_LINEAR: constant speed; amount 0
 * @INB_MOVE_EASE_SMOOTH: gentle start and end; amount 0
 * @INB_MOVE_NONE: something that was said not to happen; amount 0
 */
typedef enum
{
  INB_MOVE_PUSH,
  INB_MOVE_PULL,
  INB_MOVE_PAN_LEFT,
  INB_MOVE_PAN_RIGHT,
  INB_MOVE_TILT_UP,
  INB_MOVE_TILT_DOWN,
  INB_MOVE_ORBIT_LEFT,
  INB_MOVE_ORBIT_RIGHT,
  INB_MOVE_ROLL_LEFT,
  INB_MOVE_ROLL_RIGHT,
  INB_MOVE_HANDHELD,
  INB_MOVE_STATIC,
  INB_MOVE_EASE_LINEAR,
  INB_MOVE_EASE_SMOOTH,
  INB_MOVE_NONE,
} InbMove;

typedef enum
{
  INB_EASE_SMOOTH,
  INB_EASE_LINEAR,
} InbEase;

/**
 * InbUnderstood:
 * @move: what the words mean
 * @amount: how much of it, ≥ 0, in the unit of the move; speed words are in it already
 * @words: those of the prompt that say so, as they were typed; empty for the default
 */
typedef struct
{
  InbMove move;
  double amount;
  char *words;
} InbUnderstood;

/**
 * InbPrompt:
 * @understood: (element-type InbUnderstood): in the order of the prompt
 * @ignored: (array zero-terminated=1): words that mean nothing here, as typed, each once
 * @ease: smooth unless the prompt says otherwise
 * @is_default: whether no word named a move, so that a gentle push was taken
 *
 * What a prompt means to the local engine.
 */
typedef struct
{
  GPtrArray *understood;
  GStrv ignored;
  InbEase ease;
  gboolean is_default;
} InbPrompt;

InbPrompt *inb_prompt_new (const char *text, GError **error);
void inb_prompt_free (InbPrompt *self);
double inb_prompt_get_amount (const InbPrompt *self, InbMove move);
void inb_prompt_vary (InbPrompt *self, guint32 seed);

const char *inb_move_to_string (InbMove move);
int inb_move_get_family (InbMove move);
gboolean inb_move_from_string (const char *name, InbMove *move);
const char *inb_ease_to_string (InbEase ease);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbPrompt, inb_prompt_free)

G_END_DECLS
