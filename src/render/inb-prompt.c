/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-prompt.h"

#include <glib/gi18n.h>

#include "core/inb-error.h"
#include "core/inb-request.h"
#include "render/inb-random.h"
#include "render/inb-prompt-reader.h"

/* A seed other than 0 changes an amount by up to this share, either way. Chosen by eye. */
#define SEED_SHARE 0.12

static const struct
{
  const char *name;
  int family; /* moves of one family exclude each other: the last one said wins */
} moves[] = {
  [INB_MOVE_PUSH] = { "push", 0 },
  [INB_MOVE_PULL] = { "pull", 0 },
  [INB_MOVE_PAN_LEFT] = { "pan left", 1 },
  [INB_MOVE_PAN_RIGHT] = { "pan right", 1 },
  [INB_MOVE_TILT_UP] = { "tilt up", 2 },
  [INB_MOVE_TILT_DOWN] = { "tilt down", 2 },
  [INB_MOVE_ORBIT_LEFT] = { "orbit left", 3 },
  [INB_MOVE_ORBIT_RIGHT] = { "orbit right", 3 },
  [INB_MOVE_ROLL_LEFT] = { "roll left", 4 },
  [INB_MOVE_ROLL_RIGHT] = { "roll right", 4 },
  [INB_MOVE_HANDHELD] = { "handheld", 5 },
  [INB_MOVE_STATIC] = { "static", 6 },
  [INB_MOVE_HOLD] = { "hold", 6 },
  [INB_MOVE_EASE_LINEAR] = { "ease linear", 7 },
  [INB_MOVE_EASE_SMOOTH] = { "ease smooth", 7 },
  [INB_MOVE_LIGHT_SWEEP] = { "light sweep", 8 },
  [INB_MOVE_LIGHT_SWEEP_LEFT] = { "light sweep left", 8 },
  [INB_MOVE_FOCUS_PULL] = { "focus pull", 9 },
  [INB_MOVE_DEFOCUS] = { "defocus", 9 },
  [INB_MOVE_BACKGROUND_BLUR] = { "background blur", 9 },
  [INB_MOVE_DUST] = { "dust", 10 },
  [INB_MOVE_STEAM] = { "steam", 11 },
  [INB_MOVE_VIGNETTE] = { "vignette", 12 },
  [INB_MOVE_NONE] = { "none", -1 },
};

static void
understood_free (InbUnderstood *understood)
{
  g_free (understood->words);
  g_free (understood);
}

static gboolean
check_text (const char *text, GError **error)
{
  g_autofree char *stripped = NULL;

  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error_literal (
          error, INB_ERROR, INB_ERROR_BAD_INPUT,
          _ ("The prompt is not valid UTF-8 text. Type it again, or convert the file it comes "
             "from."));
      return FALSE;
    }
  if (g_utf8_strlen (text, -1) > INB_MAX_PROMPT_CHARS)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_BAD_INPUT,
                   _ ("The prompt has %ld characters; at most %d are possible. Shorten it."),
                   g_utf8_strlen (text, -1), INB_MAX_PROMPT_CHARS);
      return FALSE;
    }
  stripped = g_strstrip (g_strdup (text));
  if (*stripped == '\0')
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_BAD_INPUT,
                           _ ("The prompt is empty. Say in a few words how the camera should move, "
                              "for example “slow push in”."));
      return FALSE;
    }
  return TRUE;
}

/**
 * inb_prompt_new:
 * @text: a prompt, 1 to 2500 characters
 * @error: %INB_ERROR_BAD_INPUT
 *
 * Reads how the camera should move from free text. Several moves combine; of two that exclude each
 * other (push and pull, left and right) in one step the last one wins and the other is reported as
 * ignored.
 *
 * Returns: (transfer full) (nullable): what was understood
 */
InbPrompt *
inb_prompt_new (const char *text, GError **error)
{
  InbPrompt *self;

  if (!check_text (text, error))
    return NULL;
  self = g_new0 (InbPrompt, 1);
  self->understood = g_ptr_array_new_with_free_func ((GDestroyNotify) understood_free);
  inb_prompt_read (text, self);
  return self;
}

