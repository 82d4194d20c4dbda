/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/inb-air.h"
#include "render/inb-compose.h"
#include "render/inb-planes.h"

G_BEGIN_DECLS

/**
 * InbOutlet:
 * @width: of a frame, px
 * @height: of a frame, px
 * @air: (nullable): light and air of the frame
 * @planes: (nullable): planes that take the samples as they are
 * @i420: (nullable): without @planes: takes them in 8 bits, Y', then Cb and Cr at half width and
 * height
 *
 * Where the samples of a frame go.
 */
struct _InbOutlet
{
  guint width;
  guint height;
  const InbAirFrame *air;
  InbPlane *const *planes;
  guint8 *i420;
};

void inb_outlet_put (const InbOutlet *self, const InbArea *area, gint16 *samples);
void inb_outlet_put_row (const InbOutlet *self, guint plane, guint y, gint16 *samples);

G_END_DECLS
