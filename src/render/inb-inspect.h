/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "core/inb-clip.h"

G_BEGIN_DECLS

/**
 * InbInspection:
 * @clip: what a clip's row keeps of it
 * @primaries: (nullable): colour tags as the file carries them, GStreamer's names; %NULL where the
 * file says nothing
 * @transfer: (nullable): the same
 * @range: (nullable): "limited" or "full"
 * @audio: whether there is sound
 * @faststart: MP4 and MOV: the index stands before the media; WebM: always
 *
 * What is known of a video file after it was walked and decoded to its end.
 */
typedef struct
{
  InbClip *clip;
  char *primaries;
  char *transfer;
  char *range;
  gboolean audio;
  gboolean faststart;
} InbInspection;

typedef void (*InbInspectProgress) (double progress, gpointer user_data);

InbInspection *inb_inspect (const char *path, InbInspectProgress progress, gpointer user_data,
                            GError **error);
void inb_inspection_free (InbInspection *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbInspection, inb_inspection_free)

G_END_DECLS
