/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "providers/inb-service-file.h"

#include <string.h>

#define MAX_HOSTS 8
#define MAX_CREDENTIALS 8
#define MAX_SIGN_INS 8
#define MAX_ENV 4
#define MAX_LABEL 60
#define NAME_CHARS "abcdefghijklmnopqrstuvwxyz0123456789_"
#define ENV_CHARS "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
#define HOST_CHARS "abcdefghijklmnopqrstuvwxyz0123456789-."

static const char *const sign_in_words[] = { "plain", "kling-jwt" };

static gboolean
is_made_of (const char *text, const char *chars, gsize max)
{
  gsize length = strlen (text);

  return length > 0 && length <= max && strspn (text, chars) == length;
}

/* An https origin as it is compared and shown: lower case, no slash at its end, nobody's name in
 * front of the host. */
static gboolean
is_origin (const char *text)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);
  g_autofree char *origin = NULL;
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  int port;

  if (host == NULL || !g_str_equal (g_uri_get_scheme (uri), "https") ||
      !is_made_of (host, HOST_CHARS, 253) || *host == '.' || *host == '-' ||
      strstr (host, "..") != NULL)
    return FALSE;
  port = g_uri_get_port (uri);
  origin = port > 0 ? g_strdup_printf ("https:%s%s:%d", "//", host, port)
                    : g_strdup_printf ("https:%s%s", "//", host);
  return g_str_equal (origin, text);
}

static gboolean
read_host (InbReader *reader, const char *name, InbService *self)
{
  const char *origin = NULL;

  if (!is_made_of (name, NAME_CHARS, 32))
    return inb_reader_refuse (reader, name, "may have lower case letters, digits and “_”");
  if (!inb_reader_string (reader, name, &origin))
    return FALSE;
  if (!is_origin (origin))
    return inb_reader_refuse (reader, name,
                              "must be https:, two slashes and the name of a host in lower case, "
                              "without a slash at the end");
  g_hash_table_insert (self->hosts, g_strdup (name), g_strdup (origin));
  return TRUE;
}

static gboolean
read_hosts (InbReader *root, InbService *self, gboolean own)
{
  g_autoptr (GList) members = NULL;
  InbReader reader;
  gboolean good = TRUE;

  if (!inb_reader_enter (&reader, root, "hosts"))
    return FALSE;
  members = json_object_get_members (reader.object);
  if (own && g_list_length (members) > 1)
    good = inb_reader_refuse (root, "hosts",
                              "may name one host: the key of a file of your own goes to no other");
  else if (g_list_length (members) > MAX_HOSTS)
    good = inb_reader_refuse (root, "hosts", "may name at most %d hosts", MAX_HOSTS);
  for (GList *link = members; link != NULL && good; link = link->next)
    good = read_host (&reader, link->data, self);
  if (good && !g_hash_table_contains (self->hosts, "api"))
    good = inb_reader_refuse (&reader, "api", "must be there");
  return inb_reader_end (&reader) && good;
}

static gboolean
read_result_hosts (InbReader *root, InbService *self)
{
  if (inb_reader_is_null (root, "result_hosts"))
    return TRUE;
  if (!inb_reader_dup_words (root, "result_hosts", &self->result_hosts))
    return FALSE;
  for (guint i = 0; self->result_hosts[i] != NULL; i++)
    if (!is_made_of (self->result_hosts[i], HOST_CHARS, 253))
      return inb_reader_refuse (root, "result_hosts", "may hold names of hosts in lower case");
  return TRUE;
}

static gboolean
read_env (InbReader *reader, gboolean own, InbCredential *credential)
{
  if (!inb_reader_dup_texts (reader, "env", MAX_ENV, &credential->env))
    return FALSE;
  if (own && credential->env[0] != NULL)
    return inb_reader_refuse (reader, "env",
                              "must be empty: a file of your own may not read the environment");
  for (guint i = 0; credential->env[i] != NULL; i++)
    if (!is_made_of (credential->env[i], ENV_CHARS, 64))
      return inb_reader_refuse (reader, "env", "may have upper case letters, digits and “_”");
  return TRUE;
}

static const InbCredential *
find_credential (const InbService *self, const char *name)
{
  for (guint i = 0; i < self->credentials->len; i++)
    {
      const InbCredential *credential = g_ptr_array_index (self->credentials, i);

      if (g_strcmp0 (credential->name, name) == 0)
        return credential;
    }
  return NULL;
}

static gboolean
read_credential (InbReader *reader, InbService *self, gboolean own)
{
  InbCredential *credential = g_new0 (InbCredential, 1);
  const char *name = NULL;

  g_ptr_array_add (self->credentials, credential);
  if (!inb_reader_string (reader, "name", &name))
    return FALSE;
  if (!is_made_of (name, NAME_CHARS, 32))
    return inb_reader_refuse (reader, "name", "may have lower case letters, digits and “_”");
  if (find_credential (self, name) != NULL)
    return inb_reader_refuse (reader, "name", "“%s” is there twice", name);
  credential->name = g_strdup (name);
  return inb_reader_dup_text (reader, "label", MAX_LABEL, &credential->label) &&
         read_env (reader, own, credential);
}

