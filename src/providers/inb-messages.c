/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "providers/inb-messages.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/inb-error.h"
#include "providers/inb-message-parts.h"
#include "providers/inb-message-values.h"
#include "providers/inb-template.h"

/* What an answer may hold beside the few kilobytes that matter. A clip as base64: 56 MiB hold 42
 * MiB of clip, more than the largest of 10 s at 1080p has, and are still within the 64 MiB that no
 * answer may make the program grow by. A picture that a service
 * repeats: 10 MB (the largest that any of them takes) are 13.4 MB as base64. Both chosen. */
#define MAX_CLIP_ANSWER (56 * 1024 * 1024)
#define MAX_ECHO_ANSWER (16 * 1024 * 1024)

/* A frame in a body: its bytes are read only while they are sent, so a token stands for them. */
typedef struct
{
  const InbPicture *picture;
  char *token;
} Slot;

typedef struct
{
  Slot start;
  Slot last;
} Slots;

static void
slots_clear (Slots *self)
{
  g_free (self->start.token);
  g_free (self->last.token);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Slots, slots_clear)

static const InbCall *
find_call (const InbService *service, InbStep step)
{
  switch (step)
    {
    case INB_STEP_SUBMIT:
      return &service->submit;
    case INB_STEP_FALLBACK:
      return service->fallback;
    case INB_STEP_POLL:
      return &service->poll;
    case INB_STEP_SECOND:
      return service->second;
    case INB_STEP_CANCEL:
      return service->cancel;
    case INB_STEP_HISTORY:
      return service->history;
    case INB_STEP_LOOKUP:
      return service->lookup;
    case INB_STEP_BALANCE:
      return service->balance;
    case INB_STEP_CHECK:
      return service->check != NULL ? service->check : service->balance;
    default:
      g_return_val_if_reached (NULL);
    }
}

/**
 * inb_messages_has_step:
 * @provider: any
 * @step: a step of a job, or a question
 *
 * Returns: whether the service offers it
 */
gboolean
inb_messages_has_step (const InbProvider *provider, InbStep step)
{
  const InbCall *call = provider->service != NULL ? find_call (provider->service, step) : NULL;

  return call != NULL && call->url != NULL;
}

/**
 * inb_messages_get_sign_in_name:
 * @provider: a hosted one
 * @secrets: (nullable) (element-type utf8 utf8): credential's name → key
 *
 * Which key a message would carry.
 *
 * Returns: (transfer none) (nullable): name of the first credential of the way to sign in that is
 * taken; %NULL if no way is complete
 */
const char *
inb_messages_get_sign_in_name (const InbProvider *provider, GHashTable *secrets)
{
  const InbSignIn *sign_in = inb_message_values_find_sign_in (provider, secrets);

  return sign_in != NULL && sign_in->with != NULL ? sign_in->with[0] : NULL;
}

static void
fill_slot (Slot *slot, const InbPicture *picture, const char *name)
{
  g_autofree char *uuid = g_uuid_string_random ();

  slot->picture = picture;
  slot->token = g_strconcat ("inbetween-", name, "-", uuid, NULL);
}

static gboolean
put_pictures (const InbMessageValues *values, Slots *slots, GHashTable *table, GError **error)
{
  if (values->start != NULL)
    {
      fill_slot (&slots->start, values->start, "start");
      if (!inb_message_values_add_picture (values, "start", values->start, slots->start.token,
                                           table, error))
        return FALSE;
    }
  if (values->last != NULL)
    {
      fill_slot (&slots->last, values->last, "last");
      if (!inb_message_values_add_picture (values, "last", values->last, slots->last.token, table,
                                           error))
        return FALSE;
    }
  return TRUE;
}

/* Whichever picture comes first in the text goes first. */
static gboolean
add_pieces (InbBody *body, const char *text, const Slots *slots, GError **error)
{
  while (TRUE)
    {
      const char *start = slots->start.token != NULL ? strstr (text, slots->start.token) : NULL;
      const char *last = slots->last.token != NULL ? strstr (text, slots->last.token) : NULL;
      const Slot *slot =
          start != NULL && (last == NULL || start < last) ? &slots->start : &slots->last;
      const char *at = slot == &slots->start ? start : last;

      if (at == NULL)
        break;
      inb_body_add_text (body, text, at - text);
      if (!inb_body_add_file (body, slot->picture->path, INB_BODY_BASE64, error))
        return FALSE;
      text = at + strlen (slot->token);
    }
  inb_body_add_text (body, text, -1);
  return TRUE;
}

