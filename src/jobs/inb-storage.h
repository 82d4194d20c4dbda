/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-figures.h"
#include "store/inb-store.h"

G_BEGIN_DECLS

void inb_storage_read (InbStore *store, GCancellable *cancellable, InbStorage *storage);
gboolean inb_storage_clean (InbStore *store, InbStorageKind what, GError **error);

G_END_DECLS
