/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "providers/inb-catalogue.h"
#include "ui/inb-draft-private.h"

/* What the form asks for, and what still keeps it from asking. */

static char *
find_fault (InbDraft *self)
{
  g_autoptr (InbRequest) request = inb_draft_dup_request (self, 0);
  g_autoptr (GError) error = NULL;
  const InbProvider *provider = inb_catalogue_find (request->provider, &error);

  if (provider != NULL && inb_request_validate (request, &error) &&
      inb_provider_check (provider, request, &error))
    return NULL;
  return g_strdup (error->message);
}

/* Wording and order are those of the form, top to bottom. */
char *
inb_draft_find_obstacle (InbDraft *self)
{
  switch (inb_photo_slot_get_state (self->start))
    {
    case INB_SLOT_LOADING:
      return g_strdup (_ ("Reading the start frame…"));
    case INB_SLOT_READY:
      break;
    case INB_SLOT_EMPTY:
    case INB_SLOT_FAILED:
    default:
      return g_strdup (_ ("Choose a start frame first"));
    }
  if (inb_photo_slot_get_state (self->last) == INB_SLOT_LOADING)
    return g_strdup (_ ("Reading the last frame…"));
  if (inb_photo_slot_get_state (self->last) == INB_SLOT_FAILED &&
      inb_photo_slot_get_sha256 (self->last) != NULL)
    return g_strdup (_ ("Choose another last frame, or clear it"));
  if (*self->form->prompt == '\0')
    return g_strdup (_ ("Say how it should move"));
  return find_fault (self);
}

/**
 * inb_draft_get_obstacle:
 * @self: a draft
 *
 * Returns: (transfer none) (nullable): what is missing, for a person; %NULL if nothing is
 */
const char *
inb_draft_get_obstacle (InbDraft *self)
{
  return self->obstacle;
}

/**
 * inb_draft_is_ready:
 * @self: a draft
 *
 * Returns: %TRUE if it can be asked for
 */
gboolean
inb_draft_is_ready (InbDraft *self)
{
  return self->obstacle == NULL;
}

/**
 * inb_draft_dup_request:
 * @self: a draft
 * @seed: of the first take
 *
 * A photo that is kept and only being read again counts; one that is new does once it is read.
 *
 * Returns: (transfer full): what the form asks for; valid only if the draft is ready
 */
InbRequest *
inb_draft_dup_request (InbDraft *self, guint32 seed)
{
  InbRequest *request = inb_request_copy (self->form);
  InbPhotoSlot *last = self->loop ? self->start : self->last;

  request->start = g_strdup (inb_photo_slot_get_sha256 (self->start));
  if (request->start != NULL)
    request->start_name = g_strdup (inb_photo_slot_get_kept_name (self->start));
  request->last = g_strdup (inb_photo_slot_get_sha256 (last));
  if (request->last != NULL)
    request->last_name = g_strdup (inb_photo_slot_get_kept_name (last));
  request->seed = seed;
  return request;
}