static gboolean
add_body (InbMessage *message, const InbMessageValues *values, JsonNode *template,
          GHashTable *table, GError **error)
{
  g_auto (Slots) slots = { 0 };
  g_autoptr (JsonNode) filled = NULL;
  g_autofree char *text = NULL;

  if (template == NULL || JSON_NODE_HOLDS_NULL (template))
    return TRUE;
  if (message->kind == INB_MESSAGE_SUBMIT && !put_pictures (values, &slots, table, error))
    return FALSE;
  filled = inb_template_fill (template, table, error);
  if (filled == NULL)
    return FALSE;
  text = json_to_string (filled, FALSE);
  message->body = inb_body_new ("application/json");
  return add_pieces (message->body, text, &slots, error);
}

static gsize
get_max_answer (const InbService *service, InbStep step)
{
  if (step == INB_STEP_CANCEL || step == INB_STEP_BALANCE)
    return 0;
  if (service->result_kind == INB_RESULT_URL_OR_BASE64 && step != INB_STEP_SUBMIT)
    return MAX_CLIP_ANSWER;
  return service->send == INB_IMAGE_DATA_URI || service->send == INB_IMAGE_BASE64 ? MAX_ECHO_ANSWER
                                                                                  : 0;
}

static void
add_marks (InbMessage *message, const InbMessageValues *values, InbStep step)
{
  const InbService *service = values->provider->service;

  if (step == INB_STEP_SUBMIT && service->idempotency == INB_IDEMPOTENCY_HEADER &&
      service->idempotency_name != NULL && values->idempotency_key != NULL)
    inb_message_parts_set_header (message, service->idempotency_name, values->idempotency_key);
  if (step == INB_STEP_FALLBACK)
    inb_message_parts_set_header (message, "Accept", "text/event-stream");
}

/**
 * inb_messages_make:
 * @values: what is known: the request and its pictures for a submit, the service's id for a poll, …
 * @step: what is to be sent
 * @error: %INB_ERROR_BAD_INPUT for a value that is missing or does not fit, %INB_ERROR_KEY without
 * a key, %INB_ERROR_NETWORK for an address that is not the service's own, %INB_ERROR_NO_ACCESS for
 * a frame that cannot be read, %INB_ERROR_NOBODY for a step that the service does not have
 *
 * Keys go into headers of messages to the service itself only. Frames are not read here, only when
 * they are sent.
 *
 * Returns: (transfer full) (nullable): the message, complete. For the same values, a submit's body
 * is the same to the byte unless the provider file asks for "{uuid}" or a time
 */
InbMessage *
inb_messages_make (const InbMessageValues *values, InbStep step, GError **error)
{
  const InbService *service = values->provider->service;
  const InbCall *call = service != NULL ? find_call (service, step) : NULL;
  gboolean paid = step == INB_STEP_SUBMIT || step == INB_STEP_FALLBACK;
  g_autoptr (InbMessage) message = NULL;
  g_autoptr (GHashTable) table = NULL;
  g_autofree char *url = NULL;

  if (call == NULL || call->url == NULL)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_NOBODY, _ ("%s offers no such call."),
                   values->provider->name);
      return NULL;
    }
  table = inb_message_values_make_table (values);
  url = inb_message_parts_fill_url (values, call->url, table, error);
  if (url == NULL)
    return NULL;
  message = inb_message_new (paid ? INB_MESSAGE_SUBMIT : INB_MESSAGE_LOOK, call->method, url);
  message->home = g_strdup (values->home);
  message->max_answer = get_max_answer (service, step);
  if (!add_body (message, values, call->body, table, error) ||
      !inb_message_parts_sign (message, values, call, table, error))
    return NULL;
  add_marks (message, values, step);
  return g_steal_pointer (&message);
}
