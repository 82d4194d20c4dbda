/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-boxes.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/inb-error.h"

/* An index of 64 MiB would describe hours; it is held in memory by whoever decodes. Chosen. */
#define MAX_INDEX_BYTES (64u << 20)

#define TYPE(a, b, c, d) \
  ((guint32) (a) << 24 | (guint32) (b) << 16 | (guint32) (c) << 8 | (guint32) (d))

typedef struct
{
  guint32 type;
  guint64 start; /* of the content, bytes from the file's start */
  guint64 end;
} Box;

/* Of the track being walked; its boxes may come in any order. */
typedef struct
{
  gboolean is_picture;
  guint64 n_samples;
  guint64 n_timed; /* samples that the time table knows */
  guint32 timescale;
  guint64 duration;      /* in timescale */
  guint64 edit_duration; /* in the movie's timescale; 0: no edit list */
} Track;

typedef struct
{
  int fd;
  guint64 size;
  const char *name;
  InbBoxes *result;
  Track *track; /* NULL outside of a track */
  gboolean seen_type;
  gboolean seen_index;
  gboolean seen_media;
  gboolean seen_picture;
  guint32 movie_timescale;
  gboolean clear_times; /* write zeros over the times of creation */
} Walk;

typedef gboolean (*BoxHandler) (Walk *self, const Box *box, guint depth, GError **error);

static gboolean walk_children (Walk *self, const Box *box, guint depth, GError **error);

static gboolean
refuse (Walk *self, const char *reason, GError **error)
{
  g_set_error (error, INB_ERROR, INB_ERROR_BAD_CLIP,
               /* Translators: the first %s is a file, the second a reason. */
               _ ("“%s” is a damaged video: %s. Get it again from where it came."), self->name,
                  reason);
  return FALSE;
}

static gboolean
read_at (Walk *self, guint64 offset, guint8 *data, gsize length, GError **error)
{
  while (length > 0)
    {
      gssize n = pread (self->fd, data, length, (off_t) offset);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          g_propagate_error (error, inb_error_new_for_errno (errno, self->name));
          return FALSE;
        }
      if (n == 0)
        return refuse (self, _ ("it is not whole"), error);
      data += n;
      offset += (guint64) n;
      length -= (gsize) n;
    }
  return TRUE;
}

static guint32
get_32 (const guint8 *data)
{
  return TYPE (data[0], data[1], data[2], data[3]);
}

static guint64
get_64 (const guint8 *data)
{
  return (guint64) get_32 (data) << 32 | get_32 (data + 4);
}

/* Content of a box that has a version and then a table: @length bytes of its head. */
static gboolean
read_head (Walk *self, const Box *box, guint8 *data, gsize length, GError **error)
{
  if (box->end - box->start < length)
    return refuse (self, _ ("a table of its index is too short"), error);
  return read_at (self, box->start, data, length, error);
}

/* Version, flags, times of creation and change, then what differs: mvhd, mdhd, tkhd. */
static gboolean
read_times (Walk *self, const Box *box, guint8 *data, gsize *times_end, GError **error)
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
handle_tkhd (Walk *self, const Box *box, guint depth, GError **error)
{
  guint8 data[32];
  gsize at;

  return read_times (self, box, data, &at, error);
}

static gboolean
handle_mvhd (Walk *self, const Box *box, guint depth, GError **error)
{
  guint8 data[32];
  gsize at;

  if (!read_times (self, box, data, &at, error))
    return FALSE;
  self->movie_timescale = get_32 (data + at);
  return self->movie_timescale > 0 || refuse (self, _ ("its clock stands still"), error);
}

static gboolean
handle_mdhd (Walk *self, const Box *box, guint depth, GError **error)
{
  guint8 data[32];
  gsize at;

  if (self->track == NULL)
    return TRUE;
  if (!read_times (self, box, data, &at, error))
    return FALSE;
  self->track->timescale = get_32 (data + at);
  self->track->duration = data[0] == 1 ? get_64 (data + at + 4) : get_32 (data + at + 4);
  return self->track->timescale > 0 || refuse (self, _ ("its clock stands still"), error);
}

static gboolean
handle_hdlr (Walk *self, const Box *box, guint depth, GError **error)
{
  guint8 data[12];

  if (self->track == NULL)
    return TRUE;
  if (!read_head (self, box, data, sizeof data, error))
    return FALSE;
  if (get_32 (data + 8) == TYPE ('v', 'i', 'd', 'e'))
    self->track->is_picture = TRUE;
  return TRUE;
}

