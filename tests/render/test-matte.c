/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "render-tools.h"
#include "render/inb-guided.h"
#include "render/inb-inpaint.h"
#include "render/inb-matte-finder.h"
#include "render/inb-region.h"

#define WIDTH 640
#define HEIGHT 400

typedef guint8 (*Paint) (guint x, guint y, guint channel);

static InbPixels *
paint (guint width, guint height, guint n_channels, Paint draw)
{
  guint8 *bytes = g_malloc ((gsize) width * height * n_channels);
  g_autoptr (GBytes) owned = g_bytes_new_take (bytes, (gsize) width * height * n_channels);

  for (guint i = 0; i < width * height; i++)
    for (guint k = 0; k < n_channels; k++)
      bytes[i * n_channels + k] = draw (i % width, i / width, k);
  return inb_pixels_new (width, height, (gsize) width * n_channels,
                         n_channels == 4 ? INB_PIXELS_RGBA8 : INB_PIXELS_RGB8, owned);
}

static double
get_disc (guint x, guint y)
{
  double away = hypot (x - 300.0, y - 210.0);

  return CLAMP (110.0 - away, 0.0, 1.0);
}

/* A back that is lit from one side, a shadow beside the product, grain. */
static guint8
draw_product (guint x, guint y, guint channel)
{
  const double colours[3] = { 190.0, 60.0, 70.0 };
  double shadow = hypot (x - 400.0, (y - 300.0) * 3.0);
  double light =
      (170.0 + 0.08 * x - 0.05 * y) * (1.0 - 0.3 * CLAMP (1.0 - shadow / 130.0, 0.0, 1.0));
  double grain = (x * 7 + y * 13 + x * y % 5) % 5 - 2.0;
  double share = get_disc (x, y);

  return (guint8) (share * (colours[channel] + 0.1 * y) + (1.0 - share) * light + grain);
}

static guint8
draw_grey (guint x, guint y, guint channel)
{
  return 127;
}

static guint8
draw_noise (guint x, guint y, guint channel)
{
  guint32 state = (x * 73856093U) ^ (y * 19349663U) ^ (channel * 83492791U);

  state = (state ^ (state >> 13)) * 1274126177U;
  return (guint8) (state >> 24);
}

static guint8
draw_transparent (guint x, guint y, guint channel)
{
  return channel == 3 ? 0 : 90;
}

static guint8
draw_opaque (guint x, guint y, guint channel)
{
  return channel == 3 ? 255 : draw_product (x, y, channel);
}

static guint8
draw_specks (guint x, guint y, guint channel)
{
  return channel == 3 ? (x % 97 == 5 && y % 89 == 7 ? 255 : 0) : 200;
}

static guint8
draw_pinholes (guint x, guint y, guint channel)
{
  return channel == 3 ? (x % 97 == 5 && y % 89 == 7 ? 0 : 255) : draw_product (x, y, channel);
}

static void
test_a_product_on_a_plain_back_is_found (void)
{
  g_autoptr (InbPixels) photo = paint (WIDTH, HEIGHT, 3, draw_product);
  g_autoptr (InbMatte) matte = inb_matte_find (photo, 2);
  guint both = 0, either = 0;

  g_assert_cmpstr (matte->reason, ==, NULL);
  g_assert_true (matte->accepted);
  for (int y = 0; y < matte->alpha->height; y++)
    for (int x = 0; x < matte->alpha->width; x++)
      {
        guint at_x = (guint) ((x + 0.5) * WIDTH / matte->alpha->width);
        guint at_y = (guint) ((y + 0.5) * HEIGHT / matte->alpha->height);
        gboolean truth = get_disc (at_x, at_y) >= 0.5;
        gboolean found = matte->alpha->data[y * matte->alpha->stride + x] >= INB_ALPHA_ONE / 2;

        both += truth && found;
        either += truth || found;
      }
  g_test_message ("overlap %.4f", (double) both / either);
  g_assert_cmpfloat ((double) both / either, >=, 0.95);
  g_assert_cmpfloat_with_epsilon (matte->area, 110 * 110 * G_PI / (WIDTH * HEIGHT), 0.01);
}

static void
test_the_matte_does_not_depend_on_threads (void)
{
  g_autoptr (InbPixels) photo = paint (WIDTH, HEIGHT, 3, draw_product);
  g_autoptr (InbMatte) one = inb_matte_find (photo, 1);
  g_autoptr (InbMatte) many = inb_matte_find (photo, 8);
  gsize bytes = (gsize) one->alpha->stride * (gsize) one->alpha->height * sizeof (gint16);

  g_assert_cmpmem (one->alpha->data, bytes - 64, many->alpha->data, bytes - 64);
  g_assert_cmpfloat (one->confidence, ==, many->confidence);
}

