/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "providers/inb-code-plan.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/inb-error.h"
#include "providers/inb-catalogue.h"
#include "providers/inb-message-address.h"
#include "providers/inb-message-parts.h"
#include "providers/inb-message-values.h"
#include "providers/inb-template.h"

/* The calls of a provider file, filled with what is asked for. What is known only when the program
 * runs (keys, the photo's bytes, the service's answers) is filled in as a mark: a nonce and two
 * digits, which no prompt can hold by chance or on purpose. */

/* Fifteen digits: exact as a JSON number, and the size of no file. */
#define MIN_SIZE_MARK G_GINT64_CONSTANT (100000000000000)
/* A service on this computer is a stand-in: it has no rate to spare, and tests want to end. */
#define LOCAL_HURRY 50

static void
header_free (InbHeader *self)
{
  g_free (self->name);
  g_free (self->value);
  g_free (self);
}

static void
key_free (InbCodeKey *self)
{
  g_free (self->variable);
  g_free (self);
}

static void
call_free (InbCodeCall *self)
{
  g_free (self->method);
  g_free (self->url);
  g_clear_pointer (&self->headers, g_ptr_array_unref);
  g_clear_pointer (&self->body, json_node_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbCodeCall, call_free)

/**
 * inb_code_plan_free:
 * @self: (transfer full): a plan
 */
void
inb_code_plan_free (InbCodePlan *self)
{
  g_clear_pointer (&self->keys, g_ptr_array_unref);
  g_clear_pointer (&self->headers, g_ptr_array_unref);
  g_clear_pointer (&self->ticket, call_free);
  g_clear_pointer (&self->submit, call_free);
  g_clear_pointer (&self->poll, call_free);
  g_clear_pointer (&self->second, call_free);
  g_free (self->clip);
  g_free (self->nonce);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_free (self);
}

static char *
make_mark (InbCodePlan *self, const char *name)
{
  guint index = self->names->len;

  for (guint i = 0; i < self->names->len; i++)
    if (strcmp (g_ptr_array_index (self->names, i), name) == 0)
      index = i;
  if (index == self->names->len)
    g_ptr_array_add (self->names, g_strdup (name));
  return g_strdup_printf ("%s-%02u", self->nonce, index);
}

static void
put_mark (InbCodePlan *self, GHashTable *table, const char *name)
{
  g_autofree char *mark = make_mark (self, name);

  g_hash_table_insert (table, g_strdup (name), json_node_init_string (json_node_alloc (), mark));
}

/* "{id:json}" is read as JSON: the mark is a JSON text then. */
static void
put_id (InbCodePlan *self, GHashTable *table)
{
  g_autofree char *mark = make_mark (self, "id");
  g_autofree char *text = self->service->id_json ? g_strdup_printf ("\"%s\"", mark) : NULL;

  g_hash_table_insert (table, g_strdup ("id"),
                       json_node_init_string (json_node_alloc (), text != NULL ? text : mark));
}

static void
put_picture (InbCodePlan *self, GHashTable *table, const char *name, const InbCodePhoto *photo)
{
  g_autofree char *name_media = g_strconcat (name, "_media", NULL);
  g_autofree char *mark = make_mark (self, name);
  g_autofree char *text = self->service->send == INB_IMAGE_DATA_URI
                              ? g_strdup_printf ("data:%s;base64,%s", photo->media, mark)
                              : g_strdup (mark);

  g_hash_table_insert (table, g_strdup (name), json_node_init_string (json_node_alloc (), text));
  g_hash_table_insert (table, g_steal_pointer (&name_media),
                       json_node_init_string (json_node_alloc (), photo->media));
}

static void
put_keys (InbCodePlan *self, GHashTable *table)
{
  for (guint i = 0; i < self->keys->len; i++)
    {
      const InbCodeKey *key = g_ptr_array_index (self->keys, i);
      g_autofree char *name = g_strconcat ("key:", key->credential, NULL);

      put_mark (self, table, name);
    }
  if (self->sign_in != NULL && self->sign_in->kind == INB_SIGN_IN_KLING_JWT)
    put_mark (self, table, "jwt");
}

/* All values but keys */
static GHashTable *
make_table (InbCodePlan *self)
{
  const InbCodeOrder *order = self->order;
  InbMessageValues values = { .provider = self->provider,
                              .model = self->model,
                              .home = order->home,
                              .request = order->request,
                              .seed = order->request->seed };
  GHashTable *table = inb_message_values_make_table (&values);
  GHashTableIter iter;
  gpointer name;

  put_picture (self, table, "start", order->start);
  if (order->last != NULL)
    put_picture (self, table, "last", order->last);
  put_mark (self, table, "job");
  put_mark (self, table, "uuid");
  put_mark (self, table, "idempotency_key");
  put_mark (self, table, "upload.name");
  put_mark (self, table, "upload.media");
  g_hash_table_insert (table, g_strdup ("upload.size"),
                       json_node_init_int (json_node_alloc (), self->size_mark));
  put_id (self, table);
  if (self->service->keep == NULL)
    return table;
  g_hash_table_iter_init (&iter, self->service->keep);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      g_autofree char *full = g_strconcat ("kept.", name, NULL);

      put_mark (self, table, full);
    }
  return table;
}

