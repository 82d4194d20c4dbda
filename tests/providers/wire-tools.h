/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/inb-answers.h"

G_BEGIN_DECLS

/* All that a message can be made of, for a provider of the catalogue: two small frames, a request,
 * a key for every credential. */
typedef struct
{
  InbMessageValues values;
  InbRequest *request;
  InbPicture start;
  InbPicture last;
  GHashTable *secrets;
  char *folder;
} Wire;

#define WIRE_PROMPT "A mug turns.\nSlow “steam”"
/* base64 of the two frames */
#define WIRE_START "c3RhcnQtYnl0ZXM="
#define WIRE_LAST "bGFzdC1ieXRlcyE="

Wire *wire_new (const char *provider, const char *model);
void wire_free (Wire *self);
void wire_set_key (Wire *self, const char *name, const char *value);

char *wire_dup_body (const InbMessage *message);
JsonNode *wire_parse (const char *json);
void wire_assert_json (const char *given, const char *wanted);
InbReply *wire_reply (guint status, const char *body);
InbReply *wire_page (guint status);
void wire_set_header (InbReply *reply, const char *name, const char *value);

InbMessage *wire_make (Wire *self, InbStep step);
InbReceipt *wire_submit (Wire *self, guint status, const char *body);
InbReport *wire_poll (Wire *self, guint status, const char *body);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wire, wire_free)

G_END_DECLS
