/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/inb-http.h"

G_BEGIN_DECLS

/* Free calls go to each service a few at a time: a thousand jobs that are due in the same second
 * would be a thousand messages in the library's hands, and each turn of the main loop looks at all
 * of them. */
typedef struct _InbTurnstile InbTurnstile;

InbTurnstile *inb_turnstile_new (InbHttp *http);
void inb_turnstile_free (InbTurnstile *self);
void inb_turnstile_send (InbTurnstile *self, const char *service, InbMessage *message,
                         GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbTurnstile, inb_turnstile_free)

G_END_DECLS
