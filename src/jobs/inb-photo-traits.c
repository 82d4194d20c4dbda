/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-photo-traits.h"

#include "net/inb-json.h"

/* As much of a text as fits, never half a character of it */
static void
take_text (char *to, gsize size, const char *from)
{
  g_autofree char *valid = g_utf8_make_valid (from != NULL ? from : "", -1);
  char *end;

  g_strlcpy (to, valid, size);
  if (!g_utf8_validate (to, -1, (const char **) &end))
    *end = '\0';
}

/**
 * inb_photo_traits_read:
 * @self: (out caller-allocates): what was found; all zero on failure
 * @told: the document of the photo worker
 *
 * The worker is our own program, but it has read foreign bytes: every number is checked.
 *
 * Returns: %FALSE if @told has no size of a photo
 */
gboolean
inb_photo_traits_read (InbPhotoTraits *self, JsonObject *told)
{
  JsonObject *found = inb_json_get_object (told, "found");
  gint64 width = found != NULL ? inb_json_get_int (found, "width", 0) : 0;
  gint64 height = found != NULL ? inb_json_get_int (found, "height", 0) : 0;

  *self = (InbPhotoTraits){ 0 };
  if (width < 1 || height < 1 || width > G_MAXINT || height > G_MAXINT)
    return FALSE;
  self->width = (guint) width;
  self->height = (guint) height;
  self->bytes = MAX (0, inb_json_get_int (found, "bytes", 0));
  self->bits = inb_json_get_int (found, "bits", 8) == 16 ? 16 : 8;
  take_text (self->format, sizeof self->format, inb_json_get_string (found, "format"));
  take_text (self->profile, sizeof self->profile, inb_json_get_string (found, "profile"));
  take_text (self->colour, sizeof self->colour, inb_json_get_string (found, "colour"));
  self->transparent = inb_json_get_boolean (told, "transparent", FALSE);
  self->converted = inb_json_get_boolean (found, "converted", FALSE);
  return TRUE;
}
