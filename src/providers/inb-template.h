/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * InbTemplateKnows:
 * @name: of a value, such as "prompt" or "key:api_key"
 * @user_data: for the function
 *
 * Returns: whether there can be a value of that name
 */
typedef gboolean (*InbTemplateKnows) (const char *name, gpointer user_data);

typedef enum
{
  INB_TEMPLATE_PLAIN,
  INB_TEMPLATE_ADDRESS,
  INB_TEMPLATE_HEADER,
} InbTemplateText;

gboolean inb_template_check (JsonNode *template, InbTemplateKnows knows, gpointer user_data,
                             GError **error);
JsonNode *inb_template_fill (JsonNode *template, GHashTable *values, GError **error);
char *inb_template_fill_text (const char *text, InbTemplateText kind, GHashTable *values,
                              GError **error);

G_END_DECLS
