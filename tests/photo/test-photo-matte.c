/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/wait.h>

#include "photo-test.h"

/* A matte is framed with its photo by the real program: what it marks lies in both at one place. */

/* Where the product is: shares of the photo. */
static const double product[] = { 0.10, 0.55, 0.30, 0.90 };

typedef struct
{
  double left; /* shares of the picture */
  double top;
  double right;
  double bottom;
  double share; /* of the box that belongs to it */
} Box;

static VipsImage *
make (int width, int height, const double *back, const double *front, gboolean wide)
{
  int left = (int) (product[0] * width), top = (int) (product[1] * height);
  double ink[2][3];
  VipsImage *image = NULL, *next = NULL;

  for (guint i = 0; i < 3; i++)
    {
      ink[0][i] = back[i] * (wide ? 257.0 : 1.0);
      ink[1][i] = front[i] * (wide ? 257.0 : 1.0);
    }
  g_assert_cmpint (vips_black (&image, width, height, "bands", 3, NULL), ==, 0);
  image = photo_test_take (
      vips_cast (image, &next, wide ? VIPS_FORMAT_USHORT : VIPS_FORMAT_UCHAR, NULL), image, &next);
  image = photo_test_take (vips_copy (image, &next, "interpretation",
                                      wide ? VIPS_INTERPRETATION_RGB16 : VIPS_INTERPRETATION_sRGB,
                                      NULL),
                           image, &next);
  next = vips_image_copy_memory (image);
  g_object_unref (image);
  vips_draw_rect (next, ink[0], 3, 0, 0, width, height, "fill", TRUE, NULL);
  vips_draw_rect (next, ink[1], 3, left, top, (int) (product[2] * width) - left,
                  (int) (product[3] * height) - top, "fill", TRUE, NULL);
  return next;
}

static const double grey[] = { 90, 100, 110 }, red[] = { 220, 20, 30 };
static const double black[] = { 0, 0, 0 }, white[] = { 255, 255, 255 };

/* The box of what is red (or, in a matte, white) */
static void
find (const char *path, gboolean matte, Box *box)
{
  VipsImage *image = vips_image_new_from_file (path, NULL);
  int left = G_MAXINT, top = G_MAXINT, right = -1, bottom = -1, n_found = 0, n_bands;
  size_t n_bytes = 0;
  guint8 *pixels;

  g_assert_nonnull (image);
  n_bands = vips_image_get_bands (image);
  g_assert_cmpint (vips_image_get_format (image), ==, VIPS_FORMAT_UCHAR);
  pixels = vips_image_write_to_memory (image, &n_bytes);
  for (int y = 0; y < vips_image_get_height (image); y++)
    for (int x = 0; x < vips_image_get_width (image); x++)
      {
        const guint8 *px = pixels + ((gsize) y * vips_image_get_width (image) + x) * n_bands;

        if (px[0] <= (matte ? 127 : 155) || (!matte && px[1] > 60))
          continue;
        n_found++;
        left = MIN (left, x);
        right = MAX (right, x + 1);
        top = MIN (top, y);
        bottom = MAX (bottom, y + 1);
      }
  *box = (Box){ (double) left / vips_image_get_width (image),
                (double) top / vips_image_get_height (image),
                (double) right / vips_image_get_width (image),
                (double) bottom / vips_image_get_height (image), 0 };
  g_assert_cmpint (n_found, >, 0);
  box->share = (double) n_found / ((right - left) * (bottom - top));
  g_free (pixels);
  g_object_unref (image);
}

static void
assert_box (const Box *found, double left, double top, double right, double bottom)
{
  double off = MAX (MAX (fabs (found->left - left), fabs (found->right - right)),
                    MAX (fabs (found->top - top), fabs (found->bottom - bottom)));

  g_test_message ("%.4f %.4f %.4f %.4f, filled to %.3f", found->left, found->top, found->right,
                  found->bottom, found->share);
  g_assert_cmpfloat (off, <, 0.006);
  g_assert_cmpfloat (found->share, >, 0.98);
}

static int
run (char **told, const char *first, ...)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autofree char *err = NULL;
  g_autoptr (GError) error = NULL;
  int status = 0;
  va_list words;

  g_ptr_array_add (argv, (gpointer) g_getenv ("INBETWEEN_CLI"));
  g_ptr_array_add (argv, (gpointer) "photo");
  va_start (words, first);
  for (const char *word = first; word != NULL; word = va_arg (words, const char *))
    g_ptr_array_add (argv, (gpointer) word);
  va_end (words);
  g_ptr_array_add (argv, NULL);
  g_spawn_sync (NULL, (char **) argv->pdata, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL,
                &err, &status, &error);
  g_assert_no_error (error);
  g_test_message ("%s", err);
  g_assert_true (WIFEXITED (status));
  if (told != NULL)
    *told = g_steal_pointer (&err);
  return WEXITSTATUS (status);
}

