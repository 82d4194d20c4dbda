/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/inb-cli.h"
#include "photo/inb-photo-frame.h"
#include "photo/inb-photo-preview.h"

G_BEGIN_DECLS

void inb_cli_photo_print_frame (const InbPhotoSource *source, const InbPhotoFrame *frame,
                                const char *output, gboolean json);
void inb_cli_photo_print_preview (const InbPhotoSource *source, const InbPhotoPreview *preview,
                                  const char *output);

G_END_DECLS
