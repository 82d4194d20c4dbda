/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "photo/inb-photo-profile.h"

#include <string.h>

#define HEADER_BYTES 128
#define MAX_TAGS 256
#define MAX_NAME_BYTES 256

static guint32
number_at (const guint8 *bytes)
{
  return (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8 | bytes[3];
}

/* ICC.1:2001-04, 6.5.17: a count and that many ASCII bytes. */
static char *
dup_text (const guint8 *tag, gsize n_bytes)
{
  gsize length;

  if (n_bytes < 12)
    return NULL;
  length = MIN (MIN (number_at (tag + 8), n_bytes - 12), MAX_NAME_BYTES);
  return g_strndup ((const char *) tag + 12, length);
}

/* ICC.1:2022, 10.15: records of language, length and offset; the first one will do. */
static char *
dup_localized (const guint8 *tag, gsize n_bytes)
{
  gsize length, offset;

  if (n_bytes < 28)
    return NULL;
  length = MIN (number_at (tag + 20), MAX_NAME_BYTES);
  offset = number_at (tag + 24);
  if (offset > n_bytes || length > n_bytes - offset)
    return NULL;
  return g_convert ((const char *) tag + offset, (gssize) length, "UTF-8", "UTF-16BE", NULL, NULL,
                    NULL);
}

static char *
dup_description (const guint8 *tag, gsize n_bytes)
{
  if (n_bytes >= 4 && memcmp (tag, "desc", 4) == 0)
    return dup_text (tag, n_bytes);
  if (n_bytes >= 4 && memcmp (tag, "mluc", 4) == 0)
    return dup_localized (tag, n_bytes);
  return NULL;
}

/**
 * inb_photo_profile_dup_name:
 * @bytes: (array length=n_bytes): an ICC profile from a foreign file
 * @n_bytes: its length
 *
 * Reads the profile's description, for a person to see. Bounds-checked: the bytes may be anything.
 *
 * Returns: (transfer full) (nullable): UTF-8, at most 256 bytes, without control characters; %NULL
 * if there is none
 */
char *
inb_photo_profile_dup_name (const guint8 *bytes, gsize n_bytes)
{
  guint n_tags;

  if (n_bytes < HEADER_BYTES + 4)
    return NULL;
  n_tags = MIN (number_at (bytes + HEADER_BYTES), MAX_TAGS);
  for (guint i = 0; i < n_tags && HEADER_BYTES + 16 + 12 * (gsize) i <= n_bytes; i++)
    {
      const guint8 *entry = bytes + HEADER_BYTES + 4 + 12 * (gsize) i;
      gsize offset = number_at (entry + 4), size = number_at (entry + 8);
      g_autofree char *name = NULL;
      g_autofree char *valid = NULL;

      if (memcmp (entry, "desc", 4) != 0 || offset > n_bytes || size > n_bytes - offset)
        continue;
      name = dup_description (bytes + offset, size);
      if (name == NULL)
        return NULL;
      valid = g_utf8_make_valid (name, -1);
      for (char *p = valid; *p != '\0'; p++)
        if (g_ascii_iscntrl (*p))
          *p = ' ';
      g_strstrip (valid);
      return *valid != '\0' ? g_steal_pointer (&valid) : NULL;
    }
  return NULL;
}

/**
 * inb_photo_profile_check:
 * @bytes: (array length=n_bytes): an ICC profile from a foreign file
 * @n_bytes: its length
 * @n_channels: colour channels of the picture: 1, 3 or 4
 *
 * libvips takes a profile that it cannot use for one that is not there, and says nothing; this is
 * how we know (ICC.1:2022, 7.2: size, version, colour space, signature; 7.3: tags inside the file).
 *
 * Returns: whether it looks like a profile for such a picture
 */
gboolean
inb_photo_profile_check (const guint8 *bytes, gsize n_bytes, guint n_channels)
{
  const char *space = n_channels == 1 ? "GRAY" : n_channels == 3 ? "RGB " : "CMYK";
  guint32 n_tags;

  if (n_bytes < HEADER_BYTES + 4 || number_at (bytes) > n_bytes || bytes[8] < 2 || bytes[8] > 5 ||
      memcmp (bytes + 16, space, 4) != 0 || memcmp (bytes + 36, "acsp", 4) != 0)
    return FALSE;
  n_tags = number_at (bytes + HEADER_BYTES);
  if (n_tags == 0 || n_tags > MAX_TAGS || HEADER_BYTES + 4 + 12 * (gsize) n_tags > n_bytes)
    return FALSE;
  for (guint i = 0; i < n_tags; i++)
    {
      const guint8 *entry = bytes + HEADER_BYTES + 4 + 12 * (gsize) i;
      gsize offset = number_at (entry + 4), size = number_at (entry + 8);

      if (offset > n_bytes || size > n_bytes - offset)
        return FALSE;
    }
  return TRUE;
}

/**
 * inb_photo_profile_is_srgb:
 * @name: (nullable): a profile's description
 *
 * Returns: whether pixels of that profile are sRGB already, so that converting could only round
 * them once more. Names seen in cameras' and programs' files.
 */
gboolean
inb_photo_profile_is_srgb (const char *name)
{
  static const char *const names[] = { "sRGB",          "sRGB IEC61966-2.1", "sRGB IEC61966-2-1",
                                       "sRGB built-in", "sRGB2014",          "c2",
                                       "c2ci" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (names[i], name) == 0)
      return TRUE;
  return FALSE;
}
