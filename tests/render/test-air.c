/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "render-tools.h"
#include "render/inb-air.h"

#define WIDTH 320
#define HEIGHT 180
#define N_FRAMES 13
#define N_LUMA (WIDTH * HEIGHT)

static const char *const effects[] = { "light sweep", "focus pull", "dust",
                                       "steam",       "vignette",   "blurred background" };

static InbPixels *
take (guint width, guint height, InbPixelFormat format, guint8 *bytes)
{
  gsize stride = (gsize) width * inb_pixel_format_get_n_bytes (format);
  g_autoptr (GBytes) owned = g_bytes_new_take (bytes, stride * height);

  return inb_pixels_new (width, height, stride, format, owned);
}

static InbPixels *
make_grey (guint width, guint height, guint8 value)
{
  guint8 *bytes = g_malloc ((gsize) width * height * 3);

  memset (bytes, value, (gsize) width * height * 3);
  return take (width, height, INB_PIXELS_RGB8, bytes);
}

/* A disc of one grey on a back of another; @alpha: cut out. */
static InbPixels *
make_disc (guint8 disc, guint8 back, gboolean alpha)
{
  guint n = alpha ? 4 : 3;
  guint8 *bytes = g_malloc (WIDTH * HEIGHT * n);

  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++)
      {
        gboolean inside = hypot (x - 160.0, y - 90.0) < 50.0;
        guint8 *pixel = bytes + (y * WIDTH + x) * n;

        memset (pixel, inside ? disc : back, 3);
        if (alpha)
          pixel[3] = inside ? 255 : 0;
      }
  return take (WIDTH, HEIGHT, alpha ? INB_PIXELS_RGBA8 : INB_PIXELS_RGB8, bytes);
}

static GBytes *
draw (const char *prompt, const InbPixels *start, const InbPixels *last, guint frame)
{
  g_autoptr (InbEngine) engine =
      render_make_engine (prompt, start, last, WIDTH, HEIGHT, N_FRAMES, 2);

  return render_draw (engine, frame);
}

static char *
get_sum (const char *prompt, const InbPixels *start, const InbPixels *last, guint n_threads)
{
  g_autoptr (InbEngine) engine =
      render_make_engine (prompt, start, last, WIDTH, HEIGHT, N_FRAMES, n_threads);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint frame = 0; frame < N_FRAMES; frame += 3)
    {
      g_autoptr (GBytes) drawn = render_draw (engine, frame);

      g_checksum_update (sum, g_bytes_get_data (drawn, NULL), (gssize) g_bytes_get_size (drawn));
    }
  return g_strdup (g_checksum_get_string (sum));
}

static void
test_light_and_air_are_off_by_themselves (void)
{
  const char *const prompts[] = { "push in", "no dust, push in", "push in without steam",
                                  "push in, neon reflections and a sunset" };
  g_autoptr (InbPixels) photo = render_make_picture (400, 300, 1);
  g_autofree char *plain = get_sum (prompts[0], photo, NULL, 1);

  for (guint i = 0; i < G_N_ELEMENTS (prompts); i++)
    {
      g_autoptr (InbPrompt) prompt = inb_prompt_new (prompts[i], NULL);
      g_autofree char *sum = get_sum (prompts[i], photo, NULL, 1);
      InbEffectSetup setup = { prompt, WIDTH, HEIGHT, 30, N_FRAMES, INB_EASE_SMOOTH, 0 };

      g_assert_null (inb_air_new (&setup));
      g_assert_cmpstr (sum, ==, plain);
    }
}

static void
test_each_effect_changes_a_clip_and_none_is_another (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (InbPixels) disc = make_disc (90, 150, TRUE);
  g_autoptr (InbPixels) start = render_make_picture (400, 300, 1);
  g_autoptr (InbPixels) last = render_make_picture (400, 300, 2);

  for (guint i = 0; i < G_N_ELEMENTS (effects); i++)
    {
      g_autofree char *prompt = g_strconcat ("push in with ", effects[i], NULL);

      g_assert_true (g_hash_table_add (seen, get_sum (prompt, disc, NULL, 2)));
      if (i == 5)
        continue; /* between two photos there is no back */
      g_assert_true (g_hash_table_add (seen, get_sum (prompt, start, last, 2)));
      g_assert_true (g_hash_table_add (seen, get_sum (prompt, start, start, 2)));
    }
}

