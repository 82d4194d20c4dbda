/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-pixels.h"

G_BEGIN_DECLS

void inb_attention_find (const InbPixels *copy, double *x, double *y);

G_END_DECLS
