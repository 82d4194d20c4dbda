/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-home.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/inb-error.h"

#define PREFIX "INBETWEEN_BASE_URL_"

/* "vercel-gateway" → "INBETWEEN_BASE_URL_VERCEL_GATEWAY" */
static char *
dup_variable (const char *id)
{
  g_autofree char *upper = g_ascii_strup (id, -1);

  g_strcanon (upper, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", '_');
  return g_strconcat (PREFIX, upper, NULL);
}

/* GUri takes blanks and escapes in a host; no origin needs any. */
static gboolean
has_odd_letters (const char *text)
{
  for (; *text != '\0'; text++)
    if (!g_ascii_isalnum (*text) && strchr (".:/-_[]", *text) == NULL)
      return TRUE;
  return FALSE;
}

static gboolean
is_origin (GUri *uri)
{
  const char *path = g_uri_get_path (uri);
  const char *host = g_uri_get_host (uri);

  return host != NULL && *host != '\0' && g_uri_get_userinfo (uri) == NULL &&
         g_uri_get_query (uri) == NULL && g_uri_get_fragment (uri) == NULL &&
         (*path == '\0' || g_str_equal (path, "/"));
}

static gboolean
is_loopback (GUri *uri)
{
  const char *host = g_uri_get_host (uri);
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return address != NULL ? g_inet_address_get_is_loopback (address)
                         : g_ascii_strcasecmp (host, "localhost") == 0;
}

/**
 * inb_home_find:
 * @provider: a hosted provider
 * @home: (out) (nullable): the origin to use instead of the service's own, without a slash at the
 * end; %NULL where none is set
 * @error: %INB_ERROR_BAD_INPUT if what is set is no origin, or is plain http on the internet
 *
 * Reads the variable INBETWEEN_BASE_URL_ and the provider's id.
 *
 * Returns: %TRUE if there is none or it is good
 */
gboolean
inb_home_find (const InbProvider *provider, char **home, GError **error)
{
  g_autofree char *variable = dup_variable (provider->id);
  const char *text = g_getenv (variable);
  g_autoptr (GUri) uri = NULL;
  gboolean plain;

  *home = NULL;
  if (text == NULL || *text == '\0')
    return TRUE;
  uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);
  plain = uri != NULL && g_str_equal (g_uri_get_scheme (uri), "http");
  if (uri == NULL || has_odd_letters (text) || !is_origin (uri) ||
      (!plain && !g_str_equal (g_uri_get_scheme (uri), "https")) || (plain && !is_loopback (uri)))
    return inb_error_refuse (error,
                             _ ("%s must be an https address without a path, or http on this "
                                "computer, not “%s”."),
                             variable, text);
  *home = g_strdup (text);
  if (g_str_has_suffix (*home, "/"))
    (*home)[strlen (*home) - 1] = '\0';
  return TRUE;
}
