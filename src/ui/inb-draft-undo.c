/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-draft-private.h"

/* What the form was and becomes again: another product's, a take's, or its own of a step ago. All
 * that is shown follows from one state; photos that were shown lately need no worker again. */

/* previews kept: some 10 MB each */
#define MAX_SEEN 4

static InbFormState *
make_state (InbDraft *self)
{
  return inb_form_state_new (inb_draft_dup_request (self, 0), self->loop, self->product_name);
}

static InbFormStep
find_step (InbDraftProperty property)
{
  switch ((guint) property)
    {
    case PROP_PROMPT:
      return INB_FORM_STEP_PROMPT;
    case PROP_NEGATIVE:
      return INB_FORM_STEP_NEGATIVE;
    case PROP_GUIDANCE:
      return INB_FORM_STEP_GUIDANCE;
    case PROP_FOCUS:
      return INB_FORM_STEP_FOCUS;
    default:
      return INB_FORM_STEP_ALONE;
    }
}

static void
record (InbDraft *self, InbFormStep step)
{
  if (inb_form_history_record (self->history, make_state (self), step, g_get_monotonic_time ()))
    inb_draft_notify (self, PROP_OBSTACLE, PROP_OBSTACLE);
}

/* Called after each change of what is filled in. */
void
inb_draft_touched (InbDraft *self, InbDraftProperty property)
{
  if (self->in_step == 0)
    inb_form_history_record (self->history, make_state (self), find_step (property),
                             g_get_monotonic_time ());
  inb_draft_notify (self, property, property);
}

static InbPreview *
find_seen (InbDraft *self, const char *sha256, const char *name)
{
  for (guint i = self->seen->len; i > 0; i--)
    {
      InbPreview *preview = g_ptr_array_index (self->seen, i - 1);

      if (g_str_equal (inb_preview_get_sha256 (preview), sha256) &&
          g_strcmp0 (inb_preview_get_name (preview), name) == 0)
        return preview;
    }
  return NULL;
}

/* A preview that was shown is at hand for a while. */
void
inb_draft_saw (InbDraft *self, InbPreview *preview)
{
  InbPreview *former;

  if (preview == NULL || self->seen == NULL)
    return;
  g_object_ref (preview);
  former = find_seen (self, inb_preview_get_sha256 (preview), inb_preview_get_name (preview));
  g_ptr_array_remove (self->seen, former);
  g_ptr_array_add (self->seen, preview);
  if (self->seen->len > MAX_SEEN)
    g_ptr_array_remove_index (self->seen, 0);
}

/**
 * inb_draft_begin_step:
 * @self: a draft
 *
 * What changes until inb_draft_end_step() is undone at once. Steps may lie inside each other.
 */
void
inb_draft_begin_step (InbDraft *self)
{
  self->in_step++;
}

/**
 * inb_draft_end_step:
 * @self: a draft
 *
 * Ends what inb_draft_begin_step() began. Alone, it ends a slide: whatever comes next is a step of
 * its own.
 */
void
inb_draft_end_step (InbDraft *self)
{
  if (self->in_step > 1)
    {
      self->in_step--;
      return;
    }
  if (self->in_step == 1)
    {
      self->in_step = 0;
      record (self, INB_FORM_STEP_ALONE);
    }
  inb_form_history_end_step (self->history);
}

/* Forgets the steps: the form is another's. */
void
inb_draft_begin_history (InbDraft *self)
{
  inb_form_history_begin (self->history, make_state (self));
}

static void
show_photo (InbDraft *self, InbPhotoSlot *slot, const char *sha256, const char *name)
{
  g_autoptr (InbPreview) seen = NULL;

  if (sha256 == NULL)
    {
      if (inb_photo_slot_get_state (slot) != INB_SLOT_EMPTY)
        inb_photo_slot_clear (slot);
      return;
    }
  /* what is still being read would come into another form */
  if (inb_photo_slot_get_state (slot) == INB_SLOT_READY &&
      g_strcmp0 (inb_photo_slot_get_sha256 (slot), sha256) == 0 &&
      g_strcmp0 (inb_photo_slot_get_kept_name (slot), name) == 0)
    return;
  g_set_object (&seen, find_seen (self, sha256, name));
  if (seen != NULL)
    inb_photo_slot_take_preview (slot, seen);
  else
    inb_photo_slot_take_kept (slot, sha256, name);
}

/* the photos are the slots' business */
static InbRequest *
copy_form (const InbRequest *request)
{
  InbRequest *form = inb_request_copy (request);

  g_clear_pointer (&form->start, g_free);
  g_clear_pointer (&form->start_name, g_free);
  g_clear_pointer (&form->last, g_free);
  g_clear_pointer (&form->last_name, g_free);
  if (form->prompt == NULL)
    form->prompt = g_strdup ("");
  if (form->provider == NULL)
    form->provider = g_strdup ("local");
  form->takes = CLAMP (form->takes, 1, INB_MAX_TAKES);
  return form;
}

