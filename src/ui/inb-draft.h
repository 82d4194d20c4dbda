/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-request.h"
#include "providers/inb-motion.h"
#include "ui/inb-photo-slot.h"

G_BEGIN_DECLS

#define INB_TYPE_DRAFT (inb_draft_get_type ())
G_DECLARE_FINAL_TYPE (InbDraft, inb_draft, INB, DRAFT, GObject)

InbDraft *inb_draft_new (const char *root);

/* whose form it is: inb-draft.c */
const char *inb_draft_get_root (InbDraft *self);
InbPhotoSlot *inb_draft_get_start (InbDraft *self);
InbPhotoSlot *inb_draft_get_last (InbDraft *self);
const char *inb_draft_get_product_id (InbDraft *self);
const char *inb_draft_get_product_name (InbDraft *self);
void inb_draft_name_product (InbDraft *self, const char *name);

/* what is filled in: inb-draft-form.c */
void inb_draft_get_framing (InbDraft *self, InbFraming *framing);
void inb_draft_set_focus (InbDraft *self, double x, double y);
void inb_draft_set_matte (InbDraft *self, const char *sha256);
const char *inb_draft_get_matte (InbDraft *self);
void inb_draft_set_prompt (InbDraft *self, const char *prompt);
const char *inb_draft_get_prompt (InbDraft *self);
void inb_draft_set_negative (InbDraft *self, const char *negative);
const char *inb_draft_get_negative (InbDraft *self);
void inb_draft_set_guidance (InbDraft *self, double guidance);
double inb_draft_get_guidance (InbDraft *self);
guint inb_draft_get_duration (InbDraft *self);
guint inb_draft_get_takes (InbDraft *self);
void inb_draft_set_loop (InbDraft *self, gboolean loop);
gboolean inb_draft_get_loop (InbDraft *self);
void inb_draft_swap (InbDraft *self);
void inb_draft_set_provider (InbDraft *self, const char *provider);
void inb_draft_set_model (InbDraft *self, const char *model);
void inb_draft_set_resolution (InbDraft *self, const char *resolution);
const InbProvider *inb_draft_get_provider (InbDraft *self);
gboolean inb_draft_is_local (InbDraft *self);
const InbModel *inb_draft_get_model (InbDraft *self);
const char *inb_draft_find_reason (InbDraft *self, InbFeature feature);

/* what motions write: inb-draft-motion.c */
const InbMotion *inb_draft_get_motion (InbDraft *self);
void inb_draft_use_motion (InbDraft *self, const InbMotion *motion, const InbMotion *former);

/* what it was and becomes again: inb-draft-undo.c */
void inb_draft_reset (InbDraft *self);
void inb_draft_restore (InbDraft *self, const char *product_id, const char *product_name,
                        const InbRequest *request);
void inb_draft_use (InbDraft *self, const InbRequest *request);
void inb_draft_begin_step (InbDraft *self);
void inb_draft_end_step (InbDraft *self);
void inb_draft_undo (InbDraft *self);
void inb_draft_redo (InbDraft *self);
void inb_draft_forget_redo (InbDraft *self);
gint64 inb_draft_get_undo_time (InbDraft *self);
gint64 inb_draft_get_redo_time (InbDraft *self);

/* what becomes of it: inb-draft-request.c */
const char *inb_draft_get_obstacle (InbDraft *self);
gboolean inb_draft_is_ready (InbDraft *self);
InbRequest *inb_draft_dup_request (InbDraft *self, guint32 seed);

G_END_DECLS
