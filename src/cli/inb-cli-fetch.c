/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inb-cli-fetch.h"

#include <glib/gi18n.h>
#include <unistd.h>

#include "cli/inb-cli-wait.h"
#include "core/inb-error.h"
#include "net/inb-address.h"
#include "net/inb-download.h"
#include "store/inb-keep.h"
#include "store/inb-paths.h"

/**
 * inb_cli_fetch_is_address:
 * @photo: what was given for a photo
 *
 * Returns: %TRUE if it is an address of the web and not a file
 */
gboolean
inb_cli_fetch_is_address (const char *photo)
{
  g_autofree char *scheme = g_uri_parse_scheme (photo);

  return g_strcmp0 (scheme, "https") == 0 || g_strcmp0 (scheme, "http") == 0;
}

/**
 * inb_cli_fetch_dup_name:
 * @url: an address
 *
 * Returns: (transfer full): the file name at its end, for people
 */
char *
inb_cli_fetch_dup_name (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  g_autofree char *base = g_path_get_basename (uri != NULL ? g_uri_get_path (uri) : "");
  gboolean named = *base != '/' && *base != '.' && strlen (base) <= 255;

  return g_strdup (named ? base : "photo");
}

/**
 * inb_cli_fetch:
 * @root: the data folder
 * @url: https address of a photo
 * @home: (nullable): the origin set instead of the chosen service's
 * @error: %INB_ERROR_BAD_INPUT for an address that is not public, %INB_ERROR_EXPIRED where there is
 * nothing, %INB_ERROR_NETWORK, %INB_ERROR_NO_SPACE
 *
 * Fetches a photo without any key, as a clip is fetched: https only, public addresses only.
 *
 * Returns: (transfer full) (nullable): path of a temporary file, to be unlinked
 */
char *
inb_cli_fetch (const char *root, const char *url, const char *home, GError **error)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *name = g_strconcat ("fetch-", uuid, NULL);
  g_autoptr (InbHttp) http = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) problem = NULL;
  InbDownload download = { .url = url, .home = home, .max_bytes = INB_KEEP_MAX_BYTES };

  if (!inb_address_check_url (url, home, error) || !inb_paths_make (root, error))
    return NULL;
  path = inb_paths_dup_temporary (root, name);
  download.part = path;
  http = inb_http_new ();
  inb_http_download_async (http, &download, NULL, NULL, NULL, NULL, inb_cli_wait_take_result_cb,
                           &result);
  if (inb_http_download_finish (inb_cli_wait_result (&result), NULL, &problem))
    return g_steal_pointer (&path);
  unlink (path);
  if (g_error_matches (problem, INB_ERROR, INB_ERROR_EXPIRED))
    inb_error_refuse (error, _ ("There is no photo at “%s”. Nothing was sent or charged."), url);
  else
    g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}
