/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-cutout.h"

#include <math.h>
#include <string.h>

#include "render/inb-farm.h"
#include "render/inb-guided.h"
#include "render/inb-inpaint.h"
#include "render/inb-resample.h"

/* Where the back cannot be seen as it is: opacity, and what is added around it as a share of the
 * width, for the light that the product throws on its surroundings. */
#define HIDDEN (INB_ALPHA_ONE / 25)
#define SPREAD 320
/* Below this opacity a pixel says nothing about the product's colour. */
#define FAINT (INB_ALPHA_ONE / 20)
/* Samples beyond its edge that the product's colour is continued: taps of filters reach as far. */
#define CONTINUED 24

/* Rows that one thread does at a time. */
#define ROWS_A_TASK 32

/* Limits of Y' and of Cb, Cr: ITU-R BT.709-6, 4.6. */
static const float highest[3] = { 235.0F, 240.0F, 240.0F };
/* Of the white that transparent photos stand on. */
static const gint16 white[3] = { 235 * INB_PLANE_ONE, 128 * INB_PLANE_ONE, 128 * INB_PLANE_ONE };

typedef struct
{
  InbLayerPlanes *product;
  InbLayerPlanes *back;
  guint8 *holes;
} Cutting;

static InbPlane *
copy_plane (const InbPlane *plane)
{
  InbPlane *copy = inb_plane_new (plane->width, plane->height);

  memcpy (copy->memory, plane->memory,
          (gsize) plane->stride * (gsize) (plane->height + 2 * INB_PLANE_PAD_Y) * sizeof (gint16));
  return copy;
}

static InbPlane *
enlarge (const InbPlane *plane, int width, int height)
{
  double scale_x = (double) plane->width / width, scale_y = (double) plane->height / height;
  const double map[9] = { scale_x, 0.0, 0.5 * scale_x - 0.5, 0.0, scale_y, 0.5 * scale_y - 0.5, 0.0,
                          0.0,     1.0 };
  g_autoptr (InbSampler) sampler = inb_sampler_new (plane, map, (guint) width, (guint) height);
  InbPlane *self = inb_plane_new (width, height);
  gint16 tile[INB_TILE_ROWS * INB_TILE_COLUMNS] INB_ALIGNED;

  for (guint y = 0; y < (guint) height; y += INB_TILE_ROWS)
    for (guint x = 0; x < (guint) width; x += INB_TILE_COLUMNS)
      {
        guint n = MIN (INB_TILE_COLUMNS, (guint) width - x);

        inb_sampler_draw_tile (sampler, x, y, n, tile);
        for (guint i = 0; i < MIN (INB_TILE_ROWS, (guint) height - y); i++)
          memcpy (self->data + (gssize) (y + i) * self->stride + x, tile + i * INB_TILE_COLUMNS,
                  n * sizeof (gint16));
      }
  return self;
}

/* Opacity of any size at the size that is worked at, within its bounds again. */
static InbPlane *
fit_alpha (const InbPlane *alpha, int width, int height, guint n_threads)
{
  InbPlane *self;

  if (alpha->width == width && alpha->height == height)
    return copy_plane (alpha);
  if (alpha->width >= width && alpha->height >= height)
    self = inb_resample_shrink (alpha, width, height, n_threads);
  else
    self = enlarge (alpha, width, height);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        gint16 *value = &self->data[y * self->stride + x];

        if (*value < 2 * INB_ALPHA_SLACK)
          *value = 0;
        else if (*value > INB_ALPHA_ONE - 2 * INB_ALPHA_SLACK)
          *value = INB_ALPHA_ONE;
      }
  inb_plane_pad (self);
  return self;
}

/* Marks along lines of @n bytes, @step apart, what lies within @radius of a mark. */
static void
spread_line (guint8 *line, int n, gssize step, int radius, guint8 *spare)
{
  int last = -radius - 1;

  for (int i = 0; i < n; i++)
    {
      last = line[i * step] != 0 ? i : last;
      spare[i] = i - last <= radius;
    }
  last = n + radius;
  for (int i = n - 1; i >= 0; i--)
    {
      last = line[i * step] != 0 ? i : last;
      spare[i] |= last - i <= radius;
    }
  for (int i = 0; i < n; i++)
    line[i * step] = spare[i];
}

/* Where opacity is more than @above, and what lies within @radius of it. */
static guint8 *
find_around (const InbPlane *alpha, gint16 above, int radius)
{
  int width = alpha->width, height = alpha->height;
  guint8 *hidden = g_new (guint8, (gsize) width * (gsize) height);
  g_autofree guint8 *spare = g_new (guint8, (gsize) MAX (width, height));

  g_assert (width > 0 && height > 0);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      hidden[y * width + x] = alpha->data[y * alpha->stride + x] > above;
  for (int y = 0; y < height; y++)
    spread_line (hidden + (gsize) y * (gsize) width, width, 1, radius, spare);
  for (int x = 0; x < width; x++)
    spread_line (hidden + x, height, width, radius, spare);
  return hidden;
}

