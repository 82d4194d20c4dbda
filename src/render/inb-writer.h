/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * InbWriterRecipe:
 * @encoder: the element that is probed for, and named to people
 * @container: "mp4", "webm", "mov", "jpg" or "png"
 * @chain: gst-launch words from raw frames to the encoded stream, the encoder's settings in it
 * @muxer: gst-launch words of the muxer, "identity" for none
 * @needs: (array zero-terminated=1): the other elements that have to be there
 *
 * One way to make a file. Tables of them are tried from the top.
 */
typedef struct
{
  const char *encoder;
  const char *container;
  const char *chain;
  const char *muxer;
  const char *needs[4];
} InbWriterRecipe;

typedef struct _InbWriter InbWriter;

gboolean inb_writer_can (const InbWriterRecipe *recipe);
InbWriter *inb_writer_open (const InbWriterRecipe *recipe, const char *path, GstCaps *caps,
                            gsize frame_bytes, GError **error);
gboolean inb_writer_push (InbWriter *self, GstBuffer *frame, GError **error);
gboolean inb_writer_close (InbWriter *self, GError **error);
void inb_writer_free (InbWriter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbWriter, inb_writer_free)

G_END_DECLS