/* The photo and the matte, framed, show the product at one place. */
static void
assert_alike (const char *photo, const char *matte, const char *ratio, const char *fit, Box *place)
{
  g_autofree char *output = photo_test_path ("framed.png");
  g_autofree char *matte_output = photo_test_path ("framed-matte.png");
  Box frame;

  g_assert_cmpint (run (NULL, photo, "--framing", ratio, "--fit", fit, "--focus", "0.2,0.8",
                        "--output", output, "--matte", matte, "--matte-output", matte_output, NULL),
                   ==, 0);
  find (output, FALSE, &frame);
  find (matte_output, TRUE, place);
  assert_box (place, frame.left, frame.top, frame.right, frame.bottom);
}

static void
test_matte_is_cut_as_its_photo (void)
{
  g_autofree char *photo = photo_test_put (make (800, 600, grey, red, FALSE), "photo.png");
  g_autofree char *matte = photo_test_put (make (800, 600, black, white, FALSE), "matte.png");
  Box wide, tall;

  assert_alike (photo, matte, "16:9", "crop", &wide);
  /* the focus is low: the photo's top quarter is gone */
  assert_box (&wide, 0.1, (0.55 - 0.25) / 0.75, 0.3, (0.9 - 0.25) / 0.75);
  assert_alike (photo, matte, "9:16", "crop", &tall);
  g_assert_cmpfloat (tall.right - tall.left, >, 0.4);
}

static void
test_matte_has_its_photos_direction (void)
{
  VipsImage *image = make (800, 600, grey, red, FALSE), *next = NULL;
  g_autofree char *matte =
      photo_test_put (make (800, 600, black, white, FALSE), "upright-matte.png");
  g_autofree char *photo = NULL;
  Box place;

  image = photo_test_take (vips_rot270 (image, &next, NULL), image, &next);
  next = vips_image_copy_memory (image);
  g_object_unref (image);
  vips_image_set_int (next, VIPS_META_ORIENTATION, 6);
  photo = photo_test_put (next, "lying.jpg[Q=98]");
  assert_alike (photo, matte, "16:9", "crop", &place);
}

static void
test_matte_is_back_where_the_photo_ends (void)
{
  g_autofree char *photo = photo_test_put (make (800, 600, grey, red, FALSE), "extended.png");
  g_autofree char *matte =
      photo_test_put (make (800, 600, black, white, FALSE), "extended-matte.png");
  g_autofree char *all = photo_test_put (make (800, 600, white, white, FALSE), "all.png");
  g_autofree char *output = photo_test_path ("framed.png");
  g_autofree char *matte_output = photo_test_path ("framed-matte.png");
  Box place, whole;

  assert_alike (photo, matte, "1:1", "extend", &place);
  g_assert_cmpint (run (NULL, photo, "--framing", "1:1", "--fit", "extend", "--output", output,
                        "--matte", all, "--matte-output", matte_output, NULL),
                   ==, 0);
  find (matte_output, TRUE, &whole);
  assert_box (&whole, 0.0, 0.125, 1.0, 0.875);
}

static void
test_matte_may_have_any_size_and_depth (void)
{
  static const struct
  {
    int width;
    int height;
    gboolean wide;
  } mattes[] = {
    { 800, 600, TRUE }, { 200, 150, FALSE }, { 2400, 1800, FALSE }, { 267, 200, TRUE }
  };
  g_autofree char *photo = photo_test_put (make (800, 600, grey, red, FALSE), "sizes.png");

  for (guint i = 0; i < G_N_ELEMENTS (mattes); i++)
    {
      g_autofree char *name = g_strdup_printf ("matte-%u.png", i);
      g_autofree char *matte = photo_test_put (
          make (mattes[i].width, mattes[i].height, black, white, mattes[i].wide), name);
      Box place;

      assert_alike (photo, matte, "16:9", "crop", &place);
    }
}