/* A table of @entry_bytes each after a head of @head_bytes, whose last four are the count. */
static gboolean
read_count (Walk *self, const Box *box, gsize head_bytes, gsize entry_bytes, guint32 *count,
            GError **error)
{
  guint8 data[16];

  if (!read_head (self, box, data, head_bytes, error))
    return FALSE;
  *count = get_32 (data + head_bytes - 4);
  if ((box->end - box->start - head_bytes) / entry_bytes < *count)
    return refuse (self, _ ("a table of its index claims more than it holds"), error);
  return TRUE;
}

typedef gboolean (*EntryHandler) (Walk *self, const guint8 *entry, GError **error);

/* Reads the entries in pieces: the whole table may be tens of megabytes. */
static gboolean
read_entries (Walk *self, guint64 offset, guint32 count, gsize entry_bytes, EntryHandler handle,
              GError **error)
{
  guint8 piece[4096];
  guint32 in_piece = (guint32) (sizeof piece / entry_bytes);

  while (count > 0)
    {
      guint32 n = MIN (count, in_piece);

      if (!read_at (self, offset, piece, n * entry_bytes, error))
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
check_offset (Walk *self, guint64 offset, GError **error)
{
  return offset < self->size ||
         refuse (self, _ ("its index points behind its end, so it is not whole"), error);
}

static gboolean
check_offset_32 (Walk *self, const guint8 *entry, GError **error)
{
  return check_offset (self, get_32 (entry), error);
}

static gboolean
check_offset_64 (Walk *self, const guint8 *entry, GError **error)
{
  return check_offset (self, get_64 (entry), error);
}

static gboolean
handle_offsets (Walk *self, const Box *box, guint depth, GError **error)
{
  gboolean is_64 = box->type == TYPE ('c', 'o', '6', '4');
  gsize entry_bytes = is_64 ? 8 : 4;
  guint32 count;

  return read_count (self, box, 8, entry_bytes, &count, error) &&
         read_entries (self, box->start + 8, count, entry_bytes,
                       is_64 ? check_offset_64 : check_offset_32, error);
}

static gboolean
add_timed (Walk *self, const guint8 *entry, GError **error)
{
  self->track->n_timed += get_32 (entry);
  return TRUE;
}

static gboolean
handle_stts (Walk *self, const Box *box, guint depth, GError **error)
{
  guint32 count;

  return self->track == NULL || (read_count (self, box, 8, 8, &count, error) &&
                                 read_entries (self, box->start + 8, count, 8, add_timed, error));
}

static gboolean
handle_stsz (Walk *self, const Box *box, guint depth, GError **error)
{
  guint8 data[12];
  guint32 count;
  guint32 common;

  if (self->track == NULL)
    return TRUE;
  if (!read_head (self, box, data, sizeof data, error))
    return FALSE;
  common = get_32 (data + 4);
  count = get_32 (data + 8);
  self->track->n_samples = count;
  if (common == 0)
    return read_count (self, box, 12, 4, &count, error);
  return (guint64) common * count <= self->size ||
         refuse (self, _ ("its index speaks of more bytes than it has"), error);
}

static gboolean
add_edit (Walk *self, const guint8 *entry, GError **error)
{
  self->track->edit_duration += get_32 (entry);
  return TRUE;
}

static gboolean
add_edit_64 (Walk *self, const guint8 *entry, GError **error)
{
  self->track->edit_duration += get_64 (entry);
  return TRUE;
}

static gboolean
handle_elst (Walk *self, const Box *box, guint depth, GError **error)
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
handle_dref (Walk *self, const Box *box, guint depth, GError **error)
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
        return refuse (self, _ ("a table of its index is too short"), error);
      if (!read_at (self, at, data, sizeof data, error))
        return FALSE;
      size = get_32 (data);
      if (size < 12 || size > box->end - at)
        return refuse (self, _ ("a table of its index is too short"), error);
      if ((data[11] & 1) == 0)
        return refuse (self, _ ("its pictures are in another file"), error);
      if (++self->result->n_boxes > INB_BOXES_MAX)
        return refuse (self, _ ("it has too many parts"), error);
      at += size;
    }
  return TRUE;
}

