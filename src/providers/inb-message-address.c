/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "providers/inb-message-address.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/inb-error.h"

/* Where a service's messages may go: its own hosts, or the one origin a person set instead. Keys
 * go nowhere else. A service with several hosts has them as the first folder there, so that one
 * origin can stand for all. */

/* Whether @url begins with @origin and goes on with a path, a query, or not at all. Scheme and host
 * are compared without letter case; any other way to write the same origin counts as foreign. */
static gboolean
begins_with (const char *url, const char *origin)
{
  gsize length = strlen (origin);

  return g_ascii_strncasecmp (url, origin, length) == 0 &&
         (url[length] == '\0' || url[length] == '/' || url[length] == '?');
}

static const char *
skip_scheme (const char *origin)
{
  const char *mark = strstr (origin, "://");

  return mark != NULL ? mark + 3 : origin;
}

static char *
dup_home (const char *home)
{
  gsize length = strlen (home);

  while (length > 0 && home[length - 1] == '/')
    length--;
  return g_strndup (home, length);
}

static gboolean
has_several_hosts (const InbService *service)
{
  const char *first = NULL;
  GHashTableIter iter;
  gpointer origin;

  g_hash_table_iter_init (&iter, service->hosts);
  while (g_hash_table_iter_next (&iter, NULL, &origin))
    {
      if (first != NULL && strcmp (first, origin) != 0)
        return TRUE;
      first = origin;
    }
  return FALSE;
}

static char *
move_home (const InbService *service, const char *origin, const char *home)
{
  g_autofree char *base = dup_home (home);

  if (!has_several_hosts (service))
    return g_steal_pointer (&base);
  return g_strconcat (base, "/", skip_scheme (origin), NULL);
}

/**
 * inb_message_address_of_host:
 * @service: of a provider file
 * @name: one of its hosts
 * @home: (nullable): origin a person set instead
 *
 * Returns: (transfer full) (nullable): what "{host.NAME}" stands for, without a slash at the end;
 * %NULL if there is no such host
 */
char *
inb_message_address_of_host (const InbService *service, const char *name, const char *home)
{
  const char *origin = g_hash_table_lookup (service->hosts, name);

  if (origin == NULL)
    return NULL;
  return home != NULL ? move_home (service, origin, home) : g_strdup (origin);
}

/* The host of the service that @url lies at. */
static const char *
find_host (const InbService *service, const char *url)
{
  GHashTableIter iter;
  gpointer origin;

  g_hash_table_iter_init (&iter, service->hosts);
  while (g_hash_table_iter_next (&iter, NULL, &origin))
    if (begins_with (url, origin))
      return origin;
  return NULL;
}

/**
 * inb_message_address_is_own:
 * @service: of a provider file
 * @url: an address
 * @home: (nullable): origin a person set instead
 *
 * Returns: whether a key of the service may go there: with @home only there, else only to the
 * service's own https origins
 */
gboolean
inb_message_address_is_own (const InbService *service, const char *url, const char *home)
{
  g_autofree char *base = home != NULL ? dup_home (home) : NULL;

  for (const char *p = url; *p != '\0'; p++)
    if ((guchar) *p <= 0x20 || *p == 0x7f || *p == '\\')
      return FALSE;
  return base != NULL ? begins_with (url, base) : find_host (service, url) != NULL;
}

/**
 * inb_message_address_take:
 * @service: of a provider file
 * @url: an address that the service gave for later
 * @home: (nullable): origin a person set instead
 * @error: %INB_ERROR_NETWORK if it does not lie at the service
 *
 * Whether an address out of an answer may be asked with a key. With @home the service's real hosts
 * are led there.
 *
 * Returns: (transfer full) (nullable): the address to use
 */
char *
inb_message_address_take (const InbService *service, const char *url, const char *home,
                          GError **error)
{
  const char *origin = home != NULL ? find_host (service, url) : NULL;
  g_autofree char *moved = NULL;

  if (origin != NULL)
    {
      g_autofree char *base = move_home (service, origin, home);

      moved = g_strconcat (base, url + strlen (origin), NULL);
      url = moved;
    }
  if (inb_message_address_is_own (service, url, home))
    return g_strdup (url);
  g_set_error (error, INB_ERROR, INB_ERROR_NETWORK,
               _ ("The service gave an address that is not its own. No key is sent there."));
  return NULL;
}
