/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _InbY4mStore InbY4mStore;

InbY4mStore *inb_y4m_store_new (guint n_frames);
InbY4mStore *inb_y4m_store_ref (InbY4mStore *self);
void inb_y4m_store_unref (InbY4mStore *self);
void inb_y4m_store_read (InbY4mStore *self, GInputStream *stream, GCancellable *cancellable);
guint inb_y4m_store_get_progress (InbY4mStore *self, guint *fps, gboolean *ended);
GdkTexture *inb_y4m_store_make_texture (InbY4mStore *self, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbY4mStore, inb_y4m_store_unref)

G_END_DECLS
