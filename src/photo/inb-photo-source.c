/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "photo/inb-photo-source.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "core/inb-error.h"
#include "photo/inb-photo-colour.h"
#include "photo/inb-photo-profile.h"
#include "photo/inb-photo.h"
#include "photo/inb-vips.h"

/* The JPEG decoder leaves at least this factor to Lanczos, which is sharper and does not alias; the
 * same choice as libvips's own thumbnailer. */
#define LEFT_TO_LANCZOS 2u

static void
note_free (gpointer data)
{
  InbPhotoNote *note = data;

  g_free (note->text);
  g_free (note);
}

/* What libvips says is for its programmers; a person hears what is wrong with the photo. */
static void
set_decode_error (const InbPhotoSource *self, GError **error)
{
  const char *detail = vips_error_buffer ();

  g_debug ("libvips: %s", detail);
  if (strstr (detail, "memory") != NULL)
    g_set_error (error, INB_ERROR, INB_ERROR_TOO_LARGE,
                 _ ("“%s” needs more memory than one photo may use. Export it smaller, or as a "
                    "JPEG that is not progressive."),
                 self->file->name);
  else if (strstr (detail, "no known loader") != NULL || strstr (detail, "not found") != NULL ||
           strstr (detail, "Unsupported codec") != NULL)
    g_set_error (error, INB_ERROR, INB_ERROR_NO_CODEC,
                 _ ("“%s” needs a decoder that is not installed. Export it as a JPEG or PNG."),
                 self->file->name);
  else
    g_set_error (error, INB_ERROR, INB_ERROR_BAD_PHOTO,
                 _ ("“%s” is damaged or cut short. Copy or export it again, or take another "
                    "photo."),
                 self->file->name);
  vips_error_clear ();
}

/* Named loaders only: a file never reaches one that its first bytes did not ask for. */
static VipsImage *
load (const InbPhotoSource *self, int shrink)
{
  VipsSource *source;
  VipsImage *image = NULL;
  int failed = -1;

  if (lseek (self->file->fd, 0, SEEK_SET) != 0)
    return NULL;
  source = vips_source_new_from_descriptor (self->file->fd);
  if (source == NULL)
    return NULL;

#define COMMON "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", VIPS_FAIL_ON_TRUNCATED
  switch (self->file->header.format)
    {
    case INB_PHOTO_FORMAT_JPEG:
      failed = vips_jpegload_source (source, &image, COMMON, "shrink", shrink, NULL);
      break;
    case INB_PHOTO_FORMAT_PNG:
      failed = vips_pngload_source (source, &image, COMMON, NULL);
      break;
    case INB_PHOTO_FORMAT_WEBP:
      failed = vips_webpload_source (source, &image, COMMON, NULL);
      break;
    case INB_PHOTO_FORMAT_TIFF:
      failed = vips_tiffload_source (source, &image, COMMON, NULL);
      break;
    case INB_PHOTO_FORMAT_HEIC:
    case INB_PHOTO_FORMAT_AVIF:
      failed = vips_heifload_source (source, &image, COMMON, NULL);
      break;
    case INB_PHOTO_FORMAT_GIF:
      failed = vips_gifload_source (source, &image, COMMON, NULL);
      break;
    case INB_PHOTO_FORMAT_NONE:
    default:
      break;
    }
#undef COMMON
  g_object_unref (source);
  if (failed != 0)
    g_clear_object (&image);
  return image;
}

static gboolean
read_facts (InbPhotoSource *self, VipsImage *image, GError **error)
{
  InbPhotoFacts *facts = &self->facts;
  guint width = (guint) vips_image_get_width (image);
  guint height = (guint) vips_image_get_height (image);
  const void *profile = NULL;
  size_t n_bytes = 0;

  if (!inb_photo_file_check_size (self->file, width, height, error))
    return FALSE;
  if (!inb_photo_colour_can_read (image))
    {
      g_set_error (
          error, INB_ERROR, INB_ERROR_BAD_PHOTO,
          _ ("“%s” has a kind of pixels that is not read here. Export it with 8 or 16 bits "
             "a channel."),
          self->file->name);
      return FALSE;
    }
  facts->orientation = (guint) vips_image_get_orientation (image);
  facts->width = facts->orientation >= 5 ? height : width;
  facts->height = facts->orientation >= 5 ? width : height;
  facts->alpha = vips_image_hasalpha (image);
  facts->bits = vips_image_get_format (image) == VIPS_FORMAT_UCHAR ? 8 : 16;
  facts->pages = (guint) MAX (1, vips_image_get_n_pages (image));
  if (vips_image_get_typeof (image, VIPS_META_ICC_NAME) != 0 &&
      vips_image_get_blob (image, VIPS_META_ICC_NAME, &profile, &n_bytes) == 0)
    {
      facts->profile = inb_photo_profile_dup_name (profile, n_bytes);
      facts->profile_usable = inb_photo_profile_check (
          profile, n_bytes, (guint) vips_image_get_bands (image) - (facts->alpha ? 1 : 0));
      if (facts->profile == NULL)
        facts->profile = g_strdup (_ ("without a name"));
    }
  facts->colour = inb_photo_colour_get_space (image);
  facts->converted = g_str_equal (facts->colour, "cmyk") || g_str_equal (facts->colour, "other") ||
                     (facts->profile != NULL && !inb_photo_profile_is_srgb (facts->profile));
  return TRUE;
}

