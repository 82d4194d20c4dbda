/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "net/inb-message.h"

G_BEGIN_DECLS

/* A message as the library wants it. Inside net/ only. */
SoupMessage *inb_soup_message_new (const InbMessage *spec, GError **error);

G_END_DECLS
