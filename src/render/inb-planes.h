/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-pixels.h"

G_BEGIN_DECLS

/* Fractional bits of a sample: 8-bit code values times 64. Fixed point, because whole numbers give
 * the same bytes on every processor and twice as many fit a vector as with float; 1/64 is the step
 * of the dither that ends a frame. */
#define INB_PLANE_SHIFT 6
#define INB_PLANE_ONE (1 << INB_PLANE_SHIFT)

/* Opacity as a sample: 2¹⁴ and what filters may add or leave at each end before it shows. */
#define INB_ALPHA_SLACK 16
#define INB_ALPHA_ONE (16384 + 2 * INB_ALPHA_SLACK)

/* Mirrored samples around a plane, so that no kernel tests for borders: four taps reach two samples
 * beyond a position, a vector load up to sixteen. */
#define INB_PLANE_PAD_X 16
#define INB_PLANE_PAD_Y 4

/**
 * InbPlane:
 * @width: samples
 * @height: rows
 * @stride: samples from one row to the next
 * @data: the sample at (0, 0), %INB_PLANE_PAD_X and %INB_PLANE_PAD_Y samples inside @memory
 * @memory: what is allocated
 *
 * One of Y', Cb, Cr as BT.709 limited range (16…235, 16…240), times %INB_PLANE_ONE.
 */
typedef struct
{
  int width;
  int height;
  gssize stride;
  gint16 *data;
  gint16 *memory;
} InbPlane;

InbPlane *inb_plane_new (int width, int height);
void inb_plane_free (InbPlane *self);
void inb_plane_pad (InbPlane *self);

void inb_planes_from_pixels (const InbPixels *pixels, guint n_threads, InbPlane *planes[3]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbPlane, inb_plane_free)

G_END_DECLS
