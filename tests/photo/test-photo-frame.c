/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "core/inb-error.h"
#include "photo-test.h"
#include "photo/inb-photo-frame.h"
#include "photo/inb-photo.h"

static const InbLimits free_limits = { .formats = INB_IMAGE_PNG | INB_IMAGE_JPEG | INB_IMAGE_WEBP,
                                       .min_side = 64,
                                       .alpha = TRUE };

static InbPhotoOrder
get_order (InbRatio ratio, InbFit fit, double focus_x, double focus_y)
{
  return (InbPhotoOrder){ .framing = { ratio, fit, focus_x, focus_y },
                          .limits = free_limits,
                          .format = INB_IMAGE_PNG };
}

/* The frame as a decoder sees it afterwards. */
static InbPixels *
make (const char *path, const InbPhotoOrder *order, InbPhotoFrame **frame, char **code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InbPhotoSource) source = inb_photo_source_open (path, NULL, &error);
  g_autofree char *written = NULL;
  InbPixels *pixels;
  gsize n_bytes = 0;
  const void *bytes;

  g_assert_no_error (error);
  *frame = inb_photo_frame_new (source, order, &error);
  g_assert_no_error (error);
  if (code != NULL)
    *code =
        source->notes->len > 0 ? g_strdup (((InbPhotoNote *) source->notes->pdata[0])->code) : NULL;
  bytes = g_bytes_get_data ((*frame)->file->bytes, &n_bytes);
  photo_test_write ("frame", bytes, n_bytes, &written);
  pixels = inb_photo_load_pixels (written, 0.0, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (pixels->width, ==, (*frame)->file->width);
  g_assert_cmpuint (pixels->height, ==, (*frame)->file->height);
  return pixels;
}

static void
test_frame_crop_shows_what_the_focus_says (void)
{
  static const struct
  {
    double x, y;
    InbRatio ratio;
    double colour[3];
  } cases[] = {
    { 0.0, 0.5, INB_RATIO_9_16, { 220, 30, 40 } },
    { 1.0, 0.5, INB_RATIO_9_16, { 40, 180, 60 } },
  };
  g_autofree char *path = photo_test_put (photo_test_quarters (400, 300, 3, FALSE), "focus.png");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      InbPhotoOrder order = get_order (cases[i].ratio, INB_FIT_CROP, cases[i].x, cases[i].y);
      g_autoptr (InbPhotoFrame) frame = NULL;
      g_autoptr (InbPixels) pixels = make (path, &order, &frame, NULL);

      g_assert_cmpuint (pixels->width, ==, 169);
      g_assert_cmpuint (pixels->height, ==, 300);
      g_assert_cmpint (frame->focus, ==, INB_PHOTO_FOCUS_ASKED);
      for (guint x = 0; x < pixels->width; x += 24)
        photo_test_assert_near (photo_test_get (pixels, x, 20), cases[i].colour[0],
                                cases[i].colour[1], cases[i].colour[2], 0);
    }
}

static void
test_frame_without_a_focus_keeps_the_product (void)
{
  static const char *const kinds[] = { "flat", "gradient" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path =
          photo_test_put (photo_test_scene (kinds[i], 1200, 500), "product.png");
      InbPhotoOrder order = get_order (INB_RATIO_9_16, INB_FIT_CROP, -1.0, -1.0);
      g_autoptr (InbPhotoFrame) frame = NULL;
      g_autoptr (InbPixels) pixels = make (path, &order, &frame, NULL);

      g_assert_cmpint (frame->focus, ==, INB_PHOTO_FOCUS_ATTENTION);
      /* the product stands at 0.55…0.75 of the width, 0.3…0.8 of the height */
      g_assert_cmpfloat_with_epsilon (frame->framing.focus_x, 0.65, 0.03);
      g_assert_cmpfloat_with_epsilon (frame->framing.focus_y, 0.55, 0.06);
    }
}

