/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-job.h"
#include "ui/inb-preview.h"

G_BEGIN_DECLS

typedef enum
{
  INB_SLOT_EMPTY,
  INB_SLOT_LOADING,
  INB_SLOT_READY,
  INB_SLOT_FAILED,
} InbSlotState;

#define INB_TYPE_PHOTO_SLOT (inb_photo_slot_get_type ())
G_DECLARE_FINAL_TYPE (InbPhotoSlot, inb_photo_slot, INB, PHOTO_SLOT, GObject)

InbPhotoSlot *inb_photo_slot_new (const char *root);
void inb_photo_slot_take_file (InbPhotoSlot *self, GFile *file);
void inb_photo_slot_take_bytes (InbPhotoSlot *self, GBytes *bytes, const char *name);
void inb_photo_slot_take_kept (InbPhotoSlot *self, const char *sha256, const char *name);
void inb_photo_slot_take_last_frame (InbPhotoSlot *self, InbJob *job);
void inb_photo_slot_take_preview (InbPhotoSlot *self, InbPreview *preview);
void inb_photo_slot_refuse (InbPhotoSlot *self, const char *message);
void inb_photo_slot_clear (InbPhotoSlot *self);
void inb_photo_slot_swap (InbPhotoSlot *self, InbPhotoSlot *other);

InbSlotState inb_photo_slot_get_state (InbPhotoSlot *self);
InbPreview *inb_photo_slot_get_preview (InbPhotoSlot *self);
const char *inb_photo_slot_get_sha256 (InbPhotoSlot *self);
const char *inb_photo_slot_get_kept_name (InbPhotoSlot *self);
const char *inb_photo_slot_get_name (InbPhotoSlot *self);
const char *inb_photo_slot_get_error (InbPhotoSlot *self);

G_END_DECLS
