/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _InbLock InbLock;

InbLock *inb_lock_try (const char *root, GError **error);
void inb_lock_release (InbLock *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbLock, inb_lock_release)

G_END_DECLS