static void
test_frame_that_needs_nothing_is_byte_for_byte (void)
{
  static const struct
  {
    int n_bands;
    gboolean wide;
  } kinds[] = { { 3, FALSE }, { 4, FALSE }, { 3, TRUE }, { 4, TRUE } };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = photo_test_put (
          photo_test_quarters (320, 180, kinds[i].n_bands, kinds[i].wide), "exact.png");
      InbPhotoOrder order = get_order (INB_RATIO_16_9, INB_FIT_CROP, -1.0, -1.0);
      g_autoptr (InbPhotoFrame) frame = NULL;
      g_autoptr (InbPixels) before = inb_photo_load_pixels (path, 0.0, 0, NULL);
      g_autoptr (InbPixels) after = make (path, &order, &frame, NULL);

      g_assert_cmpint (after->format, ==, before->format);
      g_assert_true (g_bytes_equal (after->bytes, before->bytes));
      g_assert_cmpint (frame->focus, ==, INB_PHOTO_FOCUS_NONE);
    }
}

static void
test_frame_of_the_last_photo_takes_the_first_one_s_shape (void)
{
  g_autofree char *path = photo_test_put (photo_test_quarters (600, 400, 3, FALSE), "last.png");
  InbPhotoOrder order = get_order (INB_RATIO_ORIGINAL, INB_FIT_CROP, 0.5, 0.5);
  g_autoptr (InbPhotoFrame) frame = NULL;
  g_autoptr (InbPixels) pixels = NULL;

  order.aspect = 1.0;
  pixels = make (path, &order, &frame, NULL);
  g_assert_cmpuint (pixels->width, ==, 400);
  g_assert_cmpuint (pixels->height, ==, 400);
}

static void
test_frame_as_jpeg_is_put_on_white (void)
{
  g_autofree char *path = photo_test_put (photo_test_quarters (200, 200, 4, FALSE), "white.png");
  InbPhotoOrder order = get_order (INB_RATIO_ORIGINAL, INB_FIT_CROP, -1.0, -1.0);
  g_autoptr (InbPhotoFrame) frame = NULL;
  g_autoptr (InbPixels) pixels = NULL;

  order.format = INB_IMAGE_JPEG;
  pixels = make (path, &order, &frame, NULL);
  g_assert_true (frame->file->flattened);
  g_assert_cmpint (pixels->format, ==, INB_PIXELS_RGB8);
  photo_test_assert_near (photo_test_get (pixels, 50, 50), 220, 30, 40, 5);
  /* (40, 180, 60) at 128 of 255 over white */
  photo_test_assert_near (photo_test_get (pixels, 150, 50), 147, 217, 157, 5);
}

static void
test_frame_loses_alpha_where_a_provider_wants_none (void)
{
  g_autofree char *path = photo_test_put (photo_test_quarters (200, 200, 4, TRUE), "noalpha.png");
  InbPhotoOrder order = get_order (INB_RATIO_ORIGINAL, INB_FIT_CROP, -1.0, -1.0);
  g_autoptr (InbPhotoFrame) frame = NULL;
  g_autoptr (InbPixels) pixels = NULL;

  order.limits.alpha = FALSE;
  pixels = make (path, &order, &frame, NULL);
  g_assert_true (frame->file->flattened);
  g_assert_false (frame->file->alpha);
  g_assert_cmpint (pixels->format, ==, INB_PIXELS_RGB16);
  photo_test_assert_near (photo_test_get (pixels, 150, 50), 147, 217, 157, 1);
}

static VipsImage *
make_talkative (void)
{
  static const char xmp[] = "<x:xmpmeta xmlns:x='adobe:ns:meta/'>SECRET</x:xmpmeta>";
  VipsImage *image = photo_test_quarters (200, 150, 3, FALSE);
  VipsImage *next = NULL;

  image = photo_test_take (vips_copy (image, &next, NULL), image, &next);
  vips_image_set_string (image, "exif-ifd0-Make", "SECRET (SECRET, ASCII, 7 components, 7 bytes)");
  vips_image_set_string (image, "exif-ifd3-GPSLatitudeRef", "N (N, ASCII, 2 components, 2 bytes)");
  vips_image_set_blob_copy (image, VIPS_META_XMP_NAME, xmp, sizeof xmp);
  photo_test_add_profile (image, "p3");
  return image;
}

