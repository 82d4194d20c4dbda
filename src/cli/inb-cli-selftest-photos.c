/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inb-cli-selftest.h"

#include <glib/gi18n.h>
#include <stdlib.h>

#include "core/inb-error.h"
#include "store/inb-files.h"

#define RESOURCES "/io/github/inbetween/Inbetween/selftest/"

/* A JPEG of quality 90 and the tables of another profile for print stay within; another channel
 * order, inverted ink or a photo that was not turned do not. Chosen, in steps of 255. */
#define TOLERANCE 40

/* Red, green, blue, yellow, as data/selftest/make.sh paints them: top left, top right, bottom left,
 * bottom right */
static const guint32 screen_fields[] = { 0xd02020, 0x20a040, 0x2040c0, 0xe0c020 };
/* The same of full inks on coated paper, usual values of SWOP; chosen with TOLERANCE in mind */
static const guint32 press_fields[] = { 0xed1c24, 0x00a651, 0x2e3192, 0xfff200 };

static const struct
{
  const char *id;
  const char *name;
  const char *file;
  const guint32 *fields;
  gboolean needed;
} photos[] = {
  { "photo-orientation", N_ ("photo: JPEG that lies on its side"), "orientation-6.jpg",
    screen_fields, TRUE },
  { "photo-cmyk", N_ ("photo: JPEG in CMYK"), "cmyk.jpg", press_fields, TRUE },
  { "photo-heic", N_ ("photo: HEIC"), "phone.heic", screen_fields, FALSE },
  { "photo-16-bit", N_ ("photo: TIFF with 16 bits"), "sixteen-bit.tif", screen_fields, TRUE },
};

static gboolean
is_like (guint32 seen, guint32 wanted)
{
  for (guint shift = 0; shift < 24; shift += 8)
    if (abs ((int) (seen >> shift & 0xff) - (int) (wanted >> shift & 0xff)) > TOLERANCE)
      return FALSE;
  return TRUE;
}

/* The middles of the four fields, from the pixels of a preview: blue, green, red, alpha. */
static gboolean
compare (JsonObject *told, const char *pixels, gsize n_bytes, const guint32 *fields, GError **error)
{
  JsonArray *canvases = inb_json_get_array (told, "canvases");
  JsonObject *canvas = canvases != NULL ? json_array_get_object_element (canvases, 0) : NULL;
  JsonObject *photo = canvas != NULL ? inb_json_get_object (canvas, "photo") : NULL;

  for (guint i = 0; photo != NULL && i < INB_CLI_SELFTEST_N_FIELDS; i++)
    {
      gint64 x = inb_json_get_int (photo, "x", 0) +
                 inb_json_get_int (photo, "width", 0) * (i % 2 == 0 ? 1 : 3) / 4;
      gint64 y = inb_json_get_int (photo, "y", 0) +
                 inb_json_get_int (photo, "height", 0) * (i < 2 ? 1 : 3) / 4;
      gint64 at = inb_json_get_int (canvas, "offset", 0) +
                  y * inb_json_get_int (canvas, "stride", 0) + x * 4;
      const guint8 *pixel = (const guint8 *) pixels + at;
      guint32 seen;

      if (at < 0 || at + 4 > (gint64) n_bytes)
        break;
      seen = (guint32) (pixel[2] << 16 | pixel[1] << 8 | pixel[0]);
      if (!is_like (seen, fields[i]))
        {
          g_set_error (error, INB_ERROR, INB_ERROR_FAILED,
                       /* Translators: two colours as #rrggbb. */
                       _ ("A field that is about #%06x came out as #%06x."), fields[i], seen);
          return FALSE;
        }
      if (i + 1 == INB_CLI_SELFTEST_N_FIELDS)
        return TRUE;
    }
  g_set_error_literal (error, INB_ERROR, INB_ERROR_FAILED,
                       _ ("The worker “photo” did not say where its pixels are."));
  return FALSE;
}

