/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "core/inb-error.h"
#include "photo-test.h"
#include "photo/inb-photo-source.h"
#include "photo/inb-photo.h"

#define WIDTH 120
#define HEIGHT 80

static void
assert_quarters (const InbPixels *pixels, double tolerance)
{
  guint left = pixels->width / 4, right = pixels->width * 3 / 4;
  guint top = pixels->height / 4, bottom = pixels->height * 3 / 4;

  photo_test_assert_near (photo_test_get (pixels, left, top), 220, 30, 40, tolerance);
  photo_test_assert_near (photo_test_get (pixels, right, top), 40, 180, 60, tolerance);
  photo_test_assert_near (photo_test_get (pixels, left, bottom), 30, 60, 200, tolerance);
  photo_test_assert_near (photo_test_get (pixels, right, bottom), 230, 220, 50, tolerance);
}

static InbPixels *
load (const char *path)
{
  g_autoptr (GError) error = NULL;
  InbPixels *pixels = inb_photo_load_pixels (path, 0.0, 0, &error);

  g_assert_no_error (error);
  g_assert_nonnull (pixels);
  return pixels;
}

typedef struct
{
  const char *name; /* with libvips's options */
  int n_bands;
  gboolean wide;
  const char *format;
  InbPixelFormat px;
  double tolerance;
} Case;

static const Case cases[] = {
  { "a.jpg[Q=95]", 3, FALSE, "jpeg", INB_PIXELS_RGB8, 4 },
  { "progressive.jpg[Q=95,interlace]", 3, FALSE, "jpeg", INB_PIXELS_RGB8, 4 },
  { "a.png", 3, FALSE, "png", INB_PIXELS_RGB8, 0 },
  { "alpha.png", 4, FALSE, "png", INB_PIXELS_RGBA8, 0 },
  { "interlaced.png[interlace]", 3, FALSE, "png", INB_PIXELS_RGB8, 0 },
  { "palette.png[palette]", 3, FALSE, "png", INB_PIXELS_RGB8, 12 },
  { "wide.png", 3, TRUE, "png", INB_PIXELS_RGB16, 0.01 },
  { "wide-alpha.png", 4, TRUE, "png", INB_PIXELS_RGBA16, 0.01 },
  { "a.webp[lossless]", 3, FALSE, "webp", INB_PIXELS_RGB8, 0 },
  { "alpha.webp[lossless]", 4, FALSE, "webp", INB_PIXELS_RGBA8, 0 },
  { "lossy.webp[Q=95]", 3, FALSE, "webp", INB_PIXELS_RGB8, 8 },
  { "a.tif", 3, FALSE, "tiff", INB_PIXELS_RGB8, 0 },
  { "lzw.tif[compression=lzw,tile]", 4, FALSE, "tiff", INB_PIXELS_RGBA8, 0 },
  { "wide.tif[compression=deflate]", 3, TRUE, "tiff", INB_PIXELS_RGB16, 0.01 },
  { "big.tif[bigtiff]", 3, FALSE, "tiff", INB_PIXELS_RGB8, 0 },
  { "a.gif", 3, FALSE, "gif", INB_PIXELS_RGBA8, 12 },
  { "a.heic[Q=95]", 3, FALSE, "heic", INB_PIXELS_RGB8, 8 },
  { "a.avif[Q=95]", 3, FALSE, "avif", INB_PIXELS_RGB8, 8 },
};

