/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "player/inb-playback.h"

G_BEGIN_DECLS

GSettings *inb_settings_source_get (void);
char *inb_settings_source_dup_folder (void);
char *inb_settings_source_dup_template (void);
void inb_settings_source_get_playback (InbPlayback *playback);
char *inb_settings_source_dup_background (void);

G_END_DECLS
