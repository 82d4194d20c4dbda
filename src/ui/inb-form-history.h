/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-request.h"

G_BEGIN_DECLS

/**
 * InbFormState:
 * @request: what is filled in, photos included; its seed means nothing
 * @loop: whether the last frame is the start frame, whichever that is
 * @product_name: (nullable): what the product is called
 * @at_us: µs of the monotonic clock when it became so; 0: it was so when its history began
 *
 * A form at one moment. Never changed once it is in a history.
 */
typedef struct
{
  InbRequest *request;
  gboolean loop;
  char *product_name;
  gint64 at_us;
} InbFormState;

/**
 * InbFormStep:
 * @INB_FORM_STEP_ALONE: a step of its own
 * @INB_FORM_STEP_PROMPT: the prompt; goes on with the one before it within a word
 * @INB_FORM_STEP_NEGATIVE: the same of the negative prompt
 * @INB_FORM_STEP_GUIDANCE: a value being slid; goes on with the one before it while it moves
 * @INB_FORM_STEP_FOCUS: the same of the framing's focus
 *
 * What a change belongs to: whether it begins a step or goes on with the last one.
 */
typedef enum
{
  INB_FORM_STEP_ALONE,
  INB_FORM_STEP_PROMPT,
  INB_FORM_STEP_NEGATIVE,
  INB_FORM_STEP_GUIDANCE,
  INB_FORM_STEP_FOCUS,
} InbFormStep;

typedef struct _InbFormHistory InbFormHistory;

InbFormState *inb_form_state_new (InbRequest *request, gboolean loop, const char *product_name);
void inb_form_state_free (InbFormState *self);
gboolean inb_form_state_equal (const InbFormState *self, const InbFormState *other);

InbFormHistory *inb_form_history_new (void);
void inb_form_history_free (InbFormHistory *self);
void inb_form_history_begin (InbFormHistory *self, InbFormState *state);
gboolean inb_form_history_record (InbFormHistory *self, InbFormState *state, InbFormStep step,
                                  gint64 now_us);
void inb_form_history_end_step (InbFormHistory *self);
const InbFormState *inb_form_history_undo (InbFormHistory *self);
const InbFormState *inb_form_history_redo (InbFormHistory *self);
gboolean inb_form_history_can_undo (const InbFormHistory *self);
gboolean inb_form_history_can_redo (const InbFormHistory *self);
void inb_form_history_forget_redo (InbFormHistory *self);
gint64 inb_form_history_get_undo_time (const InbFormHistory *self);
gint64 inb_form_history_get_redo_time (const InbFormHistory *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbFormState, inb_form_state_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbFormHistory, inb_form_history_free)

G_END_DECLS
