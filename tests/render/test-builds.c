/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "render-tools.h"
#include "render/inb-kernels.h"

#define WIDTH 320
#define HEIGHT 180
#define N_FRAMES 4

/* Stands before the library's own: frames are drawn with the inner loops that the test says. */
static const InbKernels *kernels = &inb_kernels_baseline;

const InbKernels *
inb_kernels_get (void)
{
  return kernels;
}

typedef enum
{
  CLIP_FLAT,
  CLIP_LAYERED,
  CLIP_MORPH,
  CLIP_BLEND,
  CLIP_DISSOLVE,
  CLIP_LOOP,
  CLIP_PARTED,
} ClipKind;

/* What a photo shows at a place, 0…255. */
typedef double (*Look) (double x, double y);

static double
get_waves (double x, double y)
{
  double sum = 0.0;

  for (guint i = 0; i < 9; i++)
    {
      double angle = 2.39996 * (i + 1), wave = 0.035 * pow (1.37, i);

      sum += sin (wave * (x * cos (angle) + y * sin (angle)) + 1.7 * i);
    }
  return 128.0 + 110.0 * sum / 9.0;
}

static double
get_moved (double x, double y)
{
  return get_waves (x - 7.0, y + 3.0);
}

static double
get_turned (double x, double y)
{
  return 255.0 - get_waves (1.3 * y + 400.0, 1.1 * x);
}

/* One side that both photos show, of strong contrast, and another that differs faintly. */
static double
get_first_half (double x, double y)
{
  return x < 34.0 ? get_waves (1.5 * x, 1.5 * y) : 116.0 + 0.32 * get_waves (3.0 * x, 3.0 * y);
}

static double
get_second_half (double x, double y)
{
  return x < 34.0 ? get_waves (1.5 * x - 12.0, 1.5 * y)
                  : 116.0 + 0.32 * get_turned (3.0 * x, 2.5 * y);
}

static InbPixels *
make_photo (Look look)
{
  guint8 *bytes = g_malloc (WIDTH * HEIGHT * 3);
  g_autoptr (GBytes) owned = g_bytes_new_take (bytes, WIDTH * HEIGHT * 3);

  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++)
      for (guint i = 0; i < 3; i++)
        bytes[(y * WIDTH + x) * 3 + i] = (guint8) (CLAMP (look (x + 9.0 * i, y), 0.0, 255.0) + 0.5);
  return inb_pixels_new (WIDTH, HEIGHT, WIDTH * 3, INB_PIXELS_RGB8, owned);
}

/* A disc that is cut out. */
static InbPixels *
make_cut_out (double moved)
{
  guint8 *bytes = g_malloc (WIDTH * HEIGHT * 4);
  g_autoptr (GBytes) owned = g_bytes_new_take (bytes, WIDTH * HEIGHT * 4);

  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++)
      for (guint i = 0; i < 4; i++)
        bytes[(y * WIDTH + x) * 4 + i] =
            (guint8) (i < 3 ? get_waves (x - moved + 5.0 * i, y)
                            : 255.0 * CLAMP ((50.0 - hypot (x - moved - 165.0, y - 95.0)) / 4.0,
                                             0.0, 1.0));
  return inb_pixels_new (WIDTH, HEIGHT, WIDTH * 4, INB_PIXELS_RGBA8, owned);
}

typedef struct
{
  ClipKind kind;
  const char *prompt;
} Case;

static void
assert_kind (const Case *clip, const InbEngine *engine)
{
  static const InbTransitionKind kinds[] = {
    [CLIP_MORPH] = INB_TRANSITION_MORPH,       [CLIP_BLEND] = INB_TRANSITION_BLEND,
    [CLIP_DISSOLVE] = INB_TRANSITION_DISSOLVE, [CLIP_LOOP] = INB_TRANSITION_MORPH,
    [CLIP_PARTED] = INB_TRANSITION_LAYERED,
  };
  const InbTransition *transition = inb_engine_get_transition (engine);

  g_assert_cmpuint (inb_engine_get_n_layers (engine), ==, clip->kind == CLIP_LAYERED ? 2 : 1);
  if (transition == NULL)
    return;
  g_test_message ("%s: %s, score %.3f, photometric %.3f, torn %.3f", clip->prompt,
                  inb_transition_kind_to_string (transition->kind), transition->agreement.score,
                  transition->agreement.photometric, transition->agreement.torn);
  g_assert_cmpint (transition->kind, ==, kinds[clip->kind]);
}

static GBytes *
make_clip (const Case *clip, guint n_threads)
{
  static const Look looks[][2] = {
    [CLIP_FLAT] = { get_waves, NULL },
    [CLIP_LAYERED] = { NULL, NULL },
    [CLIP_MORPH] = { get_waves, get_moved },
    [CLIP_BLEND] = { get_first_half, get_second_half },
    [CLIP_DISSOLVE] = { get_waves, get_turned },
    [CLIP_LOOP] = { get_waves, get_waves },
    [CLIP_PARTED] = { NULL, NULL },
  };
  const Look *look = looks[clip->kind];
  g_autoptr (InbPixels) start = look[0] != NULL ? make_photo (look[0]) : make_cut_out (0.0);
  g_autoptr (InbPixels) last = look[1] != NULL ? make_photo (look[1]) : NULL;
  g_autoptr (InbPixels) far = clip->kind == CLIP_PARTED ? make_cut_out (110.0) : NULL;
  g_autoptr (InbEngine) engine = render_make_engine (clip->prompt, start, far != NULL ? far : last,
                                                     WIDTH, HEIGHT, N_FRAMES, n_threads);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  assert_kind (clip, engine);
  for (guint i = 0; i < N_FRAMES; i++)
    {
      g_autoptr (GBytes) frame = render_draw (engine, i);

      g_byte_array_append (bytes, g_bytes_get_data (frame, NULL), (guint) g_bytes_get_size (frame));
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static void
test_builds_and_threads_make_the_same_clips (void)
{
  const Case cases[] = {
    { CLIP_BLEND, "static" },         { CLIP_BLEND, "pan left" },
    { CLIP_FLAT, "push in" },         { CLIP_FLAT, "handheld roll" },
    { CLIP_LAYERED, "orbit left" },   { CLIP_LAYERED, "slow push in" },
    { CLIP_MORPH, "static, linear" }, { CLIP_MORPH, "handheld push in" },
    { CLIP_DISSOLVE, "static" },      { CLIP_DISSOLVE, "push in" },
    { CLIP_LOOP, "static" },          { CLIP_LOOP, "roll" },
    { CLIP_PARTED, "push in" },
  };
  const InbKernels *builds[] = {
    &inb_kernels_plain,
#ifdef INB_HAVE_KERNELS_AVX2
    __builtin_cpu_supports ("avx2") ? &inb_kernels_avx2 : &inb_kernels_plain,
#endif
  };
  const guint threads[] = { 1, 2, 3, 8 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) wanted = NULL;

      kernels = &inb_kernels_baseline;
      wanted = make_clip (&cases[i], 1);
      for (guint k = 0; k < G_N_ELEMENTS (builds) * G_N_ELEMENTS (threads); k++)
        {
          g_autoptr (GBytes) made = NULL;

          kernels = builds[k / G_N_ELEMENTS (threads)];
          made = make_clip (&cases[i], threads[k % G_N_ELEMENTS (threads)]);
          g_assert_true (g_bytes_equal (made, wanted));
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/builds/builds-and-threads-make-the-same-clips",
                   test_builds_and_threads_make_the_same_clips);
  return g_test_run ();
}
