/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "photo/inb-webp.h"

#include <string.h>

/* RFC 9649, 2.3 to 2.7: "RIFF", size, "WEBP", then chunks of name, size and data, padded to even;
 * "VP8X" begins with flags. */
#define FILE_HEADER_BYTES 12u
#define CHUNK_HEADER_BYTES 8u
#define FLAG_ICC 0x20
#define FLAG_EXIF 0x08
#define FLAG_XMP 0x04

static guint32
read_size (const guint8 *bytes)
{
  return (guint32) bytes[3] << 24 | (guint32) bytes[2] << 16 | (guint32) bytes[1] << 8 | bytes[0];
}

static void
write_size (guint8 *bytes, guint32 size)
{
  for (guint i = 0; i < 4; i++)
    bytes[i] = (guint8) (size >> (8 * i));
}

static gboolean
is_metadata (const guint8 *name)
{
  return memcmp (name, "EXIF", 4) == 0 || memcmp (name, "XMP ", 4) == 0 ||
         memcmp (name, "ICCP", 4) == 0;
}

/**
 * inb_webp_strip:
 * @file: (transfer full): a WebP file that our own encoder wrote
 *
 * Takes the chunks with metadata out. libvips 8.14 writes an EXIF block of its own making even
 * where it was told to strip.
 *
 * Returns: (transfer full): the file with nothing but pixels; as it was if it is not a WebP file
 */
GBytes *
inb_webp_strip (GBytes *file)
{
  gsize n_bytes = 0, at = FILE_HEADER_BYTES;
  const guint8 *bytes = g_bytes_get_data (file, &n_bytes);
  g_autoptr (GByteArray) out = g_byte_array_sized_new ((guint) n_bytes);

  if (n_bytes < FILE_HEADER_BYTES || memcmp (bytes + 8, "WEBP", 4) != 0)
    return file;
  g_byte_array_append (out, bytes, FILE_HEADER_BYTES);
  while (n_bytes - at >= CHUNK_HEADER_BYTES)
    {
      gsize size = read_size (bytes + at + 4);

      size = MIN (CHUNK_HEADER_BYTES + size + (size & 1), n_bytes - at);
      if (!is_metadata (bytes + at))
        {
          g_byte_array_append (out, bytes + at, (guint) size);
          if (memcmp (bytes + at, "VP8X", 4) == 0 && size > CHUNK_HEADER_BYTES)
            out->data[out->len - size + CHUNK_HEADER_BYTES] &=
                (guint8) ~(FLAG_ICC | FLAG_EXIF | FLAG_XMP);
        }
      at += size;
    }
  write_size (out->data + 4, out->len - CHUNK_HEADER_BYTES);
  g_bytes_unref (file);
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}
