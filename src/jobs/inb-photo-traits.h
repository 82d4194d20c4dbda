/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/inb-json.h"

G_BEGIN_DECLS

/**
 * InbPhotoTraits:
 * @width: px as a person sees it, orientation applied; 0: nothing is known
 * @height: px
 * @bytes: size of the file
 * @format: "jpeg", "png", …; empty where it is not known
 * @profile: description of the embedded ICC profile, cut to fit; empty without one
 * @colour: "rgb", "grey", "cmyk" or "other"; empty where it is not known
 * @bits: of one sample as decoded: 8 or 16
 * @transparent: whether anything behind it would be seen through it
 * @converted: whether its colours have to be converted to become sRGB
 *
 * What the photo worker found in a photo. Plain data: copy by assignment.
 */
typedef struct
{
  guint width;
  guint height;
  gint64 bytes;
  char format[8];
  char profile[128];
  char colour[8];
  guint bits;
  gboolean transparent;
  gboolean converted;
} InbPhotoTraits;

gboolean inb_photo_traits_read (InbPhotoTraits *self, JsonObject *told);

G_END_DECLS
