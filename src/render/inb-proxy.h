/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* px of a proxy's longer side: four of them play side by side on two cores (measured) */
#define INB_PROXY_LONG_SIDE 960

/**
 * InbProxy:
 * @encoder: the element that made it
 * @width: px, even
 * @height: px, even
 * @n_frames: as many as the clip has
 *
 * What a review copy has become.
 */
typedef struct
{
  const char *encoder;
  guint width;
  guint height;
  guint n_frames;
} InbProxy;

typedef void (*InbProxyProgress) (double progress, gpointer user_data);

gboolean inb_proxy_make (const char *clip, const char *container, const char *path,
                         InbProxyProgress progress, gpointer user_data, InbProxy *result,
                         GError **error);

G_END_DECLS
