/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_PREFERENCES_PLAYBACK (inb_preferences_playback_get_type ())
G_DECLARE_FINAL_TYPE (InbPreferencesPlayback, inb_preferences_playback, INB, PREFERENCES_PLAYBACK,
                      AdwPreferencesGroup)

G_END_DECLS
