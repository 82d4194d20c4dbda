/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/inb-code.h"
#include "providers/inb-messages.h"

G_BEGIN_DECLS

/**
 * InbCodePiece:
 * @text: the letters themselves, or the name of a value
 * @variable: whether it is a name: of a value that is known only when the program runs
 */
typedef struct
{
  char *text;
  gboolean variable;
} InbCodePiece;

/**
 * InbCodeCall:
 * @method: "POST"
 * @url: with marks, see inb_code_plan_split()
 * @headers: (element-type InbHeader): beside those of every call; values with marks
 * @body: (nullable): JSON whose texts have marks
 *
 * One call of the program.
 */
typedef struct
{
  char *method;
  char *url;
  GPtrArray *headers;
  JsonNode *body;
} InbCodeCall;

/**
 * InbCodeKey:
 * @credential: its name in the provider file
 * @variable: the environment variable it is read from
 */
typedef struct
{
  const char *credential;
  char *variable;
} InbCodeKey;

/**
 * InbCodePlan:
 * @order: what it is made of
 * @provider: who makes the clip
 * @service: the same, as a service
 * @model: with what
 * @sign_in: (nullable): how the program shows who asks
 * @keys: (element-type InbCodeKey): what it reads from the environment
 * @headers: (element-type InbHeader): of every call to the service
 * @ticket: (nullable): the first call of an upload
 * @submit: the paid call
 * @poll: the free one
 * @second: (nullable): the one that asks for the clip
 * @first_s: s before the first poll
 * @every_s: s between polls
 * @clip: file the clip is written to; with several takes "-1", "-2", … stand before its extension
 * @nonce: begins every mark; nobody can know it before
 * @names: (element-type utf8): names of values, by the number in their mark
 * @size_mark: the number that stands for "upload.size"
 *
 * A program that makes the clips of a request, before it is written in a language.
 */
typedef struct
{
  const InbCodeOrder *order;
  const InbProvider *provider;
  const InbService *service;
  const InbModel *model;
  const InbSignIn *sign_in;
  GPtrArray *keys;
  GPtrArray *headers;
  InbCodeCall *ticket;
  InbCodeCall *submit;
  InbCodeCall *poll;
  InbCodeCall *second;
  double first_s;
  double every_s;
  char *clip;
  char *nonce;
  GPtrArray *names;
  gint64 size_mark;
} InbCodePlan;

InbCodePlan *inb_code_plan_new (const InbCodeOrder *order, GError **error);
void inb_code_plan_free (InbCodePlan *self);
GPtrArray *inb_code_plan_split (const InbCodePlan *self, const char *text);
gboolean inb_code_plan_uses (const InbCodePlan *self, const char *name);
GPtrArray *inb_code_plan_list_kept (const InbCodePlan *self);
gboolean inb_code_plan_needs_job (const InbCodePlan *self);
gboolean inb_code_plan_signs (const InbCodePlan *self);
gboolean inb_code_plan_takes_address (const InbCodePlan *self, const InbCodePhoto *photo);
const char *inb_code_plan_get_file_name (const InbCodePhoto *photo);
const char *inb_code_plan_get_variable (const InbCodePlan *self, const char *credential);
char *inb_code_plan_dup_clip (const InbCodePlan *self, guint take);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbCodePlan, inb_code_plan_free)

G_END_DECLS
