/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *inb_photo_profile_dup_name (const guint8 *bytes, gsize n_bytes);
gboolean inb_photo_profile_check (const guint8 *bytes, gsize n_bytes, guint n_channels);
gboolean inb_photo_profile_is_srgb (const char *name);

G_END_DECLS
