/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define INB_BOXES_MAX 10000
#define INB_BOXES_MAX_DEPTH 16

/**
 * InbBoxes:
 * @n_boxes: how many were walked
 * @n_tracks: of any kind
 * @n_samples: frames of the first picture track according to its tables; 0 where a fragmented file
 * does not say
 * @faststart: whether the index stands before the media
 * @fragmented: whether the index is spread over the file
 * @quicktime: whether the first brand is QuickTime's (MOV)
 * @trimmed: whether an edit list leaves frames of the picture track out
 *
 * What the boxes of an MP4 or MOV file say, before anything is decoded.
 */
typedef struct
{
  guint n_boxes;
  guint n_tracks;
  guint64 n_samples;
  gboolean faststart;
  gboolean fragmented;
  gboolean quicktime;
  gboolean trimmed;
} InbBoxes;

gboolean inb_boxes_walk (int fd, const char *name, InbBoxes *result, GError **error);
gboolean inb_boxes_clear_times (int fd, const char *name, GError **error);

G_END_DECLS
