/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_PREFERENCES_FILES (inb_preferences_files_get_type ())
G_DECLARE_FINAL_TYPE (InbPreferencesFiles, inb_preferences_files, INB, PREFERENCES_FILES,
                      AdwPreferencesGroup)

G_END_DECLS
