/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-request.h"
#include "net/inb-message.h"
#include "providers/inb-provider.h"

G_BEGIN_DECLS

/**
 * InbPicture:
 * @path: absolute path of a prepared frame
 * @media: its media type, from its first bytes
 * @url: (nullable): where the service can fetch it: uploaded, or given by the person
 */
typedef struct
{
  char *path;
  char *media;
  char *url;
} InbPicture;

/**
 * InbMessageValues:
 * @provider: a hosted one
 * @model: one of its models
 * @home: (nullable): origin a person set instead of the service's
 * @secrets: (element-type utf8 utf8): credential's name → key
 * @request: (nullable): what was asked for
 * @job_id: (nullable): our own id of the job
 * @seed: of this take
 * @start: (nullable): the start frame
 * @last: (nullable): the last frame
 * @idempotency_key: (nullable): the same for every attempt at one job
 * @remote_id: (nullable): the service's id, or the JSON text it is kept as
 * @kept: (nullable): JSON object text: what else was kept of the submit's answer
 * @since_us: µs since 1970: begin of a window of time
 * @until_us: its end
 *
 * All that can fill a placeholder. Borrowed for the call; members a message does not need may be
 * unset.
 */
typedef struct
{
  const InbProvider *provider;
  const InbModel *model;
  const char *home;
  GHashTable *secrets;
  const InbRequest *request;
  const char *job_id;
  guint32 seed;
  const InbPicture *start;
  const InbPicture *last;
  const char *idempotency_key;
  const char *remote_id;
  const char *kept;
  gint64 since_us;
  gint64 until_us;
} InbMessageValues;

typedef enum
{
  INB_STEP_SUBMIT,
  INB_STEP_FALLBACK, /* the submit of a service whose first way answered 404 */
  INB_STEP_POLL,
  INB_STEP_SECOND, /* the result where the poll does not hold it */
  INB_STEP_CANCEL,
  INB_STEP_HISTORY,
  INB_STEP_LOOKUP,
  INB_STEP_BALANCE,
  INB_STEP_CHECK,
} InbStep;

gboolean inb_messages_has_step (const InbProvider *provider, InbStep step);
InbMessage *inb_messages_make (const InbMessageValues *values, InbStep step, GError **error);

/* An upload: the ticket, then, unless it was the upload itself, the file. */
InbMessage *inb_messages_make_ticket (const InbMessageValues *values, const InbPicture *picture,
                                      GError **error);
InbMessage *inb_messages_make_put (const InbMessageValues *values, const InbPicture *picture,
                                   JsonNode *ticket, GError **error);

const char *inb_messages_get_sign_in_name (const InbProvider *provider, GHashTable *secrets);

G_END_DECLS
