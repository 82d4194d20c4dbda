/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/inb-store.h"

G_BEGIN_DECLS

gboolean inb_trash_take (InbStore *store, const char *id, GError **error);
gboolean inb_trash_take_deleted (InbStore *store, InbIds which, GError **error);

G_END_DECLS
