/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/inb-deadline.h"

G_BEGIN_DECLS

/* What went wrong on the way, in words for a person. Inside net/ only. */

GError *inb_exchange_error_for_step (InbDeadlineStep step, const char *host);
GError *inb_exchange_error_for_address (GInetAddress *address, const char *host);
GError *inb_exchange_error_explain (const GError *error, const char *host);
void inb_exchange_error_add_charge (GError *error, gboolean sent);
GError *inb_exchange_error_cancelled (void);

G_END_DECLS
