/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "golden-tools.h"

#include <string.h>

#include "net/inb-json-path.h"
#include "net/inb-json.h"
#include "providers/inb-jwt.h"

/* The names that the services give to the same things: written down here once more, so that the
 * provider files are compared with something. */
static const struct
{
  const char *provider;
  const char *names[6];
} fields[] = {
  { "vercel-gateway",
    { "prompt", "image.data", "frameImages[1].image.data", "duration",
      "providerOptions.klingai.cfgScale", "providerOptions.klingai.negativePrompt" } },
  { "wavespeed",
    { "prompt", "image", "last_image", "duration", "guidance_scale", "negative_prompt" } },
  { "novita", { "prompt", "image", "no_last", "duration", "cfg_scale", "negative_prompt" } },
  { "highway", { "prompt", "image", "no_last", "duration", "cfg_scale", "negative_prompt" } },
  { "kling", { "prompt", "image", "image_tail", "duration", "cfg_scale", "negative_prompt" } },
  { "fal",
    { "prompt", "image_url", "tail_image_url", "duration", "cfg_scale", "negative_prompt" } },
  { "replicate",
    { "input.prompt", "input.start_image", "input.end_image", "input.duration",
      "input.guidance_scale", "input.negative_prompt" } },
};

enum
{
  PROMPT,
  START,
  LAST,
  DURATION,
  GUIDANCE,
  NEGATIVE,
};

/* A recording, with its server's address in place. */
JsonObject *
golden_load (const char *folder, const char *name)
{
  g_autofree char *file = g_strconcat (name, ".json", NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) pieces = NULL;
  g_autofree char *placed = NULL;
  g_autoptr (JsonNode) root = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  pieces = g_strsplit (text, "http://127.0.0.1:PORT", -1);
  placed = g_strjoinv (GOLDEN_HOME, pieces);
  root = wire_parse (placed);
  return json_object_ref (json_node_get_object (root));
}

static const char *
get_header (JsonObject *exchange, const char *name)
{
  JsonArray *headers = json_object_get_array_member (exchange, "raw_headers");

  for (guint i = 0; i < json_array_get_length (headers); i++)
    {
      JsonArray *pair = json_array_get_array_element (headers, i);

      if (g_ascii_strcasecmp (json_array_get_string_element (pair, 0), name) == 0)
        return json_array_get_string_element (pair, 1);
    }
  return NULL;
}

static char *
find_text (JsonObject *exchange, const char *provider, guint field)
{
  JsonNode *body = json_object_get_member (exchange, "body_json");
  JsonNode *node = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (fields) && body != NULL; i++)
    if (g_str_equal (fields[i].provider, provider))
      node = inb_json_path_find (body, fields[i].names[field]);
  if (node == NULL)
    return NULL;
  return json_node_get_value_type (node) == G_TYPE_STRING ? json_node_dup_string (node)
                                                          : json_to_string (node, FALSE);
}

/* The picture that went into the recording: an address, or one of the two files. A picture that a
 * service wants uploaded has an address of its own by then. */
static void
take_picture (Wire *wire, const char *folder, const char *value, const char *file,
              InbPicture *picture)
{
  const InbService *service = wire->values.provider->service;
  const char *comma = strchr (value, ',');
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autofree char *bytes = NULL;
  g_autofree guchar *decoded = NULL;
  gsize length, n_decoded;

  g_clear_pointer (&picture->url, g_free);
  if (strlen (value) < 60)
    {
      picture->url = g_strdup (value);
      return;
    }
  decoded = g_base64_decode (comma != NULL ? comma + 1 : value, &n_decoded);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_cmpmem (decoded, n_decoded, bytes, length);
  g_assert_true (g_file_set_contents (picture->path, bytes, (gssize) length, NULL));
  if (service->send == INB_IMAGE_UPLOAD)
    picture->url = g_strconcat ("https://uploaded.example/", file, NULL);
}

static void
take_key (Wire *wire, JsonObject *exchange)
{
  const char *authorization = get_header (exchange, "authorization");
  const InbCredential *credential =
      g_ptr_array_index (wire->values.provider->service->credentials, 0);

  g_assert_nonnull (authorization);
  g_hash_table_remove_all (wire->secrets);
  if (g_str_has_prefix (authorization, "Bearer eyJ"))
    {
      wire_set_key (wire, "access_key", "ak-test");
      wire_set_key (wire, "secret_key", "sk-test");
    }
  else
    wire_set_key (wire, credential->name, strchr (authorization, ' ') + 1);
}

