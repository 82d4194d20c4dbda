/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "net/inb-reply.h"
#include "providers/inb-service.h"

G_BEGIN_DECLS

/**
 * InbAnswer:
 * @status: HTTP status, or, of an error inside an event, the one it names
 * @root: (nullable): the body, if it is JSON to the letter
 * @page: whether it is a page for people: of a proxy, a portal, or the service's own
 * @reply: what it was read from
 * @cut: (element-type GBytes): long texts that were cut out: inb_long_texts_decode()
 *
 * An answer, opened: every access survives any content.
 */
typedef struct
{
  guint status;
  JsonNode *root;
  gboolean page;
  const InbReply *reply;
  GPtrArray *cut;
} InbAnswer;

InbAnswer *inb_answer_new (const InbReply *reply);
InbAnswer *inb_answer_new_for_event (const InbReply *reply);
void inb_answer_free (InbAnswer *self);
gboolean inb_answer_is_success (const InbAnswer *self);
gboolean inb_answer_is_object (const InbAnswer *self);
gboolean inb_answer_is_ok (const InbAnswer *self, const InbService *service);
JsonNode *inb_answer_find (const InbAnswer *self, const char *path);
char *inb_answer_dup_text (const InbAnswer *self, const char *path);
char *inb_answer_dup_first_text (const InbAnswer *self, char **paths);
gboolean inb_answer_get_number (const InbAnswer *self, const char *path, double *number);
char *inb_answer_dup_request_id (const InbAnswer *self, const InbService *service);

char *inb_answer_dup_node_text (JsonNode *node);
char *inb_answer_dup_id (JsonNode *node);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbAnswer, inb_answer_free)

G_END_DECLS
