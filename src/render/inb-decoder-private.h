/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/app/gstappsink.h>

#include "render/inb-decoder.h"

G_BEGIN_DECLS

/* Shared by inb-decoder.c (the pipeline and its frames) and inb-decoder-plug.c (what may be in it).
 */

#define INB_DECODER_MAX_SIDE 8192 /* px; chosen: twice the largest clip that a service makes */

struct _InbDecoder
{
  char *name;
  GstElement *pipeline;
  GstElement *tail; /* from raw frames to the appsink, not yet linked to anything */
  GstAppSink *sink;
  guint long_side;     /* px that frames are made smaller to; 0: as they are */
  GstPad *stream_pad;  /* of the demuxer */
  GstElement *decoder; /* of the pictures */
  InbDecoderStream stream;
  gboolean has_stream; /* the first frame has come */

  GMutex
      plugging; /* held while elements are added; stopping meanwhile would lock both threads up */
  gboolean closing;

  GMutex mutex;
  gboolean has_pictures; /* a picture stream is linked or has been refused in words */
  GError *failure;       /* the first one */
};

void inb_decoder_take_failure (InbDecoder *self, GError *failure);
void inb_decoder_fail_damaged (InbDecoder *self, const char *reason);
void inb_decoder_plug (InbDecoder *self, GstPad *pad);

G_END_DECLS
