/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "fuzz.h"
#include "net/inb-address.h"
#include "providers/inb-catalogue.h"
#include "providers/inb-message-address.h"

/* Addresses out of answers: where a clip may be fetched, and where a key may go. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *url = g_strndup ((const char *) data, size);
  const InbProvider *provider = inb_catalogue_find ("fal", NULL);
  const char *const hosts[] = { "cdn.example", NULL };
  g_autofree char *own = NULL;

  if (inb_address_check_url (url, NULL, NULL))
    {
      g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);

      /* what a library cannot read, it cannot connect to; what it reads must be what was checked */
      if (uri != NULL)
        {
          g_autofree char *host = inb_address_dup_host (url);

          g_assert_cmpstr (g_uri_get_scheme (uri), ==, "https");
          g_assert_null (g_uri_get_userinfo (uri));
          g_assert_cmpint (g_ascii_strcasecmp (g_uri_get_host (uri), host), ==, 0);
          g_assert_cmpstr (host, !=, "localhost");
          g_assert_cmpstr (host, !=, "127.0.0.1");
        }
    }
  inb_address_check_url (url, "http://127.0.0.1:8080", NULL);
  inb_address_is_at (url, "http://127.0.0.1:8080");
  inb_address_has_host (url, hosts);
  own = inb_message_address_take (provider->service, url, NULL, NULL);
  if (own != NULL)
    {
      g_autoptr (GUri) uri = g_uri_parse (own, SOUP_HTTP_URI_FLAGS, NULL);

      g_assert_true (uri == NULL ||
                     g_ascii_strcasecmp (g_uri_get_host (uri), "queue.fal.run") == 0 ||
                     g_ascii_strcasecmp (g_uri_get_host (uri), "rest.fal.ai") == 0);
    }
  return 0;
}