/* What a person asked for when the exchange was recorded; what is not there was left to us. */
void
golden_take_inputs (Wire *wire, const char *folder, JsonObject *exchange)
{
  const char *provider = wire->values.provider->id;
  g_autofree char *prompt = find_text (exchange, provider, PROMPT);
  g_autofree char *start = find_text (exchange, provider, START);
  g_autofree char *last = find_text (exchange, provider, LAST);
  g_autofree char *duration = find_text (exchange, provider, DURATION);
  g_autofree char *guidance = find_text (exchange, provider, GUIDANCE);

  take_key (wire, exchange);
  g_free (wire->request->prompt);
  wire->request->prompt = g_strdup (prompt != NULL ? prompt : "not recorded");
  g_free (wire->request->negative);
  wire->request->negative = find_text (exchange, provider, NEGATIVE);
  wire->request->guidance = guidance != NULL ? g_ascii_strtod (guidance, NULL) : -1.0;
  wire->request->duration_s = duration != NULL ? (guint) g_ascii_strtoull (duration, NULL, 10) : 5;
  wire->values.last = NULL;
  if (start != NULL)
    take_picture (wire, folder, start, "first.png", &wire->start);
  else if (wire->start.url == NULL)
    wire->start.url = g_strdup ("https://uploaded.example/first.png");
  if (last != NULL)
    {
      take_picture (wire, folder, last, "last.png", &wire->last);
      wire->values.last = &wire->last;
    }
}

/* What the exchange is for, by where it goes. */
InbStep
golden_find_step (JsonObject *exchange)
{
  const char *method = json_object_get_string_member (exchange, "method");
  const char *path = json_object_get_string_member (exchange, "path");

  if (g_str_has_suffix (path, "/cancel"))
    return INB_STEP_CANCEL;
  if (g_str_has_suffix (path, "/v1/credits"))
    return INB_STEP_BALANCE;
  if (g_str_has_suffix (path, "/video-model"))
    return INB_STEP_FALLBACK;
  if (g_str_has_suffix (path, "/video-model/status"))
    return INB_STEP_POLL;
  if (g_str_equal (method, "POST"))
    return INB_STEP_SUBMIT;
  if (g_str_has_prefix (path, "/queue.fal.run/") && strstr (path, "/status") == NULL)
    return INB_STEP_SECOND;
  return INB_STEP_POLL;
}

static void
add (GHashTable *differences, const char *sign, const char *name)
{
  g_hash_table_add (differences, g_strconcat (sign, name, NULL));
}

static void compare_nodes (JsonNode *ours, JsonNode *theirs, const char *path,
                           GHashTable *differences);

static void
compare_objects (JsonObject *ours, JsonObject *theirs, const char *path, GHashTable *differences)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  json_object_iter_init (&iter, theirs);
  while (json_object_iter_next (&iter, &name, &member))
    {
      g_autofree char *inner = g_strdup_printf ("%s%s%s", path, *path != '\0' ? "." : "", name);

      if (json_object_has_member (ours, name))
        compare_nodes (json_object_get_member (ours, name), member, inner, differences);
      else
        add (differences, "-", inner);
    }
  json_object_iter_init (&iter, ours);
  while (json_object_iter_next (&iter, &name, &member))
    {
      g_autofree char *inner = g_strdup_printf ("%s%s%s", path, *path != '\0' ? "." : "", name);

      if (!json_object_has_member (theirs, name))
        add (differences, "+", inner);
    }
}

/* "+" what only we send, "-" what only they send, "~" what differs in value or type. */
static void
compare_nodes (JsonNode *ours, JsonNode *theirs, const char *path, GHashTable *differences)
{
  if (JSON_NODE_HOLDS_OBJECT (ours) && JSON_NODE_HOLDS_OBJECT (theirs))
    compare_objects (json_node_get_object (ours), json_node_get_object (theirs), path, differences);
  else if (!json_node_equal (ours, theirs))
    add (differences, "~", path);
}