static void
test_any_number_of_threads_makes_the_same_clip (void)
{
  const guint threads[] = { 2, 3, 8 };
  g_autoptr (InbPixels) disc = make_disc (90, 150, TRUE);
  g_autoptr (InbPixels) last = render_make_picture (WIDTH, HEIGHT, 2);

  for (guint i = 0; i < 2 * G_N_ELEMENTS (effects); i++)
    {
      g_autofree char *prompt = g_strconcat ("orbit with ", effects[i / 2], NULL);
      const InbPixels *other = i % 2 == 0 ? NULL : last;
      g_autofree char *one = get_sum (prompt, disc, other, 1);

      for (guint k = 0; k < G_N_ELEMENTS (threads); k++)
        {
          g_autofree char *more = get_sum (prompt, disc, other, threads[k]);

          g_assert_cmpstr (more, ==, one);
        }
    }
}

static void
assert_same_kernels (const InbKernels *one, const InbKernels *other)
{
  gint16 samples[2][INB_TILE_COLUMNS], gains[INB_TILE_COLUMNS], alpha[INB_TILE_COLUMNS];

  for (guint round = 0; round < 4; round++)
    {
      for (guint i = 0; i < INB_TILE_COLUMNS; i++)
        {
          samples[0][i] = samples[1][i] = (gint16) (i * 129 - 100 + round * 37);
          gains[i] = (gint16) ((i * 911 + round * 5000) % 32768);
          alpha[i] = (gint16) ((i * 331) % (INB_ALPHA_ONE + 40) - 20);
        }
      for (guint k = 0; k < 2; k++)
        {
          const InbKernels *kernels = k == 0 ? one : other;

          kernels->glow (samples[k], gains, round % 2 == 0 ? NULL : alpha, INB_TILE_COLUMNS);
          kernels->shade (samples[k], gains, (gint16) (-9000 + (int) round * 2500), 20000,
                          round < 2 ? 1024 : 8192, INB_TILE_COLUMNS);
        }
      g_assert_cmpmem (samples[0], sizeof samples[0], samples[1], sizeof samples[1]);
    }
}

static void
test_all_kernels_light_and_shade_alike (void)
{
  assert_same_kernels (&inb_kernels_plain, &inb_kernels_baseline);
  assert_same_kernels (&inb_kernels_plain, inb_kernels_get ());
}

static double
get_luma (GBytes *frame, guint x, guint y)
{
  return ((const guint8 *) g_bytes_get_data (frame, NULL))[y * WIDTH + x];
}

/* Mean difference of brightness over a block of 8 × 8, which dither does not reach. */
static double
get_gain (GBytes *with, GBytes *without, guint x, guint y)
{
  double sum = 0.0;

  for (guint i = 0; i < 64; i++)
    sum += get_luma (with, x + i % 8, y + i / 8) - get_luma (without, x + i % 8, y + i / 8);
  return sum / 64.0;
}

static void
test_a_sweep_lights_a_band_that_travels (void)
{
  g_autoptr (InbPixels) grey = make_grey (WIDTH, HEIGHT, 110);
  double before = -1.0;

  for (guint frame = 3; frame < N_FRAMES - 3; frame += 2)
    {
      g_autoptr (GBytes) lit = draw ("light sweep", grey, NULL, frame);
      g_autoptr (GBytes) plain = draw ("static", grey, NULL, frame);
      double sum = 0.0, middle = 0.0;
      guint n_dark = 0;

      for (guint x = 0; x < WIDTH; x += 8)
        {
          double gain = get_gain (lit, plain, x, 88);

          g_assert_cmpfloat (gain, >=, 0.0);
          sum += gain;
          middle += gain * x;
          n_dark += !(gain > 0.0);
        }
      g_assert_cmpfloat (sum, >, 20.0);
      g_assert_cmpuint (n_dark, >, 8); /* most of the picture is as it was */
      g_assert_cmpfloat (middle / sum, >, before);
      before = middle / sum;
    }
}

