/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/inb-message.h"

G_BEGIN_DECLS

/* How many redirects the session without credentials follows: promises, §2 fact 1. */
#define INB_MAX_HOPS 5

gboolean inb_redirect_follow (InbMessage *message, guint *n_hops, const char *next, GError **error);

G_END_DECLS
