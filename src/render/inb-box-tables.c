/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-box-walk.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <unistd.h>

#include "core/inb-error.h"

/* An index of 64 MiB would describe hours; it is held in memory by whoever decodes. Chosen. */
#define MAX_INDEX_BYTES (64u << 20)

typedef gboolean (*BoxHandler) (InbBoxWalk *self, const InbBox *box, guint depth, GError **error);

/* Content of a box that has a version and then a table: @length bytes of its head. */
static gboolean
read_head (InbBoxWalk *self, const InbBox *box, guint8 *data, gsize length, GError **error)
{
  if (box->end - box->start < length)
    {
      inb_box_walk_refuse (self, _ ("a table of its index is too short"), error);
      return FALSE;
    }
  return inb_box_walk_read (self, box->start, data, length, error);
}

/* Version, flags, times of creation and change, then what differs: mvhd, mdhd, tkhd. */
static gboolean
read_times (InbBoxWalk *self, const InbBox *box, guint8 *data, gsize *times_end, GError **error)
{
  guint64 zeros[2] = { 0, 0 };
  gsize length;

  if (!read_head (self, box, data, 4, error))
    return FALSE;
  length = data[0] == 1 ? 16 : 8;
  *times_end = 4 + length;
  if (!read_head (self, box, data, *times_end + 12, error))
    return FALSE;
  if (self->clear_times &&
      pwrite (self->fd, zeros, length, (off_t) box->start + 4) != (gssize) length)
    {
      g_propagate_error (error, inb_error_new_for_errno (errno, self->name));
      return FALSE;
    }
  return TRUE;
}

static gboolean
handle_tkhd (InbBoxWalk *self, const InbBox *box, guint depth, GError **error)
{
  guint8 data[32];
  gsize at;

  return read_times (self, box, data, &at, error);
}

static gboolean
handle_mvhd (InbBoxWalk *self, const InbBox *box, guint depth, GError **error)
{
  guint8 data[32];
  gsize at;

  if (!read_times (self, box, data, &at, error))
    return FALSE;
  self->movie_timescale = inb_box_get_32 (data + at);
  return self->movie_timescale > 0 ||
         inb_box_walk_refuse (self, _ ("its clock stands still"), error);
}

static gboolean
handle_mdhd (InbBoxWalk *self, const InbBox *box, guint depth, GError **error)
{
  guint8 data[32];
  gsize at;

  if (self->track == NULL)
    return TRUE;
  if (!read_times (self, box, data, &at, error))
    return FALSE;
  self->track->timescale = inb_box_get_32 (data + at);
  self->track->duration =
      data[0] == 1 ? inb_box_get_64 (data + at + 4) : inb_box_get_32 (data + at + 4);
  return self->track->timescale > 0 ||
         inb_box_walk_refuse (self, _ ("its clock stands still"), error);
}

static gboolean
handle_hdlr (InbBoxWalk *self, const InbBox *box, guint depth, GError **error)
{
  guint8 data[12];

  if (self->track == NULL)
    return TRUE;
  if (!read_head (self, box, data, sizeof data, error))
    return FALSE;
  if (inb_box_get_32 (data + 8) == INB_BOX_TYPE ('v', 'i', 'd', 'e'))
    self->track->is_picture = TRUE;
  return TRUE;
}

/* A table of @entry_bytes each after a head of @head_bytes, whose last four are the count. */
static gboolean
read_count (InbBoxWalk *self, const InbBox *box, gsize head_bytes, gsize entry_bytes,
            guint32 *count, GError **error)
{
  guint8 data[16];

  if (!read_head (self, box, data, head_bytes, error))
    return FALSE;
  *count = inb_box_get_32 (data + head_bytes - 4);
  if ((box->end - box->start - head_bytes) / entry_bytes < *count)
    return inb_box_walk_refuse (self, _ ("a table of its index claims more than it holds"), error);
  return TRUE;
}

typedef gboolean (*EntryHandler) (InbBoxWalk *self, const guint8 *entry, GError **error);

/* Reads the entries in pieces: the whole table may be tens of megabytes. */
static gboolean
read_entries (InbBoxWalk *self, guint64 offset, guint32 count, gsize entry_bytes,
              EntryHandler handle, GError **error)
{
  guint8 piece[4096];
  guint32 in_piece = (guint32) (sizeof piece / entry_bytes);

  while (count > 0)
    {
      guint32 n = MIN (count, in_piece);

      if (!inb_box_walk_read (self, offset, piece, n * entry_bytes, error))
        return FALSE;
      for (guint32 i = 0; i < n; i++)
        if (!handle (self, piece + i * entry_bytes, error))
          return FALSE;
      offset += n * entry_bytes;
      count -= n;
    }
  return TRUE;
}

static gboolean
check_offset (InbBoxWalk *self, guint64 offset, GError **error)
{
  return offset < self->size ||
         inb_box_walk_refuse (self, _ ("its index points behind its end, so it is not whole"),
                              error);
}

