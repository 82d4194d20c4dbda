/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "core/inb-error.h"
#include "core/inb-framing.h"
#include "render-tools.h"
#include "render/inb-camera.h"
#include "render/inb-layer.h"
#include "render/inb-matrix.h"
#include "render/inb-outlet.h"

#define WIDTH 640
#define HEIGHT 360

/* How much of a px is product: a disc with an edge four px soft. */
static double
get_share (guint x, guint y)
{
  return CLAMP ((100.0 - hypot (x - 330.0, y - 190.0)) / 4.0 + 0.5, 0.0, 1.0);
}

static InbPixels *
take (guint width, guint height, InbPixelFormat format, guint8 *bytes)
{
  gsize stride = (gsize) width * inb_pixel_format_get_n_bytes (format);
  g_autoptr (GBytes) owned = g_bytes_new_take (bytes, stride * height);

  return inb_pixels_new (width, height, stride, format, owned);
}

/* A disc of one grey on a back of another, with one dot on each. */
static InbPixels *
make_photo (void)
{
  guint8 *bytes = g_malloc (WIDTH * HEIGHT * 3);

  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++)
      {
        double product = 60.0 + 150.0 * exp (-(pow (x - 330.0, 2) + pow (y - 190.0, 2)) / 50.0);
        double back = 160.0 + 80.0 * exp (-(pow (x - 520.0, 2) + pow (y - 190.0, 2)) / 50.0);
        double share = get_share (x, y);

        for (guint i = 0; i < 3; i++)
          bytes[(y * WIDTH + x) * 3 + i] =
              (guint8) floor (share * product + (1.0 - share) * back + 0.5);
      }
  return take (WIDTH, HEIGHT, INB_PIXELS_RGB8, bytes);
}

static InbPixels *
make_matte (guint width, guint height)
{
  guint8 *bytes = g_malloc (width * height * 3);

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      for (guint i = 0; i < 3; i++)
        bytes[(y * width + x) * 3 + i] =
            (guint8) floor (255.0 * get_share (x * WIDTH / width, y * HEIGHT / height) + 0.5);
  return take (width, height, INB_PIXELS_RGB8, bytes);
}

static InbPixels *
make_cut_out (void)
{
  guint8 *bytes = g_malloc (WIDTH * HEIGHT * 4);

  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++)
      {
        guint8 *pixel = bytes + (y * WIDTH + x) * 4;

        pixel[0] = (guint8) (90 + x / 8 % 2 * 30);
        pixel[1] = (guint8) (60 + y / 8 % 2 * 30);
        pixel[2] = 40;
        pixel[3] = (guint8) floor (255.0 * get_share (x, y) + 0.5);
      }
  return take (WIDTH, HEIGHT, INB_PIXELS_RGBA8, bytes);
}

static InbEngine *
make_engine (const char *prompt, const InbPixels *photo, const InbPixels *matte, guint n_frames,
             guint n_threads)
{
  g_autoptr (GError) error = NULL;
  InbEngineRequest request = {
    .prompt = prompt,
    .n_photos = 1,
    .photo_width = { photo->width, 0 },
    .photo_height = { photo->height, 0 },
    .width = WIDTH,
    .height = HEIGHT,
    .fps = 30,
    .n_frames = n_frames,
    .n_threads = n_threads,
  };
  InbEngine *engine = inb_engine_new (&request, &error);

  g_assert_no_error (error);
  if (matte != NULL)
    {
      g_assert_true (inb_framing_check_shape (matte->width, matte->height, photo->width,
                                              photo->height, &error));
      inb_engine_set_matte (engine, matte);
    }
  inb_engine_set_photo (engine, 0, photo);
  return engine;
}

static void
find_dot (const guint8 *luma, double x, double y, double ground, double *found)
{
  double sum = 0.0;

  found[0] = found[1] = 0.0;
  for (int row = (int) y - 16; row <= (int) y + 16; row++)
    for (int column = (int) x - 16; column <= (int) x + 16; column++)
      {
        double value = MAX (0.0, luma[row * WIDTH + column] - ground);

        sum += value;
        found[0] += value * column;
        found[1] += value * row;
      }
  found[0] /= sum;
  found[1] /= sum;
}