static gboolean
read_credentials (InbReader *root, InbService *self, gboolean own)
{
  JsonArray *array = NULL;
  gboolean good = TRUE;

  if (!inb_reader_array (root, "credentials", &array))
    return FALSE;
  if (json_array_get_length (array) > MAX_CREDENTIALS)
    return inb_reader_refuse (root, "credentials", "may have at most %d elements", MAX_CREDENTIALS);
  for (guint i = 0; i < json_array_get_length (array) && good; i++)
    {
      InbReader reader;

      if (!inb_reader_enter_element (&reader, root, "credentials", array, i))
        return FALSE;
      good = read_credential (&reader, self, own);
      good = inb_reader_end (&reader) && good;
    }
  return good;
}

static InbSignIn *
add_sign_in (InbService *self, InbSignInKind kind)
{
  InbSignIn *sign_in = g_new0 (InbSignIn, 1);

  sign_in->kind = kind;
  g_ptr_array_add (self->sign_ins, sign_in);
  return sign_in;
}

static gboolean
check_with (InbReader *reader, const InbService *self, const InbSignIn *sign_in)
{
  const char *const *with = (const char *const *) sign_in->with;

  for (guint i = 0; with[i] != NULL; i++)
    if (find_credential (self, with[i]) == NULL)
      return inb_reader_refuse (reader, "with", "there is no credential “%s”", with[i]);
  if (sign_in->kind == INB_SIGN_IN_KLING_JWT &&
      (!g_strv_contains (with, "access_key") || !g_strv_contains (with, "secret_key")))
    return inb_reader_refuse (reader, "with", "must name access_key and secret_key for kling-jwt");
  return TRUE;
}

static gboolean
read_sign_in (InbReader *reader, InbScope *scope, InbService *self)
{
  InbSignIn *sign_in = add_sign_in (self, INB_SIGN_IN_PLAIN);
  guint kind = INB_SIGN_IN_PLAIN;

  if (!inb_reader_is_null (reader, "kind") &&
      !inb_reader_word (reader, "kind", sign_in_words, G_N_ELEMENTS (sign_in_words), &kind))
    return FALSE;
  sign_in->kind = (InbSignInKind) kind;
  if (!inb_reader_dup_words (reader, "with", &sign_in->with) || !check_with (reader, self, sign_in))
    return FALSE;
  scope->with = sign_in->with;
  scope->values = INB_SCOPE_KEYS | (kind == INB_SIGN_IN_KLING_JWT ? INB_SCOPE_JWT : 0);
  if (!inb_scope_read_headers (scope, reader, "headers", &sign_in->headers))
    return FALSE;
  return sign_in->headers != NULL || inb_reader_refuse (reader, "headers", "must be an object");
}

/* Where nothing is said of ways to sign in, there is one, with everything. */
static void
add_only_sign_in (InbService *self)
{
  InbSignIn *sign_in = add_sign_in (self, INB_SIGN_IN_PLAIN);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < self->credentials->len; i++)
    g_strv_builder_add (builder,
                        ((InbCredential *) g_ptr_array_index (self->credentials, i))->name);
  sign_in->with = g_strv_builder_end (builder);
  sign_in->headers = json_node_init_object (json_node_alloc (), json_object_new ());
  json_object_unref (json_node_get_object (sign_in->headers));
}

static gboolean
read_sign_ins (InbReader *root, InbScope *scope, InbService *self)
{
  JsonArray *array = NULL;
  gboolean good = TRUE;

  if (inb_reader_is_null (root, "sign_in"))
    {
      add_only_sign_in (self);
      scope->values = INB_SCOPE_KEYS;
      return inb_scope_read_headers (scope, root, "headers", &self->headers);
    }
  scope->values = 0;
  if (!inb_scope_read_headers (scope, root, "headers", &self->headers) ||
      !inb_reader_array (root, "sign_in", &array))
    return FALSE;
  if (json_array_get_length (array) > MAX_SIGN_INS)
    return inb_reader_refuse (root, "sign_in", "may have at most %d elements", MAX_SIGN_INS);
  for (guint i = 0; i < json_array_get_length (array) && good; i++)
    {
      InbReader reader;

      if (!inb_reader_enter_element (&reader, root, "sign_in", array, i))
        return FALSE;
      good = read_sign_in (&reader, scope, self);
      scope->with = NULL;
      good = inb_reader_end (&reader) && good;
    }
  return good;
}

/**
 * inb_service_file_read:
 * @root: a reader of the whole file
 * @self: a new service, filled as far as the first fault
 * @variables: (element-type utf8): names that every model has a value for
 * @own: whether it is a person's own file, which may not name environment variables
 *
 * Reads all that a hosted provider's file has beyond that of any provider.
 *
 * Returns: %FALSE after a fault
 */
gboolean
inb_service_file_read (InbReader *root, InbService *self, GHashTable *variables, gboolean own)
{
  InbScope scope = { .service = self, .variables = variables };

  return read_hosts (root, self, own) && read_result_hosts (root, self) &&
         read_credentials (root, self, own) && read_sign_ins (root, &scope, self) &&
         inb_service_file_read_image (root, &scope, self) &&
         inb_service_file_read_submit (root, &scope, self) &&
         inb_service_file_read_poll (root, &scope, self) &&
         inb_service_file_read_result (root, &scope, self) &&
         inb_service_file_read_others (root, &scope, self) &&
         inb_service_file_read_errors (root, self);
}
