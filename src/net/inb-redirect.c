/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/inb-redirect.h"

#include <glib/gi18n.h>

#include "core/inb-error.h"
#include "net/inb-address.h"
#include "net/inb-exchange.h"

/* What another address may be told of what the first was. */
static const char *const harmless[] = { "Accept", "Accept-Encoding", "Range", "If-Range" };

static gboolean
is_harmless (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (harmless); i++)
    if (g_ascii_strcasecmp (name, harmless[i]) == 0)
      return TRUE;
  return FALSE;
}

/**
 * inb_redirect_follow:
 * @message: a GET without credentials, changed to lead to @next
 * @n_hops: (inout): redirects followed so far
 * @next: where the answer leads
 * @error: %INB_ERROR_NETWORK, %INB_ERROR_BAD_INPUT
 *
 * The address is checked as the first one was. Who came from elsewhere is not led back to the
 * origin on this computer: its right is that of the person who set it.
 *
 * Returns: whether to go on
 */
gboolean
inb_redirect_follow (InbMessage *message, guint *n_hops, const char *next, GError **error)
{
  if (*n_hops == INB_MAX_HOPS)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_NETWORK,
                   _ ("The address leads on and on. It was followed %u times."), *n_hops);
      return FALSE;
    }
  if (!inb_address_is_at (message->url, message->home))
    g_clear_pointer (&message->home, g_free);
  if (!inb_address_check_url (next, message->home, error))
    return FALSE;
  (*n_hops)++;
  g_free (message->url);
  message->url = g_strdup (next);
  for (guint i = message->headers->len; i > 0; i--)
    {
      const InbHeader *header = g_ptr_array_index (message->headers, i - 1);

      if (!is_harmless (header->name))
        g_ptr_array_remove_index (message->headers, i - 1);
    }
  return TRUE;
}

/**
 * inb_exchange_dup_redirect:
 * @self: an exchange of which the head of the answer is there
 *
 * Returns: (transfer full) (nullable): where the answer leads instead; %NULL if it is no redirect
 * or names nothing
 */
char *
inb_exchange_dup_redirect (InbExchange *self)
{
  guint status = inb_exchange_get_status (self);
  const char *location = inb_exchange_get_header (self, "Location");
  g_autofree char *here = NULL;

  if (location == NULL ||
      (status != 301 && status != 302 && status != 303 && status != 307 && status != 308))
    return NULL;
  here = g_uri_to_string (soup_message_get_uri (inb_exchange_get_message (self)));
  return g_uri_resolve_relative (here, location, SOUP_HTTP_URI_FLAGS, NULL);
}
