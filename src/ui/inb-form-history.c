/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-form-history.h"

#include <string.h>

/* The forms a form has been, so that every change of it can be taken back. A step is what a person
 * would call one: a word, a slide, a photo, a chip with all that it wrote. */
struct _InbFormHistory
{
  GPtrArray *states; /* InbFormState, the oldest first */
  guint current;
  InbFormStep step; /* of the newest change; ALONE: the next one begins a step */
  gint64 changed_us;
  glong typed_at; /* character behind the one typed last, or where one was deleted last */
  gboolean deleting;
};

/* steps kept; each holds a few kilobytes at most */
#define MAX_STATES 200
/* a slide that rests so long is over; chosen by feel */
#define SLIDE_US (G_USEC_PER_SEC)

/**
 * inb_form_state_new:
 * @request: (transfer full): what is filled in
 * @loop: whether the last frame is the start frame
 * @product_name: (nullable): what the product is called
 *
 * Returns: (transfer full): the form at this moment
 */
InbFormState *
inb_form_state_new (InbRequest *request, gboolean loop, const char *product_name)
{
  InbFormState *self = g_new0 (InbFormState, 1);

  self->request = request;
  self->loop = loop;
  self->product_name = g_strdup (product_name);
  return self;
}

/**
 * inb_form_state_free:
 * @self: (transfer full): a state
 */
void
inb_form_state_free (InbFormState *self)
{
  inb_request_free (self->request);
  g_free (self->product_name);
  g_free (self);
}

/* nothing and an empty text look the same in a form */
static gboolean
is_same_text (const char *one, const char *other)
{
  return g_str_equal (one != NULL ? one : "", other != NULL ? other : "");
}

static gboolean
is_same_framing (const InbFraming *one, const InbFraming *other)
{
  return one->ratio == other->ratio && one->fit == other->fit &&
         G_APPROX_VALUE (one->focus_x, other->focus_x, 1e-6) &&
         G_APPROX_VALUE (one->focus_y, other->focus_y, 1e-6);
}

/**
 * inb_form_state_equal:
 * @self: a state
 * @other: another
 *
 * Returns: whether a person would see the same form
 */
gboolean
inb_form_state_equal (const InbFormState *self, const InbFormState *other)
{
  const InbRequest *one = self->request, *two = other->request;

  return self->loop == other->loop && is_same_text (self->product_name, other->product_name) &&
         is_same_text (one->start, two->start) && is_same_text (one->start_name, two->start_name) &&
         is_same_text (one->last, two->last) && is_same_text (one->last_name, two->last_name) &&
         is_same_text (one->matte, two->matte) && is_same_text (one->prompt, two->prompt) &&
         is_same_text (one->negative, two->negative) &&
         G_APPROX_VALUE (one->guidance, two->guidance, 1e-6) &&
         one->duration_s == two->duration_s && is_same_framing (&one->framing, &two->framing) &&
         is_same_text (one->resolution, two->resolution) && one->takes == two->takes &&
         is_same_text (one->provider, two->provider) && is_same_text (one->model, two->model);
}

/**
 * inb_form_history_new:
 *
 * Returns: (transfer full): a history that has to begin
 */
InbFormHistory *
inb_form_history_new (void)
{
  InbFormHistory *self = g_new0 (InbFormHistory, 1);

  self->states = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_form_state_free);
  return self;
}

/**
 * inb_form_history_free:
 * @self: (transfer full): a history
 */
void
inb_form_history_free (InbFormHistory *self)
{
  g_ptr_array_unref (self->states);
  g_free (self);
}

/**
 * inb_form_history_begin:
 * @self: a history
 * @state: (transfer full): the form now
 *
 * Forgets all that was: another product's form begins.
 */
void
inb_form_history_begin (InbFormHistory *self, InbFormState *state)
{
  g_ptr_array_set_size (self->states, 0);
  g_ptr_array_add (self->states, state);
  self->current = 0;
  self->step = INB_FORM_STEP_ALONE;
}

static const InbFormState *
get_state (const InbFormHistory *self, guint index)
{
  return g_ptr_array_index (self->states, index);
}

/* What one text lost and won against the other, as one piece: characters. */
typedef struct
{
  glong start;
  glong removed;
  glong added;
} Difference;

static Difference
compare_texts (const char *old_text, const char *new_text)
{
  glong old_length = g_utf8_strlen (old_text, -1), new_length = g_utf8_strlen (new_text, -1);
  const char *old_end = old_text + strlen (old_text), *new_end = new_text + strlen (new_text);
  glong same_end = 0;
  Difference found = { 0 };

  while (found.start < MIN (old_length, new_length) &&
         g_utf8_get_char (old_text) == g_utf8_get_char (new_text))
    {
      old_text = g_utf8_next_char (old_text);
      new_text = g_utf8_next_char (new_text);
      found.start++;
    }
  while (same_end < MIN (old_length, new_length) - found.start)
    {
      old_end = g_utf8_prev_char (old_end);
      new_end = g_utf8_prev_char (new_end);
      if (g_utf8_get_char (old_end) != g_utf8_get_char (new_end))
        break;
      same_end++;
    }
  found.removed = old_length - found.start - same_end;
  found.added = new_length - found.start - same_end;
  return found;
}

static gboolean
is_space_at (const char *text, glong index)
{
  return index < 0 || g_unichar_isspace (g_utf8_get_char (g_utf8_offset_to_pointer (text, index)));
}

/* Whether one more character was typed, or deleted, right where the last one was, and no new word
 * begins with it. A character typed twice in a row ("oo") may be found one place off: both fit. */
