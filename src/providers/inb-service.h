/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "core/inb-limits.h"

G_BEGIN_DECLS

/* What a provider file says of a hosted service: how its messages look and how its answers are
 * read. All of it is data; templates are filled by inb-template, paths are read by inb-json-path.
 */

/**
 * InbCredential:
 * @name: "api_key"
 * @label: for people
 * @env: (array zero-terminated): names of environment variables, in order; always empty in a
 * person's own file
 */
typedef struct
{
  char *name;
  char *label;
  char **env;
} InbCredential;

typedef enum
{
  INB_SIGN_IN_PLAIN,
  INB_SIGN_IN_KLING_JWT, /* the value "{jwt}": HS256 of access_key and secret_key */
} InbSignInKind;

/**
 * InbSignIn:
 * @kind: plain, or a kind that is code
 * @with: (array zero-terminated): names of the credentials it wants, all of them
 * @headers: (type JsonNode): object of header templates
 *
 * One way to show who asks. The first of which all credentials are there is taken.
 */
typedef struct
{
  InbSignInKind kind;
  char **with;
  JsonNode *headers;
} InbSignIn;

/**
 * InbCall:
 * @method: "GET", "POST", "PUT" or "DELETE"
 * @url: template of an address; begins with "{host.NAME}", or is "{kept.NAME}"
 * @headers: (nullable): object of templates, beside those of the service
 * @body: (nullable): template
 */
typedef struct
{
  char *method;
  char *url;
  JsonNode *headers;
  JsonNode *body;
} InbCall;

typedef enum
{
  INB_IMAGE_URL,
  INB_IMAGE_BASE64,
  INB_IMAGE_DATA_URI,
  INB_IMAGE_UPLOAD,
} InbImageSend;

typedef enum
{
  INB_UPLOAD_TICKET_PUT, /* POST → method, address and headers of a PUT, and the public address */
  INB_UPLOAD_PRESIGN_PUT,  /* the same, the method is PUT */
  INB_UPLOAD_INITIATE_PUT, /* the same, the only header is Content-Type */
  INB_UPLOAD_MULTIPART,    /* one POST of multipart/form-data */
} InbUploadKind;

/**
 * InbUpload:
 * @kind: which way
 * @ticket: the call that asks for a place; with MULTIPART: the call itself, without a body
 * @put_method: (nullable): path to the method
 * @put_url: (nullable): path to the address
 * @put_headers: (nullable): path to an object of headers, sent exactly so
 * @part: (nullable): MULTIPART: name of the part that carries the file
 * @fields: (nullable): MULTIPART: object of further parts, name → JSON value, sent as
 * application/json
 * @public_url: path to the address the service itself uses
 * @lifetime_s: how long that lives; 0 not stated
 */
typedef struct
{
  InbUploadKind kind;
  InbCall ticket;
  char *put_method;
  char *put_url;
  char *put_headers;
  char *part;
  JsonNode *fields;
  char *public_url;
  gint64 lifetime_s;
} InbUpload;

typedef enum
{
  INB_SUBMIT_PLAIN,
  INB_SUBMIT_START_OR_SSE, /* where the call answers 404, @fallback is sent, which answers by events
                            */
} InbSubmitKind;

typedef enum
{
  INB_IDEMPOTENCY_NONE,
  INB_IDEMPOTENCY_HEADER, /* the service knows a repeat by the header @idempotency_name */
  INB_IDEMPOTENCY_LOOKUP, /* the service finds a job by our own reference: @lookup */
} InbIdempotency;

/* The words of a status, by what they mean */
typedef enum
{
  INB_WORD_QUEUED,
  INB_WORD_RUNNING,
  INB_WORD_SUCCEEDED,
  INB_WORD_FAILED,
  INB_WORD_CANCELLED,
} InbWord;

#define INB_N_WORDS (INB_WORD_CANCELLED + 1)

typedef enum
{
  INB_RESULT_URL,
  INB_RESULT_URL_OR_BASE64, /* elements of "type" url with "url", or base64 with "data" */
  INB_RESULT_SECOND_GET,    /* when the poll says succeeded, @second is asked for the paths below */
  INB_RESULT_FIRST_HTTP_STRING, /* the first https text in whatever stands there */
} InbResultKind;

/**
 * InbErrorRule:
 * @statuses: (element-type guint): HTTP statuses; empty: any
 * @path: (nullable): path into the answer
 * @is: (element-type utf8): what stands there, numbers as text; empty with a @path: anything
 * @contains: (nullable): what the text there contains, letter case ignored
 * @code: one of #InbError
 * @sent: what the answer to a submit proves: 1 it was accepted or may be, 0 it was not accepted, −1
 * as HTTP says
 */
typedef struct
{
  GArray *statuses;
  char *path;
  char **is;
  char *contains;
  int code;
  int sent;
} InbErrorRule;

