/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-request.h"

G_BEGIN_DECLS

char *store_tools_make_root (void);
void store_tools_remove (char *root);
void store_tools_put (const char *root, const char *name, const char *text);
char *store_tools_get (const char *root, const char *name);
guint store_tools_count (const char *root, const char *folder);
gboolean store_tools_as_nobody (int (*function) (const char *root), const char *root);
InbRequest *store_tools_make_request (void);

typedef char StoreRoot;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreRoot, store_tools_remove)

G_END_DECLS
