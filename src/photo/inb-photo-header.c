/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "photo/inb-photo-header.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

/* Enough for every signature and for a first look whether a file is text. */
#define HEAD_BYTES 4096
/* A JPEG with more segments before its first frame is not one that a camera or a program wrote. */
#define MAX_SEGMENTS 4096
#define MAX_TIFF_ENTRIES 512

typedef struct
{
  int fd;
  guint8 bytes[HEAD_BYTES];
  gsize n_bytes;
} Head;

typedef struct
{
  gsize offset;
  gsize n_bytes;
  const char *bytes;
  const char *name;
} Signature;

/* Files that people take for photos: named, so that the refusal helps. */
static const Signature others[] = {
  { 0, 5, "%PDF-", N_ ("a PDF document") },
  { 0, 4, "8BPS", N_ ("a Photoshop file") },
  { 0, 2, "\xff\x0a", N_ ("a JPEG XL picture") },
  { 0, 12, "\0\0\0\x0cJXL \r\n\x87\n", N_ ("a JPEG XL picture") },
  { 0, 12, "\0\0\0\x0cjP  \r\n\x87\n", N_ ("a JPEG 2000 picture") },
  { 0, 4, "\xff\x4f\xff\x51", N_ ("a JPEG 2000 picture") },
  { 0, 4, "\x1a\x45\xdf\xa3", N_ ("a video") },
  { 4, 4, "ftyp", N_ ("a video") },
  { 8, 4, "AVI ", N_ ("a video") },
  { 0, 4, "\0\0\1\0", N_ ("an icon") },
  { 0, 4, "qoif", N_ ("a QOI picture") },
  { 0, 4, "v/1\1", N_ ("an OpenEXR picture") },
  { 0, 2, "BM", N_ ("a BMP picture") },
  { 0, 2, "PK", N_ ("an archive") },
};

static gboolean
has (const Head *head, gsize offset, const char *bytes, gsize n_bytes)
{
  return head->n_bytes >= offset + n_bytes && memcmp (head->bytes + offset, bytes, n_bytes) == 0;
}

static guint
big (const guint8 *bytes, guint n_bytes)
{
  guint value = 0;

  for (guint i = 0; i < n_bytes; i++)
    value = value << 8 | bytes[i];
  return value;
}

static guint
little (const guint8 *bytes, guint n_bytes)
{
  guint value = 0;

  for (guint i = n_bytes; i > 0; i--)
    value = value << 8 | bytes[i - 1];
  return value;
}

static gboolean
read_at (const Head *head, gint64 offset, guint8 *bytes, gsize n_bytes)
{
  return pread (head->fd, bytes, n_bytes, offset) == (gssize) n_bytes;
}

/* The frame header (SOF, ITU-T T.81 B.2.2) holds the size; markers C4, C8 and CC are others. */
static void
read_jpeg (const Head *head, InbPhotoHeader *self)
{
  gint64 offset = 2;
  guint8 bytes[9];

  for (guint i = 0; i < MAX_SEGMENTS && read_at (head, offset, bytes, 4); i++)
    {
      guint marker = bytes[1];

      if (bytes[0] != 0xff)
        return;
      if (marker == 0xff) /* a fill byte */
        {
          offset += 1;
          continue;
        }
      if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc)
        {
          if (!read_at (head, offset, bytes, 9))
            return;
          self->height = big (bytes + 5, 2);
          self->width = big (bytes + 7, 2);
          return;
        }
      offset += 2 + (marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8) ? 0 : big (bytes + 2, 2));
    }
}

static void
read_png (const Head *head, InbPhotoHeader *self)
{
  if (head->n_bytes < 24)
    return;
  self->width = big (head->bytes + 16, 4);
  self->height = big (head->bytes + 20, 4);
}

static void
read_gif (const Head *head, InbPhotoHeader *self)
{
  if (head->n_bytes < 10)
    return;
  self->width = little (head->bytes + 6, 2);
  self->height = little (head->bytes + 8, 2);
}

/* RFC 9649: a simple lossy, a simple lossless, or an extended file. */
static void
read_webp (const Head *head, InbPhotoHeader *self)
{
  const guint8 *bytes = head->bytes;

  if (head->n_bytes < 30)
    return;
  if (has (head, 12, "VP8 ", 4))
    {
      self->width = little (bytes + 26, 2) & 0x3fff;
      self->height = little (bytes + 28, 2) & 0x3fff;
    }
  else if (has (head, 12, "VP8L", 4))
    {
      guint bits = little (bytes + 21, 4);

      self->width = (bits & 0x3fff) + 1;
      self->height = (bits >> 14 & 0x3fff) + 1;
    }
  else if (has (head, 12, "VP8X", 4))
    {
      self->width = little (bytes + 24, 3) + 1;
      self->height = little (bytes + 27, 3) + 1;
    }
}

/* The first directory (TIFF 6.0, section 2). Camera raw files are TIFF too, and begin with a
 * thumbnail or carry DNGVersion: reading them would make a clip of 160 px without a word. */
