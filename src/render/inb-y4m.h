/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _InbY4m InbY4m;

InbY4m *inb_y4m_open (const char *path, guint width, guint height, guint fps, GError **error);
gboolean inb_y4m_push (InbY4m *self, GBytes *frame, GError **error);
gboolean inb_y4m_close (InbY4m *self, GError **error);
void inb_y4m_free (InbY4m *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbY4m, inb_y4m_free)

G_END_DECLS