static void
show_form (InbDraft *self, const InbRequest *request, gboolean loop)
{
  inb_request_free (self->form);
  self->form = copy_form (request);
  self->loop = loop;
  g_free (self->focus_photo);
  self->focus_photo = g_strdup (request->framing.focus_x >= 0.0 ? request->start : NULL);
  g_free (self->matte_photo);
  self->matte_photo = g_strdup (request->matte != NULL ? request->start : NULL);
  show_photo (self, self->start, request->start, request->start_name);
  if (loop && inb_photo_slot_get_state (self->start) == INB_SLOT_READY)
    inb_photo_slot_take_preview (self->last, inb_photo_slot_get_preview (self->start));
  else if (!loop) /* else it follows when the start frame is there */
    show_photo (self, self->last, request->last, request->last_name);
}

static gboolean
is_loop (const InbRequest *request)
{
  return request->last != NULL && g_strcmp0 (request->last, request->start) == 0;
}

static void
show_product (InbDraft *self, const char *product_id, const char *product_name,
              const InbRequest *request)
{
  inb_draft_tell_product (self, FALSE);
  self->in_step++; /* nothing of this is a step */
  g_free (self->product_id);
  self->product_id = g_strdup (product_id);
  g_free (self->product_name);
  self->product_name = g_strdup (product_name);
  show_form (self, request, is_loop (request));
  self->in_step--;
  inb_draft_begin_history (self);
  inb_draft_notify (self, PROP_PRODUCT_NAME, PROP_OBSTACLE);
  inb_draft_tell_product (self, TRUE);
}

/**
 * inb_draft_reset:
 * @self: a draft
 *
 * Begins a new product with an empty form.
 */
void
inb_draft_reset (InbDraft *self)
{
  g_autoptr (InbRequest) empty = inb_request_new ();
  g_autofree char *product_id = g_uuid_string_random ();

  show_product (self, product_id, NULL, empty);
}

/**
 * inb_draft_restore:
 * @self: a draft
 * @product_id: UUID of the product
 * @product_name: (nullable): what it is called
 * @request: what was filled in; may be incomplete
 *
 * Fills the form as it stood when @request was made. What could be undone before, cannot be now.
 */
void
inb_draft_restore (InbDraft *self, const char *product_id, const char *product_name,
                   const InbRequest *request)
{
  show_product (self, product_id, product_name, request);
}

/**
 * inb_draft_use:
 * @self: a draft
 * @request: what a take was made of
 *
 * Fills the form of this product with it, in one step that can be undone.
 */
void
inb_draft_use (InbDraft *self, const InbRequest *request)
{
  inb_draft_begin_step (self);
  show_form (self, request, is_loop (request));
  inb_draft_notify (self, PROP_PRODUCT_NAME, PROP_OBSTACLE);
  inb_draft_end_step (self);
}

static void
show_state (InbDraft *self, const InbFormState *state)
{
  if (state == NULL)
    return;
  self->in_step++; /* nothing of this is a new step */
  g_free (self->product_name);
  self->product_name = g_strdup (state->product_name);
  show_form (self, state->request, state->loop);
  inb_draft_notify (self, PROP_PRODUCT_NAME, PROP_OBSTACLE);
  self->in_step--;
}

/**
 * inb_draft_undo:
 * @self: a draft
 *
 * Takes the last step back, if there is one.
 */
void
inb_draft_undo (InbDraft *self)
{
  g_return_if_fail (self->in_step == 0);
  show_state (self, inb_form_history_undo (self->history));
}

/**
 * inb_draft_redo:
 * @self: a draft
 *
 * Takes the last undo back, if nothing was changed since.
 */
void
inb_draft_redo (InbDraft *self)
{
  g_return_if_fail (self->in_step == 0);
  show_state (self, inb_form_history_redo (self->history));
}

/**
 * inb_draft_forget_redo:
 * @self: a draft
 *
 * What was undone cannot be done again: something else was done since, outside the form.
 */
void
inb_draft_forget_redo (InbDraft *self)
{
  inb_form_history_forget_redo (self->history);
}

/**
 * inb_draft_get_undo_time:
 * @self: a draft
 *
 * Returns: µs of the monotonic clock when the step that Undo takes back was done; 0: there is none
 */
gint64
inb_draft_get_undo_time (InbDraft *self)
{
  return inb_form_history_get_undo_time (self->history);
}

/**
 * inb_draft_get_redo_time:
 * @self: a draft
 *
 * Returns: µs of the monotonic clock when the step that Redo does again was done first; 0: there is
 * none
 */
gint64
inb_draft_get_redo_time (InbDraft *self)
{
  return inb_form_history_get_redo_time (self->history);
}
