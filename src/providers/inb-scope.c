/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "providers/inb-scope.h"

#include <string.h>

#include "providers/inb-template.h"

/* Bounds are chosen: several times what any known service needs. */
#define MAX_URL 500
#define MAX_HEADERS 16
#define MAX_HEADER 500

static const char *const method_words[] = { "GET", "POST", "PUT", "DELETE" };

/* Belong to the connection, to the body, or to nobody who only describes a service. */
static const char *const closed_headers[] = {
  "host",     "content-length", "content-type", "content-encoding", "transfer-encoding",
  "te",       "trailer",        "connection",   "keep-alive",       "upgrade",
  "expect",   "cookie",         "set-cookie",   "accept-encoding",  "range",
  "if-range", "origin",         "referer",      "user-agent",       "forwarded",
};

static const char *const closed_prefixes[] = { "proxy-", "sec-", "x-forwarded-" };

static const char *const request_values[] = {
  "prompt", "negative",    "guidance",   "duration",        "takes", "seed",
  "start",  "start_media", "last_media", "idempotency_key", "last",
};

static const char *const window_values[] = { "since", "until", "since_ms", "until_ms" };
static const char *const upload_values[] = { "upload.name", "upload.size", "upload.media" };

static gboolean
has_word (const char *const *words, guint n_words, const char *word)
{
  for (guint i = 0; i < n_words; i++)
    if (g_str_equal (words[i], word))
      return TRUE;
  return FALSE;
}