/**
 * inb_photo_source_open:
 * @path: file name as the system has it
 * @known_as: (nullable): what messages call it; %NULL: @path
 * @error: %INB_ERROR_NO_ACCESS, %INB_ERROR_BAD_PHOTO, %INB_ERROR_TOO_LARGE, %INB_ERROR_NO_CODEC
 *
 * Opens a photo and reads its header. No pixel is decoded yet.
 *
 * Returns: (transfer full): the photo; free with inb_photo_source_free()
 */
InbPhotoSource *
inb_photo_source_open (const char *path, const char *known_as, GError **error)
{
  g_autoptr (InbPhotoSource) self = g_new0 (InbPhotoSource, 1);
  VipsImage *image;
  gboolean good;

  inb_photo_init ();
  self->notes = g_ptr_array_new_with_free_func (note_free);
  self->file = inb_photo_file_open (path, known_as, error);
  if (self->file == NULL)
    return NULL;
  image = load (self, 1);
  if (image == NULL)
    {
      set_decode_error (self, error);
      return NULL;
    }
  good = read_facts (self, image, error);
  g_object_unref (image);
  return good ? g_steal_pointer (&self) : NULL;
}

/* From px as a person sees them to px as stored; EXIF 2.32, tag 274. */
static void
turn_part (const InbPhotoSource *self, InbPhotoPart *part)
{
  guint orientation = self->facts.orientation;
  guint right = self->facts.width - part->x - part->width;
  guint below = self->facts.height - part->y - part->height;
  guint x = part->x, y = part->y;

  if (orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7)
    x = right;
  if (orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8)
    y = below;
  part->x = orientation >= 5 ? y : x;
  part->y = orientation >= 5 ? x : y;
  if (orientation >= 5)
    {
      guint width = part->width, out_width = part->out_width;

      part->width = part->height;
      part->height = width;
      part->out_width = part->out_height;
      part->out_height = out_width;
    }
}

static int
choose_shrink (const InbPhotoSource *self, const InbPhotoPart *part)
{
  guint left = part->quick ? 1 : LEFT_TO_LANCZOS;

  if (self->file->header.format != INB_PHOTO_FORMAT_JPEG)
    return 1;
  for (guint shrink = 8; shrink > 1; shrink /= 2)
    if (part->width / shrink >= left * part->out_width &&
        part->height / shrink >= left * part->out_height)
      return (int) shrink;
  return 1;
}

/* The part, in px of what the decoder gives: it may have shrunk already. */
static gboolean
cut (VipsImage **image, const InbPhotoPart *part, int shrink)
{
  int width = vips_image_get_width (*image), height = vips_image_get_height (*image);
  int x = MIN ((int) part->x / shrink, width - 1);
  int y = MIN ((int) part->y / shrink, height - 1);
  int cut_width = CLAMP (((int) part->width + shrink - 1) / shrink, 1, width - x);
  int cut_height = CLAMP (((int) part->height + shrink - 1) / shrink, 1, height - y);
  VipsImage *next = NULL;

  if (cut_width == width && cut_height == height)
    return TRUE;
  return inb_vips_take (vips_extract_area (*image, &next, x, y, cut_width, cut_height, NULL), image,
                        &next);
}

/* Colour under transparent px must not bleed into what is seen, so alpha is multiplied in first. */
static gboolean
resize (VipsImage **image, const InbPhotoPart *part)
{
  double scale = (double) part->out_width / vips_image_get_width (*image);
  double vscale = (double) part->out_height / vips_image_get_height (*image);
  gboolean alpha = vips_image_hasalpha (*image);
  VipsBandFormat format = vips_image_get_format (*image);
  VipsImage *next = NULL;

  if ((int) part->out_width == vips_image_get_width (*image) &&
      (int) part->out_height == vips_image_get_height (*image))
    return TRUE;
  if (alpha && !inb_vips_take (vips_premultiply (*image, &next, NULL), image, &next))
    return FALSE;
  if (!inb_vips_take (vips_resize (*image, &next, scale, "vscale", vscale, NULL), image, &next))
    return FALSE;
  return !alpha || (inb_vips_take (vips_unpremultiply (*image, &next, NULL), image, &next) &&
                    inb_vips_take (vips_rint (*image, &next, NULL), image, &next) &&
                    inb_vips_take (vips_cast (*image, &next, format, NULL), image, &next));
}

