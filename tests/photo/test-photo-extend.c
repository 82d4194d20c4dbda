/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "photo-test.h"
#include "photo/inb-extend.h"
#include "photo/inb-photo-frame.h"
#include "photo/inb-photo-preview.h"
#include "photo/inb-photo.h"

static InbPixels *
load_scene (const char *kind, int width, int height)
{
  VipsImage *image = photo_test_scene (kind, width, height);
  g_autofree char *path = NULL;
  InbPixels *pixels;

  g_assert_true (photo_test_save (image, "scene.png", &path));
  g_object_unref (image);
  pixels = inb_photo_load_pixels (path, 0.0, 0, NULL);
  g_assert_nonnull (pixels);
  return pixels;
}

static InbPixels *
extend (const InbPixels *photo, double aspect, InbCanvas *canvas)
{
  InbBackdrop backdrop;

  inb_backdrop_init (&backdrop, photo);
  inb_canvas_init_around (canvas, aspect, photo->width, photo->height);
  return inb_extend_paint (photo, &backdrop, canvas);
}

static const guint8 *
get_row (const InbPixels *pixels, guint x, guint y)
{
  return (const guint8 *) g_bytes_get_data (pixels->bytes, NULL) + y * pixels->stride +
         x * inb_pixel_format_get_n_bytes (pixels->format);
}

static void
test_extend_knows_flat_gradient_and_busy (void)
{
  static const struct
  {
    const char *kind;
    InbBackdropKind found;
  } cases[] = { { "flat", INB_BACKDROP_FLAT },
                { "gradient", INB_BACKDROP_GRADIENT },
                { "busy", INB_BACKDROP_MIRROR } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (InbPixels) photo = load_scene (cases[i].kind, 640, 480);
      InbBackdrop backdrop;

      inb_backdrop_init (&backdrop, photo);
      for (guint side = 0; side < INB_N_EDGES; side++)
        g_assert_cmpint (backdrop.sides[side].kind, ==, cases[i].found);
      g_assert_cmpint (inb_backdrop_get_kind (&backdrop, TRUE), ==, cases[i].found);
    }
}

static void
test_extend_leaves_the_photo_untouched (void)
{
  static const char *const kinds[] = { "flat", "gradient", "busy" };
  static const double aspects[] = { 16.0 / 9.0, 9.0 / 16.0 };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    for (guint k = 0; k < G_N_ELEMENTS (aspects); k++)
      {
        g_autoptr (InbPixels) photo = load_scene (kinds[i], 320, 240);
        InbCanvas canvas;
        g_autoptr (InbPixels) whole = extend (photo, aspects[k], &canvas);

        for (guint y = 0; y < photo->height; y++)
          g_assert_cmpmem (get_row (whole, canvas.photo_x, canvas.photo_y + y), photo->width * 3,
                           get_row (photo, 0, y), photo->width * 3);
      }
}

static void
test_extend_of_one_colour_is_that_colour (void)
{
  g_autoptr (InbPixels) photo = load_scene ("flat", 320, 240);
  InbCanvas canvas;
  g_autoptr (InbPixels) whole = extend (photo, 9.0 / 16.0, &canvas);

  for (guint y = 0; y < whole->height; y += 7)
    for (guint x = 0; x < whole->width; x += 3)
      if (y < canvas.photo_y || y >= canvas.photo_y + canvas.photo_height)
        photo_test_assert_near (photo_test_get (whole, x, y), 236, 236, 236, 0);
}

/* Mean of a few px across, where noise is averaged away. */
static double
get_mean (const InbPixels *pixels, guint x, guint y, guint n, gboolean down, guint channel)
{
  double sum = 0.0;

  for (guint i = 0; i < n; i++)
    sum += photo_test_get (pixels, down ? x : x + i, down ? y + i : y).px[channel];
  return sum / n;
}

static void
test_extend_of_a_gradient_has_no_seam (void)
{
  g_autoptr (InbPixels) photo = load_scene ("gradient", 640, 480);
  InbCanvas canvas;
  g_autoptr (InbPixels) wide = extend (photo, 16.0 / 9.0, &canvas);
  guint left = canvas.photo_x, right = canvas.photo_x + canvas.photo_width;

  for (guint y = 0; y + 16 <= wide->height; y += 16)
    for (guint c = 0; c < 3; c++)
      {
        double inside = get_mean (wide, left, y, 16, TRUE, c);

        g_assert_cmpfloat_with_epsilon (get_mean (wide, left - 1, y, 16, TRUE, c), inside, 1.5);
        inside = get_mean (wide, right - 1, y, 16, TRUE, c);
        g_assert_cmpfloat_with_epsilon (get_mean (wide, right, y, 16, TRUE, c), inside, 1.5);
      }
}

