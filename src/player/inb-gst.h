/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * InbGstReady:
 * @asker: who asked
 * @error: (nullable): %INB_ERROR_NO_CODEC where GStreamer cannot be used
 *
 * Called on the main context that was asked on, unless @asker has gone meanwhile.
 */
typedef void (*InbGstReady) (GObject *asker, const GError *error);

void inb_gst_prepare (GObject *asker, InbGstReady ready);

G_END_DECLS
