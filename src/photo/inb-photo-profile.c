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
