/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What an answer of any service or a provider file may have; a real one has a few kilobytes and a
 * depth below ten. Beyond a depth of 50,000 json-glib 1.6 overruns its stack (measured), and an
 * array of ten million numbers takes 410 MB. */
#define INB_JSON_MAX_BYTES (1024 * 1024)
#define INB_JSON_MAX_DEPTH 32
#define INB_JSON_MAX_TOKENS 20000

gboolean inb_json_scan (const char *data, gsize length, GError **error);

G_END_DECLS
