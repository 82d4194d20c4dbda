/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/inb-exchange.h"

G_BEGIN_DECLS

typedef enum
{
  INB_DOWNLOAD_FAILED,
  INB_DOWNLOAD_BEGIN,    /* the body is the whole file */
  INB_DOWNLOAD_CONTINUE, /* the body is what is missing */
  INB_DOWNLOAD_COMPLETE, /* nothing is missing */
  INB_DOWNLOAD_AGAIN,    /* what is there does not belong to it: ask anew without it */
} InbDownloadStep;

/**
 * InbDownloadHead:
 * @n_have: bytes that are there
 * @etag: (nullable): their validator, if they were asked to be continued
 * @max_bytes: of the whole file
 * @host: for words
 * @n_expected: (out): bytes of the body, −1 where it is not said
 * @total: (out): bytes of the whole file, −1 where it is not known
 * @new_etag: (out) (nullable): strong validator of the answer
 * @retry_after_s: (out): −1 where it is not said
 *
 * What is asked of the head of an answer to a download, and what it says. Inside net/ only.
 */
typedef struct
{
  gint64 n_have;
  const char *etag;
  gint64 max_bytes;
  const char *host;
  gint64 n_expected;
  gint64 total;
  char *new_etag;
  gint64 retry_after_s;
} InbDownloadHead;

gboolean inb_etag_is_strong (const char *etag);
gboolean inb_content_range_parse (const char *value, gint64 *first, gint64 *last, gint64 *total);
InbDownloadStep inb_download_head_read (InbDownloadHead *self, guint status,
                                        SoupMessageHeaders *headers, GError **error);

G_END_DECLS
