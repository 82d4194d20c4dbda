/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-fetch.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "core/inb-error.h"
#include "jobs/inb-home.h"
#include "net/inb-address.h"
#include "net/inb-download.h"
#include "providers/inb-catalogue.h"
#include "store/inb-keep.h"
#include "store/inb-paths.h"

/* A photo that is given by its address: fetched as a clip is, without any key, over https, from
 * public places only. */

typedef struct
{
  InbHttp *http;
  char *url;
  char *path; /* of the temporary file; removed with this unless it was given away */
  InbFetchProgress progress;
  gpointer progress_data;
} Fetch;

static void
remove_file (gpointer path)
{
  g_unlink (path);
  g_free (path);
}

static void
fetch_free (Fetch *self)
{
  g_clear_pointer (&self->http, inb_http_free);
  g_clear_pointer (&self->path, remove_file);
  g_free (self->url);
  g_free (self);
}

static void
progress_cb (gint64 n_bytes, gint64 total, gpointer user_data)
{
  Fetch *self = user_data;

  if (self->progress != NULL)
    self->progress (n_bytes, total, self->progress_data);
}

static void
downloaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Fetch *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (inb_http_download_finish (result, NULL, &error))
    {
      g_task_return_pointer (task, g_steal_pointer (&self->path), remove_file);
      return;
    }
  if (g_error_matches (error, INB_ERROR, INB_ERROR_EXPIRED))
    {
      g_clear_error (&error);
      inb_error_refuse (&error, _ ("There is no photo at “%s”. Nothing was sent or charged."),
                        self->url);
    }
  g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * inb_fetch_is_address:
 * @text: what was given for a photo
 *
 * Returns: %TRUE if it is an address of the web and not a file
 */
gboolean
inb_fetch_is_address (const char *text)
{
  g_autofree char *scheme = g_uri_parse_scheme (text);

  return scheme != NULL &&
         (g_ascii_strcasecmp (scheme, "https") == 0 || g_ascii_strcasecmp (scheme, "http") == 0);
}

/**
 * inb_fetch_dup_name:
 * @url: an address
 *
 * Returns: (transfer full): the file name at its end, for people
 */
char *
inb_fetch_dup_name (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  g_autofree char *base = g_path_get_basename (uri != NULL ? g_uri_get_path (uri) : "");
  gboolean named = *base != '/' && *base != '.' && strlen (base) <= 255;

  return g_strdup (named ? base : "photo");
}

/**
 * inb_fetch_dup_home:
 * @url: an address
 *
 * Returns: (transfer full) (nullable): the origin that a person set instead of some service's own
 * (inb_home_find()) where @url is at it; only then may it be on this computer
 */
char *
inb_fetch_dup_home (const char *url)
{
  const GPtrArray *providers = inb_catalogue_get_providers (NULL);

  for (guint i = 0; providers != NULL && i < providers->len; i++)
    {
      const InbProvider *provider = g_ptr_array_index (providers, i);
      g_autofree char *home = NULL;

      if (provider->service != NULL && inb_home_find (provider, &home, NULL) && home != NULL &&
          inb_address_is_at (url, home))
        return g_steal_pointer (&home);
    }
  return NULL;
}

/**
 * inb_fetch_photo_async:
 * @root: the data folder
 * @url: https address of a photo
 * @home: (nullable): the origin set instead of a service's
 * @progress: (nullable) (scope notified): told how far it is
 * @progress_data: for @progress
 * @cancellable: (nullable): gives it up; nothing is left behind
 * @callback: (scope async): called when it is here
 * @user_data: for @callback
 *
 * Fetches a photo without any key, as a clip is fetched: https only, public addresses only.
 */
void
inb_fetch_photo_async (const char *root, const char *url, const char *home,
                       InbFetchProgress progress, gpointer progress_data, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *name = g_strconcat ("fetch-", uuid, NULL);
  InbDownload download = { .url = url, .home = home, .max_bytes = INB_KEEP_MAX_BYTES };
  Fetch *self = g_new0 (Fetch, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, inb_fetch_photo_async);
  g_task_set_task_data (task, self, (GDestroyNotify) fetch_free);
  if (!inb_address_check_url (url, home, &error) || !inb_paths_make (root, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  self->url = g_strdup (url);
  self->path = inb_paths_dup_temporary (root, name);
  self->progress = progress;
  self->progress_data = progress_data;
  self->http = inb_http_new ();
  download.part = self->path;
  inb_http_download_async (self->http, &download, NULL, progress_cb, self, cancellable,
                           downloaded_cb, g_steal_pointer (&task));
}

/**
 * inb_fetch_photo_finish:
 * @result: of inb_fetch_photo_async()
 * @error: %INB_ERROR_BAD_INPUT for an address that is not public or holds nothing,
 * %INB_ERROR_TOO_LARGE, %INB_ERROR_NETWORK, %INB_ERROR_NO_SPACE, %INB_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): path of a temporary file, to be unlinked
 */
char *
inb_fetch_photo_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
