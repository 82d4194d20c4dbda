/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * InbRegions:
 * @width: px
 * @height: px
 * @labels: of each px the number of its region, counting from 0
 * @n: how many regions there are
 *
 * A picture parted into what hangs together.
 */
typedef struct
{
  int width;
  int height;
  gint32 *labels;
  guint n;
} InbRegions;

InbRegions *inb_regions_new (const guint8 *kinds, int width, int height);
void inb_regions_free (InbRegions *self);

void inb_region_walk (const float *const channels[3], int width, int height, float free_step,
                      float *distances);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbRegions, inb_regions_free)

G_END_DECLS
