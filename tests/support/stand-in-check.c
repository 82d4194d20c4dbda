/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every service asks of a key and of a body. */
#include "stand-in.h"

#include <string.h>

/* Whether a test's key asks for a refusal: "bad" and so on stand anywhere in a short key, and as a
 * word of their own in a long one, where chance writes such letters. */
gboolean
si_key_says (const char *key, const char *word)
{
  const char *at;

  for (at = strstr (key, word); at != NULL; at = strstr (at + 1, word))
    if (strlen (key) < 24 ||
        ((at == key || !g_ascii_isalnum (at[-1])) && !g_ascii_isalnum (at[strlen (word)])))
      return TRUE;
  return FALSE;
}

/* Takes the key out of a header, "SCHEME KEY" or the whole of it where scheme is NULL. */
gboolean
si_enter_with (SiCall *call, const char *header, const char *scheme)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (call->message);
  const char *value = soup_message_headers_get_one (headers, header);
  const char *key = value;

  if (value != NULL && scheme != NULL)
    key = g_str_has_prefix (value, scheme) && value[strlen (scheme)] == ' '
              ? value + strlen (scheme) + 1
              : NULL;
  if (key == NULL || *key == '\0' || strchr (key, ' ') != NULL)
    {
      call->service->refuse (call, SI_NO_KEY, header, "no key");
      return FALSE;
    }
  g_free (call->key);
  call->key = g_strdup (key);
  if (si_key_says (key, "bad"))
    call->service->refuse (call, SI_BAD_KEY, header, "unknown key");
  else if (call->step == SI_STEP_SUBMIT && si_key_says (key, "poor"))
    call->service->refuse (call, SI_POOR, NULL, "no money");
  else if (call->step == SI_STEP_SUBMIT && si_key_says (key, "plan"))
    call->service->refuse (call, SI_PLAN, NULL, "not in the plan");
  else
    return TRUE;
  return call->status == 0;
}

/* The media type that the first bytes speak of; NULL: none that a picture may have here. */
const char *
si_magic (const guchar *data, gsize size)
{
  static const guchar png[] = { 0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a };

  if (size > sizeof png && memcmp (data, png, sizeof png) == 0)
    return "image/png";
  if (size > 3 && data[0] == 0xff && data[1] == 0xd8 && data[2] == 0xff)
    return "image/jpeg";
  return NULL;
}

static char *
check_url (SiCall *call, const char *text, guint flags)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);
  g_autofree char *files = g_strconcat (call->stand->origin, "/", NULL);
  const char *host;

  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return g_strdup ("is not a URL");
  g_ptr_array_add (call->images, g_strdup ("url"));
  if (g_str_has_prefix (text, files))
    return si_file_is_here (call->stand, text) ? NULL
                                               : g_strdup ("names a file that was never uploaded");
  if (strcmp (g_uri_get_scheme (uri), "https") != 0)
    return g_strdup ("must begin with https");
  host = g_uri_get_host (uri);
  if ((flags & SI_IMAGE_PUBLIC) != 0 &&
      (strcmp (host, "localhost") == 0 || g_str_has_prefix (host, "127.") ||
       g_str_has_prefix (host, "10.") || g_str_has_prefix (host, "192.168.") ||
       strcmp (host, "::1") == 0))
    return g_strdup ("must be public");
  return NULL;
}

static gboolean
is_base64 (const char *text)
{
  gsize n = strlen (text), signs = strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuv"
                                                 "wxyz0123456789+/");

  return n > 0 && n % 4 == 0 && n - signs <= 2 && strspn (text + signs, "=") == n - signs;
}

static char *
check_base64 (SiCall *call, const char *form, const char *text, const char *media_type)
{
  g_autofree guchar *data = NULL;
  g_autofree char *sum = NULL;
  const char *magic;
  gsize size;

  if (!is_base64 (text))
    return g_strdup ("is not base64");
  data = g_base64_decode (text, &size);
  magic = si_magic (data, size);
  if (magic == NULL)
    return g_strdup ("is neither a PNG nor a JPEG");
  if (media_type != NULL && strcmp (magic, media_type) != 0)
    return g_strdup_printf ("is said to be %s and is %s", media_type, magic);
  if (size > 10 * 1024 * 1024)
    return g_strdup ("is larger than 10 MB");
  sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, data, size);
  g_ptr_array_add (call->images, g_strconcat (form, " ", sum, NULL));
  return NULL;
}

