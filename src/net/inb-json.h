/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonObject *inb_json_parse_object (const char *data, gssize length, GError **error);
char *inb_json_builder_print (JsonBuilder *builder, gboolean pretty);
void inb_json_add_string (JsonBuilder *builder, const char *name, const char *value);
void inb_json_add_int (JsonBuilder *builder, const char *name, gint64 value);
void inb_json_add_double (JsonBuilder *builder, const char *name, double value);
void inb_json_add_boolean (JsonBuilder *builder, const char *name, gboolean value);

const char *inb_json_get_string (JsonObject *object, const char *name);
gint64 inb_json_get_int (JsonObject *object, const char *name, gint64 fallback);
double inb_json_get_double (JsonObject *object, const char *name, double fallback);
gboolean inb_json_get_boolean (JsonObject *object, const char *name, gboolean fallback);
JsonObject *inb_json_get_object (JsonObject *object, const char *name);
JsonArray *inb_json_get_array (JsonObject *object, const char *name);

G_END_DECLS
