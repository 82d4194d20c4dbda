/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *inb_events_dup_first_data (const char *text, gsize length);

G_END_DECLS
