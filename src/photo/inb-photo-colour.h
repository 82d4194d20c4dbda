/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <vips/vips.h>

#include "photo/inb-photo-source.h"

G_BEGIN_DECLS

gboolean inb_photo_colour_can_read (VipsImage *image);
const char *inb_photo_colour_get_space (VipsImage *image);
gboolean inb_photo_colour_to_srgb (VipsImage **image, InbPhotoSource *source);

G_END_DECLS
