/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/inb-layer.h"

G_BEGIN_DECLS

guint inb_cells_choose_step (guint width, guint height);
InbPlane *inb_cells_new (const InbPlane *plane, guint step);
InbPlane *inb_cells_draw_source (const InbSource *source, guint width, guint height,
                                 guint n_threads);
InbPlane *inb_cells_frame_plane (const InbLayer *layer, guint frame, guint plane, guint width,
                                 guint height, guint n_threads);

G_END_DECLS
