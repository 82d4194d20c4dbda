/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "providers/inb-message-values.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "core/inb-error.h"
#include "net/inb-json.h"
#include "providers/inb-jwt.h"
#include "providers/inb-message-address.h"

/* The values that placeholders of a provider file can name. What a message does not have is not in
 * the table: a placeholder with "?" then leaves its member out, any other is an error. */

static void
put_node (GHashTable *table, const char *name, JsonNode *node)
{
  g_hash_table_insert (table, g_strdup (name), node);
}

static void
put_text (GHashTable *table, const char *name, const char *text)
{
  if (text != NULL && *text != '\0')
    put_node (table, name, json_node_init_string (json_node_alloc (), text));
}

static void
put_int (GHashTable *table, const char *name, gint64 value)
{
  put_node (table, name, json_node_init_int (json_node_alloc (), value));
}

static void
put_request (GHashTable *table, const InbRequest *request)
{
  put_text (table, "prompt", request->prompt);
  put_text (table, "negative", request->negative);
  if (request->guidance >= 0.0)
    put_node (table, "guidance", json_node_init_double (json_node_alloc (), request->guidance));
  put_int (table, "duration", request->duration_s);
  /* a job is one clip, and so is a submit: what one answer loses is one clip at most */
  put_int (table, "takes", 1);
}

static void
put_variables (GHashTable *table, const InbModel *model)
{
  GHashTableIter iter;
  gpointer name, value;

  if (model == NULL || model->variables == NULL)
    return;
  g_hash_table_iter_init (&iter, model->variables);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      g_autofree char *full = g_strconcat ("model.", name, NULL);

      put_text (table, full, value);
    }
}

static void
put_hosts (GHashTable *table, const InbService *service, const char *home)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, service->hosts);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      g_autofree char *full = g_strconcat ("host.", name, NULL);
      g_autofree char *address = inb_message_address_of_host (service, name, home);

      put_text (table, full, address);
    }
}

static void
put_kept (GHashTable *table, const char *kept)
{
  g_autoptr (JsonObject) object = inb_json_parse_object (kept, -1, NULL);
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  if (object == NULL)
    return;
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &member))
    {
      g_autofree char *full = g_strconcat ("kept.", name, NULL);

      put_node (table, full, json_node_copy (member));
    }
}

static void
put_time (GHashTable *table, const char *name, gint64 time_us)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (time_us / G_USEC_PER_SEC);
  g_autofree char *text = time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : NULL;
  g_autofree char *name_ms = g_strconcat (name, "_ms", NULL);

  put_text (table, name, text);
  put_int (table, name_ms, time_us / 1000);
}

/**
 * inb_message_values_make_table:
 * @self: what is known
 *
 * Returns: (transfer full) (element-type utf8 JsonNode): all values but keys and pictures, by the
 * names of data/providers/README.md
 */
GHashTable *
inb_message_values_make_table (const InbMessageValues *self)
{
  GHashTable *table =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) json_node_unref);
  g_autofree char *uuid = g_uuid_string_random ();

  put_hosts (table, self->provider->service, self->home);
  put_variables (table, self->model);
  if (self->request != NULL)
    {
      put_request (table, self->request);
      put_int (table, "seed", self->seed);
    }
  put_text (table, "job", self->job_id);
  put_text (table, "id", self->remote_id);
  put_text (table, "idempotency_key", self->idempotency_key);
  put_text (table, "uuid", uuid);
  if (self->kept != NULL)
    put_kept (table, self->kept);
  if (self->since_us > 0)
    put_time (table, "since", self->since_us);
  if (self->until_us > 0)
    put_time (table, "until", self->until_us);
  return table;
}

/**
 * inb_message_values_find_sign_in:
 * @provider: a hosted one
 * @secrets: (nullable) (element-type utf8 utf8): credential's name → key
 *
 * Returns: (transfer none) (nullable): the first way to sign in of which all credentials are there
 */