/* It darkens outwards inside; it must not turn at the edge, nor run away to black. */
static void
test_extend_of_a_gradient_goes_on_and_levels_off (void)
{
  g_autoptr (InbPixels) photo = load_scene ("gradient", 640, 480);
  InbCanvas canvas;
  g_autoptr (InbPixels) wide = extend (photo, 16.0 / 9.0, &canvas);
  double edge = get_mean (wide, canvas.photo_x, 100, 200, TRUE, 1);
  double near = get_mean (wide, canvas.photo_x - 30, 100, 200, TRUE, 1);
  double far = get_mean (wide, 0, 100, 200, TRUE, 1);

  g_assert_cmpfloat (near, <, edge - 0.5);
  g_assert_cmpfloat (far, <, near);
  g_assert_cmpfloat (far, >, edge - 20.0);
}

/* A noisy photo beside a smooth painting would show where it ends. */
static void
test_extend_takes_over_the_grain (void)
{
  g_autoptr (InbPixels) photo = load_scene ("gradient", 640, 480);
  InbCanvas canvas;
  g_autoptr (InbPixels) wide = extend (photo, 16.0 / 9.0, &canvas);
  double inside = 0.0, outside = 0.0;

  for (guint y = 1; y < 400; y++)
    {
      inside += pow (photo_test_get (wide, canvas.photo_x + 5, y).px[1] -
                         photo_test_get (wide, canvas.photo_x + 5, y - 1).px[1],
                     2);
      outside += pow (photo_test_get (wide, canvas.photo_x - 40, y).px[1] -
                          photo_test_get (wide, canvas.photo_x - 40, y - 1).px[1],
                      2);
    }
  g_assert_cmpfloat (inside, >, 100.0);
  g_assert_cmpfloat (outside / inside, >, 0.5);
  g_assert_cmpfloat (outside / inside, <, 2.0);
}

static void
test_extend_of_a_busy_photo_mirrors_it_softly (void)
{
  g_autoptr (InbPixels) photo = load_scene ("busy", 640, 480);
  InbCanvas canvas;
  g_autoptr (InbPixels) wide = extend (photo, 16.0 / 9.0, &canvas);
  guint left = canvas.photo_x;
  double near = 0.0, detail_inside = 0.0, detail_far = 0.0;

  for (guint y = 1; y < wide->height; y++)
    {
      near = MAX (near, fabs (photo_test_get (wide, left - 1, y).px[0] -
                              photo_test_get (wide, left, y).px[0]));
      detail_inside += fabs (photo_test_get (wide, left + 100, y).px[0] -
                             photo_test_get (wide, left + 100, y - 1).px[0]);
      detail_far +=
          fabs (photo_test_get (wide, 2, y).px[0] - photo_test_get (wide, 2, y - 1).px[0]);
    }
  g_assert_cmpfloat (near, <=, 3.0);
  g_assert_cmpfloat (detail_far, <, detail_inside * 0.7);
}

