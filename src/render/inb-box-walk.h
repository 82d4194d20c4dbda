/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/inb-boxes.h"

G_BEGIN_DECLS

/* Shared by the walk (inb-boxes.c) and the tables in it (inb-box-tables.c). */

#define INB_BOX_TYPE(a, b, c, d) \
  ((guint32) (a) << 24 | (guint32) (b) << 16 | (guint32) (c) << 8 | (guint32) (d))

/**
 * InbBox:
 * @type: four letters
 * @start: of the content, bytes from the file's start
 * @end: of the content and so of the box
 */
typedef struct
{
  guint32 type;
  guint64 start;
  guint64 end;
} InbBox;

/**
 * InbBoxTrack:
 * @is_picture: whether its handler says so
 * @n_samples: how many its table of sizes has
 * @n_timed: how many its table of times has
 * @timescale: units of a second
 * @duration: in @timescale
 * @edit_duration: in the movie's timescale; 0: no edit list
 *
 * Of the track being walked; its boxes may come in any order.
 */
typedef struct
{
  gboolean is_picture;
  guint64 n_samples;
  guint64 n_timed;
  guint32 timescale;
  guint64 duration;
  guint64 edit_duration;
} InbBoxTrack;

/**
 * InbBoxWalk:
 * @fd: the file
 * @size: bytes of it
 * @name: the file, as the person knows it
 * @result: what is found
 * @track: (nullable): the one being walked; %NULL outside
 * @seen_type: whether the file said what it is
 * @seen_index: whether there was an index
 * @seen_media: whether there was media
 * @seen_picture: whether there was a picture track
 * @movie_timescale: units of a second; 0 before it is known
 * @clear_times: write zeros over the times of creation
 *
 * Where a walk stands.
 */
typedef struct
{
  int fd;
  guint64 size;
  const char *name;
  InbBoxes *result;
  InbBoxTrack *track;
  gboolean seen_type;
  gboolean seen_index;
  gboolean seen_media;
  gboolean seen_picture;
  guint32 movie_timescale;
  gboolean clear_times;
} InbBoxWalk;

gboolean inb_box_walk_refuse (InbBoxWalk *self, const char *reason, GError **error);
gboolean inb_box_walk_read (InbBoxWalk *self, guint64 offset, guint8 *data, gsize length,
                            GError **error);
gboolean inb_box_walk_children (InbBoxWalk *self, const InbBox *box, guint depth, GError **error);
gboolean inb_box_walk_handle (InbBoxWalk *self, const InbBox *box, guint depth, GError **error);

static inline guint32
inb_box_get_32 (const guint8 *data)
{
  return INB_BOX_TYPE (data[0], data[1], data[2], data[3]);
}

static inline guint64
inb_box_get_64 (const guint8 *data)
{
  return (guint64) inb_box_get_32 (data) << 32 | inb_box_get_32 (data + 4);
}

G_END_DECLS
