/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The body of a message in pieces: text as it is, and files that are read, and where asked encoded,
 * only while they are sent. Its length is known before. */
typedef struct _InbBody InbBody;

typedef enum
{
  INB_BODY_PLAIN,
  INB_BODY_BASE64,
} InbBodyEncoding;

InbBody *inb_body_new (const char *content_type);
InbBody *inb_body_ref (InbBody *self);
void inb_body_free (InbBody *self);
void inb_body_add_text (InbBody *self, const char *text, gssize length);
gboolean inb_body_add_file (InbBody *self, const char *path, InbBodyEncoding encoding,
                            GError **error);
const char *inb_body_get_content_type (const InbBody *self);
gint64 inb_body_get_length (const InbBody *self);
GInputStream *inb_body_open (const InbBody *self);
char *inb_body_hash (const InbBody *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbBody, inb_body_free)

G_END_DECLS