/**
 * inb_prompt_free:
 * @self: (transfer full): a prompt
 */
void
inb_prompt_free (InbPrompt *self)
{
  g_ptr_array_unref (self->understood);
  g_strfreev (self->ignored);
  g_free (self);
}

/**
 * inb_prompt_get_amount:
 * @self: a prompt
 * @move: a move
 *
 * Returns: how much of it was asked for in the first step that has it, 0 for none
 */
double
inb_prompt_get_amount (const InbPrompt *self, InbMove move)
{
  double amount = 0.0;

  for (guint i = 0; i < self->n_steps && amount <= 0.0; i++)
    amount = inb_prompt_get_step_amount (self, move, i);
  return amount;
}

/**
 * inb_prompt_get_step_amount:
 * @self: a prompt
 * @move: a move
 * @step: a step of the clip, from 0
 *
 * Returns: how much of it was asked for in that step, 0 for none
 */
double
inb_prompt_get_step_amount (const InbPrompt *self, InbMove move, guint step)
{
  for (guint i = 0; i < self->understood->len; i++)
    {
      const InbUnderstood *understood = g_ptr_array_index (self->understood, i);

      if (understood->move == move && understood->step == step)
        return understood->amount;
    }
  return 0.0;
}

/**
 * inb_prompt_vary:
 * @self: a prompt
 * @seed: of a take; 0 changes nothing
 *
 * Changes each amount by up to 12 %, always the same way for one seed, so that the takes of one
 * request differ.
 */
void
inb_prompt_vary (InbPrompt *self, guint32 seed)
{
  for (guint i = 0; seed != 0 && i < self->understood->len; i++)
    {
      InbUnderstood *understood = g_ptr_array_index (self->understood, i);

      understood->amount *=
          1.0 + SEED_SHARE * (2.0 * inb_random_get (seed, understood->move) - 1.0);
    }
}

/**
 * inb_move_to_string:
 * @move: a move
 *
 * Returns: (transfer none): its name in JSON and in the table of words
 */
const char *
inb_move_to_string (InbMove move)
{
  g_return_val_if_fail ((guint) move < G_N_ELEMENTS (moves), NULL);
  return moves[move].name;
}

/**
 * inb_move_get_family:
 * @move: a move
 *
 * Returns: what a camera can do only once at a time has one number; −1 for %INB_MOVE_NONE
 */
int
inb_move_get_family (InbMove move)
{
  g_return_val_if_fail ((guint) move < G_N_ELEMENTS (moves), -1);
  return moves[move].family;
}

/**
 * inb_move_is_kept:
 * @move: a move
 *
 * Returns: whether it takes time, standing still included, so that a step of the clip is for it
 */
gboolean
inb_move_is_kept (InbMove move)
{
  return move != INB_MOVE_EASE_LINEAR && move != INB_MOVE_EASE_SMOOTH && move != INB_MOVE_NONE;
}

/**
 * inb_move_is_effect:
 * @move: a move
 *
 * Returns: whether it is light or air and the camera has no part in it
 */
gboolean
inb_move_is_effect (InbMove move)
{
  return move >= INB_MOVE_LIGHT_SWEEP && move <= INB_MOVE_VIGNETTE;
}

/**
 * inb_move_from_string:
 * @name: (nullable): a name
 * @move: (out): what it names, untouched if it names nothing
 *
 * Returns: %FALSE if no move has that name
 */
gboolean
inb_move_from_string (const char *name, InbMove *move)
{
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    if (g_strcmp0 (moves[i].name, name) == 0)
      {
        *move = (InbMove) i;
        return TRUE;
      }
  return FALSE;
}

/**
 * inb_ease_to_string:
 * @ease: how time runs
 *
 * Returns: (transfer none): the word of the command line and of JSON
 */
const char *
inb_ease_to_string (InbEase ease)
{
  return ease == INB_EASE_LINEAR ? "linear" : "smooth";
}
