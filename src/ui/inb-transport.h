/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "player/inb-player.h"

G_BEGIN_DECLS

#define INB_TYPE_TRANSPORT (inb_transport_get_type ())
G_DECLARE_FINAL_TYPE (InbTransport, inb_transport, INB, TRANSPORT, GtkWidget)

void inb_transport_set_player (InbTransport *self, InbPlayer *player);

G_END_DECLS