static void
test_photo_reads_every_format (gconstpointer data)
{
  const Case *a = data;
  VipsImage *image = photo_test_quarters (WIDTH, HEIGHT, a->n_bands, a->wide);
  g_autofree char *path = NULL;
  gboolean saved = photo_test_save (image, a->name, &path);
  g_autoptr (GError) error = NULL;
  g_autoptr (InbPhotoSource) source = NULL;
  g_autoptr (InbPixels) pixels = NULL;

  g_object_unref (image);
  if (!saved)
    {
      g_test_skip ("this libvips cannot write such a file");
      return;
    }
  source = inb_photo_source_open (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (inb_photo_format_to_string (source->file->header.format), ==, a->format);
  g_assert_cmpuint (source->facts.width, ==, WIDTH);
  g_assert_cmpuint (source->facts.height, ==, HEIGHT);
  g_assert_cmpuint (source->facts.bits, ==, a->wide ? 16 : 8);
  g_assert_cmpuint (source->notes->len, ==, 0);
  pixels = load (path);
  g_assert_cmpint (pixels->format, ==, a->px);
  g_assert_cmpuint (pixels->width, ==, WIDTH);
  g_assert_cmpuint (pixels->height, ==, HEIGHT);
  assert_quarters (pixels, a->tolerance);
  if (a->n_bands == 4)
    {
      g_assert_cmpfloat (photo_test_get (pixels, WIDTH / 4, 5).px[3], ==, 255.0);
      g_assert_cmpfloat_with_epsilon (photo_test_get (pixels, WIDTH * 3 / 4, 5).px[3], 128.0, 0.5);
    }
}

static void
test_photo_reads_grey_as_rgb (void)
{
  static const char *const names[] = { "grey.png", "grey.jpg[Q=100]", "grey.tif" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (int n_bands = 1; n_bands <= (i == 1 ? 1 : 2); n_bands++)
      {
        VipsImage *image = photo_test_quarters (WIDTH, HEIGHT, n_bands, FALSE);
        g_autofree char *path = NULL;
        g_autoptr (InbPixels) pixels = NULL;

        g_assert_true (photo_test_save (image, names[i], &path));
        g_object_unref (image);
        pixels = load (path);
        g_assert_cmpint (pixels->format, ==, n_bands == 1 ? INB_PIXELS_RGB8 : INB_PIXELS_RGBA8);
        photo_test_assert_near (photo_test_get (pixels, 10, 10), 220, 220, 220, 1);
        photo_test_assert_near (photo_test_get (pixels, WIDTH - 10, 10), 40, 40, 40, 1);
      }
}

/* The stored picture that a viewer shows as the quarters; EXIF 2.32, tag 274. */
static VipsImage *
store (int orientation)
{
  static const struct
  {
    VipsAngle angle;
    gboolean flip;
  } steps[9] = {
    [1] = { VIPS_ANGLE_D0, FALSE },   [2] = { VIPS_ANGLE_D0, TRUE },
    [3] = { VIPS_ANGLE_D180, FALSE }, [4] = { VIPS_ANGLE_D180, TRUE },
    [5] = { VIPS_ANGLE_D90, TRUE },   [6] = { VIPS_ANGLE_D270, FALSE },
    [7] = { VIPS_ANGLE_D270, TRUE },  [8] = { VIPS_ANGLE_D90, FALSE },
  };
  VipsImage *image = photo_test_quarters (WIDTH, HEIGHT, 3, FALSE);
  VipsImage *next = NULL;

  image = photo_test_take (vips_rot (image, &next, steps[orientation].angle, NULL), image, &next);
  if (steps[orientation].flip)
    image =
        photo_test_take (vips_flip (image, &next, VIPS_DIRECTION_HORIZONTAL, NULL), image, &next);
  image = photo_test_take (vips_copy (image, &next, NULL), image, &next);
  vips_image_set_int (image, VIPS_META_ORIENTATION, orientation);
  return image;
}

static void
test_photo_turns_every_orientation_upright (void)
{
  static const char *const names[] = { "turned.jpg[Q=95]", "turned.tif", "turned.webp[lossless]" };

  for (int orientation = 1; orientation <= 8; orientation++)
    for (guint i = 0; i < G_N_ELEMENTS (names); i++)
      {
        VipsImage *image = store (orientation);
        g_autofree char *path = NULL;
        g_autoptr (InbPixels) pixels = NULL;
        g_autoptr (InbPhotoSource) source = NULL;

        g_assert_true (photo_test_save (image, names[i], &path));
        g_object_unref (image);
        source = inb_photo_source_open (path, NULL, NULL);
        g_assert_cmpuint (source->facts.orientation, ==, orientation);
        g_assert_cmpuint (source->facts.width, ==, WIDTH);
        pixels = load (path);
        g_assert_cmpuint (pixels->width, ==, WIDTH);
        g_assert_cmpuint (pixels->height, ==, HEIGHT);
        assert_quarters (pixels, 4);
      }
}

/* A part is named as a person sees it, and cut from the file as it is stored. */
static void
test_photo_cuts_a_part_of_every_orientation (void)
{
  for (int orientation = 1; orientation <= 8; orientation++)
    {
      const InbPhotoPart part = { 0, HEIGHT / 2, 30, HEIGHT / 2, 30, HEIGHT / 2, FALSE };
      VipsImage *image = store (orientation);
      g_autofree char *path = NULL;
      g_autoptr (InbPixels) pixels = NULL;
      g_autoptr (InbPhotoSource) source = NULL;

      g_assert_true (photo_test_save (image, "part.tif", &path));
      g_object_unref (image);
      source = inb_photo_source_open (path, NULL, NULL);
      pixels = inb_photo_source_decode (source, &part, NULL);
      g_assert_cmpuint (pixels->width, ==, 30);
      g_assert_cmpuint (pixels->height, ==, HEIGHT / 2);
      for (guint i = 0; i < 4; i++)
        photo_test_assert_near (photo_test_get (pixels, i % 2 ? 29 : 0, i / 2 ? HEIGHT / 2 - 1 : 0),
                                30, 60, 200, 0);
    }
}

static double
to_linear (double value)
{
  value /= 255.0;
  return value <= 0.04045 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

static double
from_linear (double value)
{
  value = CLAMP (value, 0.0, 1.0);
  return 255.0 * (value <= 0.0031308 ? 12.92 * value : 1.055 * pow (value, 1 / 2.4) - 0.055);
}

/* Display P3 to sRGB: the same curve, the primaries' matrix (IEC 61966-2-1 and SMPTE EG 432-1). */
static void
test_photo_converts_a_known_colour_to_srgb (void)
{
  static const char *const names[] = { "p3.png", "p3.jpg[Q=100]", "p3.tif", "p3.webp[lossless]" };
  static const double p3[] = { 180, 120, 80 };
  static const double matrix[3][3] = { { 1.2249, -0.2249, 0.0 },
                                       { -0.0420, 1.0420, 0.0 },
                                       { -0.0197, -0.0786, 1.0983 } };
  double srgb[3];

  for (guint r = 0; r < 3; r++)
    srgb[r] = from_linear (matrix[r][0] * to_linear (p3[0]) + matrix[r][1] * to_linear (p3[1]) +
                           matrix[r][2] * to_linear (p3[2]));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (guint wide = 0; wide <= (i == 0 || i == 2 ? 1 : 0); wide++)
      {
        VipsImage *image = photo_test_quarters (64, 64, 3, wide == 1);
        VipsImage *next = NULL;
        g_autofree char *path = NULL;
        g_autoptr (InbPixels) pixels = NULL;
        g_autoptr (InbPhotoSource) source = NULL;
        double scale = wide == 1 ? 257.0 : 1.0;
        double values[] = { p3[0] * scale, p3[1] * scale, p3[2] * scale };

        image = photo_test_take (
            vips_linear (image, &next, (double[]){ 0, 0, 0 }, values, 3, "uchar", wide == 0, NULL),
            image, &next);
        if (wide == 1)
          image =
              photo_test_take (vips_cast (image, &next, VIPS_FORMAT_USHORT, NULL), image, &next);
        photo_test_add_profile (image, "p3");
        g_assert_true (photo_test_save (image, names[i], &path));
        g_object_unref (image);
        source = inb_photo_source_open (path, NULL, NULL);
        g_assert_cmpstr (source->facts.profile, ==, "sP3C");
        pixels = load (path);
        g_assert_cmpint (pixels->format, ==, wide == 1 ? INB_PIXELS_RGB16 : INB_PIXELS_RGB8);
        photo_test_assert_near (photo_test_get (pixels, 30, 30), srgb[0], srgb[1], srgb[2], 2.0);
      }
}

static void
test_photo_reads_cmyk_with_and_without_a_profile (void)
{
  static const struct
  {
    const char *name;
    gboolean with_profile;
  } files[] = { { "cmyk.jpg[Q=95]", FALSE },
                { "cmyk.jpg[Q=95]", TRUE },
                { "cmyk.tif", FALSE },
                { "cmyk.tif", TRUE } };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      VipsImage *image = photo_test_quarters (64, 64, 4, FALSE);
      VipsImage *next = NULL;
      g_autofree char *path = NULL;
      g_autoptr (InbPixels) pixels = NULL;
      g_autoptr (InbPhotoSource) source = NULL;

      /* no cyan, all magenta and yellow, no black: red, in ink */
      image = photo_test_take (vips_linear (image, &next, (double[]){ 0, 0, 0, 0 },
                                            (double[]){ 0, 255, 255, 0 }, 4, "uchar", TRUE, NULL),
                               image, &next);
      image = photo_test_take (
          vips_copy (image, &next, "interpretation", VIPS_INTERPRETATION_CMYK, NULL), image, &next);
      if (files[i].with_profile)
        photo_test_add_profile (image, "cmyk");
      g_assert_true (photo_test_save (image, files[i].name, &path));
      g_object_unref (image);
      source = inb_photo_source_open (path, NULL, NULL);
      g_assert_cmpint (source->facts.profile != NULL, ==, files[i].with_profile);
      pixels =
          inb_photo_source_decode (source, &(InbPhotoPart){ 0, 0, 64, 64, 64, 64, FALSE }, NULL);
      g_assert_nonnull (pixels);
      g_assert_cmpint (pixels->format, ==, INB_PIXELS_RGB8);
      photo_test_assert_near (photo_test_get (pixels, 30, 30), 225, 30, 40, 30);
      g_assert_cmpuint (source->notes->len, ==, files[i].with_profile ? 0 : 1);
    }
}

static void
test_photo_with_a_broken_profile_is_read_and_says_so (void)
{
  VipsImage *image = photo_test_quarters (WIDTH, HEIGHT, 3, FALSE);
  VipsImage *next = NULL;
  g_autofree char *path = NULL;
  g_autofree char *data = NULL;
  g_autoptr (InbPixels) pixels = NULL;
  g_autoptr (InbPhotoSource) source = NULL;
  gsize n_bytes;
  char *profile;

  image = photo_test_take (vips_copy (image, &next, NULL), image, &next);
  photo_test_add_profile (image, "srgb");
  g_assert_true (photo_test_save (image, "broken.tif", &path));
  g_object_unref (image);
  /* spoilt in the file: libvips 8.16 leaves a broken one out when it saves */
  g_assert_true (g_file_get_contents (path, &data, &n_bytes, NULL));
  profile = memmem (data, n_bytes, "acsp", 4);
  g_assert_nonnull (profile);
  memset (profile - 36, 'x', 300);
  g_assert_true (g_file_set_contents (path, data, (gssize) n_bytes, NULL));
  source = inb_photo_source_open (path, NULL, NULL);
  g_assert_nonnull (source);
  pixels = inb_photo_source_decode (
      source, &(InbPhotoPart){ 0, 0, WIDTH, HEIGHT, WIDTH, HEIGHT, FALSE }, NULL);
  assert_quarters (pixels, 0);
  g_assert_cmpuint (source->notes->len, ==, 1);
  g_assert_cmpstr (((InbPhotoNote *) source->notes->pdata[0])->code, ==, "profile-broken");
}

static void
test_photo_load_cuts_about_the_middle_and_shrinks (void)
{
  VipsImage *image = photo_test_quarters (400, 300, 3, FALSE);
  g_autofree char *path = NULL;
  g_autoptr (InbPixels) square = NULL, small = NULL, whole = NULL;

  g_assert_true (photo_test_save (image, "load.png", &path));
  g_object_unref (image);
  square = inb_photo_load_pixels (path, 1.0, 0, NULL);
  g_assert_cmpuint (square->width, ==, 300);
  g_assert_cmpuint (square->height, ==, 300);
  assert_quarters (square, 0);
  small = inb_photo_load_pixels (path, 0.0, 100, NULL);
  g_assert_cmpuint (small->width, ==, 100);
  g_assert_cmpuint (small->height, ==, 75);
  assert_quarters (small, 1);
  whole = inb_photo_load_pixels (path, 4.0 / 3.0, 400, NULL);
  g_assert_cmpuint (whole->width, ==, 400);
  g_assert_cmpuint (whole->height, ==, 300);
}

/* Colour that nobody sees must not shine through where a transparent photo is made smaller. */
static void
test_photo_shrinks_alpha_without_a_fringe (void)
{
  VipsImage *image = photo_test_quarters (400, 400, 4, FALSE);
  VipsImage *next = NULL;
  g_autofree char *path = NULL;
  g_autoptr (InbPixels) pixels = NULL;

  /* right half: alpha 128 becomes 0, its colours stay */
  image = photo_test_take (vips_linear (image, &next, (double[]){ 1, 1, 1, 2.0078 },
                                        (double[]){ 0, 0, 0, -257.0 }, 4, "uchar", TRUE, NULL),
                           image, &next);
  g_assert_true (photo_test_save (image, "fringe.png", &path));
  g_object_unref (image);
  pixels = inb_photo_load_pixels (path, 0.0, 90, NULL);
  for (guint x = 0; x < pixels->width; x++)
    {
      PhotoTestColour colour = photo_test_get (pixels, x, 10);

      if (colour.px[3] > 8)
        photo_test_assert_near (colour, 220, 30, 40, 4);
    }
}

/* Whatever happens to a file: pixels or an error, never a crash, never a wait. */
static void
poke (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InbPixels) pixels = inb_photo_load_pixels (path, 1.0, 64, &error);

  g_assert_true ((pixels != NULL) != (error != NULL));
  if (error != NULL)
    {
      g_assert_true (error->domain == INB_ERROR);
      g_assert_nonnull (strstr (error->message, "poked"));
    }
}

static void
test_photo_survives_damage_of_every_format (void)
{
  g_autoptr (GRand) dice = g_rand_new_with_seed (3);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      VipsImage *image = photo_test_quarters (64, 48, cases[i].n_bands, cases[i].wide);
      g_autofree char *path = NULL;
      g_autofree char *poked = NULL;
      g_autofree char *bytes = NULL;
      gsize n_bytes = 0;
      gboolean saved = photo_test_save (image, cases[i].name, &path);

      g_object_unref (image);
      if (!saved || !g_file_get_contents (path, &bytes, &n_bytes, NULL))
        continue;
      for (guint k = 0; k < 16; k++)
        {
          g_autofree char *cut = photo_test_path ("poked-cut");

          photo_test_write ("poked-cut", bytes, n_bytes * k / 16, &poked);
          poke (cut);
          g_clear_pointer (&poked, g_free);
        }
      for (guint k = 0; k < 24; k++)
        {
          gsize at = (gsize) (g_rand_double (dice) * g_rand_double (dice) * (double) n_bytes);
          char old = bytes[at];

          bytes[at] = (char) g_rand_int (dice);
          photo_test_write ("poked-byte", bytes, n_bytes, &poked);
          poke (poked);
          g_clear_pointer (&poked, g_free);
          bytes[at] = old;
        }
    }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  inb_photo_init ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("/photo/reads/%s", cases[i].name);

      g_strdelimit (name, "[]=,.", '-');
      g_test_add_data_func (name, &cases[i], test_photo_reads_every_format);
    }
  g_test_add_func ("/photo/reads-grey-as-rgb", test_photo_reads_grey_as_rgb);
  g_test_add_func ("/photo/turns-every-orientation-upright",
                   test_photo_turns_every_orientation_upright);
  g_test_add_func ("/photo/cuts-a-part-of-every-orientation",
                   test_photo_cuts_a_part_of_every_orientation);
  g_test_add_func ("/photo/converts-a-known-colour-to-srgb",
                   test_photo_converts_a_known_colour_to_srgb);
  g_test_add_func ("/photo/reads-cmyk-with-and-without-a-profile",
                   test_photo_reads_cmyk_with_and_without_a_profile);
  g_test_add_func ("/photo/broken-profile-is-read-and-said",
                   test_photo_with_a_broken_profile_is_read_and_says_so);
  g_test_add_func ("/photo/load-cuts-about-the-middle-and-shrinks",
                   test_photo_load_cuts_about_the_middle_and_shrinks);
  g_test_add_func ("/photo/shrinks-alpha-without-a-fringe",
                   test_photo_shrinks_alpha_without_a_fringe);
  g_test_add_func ("/photo/survives-damage-of-every-format",
                   test_photo_survives_damage_of_every_format);
  status = g_test_run ();
  photo_test_clean ();
  return status;
}
