/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/inb-messages.h"

G_BEGIN_DECLS

GHashTable *inb_message_values_make_table (const InbMessageValues *self);
void inb_message_values_add_secrets (const InbMessageValues *self, const InbSignIn *sign_in,
                                     GHashTable *table);
gboolean inb_message_values_add_picture (const InbMessageValues *self, const char *name,
                                         const InbPicture *picture, const char *token,
                                         GHashTable *table, GError **error);
gboolean inb_message_values_add_upload (const InbPicture *picture, GHashTable *table,
                                        GError **error);
const InbSignIn *inb_message_values_find_sign_in (const InbProvider *provider, GHashTable *secrets);

G_END_DECLS
