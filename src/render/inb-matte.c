/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-matte.h"

#include <glib/gi18n.h>
#include <math.h>

#include "render/inb-bounds.h"

/* Shares of a photo that can be a product before its back. Less are specks, more leaves no back;
 * chosen so that a product which fills its frame to the corners still counts. */
#define LEAST_AREA 0.005
#define LARGEST_AREA 0.98

/* Where a given matte, or a photo's alpha, counts as product. */
#define HALF (INB_ALPHA_ONE / 2)

/**
 * inb_matte_new:
 * @origin: where it will come from
 *
 * Returns: (transfer full): a matte that is not accepted, without alpha
 */
InbMatte *
inb_matte_new (InbMatteOrigin origin)
{
  InbMatte *self = g_new0 (InbMatte, 1);

  self->origin = origin;
  self->inliers = -1.0;
  return self;
}

/**
 * inb_matte_free:
 * @self: (transfer full): a matte
 */
void
inb_matte_free (InbMatte *self)
{
  g_clear_pointer (&self->alpha, inb_plane_free);
  g_free (self);
}

/* 0…1 as opacity; the two ends exactly. */
static gint16
to_alpha (double share)
{
  if (share <= 0.0)
    return 0;
  if (share >= 1.0)
    return INB_ALPHA_ONE;
  return (gint16) (INB_ALPHA_SLACK + floor (share * 16384.0 + 0.5));
}

/* 0…1 of a channel. */
static double
get_sample (const InbPixels *pixels, guint x, guint y, guint channel)
{
  const guint8 *row = (const guint8 *) g_bytes_get_data (pixels->bytes, NULL) + y * pixels->stride;
  guint at = x * inb_pixel_format_get_n_channels (pixels->format) + channel;

  if (pixels->format == INB_PIXELS_RGB16 || pixels->format == INB_PIXELS_RGBA16)
    return ((const guint16 *) (const void *) row)[at] / 65535.0;
  return row[at] / 255.0;
}

static gboolean
has_alpha (const InbPixels *pixels)
{
  return inb_pixel_format_get_n_channels (pixels->format) == 4;
}

/* A grey picture: its brightness (ITU-R BT.709-6, 3.2), nothing where it is transparent. */
static double
get_grey (const InbPixels *pixels, guint x, guint y)
{
  double grey = 0.2126 * get_sample (pixels, x, y, 0) + 0.7152 * get_sample (pixels, x, y, 1) +
                0.0722 * get_sample (pixels, x, y, 2);

  /* white is opaque in spite of rounding */
  grey = floor (grey * 65535.0 + 0.5) / 65535.0;
  return has_alpha (pixels) ? grey * get_sample (pixels, x, y, 3) : grey;
}

/* Fills alpha and the two areas: of what is more product than back, and the mean opacity. */
static void
read_picture (InbMatte *self, const InbPixels *pixels, gboolean grey)
{
  double sum = 0.0;

  self->alpha = inb_plane_new ((int) pixels->width, (int) pixels->height);
  for (guint y = 0; y < pixels->height; y++)
    for (guint x = 0; x < pixels->width; x++)
      {
        double share = grey ? get_grey (pixels, x, y) : get_sample (pixels, x, y, 3);

        self->alpha->data[(gssize) y * self->alpha->stride + x] = to_alpha (share);
        sum += share;
      }
  inb_plane_pad (self->alpha);
  self->area = sum / ((double) pixels->width * pixels->height);
}

static void
judge_area (InbMatte *self, const char *too_little, const char *too_much)
{
  self->accepted = self->area >= LEAST_AREA && self->area <= LARGEST_AREA;
  self->confidence = self->accepted ? 1.0 : 0.0;
  if (self->area < LEAST_AREA)
    self->reason = too_little;
  else if (self->area > LARGEST_AREA)
    self->reason = too_much;
}

/**
 * inb_matte_new_from_alpha:
 * @photo: (transfer none): a photo
 *
 * Takes a photo's own transparency for the matte.
 *
 * Returns: (transfer full) (nullable): the matte, not accepted if next to nothing is opaque; %NULL
 * if the photo has no alpha, or (nearly) all of it is opaque, which says nothing
 */
InbMatte *
inb_matte_new_from_alpha (const InbPixels *photo)
{
  g_autoptr (InbMatte) self = NULL;

  if (!has_alpha (photo))
    return NULL;
  self = inb_matte_new (INB_MATTE_ALPHA);
  read_picture (self, photo, FALSE);
  judge_area (self, _ ("Next to nothing of the photo is opaque."), NULL);
  if (self->area > LARGEST_AREA)
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * inb_matte_new_from_picture:
 * @picture: (transfer none): white where the product is, black where its back, grey between
 *
 * Takes a matte that a person made.
 *
 * Returns: (transfer full): the matte, not accepted if it marks (next to) nothing or everything
 */
InbMatte *
inb_matte_new_from_picture (const InbPixels *picture)
{
  InbMatte *self = inb_matte_new (INB_MATTE_FILE);

  read_picture (self, picture, TRUE);
  judge_area (self, _ ("The matte marks next to nothing: the product has to be white in it."),
              _ ("The matte marks everything: what is behind the product has to be black in it."));
  return self;
}

/**
 * inb_matte_find_box:
 * @self: a matte with alpha
 * @box: (out): left, top, right and bottom of what is more product than back, 0…1 of the photo
 *
 * Returns: whether there is such a part
 */
gboolean
inb_matte_find_box (const InbMatte *self, double box[4])
{
  const InbPlane *alpha = self->alpha;
  InbBounds bounds = INB_BOUNDS_NONE;

  for (int y = 0; y < alpha->height; y++)
    for (int x = 0; x < alpha->width; x++)
      if (alpha->data[y * alpha->stride + x] >= HALF)
        inb_bounds_add (&bounds, x, y);
  if (inb_bounds_is_empty (&bounds))
    return FALSE;
  box[0] = (double) bounds.left / alpha->width;
  box[1] = (double) bounds.top / alpha->height;
  box[2] = (bounds.right + 1.0) / alpha->width;
  box[3] = (bounds.bottom + 1.0) / alpha->height;
  return TRUE;
}