/* An address of the service itself, or one that it gave. */
static char *
fill_url (InbCodePlan *self, const char *template, GHashTable *table, GError **error)
{
  InbMessageValues values = { .provider = self->provider, .home = self->order->home };

  if (g_str_has_prefix (template, "{kept."))
    return inb_template_fill_text (template, INB_TEMPLATE_ADDRESS, table, error);
  return inb_message_parts_fill_url (&values, template, table, error);
}

static GPtrArray *
fill_headers (InbCodePlan *self, JsonNode *const *templates, guint n_templates, GHashTable *table,
              GError **error)
{
  g_autoptr (InbMessage) message = inb_message_new (INB_MESSAGE_LOOK, "GET", "");
  GPtrArray *headers = g_ptr_array_new_with_free_func ((GDestroyNotify) header_free);

  for (guint i = 0; i < n_templates; i++)
    if (!inb_message_parts_add_headers (message, templates[i], table, error))
      {
        g_ptr_array_unref (headers);
        return NULL;
      }
  for (guint i = 0; message->headers != NULL && i < message->headers->len; i++)
    {
      const InbHeader *header = g_ptr_array_index (message->headers, i);
      InbHeader *copy = g_new0 (InbHeader, 1);

      copy->name = g_strdup (header->name);
      copy->value = g_strdup (header->value);
      g_ptr_array_add (headers, copy);
    }
  return headers;
}

static InbCodeCall *
make_call (InbCodePlan *self, const InbCall *call, GHashTable *table, GError **error)
{
  g_autoptr (InbCodeCall) made = g_new0 (InbCodeCall, 1);

  made->method = g_strdup (call->method);
  made->url = fill_url (self, call->url, table, error);
  if (made->url == NULL)
    return NULL;
  if (call->body != NULL && !JSON_NODE_HOLDS_NULL (call->body))
    {
      made->body = inb_template_fill (call->body, table, error);
      if (made->body == NULL)
        return NULL;
    }
  made->headers = fill_headers (self, &call->headers, 1, table, error);
  return made->headers != NULL ? g_steal_pointer (&made) : NULL;
}

static gboolean
has_call (const InbCall *call)
{
  return call != NULL && call->url != NULL;
}

static void
add_idempotency (InbCodePlan *self)
{
  InbHeader *header;

  if (self->service->idempotency != INB_IDEMPOTENCY_HEADER)
    return;
  header = g_new0 (InbHeader, 1);
  header->name = g_strdup (self->service->idempotency_name);
  header->value = make_mark (self, "idempotency_key");
  g_ptr_array_add (self->submit->headers, header);
}

static gboolean
make_calls (InbCodePlan *self, GError **error)
{
  const InbService *service = self->service;
  g_autoptr (GHashTable) table = make_table (self);
  JsonNode *common[] = { service->headers, self->sign_in != NULL ? self->sign_in->headers : NULL };

  self->submit = make_call (self, &service->submit, table, error);
  if (self->submit == NULL)
    return FALSE;
  add_idempotency (self);
  self->poll = make_call (self, &service->poll, table, error);
  if (self->poll == NULL)
    return FALSE;
  if (has_call (service->second))
    self->second = make_call (self, service->second, table, error);
  if (has_call (service->second) && self->second == NULL)
    return FALSE;
  if (service->upload != NULL)
    self->ticket = make_call (self, &service->upload->ticket, table, error);
  if (service->upload != NULL && self->ticket == NULL)
    return FALSE;
  put_keys (self, table); /* from here on headers only */
  self->headers = fill_headers (self, common, G_N_ELEMENTS (common), table, error);
  return self->headers != NULL;
}

