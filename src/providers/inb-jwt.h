/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *inb_jwt_new (const char *access_key, const char *secret_key, gint64 now_s);

G_END_DECLS
