/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "photo/inb-photo-colour.h"

#include <glib/gi18n.h>

#include "photo/inb-photo-profile.h"
#include "photo/inb-vips.h"

/**
 * inb_photo_colour_can_read:
 * @image: (transfer none): as loaded
 *
 * Returns: whether inb_photo_colour_to_srgb() knows its samples and its colour space
 */
gboolean
inb_photo_colour_can_read (VipsImage *image)
{
  VipsBandFormat format = vips_image_get_format (image);

  if (format != VIPS_FORMAT_UCHAR && format != VIPS_FORMAT_USHORT)
    return FALSE;
  return vips_image_get_interpretation (image) == VIPS_INTERPRETATION_CMYK ||
         vips_colourspace_issupported (image);
}

/**
 * inb_photo_colour_get_space:
 * @image: (transfer none): as loaded
 *
 * Returns: static: what its bands are, "rgb", "grey", "cmyk" or "other"
 */
const char *
inb_photo_colour_get_space (VipsImage *image)
{
  switch ((int) vips_image_get_interpretation (image))
    {
    case VIPS_INTERPRETATION_CMYK:
      return "cmyk";
    case VIPS_INTERPRETATION_B_W:
    case VIPS_INTERPRETATION_GREY16:
      return "grey";
    case VIPS_INTERPRETATION_sRGB:
    case VIPS_INTERPRETATION_RGB:
    case VIPS_INTERPRETATION_RGB16:
      return "rgb";
    default:
      return "other";
    }
}

/* With the profile in the file; FALSE if there is none, or it is broken or of another kind. */
static gboolean
convert_embedded (VipsImage **image, int depth, InbPhotoSource *source)
{
  VipsImage *next = NULL;

  if (vips_image_get_typeof (*image, VIPS_META_ICC_NAME) == 0)
    return FALSE;
  if (source->facts.profile_usable &&
      vips_icc_transform (*image, &next, "srgb", "embedded", TRUE, "intent", VIPS_INTENT_PERCEPTUAL,
                          "depth", depth, NULL) == 0)
    return inb_vips_take (0, image, &next);
  vips_error_clear ();
  inb_photo_source_add_note (
      source, "profile-broken",
      _ ("The colour profile in the photo cannot be used; its colours were read without it."));
  return FALSE;
}

static gboolean
convert_cmyk (VipsImage **image, int depth, InbPhotoSource *source)
{
  VipsImage *next = NULL;

  inb_photo_source_add_note (source, "cmyk-assumed",
                             _ ("The photo is CMYK without a usable colour profile; a usual "
                                "printing profile was assumed."));
  /* Its three tables are one. By the perceptual one newer libvips darkens as well, since their sRGB
   * became a profile of version 4 (measured: 8.14 #30247b, 8.16 #1f0577 for cyan on magenta). */
  return inb_vips_take (vips_icc_transform (*image, &next, "srgb", "input_profile", "cmyk",
                                            "intent", VIPS_INTENT_RELATIVE, "depth", depth, NULL),
                        image, &next);
}

/* Three or four bands of the wanted depth, whatever came out of the conversion. */
static gboolean
settle (VipsImage **image, VipsBandFormat format)
{
  VipsImage *next = NULL;

  if (vips_image_get_bands (*image) > 4 &&
      !inb_vips_take (vips_extract_band (*image, &next, 0, "n", 4, NULL), image, &next))
    return FALSE;
  if (vips_image_get_format (*image) != format &&
      !inb_vips_take (vips_cast (*image, &next, format, NULL), image, &next))
    return FALSE;
  return vips_image_get_bands (*image) == 3 || vips_image_get_bands (*image) == 4;
}

/**
 * inb_photo_colour_to_srgb:
 * @image: (inout) (transfer full): as loaded; replaced
 * @source: whose photo it is; gets a note where something had to be assumed
 *
 * Any ICC profile to sRGB by its perceptual table. RGB and grey without a profile are sRGB; CMYK
 * without one goes through libvips's built-in printing profile, colorimetrically. Alpha is kept as
 * it is. The result has 8 bits a sample, 16 where the photo has 16, and 3 bands, 4 with alpha.
 *
 * Returns: %FALSE with libvips's error buffer set
 */
gboolean
inb_photo_colour_to_srgb (VipsImage **image, InbPhotoSource *source)
{
  gboolean wide = vips_image_get_format (*image) == VIPS_FORMAT_USHORT;
  gboolean is_cmyk = vips_image_get_interpretation (*image) == VIPS_INTERPRETATION_CMYK;
  VipsInterpretation wanted = wide ? VIPS_INTERPRETATION_RGB16 : VIPS_INTERPRETATION_sRGB;
  VipsImage *next = NULL;
  int depth = wide ? 16 : 8;
  gboolean done = FALSE;

  if (is_cmyk || !inb_photo_profile_is_srgb (source->facts.profile))
    done = convert_embedded (image, depth, source);
  if (!done && is_cmyk && !convert_cmyk (image, depth, source))
    return FALSE;
  if (vips_image_get_interpretation (*image) != wanted &&
      !inb_vips_take (vips_colourspace (*image, &next, wanted, NULL), image, &next))
    return FALSE;
  return settle (image, wide ? VIPS_FORMAT_USHORT : VIPS_FORMAT_UCHAR);
}
