/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *inb_difference_of_texts (const char *before, const char *after);

G_END_DECLS
