/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/inb-draft.h"

G_BEGIN_DECLS

/* Shared by inb-draft.c (the object), inb-draft-form.c (what is filled in) and inb-draft-request.c
 * (what becomes of it). */
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
  char *obstacle;
};

typedef enum
{
  PROP_PRODUCT_NAME = 1,
  PROP_RATIO,
  PROP_FIT,
  PROP_FOCUS,
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

void inb_draft_touched (InbDraft *self, InbDraftProperty property);
char *inb_draft_find_obstacle (InbDraft *self);

G_END_DECLS
