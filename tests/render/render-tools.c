/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render-tools.h"

#include <math.h>

static InbPixels *
take (guint width, guint height, guint8 *bytes)
{
  g_autoptr (GBytes) owned = g_bytes_new_take (bytes, (gsize) width * height * 3);

  return inb_pixels_new (width, height, (gsize) width * 3, INB_PIXELS_RGB8, owned);
}

InbPixels *
render_make_picture (guint width, guint height, guint variant)
{
  guint8 *bytes = g_malloc ((gsize) width * height * 3);

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        guint8 *pixel = bytes + ((gsize) y * width + x) * 3;
        /* fine detail in grey only: colours are halved on the way to 4:2:0 */
        double grain = ((x * 7 + y * 13 + variant * 5) % 11) * 6.0 + ((x / 8 + y / 8) % 2) * 30.0;

        pixel[0] = (guint8) (70.0 + grain + 50.0 * sin (x * 0.03 + variant));
        pixel[1] = (guint8) (70.0 + grain + 50.0 * sin (y * 0.04));
        pixel[2] = (guint8) (70.0 + grain + 50.0 * cos ((x + y) * 0.02 - variant));
      }
  return take (width, height, bytes);
}

InbPixels *
render_make_dots (guint width, guint height, const double *places, guint n, double sigma)
{
  guint8 *bytes = g_malloc ((gsize) width * height * 3);

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        double value = 60.0;

        for (guint i = 0; i < n; i++)
          {
            double dx = x - places[2 * i], dy = y - places[2 * i + 1];

            value += 170.0 * exp (-(dx * dx + dy * dy) / (2.0 * sigma * sigma));
          }
        for (guint i = 0; i < 3; i++)
          bytes[((gsize) y * width + x) * 3 + i] = (guint8) floor (MIN (value, 255.0) + 0.5);
      }
  return take (width, height, bytes);
}

static void
get_rgb (const InbPixels *pixels, guint x, guint y, double rgb[3])
{
  const guint8 *bytes = g_bytes_get_data (pixels->bytes, NULL);

  for (guint i = 0; i < 3; i++)
    rgb[i] = bytes[y * pixels->stride + x * 3 + i] / 255.0;
}

double
render_get_luma (const InbPixels *pixels, guint x, guint y)
{
  double rgb[3];

  get_rgb (pixels, x, y, rgb);
  return 16.0 + 219.0 * (0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]);
}

void
render_get_chroma (const InbPixels *pixels, guint x, guint y, double *cb, double *cr)
{
  double rgb[3], luma = (render_get_luma (pixels, x, y) - 16.0) / 219.0;

  get_rgb (pixels, x, y, rgb);
  *cb = 128.0 + 224.0 * (rgb[2] - luma) / 1.8556;
  *cr = 128.0 + 224.0 * (rgb[0] - luma) / 1.5748;
}

void
render_get_sited_chroma (const InbPixels *pixels, guint x, guint y, double *cb, double *cr)
{
  *cb = *cr = 0.0;
  for (guint dy = 0; dy < 2; dy++)
    for (int dx = -1; dx <= 1; dx++)
      {
        int column = CLAMP ((int) (2 * x) + dx, 0, (int) pixels->width - 1);
        double one_cb, one_cr;

        render_get_chroma (pixels, (guint) column, 2 * y + dy, &one_cb, &one_cr);
        *cb += one_cb * (dx == 0 ? 0.25 : 0.125);
        *cr += one_cr * (dx == 0 ? 0.25 : 0.125);
      }
}

double
render_get_psnr (const InbPixels *pixels, const guint8 *i420)
{
  guint width = pixels->width, height = pixels->height;
  const guint8 *u = i420 + width * height, *v = u + width * height / 4;
  double squares = 0.0;

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      squares += pow (i420[y * width + x] - render_get_luma (pixels, x, y), 2.0);
  for (guint y = 0; y < height / 2; y++)
    for (guint x = 0; x < width / 2; x++)
      {
        double cb, cr;

        render_get_sited_chroma (pixels, x, y, &cb, &cr);
        squares += pow (u[y * width / 2 + x] - cb, 2.0) + pow (v[y * width / 2 + x] - cr, 2.0);
      }
  return 10.0 * log10 (255.0 * 255.0 / (squares / (width * height * 1.5)));
}

InbEngine *
render_make_engine (const char *prompt, const InbPixels *start, const InbPixels *last, guint width,
                    guint height, guint n_frames, guint n_threads)
{
  g_autoptr (GError) error = NULL;
  const InbPixels *photos[] = { start, last };
  InbEngineRequest request = {
    .prompt = prompt,
    .n_photos = last != NULL ? 2 : 1,
    .width = width,
    .height = height,
    .fps = 30,
    .n_frames = n_frames,
    .n_threads = n_threads,
  };
  InbEngine *engine;

  for (guint i = 0; i < request.n_photos; i++)
    {
      request.photo_width[i] = photos[i]->width;
      request.photo_height[i] = photos[i]->height;
    }
  engine = inb_engine_new (&request, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < request.n_photos; i++)
    inb_engine_set_photo (engine, i, photos[i]);
  g_assert_true (inb_engine_prepare (engine, NULL, NULL));
  return engine;
}

GBytes *
render_draw (InbEngine *engine, guint frame)
{
  gsize length = inb_engine_get_frame_bytes (engine);
  guint8 *i420 = g_malloc (length);

  inb_engine_draw (engine, frame, i420);
  return g_bytes_new_take (i420, length);
}

void
render_assert_is_photo (InbEngine *engine, guint frame, const InbPixels *photo)
{
  g_autoptr (GBytes) drawn = render_draw (engine, frame);

  g_assert_cmpfloat (render_get_psnr (photo, g_bytes_get_data (drawn, NULL)), >=, 45.0);
}

void
render_assert_begins_and_ends (InbEngine *engine, const InbPixels *start, const InbPixels *last,
                               guint last_frame)
{
  render_assert_is_photo (engine, 0, start);
  render_assert_is_photo (engine, last_frame, last);
}

void
render_assert_same (InbEngine *one, InbEngine *other, guint n, guint step)
{
  for (guint frame = 0; frame < n; frame += step)
    {
      g_autoptr (GBytes) a = render_draw (one, frame);
      g_autoptr (GBytes) b = render_draw (other, frame);

      g_assert_true (g_bytes_equal (a, b));
    }
}
