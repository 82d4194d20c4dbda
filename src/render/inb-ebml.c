/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-ebml.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/inb-error.h"

/* RFC 8794 (EBML) and RFC 9559 (Matroska) */
#define ID_EBML 0x1a45dfa3u
#define ID_DOC_TYPE 0x4282u
#define ID_SEGMENT 0x18538067u
#define ID_CLUSTER 0x1f43b675u
#define ID_TRACKS 0x1654ae6bu
#define UNKNOWN_SIZE G_MAXUINT64

typedef struct
{
  int fd;
  const char *name;
  guint64 size;
  guint n_elements;
} Walk;

typedef struct
{
  guint64 id; /* with its length marker, as RFCs write it */
  guint64 start;
  guint64 end;
  gboolean open; /* a size that is not known: until something else begins */
} Element;

static gboolean
refuse (Walk *self, const char *reason, GError **error)
{
  g_set_error (error, INB_ERROR, INB_ERROR_BAD_CLIP,
               /* Translators: the first %s is a file, the second a reason. */
               _ ("“%s” is a damaged video: %s. Get it again from where it came."), self->name,
               reason);
  return FALSE;
}

/* Bytes at @offset; what lies behind the end of the file reads as zeros. */
static gboolean
read_at (Walk *self, guint64 offset, guint8 *data, gsize length, GError **error)
{
  memset (data, 0, length);
  if (pread (self->fd, data, length, (off_t) offset) >= 0)
    return TRUE;
  g_propagate_error (error, inb_error_new_for_errno (errno, self->name));
  return FALSE;
}

/* A number of 1 to 8 bytes whose leading zeros tell its length; 0: no such number. */
static guint
parse_number (const guint8 *data, gboolean keep_marker, guint64 *value)
{
  guint length = 1;
  gboolean all_ones;

  while (length <= 8 && (data[0] & (0x80u >> (length - 1))) == 0)
    length++;
  if (length > 8)
    return 0;
  *value = keep_marker ? data[0] : data[0] & (0xffu >> length);
  all_ones = !keep_marker && *value == (0xffu >> length);
  for (guint i = 1; i < length; i++)
    {
      all_ones = all_ones && data[i] == 0xff;
      *value = *value << 8 | data[i];
    }
  if (all_ones)
    *value = UNKNOWN_SIZE;
  return length;
}

static gboolean
read_element (Walk *self, guint64 offset, guint64 limit, Element *element, GError **error)
{
  guint8 head[16];
  guint64 size = 0;
  guint id_length;
  guint size_length = 0;

  if (++self->n_elements > INB_EBML_MAX_ELEMENTS)
    return refuse (self, _ ("it has too many parts"), error);
  if (!read_at (self, offset, head, sizeof head, error))
    return FALSE;
  id_length = parse_number (head, TRUE, &element->id);
  if (id_length > 0 && id_length <= 4)
    size_length = parse_number (head + id_length, FALSE, &size);
  if (size_length == 0)
    return refuse (self, _ ("a part has an impossible size"), error);
  element->start = offset + id_length + size_length;
  element->open = size == UNKNOWN_SIZE;
  if (element->start > limit || (!element->open && size > limit - element->start))
    return refuse (self, _ ("it is not whole"), error);
  element->end = element->open ? limit : element->start + size;
  return TRUE;
}

static gboolean
check_doc_type (Walk *self, const Element *head, GError **error)
{
  guint64 offset = head->start;
  Element element;
  char type[9] = "";

  while (offset < head->end)
    {
      if (!read_element (self, offset, head->end, &element, error))
        return FALSE;
      if (element.id == ID_DOC_TYPE &&
          !read_at (self, element.start, (guint8 *) type,
                    MIN (sizeof type - 1, element.end - element.start), error))
        return FALSE;
      offset = element.end;
    }
  if (g_str_equal (type, "webm") || g_str_equal (type, "matroska"))
    return TRUE;
  return refuse (self, _ ("it does not say that it is WebM"), error);
}

static gboolean
walk_segment (Walk *self, const Element *segment, GError **error)
{
  guint64 offset = segment->start;
  gboolean tracks = FALSE;
  gboolean media = FALSE;
  Element element;

  while (offset < segment->end)
    {
      if (!read_element (self, offset, segment->end, &element, error))
        return FALSE;
      tracks = tracks || element.id == ID_TRACKS;
      media = media || element.id == ID_CLUSTER;
      offset = element.end; /* of an open one: the end; the decoder sees the rest */
    }
  if (!tracks)
    return refuse (self, _ ("it has no index, so it is not whole"), error);
  return media || refuse (self, _ ("it has no pictures in it"), error);
}

/**
 * inb_ebml_walk:
 * @fd: a WebM file, open for reading; its position is neither used nor moved
 * @name: the file, as the person knows it
 * @error: %INB_ERROR_BAD_CLIP for what is not whole, %INB_ERROR_FAILED if it cannot be read
 *
 * Walks the outer two levels of a WebM or Matroska file with bounds of our own: at most 10,000
 * elements, each inside what holds it. A file written live has no sizes; of that one only decoding
 * tells whether it is whole.
 *
 * Returns: %FALSE if the file is refused
 */
gboolean
inb_ebml_walk (int fd, const char *name, GError **error)
{
  Walk self = { .fd = fd, .name = name };
  struct stat status;
  Element element;

  if (fstat (fd, &status) != 0)
    {
      g_propagate_error (error, inb_error_new_for_errno (errno, name));
      return FALSE;
    }
  self.size = (guint64) MAX (status.st_size, 0);
  if (!read_element (&self, 0, self.size, &element, error))
    return FALSE;
  if (element.id != ID_EBML || element.open)
    return refuse (&self, _ ("it does not say that it is WebM"), error);
  if (!check_doc_type (&self, &element, error) ||
      !read_element (&self, element.end, self.size, &element, error))
    return FALSE;
  if (element.id != ID_SEGMENT)
    return refuse (&self, _ ("it has no pictures in it"), error);
  return walk_segment (&self, &element, error);
}
