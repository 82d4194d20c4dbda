/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/inb-messages.h"

G_BEGIN_DECLS

char *inb_message_parts_fill_url (const InbMessageValues *values, const char *template,
                                  GHashTable *table, GError **error);
gboolean inb_message_parts_add_headers (InbMessage *message, JsonNode *template, GHashTable *table,
                                        GError **error);
void inb_message_parts_set_header (InbMessage *message, const char *name, const char *value);
gboolean inb_message_parts_sign (InbMessage *message, const InbMessageValues *values,
                                 const InbCall *call, GHashTable *table, GError **error);

G_END_DECLS
