/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/inb-planes.h"

G_BEGIN_DECLS

void inb_guided_filter (const float *guide, float *values, int width, int height, int radius,
                        float epsilon);
InbPlane *inb_guided_enlarge (const InbPlane *alpha, const InbPlane *guide, guint n_threads);

G_END_DECLS