static const InbCredential *
find_credential (const InbService *service, const char *name)
{
  for (guint i = 0; i < service->credentials->len; i++)
    {
      const InbCredential *credential = g_ptr_array_index (service->credentials, i);

      if (strcmp (credential->name, name) == 0)
        return credential;
    }
  return NULL;
}

/* A person's own file names no variable of the environment: its keys get names of ours. */
static char *
make_variable (const InbCredential *credential, guint index)
{
  g_autofree char *upper = g_ascii_strup (credential->name, -1);

  if (credential->env != NULL && credential->env[0] != NULL)
    return g_strdup (credential->env[0]);
  if (index == 0)
    return g_strdup ("INBETWEEN_KEY");
  g_strcanon (upper, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", '_');
  return g_strconcat ("INBETWEEN_KEY_", upper, NULL);
}

static void
find_keys (InbCodePlan *self)
{
  const GPtrArray *ways = self->service->sign_ins;

  self->keys = g_ptr_array_new_with_free_func ((GDestroyNotify) key_free);
  self->sign_in = self->order->sign_in;
  if (self->sign_in == NULL && ways != NULL && ways->len > 0)
    self->sign_in = g_ptr_array_index (ways, 0);
  for (guint i = 0; self->sign_in != NULL && self->sign_in->with[i] != NULL; i++)
    {
      const InbCredential *credential = find_credential (self->service, self->sign_in->with[i]);
      InbCodeKey *key;

      g_return_if_fail (credential != NULL); /* the loader has looked */
      key = g_new0 (InbCodeKey, 1);
      key->credential = credential->name;
      key->variable = make_variable (credential, i);
      g_ptr_array_add (self->keys, key);
    }
}

/* "mug.jpg" → "mug.mp4", beside where the program runs */
static char *
make_clip_name (const InbCodeOrder *order)
{
  g_autofree char *base = g_path_get_basename (order->start->file);
  char *dot = strrchr (base, '.');

  if (order->clip != NULL)
    return g_strdup (order->clip);
  if (dot != NULL && dot != base)
    *dot = '\0';
  return g_strconcat (base, ".mp4", NULL);
}

static void
set_waits (InbCodePlan *self)
{
  const char *scheme = self->order->home != NULL ? g_uri_peek_scheme (self->order->home) : NULL;
  gboolean local = g_strcmp0 (scheme, "http") == 0;
  double hurry = local ? LOCAL_HURRY : 1.0;

  self->first_s = self->service->poll_first_s / hurry;
  self->every_s = MAX (self->service->poll_every_s, 1) / hurry;
}

static gboolean
check_order (const InbCodeOrder *order, const InbProvider *provider, GError **error)
{
  if (provider->service == NULL)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_NOBODY,
                   _ ("%s makes clips on this computer: there is no request to a service. The "
                      "command does the same."),
                   provider->name);
      return FALSE;
    }
  if (!g_utf8_validate (order->start->file, -1, NULL) ||
      (order->last != NULL && !g_utf8_validate (order->last->file, -1, NULL)) ||
      (order->clip != NULL && !g_utf8_validate (order->clip, -1, NULL)))
    return inb_error_refuse (error, _ ("A file's name is not UTF-8, so it cannot be written into a "
                                       "program. Rename the file."));
  return TRUE;
}

/**
 * inb_code_plan_new:
 * @order: lives as long as the plan
 * @error: %INB_ERROR_NOBODY for the local engine; %INB_ERROR_BAD_INPUT for a provider or model that
 * is not there, a value that the service cannot be given, or a file name that is not UTF-8
 *
 * Returns: (transfer full) (nullable): the calls that make the clip
 */
InbCodePlan *
inb_code_plan_new (const InbCodeOrder *order, GError **error)
{
  const InbProvider *provider = inb_catalogue_find (order->request->provider, error);
  g_autoptr (InbCodePlan) self = NULL;

  if (provider == NULL || !check_order (order, provider, error))
    return NULL;
  self = g_new0 (InbCodePlan, 1);
  self->order = order;
  self->provider = provider;
  self->service = provider->service;
  self->model = inb_provider_get_model (provider, order->request->model, error);
  if (self->model == NULL)
    return NULL;
  self->nonce = g_uuid_string_random ();
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->size_mark = MIN_SIZE_MARK + g_random_int ();
  self->clip = make_clip_name (order);
  set_waits (self);
  find_keys (self);
  return make_calls (self, error) ? g_steal_pointer (&self) : NULL;
}
