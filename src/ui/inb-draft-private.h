/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/inb-draft.h"
#include "ui/inb-form-history.h"

G_BEGIN_DECLS

/* Shared by inb-draft.c (the object), inb-draft-form.c (what is filled in), inb-draft-request.c
 * (what becomes of it) and inb-draft-undo.c (what it was). */
struct _InbDraft
{
  GObject parent_instance;

  char *root;
  char *product_id;
  char *product_name;
  InbPhotoSlot *start;
  InbPhotoSlot *last;
  InbRequest *form;  /* all but the photos, which the slots hold */
  gboolean loop;     /* the last frame is the start frame, whichever that is */
  char *focus_photo; /* sha256 of the photo on which the person chose the focus */
  char *matte_photo; /* sha256 of the photo in which the person marked the product */
  char *obstacle;

  InbFormHistory *history;
  guint in_step;   /* changes now belong to one step, which ends when this is 0 again */
  GPtrArray *seen; /* InbPreview shown last, the newest at the end: undo needs no worker for them */
};

typedef enum
{
  PROP_PRODUCT_NAME = 1,
  PROP_RATIO,
  PROP_FIT,
  PROP_FOCUS,
  PROP_MATTE,
  PROP_PROMPT,
  PROP_NEGATIVE,
  PROP_GUIDANCE,
  PROP_DURATION_INDEX,
  PROP_TAKES_INDEX,
  PROP_LOOP,
  PROP_PROVIDER,
  PROP_MODEL,
  PROP_RESOLUTION,
  PROP_OBSTACLE,
} InbDraftProperty;

void inb_draft_notify (InbDraft *self, InbDraftProperty first, InbDraftProperty last);
void inb_draft_touched (InbDraft *self, InbDraftProperty property);
void inb_draft_tell_product (InbDraft *self, gboolean comes);
void inb_draft_saw (InbDraft *self, InbPreview *preview);
void inb_draft_begin_history (InbDraft *self);
char *inb_draft_find_obstacle (InbDraft *self);

G_END_DECLS