static gboolean
handle_ftyp (Walk *self, const Box *box, guint depth, GError **error)
{
  guint8 data[4];

  if (!read_head (self, box, data, sizeof data, error))
    return FALSE;
  self->result->quicktime = get_32 (data) == TYPE ('q', 't', ' ', ' ');
  self->seen_type = TRUE;
  return TRUE;
}

static gboolean
handle_mdat (Walk *self, const Box *box, guint depth, GError **error)
{
  if (!self->seen_media)
    self->result->faststart = self->seen_index;
  self->seen_media = TRUE;
  return TRUE;
}

static gboolean
handle_moov (Walk *self, const Box *box, guint depth, GError **error)
{
  if (self->seen_index)
    return refuse (self, _ ("it has two indexes"), error);
  if (box->end - box->start > MAX_INDEX_BYTES)
    return refuse (self, _ ("its index is too large"), error);
  self->seen_index = TRUE;
  return walk_children (self, box, depth, error);
}

static gboolean
handle_fragment (Walk *self, const Box *box, guint depth, GError **error)
{
  self->result->fragmented = TRUE;
  return walk_children (self, box, depth, error);
}

static gboolean
handle_packed (Walk *self, const Box *box, guint depth, GError **error)
{
  return refuse (self, _ ("its index is packed or elsewhere"), error);
}

static gboolean
take_picture (Walk *self, const Track *track, GError **error)
{
  double media_s = track->timescale > 0 ? (double) track->duration / track->timescale : 0.0;
  double edit_s =
      self->movie_timescale > 0 ? (double) track->edit_duration / self->movie_timescale : 0.0;
  double frame_s = track->n_samples > 0 ? media_s / (double) track->n_samples : 0.0;

  self->seen_picture = TRUE;
  self->result->n_samples = track->n_samples;
  self->result->trimmed = track->edit_duration > 0 && edit_s + frame_s / 2.0 < media_s;
  if (track->n_timed != track->n_samples)
    return refuse (self, _ ("its index does not agree with itself"), error);
  return TRUE;
}

static gboolean
handle_trak (Walk *self, const Box *box, guint depth, GError **error)
{
  Track track = { 0 };
  gboolean good;

  if (self->track != NULL)
    return refuse (self, _ ("its index does not agree with itself"), error);
  self->track = &track;
  self->result->n_tracks++;
  good = walk_children (self, box, depth, error);
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
  { TYPE ('f', 't', 'y', 'p'), handle_ftyp },    { TYPE ('m', 'o', 'o', 'v'), handle_moov },
  { TYPE ('m', 'd', 'a', 't'), handle_mdat },    { TYPE ('t', 'r', 'a', 'k'), handle_trak },
  { TYPE ('m', 'v', 'h', 'd'), handle_mvhd },    { TYPE ('t', 'k', 'h', 'd'), handle_tkhd },
  { TYPE ('m', 'd', 'h', 'd'), handle_mdhd },    { TYPE ('h', 'd', 'l', 'r'), handle_hdlr },
  { TYPE ('d', 'r', 'e', 'f'), handle_dref },    { TYPE ('e', 'l', 's', 't'), handle_elst },
  { TYPE ('s', 't', 't', 's'), handle_stts },    { TYPE ('s', 't', 's', 'z'), handle_stsz },
  { TYPE ('s', 't', 'c', 'o'), handle_offsets }, { TYPE ('c', 'o', '6', '4'), handle_offsets },
  { TYPE ('m', 'd', 'i', 'a'), walk_children },  { TYPE ('m', 'i', 'n', 'f'), walk_children },
  { TYPE ('d', 'i', 'n', 'f'), walk_children },  { TYPE ('s', 't', 'b', 'l'), walk_children },
  { TYPE ('e', 'd', 't', 's'), walk_children },  { TYPE ('m', 'v', 'e', 'x'), walk_children },
  { TYPE ('t', 'r', 'a', 'f'), walk_children },  { TYPE ('m', 'o', 'o', 'f'), handle_fragment },
  { TYPE ('c', 'm', 'o', 'v'), handle_packed },  { TYPE ('r', 'm', 'r', 'a'), handle_packed },
};

static gboolean
handle_box (Walk *self, const Box *box, guint depth, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (handlers); i++)
    if (handlers[i].type == box->type)
      return handlers[i].handle (self, box, depth, error);
  return TRUE;
}

