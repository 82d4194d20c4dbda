/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/inb-soup-message.h"

#include <glib/gi18n.h>

#include "core/inb-error.h"
#include "net/inb-address.h"

/* The session without credentials carries none, whoever asked for it. */
static gboolean
check_headers (const InbMessage *spec, GError **error)
{
  static const char *const credentials[] = { "Authorization", "Cookie", "X-API-Key", "Api-Key" };

  if (spec->refused != NULL)
    return inb_error_refuse (error,
                             _ ("The header “%s” has characters that cannot be sent. Enter the "
                                "key or the value again, without line breaks."),
                             spec->refused);
  for (gsize i = 0; spec->bare && i < G_N_ELEMENTS (credentials); i++)
    if (inb_message_get_header (spec, credentials[i]) != NULL)
      return inb_error_refuse (error,
                               _ ("The header “%s” carries a key and may not go to an address that "
                                  "is not the service's own."),
                               credentials[i]);
  return TRUE;
}

/**
 * inb_soup_message_new:
 * @spec: a message
 * @error: %INB_ERROR_BAD_INPUT
 *
 * Returns: (transfer full) (nullable): the same for the library, without its body: what may not be
 * sent at all is refused here
 */
SoupMessage *
inb_soup_message_new (const InbMessage *spec, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (spec->url, SOUP_HTTP_URI_FLAGS, NULL);
  g_autofree char *host = inb_address_dup_host (spec->url);
  SoupMessage *message;
  SoupMessageHeaders *headers;

  if (!check_headers (spec, error) || !inb_address_check_url (spec->url, spec->home, error))
    return NULL;
  /* two readings of one address: what was checked must be what is connected to */
  if (uri == NULL || g_strcmp0 (g_uri_get_host (uri), host) != 0)
    {
      inb_error_refuse (error, _ ("What should be an address of the Internet is none."));
      return NULL;
    }
  message = soup_message_new_from_uri (spec->method, uri);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (message), "force-http1") != NULL &&
      spec->bare)
    g_object_set (message, "force-http1", TRUE, NULL);
  headers = soup_message_get_request_headers (message);
  for (guint i = 0; i < spec->headers->len; i++)
    {
      const InbHeader *header = g_ptr_array_index (spec->headers, i);

      soup_message_headers_append (headers, header->name, header->value);
    }
  return message;
}
