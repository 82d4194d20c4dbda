/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define INB_POSTER_LONG_SIDE 640
/* the frame in the middle */
#define INB_POSTER_MIDDLE -1

/**
 * InbPoster:
 * @frame: number of the frame, from 0
 * @width: px
 * @height: px
 *
 * What a poster shows.
 */
typedef struct
{
  guint frame;
  guint width;
  guint height;
} InbPoster;

gboolean inb_poster_make (const char *clip, int frame, guint long_side, const char *format,
                          const char *path, InbPoster *result, GError **error);

G_END_DECLS
