/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-draft-private.h"

/* Motions write several fields at once. What one wrote, and no one changed since, is still its own:
 * another provider gets its own words of the same motion. */

/* A file name is no name of a product until somebody says so. */
static const char *
get_spoken_name (InbDraft *self)
{
  g_autofree char *from_file = NULL;
  const char *file = inb_photo_slot_get_kept_name (self->start);

  if (file != NULL)
    from_file = inb_request_dup_product_name (file);
  return g_strcmp0 (from_file, self->product_name) == 0 ? NULL : self->product_name;
}

/**
 * inb_draft_get_motion:
 * @self: a draft
 *
 * Returns: (transfer none) (nullable): the motion whose words stand in the form, unchanged
 */
const InbMotion *
inb_draft_get_motion (InbDraft *self)
{
  const GPtrArray *motions = inb_motion_get_all (NULL);
  const InbProvider *provider = inb_draft_get_provider (self);
  const InbModel *model = inb_draft_get_model (self);

  for (guint i = 0; motions != NULL && model != NULL && i < motions->len; i++)
    {
      const InbMotion *motion = g_ptr_array_index (motions, i);

      if (inb_motion_fits (motion, provider, model, get_spoken_name (self), self->form))
        return motion;
    }
  return NULL;
}

static gboolean
can_end_on_start (const InbMotion *motion, const InbModel *model)
{
  return motion->end == INB_MOTION_END_START &&
         (model->can[INB_FEATURE_LAST_FRAME] == INB_CAPABILITY_YES ||
          model->can[INB_FEATURE_LAST_FRAME] == INB_CAPABILITY_UNPROVEN);
}

/**
 * inb_draft_use_motion:
 * @self: a draft
 * @motion: what to write
 * @former: (nullable): whose words stood there until now: its loop goes with them
 *
 * Writes prompt, negative prompt, guidance and loop, in one step that can be undone.
 */
void
inb_draft_use_motion (InbDraft *self, const InbMotion *motion, const InbMotion *former)
{
  const InbProvider *provider = inb_draft_get_provider (self);
  const InbModel *model = inb_draft_get_model (self);

  if (model == NULL)
    return; /* the provider's file is gone: there is nobody to write it for */
  inb_draft_begin_step (self);
  inb_motion_fill (motion, provider, model, get_spoken_name (self), self->form);
  inb_draft_notify (self, PROP_PROMPT, PROP_GUIDANCE);
  if (can_end_on_start (motion, model))
    inb_draft_set_loop (self, TRUE);
  else if (former != NULL && former->end == INB_MOTION_END_START)
    inb_draft_set_loop (self, FALSE);
  inb_draft_end_step (self);
}
