/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/inb-service.h"

G_BEGIN_DECLS

char *inb_message_address_of_host (const InbService *service, const char *name, const char *home);
char *inb_message_address_take (const InbService *service, const char *url, const char *home,
                                GError **error);
gboolean inb_message_address_is_own (const InbService *service, const char *url, const char *home);

G_END_DECLS