/* Turning by 90° needs any row at any time: the small copy is decoded first, then turned. */
static gboolean
orient (VipsImage **image, guint orientation)
{
  VipsImage *next = NULL;

  if (orientation <= 1)
    return TRUE;
  next = vips_image_copy_memory (*image);
  return inb_vips_take (next == NULL, image, &next) &&
         inb_vips_take (vips_autorot (*image, &next, NULL), image, &next);
}

static void
progress_cb (VipsImage *image, VipsProgress *progress, gpointer user_data)
{
  InbPhotoSource *self = user_data;

  self->progress (progress->percent / 100.0, self->progress_data);
}

static InbPixels *
take_pixels (VipsImage *image)
{
  gboolean wide = vips_image_get_format (image) == VIPS_FORMAT_USHORT;
  gboolean alpha = vips_image_get_bands (image) == 4;
  InbPixelFormat format = wide ? (alpha ? INB_PIXELS_RGBA16 : INB_PIXELS_RGB16)
                               : (alpha ? INB_PIXELS_RGBA8 : INB_PIXELS_RGB8);
  g_autoptr (GBytes) bytes = NULL;
  size_t n_bytes = 0;
  void *memory = vips_image_write_to_memory (image, &n_bytes);

  if (memory == NULL)
    return NULL;
  bytes = g_bytes_new_with_free_func (memory, n_bytes, g_free, memory);
  return inb_pixels_new ((guint) vips_image_get_width (image),
                         (guint) vips_image_get_height (image), VIPS_IMAGE_SIZEOF_LINE (image),
                         format, bytes);
}

/**
 * inb_photo_source_decode:
 * @self: a photo
 * @part: what of it, and how large
 * @error: %INB_ERROR_BAD_PHOTO, %INB_ERROR_TOO_LARGE, %INB_ERROR_NO_CODEC
 *
 * Decodes, cuts, shrinks (Lanczos 3), converts to sRGB (perceptual) and turns, holding no more of
 * the photo than the result, but where the file itself demands it (progressive JPEG, interlaced
 * PNG, WebP, HEIC, AVIF, GIF). A part that is neither shrunk nor of another colour space comes
 * through byte for byte.
 *
 * Returns: (transfer full): @out_width × @out_height px, unpadded, without metadata
 */
InbPixels *
inb_photo_source_decode (InbPhotoSource *self, const InbPhotoPart *part, GError **error)
{
  InbPhotoPart stored = *part;
  VipsImage *image;
  InbPixels *pixels = NULL;
  int shrink;

  turn_part (self, &stored);
  shrink = choose_shrink (self, &stored);
  image = load (self, shrink);
  if (image != NULL && cut (&image, &stored, shrink) && resize (&image, &stored) &&
      inb_photo_colour_to_srgb (&image, self))
    {
      if (self->progress != NULL)
        {
          vips_image_set_progress (image, TRUE);
          g_signal_connect (image, "eval", G_CALLBACK (progress_cb), self);
        }
      if (orient (&image, self->facts.orientation))
        pixels = take_pixels (image);
    }
  if (pixels == NULL)
    set_decode_error (self, error);
  g_clear_object (&image);
  vips_error_clear ();
  return pixels;
}

/**
 * inb_photo_source_add_note:
 * @self: a photo
 * @code: static, for programs; the same code is noted once
 * @text: one sentence for a person
 */
void
inb_photo_source_add_note (InbPhotoSource *self, const char *code, const char *text)
{
  InbPhotoNote *note;

  for (guint i = 0; i < self->notes->len; i++)
    if (g_str_equal (((InbPhotoNote *) self->notes->pdata[i])->code, code))
      return;
  note = g_new0 (InbPhotoNote, 1);
  note->code = code;
  note->text = g_strdup (text);
  g_ptr_array_add (self->notes, note);
}

/**
 * inb_photo_source_free:
 * @self: (transfer full): a photo
 */
void
inb_photo_source_free (InbPhotoSource *self)
{
  g_clear_pointer (&self->file, inb_photo_file_free);
  g_clear_pointer (&self->notes, g_ptr_array_unref);
  g_free (self->facts.profile);
  g_free (self);
}
