/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/inb-http.h"

G_BEGIN_DECLS

/**
 * InbDownload:
 * @url: where from
 * @home: (nullable): as in #InbMessage
 * @hosts: (nullable): the only hosts it may come from (each stands for itself and what is under
 * it); %NULL: any public one
 * @part: absolute path of the file; what is there already is continued
 * @etag: (nullable): strong validator of what is there; %NULL: begin again
 * @max_bytes: refused beyond this
 *
 * What to fetch. Borrowed for the call.
 */
typedef struct
{
  const char *url;
  const char *home;
  const char *const *hosts;
  const char *part;
  const char *etag;
  gint64 max_bytes;
} InbDownload;

/* total is −1 where it is not known */
typedef void (*InbDownloadProgress) (gint64 n_bytes, gint64 total, gpointer user_data);
/* the validator of what is being written now; NULL: there is none */
typedef void (*InbDownloadEtag) (const char *etag, gpointer user_data);

void inb_http_download_async (InbHttp *self, const InbDownload *download, InbDownloadEtag etag,
                              InbDownloadProgress progress, gpointer progress_data,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean inb_http_download_finish (GAsyncResult *result, gint64 *retry_after_s, GError **error);

G_END_DECLS