static void
test_a_sweep_to_the_left_travels_back (void)
{
  g_autoptr (InbPixels) grey = make_grey (WIDTH, HEIGHT, 110);
  g_autoptr (GBytes) right = draw ("light sweep", grey, NULL, 3);
  g_autoptr (GBytes) left = draw ("light sweep to the left", grey, NULL, N_FRAMES - 4);

  g_assert_cmpmem (g_bytes_get_data (left, NULL), N_LUMA, g_bytes_get_data (right, NULL), N_LUMA);
}

static void
test_a_sweep_stays_inside_the_product (void)
{
  g_autoptr (InbPixels) disc = make_disc (90, 150, TRUE);
  double most = 0.0;

  for (guint frame = 0; frame < N_FRAMES; frame++)
    {
      g_autoptr (GBytes) lit = draw ("static light sweep", disc, NULL, frame);
      g_autoptr (GBytes) plain = draw ("static", disc, NULL, frame);

      for (guint y = 0; y < HEIGHT; y++)
        for (guint x = 0; x < WIDTH; x++)
          {
            double gain = get_luma (lit, x, y) - get_luma (plain, x, y);

            if (hypot (x - 160.0, y - 90.0) > 52.0)
              g_assert_cmpfloat (gain, ==, 0.0);
            most = MAX (most, gain);
          }
    }
  g_assert_cmpfloat (most, >, 15.0);
}

/* What was brighter stays brighter, at any strength. */
static void
test_light_keeps_the_order_of_tones (void)
{
  for (gint16 gain = 0; gain < 32000; gain = (gint16) (gain + 4000))
    {
      gint16 before = 0;

      for (gint16 tone = 1024; tone <= 15040; tone = (gint16) (tone + 16))
        {
          gint16 samples[16], gains[16];

          for (guint i = 0; i < 16; i++)
            {
              samples[i] = tone;
              gains[i] = gain;
            }
          inb_kernels_get ()->glow (samples, gains, NULL, 16);
          g_assert_cmpint (samples[0], >=, before - 1); /* roundings */
          g_assert_cmpint (samples[0], <=, 15041);
          before = samples[0];
        }
    }
}

static void
test_light_rolls_off_before_white (void)
{
  g_autoptr (InbPixels) white = make_grey (WIDTH, HEIGHT, 255);
  g_autoptr (InbPixels) grey = make_grey (WIDTH, HEIGHT, 110);
  g_autoptr (InbPixels) bright = make_grey (WIDTH, HEIGHT, 235);
  g_autoptr (GBytes) on_white = draw ("dramatic light sweep", white, NULL, 6);
  g_autoptr (GBytes) plain = draw ("static", white, NULL, 6);
  g_autoptr (GBytes) grey_plain = draw ("static", grey, NULL, 6);
  g_autoptr (GBytes) on_grey = draw ("dramatic light sweep", grey, NULL, 6);
  g_autoptr (GBytes) on_bright = draw ("dramatic light sweep", bright, NULL, 6);

  g_assert_cmpfloat (get_gain (on_grey, grey_plain, WIDTH / 2, HEIGHT / 2), >, 30.0);
  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++)
      {
        g_assert_cmpfloat (get_luma (on_white, x, y), ==, get_luma (plain, x, y));
        g_assert_cmpfloat (get_luma (on_bright, x, y), <, 235.0);
      }
}

/* Energy of the finest detail. */
static double
get_detail (GBytes *frame)
{
  double sum = 0.0;

  for (guint y = 20; y < HEIGHT - 20; y++)
    for (guint x = 20; x < WIDTH - 20; x++)
      sum += pow (get_luma (frame, x + 1, y) - get_luma (frame, x, y), 2);
  return sum;
}

