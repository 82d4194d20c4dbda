/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *inb_cli_key_input_read (const char *label, GError **error);

G_END_DECLS
