/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/inb-clip.h"

G_BEGIN_DECLS

/* A clip whose every frame carries its number as nine black or white bars, the lowest bit on the
 * left, so that a test reads from pixels what was shown. */
typedef enum
{
  INB_TEST_CLIP_PLAIN = 0,
  INB_TEST_CLIP_SOUND = 1 << 0, /* with a silent sound track */
  INB_TEST_CLIP_INTRA = 1 << 1, /* every frame a key frame; else one for the whole clip */
  INB_TEST_CLIP_SMALL = 1 << 2, /* a third as wide and high */
} InbTestClipFlags;

InbClip *inb_test_clip_new (const char *folder, const char *name, guint n_frames, guint fps_n,
                            guint fps_d, InbTestClipFlags flags);
int inb_test_clip_read (GdkTexture *texture);
void inb_test_clip_hide_decoders (gboolean hide);

G_END_DECLS
