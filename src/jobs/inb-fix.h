/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-request.h"

G_BEGIN_DECLS

/**
 * InbFixKind:
 * @INB_FIX_NONE: there is none
 * @INB_FIX_FRAMING: another shape or fit, for both frames
 * @INB_FIX_SHORTEN_PROMPT: the prompt cut to @number characters
 * @INB_FIX_SHORTEN_NEGATIVE: the negative prompt cut to @number characters
 * @INB_FIX_CLEAR_NEGATIVE: no negative prompt
 * @INB_FIX_RESET_GUIDANCE: no guidance
 * @INB_FIX_CLEAR_RESOLUTION: the resolution that the model has
 * @INB_FIX_DURATION: @number seconds
 * @INB_FIX_TAKES: @number takes
 * @INB_FIX_REMOVE_LAST: no last frame
 * @INB_FIX_PROVIDER: another @provider, or another @model of it
 * @INB_FIX_CHOOSE_START: a person chooses the start photo
 * @INB_FIX_CHOOSE_LAST: a person chooses the last photo
 * @INB_FIX_ADD_KEY: a person gives a key of @provider
 * @INB_FIX_UNLOCK: a person unlocks the keyring
 * @INB_FIX_RAISE_CAP: a person changes a cap
 * @INB_FIX_MAKE_ROOM: a person makes room on the disk
 *
 * Those up to %INB_FIX_PROVIDER change a request; the others are a person's to do, elsewhere.
 */
typedef enum
{
  INB_FIX_NONE,
  INB_FIX_FRAMING,
  INB_FIX_SHORTEN_PROMPT,
  INB_FIX_SHORTEN_NEGATIVE,
  INB_FIX_CLEAR_NEGATIVE,
  INB_FIX_RESET_GUIDANCE,
  INB_FIX_CLEAR_RESOLUTION,
  INB_FIX_DURATION,
  INB_FIX_TAKES,
  INB_FIX_REMOVE_LAST,
  INB_FIX_PROVIDER,
  INB_FIX_CHOOSE_START,
  INB_FIX_CHOOSE_LAST,
  INB_FIX_ADD_KEY,
  INB_FIX_UNLOCK,
  INB_FIX_RAISE_CAP,
  INB_FIX_MAKE_ROOM,
} InbFixKind;

/**
 * InbFix:
 * @kind: what it does
 * @label: (nullable): what its button reads
 * @framing: for %INB_FIX_FRAMING; its focus is not read
 * @provider: (nullable): id
 * @model: (nullable): id
 * @number: as @kind says
 *
 * One press that mends what a check found.
 */
typedef struct
{
  InbFixKind kind;
  char *label;
  InbFraming framing;
  char *provider;
  char *model;
  guint number;
} InbFix;

gboolean inb_fix_apply (const InbFix *self, InbRequest *request);
void inb_fix_clear (InbFix *self);

G_END_DECLS