static void
test_a_focus_pull_ends_sharp (void)
{
  const char *const moves[] = { "push in", "static", "orbit" };
  g_autoptr (InbPixels) photo = render_make_picture (400, 300, 1);
  g_autoptr (InbPixels) disc = make_disc (90, 150, TRUE);
  g_autoptr (InbPixels) other = render_make_picture (WIDTH, HEIGHT, 2);

  for (guint i = 0; i < 9; i++)
    {
      const InbPixels *start = i % 3 == 1 ? disc : photo, *last = i % 3 == 2 ? other : NULL;
      g_autofree char *prompt = g_strconcat (moves[i / 3], " with a focus pull", NULL);
      g_autoptr (GBytes) pulled = draw (prompt, start, last, N_FRAMES - 1);
      g_autoptr (GBytes) plain = draw (moves[i / 3], start, last, N_FRAMES - 1);

      g_assert_true (g_bytes_equal (pulled, plain));
    }
}

static void
test_focus_comes_and_goes_steadily (void)
{
  g_autoptr (InbPixels) photo = render_make_picture (400, 300, 1);
  g_autoptr (GBytes) plain = draw ("static", photo, NULL, 0);
  double before = 0.0;

  for (guint frame = 0; frame < N_FRAMES; frame++)
    {
      g_autoptr (GBytes) pull = draw ("focus pull", photo, NULL, frame);
      g_autoptr (GBytes) loss = draw ("goes out of focus", photo, NULL, N_FRAMES - 1 - frame);
      double detail = get_detail (pull);

      g_assert_cmpfloat (detail, >=, before * 0.999);
      g_assert_true (g_bytes_equal (pull, loss));
      if (frame == 0)
        g_assert_cmpfloat (detail * 20.0, <, get_detail (plain));
      before = detail;
    }
}

static void
test_a_blurred_background_leaves_the_product_sharp (void)
{
  g_autoptr (InbPixels) disc = make_disc (90, 150, TRUE);
  g_autoptr (GBytes) first = draw ("blurred background", disc, NULL, 0);
  g_autoptr (GBytes) last = draw ("blurred background", disc, NULL, N_FRAMES - 1);

  g_assert_cmpmem ((const guint8 *) g_bytes_get_data (first, NULL) + 90 * WIDTH + 120, 80,
                   (const guint8 *) g_bytes_get_data (last, NULL) + 90 * WIDTH + 120, 80);
}

static void
test_dust_and_steam_close_a_loop (void)
{
  const char *const prompts[] = { "static dust", "static steam", "static steam and dust" };
  g_autoptr (InbPixels) grey = make_grey (WIDTH, HEIGHT, 60);

  for (guint i = 0; i < G_N_ELEMENTS (prompts); i++)
    {
      g_autoptr (GBytes) first = draw (prompts[i], grey, NULL, 0);
      g_autoptr (GBytes) middle = draw (prompts[i], grey, NULL, N_FRAMES / 2);
      g_autoptr (GBytes) last = draw (prompts[i], grey, NULL, N_FRAMES - 1);
      g_autoptr (GBytes) looped = draw (prompts[i], grey, grey, N_FRAMES - 1);

      g_assert_false (g_bytes_equal (first, middle));
      g_assert_true (g_bytes_equal (first, last));
      g_assert_true (g_bytes_equal (first, looped));
    }
}

