/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-realign.h"

static float
get_cell (const InbPlane *cells, double x, double y)
{
  double limited_x = CLAMP (x, 0.0, cells->width - 1),
         limited_y = CLAMP (y, 0.0, cells->height - 1);
  int left = (int) limited_x, top = (int) limited_y;
  float fx = (float) (limited_x - left), fy = (float) (limited_y - top);
  const gint16 *at = cells->data + top * cells->stride + left; /* padded: the next one is there */

  return ((float) at[0] * (1.0F - fx) + (float) at[1] * fx) * (1.0F - fy) +
         ((float) at[cells->stride] * (1.0F - fx) + (float) at[cells->stride + 1] * fx) * fy;
}

static float
get_opacity (float sample)
{
  return CLAMP ((sample - INB_ALPHA_SLACK) / (INB_ALPHA_ONE - 2 * INB_ALPHA_SLACK), 0.0F, 1.0F);
}

/**
 * inb_realign_get_mean:
 * @cells: brightness
 * @alpha: opacity of the product, of the same size
 *
 * Returns: the product's mean brightness, as a sample
 */
float
inb_realign_get_mean (const InbPlane *cells, const InbPlane *alpha)
{
  double sum = 0.0, weights = 1.0;

  for (int y = 0; y < cells->height; y++)
    for (int x = 0; x < cells->width; x++)
      {
        double weight = MAX (alpha->data[y * alpha->stride + x] - INB_ALPHA_SLACK, 0);

        sum += weight * cells->data[y * cells->stride + x];
        weights += weight;
      }
  return (float) (sum / weights);
}

/**
 * inb_realign_make_still:
 * @cells: brightness
 * @alpha: opacity of the product, of the same size
 * @move: (nullable): from where the product is wanted to where it is
 * @ground: what is around it, as a sample
 *
 * Returns: (transfer full): the product alone, moved back
 */
InbPlane *
inb_realign_make_still (const InbPlane *cells, const InbPlane *alpha, const InbSimilarity *move,
                        float ground)
{
  const InbSimilarity stay = { 1.0, 0.0, 0.0, 0.0 };
  InbPlane *still = inb_plane_new (cells->width, cells->height);

  for (int y = 0; y < still->height; y++)
    for (int x = 0; x < still->width; x++)
      {
        double from_x, from_y;
        float opacity;

        inb_similarity_apply (move != NULL ? move : &stay, x, y, &from_x, &from_y);
        opacity = get_opacity (get_cell (alpha, from_x, from_y));
        still->data[y * still->stride + x] =
            (gint16) (ground + (get_cell (cells, from_x, from_y) - ground) * opacity + 0.5F);
      }
  inb_plane_pad (still);
  return still;
}

/**
 * inb_realign_make_flow:
 * @move: from the first picture to the second
 * @rest: motion between the first and the second moved back, of this direction
 * @rest_map: its consistency, a cell each
 * @back: whether the direction is from the second to the first
 * @map: (out) (transfer full): consistency of what is returned, a cell each
 *
 * Returns: (transfer full): the whole motion: the move, and what is left
 */
InbFlow *
inb_realign_make_flow (const InbSimilarity *move, const InbFlow *rest, const float *rest_map,
                       gboolean back, float **map)
{
  InbFlow *flow = inb_flow_new (rest->width, rest->height);
  InbSimilarity inverse = inb_similarity_invert (move);

  *map = g_new (float, (gsize) flow->width *(gsize) flow->height);
  for (int y = 0; y < flow->height; y++)
    for (int x = 0; x < flow->width; x++)
      {
        gssize at = (gssize) y * flow->width + x;
        double to_x = x, to_y = y;
        float rest_x, rest_y;
        gssize from;

        if (back)
          inb_similarity_apply (&inverse, x, y, &to_x, &to_y);
        from = (gssize) CLAMP ((int) (to_y + 0.5), 0, flow->height - 1) * flow->width +
               CLAMP ((int) (to_x + 0.5), 0, flow->width - 1);
        inb_flow_sample (rest, (float) to_x, (float) to_y, &rest_x, &rest_y);
        to_x += rest_x;
        to_y += rest_y;
        if (!back)
          inb_similarity_apply (move, to_x, to_y, &to_x, &to_y);
        flow->x[at] = (float) (to_x - x);
        flow->y[at] = (float) (to_y - y);
        (*map)[at] = rest_map[from];
      }
  return flow;
}
