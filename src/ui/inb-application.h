/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_APPLICATION (inb_application_get_type ())
G_DECLARE_FINAL_TYPE (InbApplication, inb_application, INB, APPLICATION, AdwApplication)

InbApplication *inb_application_new (void);

G_END_DECLS
