/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/inb-body.h"

G_BEGIN_DECLS

#define INB_TYPE_BODY_STREAM (inb_body_stream_get_type ())
G_DECLARE_FINAL_TYPE (InbBodyStream, inb_body_stream, INB, BODY_STREAM, GInputStream)

/**
 * InbSegment:
 * @text: (nullable): what is sent
 * @path: (nullable): of the file that is sent instead
 * @size: bytes the file had when it was added
 * @encoding: of the file
 *
 * One piece of a body. Inside net/ only.
 */
typedef struct
{
  GBytes *text;
  char *path;
  gint64 size;
  InbBodyEncoding encoding;
} InbSegment;

/**
 * InbBodyLast:
 * @user_data: as given
 * @error: why not
 *
 * Returns: %FALSE to keep the last bytes back
 */
typedef gboolean (*InbBodyLast) (gpointer user_data, GError **error);

GInputStream *inb_body_stream_new (GPtrArray *segments);
void inb_body_stream_ask_last (InbBodyStream *self, gint64 length, InbBodyLast last,
                               gpointer user_data);

G_END_DECLS
