/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/inb-body.h"

G_BEGIN_DECLS

/* What a message is for decides how long it may take: promises in the README.
 * LOOK: free to repeat (poll, history, balance, cancel); SUBMIT: paid, sent at most once by itself;
 * UPLOAD: a file, no bound but progress. */
typedef enum
{
  INB_MESSAGE_LOOK,
  INB_MESSAGE_SUBMIT,
  INB_MESSAGE_UPLOAD,
} InbMessageKind;

typedef struct
{
  char *name;
  char *value;
} InbHeader;

/**
 * InbMessage:
 * @kind: what it is for
 * @method: "GET", "POST", "PUT" or "DELETE"
 * @url: absolute address, checked when it is sent
 * @headers: (element-type InbHeader): in order, but for what the body says of itself
 * @body: (nullable): what is sent
 * @home: (nullable): the origin a person set instead of the service's, scheme and port included:
 * only there may an address be loopback or plain http
 * @bare: goes where no key may go (an upload address): through the session without credentials
 * @max_answer: bytes of an answer; 0: %INB_JSON_MAX_BYTES
 * @refused: (nullable): name of a header that could not be taken; such a message is not sent
 *
 * One request, complete. Plain data.
 */
typedef struct
{
  InbMessageKind kind;
  char *method;
  char *url;
  GPtrArray *headers;
  InbBody *body;
  char *home;
  gboolean bare;
  gsize max_answer;
  char *refused;
} InbMessage;

InbMessage *inb_message_new (InbMessageKind kind, const char *method, const char *url);
InbMessage *inb_message_copy (const InbMessage *self);
void inb_message_free (InbMessage *self);
gboolean inb_message_add_header (InbMessage *self, const char *name, const char *value);
const char *inb_message_get_header (const InbMessage *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbMessage, inb_message_free)

G_END_DECLS
