/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/inb-lock.h"

G_BEGIN_DECLS

typedef struct _InbTurn InbTurn;

/**
 * InbTurnCallback:
 * @lock: (transfer full): held from now on
 * @user_data: as given
 */
typedef void (*InbTurnCallback) (InbLock *lock, gpointer user_data);

InbTurn *inb_turn_wait (const char *root, InbTurnCallback callback, gpointer user_data,
                        GError **error);
void inb_turn_free (InbTurn *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbTurn, inb_turn_free)

G_END_DECLS