/* Few and faint; and what moves, moves: a frame is near the one before it. */
static void
test_dust_and_steam_are_restrained (void)
{
  const char *const prompts[] = { "static dust", "static steam" };
  g_autoptr (InbPixels) grey = make_grey (WIDTH, HEIGHT, 60);
  g_autoptr (GBytes) plain = draw ("static", grey, NULL, 0);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (InbEngine) engine =
          render_make_engine (prompts[i], grey, NULL, WIDTH, HEIGHT, 150, 1);
      g_autoptr (GBytes) one = render_draw (engine, 40);
      g_autoptr (GBytes) next = render_draw (engine, 41);
      double sum = 0.0, most = 0.0, change = 0.0;

      for (guint p = 0; p < N_LUMA; p++)
        {
          double more =
              get_luma (one, p % WIDTH, p / WIDTH) - get_luma (plain, p % WIDTH, p / WIDTH);

          g_assert_cmpfloat (more, >=, -1.0);
          sum += more;
          most = MAX (most, more);
          change = MAX (change, fabs (get_luma (one, p % WIDTH, p / WIDTH) -
                                      get_luma (next, p % WIDTH, p / WIDTH)));
        }
      g_test_message ("%s: mean %.2f, most %.0f, change %.0f", prompts[i], sum / N_LUMA, most,
                      change);
      g_assert_cmpfloat (sum / N_LUMA, <, 6.0);
      g_assert_cmpfloat (most, >, 8.0);
      g_assert_cmpfloat (most, <, 100.0);
      g_assert_cmpfloat (change, <, 16.0);
    }
}

static void
test_steam_is_behind_the_product (void)
{
  g_autoptr (InbPixels) disc = make_disc (90, 60, TRUE);
  g_autoptr (GBytes) steam = draw ("static steam", disc, NULL, 4);
  g_autoptr (GBytes) plain = draw ("static", disc, NULL, 4);

  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++)
      if (hypot (x - 160.0, y - 90.0) < 49.0)
        g_assert_cmpfloat (get_luma (steam, x, y), ==, get_luma (plain, x, y));
  g_assert_false (g_bytes_equal (steam, plain));
}

static void
test_a_vignette_darkens_corners_within_bounds (void)
{
  g_autoptr (InbPixels) grey = make_grey (WIDTH, HEIGHT, 200);
  g_autoptr (GBytes) dark = draw ("static vignette", grey, NULL, 0);
  g_autoptr (GBytes) plain = draw ("static", grey, NULL, 0);
  double corner = get_gain (dark, plain, 0, 0), light = get_luma (plain, 0, 0) - 16.0;

  g_assert_cmpfloat (get_gain (dark, plain, WIDTH / 2, HEIGHT / 2), ==, 0.0);
  g_assert_cmpfloat (corner, <, -0.15 * light);
  g_assert_cmpfloat (corner, >, -0.5 * light);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpfloat_with_epsilon (
        corner, get_gain (dark, plain, i % 2 == 0 ? WIDTH - 8 : 0, i < 1 ? 0 : HEIGHT - 8), 1.0);
  for (guint x = 8; x < WIDTH / 2; x += 8)
    g_assert_cmpfloat (get_gain (dark, plain, x, 0), >=, get_gain (dark, plain, x - 8, 0) - 0.3);
}

static void
test_speed_words_change_how_much (void)
{
  g_autoptr (InbPixels) grey = make_grey (WIDTH, HEIGHT, 200);
  g_autoptr (GBytes) plain = draw ("static", grey, NULL, 0);
  g_autoptr (GBytes) subtle = draw ("static, subtle vignette", grey, NULL, 0);
  g_autoptr (GBytes) normal = draw ("static, vignette", grey, NULL, 0);
  g_autoptr (GBytes) dramatic = draw ("static, dramatic vignette", grey, NULL, 0);

  g_assert_cmpfloat (get_gain (subtle, plain, 0, 0), <, -5.0);
  g_assert_cmpfloat (get_gain (normal, plain, 0, 0), <, get_gain (subtle, plain, 0, 0) - 5.0);
  g_assert_cmpfloat (get_gain (dramatic, plain, 0, 0), <, get_gain (normal, plain, 0, 0) - 5.0);
}

