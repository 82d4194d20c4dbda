/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <vips/vips.h>

#include "core/inb-pixels.h"

G_BEGIN_DECLS

/* What the tests of src/photo share: pictures made on the spot, and looking at px. */

typedef struct
{
  double px[4]; /* 0…255, red, green, blue, alpha (255 where there is none) */
} PhotoTestColour;

char *photo_test_path (const char *name);
void photo_test_clean (void);

VipsImage *photo_test_quarters (int width, int height, int n_bands, gboolean wide);
VipsImage *photo_test_scene (const char *kind, int width, int height);
VipsImage *photo_test_take (int failed, VipsImage *old, VipsImage **next);
void photo_test_add_profile (VipsImage *image, const char *name);
gboolean photo_test_save (VipsImage *image, const char *name, char **path);
char *photo_test_put (VipsImage *image, const char *name);
void photo_test_write (const char *name, const void *bytes, gsize n_bytes, char **path);

PhotoTestColour photo_test_get (const InbPixels *pixels, guint x, guint y);
void photo_test_assert_near (PhotoTestColour found, double red, double green, double blue,
                             double tolerance);

G_END_DECLS