/**
 * inb_cli_selftest_check_fields:
 * @self: a run
 * @picture: a file that shows the four fields
 * @fields: (nullable) (array fixed-size=4): their colours, 0xrrggbb; %NULL: those of a screen
 * @error: %INB_ERROR_FAILED for a wrong colour; as inb_worker_run_finish()
 *
 * Has the photo worker decode @picture and looks at a pixel of each field.
 *
 * Returns: whether all four look as they should
 */
gboolean
inb_cli_selftest_check_fields (InbCliSelftest *self, const char *picture, const guint32 *fields,
                               GError **error)
{
  g_autofree char *raw = g_build_filename (self->folder, "pixels", NULL);
  const char *const arguments[] = { "photo", picture, "--preview", "--output", raw, NULL };
  g_autoptr (JsonObject) told = inb_cli_selftest_run (self, arguments, error);
  g_autofree char *pixels = NULL;
  gsize n_bytes;

  return told != NULL && g_file_get_contents (raw, &pixels, &n_bytes, error) &&
         compare (told, pixels, n_bytes, fields != NULL ? fields : screen_fields, error);
}

static gboolean
unpack (const char *file, const char *path, GError **error)
{
  g_autofree char *resource = g_strconcat (RESOURCES, file, NULL);
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autoptr (GBytes) bytes =
      g_resources_lookup_data (resource, G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  return bytes != NULL && inb_files_write (part, path, g_bytes_get_data (bytes, NULL),
                                           g_bytes_get_size (bytes), error);
}

static gboolean
check_size (JsonObject *told, GError **error)
{
  JsonObject *output = inb_json_get_object (told, "output");
  gint64 width = output != NULL ? inb_json_get_int (output, "width", 0) : 0;
  gint64 height = output != NULL ? inb_json_get_int (output, "height", 0) : 0;

  if (width == INB_CLI_SELFTEST_WIDTH && height == INB_CLI_SELFTEST_HEIGHT)
    return TRUE;
  g_set_error (error, INB_ERROR, INB_ERROR_FAILED,
               /* Translators: width, height, then those that should be. */
               _ ("It came out at %d×%d px, not %d×%d."), (int) width, (int) height,
               INB_CLI_SELFTEST_WIDTH, INB_CLI_SELFTEST_HEIGHT);
  return FALSE;
}

/* As a frame is made for a job, and that frame read again. */
static gboolean
check_photo (InbCliSelftest *self, const char *file, const guint32 *fields, GError **error)
{
  g_autofree char *photo = g_build_filename (self->folder, file, NULL);
  g_autofree char *frame = g_strconcat (photo, ".png", NULL);
  const char *const arguments[] = { "photo", photo, "--output", frame, NULL };
  g_autoptr (JsonObject) told = NULL;

  if (!unpack (file, photo, error))
    return FALSE;
  told = inb_cli_selftest_run (self, arguments, error);
  return told != NULL && check_size (told, error) &&
         inb_cli_selftest_check_fields (self, frame, fields, error);
}

/**
 * inb_cli_selftest_check_photos:
 * @self: a run
 *
 * Puts each photo through the worker that a job would put it through.
 */
void
inb_cli_selftest_check_photos (InbCliSelftest *self)
{
  g_autofree char *detail = g_strdup_printf (_ ("%d×%d px upright, colours as painted"),
                                             INB_CLI_SELFTEST_WIDTH, INB_CLI_SELFTEST_HEIGHT);

  for (gsize i = 0; i < G_N_ELEMENTS (photos); i++)
    {
      GError *error = NULL;

      if (check_photo (self, photos[i].file, photos[i].fields, &error))
        inb_cli_findings_add (self->findings, photos[i].id, _ (photos[i].name), INB_CLI_FINDING_OK,
                              detail);
      else
        inb_cli_findings_add_error (self->findings, photos[i].id, _ (photos[i].name),
                                    photos[i].needed, error);
    }
}