/* A soft edge shows product and back: what is left when the back is taken out of it. From the
 * photo's own place product and back together are the photo again. */
static gint16
take_back_out (gint16 seen, gint16 back, gint16 alpha, guint channel)
{
  float share = (float) (alpha - INB_ALPHA_SLACK) / 16384.0F;
  float colour = (float) back + (float) (seen - back) / MIN (share, 1.0F);

  return (gint16) CLAMP (colour + 0.5F, 16.0F * INB_PLANE_ONE, highest[channel] * INB_PLANE_ONE);
}

static void
clean_rows_cb (guint task, gpointer user_data)
{
  const Cutting *self = user_data;
  const InbPlane *alpha = self->product->alpha;
  int first = (int) task * ROWS_A_TASK;

  for (int y = first; y < MIN (first + ROWS_A_TASK, alpha->height); y++)
    for (int x = 0; x < alpha->width; x++)
      {
        gint16 opacity = alpha->data[y * alpha->stride + x];

        if (opacity > FAINT)
          self->holes[y * alpha->width + x] = INB_INPAINT_KNOWN;
        else if (self->holes[y * alpha->width + x] == 0)
          self->holes[y * alpha->width + x] = INB_INPAINT_IGNORED;
        for (guint i = 0; i < 3 && opacity > FAINT && opacity < INB_ALPHA_ONE; i++)
          {
            gint16 *product = &self->product->colour[i]->data[y * alpha->stride + x];
            gint16 back = self->back->colour[i]->data[y * alpha->stride + x];

            *product = take_back_out (*product, back, opacity, i);
          }
      }
}

static void
whiten (InbPlane *plane, gint16 value)
{
  for (int y = 0; y < plane->height; y++)
    for (int x = 0; x < plane->width; x++)
      plane->data[y * plane->stride + x] = value;
  inb_plane_pad (plane);
}

/**
 * inb_cutout_make:
 * @photo: (transfer none): a photo
 * @matte: (transfer none): where in it the product is
 * @tightest: px of @photo for one px of the frame where the clip is nearest
 * @n_threads: threads to use, ≥ 1; the planes are the same for any number
 * @product: (out): the product, its colour continued beyond its edge so that none of the back's is
 * left in it
 * @back: (out): the photo without it: filled in from around it, or white where the photo was
 * transparent
 *
 * Takes a photo apart. All planes have the size at which the nearest framing shows one sample in
 * one px, at most the photo's.
 */
void
inb_cutout_make (const InbPixels *photo, const InbMatte *matte, double tightest, guint n_threads,
                 InbLayerPlanes *product, InbLayerPlanes *back)
{
  double ratio = MAX (tightest, 1.0);
  int width = MAX (1, (int) floor (photo->width / ratio + 0.5));
  int height = MAX (1, (int) floor (photo->height / ratio + 0.5));
  g_autofree guint8 *hidden = NULL;
  Cutting cutting = { product, back, NULL };

  inb_planes_from_pixels (photo, n_threads, product->colour);
  for (guint i = 0; i < 3 && (width < (int) photo->width || height < (int) photo->height); i++)
    {
      InbPlane *large = product->colour[i];

      product->colour[i] = inb_resample_shrink (large, width, height, n_threads);
      inb_plane_free (large);
    }
  if (matte->origin == INB_MATTE_AUTOMATIC && width > matte->alpha->width &&
      height > matte->alpha->height)
    product->alpha = inb_guided_enlarge (matte->alpha, product->colour[0], n_threads);
  else
    product->alpha = fit_alpha (matte->alpha, width, height, n_threads);
  back->alpha = NULL;
  for (guint i = 0; i < 3; i++)
    back->colour[i] = copy_plane (product->colour[i]);
  if (matte->origin == INB_MATTE_ALPHA)
    for (guint i = 0; i < 3; i++)
      whiten (back->colour[i], white[i]);
  else
    {
      hidden = find_around (product->alpha, HIDDEN, MAX (1, width / SPREAD));
      inb_inpaint_fill (back->colour, 3, hidden, n_threads);
    }

  cutting.holes = find_around (product->alpha, FAINT, CONTINUED);
  inb_farm_each (n_threads, ((guint) height + ROWS_A_TASK - 1) / ROWS_A_TASK, clean_rows_cb,
                 &cutting);
  inb_inpaint_fill (product->colour, 3, cutting.holes, n_threads);
  g_free (cutting.holes);
}
