/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "render-tools.h"
#include "render/inb-outlet.h"
#include "render/inb-pyramid.h"

#define TILE (INB_TILE_ROWS * INB_TILE_COLUMNS)

static InbPlane *
make_noise (int width, int height, guint32 seed)
{
  InbPlane *plane = inb_plane_new (width, height);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        seed = seed * 1664525U + 1013904223U;
        plane->data[y * plane->stride + x] = (gint16) (1024 + (seed >> 16) % 14000);
      }
  inb_plane_pad (plane);
  return plane;
}

static InbPlane *
make_flat (int width, int height, gint16 value)
{
  InbPlane *plane = inb_plane_new (width, height);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      plane->data[y * plane->stride + x] = value;
  inb_plane_pad (plane);
  return plane;
}

static gint16
get_sample (const InbPlane *plane, const double map[9], guint n_columns, guint n_rows, guint x,
            guint y)
{
  g_autoptr (InbSampler) sampler = inb_sampler_new (plane, map, n_columns, n_rows);
  gint16 tile[TILE] INB_ALIGNED;

  inb_sampler_draw_tile (
      sampler, x / INB_TILE_COLUMNS * INB_TILE_COLUMNS, y / INB_TILE_ROWS * INB_TILE_ROWS,
      MIN (INB_TILE_COLUMNS, n_columns - x / INB_TILE_COLUMNS * INB_TILE_COLUMNS), tile);
  return tile[y % INB_TILE_ROWS * INB_TILE_COLUMNS + x % INB_TILE_COLUMNS];
}

static void
test_no_move_changes_nothing (void)
{
  g_autoptr (InbPlane) plane = make_noise (203, 61, 1);
  const double straight[9] = { 1, 0, 0, 0, 1, 0, 0, 0, 1 };
  /* too little perspective to move a sample, enough to take the other way */
  const double projective[9] = { 1, 0, 0, 0, 1, 0, 1e-11, 0, 1 };

  for (guint y = 0; y < 61; y += 5)
    for (guint x = 0; x < 203; x += 7)
      {
        gint16 value = plane->data[y * plane->stride + x];

        g_assert_cmpint (get_sample (plane, straight, 203, 61, x, y), ==, value);
        g_assert_cmpint (get_sample (plane, projective, 203, 61, x, y), ==, value);
      }
}

static void
test_both_ways_agree (void)
{
  g_autoptr (InbPlane) plane = make_noise (300, 100, 2);
  const double straight[9] = { 1.17, 0, 3.3, 0, 0.83, 4.7, 0, 0, 1 };
  const double projective[9] = { 1.17, 1e-8, 3.3, 0, 0.83, 4.7, 0, 0, 1 };
  g_autoptr (InbSampler) a = inb_sampler_new (plane, straight, 200, 90);
  g_autoptr (InbSampler) b = inb_sampler_new (plane, projective, 200, 90);

  g_assert_true (inb_sampler_is_separable (a));
  g_assert_false (inb_sampler_is_separable (b));
  for (guint y = 0; y < 90; y += 11)
    for (guint x = 0; x < 200; x += 13)
      {
        int first = get_sample (plane, straight, 200, 90, x, y);
        int second = get_sample (plane, projective, 200, 90, x, y);

        /* a phase of noise this steep is some 20/64 */
        g_assert_cmpint (abs (first - second), <, 40);
      }
}

static void
test_flat_stays_flat (void)
{
  const double maps[][9] = { { 1.3, 0, -20.4, 0, 1.3, -20.4, 0, 0, 1 },
                             { 0.4, 0, 3, 0, 0.7, 3, 0, 0, 1 },
                             { 1.1, 0.1, -5, -0.1, 1.1, 3, 0.0002, 0.0001, 1 } };

  /* 1/64 code values: each tap rounds by itself, so an eighth is what nine and more can add */
  for (int value = 1024; value < 15100; value += 1237)
    {
      g_autoptr (InbPlane) plane = make_flat (150, 80, (gint16) value);
      g_autoptr (InbPlane) small = inb_resample_shrink (plane, 61, 11, 1);

      for (int i = 0; i < 61 * 11; i++)
        g_assert_cmpint (abs (small->data[i / 61 * small->stride + i % 61] - value), <=, 8);
      for (guint i = 0; i < G_N_ELEMENTS (maps); i++)
        g_assert_cmpint (abs (get_sample (plane, maps[i], 160, 90, 37, 21) - value), <=, 3);
    }
}