/* Says what is wrong with a picture in a body; NULL: nothing. */
char *
si_check_image (SiCall *call, const char *text, guint flags, const char *media_type)
{
  g_autofree char *type = NULL;
  const char *data;

  if (g_str_has_prefix (text, "data:"))
    {
      data = strstr (text, ";base64,");
      if ((flags & SI_IMAGE_DATA) == 0)
        return g_strdup ("must not be a data URI");
      if (data == NULL)
        return g_strdup ("is a data URI without base64");
      type = g_strndup (text + 5, (gsize) (data - text - 5));
      return check_base64 (call, "data", data + strlen (";base64,"), type);
    }
  if (strstr (text, "://") != NULL)
    return (flags & (SI_IMAGE_URL | SI_IMAGE_PUBLIC)) != 0 ? check_url (call, text, flags)
                                                           : g_strdup ("must not be a URL");
  if ((flags & SI_IMAGE_RAW) != 0)
    return check_base64 (call, "raw", text, media_type);
  return g_strdup ("must be a URL");
}

static gboolean
is_among (const char *values, const char *value)
{
  g_auto (GStrv) list = g_strsplit (values, "|", -1);

  return g_strv_contains ((const char *const *) list, value);
}

static char *
check_number (const SiField *field, JsonNode *node)
{
  double number = json_node_get_double (node);
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (field->values == NULL)
    return NULL;
  if (strcmp (field->values, "0-1") == 0)
    return number >= 0 && number <= 1 ? NULL : g_strdup ("must be between 0 and 1");
  if (is_among (field->values, g_ascii_formatd (text, sizeof text, "%.12g", number)))
    return NULL;
  return g_strdup_printf ("must be one of %s", field->values);
}

static char *
check_string (SiCall *call, const SiField *field, JsonNode *node)
{
  const char *text = json_node_get_string (node);
  g_autofree char *bare = g_strstrip (g_strdup (text));

  if ((field->flags & SI_NOT_EMPTY) != 0 && *bare == '\0')
    return g_strdup ("must not be empty");
  if (field->longest > 0 && g_utf8_strlen (text, -1) > (glong) field->longest)
    return g_strdup_printf ("must not be longer than %u characters", field->longest);
  if (field->values != NULL && !is_among (field->values, text))
    return g_strdup_printf ("must be one of %s", field->values);
  if (field->kind == SI_FIELD_IMAGE)
    return si_check_image (call, text, field->flags, NULL);
  return NULL;
}

static char *
check_field (SiCall *call, const SiField *field, JsonNode *node)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_NONE;

  switch (field->kind)
    {
    case SI_FIELD_STRING:
    case SI_FIELD_IMAGE:
      return type == G_TYPE_STRING ? check_string (call, field, node)
                                   : g_strdup ("must be a string");
    case SI_FIELD_INTEGER:
      return type == G_TYPE_INT64 ? check_number (field, node) : g_strdup ("must be an integer");
    case SI_FIELD_NUMBER:
      return type == G_TYPE_INT64 || type == G_TYPE_DOUBLE ? check_number (field, node)
                                                           : g_strdup ("must be a number");
    case SI_FIELD_BOOLEAN:
      return type == G_TYPE_BOOLEAN ? NULL : g_strdup ("must be true or false");
    case SI_FIELD_OBJECT:
      return JSON_NODE_HOLDS_OBJECT (node) ? NULL : g_strdup ("must be an object");
    case SI_FIELD_ARRAY:
      return JSON_NODE_HOLDS_ARRAY (node) ? NULL : g_strdup ("must be an array");
    default:
      g_assert_not_reached ();
    }
}

static const SiField *
find_field (const SiField *fields, const char *name)
{
  for (; fields->name != NULL; fields++)
    if (strcmp (fields->name, name) == 0)
      return fields;
  return NULL;
}

/* Holds an object against the list of what a service takes. A member that is not in the list is
 * refused too: a real service may drop it silently, and the person pays for a clip that was not
 * asked for. */
gboolean
si_check (SiCall *call, JsonObject *object, const SiField *fields)
{
  g_autoptr (GList) names = json_object_get_members (object);
  const SiField *field;
  GList *l;

  for (field = fields; field->name != NULL; field++)
    if ((field->flags & SI_REQUIRED) != 0 && !json_object_has_member (object, field->name))
      {
        g_autofree char *message = g_strdup_printf ("%s is required", field->name);

        call->service->refuse (call, SI_MISSING, field->name, message);
        return FALSE;
      }
  for (l = names; l != NULL; l = l->next)
    {
      g_autofree char *what = NULL;
      g_autofree char *message = NULL;

      field = find_field (fields, l->data);
      what = field == NULL ? g_strdup ("is not known here")
                           : check_field (call, field, json_object_get_member (object, l->data));
      if (what == NULL)
        continue;
      message = g_strdup_printf ("%s %s", (const char *) l->data, what);
      call->service->refuse (call, SI_INPUT, l->data, message);
      return FALSE;
    }
  return TRUE;
}