static void
test_the_product_moves_before_its_back (void)
{
  const char *const prompts[] = { "pan left", "orbit", "push in" };
  g_autoptr (InbPixels) photo = make_photo ();
  g_autoptr (InbPixels) matte = make_matte (WIDTH, HEIGHT);

  for (guint i = 0; i < G_N_ELEMENTS (prompts); i++)
    {
      g_autoptr (InbEngine) engine = make_engine (prompts[i], photo, matte, 11, 1);
      g_autoptr (GBytes) first = render_draw (engine, 0);
      g_autoptr (GBytes) last = render_draw (engine, 10);
      double product[2][2], flat[2][2], back[2][2], parted = 0.0;

      g_assert_cmpuint (inb_engine_get_n_layers (engine), ==, 2);
      for (guint k = 0; k < 2; k++)
        {
          const guint8 *luma = g_bytes_get_data (k == 0 ? first : last, NULL);
          double matrix[9], x, y;

          inb_engine_get_matrix (engine, k * 10, matrix);
          inb_matrix_apply (matrix, 330.0, 190.0, &x, &y);
          find_dot (luma, x, y, 75.0, product[k]);
          g_assert_cmpfloat_with_epsilon (product[k][0], x, 0.1);
          g_assert_cmpfloat_with_epsilon (product[k][1], y, 0.1);
          inb_matrix_apply (matrix, 520.0, 190.0, &flat[k][0], &flat[k][1]);
          find_dot (luma, flat[k][0], flat[k][1], 158.0, back[k]);
          parted = MAX (parted, hypot (back[k][0] - flat[k][0], back[k][1] - flat[k][1]));
        }
      g_test_message ("%s: %.1f px", prompts[i], parted);
      g_assert_cmpfloat (parted, >, 3.0);
    }
}

static void
test_from_the_photos_place_it_is_the_photo (void)
{
  g_autoptr (InbPixels) photo = make_photo ();
  g_autoptr (InbPixels) matte = make_matte (WIDTH, HEIGHT);
  g_autoptr (InbEngine) engine = make_engine ("push in", photo, matte, 5, 1);
  g_autoptr (GBytes) drawn = render_draw (engine, 0);

  g_assert_cmpuint (inb_engine_get_n_layers (engine), ==, 2);
  g_assert_cmpfloat (render_get_psnr (photo, g_bytes_get_data (drawn, NULL)), >=, 45.0);
}

/* Between two greys there is nothing else: no rim around the product, before or behind it. */
static void
test_no_halo_shows (void)
{
  g_autoptr (InbPixels) matte = make_matte (WIDTH, HEIGHT);
  guint8 *bytes = g_malloc (WIDTH * HEIGHT * 3);
  g_autoptr (InbPixels) photo = take (WIDTH, HEIGHT, INB_PIXELS_RGB8, bytes);
  g_autoptr (InbEngine) engine = NULL;

  for (guint i = 0; i < WIDTH * HEIGHT * 3; i++)
    {
      double share = get_share (i / 3 % WIDTH, i / 3 / WIDTH);

      bytes[i] = (guint8) floor (share * 60.0 + (1.0 - share) * 200.0 + 0.5);
    }
  engine = make_engine ("dramatic orbit", photo, matte, 7, 1);
  for (guint frame = 0; frame < 7; frame++)
    {
      g_autoptr (GBytes) drawn = render_draw (engine, frame);
      const guint8 *luma = g_bytes_get_data (drawn, NULL);
      guint soft = 0;

      for (guint i = 0; i < WIDTH * HEIGHT; i++)
        {
          /* 16 + 219 · 60/255 and 16 + 219 · 200/255 */
          g_assert_cmpint (luma[i], >=, 66);
          g_assert_cmpint (luma[i], <=, 190);
          soft += luma[i] > 70 && luma[i] < 185;
        }
      /* the edge: 2π · 100 px long, four px and a little wide, enlarged */
      g_assert_cmpuint (soft, <, 5000);
    }
}

static void
test_transparent_photos_stand_on_white (void)
{
  g_autoptr (InbPixels) photo = make_cut_out ();
  g_autoptr (InbEngine) engine = make_engine ("orbit", photo, NULL, 5, 1);

  g_assert_cmpuint (inb_engine_get_n_layers (engine), ==, 2);
  g_assert_cmpint (inb_engine_get_matte (engine)->origin, ==, INB_MATTE_ALPHA);
  for (guint frame = 0; frame < 5; frame++)
    {
      g_autoptr (GBytes) drawn = render_draw (engine, frame);
      const guint8 *luma = g_bytes_get_data (drawn, NULL);

      for (guint corner = 0; corner < 4; corner++)
        g_assert_cmpint (luma[corner / 2 * (HEIGHT - 1) * WIDTH + corner % 2 * (WIDTH - 1)], >=,
                         234);
      g_assert_cmpint (luma[HEIGHT / 2 * WIDTH + WIDTH / 2], <, 140);
    }
}