static gboolean
goes_on_typing (InbFormHistory *self, const char *old_text, const char *new_text)
{
  Difference found = compare_texts (old_text, new_text);
  gboolean deleting = found.removed == 1 && found.added == 0;
  gboolean typing = found.added == 1 && found.removed == 0;
  gboolean begins_word =
      typing && !is_space_at (new_text, found.start) && is_space_at (new_text, found.start - 1);
  gboolean here = ABS (found.start - self->typed_at) <= 1;
  gboolean goes_on = (typing || deleting) && deleting == self->deleting && here && !begins_word;

  self->deleting = deleting;
  self->typed_at = found.start + found.added;
  return goes_on;
}

static gboolean
goes_on (InbFormHistory *self, const InbFormState *state, InbFormStep step, gint64 now_us)
{
  const InbRequest *old_form = get_state (self, self->current)->request;
  const InbRequest *form = state->request;
  gboolean typed;

  switch (step)
    {
    case INB_FORM_STEP_PROMPT:
      typed = goes_on_typing (self, old_form->prompt, form->prompt);
      return typed && step == self->step;
    case INB_FORM_STEP_NEGATIVE:
      typed = goes_on_typing (self, old_form->negative != NULL ? old_form->negative : "",
                              form->negative != NULL ? form->negative : "");
      return typed && step == self->step;
    case INB_FORM_STEP_GUIDANCE:
    case INB_FORM_STEP_FOCUS:
      return step == self->step && now_us - self->changed_us < SLIDE_US;
    case INB_FORM_STEP_ALONE:
    default:
      return FALSE;
    }
}

/**
 * inb_form_history_record:
 * @self: a history that has begun
 * @state: (transfer full): the form now
 * @step: what changed
 * @now_us: µs of the monotonic clock
 *
 * Returns: %FALSE if nothing changed
 */
gboolean
inb_form_history_record (InbFormHistory *self, InbFormState *state, InbFormStep step, gint64 now_us)
{
  gboolean merged;

  if (inb_form_state_equal (get_state (self, self->current), state))
    {
      inb_form_state_free (state);
      return FALSE;
    }
  merged = self->current > 0 && goes_on (self, state, step, now_us);
  if (self->current == 0 && step != INB_FORM_STEP_ALONE)
    goes_on (self, state, step, now_us); /* remembers where it was typed */
  self->step = step;
  self->changed_us = now_us;
  state->at_us = now_us;
  if (self->current + 1 < self->states->len)
    g_ptr_array_remove_range (self->states, self->current + 1,
                              self->states->len - self->current - 1);
  if (merged)
    g_ptr_array_remove_index (self->states, self->current--);
  else if (self->states->len == MAX_STATES)
    {
      g_ptr_array_remove_index (self->states, 0);
      self->current--;
    }
  if (inb_form_state_equal (get_state (self, self->current), state))
    {
      /* slid or typed back to where it began: that was no step */
      inb_form_state_free (state);
      self->step = INB_FORM_STEP_ALONE;
      return TRUE;
    }
  g_ptr_array_add (self->states, state);
  self->current++;
  return TRUE;
}

/**
 * inb_form_history_forget_redo:
 * @self: a history
 *
 * What was undone cannot be done again: something else was done since.
 */
void
inb_form_history_forget_redo (InbFormHistory *self)
{
  if (inb_form_history_can_redo (self))
    g_ptr_array_set_size (self->states, (int) self->current + 1);
}

/**
 * inb_form_history_end_step:
 * @self: a history
 *
 * Whatever changes next begins a step.
 */
void
inb_form_history_end_step (InbFormHistory *self)
{
  self->step = INB_FORM_STEP_ALONE;
}

/**
 * inb_form_history_undo:
 * @self: a history
 *
 * Returns: (transfer none) (nullable): the form before the last step, valid until the next call
 */
const InbFormState *
inb_form_history_undo (InbFormHistory *self)
{
  inb_form_history_end_step (self);
  return inb_form_history_can_undo (self) ? get_state (self, --self->current) : NULL;
}

/**
 * inb_form_history_redo:
 * @self: a history
 *
 * Returns: (transfer none) (nullable): the form after the step that was undone last
 */
const InbFormState *
inb_form_history_redo (InbFormHistory *self)
{
  inb_form_history_end_step (self);
  return inb_form_history_can_redo (self) ? get_state (self, ++self->current) : NULL;
}

/**
 * inb_form_history_can_undo:
 * @self: a history
 *
 * Returns: whether there is a step to undo
 */
gboolean
inb_form_history_can_undo (const InbFormHistory *self)
{
  return self->current > 0;
}

/**
 * inb_form_history_can_redo:
 * @self: a history
 *
 * Returns: whether there is a step to do again
 */
gboolean
inb_form_history_can_redo (const InbFormHistory *self)
{
  return self->current + 1 < self->states->len;
}

/**
 * inb_form_history_get_undo_time:
 * @self: a history that has begun
 *
 * Returns: µs of the monotonic clock when the step that Undo takes back was done; 0: there is none
 */
gint64
inb_form_history_get_undo_time (const InbFormHistory *self)
{
  return inb_form_history_can_undo (self) ? get_state (self, self->current)->at_us : 0;
}

/**
 * inb_form_history_get_redo_time:
 * @self: a history that has begun
 *
 * Returns: µs of the monotonic clock when the step that Redo does again was done first; 0: there is
 * none
 */
gint64
inb_form_history_get_redo_time (const InbFormHistory *self)
{
  return inb_form_history_can_redo (self) ? get_state (self, self->current + 1)->at_us : 0;
}
