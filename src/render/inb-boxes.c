/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-boxes.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/inb-error.h"
#include "render/inb-box-walk.h"

/**
 * inb_box_walk_refuse:
 * @self: a walk
 * @reason: translated, the middle of a sentence
 * @error: %INB_ERROR_BAD_CLIP
 *
 * Returns: %FALSE
 */
gboolean
inb_box_walk_refuse (InbBoxWalk *self, const char *reason, GError **error)
{
  g_set_error (error, INB_ERROR, INB_ERROR_BAD_CLIP,
               /* Translators: the first %s is a file, the second a reason. */
               _ ("“%s” is a damaged video: %s. Get it again from where it came."), self->name,
               reason);
  return FALSE;
}

/**
 * inb_box_walk_read:
 * @self: a walk
 * @offset: bytes from the file's start
 * @data: (out): @length bytes
 * @length: bytes
 * @error: %INB_ERROR_BAD_CLIP if the file ends before, %INB_ERROR_FAILED
 *
 * Returns: %FALSE if not all could be read
 */
gboolean
inb_box_walk_read (InbBoxWalk *self, guint64 offset, guint8 *data, gsize length, GError **error)
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
        return inb_box_walk_refuse (self, _ ("it is not whole"), error);
      data += n;
      offset += (guint64) n;
      length -= (gsize) n;
    }
  return TRUE;
}

/* Reads one box's head at @offset; its end may not lie behind @limit. */
static gboolean
read_box (InbBoxWalk *self, guint64 offset, guint64 limit, guint depth, InbBox *box, GError **error)
{
  guint8 head[16];
  guint64 size;
  guint head_bytes = 8;

  if (limit - offset < 8)
    return inb_box_walk_refuse (self, _ ("it is not whole"), error);
  if (!inb_box_walk_read (self, offset, head, 8, error))
    return FALSE;
  size = inb_box_get_32 (head);
  if (size == 1)
    {
      head_bytes = 16;
      if (limit - offset < 16)
        return inb_box_walk_refuse (self, _ ("it is not whole"), error);
      if (!inb_box_walk_read (self, offset + 8, head + 8, 8, error))
        return FALSE;
      size = inb_box_get_64 (head + 8);
    }
  else if (size == 0 && depth == 0)
    size = limit - offset; /* to the end of the file */
  if (size < head_bytes)
    return inb_box_walk_refuse (self, _ ("a part has an impossible size"), error);
  if (size > limit - offset)
    return inb_box_walk_refuse (
        self, depth == 0 ? _ ("it is not whole") : _ ("a part is larger than what holds it"),
        error);
  box->type = inb_box_get_32 (head + 4);
  box->start = offset + head_bytes;
  box->end = offset + size;
  return TRUE;
}

static gboolean
walk_range (InbBoxWalk *self, guint64 offset, guint64 end, guint depth, GError **error)
{
  InbBox box;

  while (offset < end)
    {
      /* QuickTime may end a list of parts with four zero bytes */
      if (depth > 0 && end - offset < 8)
        return TRUE;
      if (++self->result->n_boxes > INB_BOXES_MAX)
        return inb_box_walk_refuse (self, _ ("it has too many parts"), error);
      if (!read_box (self, offset, end, depth, &box, error) ||
          !inb_box_walk_handle (self, &box, depth, error))
        return FALSE;
      offset = box.end;
    }
  return TRUE;
}

/**
 * inb_box_walk_children:
 * @self: a walk
 * @box: one that holds others
 * @depth: of @box
 * @error: as inb_boxes_walk()
 *
 * Returns: %FALSE if the file is refused
 */
gboolean
inb_box_walk_children (InbBoxWalk *self, const InbBox *box, guint depth, GError **error)
{
  if (depth + 1 > INB_BOXES_MAX_DEPTH)
    return inb_box_walk_refuse (self, _ ("its parts are nested too deeply"), error);
  return walk_range (self, box->start, box->end, depth + 1, error);
}

static gboolean
walk (InbBoxWalk *self, GError **error)
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
    return inb_box_walk_refuse (self, _ ("it has no index, so it is not whole"), error);
  if (!self->seen_media)
    return inb_box_walk_refuse (self, _ ("it has no pictures in it"), error);
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
  InbBoxWalk self = { .fd = fd, .name = name, .result = result };

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
  InbBoxWalk self = { .fd = fd, .name = name, .result = &result, .clear_times = TRUE };

  return walk (&self, error);
}
