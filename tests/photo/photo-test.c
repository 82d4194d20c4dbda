/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "photo-test.h"

#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>

static char *folder;

static const char *
get_folder (void)
{
  if (folder == NULL)
    folder = g_dir_make_tmp ("inbetween-photo-XXXXXX", NULL);
  g_assert_nonnull (folder);
  return folder;
}

/* A file in this program's own folder. */
char *
photo_test_path (const char *name)
{
  return g_build_filename (get_folder (), name, NULL);
}

/* Call last: removes the folder, and fails if a half-written file is left in it. */
void
photo_test_clean (void)
{
  g_autoptr (GDir) dir = g_dir_open (get_folder (), 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = photo_test_path (name);

      g_assert_false (g_str_has_suffix (name, ".part"));
      g_remove (path);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_clear_pointer (&folder, g_free);
}

VipsImage *
photo_test_take (int failed, VipsImage *old, VipsImage **next)
{
  if (failed != 0)
    g_error ("libvips: %s", vips_error_buffer ());
  g_object_unref (old);
  return g_steal_pointer (next);
}

static VipsImage *
make (const float *values, int width, int height, int n_bands, gboolean wide)
{
  VipsImage *image =
      vips_image_new_from_memory_copy (values, (gsize) width * height * n_bands * sizeof (float),
                                       width, height, n_bands, VIPS_FORMAT_FLOAT);
  VipsImage *next = NULL;
  VipsInterpretation space = n_bands < 3 ? VIPS_INTERPRETATION_B_W : VIPS_INTERPRETATION_sRGB;

  if (wide)
    space = n_bands < 3 ? VIPS_INTERPRETATION_GREY16 : VIPS_INTERPRETATION_RGB16;
  image =
      photo_test_take (vips_linear1 (image, &next, wide ? 257.0 : 1.0, 0.5, NULL), image, &next);
  image = photo_test_take (
      vips_cast (image, &next, wide ? VIPS_FORMAT_USHORT : VIPS_FORMAT_UCHAR, NULL), image, &next);
  return photo_test_take (vips_copy (image, &next, "interpretation", space, NULL), image, &next);
}

/* Red, green, blue and yellow quarters, from the top left, row by row; alpha 128 on the right. */
VipsImage *
photo_test_quarters (int width, int height, int n_bands, gboolean wide)
{
  static const float colours[4][3] = {
    { 220, 30, 40 }, { 40, 180, 60 }, { 30, 60, 200 }, { 230, 220, 50 }
  };
  g_autofree float *values = g_new (float, (gsize) width *height *n_bands);
  float *at = values;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++, at += n_bands)
      {
        const float *colour = colours[(y >= height / 2 ? 2 : 0) + (x >= width / 2 ? 1 : 0)];

        for (int b = 0; b < n_bands; b++)
          at[b] = (n_bands == 2 && b == 1) || b == 3 ? (x >= width / 2 ? 128 : 255) : colour[b % 3];
      }
  return make (values, width, height, n_bands, wide);
}

static float
get_background (const char *kind, double x, double y, guint channel, GRand *dice)
{
  if (g_str_equal (kind, "flat"))
    return 236.0f;
  if (g_str_equal (kind, "gradient"))
    return (float) (200.0 - 90.0 * ((x - 0.45) * (x - 0.45) + (y - 0.4) * (y - 0.4)) -
                    6.0 * channel + 3.0 * (g_rand_double (dice) - 0.5));
  /* busy: waves of every direction, a different mix in each channel */
  return (float) (128.0 + 50.0 * sin (31.0 * x + 17.0 * y + channel) +
                  40.0 * sin (47.0 * y - 23.0 * x + 2.0 * channel) + 20.0 * sin (90.0 * x * y));
}

/* A red product with a pale label before a "flat", "gradient" or "busy" background. */
VipsImage *
photo_test_scene (const char *kind, int width, int height)
{
  g_autoptr (GRand) dice = g_rand_new_with_seed (7);
  g_autofree float *values = g_new (float, (gsize) width *height * 3);
  float *at = values;

  for (int row = 0; row < height; row++)
    for (int column = 0; column < width; column++, at += 3)
      {
        double x = (column + 0.5) / width, y = (row + 0.5) / height;
        gboolean product = x > 0.55 && x < 0.75 && y > 0.3 && y < 0.8;
        gboolean label = x > 0.58 && x < 0.72 && y > 0.45 && y < 0.65;

        for (guint c = 0; c < 3; c++)
          at[c] = label     ? 245.0f - 5.0f * c
                  : product ? (c == 0 ? 190.0f : 25.0f)
                            : get_background (kind, x, y, c, dice);
      }
  return make (values, width, height, 3, FALSE);
}

void
photo_test_add_profile (VipsImage *image, const char *name)
{
  VipsBlob *blob = NULL;
  size_t n_bytes = 0;
  const void *bytes;

  g_assert_cmpint (vips_profile_load (name, &blob, NULL), ==, 0);
  bytes = vips_blob_get (blob, &n_bytes);
  vips_image_set_blob_copy (image, VIPS_META_ICC_NAME, bytes, n_bytes);
  vips_area_unref (VIPS_AREA (blob));
}

/* FALSE where this libvips has no such encoder. `name` may end in libvips's [options]. */
gboolean
photo_test_save (VipsImage *image, const char *name, char **path)
{
  g_autofree char *target = photo_test_path (name);
  char *options = strchr (target, '[');
  int failed = vips_image_write_to_file (image, target, NULL);

  if (failed != 0)
    g_test_message ("%s: %s", name, vips_error_buffer ());
  vips_error_clear ();
  if (options != NULL)
    *options = '\0';
  *path = g_steal_pointer (&target);
  return failed == 0;
}

/* Writes it and lets go of it; its path */
char *
photo_test_put (VipsImage *image, const char *name)
{
  char *path = NULL;

  g_assert_true (photo_test_save (image, name, &path));
  g_object_unref (image);
  return path;
}

void
photo_test_write (const char *name, const void *bytes, gsize n_bytes, char **path)
{
  FILE *file;

  /* not g_file_set_contents(): it waits for the disk, and asked not to, does not cut what was there
   */
  *path = photo_test_path (name);
  file = g_fopen (*path, "wb");
  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (bytes, 1, n_bytes, file), ==, n_bytes);
  g_assert_cmpint (fclose (file), ==, 0);
}

PhotoTestColour
photo_test_get (const InbPixels *pixels, guint x, guint y)
{
  guint n = inb_pixel_format_get_n_channels (pixels->format);
  gboolean wide = inb_pixel_format_get_n_bytes (pixels->format) / n == 2;
  const guint8 *at = (const guint8 *) g_bytes_get_data (pixels->bytes, NULL) + y * pixels->stride +
                     x * inb_pixel_format_get_n_bytes (pixels->format);
  PhotoTestColour colour = { { 0, 0, 0, 255 } };

  g_assert_cmpuint (x, <, pixels->width);
  g_assert_cmpuint (y, <, pixels->height);
  for (guint c = 0; c < n; c++)
    colour.px[c] = wide ? ((const guint16 *) (const void *) at)[c] / 257.0 : at[c];
  return colour;
}

void
photo_test_assert_near (PhotoTestColour found, double red, double green, double blue,
                        double tolerance)
{
  const double wanted[] = { red, green, blue };

  for (guint c = 0; c < 3; c++)
    if (fabs (found.px[c] - wanted[c]) > tolerance)
      g_error ("%.1f %.1f %.1f is not %.1f %.1f %.1f ± %.1f", found.px[0], found.px[1], found.px[2],
               red, green, blue, tolerance);
}
