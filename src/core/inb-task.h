/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GTask *inb_task_new (gpointer source, GCancellable *cancellable, GAsyncReadyCallback callback,
                     gpointer user_data);

G_END_DECLS