/* In a sequence light and focus belong to their step. */
static void
test_effects_have_their_step (void)
{
  g_autoptr (InbPixels) photo = render_make_picture (400, 300, 1);
  g_autoptr (GBytes) sweep = draw ("push in, then light sweep", photo, NULL, 5);
  g_autoptr (GBytes) later = draw ("push in, then light sweep", photo, NULL, 9);
  g_autoptr (GBytes) plain = draw ("push in, then hold", photo, NULL, 5);
  g_autoptr (GBytes) held = draw ("push in, then hold", photo, NULL, 9);

  g_assert_true (g_bytes_equal (sweep, plain));
  g_assert_false (g_bytes_equal (later, held));
}

static void
test_odd_clips_are_drawn (void)
{
  const guint sizes[][4] = {
    { 1, 1, 32, 18 },
    { 500, 200, 16, 16 },
    { 200, 500, 144, 360 },
    { 7, 5, 130, 34 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sizes) * G_N_ELEMENTS (effects); i++)
    {
      const guint *size = sizes[i % G_N_ELEMENTS (sizes)];
      const char *effect = effects[i / G_N_ELEMENTS (sizes)];
      g_autoptr (InbPixels) photo = render_make_picture (size[0], size[1], 1);

      for (guint n_frames = 1; n_frames <= 3; n_frames += 2)
        {
          g_autoptr (InbEngine) engine = render_make_engine (
              effect, photo, n_frames == 3 ? photo : NULL, size[2], size[3], n_frames, 1);

          for (guint frame = 0; frame < n_frames; frame++)
            g_bytes_unref (render_draw (engine, frame));
        }
    }
}

static void
test_a_photo_that_is_all_product_is_drawn (void)
{
  guint8 *bytes = g_malloc (WIDTH * HEIGHT * 4);
  g_autoptr (InbPixels) clear = NULL;

  memset (bytes, 0, WIDTH * HEIGHT * 4);
  clear = take (WIDTH, HEIGHT, INB_PIXELS_RGBA8, bytes);
  for (guint i = 0; i < G_N_ELEMENTS (effects); i++)
    g_bytes_unref (draw (effects[i], clear, NULL, 6));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add_func ("/air/" path, function)
  ADD ("light-and-air-are-off-by-themselves", test_light_and_air_are_off_by_themselves);
  ADD ("each-effect-changes-a-clip-and-none-is-another",
       test_each_effect_changes_a_clip_and_none_is_another);
  ADD ("any-number-of-threads-makes-the-same-clip", test_any_number_of_threads_makes_the_same_clip);
  ADD ("all-kernels-light-and-shade-alike", test_all_kernels_light_and_shade_alike);
  ADD ("a-sweep-lights-a-band-that-travels", test_a_sweep_lights_a_band_that_travels);
  ADD ("a-sweep-to-the-left-travels-back", test_a_sweep_to_the_left_travels_back);
  ADD ("a-sweep-stays-inside-the-product", test_a_sweep_stays_inside_the_product);
  ADD ("light-keeps-the-order-of-tones", test_light_keeps_the_order_of_tones);
  ADD ("light-rolls-off-before-white", test_light_rolls_off_before_white);
  ADD ("a-focus-pull-ends-sharp", test_a_focus_pull_ends_sharp);
  ADD ("focus-comes-and-goes-steadily", test_focus_comes_and_goes_steadily);
  ADD ("a-blurred-background-leaves-the-product-sharp",
       test_a_blurred_background_leaves_the_product_sharp);
  ADD ("dust-and-steam-close-a-loop", test_dust_and_steam_close_a_loop);
  ADD ("dust-and-steam-are-restrained", test_dust_and_steam_are_restrained);
  ADD ("steam-is-behind-the-product", test_steam_is_behind_the_product);
  ADD ("a-vignette-darkens-corners-within-bounds", test_a_vignette_darkens_corners_within_bounds);
  ADD ("speed-words-change-how-much", test_speed_words_change_how_much);
  ADD ("effects-have-their-step", test_effects_have_their_step);
  ADD ("odd-clips-are-drawn", test_odd_clips_are_drawn);
  ADD ("a-photo-that-is-all-product-is-drawn", test_a_photo_that_is_all_product_is_drawn);
#undef ADD
  return g_test_run ();
}