static void
read_tiff (const Head *head, InbPhotoHeader *self)
{
  gboolean is_big = head->bytes[0] == 'M';
  guint (*number) (const guint8 *, guint) = is_big ? big : little;
  guint8 bytes[12];
  gint64 offset;
  guint n_entries;
  gboolean is_raw = has (head, 8, "CR", 2);

  if (head->n_bytes < 8 || number (head->bytes + 2, 2) != 42)
    return; /* BigTIFF: the decoder tells */
  offset = number (head->bytes + 4, 4);
  if (!read_at (head, offset, bytes, 2))
    return;
  n_entries = MIN (number (bytes, 2), MAX_TIFF_ENTRIES);
  for (guint i = 0; i < n_entries && read_at (head, offset + 2 + 12 * (gint64) i, bytes, 12); i++)
    {
      guint tag = number (bytes, 2);
      guint value = number (bytes + 8, number (bytes + 2, 2) == 3 ? 2 : 4);

      if (tag == 256)
        self->width = value;
      else if (tag == 257)
        self->height = value;
      else if ((tag == 254 && (value & 1) != 0) || tag == 50706)
        is_raw = TRUE;
    }
  if (is_raw)
    {
      self->format = INB_PHOTO_FORMAT_NONE;
      self->other = _ ("a camera's raw file");
    }
}

/* ISO/IEC 23008-12 names the brands; a file may call itself "mif1" and say more in the list. */
static InbPhotoFormat
find_heif (const Head *head)
{
  static const struct
  {
    const char *brand;
    InbPhotoFormat format;
  } brands[] = {
    { "avif", INB_PHOTO_FORMAT_AVIF }, { "avis", INB_PHOTO_FORMAT_AVIF },
    { "heic", INB_PHOTO_FORMAT_HEIC }, { "heix", INB_PHOTO_FORMAT_HEIC },
    { "heim", INB_PHOTO_FORMAT_HEIC }, { "heis", INB_PHOTO_FORMAT_HEIC },
    { "hevc", INB_PHOTO_FORMAT_HEIC }, { "hevx", INB_PHOTO_FORMAT_HEIC },
    { "mif1", INB_PHOTO_FORMAT_HEIC },
  };
  gsize end;

  if (!has (head, 4, "ftyp", 4))
    return INB_PHOTO_FORMAT_NONE;
  end = MIN (MIN (head->n_bytes, big (head->bytes, 4)), 256);
  for (gsize b = 0; b < G_N_ELEMENTS (brands); b++)
    for (gsize at = 8; at + 4 <= end; at += at == 8 ? 8 : 4)
      if (memcmp (head->bytes + at, brands[b].brand, 4) == 0)
        return brands[b].format;
  return INB_PHOTO_FORMAT_NONE;
}

static const char *
find_other (const Head *head)
{
  g_autofree char *text = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    if (has (head, others[i].offset, others[i].bytes, others[i].n_bytes))
      return _ (others[i].name);
  if (memchr (head->bytes, 0, head->n_bytes) != NULL)
    return NULL;
  text = g_strndup ((const char *) head->bytes, head->n_bytes);
  if (strstr (text, "<svg") != NULL)
    return _ ("an SVG drawing");
  /* the last character may be cut by the end of what was read */
  if (g_utf8_validate (text, MAX (head->n_bytes, 8) == 8 ? -1 : (gssize) head->n_bytes - 8, NULL))
    return _ ("a text file");
  return NULL;
}

/**
 * inb_photo_header_read:
 * @self: (out caller-allocates): what was found
 * @fd: an open regular file; its position is neither used nor moved
 *
 * Reads a few hundred bytes, never more than a few kilobytes of memory, and decodes nothing, so
 * that a file can be refused before any decoder allocates what the file claims to need. Source: the
 * formats' own documents, named at each function.
 */
void
inb_photo_header_read (InbPhotoHeader *self, int fd)
{
  Head head = { .fd = fd };
  gssize n_read = pread (fd, head.bytes, sizeof head.bytes, 0);

  *self = (InbPhotoHeader){ INB_PHOTO_FORMAT_NONE, NULL, 0, 0 };
  head.n_bytes = n_read > 0 ? (gsize) n_read : 0;
  if (has (&head, 0, "\xff\xd8\xff", 3))
    self->format = INB_PHOTO_FORMAT_JPEG;
  else if (has (&head, 0, "\x89PNG\r\n\x1a\n", 8))
    self->format = INB_PHOTO_FORMAT_PNG;
  else if (has (&head, 0, "GIF87a", 6) || has (&head, 0, "GIF89a", 6))
    self->format = INB_PHOTO_FORMAT_GIF;
  else if (has (&head, 0, "RIFF", 4) && has (&head, 8, "WEBP", 4))
    self->format = INB_PHOTO_FORMAT_WEBP;
  else if (has (&head, 0, "II*\0", 4) || has (&head, 0, "MM\0*", 4) || has (&head, 0, "II+\0", 4) ||
           has (&head, 0, "MM\0+", 4))
    self->format = INB_PHOTO_FORMAT_TIFF;
  else
    self->format = find_heif (&head);

  if (self->format == INB_PHOTO_FORMAT_JPEG)
    read_jpeg (&head, self);
  else if (self->format == INB_PHOTO_FORMAT_PNG)
    read_png (&head, self);
  else if (self->format == INB_PHOTO_FORMAT_GIF)
    read_gif (&head, self);
  else if (self->format == INB_PHOTO_FORMAT_WEBP)
    read_webp (&head, self);
  else if (self->format == INB_PHOTO_FORMAT_TIFF)
    read_tiff (&head, self);
  else if (self->format == INB_PHOTO_FORMAT_NONE)
    self->other = find_other (&head);
}

/**
 * inb_photo_format_to_string:
 * @format: a format
 *
 * Returns: (transfer none): its name in JSON, "none" for %INB_PHOTO_FORMAT_NONE
 */
const char *
inb_photo_format_to_string (InbPhotoFormat format)
{
  static const char *const names[] = {
    "none", "jpeg", "png", "webp", "tiff", "heic", "avif", "gif"
  };

  g_return_val_if_fail ((guint) format < G_N_ELEMENTS (names), "none");
  return names[format];
}
