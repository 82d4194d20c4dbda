/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void inb_fill_holes (float *sums, int width, int height, float full);

G_END_DECLS