/**
 * InbService:
 * @hosts: (element-type utf8 utf8): name → https origin without a slash at the end; "api" is there
 * @result_hosts: (nullable): hosts that clips may come from; %NULL: any public one
 * @credentials: (element-type InbCredential): all that can be asked for
 * @headers: (nullable): object of templates for every call to the service's hosts
 * @sign_ins: (element-type InbSignIn): in order of preference
 * @creates_per_minute: per key; 0 not stated
 * @at_once: per key; 0 not stated
 * @send: how a local picture travels
 * @accepts_url: whether an https address of a picture is taken as it is
 * @upload: (nullable): with %INB_IMAGE_UPLOAD
 * @submit_kind: plain, or a kind that is code
 * @submit: the paid call
 * @fallback: (nullable): see %INB_SUBMIT_START_OR_SSE
 * @accept: (element-type guint): statuses that mean accepted
 * @ok_path: (nullable): with @ok_is: what must stand in any good answer (Kling: "code" is "0")
 * @idempotency: what the service offers against doubles
 * @idempotency_name: (nullable): name of the header
 * @idempotency_s: how long a key is remembered; 0 not stated (a day is taken)
 * @id_path: where the id stands in the submit's answer
 * @id_json: whether the id is kept as a whole JSON value
 * @keep: (nullable) (element-type utf8 utf8): name → path of what else is kept of that answer
 * @poll: the free call
 * @poll_accept: (element-type guint): statuses of a poll that hold an answer
 * @poll_first_s: wait before the first
 * @poll_every_s: wait between
 * @status_paths: (array zero-terminated): where the word stands; the first that is there
 * @words: (array fixed-size=5): the words of each #InbWord
 * @message_paths: (array zero-terminated): why it failed
 * @progress_path: (nullable): 0…100
 * @nsfw_path: (nullable): any true there means content policy
 * @cost_path: (nullable): dollars the job cost
 * @charged_failed: "no" where the service says that failed jobs are not charged, else "maybe"
 * @result_kind: how the clip is found
 * @result_paths: (array zero-terminated): where its address, or what holds it, stands
 * @second: (nullable): the second call
 * @result_lifetime_s: how long the clip is kept; 0 not stated
 * @result_lifetime_path: (nullable): the same, in seconds, in the answer
 * @result_expires_path: (nullable): ms since 1970, in the answer
 * @cancel: (nullable): the call that cancels
 * @history: (nullable): the call that lists jobs
 * @history_items: path to the items
 * @history_id: path in an item
 * @history_created: (nullable): path in an item: ISO 8601, or s or ms since 1970
 * @history_match: (nullable): object: path in an item → template of what must stand there, if it is
 * there
 * @lookup: (nullable): the call that finds a job by our reference; read with @lookup_id
 * @lookup_id: (nullable): path of the id in its answer
 * @balance: (nullable): the call that tells what is left
 * @balance_path: (nullable): dollars, number or text
 * @check: (nullable): a free call that only succeeds with a good key
 * @error_messages: (array zero-terminated): paths of the service's own words
 * @request_ids: (array zero-terminated): paths, or "header:NAME"
 * @rules: (element-type InbErrorRule): in order
 */
typedef struct
{
  GHashTable *hosts;
  char **result_hosts;
  GPtrArray *credentials;
  JsonNode *headers;
  GPtrArray *sign_ins;
  guint creates_per_minute;
  guint at_once;

  InbImageSend send;
  gboolean accepts_url;
  InbUpload *upload;

  InbSubmitKind submit_kind;
  InbCall submit;
  InbCall *fallback;
  GArray *accept;
  char *ok_path;
  char *ok_is;
  InbIdempotency idempotency;
  char *idempotency_name;
  gint64 idempotency_s;
  char *id_path;
  gboolean id_json;
  GHashTable *keep;

  InbCall poll;
  GArray *poll_accept;
  guint poll_first_s;
  guint poll_every_s;
  char **status_paths;
  char **words[INB_N_WORDS];
  char **message_paths;
  char *progress_path;
  char *nsfw_path;
  char *cost_path;
  char *charged_failed;

  InbResultKind result_kind;
  char **result_paths;
  InbCall *second;
  gint64 result_lifetime_s;
  char *result_lifetime_path;
  char *result_expires_path;

  InbCall *cancel;
  InbCall *history;
  char *history_items;
  char *history_id;
  char *history_created;
  JsonNode *history_match;
  InbCall *lookup;
  char *lookup_id;
  InbCall *balance;
  char *balance_path;
  InbCall *check;

  char **error_messages;
  char **request_ids;
  GPtrArray *rules;
} InbService;

InbService *inb_service_new (void);
void inb_service_free (InbService *self);
void inb_call_clear (InbCall *self);
void inb_call_free (InbCall *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbService, inb_service_free)

G_END_DECLS