/* A parabola is what Catmull-Rom is exact for. */
static void
test_sub_pixel_positions_are_exact (void)
{
  g_autoptr (InbPlane) plane = inb_plane_new (120, 40);

  for (int y = 0; y < 40; y++)
    for (int x = 0; x < 120; x++)
      plane->data[y * plane->stride + x] = (gint16) (2000 + x * x / 2 + 20 * y);
  inb_plane_pad (plane);
  for (guint i = 0; i < 64; i++)
    {
      double shift = i / 64.0;
      const double straight[9] = { 1, 0, 20 + shift, 0, 1, 5 + shift, 0, 0, 1 };
      const double turned[9] = { 1, 0, 20 + shift, 0, 1, 5 + shift, 1e-10, 0, 1 };
      double x = 50.0 + 20.0 + shift, y = 20.0 + 5.0 + shift;
      double wanted = 2000.0 + x * x / 2.0 + 20.0 * y;

      g_assert_cmpfloat (fabs (get_sample (plane, straight, 80, 30, 50, 20) - wanted), <, 3.0);
      g_assert_cmpfloat (fabs (get_sample (plane, turned, 80, 30, 50, 20) - wanted), <, 3.0);
    }
}

static void
test_outside_is_a_mirror (void)
{
  g_autoptr (InbPlane) plane = make_noise (90, 50, 3);
  const double straight[9] = { 1, 0, -10, 0, 1, -6, 0, 0, 1 };
  const double turned[9] = { 1, 0, -10, 0, 1, -6, 1e-11, 0, 1 };

  for (guint i = 0; i < 2; i++)
    {
      const double *map = i == 0 ? straight : turned;

      /* (0, 0) is 10 left of and 6 above the plane's first sample */
      g_assert_cmpint (get_sample (plane, map, 110, 62, 0, 0), ==,
                       plane->data[5 * plane->stride + 9]);
      g_assert_cmpint (get_sample (plane, map, 110, 62, 109, 61), ==,
                       plane->data[44 * plane->stride + 80]);
    }
}

static void
fill_axis (gint32 *base, gint16 *weights)
{
  for (int i = 0; i < INB_TILE_COLUMNS; i++)
    {
      base[i] = MIN (i * 5 / 4, 110);
      for (int k = 0; k < 4; k++)
        weights[4 * i + k] = (gint16) ((i * 977 + k * 7919) % 24000 - 6000);
    }
}

static void
fill_phases (InbPhases *phases)
{
  for (guint i = 0; i < INB_N_PHASES; i++)
    for (guint k = 0; k < 16; k++)
      {
        phases->rows[i][k] = (gint16) ((i * 31 + k / 4 * 4000) % 9000);
        phases->columns[i][k % 8] = (gint16) ((i * 17 + k % 4 * 5000) % 9000);
      }
}

/* All that a set of kernels makes of the same input. */
static char *
get_kernel_sum (const InbKernels *kernels)
{
  g_autoptr (InbPlane) plane = make_noise (400, 120, 4);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree InbPhases *phases = g_new0 (InbPhases, 1);
  gint32 base[INB_TILE_COLUMNS];
  gint16 weights[INB_TILE_COLUMNS * 4];
  InbAxis axis = { 4, base, weights };
  InbProjection projection = { plane->data, plane->stride, 400, 120, { 0 }, phases };
  const double map[9] = { 1.1, 0.2, -30, -0.1, 1.3, -11, 0.0004, -0.0003, 1 };
  const gint16 dither[16] = { 0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 48, 52, 56, 60 };
  gint16 tile[TILE] INB_ALIGNED = { 0 };
  gint16 alpha[TILE] INB_ALIGNED;
  guint8 bytes[100];

  fill_axis (base, weights);
  fill_phases (phases);
  memcpy (projection.map, map, sizeof map);
  kernels->separable (plane->data, plane->stride, &axis, &axis, 120, tile);
  g_checksum_update (sum, (const guchar *) tile, sizeof tile);
  kernels->project (&projection, 128, 16, 128, tile);
  g_checksum_update (sum, (const guchar *) tile, sizeof tile);
  kernels->mix (tile, plane->data, 12345);
  g_checksum_update (sum, (const guchar *) tile, sizeof tile);
  for (guint i = 0; i < TILE; i++)
    alpha[i] = (gint16) (i * 9 % (INB_ALPHA_ONE + 600) - 300);
  kernels->mix_by (tile, plane->data, alpha);
  g_checksum_update (sum, (const guchar *) tile, sizeof tile);
  kernels->finish (tile, dither, sizeof bytes, bytes);
  g_checksum_update (sum, bytes, sizeof bytes);
  return g_strdup (g_checksum_get_string (sum));
}

