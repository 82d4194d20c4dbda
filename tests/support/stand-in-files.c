/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures that clients upload: a ticket first, then the bytes, never with a key. Only their sums
 * are kept. */
#include "stand-in.h"

#include <string.h>

typedef struct
{
  char *service;
  char *media_type; /* what was announced; NULL: nothing */
  char *sum;        /* NULL: not here yet */
  gsize size;
} SiFile;

static void
file_free (gpointer data)
{
  SiFile *file = data;

  g_free (file->service);
  g_free (file->media_type);
  g_free (file->sum);
  g_free (file);
}

void
si_files_clear (SiStand *stand)
{
  if (stand->files == NULL)
    stand->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, file_free);
  g_hash_table_remove_all (stand->files);
}

/* Opens a place for a file and gives its id. */
char *
si_file_new (SiCall *call, const char *media_type)
{
  SiFile *file = g_new0 (SiFile, 1);
  char *id = g_uuid_string_random ();

  file->service = g_strdup (call->service->id);
  file->media_type = g_strdup (media_type);
  g_hash_table_insert (call->stand->files, g_strdup (id), file);
  return id;
}

char *
si_file_put_url (SiStand *stand, const char *id)
{
  return g_strdup_printf ("%s/put/%s?X-Signature=put-%s", stand->origin, id, id);
}

char *
si_file_url (SiStand *stand, const char *id)
{
  return g_strdup_printf ("%s/files/%s", stand->origin, id);
}

/* Whether an address of ours names a file whose bytes have come. */
gboolean
si_file_is_here (SiStand *stand, const char *url)
{
  const char *name = strrchr (url, '/');
  SiFile *file = name != NULL ? g_hash_table_lookup (stand->files, name + 1) : NULL;

  return file != NULL && file->sum != NULL;
}

gboolean
si_file_forget (SiStand *stand, const char *id)
{
  return g_hash_table_remove (stand->files, id);
}

/* Takes the bytes of a file; says why not. */
gboolean
si_file_take (SiCall *call, const char *id, const char *media_type, GBytes *bytes, char **why)
{
  SiFile *file = g_hash_table_lookup (call->stand->files, id);
  gsize size;
  const guchar *data = g_bytes_get_data (bytes, &size);
  const char *magic = si_magic (data, size);

  if (file == NULL)
    *why = g_strdup ("no upload was begun under this address");
  else if (size == 0)
    *why = g_strdup ("the file is empty");
  else if (media_type == NULL || g_strcmp0 (media_type, file->media_type) != 0)
    *why = g_strdup_printf ("announced as %s, sent as %s", file->media_type, media_type);
  else if (magic == NULL || (strcmp (magic, media_type) != 0 &&
                             strcmp (media_type, "application/octet-stream") != 0))
    *why = g_strdup_printf ("sent as %s, but it is %s", media_type, magic);
  if (*why != NULL)
    return FALSE;
  g_free (file->sum);
  file->sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, data, size);
  file->size = size;
  si_counts (call->stand, file->service)->uploads++;
  return TRUE;
}

/* One part of a multipart form; type is what its own header says. */
gboolean
si_form_part (SiCall *call, const char *name, GBytes **bytes, char **type)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (call->message);
  g_autoptr (GBytes) body =
      soup_message_body_flatten (soup_server_message_get_request_body (call->message));
  g_autoptr (SoupMultipart) form = soup_multipart_new_from_message (headers, body);
  int i;

  for (i = 0; form != NULL && i < soup_multipart_get_length (form); i++)
    {
      g_autoptr (GHashTable) parameters = NULL;
      g_autofree char *disposition = NULL;
      SoupMessageHeaders *part;
      GBytes *content;

      if (!soup_multipart_get_part (form, i, &part, &content) ||
          !soup_message_headers_get_content_disposition (part, &disposition, &parameters) ||
          g_strcmp0 (g_hash_table_lookup (parameters, "name"), name) != 0)
        continue;
      *bytes = g_bytes_ref (content);
      *type = g_strdup (soup_message_headers_get_content_type (part, NULL));
      return TRUE;
    }
  return FALSE;
}

JsonNode *
si_files_dump (SiStand *stand)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();
  GHashTableIter iter;
  gpointer id, value;

  g_hash_table_iter_init (&iter, stand->files);
  while (g_hash_table_iter_next (&iter, &id, &value))
    {
      JsonObject *object = json_object_new ();
      SiFile *file = value;

      json_object_set_string_member (object, "service", file->service);
      json_object_set_string_member (object, "id", id);
      json_object_set_string_member (object, "type", file->media_type);
      json_object_set_int_member (object, "bytes", (gint64) file->size);
      json_object_set_string_member (object, "sha256", file->sum);
      json_array_add_object_element (array, object);
    }
  json_node_take_array (node, array);
  return node;
}

static void
refuse_file (SiCall *call, guint status, const char *code, const char *message)
{
  char *text = g_markup_printf_escaped (
      "<?xml version=\"1.0\"?><Error><Code>%s</Code><Message>%s</Message></Error>\n", code,
      message);

  g_free (call->type);
  call->status = status;
  call->type = g_strdup ("application/xml");
  g_clear_pointer (&call->bytes, g_bytes_unref);
  call->bytes = g_bytes_new_take (text, strlen (text));
}

/* What a signature covers must come exactly: these headers and no key beside them. */
static void
put (SiCall *call)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (call->message);
  const char *signature = g_hash_table_lookup (call->query, "X-Signature");
  g_autofree char *expected = g_strconcat ("put-", call->part[0], NULL);
  g_autoptr (GBytes) bytes =
      soup_message_body_flatten (soup_server_message_get_request_body (call->message));
  g_autofree char *why = NULL;

  si_leak (call, "upload");
  if (soup_message_headers_get_list (headers, "authorization") != NULL ||
      soup_message_headers_get_list (headers, "x-api-key") != NULL)
    refuse_file (call, 400, "InvalidArgument", "Only one auth mechanism allowed");
  else if (g_strcmp0 (signature, expected) != 0)
    refuse_file (call, 403, "SignatureDoesNotMatch", "The signature does not match.");
  else if (!si_file_take (call, call->part[0],
                          soup_message_headers_get_one (headers, "content-type"), bytes, &why))
    refuse_file (call, 403, "SignatureDoesNotMatch", why);
  else
    {
      g_autofree char *etag = g_strdup_printf ("\"%s\"", call->part[0]);

      refuse_file (call, 200, "", "");
      g_clear_pointer (&call->bytes, g_bytes_unref);
      call->bytes = g_bytes_new_static ("", 0);
      si_header (call, "ETag", etag);
    }
}

/* The service that the file belongs to is the one whose steps and faults these are. */
static gboolean
enter (SiCall *call)
{
  return TRUE;
}

static void
error (SiCall *call, guint status, const char *message)
{
  refuse_file (call, status, "InternalError", message);
}

static void
refuse (SiCall *call, SiWhy why, const char *field, const char *message)
{
  refuse_file (call, 400, "InvalidArgument", message);
}

/* NULL: the address names no file. */
const char *
si_file_service (SiStand *stand, const char *id)
{
  SiFile *file = g_hash_table_lookup (stand->files, id);

  return file != NULL ? file->service : NULL;
}

static const SiRoute routes[] = {
  { "PUT", "/put/{}", SI_STEP_UPLOAD, put, SI_OPEN, NULL },
  { NULL },
};

const SiService si_files = { "files", enter, refuse, error, routes };
