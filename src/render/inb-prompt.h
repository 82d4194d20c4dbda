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
 * @INB_MOVE_HOLD: the same as a step of its own: the camera stays where it is
 * @INB_MOVE_EASE_LINEAR: constant speed; amount 0
 * @INB_MOVE_EASE_SMOOTH: gentle start and end; amount 0
 * @INB_MOVE_LIGHT_SWEEP: no move but an effect: a band of light passes to the right; amount: how
 * much of what a middle tone can take
 * @INB_MOVE_LIGHT_SWEEP_LEFT: the same to the left
 * @INB_MOVE_FOCUS_PULL: from blurred to sharp; amount: standard deviation, of the width
 * @INB_MOVE_DEFOCUS: from sharp to blurred
 * @INB_MOVE_BACKGROUND_BLUR: the same behind the product, which stays sharp
 * @INB_MOVE_DUST: motes that drift; amount: opacity of the brightest
 * @INB_MOVE_STEAM: wisps that rise; amount: opacity of the densest
 * @INB_MOVE_VIGNETTE: darker towards the corners; amount: how much there
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
  INB_MOVE_HOLD,
  INB_MOVE_EASE_LINEAR,
  INB_MOVE_EASE_SMOOTH,
  INB_MOVE_LIGHT_SWEEP,
  INB_MOVE_LIGHT_SWEEP_LEFT,
  INB_MOVE_FOCUS_PULL,
  INB_MOVE_DEFOCUS,
  INB_MOVE_BACKGROUND_BLUR,
  INB_MOVE_DUST,
  INB_MOVE_STEAM,
  INB_MOVE_VIGNETTE,
  INB_MOVE_NONE,
} InbMove;

#define INB_N_MOVES (INB_MOVE_NONE + 1)

/* Steps of a clip: more "then" than that would leave none of them time. */
#define INB_MAX_STEPS 16

typedef enum
{
  INB_EASE_SMOOTH,
  INB_EASE_LINEAR,
} InbEase;

/**
 * InbUnderstood:
 * @move: what the words mean
 * @amount: how much of it, ≥ 0, in the unit of the move; speed words are in it already
 * @step: in which of the clip's steps, from 0; of an ease and of %INB_MOVE_NONE nothing
 * @words: those of the prompt that say so, as they were typed; empty for the default
 */
typedef struct
{
  InbMove move;
  double amount;
  guint step;
  char *words;
} InbUnderstood;

/**
 * InbPrompt:
 * @understood: (element-type InbUnderstood): in the order of the prompt
 * @ignored: (array zero-terminated=1): words that mean nothing here, as typed, each once
 * @ease: smooth unless the prompt says otherwise
 * @n_steps: parts of the clip, of equal length, that follow each other: 1…%INB_MAX_STEPS
 * @is_default: whether no word named a move, so that a gentle push was taken
 *
 * What a prompt means to the local engine.
 */
typedef struct
{
  GPtrArray *understood;
  GStrv ignored;
  InbEase ease;
  guint n_steps;
  gboolean is_default;
} InbPrompt;

InbPrompt *inb_prompt_new (const char *text, GError **error);
void inb_prompt_free (InbPrompt *self);
double inb_prompt_get_amount (const InbPrompt *self, InbMove move);
double inb_prompt_get_step_amount (const InbPrompt *self, InbMove move, guint step);
void inb_prompt_vary (InbPrompt *self, guint32 seed);

const char *inb_move_to_string (InbMove move);
int inb_move_get_family (InbMove move);
gboolean inb_move_is_kept (InbMove move);
gboolean inb_move_is_effect (InbMove move);
gboolean inb_move_from_string (const char *name, InbMove *move);
const char *inb_ease_to_string (InbEase ease);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbPrompt, inb_prompt_free)

G_END_DECLS
