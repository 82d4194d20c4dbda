/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/inb-miniature.h"

G_BEGIN_DECLS

#define INB_SURFACE_TERMS 6

/**
 * InbSurface:
 * @terms: of each channel: what 1, u, v, u², uv, v² are multiplied by; u and v go from −1 to 1
 * over the picture
 * @sigmas: how far, typically, each channel is from it
 * @inliers: 0…1: share of the border that it explains
 *
 * The colours of a plain back, lit from somewhere.
 */
typedef struct
{
  double terms[3][INB_SURFACE_TERMS];
  double sigmas[3];
  double inliers;
} InbSurface;

void inb_surface_fit (InbSurface *self, const InbMiniature *picture);
double inb_surface_get (const InbSurface *self, const InbMiniature *picture, int x, int y,
                        guint channel);
double inb_surface_get_distance (const InbSurface *self, const InbMiniature *picture, int x, int y);

G_END_DECLS