const InbSignIn *
inb_message_values_find_sign_in (const InbProvider *provider, GHashTable *secrets)
{
  const GPtrArray *sign_ins = provider->service->sign_ins;

  for (guint i = 0; sign_ins != NULL && i < sign_ins->len; i++)
    {
      const InbSignIn *sign_in = g_ptr_array_index (sign_ins, i);
      gboolean whole = TRUE;

      for (guint j = 0; sign_in->with != NULL && sign_in->with[j] != NULL; j++)
        whole = whole && secrets != NULL && g_hash_table_contains (secrets, sign_in->with[j]);
      if (whole)
        return sign_in;
    }
  return NULL;
}

/**
 * inb_message_values_add_secrets:
 * @self: what is known
 * @sign_in: of inb_message_values_find_sign_in()
 * @table: (inout): gets the keys, or what is signed with them; it may only fill headers of messages
 * to the service itself
 */
void
inb_message_values_add_secrets (const InbMessageValues *self, const InbSignIn *sign_in,
                                GHashTable *table)
{
  for (guint i = 0; sign_in->with != NULL && sign_in->with[i] != NULL; i++)
    {
      g_autofree char *name = g_strconcat ("key:", sign_in->with[i], NULL);

      put_text (table, name, g_hash_table_lookup (self->secrets, sign_in->with[i]));
    }
  if (sign_in->kind == INB_SIGN_IN_KLING_JWT)
    {
      const char *access_key = g_hash_table_lookup (self->secrets, "access_key");
      const char *secret_key = g_hash_table_lookup (self->secrets, "secret_key");
      g_autofree char *token = NULL;

      if (access_key != NULL && secret_key != NULL)
        token = inb_jwt_new (access_key, secret_key, g_get_real_time () / G_USEC_PER_SEC);
      put_text (table, "jwt", token);
    }
}

/**
 * inb_message_values_add_picture:
 * @self: what is known
 * @name: "start" or "last"
 * @picture: a frame
 * @token: stands for the picture's bytes until the body is put together
 * @table: (inout): gets NAME and NAME_media
 * @error: %INB_ERROR_BAD_INPUT where the service wants an address and there is none
 *
 * Returns: whether it can be sent
 */
gboolean
inb_message_values_add_picture (const InbMessageValues *self, const char *name,
                                const InbPicture *picture, const char *token, GHashTable *table,
                                GError **error)
{
  const InbService *service = self->provider->service;
  g_autofree char *name_media = g_strconcat (name, "_media", NULL);
  g_autofree char *text = NULL;

  put_text (table, name_media, picture->media);
  if (picture->url != NULL &&
      (service->accepts_url || service->send == INB_IMAGE_UPLOAD || service->send == INB_IMAGE_URL))
    text = g_strdup (picture->url);
  else if (service->send == INB_IMAGE_BASE64)
    text = g_strdup (token);
  else if (service->send == INB_IMAGE_DATA_URI)
    text = g_strdup_printf ("data:%s;base64,%s", picture->media, token);
  else
    return inb_error_refuse (error,
                             _ ("%s fetches pictures from an https address, and “%s” has none."),
                             self->provider->name, name);
  put_text (table, name, text);
  return TRUE;
}

static const char *
get_extension (const char *media)
{
  return g_strcmp0 (media, "image/png") == 0    ? "png"
         : g_strcmp0 (media, "image/webp") == 0 ? "webp"
                                                : "jpg";
}

/**
 * inb_message_values_add_upload:
 * @picture: a frame
 * @table: (inout): gets "upload.name", "upload.size" in bytes, "upload.media"
 * @error: %INB_ERROR_NO_ACCESS if the file cannot be read
 *
 * The name says nothing of the person's own file.
 *
 * Returns: whether there is such a file
 */
gboolean
inb_message_values_add_upload (const InbPicture *picture, GHashTable *table, GError **error)
{
  g_autofree char *name = g_strconcat ("frame.", get_extension (picture->media), NULL);
  GStatBuf info;

  if (picture->path == NULL || g_stat (picture->path, &info) != 0)
    {
      g_propagate_error (error, inb_error_new_for_errno (errno, _ ("The frame's file")));
      return FALSE;
    }
  put_text (table, "upload.name", name);
  put_text (table, "upload.media", picture->media);
  put_int (table, "upload.size", info.st_size);
  return TRUE;
}
