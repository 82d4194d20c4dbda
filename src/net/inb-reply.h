/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * InbReply:
 * @status: HTTP status
 * @headers: (element-type utf8 utf8): name in lower case → value (of several, the last)
 * @content_type: media type in lower case without parameters; "" if none is given
 * @body: the whole body, decoded
 * @retry_after_s: 1…3600; −1 where the answer does not say
 * @date_us: the answer's Date, µs since 1970; 0 where it has none
 *
 * A whole answer. An answer that was cut short, too long or too slow is none.
 */
typedef struct
{
  guint status;
  GHashTable *headers;
  char *content_type;
  GBytes *body;
  gint64 retry_after_s;
  gint64 date_us;
} InbReply;

InbReply *inb_reply_new (guint status, const char *content_type, const char *body, gssize length);
void inb_reply_free (InbReply *self);
const char *inb_reply_get_header (const InbReply *self, const char *name);

gint64 inb_http_date_parse (const char *value);
gint64 inb_retry_after_parse (const char *value, gint64 now_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbReply, inb_reply_free)

G_END_DECLS