static gboolean
check_offset_32 (InbBoxWalk *self, const guint8 *entry, GError **error)
{
  return check_offset (self, inb_box_get_32 (entry), error);
}

static gboolean
check_offset_64 (InbBoxWalk *self, const guint8 *entry, GError **error)
{
  return check_offset (self, inb_box_get_64 (entry), error);
}

static gboolean
handle_offsets (InbBoxWalk *self, const InbBox *box, guint depth, GError **error)
{
  gboolean is_64 = box->type == INB_BOX_TYPE ('c', 'o', '6', '4');
  gsize entry_bytes = is_64 ? 8 : 4;
  guint32 count;

  return read_count (self, box, 8, entry_bytes, &count, error) &&
         read_entries (self, box->start + 8, count, entry_bytes,
                       is_64 ? check_offset_64 : check_offset_32, error);
}

static gboolean
add_timed (InbBoxWalk *self, const guint8 *entry, GError **error)
{
  self->track->n_timed += inb_box_get_32 (entry);
  return TRUE;
}

static gboolean
handle_stts (InbBoxWalk *self, const InbBox *box, guint depth, GError **error)
{
  guint32 count;

  return self->track == NULL || (read_count (self, box, 8, 8, &count, error) &&
                                 read_entries (self, box->start + 8, count, 8, add_timed, error));
}

static gboolean
handle_stsz (InbBoxWalk *self, const InbBox *box, guint depth, GError **error)
{
  guint8 data[12];
  guint32 count;
  guint32 common;

  if (self->track == NULL)
    return TRUE;
  if (!read_head (self, box, data, sizeof data, error))
    return FALSE;
  common = inb_box_get_32 (data + 4);
  count = inb_box_get_32 (data + 8);
  self->track->n_samples = count;
  if (common == 0)
    return read_count (self, box, 12, 4, &count, error);
  return (guint64) common * count <= self->size ||
         inb_box_walk_refuse (self, _ ("its index speaks of more bytes than it has"), error);
}

static gboolean
add_edit (InbBoxWalk *self, const guint8 *entry, GError **error)
{
  self->track->edit_duration += inb_box_get_32 (entry);
  return TRUE;
}

static gboolean
add_edit_64 (InbBoxWalk *self, const guint8 *entry, GError **error)
{
  self->track->edit_duration += inb_box_get_64 (entry);
  return TRUE;
}

static gboolean
handle_elst (InbBoxWalk *self, const InbBox *box, guint depth, GError **error)
{
  guint8 version;
  guint32 count;

  if (self->track == NULL)
    return TRUE;
  if (!read_head (self, box, &version, 1, error))
    return FALSE;
  return read_count (self, box, 8, version == 1 ? 20 : 12, &count, error) &&
         read_entries (self, box->start + 8, count, version == 1 ? 20 : 12,
                       version == 1 ? add_edit_64 : add_edit, error);
}

/* References of a track: flag 1 says that the media is in this very file. */
static gboolean
handle_dref (InbBoxWalk *self, const InbBox *box, guint depth, GError **error)
{
  guint8 data[12];
  guint64 at = box->start + 8;
  guint32 count;

  if (!read_count (self, box, 8, 12, &count, error))
    return FALSE;
  for (guint32 i = 0; i < count; i++)
    {
      guint32 size;

      if (box->end - at < 12)
        return inb_box_walk_refuse (self, _ ("a table of its index is too short"), error);
      if (!inb_box_walk_read (self, at, data, sizeof data, error))
        return FALSE;
      size = inb_box_get_32 (data);
      if (size < 12 || size > box->end - at)
        return inb_box_walk_refuse (self, _ ("a table of its index is too short"), error);
      if ((data[11] & 1) == 0)
        return inb_box_walk_refuse (self, _ ("its pictures are in another file"), error);
      if (++self->result->n_boxes > INB_BOXES_MAX)
        return inb_box_walk_refuse (self, _ ("it has too many parts"), error);
      at += size;
    }
  return TRUE;
}

static gboolean
handle_ftyp (InbBoxWalk *self, const InbBox *box, guint depth, GError **error)
{
  guint8 data[4];

  if (!read_head (self, box, data, sizeof data, error))
    return FALSE;
  self->result->quicktime = inb_box_get_32 (data) == INB_BOX_TYPE ('q', 't', ' ', ' ');
  self->seen_type = TRUE;
  return TRUE;
}

static gboolean
handle_mdat (InbBoxWalk *self, const InbBox *box, guint depth, GError **error)
{
  if (!self->seen_media)
    self->result->faststart = self->seen_index;
  self->seen_media = TRUE;
  return TRUE;
}

static gboolean
handle_moov (InbBoxWalk *self, const InbBox *box, guint depth, GError **error)
{
  if (self->seen_index)
    return inb_box_walk_refuse (self, _ ("it has two indexes"), error);
  if (box->end - box->start > MAX_INDEX_BYTES)
    return inb_box_walk_refuse (self, _ ("its index is too large"), error);
  self->seen_index = TRUE;
  return inb_box_walk_children (self, box, depth, error);
}