/* Reads one box's head at @offset; its end may not lie behind @limit. */
static gboolean
read_box (Walk *self, guint64 offset, guint64 limit, guint depth, Box *box, GError **error)
{
  guint8 head[16];
  guint64 size;
  guint head_bytes = 8;

  if (limit - offset < 8)
    return refuse (self, _ ("it is not whole"), error);
  if (!read_at (self, offset, head, 8, error))
    return FALSE;
  size = get_32 (head);
  if (size == 1)
    {
      head_bytes = 16;
      if (limit - offset < 16)
        return refuse (self, _ ("it is not whole"), error);
      if (!read_at (self, offset + 8, head + 8, 8, error))
        return FALSE;
      size = get_64 (head + 8);
    }
  else if (size == 0 && depth == 0)
    size = limit - offset; /* to the end of the file */
  if (size < head_bytes)
    return refuse (self, _ ("a part has an impossible size"), error);
  if (size > limit - offset)
    return refuse (self, depth == 0 ? _ ("it is not whole")
                                    : _ ("a part is larger than what holds it"), error);
  box->type = get_32 (head + 4);
  box->start = offset + head_bytes;
  box->end = offset + size;
  return TRUE;
}

static gboolean
walk_range (Walk *self, guint64 offset, guint64 end, guint depth, GError **error)
{
  Box box;

  while (offset < end)
    {
      /* QuickTime may end a list of parts with four zero bytes */
      if (depth > 0 && end - offset < 8)
        return TRUE;
      if (++self->result->n_boxes > INB_BOXES_MAX)
        return refuse (self, _ ("it has too many parts"), error);
      if (!read_box (self, offset, end, depth, &box, error) ||
          !handle_box (self, &box, depth, error))
        return FALSE;
      offset = box.end;
    }
  return TRUE;
}

static gboolean
walk_children (Walk *self, const Box *box, guint depth, GError **error)
{
  if (depth + 1 > INB_BOXES_MAX_DEPTH)
    return refuse (self, _ ("its parts are nested too deeply"), error);
  return walk_range (self, box->start, box->end, depth + 1, error);
}

static gboolean
walk (Walk *self, GError **error)
{
  struct stat status;

  if (fstat (self->fd, &status) != 0)
    {
      g_propagate_error (error, inb_error_new_for_errno (errno, self->name));
      return FALSE;
    }
  self->size = (guint64) MAX (status.st_size, 0);
  if (!walk_range (self, 0, self->size, 0, error))
    return FALSE;
  if (!self->seen_type || !self->seen_index)
    return refuse (self, _ ("it has no index, so it is not whole"), error);
  if (!self->seen_media)
    return refuse (self, _ ("it has no pictures in it"), error);
  return TRUE;
}

/**
 * inb_boxes_walk:
 * @fd: an MP4 or MOV file, open for reading; its position is neither used nor moved
 * @name: the file, as the person knows it
 * @result: (out caller-allocates): what the boxes say
 * @error: %INB_ERROR_BAD_CLIP for what is not whole or could harm a decoder, %INB_ERROR_FAILED if
 * the file cannot be read
 *
 * Walks the boxes (ISO/IEC 14496-12) with bounds of our own, before any library reads the file: at
 * most 10,000 boxes nested 16 deep, every size inside what holds it, every offset inside the file,
 * no media in other files. Memory is constant.
 *
 * Returns: %FALSE if the file is refused
 */
gboolean
inb_boxes_walk (int fd, const char *name, InbBoxes *result, GError **error)
{
  Walk self = { .fd = fd, .name = name, .result = result };

  *result = (InbBoxes){ 0 };
  return walk (&self, error);
}

/**
 * inb_boxes_clear_times:
 * @fd: an MP4 or MOV file of our own, open for reading and writing
 * @name: the file, as the person knows it
 * @error: as inb_boxes_walk()
 *
 * Writes zeros over the times of creation, so that the same frames give the same bytes on any day.
 *
 * Returns: %FALSE if that was not possible
 */
gboolean
inb_boxes_clear_times (int fd, const char *name, GError **error)
{
  InbBoxes result = { 0 };
  Walk self = { .fd = fd, .name = name, .result = &result, .clear_times = TRUE };

  return walk (&self, error);
}
