/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *inb_time_left_format (gint64 elapsed_us, double progress);

G_END_DECLS
