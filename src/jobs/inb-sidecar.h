/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/inb-json.h"
#include "store/inb-row.h"

G_BEGIN_DECLS

gboolean inb_sidecar_write (const char *root, const InbRow *row, const InbClip *clip,
                            GError **error);
void inb_sidecar_add_request (JsonBuilder *builder, const InbRequest *request);

G_END_DECLS