/* Its samples fall together with the photo's: what is half is half. */
static void
test_matte_keeps_its_greys (void)
{
  static const double half[] = { 128, 128, 128 };
  g_autofree char *photo = photo_test_put (make (800, 600, grey, red, FALSE), "greys.png");
  g_autofree char *output = photo_test_path ("framed.png");
  g_autofree char *matte_output = photo_test_path ("framed-matte.png");

  for (guint wide = 0; wide < 2; wide++)
    {
      g_autofree char *matte = photo_test_put (make (800, 600, half, half, wide == 1), "half.png");
      VipsImage *image;
      double least = 0, most = 0;

      g_assert_cmpint (run (NULL, photo, "--framing", "16:9", "--output", output, "--matte", matte,
                            "--matte-output", matte_output, NULL),
                       ==, 0);
      image = vips_image_new_from_file (matte_output, NULL);
      g_assert_nonnull (image);
      g_assert_cmpint (vips_min (image, &least, NULL), ==, 0);
      g_assert_cmpint (vips_max (image, &most, NULL), ==, 0);
      g_assert_cmpfloat (least, >=, 127.0);
      g_assert_cmpfloat (most, <=, 129.0);
      g_object_unref (image);
    }
}

static void
assert_refused (const char *photo, const char *option, const char *value, const char *word)
{
  g_autofree char *output = photo_test_path ("never.png");
  g_autofree char *matte_output = photo_test_path ("never-matte.png");
  g_autofree char *told = NULL;
  gboolean both = g_str_equal (option, "--matte") && !g_str_equal (word, "--matte-output");

  g_assert_cmpint (run (&told, photo, "--output", output, option, value,
                        both ? "--matte-output" : NULL, matte_output, NULL),
                   ==, 2);
  g_assert_nonnull (strstr (told, word));
  g_assert_true (strchr (told, '\n') == told + strlen (told) - 1); /* one sentence */
  g_assert_false (g_file_test (output, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (matte_output, G_FILE_TEST_EXISTS));
}

static void
test_matte_of_another_photo_is_refused (void)
{
  g_autofree char *photo = photo_test_put (make (800, 600, grey, red, FALSE), "refused.png");
  g_autofree char *square = photo_test_put (make (600, 600, black, white, FALSE), "square.png");
  g_autofree char *turned = photo_test_put (make (600, 800, black, white, FALSE), "turned.png");
  g_autofree char *letter = NULL;
  g_autofree char *missing = photo_test_path ("no-such.png");

  photo_test_write ("letter.png", "dear reader", 11, &letter);
  assert_refused (photo, "--matte", square, "600×600");
  assert_refused (photo, "--matte", turned, "600×800");
  assert_refused (photo, "--matte", letter, "letter.png");
  assert_refused (photo, "--matte", missing, "no-such.png");
}

static void
test_matte_wants_to_know_where_it_goes (void)
{
  g_autofree char *photo = photo_test_put (make (800, 600, grey, red, FALSE), "alone.png");
  g_autofree char *matte = photo_test_put (make (800, 600, black, white, FALSE), "alone-matte.png");
  g_autofree char *matte_output = photo_test_path ("alone-output.png");
  g_autofree char *output = photo_test_path ("alone-preview");

  assert_refused (photo, "--matte", matte, "--matte-output");
  assert_refused (photo, "--matte-output", matte_output, "--matte");
  g_assert_false (g_file_test (matte_output, G_FILE_TEST_EXISTS));
  g_assert_cmpint (run (NULL, photo, "--preview", "--output", output, "--matte", matte,
                        "--matte-output", matte_output, NULL),
                   ==, 2);
  g_assert_cmpint (
      run (NULL, photo, "--output", output, "--matte", matte, "--matte-output", matte, NULL), ==,
      2); /* itself */
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  if (g_getenv ("INBETWEEN_CLI") == NULL || VIPS_INIT (argv[0]) != 0)
    return 77;
  vips_cache_set_max (0); /* one name is another picture after each run */
  g_test_add_func ("/photo-matte/is-cut-as-its-photo", test_matte_is_cut_as_its_photo);
  g_test_add_func ("/photo-matte/has-its-photos-direction", test_matte_has_its_photos_direction);
  g_test_add_func ("/photo-matte/is-back-where-the-photo-ends",
                   test_matte_is_back_where_the_photo_ends);
  g_test_add_func ("/photo-matte/may-have-any-size-and-depth",
                   test_matte_may_have_any_size_and_depth);
  g_test_add_func ("/photo-matte/keeps-its-greys", test_matte_keeps_its_greys);
  g_test_add_func ("/photo-matte/of-another-photo-is-refused",
                   test_matte_of_another_photo_is_refused);
  g_test_add_func ("/photo-matte/wants-to-know-where-it-goes",
                   test_matte_wants_to_know_where_it_goes);
  status = g_test_run ();
  photo_test_clean ();
  return status;
}