static void
test_what_shows_no_product_is_refused (void)
{
  const Paint draws[] = { draw_grey, draw_noise };
  const guint sizes[][2] = { { WIDTH, HEIGHT }, { 400, 1000 }, { 7, 5 }, { 1, 1 }, { 900, 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (draws) * G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (InbPixels) photo = paint (sizes[i / 2][0], sizes[i / 2][1], 3, draws[i % 2]);
      g_autoptr (InbMatte) matte = inb_matte_find (photo, 2);

      g_assert_false (matte->accepted);
      g_assert_cmpstr (matte->reason, !=, NULL);
      g_assert_cmpfloat (matte->confidence, ==, 0.0);
    }
}

static void
test_alpha_counts_where_it_says_something (void)
{
  g_autoptr (InbPixels) none = paint (WIDTH, HEIGHT, 3, draw_product);
  g_autoptr (InbPixels) opaque = paint (WIDTH, HEIGHT, 4, draw_opaque);
  g_autoptr (InbPixels) pinholes = paint (WIDTH, HEIGHT, 4, draw_pinholes);
  g_autoptr (InbPixels) transparent = paint (WIDTH, HEIGHT, 4, draw_transparent);
  g_autoptr (InbPixels) specks = paint (WIDTH, HEIGHT, 4, draw_specks);
  g_autoptr (InbMatte) empty = inb_matte_new_from_alpha (transparent);
  g_autoptr (InbMatte) few = inb_matte_new_from_alpha (specks);

  g_assert_null (inb_matte_new_from_alpha (none));
  g_assert_null (inb_matte_new_from_alpha (opaque));
  g_assert_null (inb_matte_new_from_alpha (pinholes));
  g_assert_false (empty->accepted);
  g_assert_false (few->accepted);
  g_assert_cmpstr (few->reason, !=, NULL);
}

static void
test_holes_are_filled_from_around (void)
{
  g_autoptr (InbPlane) plane = inb_plane_new (200, 120);
  g_autofree guint8 *holes = g_new0 (guint8, 200 * 120);

  for (int y = 0; y < 120; y++)
    for (int x = 0; x < 200; x++)
      {
        gboolean hole = hypot (x - 90, y - 60) < 35.0;

        plane->data[y * plane->stride + x] = (gint16) (hole ? 15000 : 4000 + 20 * x + 10 * y);
        holes[y * 200 + x] = hole ? INB_INPAINT_HOLE : INB_INPAINT_KNOWN;
      }
  inb_inpaint_fill (&plane, 1, holes, 2);
  for (int y = 0; y < 120; y++)
    for (int x = 0; x < 200; x++)
      {
        int wanted = 4000 + 20 * x + 10 * y, found = plane->data[y * plane->stride + x];

        if (holes[y * 200 + x] == INB_INPAINT_KNOWN)
          g_assert_cmpint (found, ==, wanted);
        else /* 6 code values on a slope of 34 across the hole */
          g_assert_cmpint (ABS (found - wanted), <, 6 * INB_PLANE_ONE);
      }
}

static void
test_walks_are_cheap_within_a_back (void)
{
  g_autofree float *luma = g_new0 (float, 60 * 40);
  g_autofree float *none = g_new0 (float, 60 * 40);
  g_autofree float *walk = g_new (float, 60 * 40);
  const float *const channels[3] = { luma, none, none };

  for (int i = 0; i < 60 * 40; i++)
    {
      int x = i % 60, y = i / 60;

      luma[i] = (float) x + (ABS (x - 30) < 10 && ABS (y - 20) < 10 ? 50.0F : 0.0F);
      walk[i] = x == 0 || y == 0 || x == 59 || y == 39 ? 0.0F : 1e6F;
    }
  inb_region_walk (channels, 60, 40, 1.5F, walk);
  g_assert_cmpfloat (walk[5 * 60 + 30], ==, 0.0F);
  g_assert_cmpfloat (walk[20 * 60 + 30], >, 40.0F);
}

static void
test_regions_touch_with_a_side (void)
{
  const guint8 kinds[] = { 1, 1, 0, 0, /**/ 0, 0, 1, 0, /**/ 1, 0, 0, 0 };
  g_autoptr (InbRegions) regions = inb_regions_new (kinds, 4, 3);

  g_assert_cmpuint (regions->n, ==, 4);
  g_assert_cmpint (regions->labels[0], ==, regions->labels[1]);
  g_assert_cmpint (regions->labels[1], !=, regions->labels[6]);
  g_assert_cmpint (regions->labels[4], ==, regions->labels[11]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/matte/a-product-on-a-plain-back-is-found",
                   test_a_product_on_a_plain_back_is_found);
  g_test_add_func ("/matte/the-matte-does-not-depend-on-threads",
                   test_the_matte_does_not_depend_on_threads);
  g_test_add_func ("/matte/what-shows-no-product-is-refused",
                   test_what_shows_no_product_is_refused);
  g_test_add_func ("/matte/alpha-counts-where-it-says-something",
                   test_alpha_counts_where_it_says_something);
  g_test_add_func ("/matte/holes-are-filled-from-around", test_holes_are_filled_from_around);
  g_test_add_func ("/matte/walks-are-cheap-within-a-back", test_walks_are_cheap_within_a_back);
  g_test_add_func ("/matte/regions-touch-with-a-side", test_regions_touch_with_a_side);
  return g_test_run ();
}
