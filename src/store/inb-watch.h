/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* WRITTEN: bytes were written, or the file was touched; LET_GO: a descriptor for writing was
 * closed, also by the end of its process. */
typedef enum
{
  INB_WATCH_WRITTEN = 1 << 0,
  INB_WATCH_LET_GO = 1 << 1,
} InbWatchEvents;

typedef struct _InbWatch InbWatch;

InbWatch *inb_watch_new (const char *path, InbWatchEvents events, GSourceFunc callback,
                         gpointer user_data);
void inb_watch_free (InbWatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbWatch, inb_watch_free)

G_END_DECLS