/* Whatever the machine can run has to give the same samples. */
static void
test_all_kernels_agree (void)
{
  g_autofree char *plain = get_kernel_sum (&inb_kernels_plain);
  g_autofree char *baseline = get_kernel_sum (&inb_kernels_baseline);

  g_assert_cmpstr (baseline, ==, plain);
#ifdef INB_HAVE_KERNELS_AVX2
  if (__builtin_cpu_supports ("avx2"))
    {
      g_autofree char *avx2 = get_kernel_sum (&inb_kernels_avx2);

      g_assert_cmpstr (avx2, ==, plain);
    }
#endif
}

static void
test_dither_keeps_the_mean (void)
{
  const double map[9] = { 1, 0, 0, 0, 1, 0, 0, 0, 1 };
  guint8 out[64 * 64];

  for (guint i = 0; i < 64; i++)
    {
      g_autoptr (InbPlane) plane = make_flat (64, 64, (gint16) (100 * 64 + i));
      g_autoptr (InbSampler) sampler = inb_sampler_new (plane, map, 64, 64);
      InbSource source = { .colour = { .sharp = sampler }, .weight = 1.0 };
      guint sum = 0;

      inb_compose_plane (&source, 1, 0, &(InbOutlet){ 64, 64, NULL, NULL, out });
      for (guint k = 0; k < sizeof out; k++)
        sum += out[k];
      g_assert_cmpuint (sum, ==, 64 * 64 * 100 + i * 64);
    }
}

static void
test_bright_and_dark_stay_codes (void)
{
  const double map[9] = { 1, 0, 0, 0, 1, 0, 0, 0, 1 };
  const gint16 values[] = { -500, 0, 255 * 64, 20000 };
  const guint8 codes[] = { 1, 1, 254, 254 };
  guint8 out[32 * 32];

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (InbPlane) plane = make_flat (32, 32, values[i]);
      g_autoptr (InbSampler) sampler = inb_sampler_new (plane, map, 32, 32);
      InbSource source = { .colour = { .sharp = sampler }, .weight = 1.0 };

      inb_compose_plane (&source, 1, 0, &(InbOutlet){ 32, 32, NULL, NULL, out });
      g_assert_cmpuint (out[0], ==, codes[i]);
      g_assert_cmpuint (out[sizeof out - 1], ==, codes[i]);
    }
}