static void
test_extend_wider_holds_narrower (void)
{
  static const char *const kinds[] = { "gradient", "busy" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    for (guint tall = 0; tall < 2; tall++)
      {
        g_autoptr (InbPixels) photo = load_scene (kinds[i], 300, 300);
        InbCanvas small, large;
        g_autoptr (InbPixels) narrow = extend (photo, tall ? 3.0 / 4.0 : 4.0 / 3.0, &small);
        g_autoptr (InbPixels) wide = extend (photo, tall ? 1.0 / 3.0 : 3.0, &large);

        for (guint y = 0; y < narrow->height; y++)
          g_assert_cmpmem (
              get_row (narrow, 0, y), narrow->width * 3,
              get_row (wide, large.photo_x - small.photo_x, y + large.photo_y - small.photo_y),
              narrow->width * 3);
      }
}

static void
test_extend_of_a_cut_out_stays_transparent (void)
{
  VipsImage *image = photo_test_scene ("flat", 200, 200);
  VipsImage *alpha = NULL;
  VipsImage *next = NULL;
  g_autofree char *path = NULL;
  g_autoptr (InbPixels) photo = NULL;
  g_autoptr (InbPixels) whole = NULL;
  InbCanvas canvas;

  /* alpha 255 where the product's dark green is, 0 elsewhere */
  g_assert_cmpint (vips_extract_band (image, &alpha, 1, NULL), ==, 0);
  alpha = photo_test_take (vips_less_const1 (alpha, &next, 100.0, NULL), alpha, &next);
  image = photo_test_take (vips_bandjoin2 (image, alpha, &next, NULL), image, &next);
  g_object_unref (alpha);
  g_assert_true (photo_test_save (image, "cut.png", &path));
  g_object_unref (image);
  photo = inb_photo_load_pixels (path, 0.0, 0, NULL);
  g_assert_cmpint (photo->format, ==, INB_PIXELS_RGBA8);
  whole = extend (photo, 2.0, &canvas);
  for (guint y = 0; y < whole->height; y += 5)
    {
      g_assert_cmpfloat (photo_test_get (whole, 3, y).px[3], ==, 0.0);
      g_assert_cmpfloat (photo_test_get (whole, whole->width - 3, y).px[3], ==, 0.0);
    }
}

/* One picture's mean colour over a part of it. */
typedef struct
{
  const guint8 *bytes;
  gsize stride;
  guint px;
  guint red; /* offset of red in a px; blue is at 2 − red */
  InbRect view;
} Look;

static double
look (const Look *self, guint column, guint row, guint n, guint channel)
{
  guint x0 = (guint) (self->view.x + self->view.width * column / n);
  guint x1 = MAX (x0 + 1, (guint) (self->view.x + self->view.width * (column + 1) / n));
  guint y0 = (guint) (self->view.y + self->view.height * row / n);
  guint y1 = MAX (y0 + 1, (guint) (self->view.y + self->view.height * (row + 1) / n));
  guint offset = channel == 1 ? 1 : channel == 0 ? self->red : 2 - self->red;
  double sum = 0.0;

  for (guint y = y0; y < y1; y++)
    for (guint x = x0; x < x1; x++)
      sum += self->bytes[y * self->stride + x * self->px + offset];
  return sum / ((x1 - x0) * (y1 - y0));
}

static InbPixels *
make_frame (InbPhotoSource *source, const InbPhotoOrder *order)
{
  g_autoptr (InbPhotoFrame) frame = inb_photo_frame_new (source, order, NULL);
  g_autofree char *path = NULL;
  gsize n_bytes = 0;
  const void *bytes;

  g_assert_nonnull (frame);
  bytes = g_bytes_get_data (frame->file->bytes, &n_bytes);
  photo_test_write ("full.png", bytes, n_bytes, &path);
  return inb_photo_load_pixels (path, 0.0, 0, NULL);
}

/* What the window draws while a person drags, and what the worker makes afterwards. */
static void
compare_preview (InbPhotoSource *source, const InbPhotoPreview *preview, InbRatio ratio, InbFit fit)
{
  const guint n = 48;
  InbPhotoOrder order = { .framing = { ratio, fit, preview->attention_x, preview->attention_y },
                          .limits = { .formats = INB_IMAGE_PNG, .alpha = TRUE },
                          .format = INB_IMAGE_PNG };
  g_autoptr (InbPixels) frame = make_frame (source, &order);
  double aspect = inb_ratio_get_aspect (ratio, source->facts.width, source->facts.height);
  Look small = { .px = 4, .red = 2 };
  Look full = { g_bytes_get_data (frame->bytes, NULL),
                frame->stride,
                3,
                0,
                { 0, 0, frame->width, frame->height } };
  double sum = 0.0, worst = 0.0;
  int which = inb_canvas_find_view (preview->canvases, INB_PHOTO_N_CANVASES, &order.framing, aspect,
                                    &small.view);

  g_assert_cmpint (which, >=, 0);
  small.stride = preview->canvases[which].width * 4;
  small.bytes = (const guint8 *) g_bytes_get_data (preview->bytes, NULL) + preview->offsets[which];
  for (guint row = 0; row < n; row++)
    for (guint column = 0; column < n; column++)
      for (guint c = 0; c < 3; c++)
        {
          double miss = fabs (look (&small, column, row, n, c) - look (&full, column, row, n, c));

          sum += miss;
          worst = MAX (worst, miss);
        }
  g_test_message ("%s %s: mean %.2f, worst %.1f", inb_ratio_to_string (ratio),
                  inb_fit_to_string (fit), sum / (n * n * 3), worst);
  /* of 255; a blurred mirror of a busy photo differs most */
  g_assert_cmpfloat (sum / (n * n * 3), <, 2.5);
}

static void
test_preview_shows_what_the_worker_makes (void)
{
  static const char *const kinds[] = { "flat", "gradient", "busy" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      VipsImage *image = photo_test_scene (kinds[i], 1600, 1200);
      g_autofree char *path = NULL;
      g_autoptr (InbPhotoSource) source = NULL;
      g_autoptr (InbPhotoPreview) preview = NULL;

      g_assert_true (photo_test_save (image, "preview.jpg[Q=95]", &path));
      g_object_unref (image);
      source = inb_photo_source_open (path, NULL, NULL);
      preview = inb_photo_preview_new (source, 0.0, NULL);
      g_assert_nonnull (preview);
      for (guint ratio = INB_RATIO_16_9; ratio < INB_N_RATIOS; ratio++)
        for (int fit = 0; fit < 2; fit++)
          compare_preview (source, preview, (InbRatio) ratio, (InbFit) fit);
    }
}

static void
test_preview_lays_its_canvases_one_behind_the_other (void)
{
  VipsImage *image = photo_test_quarters (300, 200, 4, TRUE);
  g_autofree char *path = NULL;
  g_autoptr (InbPhotoSource) source = NULL;
  g_autoptr (InbPhotoPreview) preview = NULL;
  const InbCanvas *wide, *tall;
  const guint8 *px;

  g_assert_true (photo_test_save (image, "lay.png", &path));
  g_object_unref (image);
  source = inb_photo_source_open (path, NULL, NULL);
  preview = inb_photo_preview_new (source, 3.0, NULL);
  wide = &preview->canvases[0];
  tall = &preview->canvases[1];
  g_assert_cmpuint (wide->width, ==, 600); /* the start photo's 3:1 is wider than 16:9 */
  g_assert_cmpuint (wide->height, ==, 200);
  g_assert_cmpuint (tall->width, ==, 300);
  g_assert_cmpuint (tall->height, ==, 533);
  g_assert_cmpuint (preview->offsets[0], ==, 0);
  g_assert_cmpuint (preview->offsets[1], ==, 600 * 200 * 4);
  g_assert_cmpuint (g_bytes_get_size (preview->bytes), ==, 600 * 200 * 4 + 300 * 533 * 4);
  /* blue, green, red, alpha; (40, 180, 60) multiplied by 128 of 255 */
  px = (const guint8 *) g_bytes_get_data (preview->bytes, NULL) +
       (20 * 600 + wide->photo_x + 250) * 4;
  g_assert_cmpint (ABS (px[0] - 30), <=, 1);
  g_assert_cmpint (ABS (px[1] - 90), <=, 1);
  g_assert_cmpint (ABS (px[2] - 20), <=, 1);
  g_assert_cmpint (ABS (px[3] - 128), <=, 1);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  inb_photo_init ();
  g_test_add_func ("/extend/knows-flat-gradient-and-busy",
                   test_extend_knows_flat_gradient_and_busy);
  g_test_add_func ("/extend/leaves-the-photo-untouched", test_extend_leaves_the_photo_untouched);
  g_test_add_func ("/extend/one-colour-is-that-colour", test_extend_of_one_colour_is_that_colour);
  g_test_add_func ("/extend/gradient-has-no-seam", test_extend_of_a_gradient_has_no_seam);
  g_test_add_func ("/extend/gradient-goes-on-and-levels-off",
                   test_extend_of_a_gradient_goes_on_and_levels_off);
  g_test_add_func ("/extend/takes-over-the-grain", test_extend_takes_over_the_grain);
  g_test_add_func ("/extend/busy-photo-is-mirrored-softly",
                   test_extend_of_a_busy_photo_mirrors_it_softly);
  g_test_add_func ("/extend/wider-holds-narrower", test_extend_wider_holds_narrower);
  g_test_add_func ("/extend/cut-out-stays-transparent", test_extend_of_a_cut_out_stays_transparent);
  g_test_add_func ("/preview/shows-what-the-worker-makes",
                   test_preview_shows_what_the_worker_makes);
  g_test_add_func ("/preview/lays-its-canvases-one-behind-the-other",
                   test_preview_lays_its_canvases_one_behind_the_other);
  status = g_test_run ();
  photo_test_clean ();
  return status;
}
