/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void inb_fill_holes (float *const *channels, guint n_channels, const float *weights, int width,
                     int height);

G_END_DECLS