static gboolean
holds (GBytes *bytes, const char *word)
{
  gsize n_bytes = 0;
  const char *data = g_bytes_get_data (bytes, &n_bytes);

  return memmem (data, n_bytes, word, strlen (word)) != NULL;
}

static void
test_frame_tells_nothing_but_pixels (void)
{
  static const char *const words[] = { "SECRET", "Exif", "EXIF",        "eXIf", "xmp",  "XMP ",
                                       "iCCP",   "ICCP", "ICC_PROFILE", "tEXt", "iTXt", "GPS" };
  static const InbImageFormats formats[] = { INB_IMAGE_PNG, INB_IMAGE_JPEG, INB_IMAGE_WEBP };
  g_autofree char *path = photo_test_put (make_talkative (), "talk.jpg");
  g_autofree char *before = NULL;
  gsize n_before = 0;

  g_assert_true (g_file_get_contents (path, &before, &n_before, NULL));
  g_assert_nonnull (memmem (before, n_before, "SECRET", 6)); /* else this test proves nothing */
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    for (int fit = 0; fit < 2; fit++)
      {
        InbPhotoOrder order = get_order (INB_RATIO_1_1, (InbFit) fit, -1.0, -1.0);
        g_autoptr (InbPhotoFrame) frame = NULL;
        g_autoptr (InbPixels) pixels = NULL;

        order.format = formats[i];
        pixels = make (path, &order, &frame, NULL);
        for (guint k = 0; k < G_N_ELEMENTS (words); k++)
          if (holds (frame->file->bytes, words[k]))
            g_error ("format %d still holds %s", (int) formats[i], words[k]);
      }
}

static InbPhotoFrame *
make_within (const char *path, InbImageFormats format, gint64 max_bytes, guint min_side,
             GError **error)
{
  InbPhotoOrder order = get_order (INB_RATIO_ORIGINAL, INB_FIT_CROP, -1.0, -1.0);
  g_autoptr (InbPhotoSource) source = inb_photo_source_open (path, NULL, NULL);
  InbPhotoFrame *frame;

  order.format = format;
  order.limits.max_bytes = max_bytes;
  order.limits.min_side = min_side;
  frame = inb_photo_frame_new (source, &order, error);
  if (frame != NULL)
    g_assert_cmpint ((gint64) g_bytes_get_size (frame->file->bytes), <=, max_bytes);
  return frame;
}

static void
test_frame_fits_its_bytes_by_quality_first (void)
{
  g_autofree char *path = photo_test_put (photo_test_scene ("busy", 900, 700), "fit.png");
  g_autoptr (InbPhotoFrame) best =
      make_within (path, INB_IMAGE_JPEG, G_GINT64_CONSTANT (100000000), 64, NULL);
  gint64 size = (gint64) g_bytes_get_size (best->file->bytes);
  g_autoptr (InbPhotoFrame) lower = make_within (path, INB_IMAGE_JPEG, size * 8 / 10, 64, NULL);
  g_autoptr (InbPhotoFrame) smaller = make_within (path, INB_IMAGE_JPEG, size / 20, 64, NULL);
  g_autoptr (InbPhotoFrame) lossless = make_within (path, INB_IMAGE_PNG, size / 4, 64, NULL);

  g_assert_cmpint (best->file->quality, ==, 92);
  g_assert_cmpint (lower->file->quality, <, 92);
  g_assert_cmpuint (lower->file->width, ==, 900);
  g_assert_cmpuint (smaller->file->width, <, 900);
  g_assert_cmpfloat_with_epsilon ((double) smaller->file->width / smaller->file->height,
                                  900.0 / 700.0, 0.02);
  g_assert_cmpuint (lossless->file->width, <, 900);
  g_assert_cmpint (lossless->file->quality, ==, -1);
}