/* The middle of what was there stays the middle, whatever the ratio. */
static void
test_shrinking_moves_nothing (void)
{
  const int sizes[][2] = { { 150, 90 }, { 77, 45 }, { 31, 19 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      const double place[2] = { 140.3, 93.8 };
      g_autoptr (InbPixels) dots = render_make_dots (300, 180, place, 1, 12.0);
      InbPlane *planes[3];
      g_autoptr (InbPlane) small = NULL;
      double sum = 0.0, x_sum = 0.0, y_sum = 0.0;

      inb_planes_from_pixels (dots, 2, planes);
      small = inb_resample_shrink (planes[0], sizes[i][0], sizes[i][1], 2);
      for (int y = 0; y < small->height; y++)
        for (int x = 0; x < small->width; x++)
          {
            double value = MAX (0, small->data[y * small->stride + x] - 5000);

            sum += value;
            x_sum += value * x;
            y_sum += value * y;
          }
      g_assert_cmpfloat_with_epsilon ((x_sum / sum + 0.5) * 300.0 / sizes[i][0] - 0.5, 140.3, 0.3);
      g_assert_cmpfloat_with_epsilon ((y_sum / sum + 0.5) * 180.0 / sizes[i][1] - 0.5, 93.8, 0.3);
      for (guint k = 0; k < 3; k++)
        inb_plane_free (planes[k]);
    }
}

static void
test_pyramid_is_anchored_to_the_nearest_framing (void)
{
  g_autoptr (InbPyramid) near = inb_pyramid_new (make_noise (400, 200, 5), 2.0, 2.44, 1);
  g_autoptr (InbPyramid) exact = inb_pyramid_new (make_noise (400, 200, 5), 0.8, 1.0, 1);
  g_autoptr (InbPyramid) wide = inb_pyramid_new (make_noise (400, 200, 5), 1.0, 3.0, 1);

  g_assert_cmpint (inb_pyramid_get_level (near, 0)->width, ==, 200);
  g_assert_cmpfloat (inb_pyramid_choose (near, 2.0).blend, ==, 0.0);
  g_assert_cmpuint (inb_pyramid_choose (near, 2.0).level, ==, 0);
  g_assert_cmpint (inb_pyramid_get_level (exact, 0)->width, ==, 400);
  g_assert_cmpuint (inb_pyramid_get_n_levels (exact), ==, 1);
  g_assert_cmpuint (inb_pyramid_get_n_levels (wide), ==, 4);
  g_assert_cmpuint (inb_pyramid_choose (wide, 2.0).level, ==, 2);
  g_assert_cmpfloat (inb_pyramid_choose (wide, 1.1).blend, ==, 0.0);
  g_assert_cmpfloat (inb_pyramid_choose (wide, 1.26).blend, >, 0.0);
}

static void
test_alpha_is_flattened_on_white (void)
{
  const guint8 half[] = { 0, 0, 0, 0, 0, 0, 0, 255, 0, 0, 0, 128 };
  g_autoptr (GBytes) bytes = g_bytes_new_static (half, sizeof half);
  g_autoptr (InbPixels) pixels = inb_pixels_new (3, 1, sizeof half, INB_PIXELS_RGBA8, bytes);
  InbPlane *planes[3];

  inb_planes_from_pixels (pixels, 1, planes);
  g_assert_cmpint (planes[0]->data[0], ==, 235 * 64);
  g_assert_cmpint (planes[0]->data[1], ==, 16 * 64);
  g_assert_cmpint (abs (planes[0]->data[2] - 8006), <=, 1);
  for (guint i = 0; i < 3; i++)
    inb_plane_free (planes[i]);
}

static void
test_sixteen_bits_are_kept (void)
{
  const guint16 grey[] = { 32768, 32768, 32768, 65535, 65535, 65535 };
  g_autoptr (GBytes) bytes = g_bytes_new_static (grey, sizeof grey);
  g_autoptr (InbPixels) pixels = inb_pixels_new (2, 1, sizeof grey, INB_PIXELS_RGB16, bytes);
  InbPlane *planes[3];

  inb_planes_from_pixels (pixels, 1, planes);
  g_assert_cmpint (planes[0]->data[0], ==, (int) ((16.0 + 219.0 * 32768 / 65535) * 64.0 + 0.5));
  g_assert_cmpint (planes[0]->data[1], ==, 235 * 64);
  g_assert_cmpint (planes[1]->data[0], ==, 128 * 64);
  for (guint i = 0; i < 3; i++)
    inb_plane_free (planes[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/resample/no-move-changes-nothing", test_no_move_changes_nothing);
  g_test_add_func ("/resample/both-ways-agree", test_both_ways_agree);
  g_test_add_func ("/resample/flat-stays-flat", test_flat_stays_flat);
  g_test_add_func ("/resample/sub-pixel-positions-are-exact", test_sub_pixel_positions_are_exact);
  g_test_add_func ("/resample/outside-is-a-mirror", test_outside_is_a_mirror);
  g_test_add_func ("/resample/all-kernels-agree", test_all_kernels_agree);
  g_test_add_func ("/resample/dither-keeps-the-mean", test_dither_keeps_the_mean);
  g_test_add_func ("/resample/bright-and-dark-stay-codes", test_bright_and_dark_stay_codes);
  g_test_add_func ("/resample/shrinking-moves-nothing", test_shrinking_moves_nothing);
  g_test_add_func ("/resample/pyramid-is-anchored-to-the-nearest-framing",
                   test_pyramid_is_anchored_to_the_nearest_framing);
  g_test_add_func ("/resample/alpha-is-flattened-on-white", test_alpha_is_flattened_on_white);
  g_test_add_func ("/resample/sixteen-bits-are-kept", test_sixteen_bits_are_kept);
  return g_test_run ();
}
