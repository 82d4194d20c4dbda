/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/inb-address.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/inb-error.h"

/* Longer than any signed address seen (2 kB); chosen. */
#define MAX_URL 8192
/* Of DNS. */
#define MAX_HOST 253

/* An address taken apart, more strictly than any library does: two that read it differently would
 * let one check what the other does not connect to. */
typedef struct
{
  gboolean secure;
  char *host; /* lower case; an IPv6 address without its brackets */
  gboolean literal;
  guint port;
} Place;

static void
place_clear (Place *place)
{
  g_clear_pointer (&place->host, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

/* Whatever is not in the public Internet: the special-purpose registries of IANA (RFC 6890 and
 * what came since). GIO's own questions miss most of them (promises, §2 fact 12). */
static const char *const special[] = {
  "0.0.0.0/8",     "10.0.0.0/8",      "100.64.0.0/10",  "127.0.0.0/8",    "169.254.0.0/16",
  "172.16.0.0/12", "192.0.0.0/24",    "192.0.2.0/24",   "192.88.99.0/24", "192.168.0.0/16",
  "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4",    "240.0.0.0/4",
  "2001::/23",     "2001:db8::/32",   "3fff::/20",
};

/* IPv6 addresses that carry an IPv4 address, and where in it. */
static const struct
{
  const char *range;
  guint offset;
} carriers[] = {
  { "::ffff:0:0/96", 12 },
  { "64:ff9b::/96", 12 },
  { "2002::/16", 2 },
};

/* Everything given out so far. */
static const char unicast[] = "2000::/3";

static gboolean
is_within (GInetAddress *address, const char *range)
{
  g_autoptr (GInetAddressMask) mask = g_inet_address_mask_new_from_string (range, NULL);

  g_assert (mask != NULL);
  return g_inet_address_mask_get_family (mask) == g_inet_address_get_family (address) &&
         g_inet_address_mask_matches (mask, address);
}

/* The IPv4 address inside, or the address itself. */
static GInetAddress *
unwrap (GInetAddress *address)
{
  for (gsize i = 0; i < G_N_ELEMENTS (carriers); i++)
    if (is_within (address, carriers[i].range))
      return g_inet_address_new_from_bytes (g_inet_address_to_bytes (address) + carriers[i].offset,
                                            G_SOCKET_FAMILY_IPV4);
  return g_object_ref (address);
}

/**
 * inb_address_is_public:
 * @address: where a connection leads
 *
 * Returns: whether it is in the public Internet: not this computer, not its network, none of the
 * ranges set aside for anything else; an IPv4 address inside an IPv6 one counts as itself
 */
gboolean
inb_address_is_public (GInetAddress *address)
{
  g_autoptr (GInetAddress) inner = unwrap (address);

  for (gsize i = 0; i < G_N_ELEMENTS (special); i++)
    if (is_within (inner, special[i]))
      return FALSE;
  return g_inet_address_get_family (inner) == G_SOCKET_FAMILY_IPV4 || is_within (inner, unicast);
}

static gboolean
is_printable (const char *url)
{
  gsize length = strlen (url);

  for (gsize i = 0; i < length; i++)
    if (url[i] <= 0x20 || url[i] > 0x7e || url[i] == '\\')
      return FALSE;
  return length <= MAX_URL;
}

/* ":8080", or nothing. */
static gboolean
read_port (const char *text, Place *place)
{
  gsize length = strlen (text);

  place->port = place->secure ? 443 : 80;
  if (length == 0)
    return TRUE;
  if (text[0] != ':' || length < 2 || length > 6 || strspn (text + 1, "0123456789") != length - 1 ||
      text[1] == '0')
    return FALSE;
  place->port = (guint) g_ascii_strtoull (text + 1, NULL, 10);
  return place->port <= G_MAXUINT16;
}

/* Names of letters, digits and hyphens, no empty one, none at the end. */
static gboolean
is_name (const char *host)
{
  g_auto (GStrv) labels = g_strsplit (host, ".", -1);

  for (guint i = 0; labels[i] != NULL; i++)
    {
      gsize length = strlen (labels[i]);

      if (length == 0 || length > 63 || labels[i][0] == '-' || labels[i][length - 1] == '-' ||
          strspn (labels[i], "abcdefghijklmnopqrstuvwxyz0123456789-_") != length)
        return FALSE;
    }
  return strlen (host) <= MAX_HOST;
}

/* What ends in a number is read as an IPv4 address by somebody ("127.1", "0x7f.1", "2130706433").
 */
static gboolean
ends_in_number (const char *host)
{
  const char *dot = strrchr (host, '.');
  const char *last = dot != NULL ? dot + 1 : host;

  return strspn (last, "0123456789") == strlen (last) || g_str_has_prefix (last, "0x");
}

static gboolean
is_family (const char *text, GSocketFamily family)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (text);

  return address != NULL && g_inet_address_get_family (address) == family;
}

static gboolean
read_host (const char *authority, Place *place)
{
  gsize length;

  if (authority[0] == '[')
    {
      length = strcspn (authority, "]");
      if (authority[length] != ']')
        return FALSE;
      place->host = g_ascii_strdown (authority + 1, (gssize) length - 1);
      place->literal = TRUE;
      return strspn (place->host, "0123456789abcdef:.") == strlen (place->host) &&
             is_family (place->host, G_SOCKET_FAMILY_IPV6) &&
             read_port (authority + length + 1, place);
    }
  length = strcspn (authority, ":");
  place->host = g_ascii_strdown (authority, (gssize) length);
  place->literal = ends_in_number (place->host);
  if (place->literal ? !is_family (place->host, G_SOCKET_FAMILY_IPV4) : !is_name (place->host))
    return FALSE;
  return read_port (authority + length, place);
}

static gboolean
read_place (const char *url, Place *place)
{
  g_autofree char *authority = NULL;
  const char *rest;

  if (!is_printable (url))
    return FALSE;
  place->secure = g_ascii_strncasecmp (url, "https:", 6) == 0;
  if (!place->secure && g_ascii_strncasecmp (url, "http:", 5) != 0)
    return FALSE;
  rest = url + (place->secure ? 6 : 5);
  if (!g_str_has_prefix (rest, "//"))
    return FALSE;
  rest += 2;
  authority = g_strndup (rest, strcspn (rest, "/?#"));
  /* "#" right after the host: some read what follows as the host */
  if (rest[strlen (authority)] == '#' || strpbrk (authority, "@%") != NULL)
    return FALSE;
  return read_host (authority, place);
}

static gboolean
is_loopback_name (const char *host)
{
  return strcmp (host, "localhost") == 0 || g_str_has_suffix (host, ".localhost");
}

static gboolean
is_loopback (const Place *place)
{
  g_autoptr (GInetAddress) address = NULL;

  if (!place->literal)
    return strcmp (place->host, "localhost") == 0;
  address = g_inet_address_new_from_string (place->host);
  return g_inet_address_get_is_loopback (address);
}

/**
 * inb_address_is_at:
 * @url: an address
 * @home: (nullable): an origin
 *
 * Returns: whether @url has the scheme, the host and the port of @home
 */
gboolean
inb_address_is_at (const char *url, const char *home)
{
  g_auto (Place) there = { 0 };
  g_auto (Place) here = { 0 };

  return url != NULL && home != NULL && read_place (url, &there) && read_place (home, &here) &&
         there.secure == here.secure && there.port == here.port &&
         strcmp (there.host, here.host) == 0;
}

/**
 * inb_address_is_loopback_home:
 * @url: an address
 * @home: (nullable): the origin a person set
 *
 * Returns: whether @url is at @home and @home is this computer: "localhost" or a loopback address
 */
gboolean
inb_address_is_loopback_home (const char *url, const char *home)
{
  g_auto (Place) place = { 0 };

  return inb_address_is_at (url, home) && read_place (home, &place) && is_loopback (&place);
}

/**
 * inb_address_has_host:
 * @url: an address
 * @hosts: (nullable) (array zero-terminated): names of hosts
 *
 * Returns: whether the host of @url is one of @hosts or under one of them; %FALSE for none
 */
gboolean
inb_address_has_host (const char *url, const char *const *hosts)
{
  g_auto (Place) place = { 0 };

  if (hosts == NULL || !read_place (url, &place))
    return FALSE;
  for (guint i = 0; hosts[i] != NULL; i++)
    {
      g_autofree char *host = g_ascii_strdown (hosts[i], -1);
      g_autofree char *suffix = g_strconcat (".", host, NULL);

      if (strcmp (place.host, host) == 0 ||
          (!place.literal && *host != '\0' && g_str_has_suffix (place.host, suffix)))
        return TRUE;
    }
  return FALSE;
}

/**
 * inb_address_dup_host:
 * @url: an address
 *
 * Returns: (transfer full) (nullable): its host in lower case, %NULL for what is no address
 */
char *
inb_address_dup_host (const char *url)
{
  g_auto (Place) place = { 0 };

  return read_place (url, &place) ? g_steal_pointer (&place.host) : NULL;
}

static gboolean
check_public (const Place *place, GError **error)
{
  g_autoptr (GInetAddress) address = NULL;

  if (!place->secure)
    return inb_error_refuse (
        error, _ ("“%s” was given without https. Nothing goes there unprotected."), place->host);
  if (place->port != 443)
    return inb_error_refuse (error,
                             _ ("“%s” was given with port %u. Only the usual one, 443, is used."),
                             place->host, place->port);
  if (!place->literal)
    {
      if (strchr (place->host, '.') != NULL && !is_loopback_name (place->host))
        return TRUE;
      return inb_error_refuse (
          error, _ ("“%s” is a name of this computer or its network. Nothing is sent there."),
          place->host);
    }
  address = g_inet_address_new_from_string (place->host);
  if (inb_address_is_public (address))
    return TRUE;
  return inb_error_refuse (
      error, _ ("“%s” is an address of this computer or its network. Nothing is sent there."),
      place->host);
}

/**
 * inb_address_check_url:
 * @url: an address a service or a person gave
 * @home: (nullable): the origin a person set instead of the service's
 * @error: %INB_ERROR_BAD_INPUT
 *
 * An address may be used if it is whole: https, a host, no user name, port 443, at most 8192
 * printable characters, and no address of this computer or its network, however written. At @home
 * it may have another port, and where @home is this computer be plain http. Where a name leads is
 * only known when the connection stands: inb_address_is_public().
 *
 * Returns: whether it may be used
 */
gboolean
inb_address_check_url (const char *url, const char *home, GError **error)
{
  g_auto (Place) place = { 0 };

  if (url == NULL || !read_place (url, &place))
    /* the address itself may be a secret: signed ones are */
    return inb_error_refuse (error, _ ("What should be an address of the Internet is none, or is "
                                       "written in a way that hides where it leads."));
  if (inb_address_is_loopback_home (url, home))
    return TRUE;
  if (inb_address_is_at (url, home))
    place.port = 443;
  return check_public (&place, error);
}