static void
test_frame_that_cannot_fit_says_so (void)
{
  g_autofree char *path = photo_test_put (photo_test_scene ("busy", 900, 700), "unfit.png");
  g_autoptr (GError) error = NULL;

  g_assert_null (make_within (path, INB_IMAGE_JPEG, 2000, 600, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_TOO_LARGE);
}

static void
test_frame_says_what_it_took_to_fit (void)
{
  g_autofree char *path = photo_test_put (photo_test_scene ("busy", 900, 700), "say.png");
  InbPhotoOrder order = get_order (INB_RATIO_ORIGINAL, INB_FIT_CROP, -1.0, -1.0);
  g_autoptr (InbPhotoFrame) frame = NULL;
  g_autofree char *code = NULL;
  g_autoptr (InbPixels) pixels = NULL;

  order.format = INB_IMAGE_JPEG;
  order.limits.max_bytes = 20000;
  pixels = make (path, &order, &frame, &code);
  g_assert_cmpstr (code, ==, "made-smaller");
}

static void
test_frame_keeps_to_the_longest_side (void)
{
  g_autofree char *path = photo_test_put (photo_test_quarters (500, 400, 3, FALSE), "long.png");
  InbPhotoOrder order = get_order (INB_RATIO_ORIGINAL, INB_FIT_EXTEND, -1.0, -1.0);
  g_autoptr (InbPhotoFrame) frame = NULL;
  g_autoptr (InbPixels) pixels = NULL;

  order.limits.max_side = 250;
  order.max_side = 300;
  pixels = make (path, &order, &frame, NULL);
  g_assert_cmpuint (pixels->width, ==, 250);
  g_assert_cmpuint (pixels->height, ==, 200);
}

static void
test_frame_refuses_a_format_its_provider_does_not_take (void)
{
  g_autofree char *path = photo_test_put (photo_test_quarters (100, 100, 3, FALSE), "format.png");
  g_autoptr (InbPhotoSource) source = inb_photo_source_open (path, NULL, NULL);
  InbPhotoOrder order = get_order (INB_RATIO_ORIGINAL, INB_FIT_CROP, -1.0, -1.0);
  g_autoptr (GError) error = NULL;

  order.limits.formats = INB_IMAGE_JPEG;
  g_assert_null (inb_photo_frame_new (source, &order, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_BAD_INPUT);
  g_assert_nonnull (strstr (error->message, "JPEG"));
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  inb_photo_init ();
  g_test_add_func ("/frame/crop-shows-what-the-focus-says",
                   test_frame_crop_shows_what_the_focus_says);
  g_test_add_func ("/frame/without-a-focus-keeps-the-product",
                   test_frame_without_a_focus_keeps_the_product);
  g_test_add_func ("/frame/that-needs-nothing-is-byte-for-byte",
                   test_frame_that_needs_nothing_is_byte_for_byte);
  g_test_add_func ("/frame/last-takes-the-first-one-s-shape",
                   test_frame_of_the_last_photo_takes_the_first_one_s_shape);
  g_test_add_func ("/frame/jpeg-is-put-on-white", test_frame_as_jpeg_is_put_on_white);
  g_test_add_func ("/frame/loses-alpha-where-none-is-wanted",
                   test_frame_loses_alpha_where_a_provider_wants_none);
  g_test_add_func ("/frame/tells-nothing-but-pixels", test_frame_tells_nothing_but_pixels);
  g_test_add_func ("/frame/fits-its-bytes-by-quality-first",
                   test_frame_fits_its_bytes_by_quality_first);
  g_test_add_func ("/frame/that-cannot-fit-says-so", test_frame_that_cannot_fit_says_so);
  g_test_add_func ("/frame/says-what-it-took-to-fit", test_frame_says_what_it_took_to_fit);
  g_test_add_func ("/frame/keeps-to-the-longest-side", test_frame_keeps_to_the_longest_side);
  g_test_add_func ("/frame/refuses-a-format-not-taken",
                   test_frame_refuses_a_format_its_provider_does_not_take);
  status = g_test_run ();
  photo_test_clean ();
  return status;
}
