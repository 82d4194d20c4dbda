/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/inb-draft.h"

/* What the form asks for, and what still keeps it from asking. */

/**
 * inb_draft_find_obstacle:
 * @self: a draft
 *
 * Wording and order are those of the form, top to bottom. For the draft itself, which keeps the
 * answer; others ask inb_draft_get_obstacle().
 *
 * Returns: (transfer full) (nullable): what is missing, for a person; %NULL if nothing is
 */
char *
inb_draft_find_obstacle (InbDraft *self)
{
  g_autoptr (InbRequest) request = NULL;
  g_autoptr (GError) error = NULL;

  switch (inb_photo_slot_get_state (inb_draft_get_start (self)))
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
  if (inb_photo_slot_get_state (inb_draft_get_last (self)) == INB_SLOT_LOADING)
    return g_strdup (_ ("Reading the last frame…"));
  if (*inb_draft_get_prompt (self) == '\0')
    return g_strdup (_ ("Say how it should move"));
  request = inb_draft_dup_request (self, 0);
  if (!inb_request_validate (request, &error))
    return g_strdup (error->message);
  return NULL;
}

/**
 * inb_draft_dup_request:
 * @self: a draft
 * @seed: of the first take
 *
 * Returns: (transfer full): what the form asks for; valid only if the draft is ready
 */
InbRequest *
inb_draft_dup_request (InbDraft *self, guint32 seed)
{
  InbRequest *request = inb_request_new ();
  InbPreview *start = inb_photo_slot_get_preview (inb_draft_get_start (self));
  InbPreview *last = inb_photo_slot_get_preview (inb_draft_get_last (self));

  if (start != NULL)
    {
      request->start = g_strdup (inb_preview_get_sha256 (start));
      request->start_name = g_strdup (inb_preview_get_name (start));
    }
  if (last != NULL)
    {
      request->last = g_strdup (inb_preview_get_sha256 (last));
      request->last_name = g_strdup (inb_preview_get_name (last));
    }
  request->prompt = g_strdup (inb_draft_get_prompt (self));
  request->duration_s = inb_draft_get_duration (self);
  inb_draft_get_framing (self, &request->framing);
  request->takes = inb_draft_get_takes (self);
  request->seed = seed;
  return request;
}