static gboolean
has_credential (const InbScope *self, const char *name)
{
  if (self->with != NULL)
    return g_strv_contains ((const char *const *) self->with, name);
  for (guint i = 0; i < self->service->credentials->len; i++)
    {
      const InbCredential *credential = g_ptr_array_index (self->service->credentials, i);

      if (g_strcmp0 (credential->name, name) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
knows (const char *name, gpointer user_data)
{
  const InbScope *self = user_data;
  const InbService *service = self->service;

  if (g_str_has_prefix (name, "host."))
    return g_hash_table_contains (service->hosts, name + strlen ("host."));
  if (g_str_has_prefix (name, "model."))
    return g_hash_table_contains (self->variables, name + strlen ("model."));
  if (g_str_has_prefix (name, "kept."))
    return (self->values & INB_SCOPE_REMOTE) != 0 && service->keep != NULL &&
           g_hash_table_contains (service->keep, name + strlen ("kept."));
  if (g_str_has_prefix (name, "key:"))
    return (self->values & INB_SCOPE_KEYS) != 0 && has_credential (self, name + strlen ("key:"));
  if (has_word (request_values, G_N_ELEMENTS (request_values), name))
    return (self->values & INB_SCOPE_REQUEST) != 0;
  if (has_word (window_values, G_N_ELEMENTS (window_values), name))
    return (self->values & INB_SCOPE_WINDOW) != 0;
  if (has_word (upload_values, G_N_ELEMENTS (upload_values), name))
    return (self->values & INB_SCOPE_UPLOAD) != 0;
  if (g_str_equal (name, "jwt"))
    return (self->values & INB_SCOPE_JWT) != 0;
  if (g_str_equal (name, "job"))
    return (self->values & INB_SCOPE_JOB) != 0;
  if (g_str_equal (name, "id"))
    return (self->values & INB_SCOPE_REMOTE) != 0;
  return g_str_equal (name, "uuid");
}

static gboolean
check_template (const InbScope *self, InbReader *reader, const char *name, JsonNode *template)
{
  g_autoptr (GError) problem = NULL;

  if (inb_template_check (template, knows, (gpointer) self, &problem))
    return TRUE;
  return inb_reader_refuse (reader, name, "%s", problem->message);
}

/* A text that is part of a line: a header or an address. The blank in front makes it one that is
 * not whole, so that no value in it can be left out or change its type. */
static gboolean
check_line (const InbScope *self, InbReader *reader, const char *name, const char *text)
{
  g_autoptr (JsonNode) node = json_node_alloc ();
  g_autofree char *line = g_strconcat (" ", text, NULL);

  json_node_init_string (node, line);
  return check_template (self, reader, name, node);
}

/**
 * inb_scope_read_template:
 * @self: what may be named
 * @reader: a reader
 * @name: a member that may be missing or null
 * @template: (out) (transfer full) (nullable): an object or array, all its values known
 *
 * Returns: %FALSE after a fault
 */
gboolean
inb_scope_read_template (const InbScope *self, InbReader *reader, const char *name,
                         JsonNode **template)
{
  JsonNode *node = NULL;

  if (inb_reader_is_null (reader, name))
    return TRUE;
  node = inb_reader_get (reader, name);
  if (!JSON_NODE_HOLDS_OBJECT (node) && !JSON_NODE_HOLDS_ARRAY (node))
    return inb_reader_refuse (reader, name, "must be an object or a list");
  if (!check_template (self, reader, name, node))
    return FALSE;
  *template = json_node_ref (node);
  return TRUE;
}

/* Hosts are where keys go: after one there is a slash, so that nothing can be put to its name, and
 * it stands at the beginning only. */
static gboolean
check_url (const InbScope *self, InbReader *reader, const char *name, const char *url)
{
  const char *close = strchr (url, '}');
  gboolean kept = g_str_has_prefix (url, "{kept.");

  if (strlen (url) > MAX_URL)
    return inb_reader_refuse (reader, name, "is longer than %d characters", MAX_URL);
  if (close == NULL || (!kept && !g_str_has_prefix (url, "{host.")) || (kept && close[1] != '\0'))
    return inb_reader_refuse (reader, name,
                              "must begin with {host.NAME}/ or be {kept.NAME} and nothing else");
  if (!check_line (self, reader, name, url))
    return FALSE;
  if (kept)
    return TRUE;
  if (close[1] != '/')
    return inb_reader_refuse (reader, name, "must have a slash after {host.NAME}");
  if (strstr (close, "{host.") != NULL || strstr (close, "{kept.") != NULL)
    return inb_reader_refuse (reader, name, "may name a host, or what is kept, at its beginning");
  for (const char *p = close; *p != '\0'; p++)
    if (!g_ascii_isgraph (*p) || strchr ("\"<>\\^`|#", *p) != NULL)
      return inb_reader_refuse (reader, name, "has a character that no address has");
  if (strstr (close, "..") != NULL)
    return inb_reader_refuse (reader, name, "may not have two dots in a row");
  return TRUE;
}

/**
 * inb_scope_read_url:
 * @self: what may be named
 * @reader: a reader
 * @name: a member that must be the template of an address
 * @url: (out) (transfer full): it begins with a known host and a slash, or is one kept address
 *
 * Returns: %FALSE after a fault
 */
gboolean
inb_scope_read_url (const InbScope *self, InbReader *reader, const char *name, char **url)
{
  const char *text = NULL;

  if (!inb_reader_string (reader, name, &text) || !check_url (self, reader, name, text))
    return FALSE;
  *url = g_strdup (text);
  return TRUE;
}

static gboolean
is_token (const char *text)
{
  if (*text == '\0' || strlen (text) > 64)
    return FALSE;
  for (; *text != '\0'; text++) /* RFC 9110, 5.6.2 */
    if (!g_ascii_isalnum (*text) && strchr ("!#$%&'*+-.^_`|~", *text) == NULL)
      return FALSE;
  return TRUE;
}

/**
 * inb_scope_may_set:
 * @self: where
 * @name: name of a header
 *
 * Returns: whether a provider file may set it there: a token, and none that belongs to the
 * connection, the body or the browser; Authorization only where a key may stand
 */
gboolean
inb_scope_may_set (const InbScope *self, const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (guint i = 0; i < G_N_ELEMENTS (closed_prefixes); i++)
    if (g_str_has_prefix (lower, closed_prefixes[i]))
      return FALSE;
  if (g_str_equal (lower, "authorization") && (self->values & INB_SCOPE_KEYS) == 0)
    return FALSE;
  return is_token (name) && !has_word (closed_headers, G_N_ELEMENTS (closed_headers), lower);
}

static gboolean
check_header (const InbScope *self, InbReader *reader, const char *name, GHashTable *names)
{
  const char *value = NULL;

  if (!inb_scope_may_set (self, name))
    return inb_reader_refuse (reader, name, "is no header that a provider file may set here");
  if (!g_hash_table_add (names, g_ascii_strdown (name, -1)))
    return inb_reader_refuse (reader, name, "is there twice");
  if (!inb_reader_string (reader, name, &value))
    return FALSE;
  if (strlen (value) > MAX_HEADER)
    return inb_reader_refuse (reader, name, "is longer than %d characters", MAX_HEADER);
  for (const char *p = value; *p != '\0'; p++)
    if ((guchar) *p < 0x20 || (guchar) *p >= 0x7f)
      return inb_reader_refuse (reader, name, "may have printable ASCII characters only");
  return check_line (self, reader, name, value);
}

/**
 * inb_scope_read_headers:
 * @self: what may be named
 * @reader: a reader
 * @name: a member that may be missing or null
 * @headers: (out) (transfer full) (nullable): object of templates
 *
 * Names are those of inb_scope_may_set(), each once.
 *
 * Returns: %FALSE after a fault
 */
gboolean
inb_scope_read_headers (const InbScope *self, InbReader *reader, const char *name,
                        JsonNode **headers)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GList) members = NULL;
  gboolean good = TRUE;
  InbReader inner;

  if (inb_reader_is_null (reader, name))
    return TRUE;
  if (!inb_reader_enter (&inner, reader, name))
    return FALSE;
  if (json_object_get_size (inner.object) > MAX_HEADERS)
    good = inb_reader_refuse (reader, name, "may have at most %d headers", MAX_HEADERS);
  members = json_object_get_members (inner.object);
  for (GList *link = members; link != NULL && good; link = link->next)
    good = check_header (self, &inner, link->data, names);
  if (!inb_reader_end (&inner) || !good)
    return FALSE;
  *headers = json_node_ref (inb_reader_get (reader, name));
  return TRUE;
}

/**
 * inb_scope_read_call:
 * @self: what may be named
 * @reader: a reader of the object that describes the call
 * @call: (out caller-allocates): method, address, headers and body
 *
 * Returns: %FALSE after a fault
 */
gboolean
inb_scope_read_call (const InbScope *self, InbReader *reader, InbCall *call)
{
  guint method = 0;

  if (!inb_reader_word (reader, "method", method_words, G_N_ELEMENTS (method_words), &method) ||
      !inb_scope_read_url (self, reader, "url", &call->url) ||
      !inb_scope_read_headers (self, reader, "headers", &call->headers) ||
      !inb_scope_read_template (self, reader, "body", &call->body))
    return FALSE;
  call->method = g_strdup (method_words[method]);
  if (method == 0 && call->body != NULL)
    return inb_reader_refuse (reader, "body", "cannot go with GET");
  return TRUE;
}

/**
 * inb_scope_enter_call:
 * @self: what may be named
 * @reader: (out caller-allocates): a reader of the call, for what else stands there; needs an end
 * if @call is set
 * @parent: a reader
 * @name: a member that may be missing or null
 * @call: (out) (transfer full) (nullable): the call, if there is one
 *
 * Returns: %FALSE after a fault
 */
gboolean
inb_scope_enter_call (const InbScope *self, InbReader *reader, InbReader *parent, const char *name,
                      InbCall **call)
{
  if (inb_reader_is_null (parent, name))
    return TRUE;
  if (!inb_reader_enter (reader, parent, name))
    return FALSE;
  *call = g_new0 (InbCall, 1);
  return inb_scope_read_call (self, reader, *call);
}