/* A token's text differs each time: who, how long, and the signature are compared. */
static gboolean
is_same_token (const char *ours, const char *theirs)
{
  const char *marks[] = { ours, theirs };

  for (guint i = 0; i < 2; i++)
    {
      g_auto (GStrv) parts = g_strsplit (marks[i], ".", 3);
      g_autofree char *padded = g_strconcat (parts[1], "==", NULL);
      gsize length = 0;
      g_autofree guchar *bytes = g_base64_decode (padded, &length);
      g_autofree char *text = g_strndup ((const char *) bytes, length);
      g_autoptr (JsonNode) claims = wire_parse (text);
      JsonObject *object = json_node_get_object (claims);
      gint64 until = json_object_get_int_member (object, "exp");
      g_autofree char *again = inb_jwt_new ("ak-test", "sk-test", until - 1800);

      if (until - json_object_get_int_member (object, "nbf") != 1805 ||
          strcmp (json_object_get_string_member (object, "iss"), "ak-test") != 0 ||
          strcmp (strchr (marks[i], ' ') + 1, again) != 0)
        return FALSE;
    }
  return TRUE;
}

static void
compare_headers (const InbMessage *message, JsonObject *exchange, GHashTable *differences)
{
  static const char *const names[] = {
    "authorization",
    "x-api-key",
    "content-type",
    "idempotency-key",
    "ai-gateway-protocol-version",
    "ai-gateway-auth-method",
    "ai-model-id",
    "ai-video-model-specification-version",
    "x-fal-queue-priority",
    "x-fal-request-timeout",
    "x-fal-object-lifecycle-preference",
    "accept",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *theirs = get_header (exchange, names[i]);
      const char *ours = inb_message_get_header (message, names[i]);
      g_autofree char *name = g_strconcat ("header ", names[i], NULL);

      if (g_str_equal (names[i], "content-type"))
        ours = message->body != NULL ? inb_body_get_content_type (message->body) : NULL;
      /* of a message without a body it says nothing */
      if (g_str_equal (names[i], "content-type") && !json_object_has_member (exchange, "body_text"))
        theirs = NULL;
      if (g_str_equal (names[i], "accept") && g_strcmp0 (theirs, "text/event-stream") != 0)
        theirs = NULL;
      if (theirs == NULL && ours == NULL)
        continue;
      if (theirs == NULL || ours == NULL)
        add (differences, theirs == NULL ? "+" : "-", name);
      else if (strcmp (theirs, ours) != 0 && !g_str_equal (names[i], "idempotency-key") &&
               !(g_str_has_prefix (theirs, "Bearer eyJ") && is_same_token (ours, theirs)))
        add (differences, "~", name);
    }
}

/* Method, path and query, the headers that count, and the body, by meaning. */
void
golden_compare (const InbMessage *message, JsonObject *exchange, GHashTable *differences)
{
  const char *path = json_object_get_string_member (exchange, "path");
  g_auto (GStrv) theirs = g_strsplit (path, "?", 2);
  g_auto (GStrv) ours = NULL;
  JsonNode *body = json_object_get_member (exchange, "body_json");

  g_assert_true (g_str_has_prefix (message->url, GOLDEN_HOME "/"));
  ours = g_strsplit (message->url + strlen (GOLDEN_HOME), "?", 2);
  if (strcmp (message->method, json_object_get_string_member (exchange, "method")) != 0)
    add (differences, "~", "method");
  if (strcmp (ours[0], theirs[0]) != 0)
    add (differences, "~", "path");
  if (g_strcmp0 (ours[1], theirs[1]) != 0)
    add (differences, "~", "query");
  compare_headers (message, exchange, differences);
  if (message->body != NULL && body != NULL)
    {
      g_autofree char *text = wire_dup_body (message);
      g_autoptr (JsonNode) root = wire_parse (text);

      compare_nodes (root, body, "", differences);
    }
  else if (message->body != NULL || body != NULL)
    add (differences, "~", "body");
}

/* The recorded answer. */
InbReply *
golden_make_reply (JsonObject *exchange)
{
  JsonObject *response = json_object_get_object_member (exchange, "response");
  JsonObject *headers = json_object_get_object_member (response, "headers");
  JsonNode *body = json_object_get_member (response, "body_json");
  g_autofree char *text = body != NULL ? json_to_string (body, FALSE)
                                       : g_strdup (inb_json_get_string (response, "body_text"));
  const char *type = inb_json_get_string (headers, "content-type");
  const char *wait = inb_json_get_string (headers, "retry-after");
  InbReply *reply =
      inb_reply_new ((guint) json_object_get_int_member (response, "status"), type, text, -1);
  g_autoptr (GList) names = json_object_get_members (headers);

  for (GList *link = names; link != NULL; link = link->next)
    wire_set_header (reply, link->data, json_object_get_string_member (headers, link->data));
  if (wait != NULL)
    reply->retry_after_s = inb_retry_after_parse (wait, g_get_real_time ());
  return reply;
}
