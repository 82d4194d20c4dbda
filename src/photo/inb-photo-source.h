/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-pixels.h"
#include "photo/inb-photo-file.h"

G_BEGIN_DECLS

/**
 * InbPhotoFacts:
 * @width: px as a person sees it, orientation applied
 * @height: px
 * @profile: (nullable): description of the embedded ICC profile, %NULL without one
 * @profile_usable: whether that profile can be one for this photo
 * @colour: static: "rgb", "grey", "cmyk" or "other"
 * @converted: whether its colours have to be converted to become sRGB
 * @alpha: whether it has an alpha channel
 * @bits: of one sample as decoded: 8 or 16
 * @orientation: as in EXIF, 1…8
 * @pages: pictures in the file, ≥ 1; the first, or the main one, is taken
 *
 * What was found in a photo's header.
 */
typedef struct
{
  guint width;
  guint height;
  char *profile;
  gboolean profile_usable;
  const char *colour;
  gboolean converted;
  gboolean alpha;
  guint bits;
  guint orientation;
  guint pages;
} InbPhotoFacts;

/**
 * InbPhotoNote:
 * @code: static, for programs: "profile-broken"
 * @text: one sentence for a person
 */
typedef struct
{
  const char *code;
  char *text;
} InbPhotoNote;

/**
 * InbPhotoProgress:
 * @progress: 0…1 of one decode
 * @user_data: as given
 */
typedef void (*InbPhotoProgress) (double progress, gpointer user_data);

/**
 * InbPhotoSource:
 * @file: the file
 * @facts: what its header says
 * @notes: (element-type InbPhotoNote): what was done that a person should know
 * @progress: (nullable): told while pixels are decoded
 * @progress_data: for @progress
 *
 * A photo that can be decoded, any number of times, whole or in part.
 */
typedef struct
{
  InbPhotoFile *file;
  InbPhotoFacts facts;
  GPtrArray *notes;
  InbPhotoProgress progress;
  gpointer progress_data;
} InbPhotoSource;

/**
 * InbPhotoPart:
 * @x: px of the oriented photo
 * @y: px
 * @width: px, ≥ 1, inside the photo
 * @height: px, ≥ 1
 * @out_width: px it becomes, ≤ @width
 * @out_height: px, ≤ @height
 * @quick: for a small copy: lets the JPEG decoder do all of the shrinking it can
 */
typedef struct
{
  guint x;
  guint y;
  guint width;
  guint height;
  guint out_width;
  guint out_height;
  gboolean quick;
} InbPhotoPart;

InbPhotoSource *inb_photo_source_open (const char *path, const char *known_as, GError **error);
InbPixels *inb_photo_source_decode (InbPhotoSource *self, const InbPhotoPart *part, GError **error);
void inb_photo_source_add_note (InbPhotoSource *self, const char *code, const char *text);
void inb_photo_source_free (InbPhotoSource *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbPhotoSource, inb_photo_source_free)

G_END_DECLS
