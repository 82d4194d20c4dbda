/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/inb-cli.h"

G_BEGIN_DECLS

gboolean inb_cli_output_check (const char *output, const char *input, GError **error);
gboolean inb_cli_output_write (const char *output, GBytes *bytes, gboolean keep, GError **error);

G_END_DECLS