static void
test_any_number_of_threads_makes_the_same_clip (void)
{
  const char *const prompts[] = { "orbit", "push in", "handheld pan right and pull out" };
  const guint threads[] = { 2, 3, 8 };
  g_autoptr (InbPixels) cut_out = make_cut_out ();
  g_autoptr (InbPixels) photo = make_photo ();

  for (guint i = 0; i < 2 * G_N_ELEMENTS (prompts); i++)
    {
      const InbPixels *one_of = i % 2 == 0 ? photo : cut_out;
      g_autoptr (InbEngine) one = make_engine (prompts[i / 2], one_of, NULL, 9, 1);

      g_assert_cmpuint (inb_engine_get_n_layers (one), ==, 2);
      for (guint k = 0; k < G_N_ELEMENTS (threads); k++)
        {
          g_autoptr (InbEngine) more = make_engine (prompts[i / 2], one_of, NULL, 9, threads[k]);

          render_assert_same (one, more, 9, 4);
        }
    }
}

/* Tiles that are skipped are those that would change nothing. */
static void
test_skipping_changes_nothing (void)
{
  g_autoptr (InbPrompt) prompt = inb_prompt_new ("orbit, push in", NULL);
  InbCameraSetup setup = { WIDTH,
                           HEIGHT,
                           600,
                           340,
                           30,
                           9,
                           INB_EASE_LINEAR,
                           0,
                           INB_CAMERA_FREE,
                           { 1.3, 0.03, 230, 90, 430, 290, FALSE } };
  g_autoptr (InbCamera) camera = inb_camera_new (prompt, &setup);
  g_autoptr (InbPixels) photo = make_photo ();
  g_autoptr (InbPixels) other = render_make_picture (WIDTH, HEIGHT, 3);
  g_autoptr (InbLayer) back = inb_layer_new (camera, other, 1);
  g_autoptr (InbLayer) product = NULL;
  InbLayerPlanes planes = { { NULL, NULL, NULL }, inb_plane_new (WIDTH, HEIGHT) };
  guint8 *bytes[2] = { g_malloc (600 * 340), g_malloc (600 * 340) };

  inb_planes_from_pixels (photo, 1, planes.colour);
  for (guint i = 0; i < WIDTH * HEIGHT; i++)
    planes.alpha->data[(gssize) (i / WIDTH) * planes.alpha->stride + i % WIDTH] =
        (gint16) (get_share (i % WIDTH, i / WIDTH) * INB_ALPHA_ONE);
  inb_plane_pad (planes.alpha);
  product = inb_layer_new_from_planes (camera, &planes, 1);
  for (guint i = 0; i < 27; i++)
    {
      guint divisor = i % 3 == 0 ? 1 : 2;

      for (guint k = 0; k < 2; k++)
        {
          InbSource sources[2];

          inb_layer_sample (back, i / 3, i % 3, &sources[0]);
          inb_layer_sample (product, i / 3, i % 3, &sources[1]);
          if (k == 1)
            sources[1].alpha.cover = sources[1].alpha.soft_cover = NULL;
          inb_compose_plane (sources, 2, 0,
                             &(InbOutlet){ 600 / divisor, 340 / divisor, NULL, NULL, bytes[k] });
          inb_source_clear (&sources[0]);
          inb_source_clear (&sources[1]);
        }
      g_assert_cmpmem (bytes[0], 600 * 340 / (divisor * divisor), bytes[1],
                       600 * 340 / (divisor * divisor));
    }
  g_free (bytes[0]);
  g_free (bytes[1]);
}

