/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/inb-lanes.h"

/* The inner loop of the motion search: one patch of 8 × 8 samples against a picture. Internal to
 * inb-flow.c. */

#define PATCH 8
#define PATCH_VECTORS (PATCH * PATCH / 4)
/* Samples repeated around a picture: a patch may begin up to its own size outside. */
#define PATCH_PAD 12

/**
 * PatchPicture:
 * @width: samples
 * @height: rows
 * @stride: samples from one row to the next
 * @data: sample (0, 0), in 8-bit code values; edges repeated around it
 * @memory: what is allocated
 *
 * One level of the pyramid that motion is searched in.
 */
typedef struct
{
  int width;
  int height;
  gssize stride;
  float *data;
  float *memory;
} PatchPicture;

/**
 * Patch:
 * @value: the samples, row by row
 * @gx: their slope to the right
 * @gy: their slope downwards
 * @sum_gx: of @gx
 * @sum_gy: of @gy
 * @inverse: of the matrix of squared slopes without their means: xx, xy, yy
 *
 * What is searched for.
 */
typedef struct
{
  v4f value[PATCH_VECTORS];
  v4f gx[PATCH_VECTORS];
  v4f gy[PATCH_VECTORS];
  float sum_gx;
  float sum_gy;
  float inverse[3];
} Patch;

/**
 * PatchMatch:
 * @error: sum of squared differences, without their mean
 * @mean: mean difference
 * @step_x: how far the patch should go back, samples
 * @step_y: the same, downwards
 *
 * How well a patch lies at a place.
 */
typedef struct
{
  float error;
  float mean;
  float step_x;
  float step_y;
} PatchMatch;

static inline void
patch_read (Patch *self, const PatchPicture *from, int x, int y)
{
  v4f sum_x = { 0 }, sum_y = { 0 }, xx = { 0 }, xy = { 0 }, yy = { 0 };
  const float n = PATCH * PATCH;
  float a, b, c, determinant;

  for (int i = 0; i < PATCH_VECTORS; i++)
    {
      const float *at = from->data + (y + i / 2) * from->stride + x + i % 2 * 4;
      v4f gx = (v4f_load (at + 1) - v4f_load (at - 1)) * 0.5F;
      v4f gy = (v4f_load (at + from->stride) - v4f_load (at - from->stride)) * 0.5F;

      self->value[i] = v4f_load (at);
      self->gx[i] = gx;
      self->gy[i] = gy;
      sum_x += gx;
      sum_y += gy;
      xx += gx * gx;
      xy += gx * gy;
      yy += gy * gy;
    }
  self->sum_gx = v4f_sum (sum_x);
  self->sum_gy = v4f_sum (sum_y);
  /* the last term keeps what has no structure in place */
  a = v4f_sum (xx) - self->sum_gx * self->sum_gx / n + 1.0F;
  b = v4f_sum (xy) - self->sum_gx * self->sum_gy / n;
  c = v4f_sum (yy) - self->sum_gy * self->sum_gy / n + 1.0F;
  determinant = a * c - b * b;
  self->inverse[0] = c / determinant;
  self->inverse[1] = -b / determinant;
  self->inverse[2] = a / determinant;
}

/* The samples of a picture where a patch lies, bilinear: @difference is theirs minus the patch's.
 */
static inline void
patch_subtract (const Patch *self, const PatchPicture *from, float x, float y, v4f *difference)
{
  float limited_x = CLAMP (x, (float) -PATCH, (float) from->width);
  float limited_y = CLAMP (y, (float) -PATCH, (float) from->height);
  int left = (int) (limited_x + 64.0F) - 64, top = (int) (limited_y + 64.0F) - 64;
  float fx = limited_x - (float) left, fy = limited_y - (float) top;
  float w00 = (1.0F - fx) * (1.0F - fy), w10 = fx * (1.0F - fy);
  float w01 = (1.0F - fx) * fy, w11 = fx * fy;
  const float *at = from->data + top * from->stride + left;

  for (int i = 0; i < PATCH_VECTORS; i++)
    {
      const float *here = at + i / 2 * from->stride + i % 2 * 4;
      const float *below = here + from->stride;

      difference[i] = v4f_load (here) * w00 + v4f_load (here + 1) * w10 + v4f_load (below) * w01 +
                      v4f_load (below + 1) * w11 - self->value[i];
    }
}

static inline PatchMatch
patch_compare (const Patch *self, const PatchPicture *from, float x, float y)
{
  v4f difference[PATCH_VECTORS];
  v4f sum = { 0 }, square = { 0 }, bx = { 0 }, by = { 0 };
  PatchMatch match;
  float total, x_sum, y_sum;

  patch_subtract (self, from, x, y, difference);
  for (int i = 0; i < PATCH_VECTORS; i++)
    {
      sum += difference[i];
      square += difference[i] * difference[i];
      bx += self->gx[i] * difference[i];
      by += self->gy[i] * difference[i];
    }
  total = v4f_sum (sum);
  match.mean = total / (PATCH * PATCH);
  match.error = v4f_sum (square) - total * match.mean;
  x_sum = v4f_sum (bx) - self->sum_gx * match.mean;
  y_sum = v4f_sum (by) - self->sum_gy * match.mean;
  match.step_x = self->inverse[0] * x_sum + self->inverse[1] * y_sum;
  match.step_y = self->inverse[1] * x_sum + self->inverse[2] * y_sum;
  return match;
}
