/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

gboolean inb_json_path_check (const char *path, GError **error);
JsonNode *inb_json_path_find (JsonNode *root, const char *path);
GPtrArray *inb_json_path_find_all (JsonNode *root, const char *path);

G_END_DECLS