static void
test_the_product_stays_on_its_shadow (void)
{
  const char *const prompts[] = { "orbit", "dramatic orbit left", "fast push in", "pan right" };
  const double limits[] = { 0.03, 0.01 };

  for (guint i = 0; i < G_N_ELEMENTS (prompts) * 2; i++)
    {
      g_autoptr (InbPrompt) prompt = inb_prompt_new (prompts[i / 2], NULL);
      double limit = limits[i % 2];
      InbCameraSetup setup = { 1200,
                               800,
                               1280,
                               720,
                               30,
                               40,
                               INB_EASE_SMOOTH,
                               0,
                               INB_CAMERA_FREE,
                               { 1.35, limit, 200, 100, 700, 700, FALSE } };
      g_autoptr (InbCamera) camera = inb_camera_new (prompt, &setup);
      g_autoptr (InbCamera) back = inb_camera_new_for_back (camera);
      double most = 0.0;

      for (guint frame = 0; frame < 40; frame++)
        for (guint corner = 0; corner < 4; corner++)
          {
            double a[9], b[9], x0, y0, x1, y1;

            inb_camera_get_matrix (camera, frame, a);
            inb_camera_get_matrix (back, frame, b);
            inb_matrix_apply (a, corner % 2 == 0 ? 200 : 700, corner < 2 ? 100 : 700, &x0, &y0);
            inb_matrix_apply (b, corner % 2 == 0 ? 200 : 700, corner < 2 ? 100 : 700, &x1, &y1);
            most = MAX (most, hypot (x1 - x0, y1 - y0) / 1280);
            /* the back covers the frame */
            inb_matrix_invert (b, a);
            inb_matrix_apply (a, corner % 2 == 0 ? -0.5 : 1279.5, corner < 2 ? -0.5 : 719.5, &x0,
                              &y0);
            g_assert_cmpfloat (fabs (x0 - 599.5), <=, 600.001);
            g_assert_cmpfloat (fabs (y0 - 399.5), <=, 400.001);
          }
      g_test_message ("%s: %.4f of %.2f, depth %.3f", prompts[i / 2], most, limit,
                      inb_camera_get_depth (back));
      g_assert_cmpfloat (most, <=, limit * 1.001);
      g_assert_cmpfloat (most, >, limit * 0.4);
    }
}

static void
test_mattes_of_any_size_fit_but_not_of_any_shape (void)
{
  const guint sizes[][2] = { { 640, 360 }, { 320, 180 }, { 1280, 720 }, { 213, 120 }, { 64, 36 } };
  const guint wrong[][2] = { { 360, 640 }, { 640, 640 }, { 640, 340 }, { 100, 100 }, { 1, 40 } };
  g_autoptr (InbPixels) photo = make_photo ();

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (InbPixels) matte = make_matte (sizes[i][0], sizes[i][1]);
      g_autoptr (InbEngine) engine = make_engine ("orbit", photo, matte, 3, 1);

      g_assert_cmpuint (inb_engine_get_n_layers (engine), ==, 2);
      g_assert_cmpfloat_with_epsilon (inb_engine_get_matte (engine)->area, 0.1364, 0.01);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      InbEngineRequest request = { "orbit", 1, { WIDTH, 0 }, { HEIGHT, 0 }, 64, 36, 30, 3 };
      g_autoptr (GError) error = NULL;

      g_assert_false (inb_framing_check_shape (wrong[i][0], wrong[i][1], request.photo_width[0],
                                               request.photo_height[0], &error));
      g_assert_error (error, INB_ERROR, INB_ERROR_BAD_INPUT);
    }
}

static void
test_moves_without_gain_stay_flat (void)
{
  const char *const prompts[] = { "static", "roll left", "handheld" };
  g_autoptr (InbPixels) photo = make_photo ();

  for (guint i = 0; i < G_N_ELEMENTS (prompts); i++)
    {
      g_autoptr (InbEngine) engine = make_engine (prompts[i], photo, NULL, 3, 1);

      g_assert_cmpuint (inb_engine_get_n_layers (engine), ==, 1);
      g_assert_false (inb_engine_needs_photo (engine));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/depth/the-product-moves-before-its-back",
                   test_the_product_moves_before_its_back);
  g_test_add_func ("/depth/from-the-photos-place-it-is-the-photo",
                   test_from_the_photos_place_it_is_the_photo);
  g_test_add_func ("/depth/no-halo-shows", test_no_halo_shows);
  g_test_add_func ("/depth/transparent-photos-stand-on-white",
                   test_transparent_photos_stand_on_white);
  g_test_add_func ("/depth/any-number-of-threads-makes-the-same-clip",
                   test_any_number_of_threads_makes_the_same_clip);
  g_test_add_func ("/depth/skipping-changes-nothing", test_skipping_changes_nothing);
  g_test_add_func ("/depth/the-product-stays-on-its-shadow", test_the_product_stays_on_its_shadow);
  g_test_add_func ("/depth/mattes-of-any-size-fit-but-not-of-any-shape",
                   test_mattes_of_any_size_fit_but_not_of_any_shape);
  g_test_add_func ("/depth/moves-without-gain-stay-flat", test_moves_without_gain_stay_flat);
  return g_test_run ();
}
