/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-framing.h"
#include "core/inb-limits.h"
#include "core/inb-pixels.h"

G_BEGIN_DECLS

void inb_photo_init (void);
InbPixels *inb_photo_load_pixels (const char *path, double aspect, guint long_side, GError **error);

G_END_DECLS