static gboolean
handle_fragment (InbBoxWalk *self, const InbBox *box, guint depth, GError **error)
{
  self->result->fragmented = TRUE;
  return inb_box_walk_children (self, box, depth, error);
}

static gboolean
handle_packed (InbBoxWalk *self, const InbBox *box, guint depth, GError **error)
{
  return inb_box_walk_refuse (self, _ ("its index is packed or elsewhere"), error);
}

static gboolean
take_picture (InbBoxWalk *self, const InbBoxTrack *track, GError **error)
{
  double media_s = track->timescale > 0 ? (double) track->duration / track->timescale : 0.0;
  double edit_s =
      self->movie_timescale > 0 ? (double) track->edit_duration / self->movie_timescale : 0.0;
  double frame_s = track->n_samples > 0 ? media_s / (double) track->n_samples : 0.0;

  self->seen_picture = TRUE;
  self->result->n_samples = track->n_samples;
  self->result->trimmed = track->edit_duration > 0 && edit_s + frame_s / 2.0 < media_s;
  if (track->n_timed != track->n_samples)
    return inb_box_walk_refuse (self, _ ("its index does not agree with itself"), error);
  return TRUE;
}

static gboolean
handle_trak (InbBoxWalk *self, const InbBox *box, guint depth, GError **error)
{
  InbBoxTrack track = { 0 };
  gboolean good;

  if (self->track != NULL)
    return inb_box_walk_refuse (self, _ ("its index does not agree with itself"), error);
  self->track = &track;
  self->result->n_tracks++;
  good = inb_box_walk_children (self, box, depth, error);
  self->track = NULL;
  if (good && track.is_picture && !self->seen_picture)
    good = take_picture (self, &track, error);
  return good;
}

/* ISO/IEC 14496-12; what is not here is stepped over. */
static const struct
{
  guint32 type;
  BoxHandler handle;
} handlers[] = {
  { INB_BOX_TYPE ('f', 't', 'y', 'p'), handle_ftyp },
  { INB_BOX_TYPE ('m', 'o', 'o', 'v'), handle_moov },
  { INB_BOX_TYPE ('m', 'd', 'a', 't'), handle_mdat },
  { INB_BOX_TYPE ('t', 'r', 'a', 'k'), handle_trak },
  { INB_BOX_TYPE ('m', 'v', 'h', 'd'), handle_mvhd },
  { INB_BOX_TYPE ('t', 'k', 'h', 'd'), handle_tkhd },
  { INB_BOX_TYPE ('m', 'd', 'h', 'd'), handle_mdhd },
  { INB_BOX_TYPE ('h', 'd', 'l', 'r'), handle_hdlr },
  { INB_BOX_TYPE ('d', 'r', 'e', 'f'), handle_dref },
  { INB_BOX_TYPE ('e', 'l', 's', 't'), handle_elst },
  { INB_BOX_TYPE ('s', 't', 't', 's'), handle_stts },
  { INB_BOX_TYPE ('s', 't', 's', 'z'), handle_stsz },
  { INB_BOX_TYPE ('s', 't', 'c', 'o'), handle_offsets },
  { INB_BOX_TYPE ('c', 'o', '6', '4'), handle_offsets },
  { INB_BOX_TYPE ('m', 'd', 'i', 'a'), inb_box_walk_children },
  { INB_BOX_TYPE ('m', 'i', 'n', 'f'), inb_box_walk_children },
  { INB_BOX_TYPE ('d', 'i', 'n', 'f'), inb_box_walk_children },
  { INB_BOX_TYPE ('s', 't', 'b', 'l'), inb_box_walk_children },
  { INB_BOX_TYPE ('e', 'd', 't', 's'), inb_box_walk_children },
  { INB_BOX_TYPE ('m', 'v', 'e', 'x'), inb_box_walk_children },
  { INB_BOX_TYPE ('t', 'r', 'a', 'f'), inb_box_walk_children },
  { INB_BOX_TYPE ('m', 'o', 'o', 'f'), handle_fragment },
  { INB_BOX_TYPE ('c', 'm', 'o', 'v'), handle_packed },
  { INB_BOX_TYPE ('r', 'm', 'r', 'a'), handle_packed },
};

/**
 * inb_box_walk_handle:
 * @self: a walk
 * @box: whose head has been read and lies inside what holds it
 * @depth: how deep it is nested; 0: in the file itself
 * @error: as inb_boxes_walk()
 *
 * Reads what is of interest in one box; of others only the size counts.
 *
 * Returns: %FALSE if the file is refused
 */
gboolean
inb_box_walk_handle (InbBoxWalk *self, const InbBox *box, guint depth, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (handlers); i++)
    if (handlers[i].type == box->type)
      return handlers[i].handle (self, box, depth, error);
  return TRUE;
}
