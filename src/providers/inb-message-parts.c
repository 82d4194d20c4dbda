/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "providers/inb-message-parts.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/inb-error.h"
#include "providers/inb-message-address.h"
#include "providers/inb-message-values.h"
#include "providers/inb-template.h"

/* What messages and uploads have in common: addresses, headers, keys. */

/* "{kept.NAME}" and nothing else: an address that the service gave. */
static char *
dup_kept_name (const char *template)
{
  const char *end = strchr (template, '}');

  if (!g_str_has_prefix (template, "{kept.") || end == NULL || end[1] != '\0')
    return NULL;
  return g_strndup (template + 1, (gsize) (end - template) - 1);
}

static char *
fill_kept (const InbMessageValues *values, const char *name, GHashTable *table, GError **error)
{
  JsonNode *node = g_hash_table_lookup (table, name);

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_STRING)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_NETWORK,
                   _ ("%s gave no address to ask for the job."), values->provider->name);
      return NULL;
    }
  return inb_message_address_take (values->provider->service, json_node_get_string (node),
                                   values->home, error);
}

/**
 * inb_message_parts_fill_url:
 * @values: what is known
 * @template: of an #InbCall
 * @table: of inb_message_values_make_table()
 * @error: %INB_ERROR_BAD_INPUT for a missing value; %INB_ERROR_NETWORK if the address does not lie
 * at the service
 *
 * Returns: (transfer full) (nullable): an address at the service itself, or at the home set instead
 */
char *
inb_message_parts_fill_url (const InbMessageValues *values, const char *template, GHashTable *table,
                            GError **error)
{
  g_autofree char *kept = dup_kept_name (template);
  g_autofree char *url =
      kept != NULL ? fill_kept (values, kept, table, error)
                   : inb_template_fill_text (template, INB_TEMPLATE_ADDRESS, table, error);

  if (url == NULL)
    return NULL;
  if (inb_message_address_is_own (values->provider->service, url, values->home))
    return g_steal_pointer (&url);
  g_set_error (error, INB_ERROR, INB_ERROR_NETWORK,
               _ ("The provider file of %s leads to an address that is not its own. No key is "
                  "sent there."),
               values->provider->name);
  return NULL;
}

/**
 * inb_message_parts_set_header:
 * @message: (inout): gets the header, or another value for it
 * @name: its name; letter case does not matter
 * @value: its text
 */
void
inb_message_parts_set_header (InbMessage *message, const char *name, const char *value)
{
  for (guint i = 0; message->headers != NULL && i < message->headers->len; i++)
    {
      InbHeader *header = g_ptr_array_index (message->headers, i);

      if (g_ascii_strcasecmp (header->name, name) == 0)
        {
          g_free (header->value);
          header->value = g_strdup (value);
          return;
        }
    }
  inb_message_add_header (message, name, value);
}

static gboolean
add_header (InbMessage *message, const char *name, const char *value, GError **error)
{
  for (const char *p = value; *p != '\0'; p++)
    if ((guchar) *p < 0x20 || *p == 0x7f)
      return inb_error_refuse (
          error, _ ("The header “%s” would have a line break or another control character in it."),
          name);
  inb_message_parts_set_header (message, name, value);
  return TRUE;
}

/**
 * inb_message_parts_add_headers:
 * @message: (inout): gets the headers; of one name, the later value stays
 * @template: (nullable): object of templates
 * @table: (element-type utf8 JsonNode): values
 * @error: %INB_ERROR_BAD_INPUT naming a missing value or an unfit header, never its text
 *
 * Returns: whether all are there
 */
gboolean
inb_message_parts_add_headers (InbMessage *message, JsonNode *template, GHashTable *table,
                               GError **error)
{
  g_autoptr (JsonNode) filled = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (template == NULL || JSON_NODE_HOLDS_NULL (template))
    return TRUE;
  filled = inb_template_fill (template, table, error);
  if (filled == NULL)
    return FALSE;
  json_object_iter_init_ordered (&iter, json_node_get_object (filled));
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      g_autofree char *text = json_node_get_value_type (node) == G_TYPE_STRING
                                  ? json_node_dup_string (node)
                                  : json_to_string (node, FALSE);

      if (!add_header (message, name, text, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * inb_message_parts_sign:
 * @message: (inout): a message to the service itself; gets its headers
 * @values: what is known
 * @call: (nullable): with headers of its own
 * @table: (inout): gets the keys: no address or body may be filled from it any more
 * @error: %INB_ERROR_KEY if no key is there; %INB_ERROR_BAD_INPUT for an unfit one
 *
 * Returns: whether the message says who asks
 */
gboolean
inb_message_parts_sign (InbMessage *message, const InbMessageValues *values, const InbCall *call,
                        GHashTable *table, GError **error)
{
  const InbService *service = values->provider->service;
  const InbSignIn *sign_in = inb_message_values_find_sign_in (values->provider, values->secrets);

  if (sign_in == NULL && service->credentials != NULL && service->credentials->len > 0)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_KEY,
                   _ ("There is no key for %s. Set one; nothing was sent."),
                   values->provider->name);
      return FALSE;
    }
  if (sign_in != NULL)
    inb_message_values_add_secrets (values, sign_in, table);
  return inb_message_parts_add_headers (message, service->headers, table, error) &&
         (sign_in == NULL ||
          inb_message_parts_add_headers (message, sign_in->headers, table, error)) &&
         (call == NULL || inb_message_parts_add_headers (message, call->headers, table, error));
}
