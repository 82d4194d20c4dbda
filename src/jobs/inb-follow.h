/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/inb-store.h"

G_BEGIN_DECLS

typedef struct _InbFollow InbFollow;

InbFollow *inb_follow_new (InbStore *store, GSourceFunc callback, gpointer user_data);
void inb_follow_free (InbFollow *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbFollow, inb_follow_free)

G_END_DECLS
