/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/inb-download-head.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/inb-error.h"

/* Longer than any validator seen (66 characters); chosen. */
#define MAX_ETAG 256

/**
 * inb_etag_is_strong:
 * @etag: (nullable): value of a header
 *
 * Returns: whether bytes of the same validator are the same bytes
 */
gboolean
inb_etag_is_strong (const char *etag)
{
  gsize length = etag != NULL ? strlen (etag) : 0;

  if (length < 3 || length > MAX_ETAG || etag[0] != '"' || etag[length - 1] != '"')
    return FALSE;
  for (gsize i = 1; i < length - 1; i++)
    if (etag[i] <= 0x20 || etag[i] > 0x7e || etag[i] == '"')
      return FALSE;
  return TRUE;
}

static gboolean
read_number (const char **at, gint64 *number)
{
  gsize length = strspn (*at, "0123456789");

  /* 18 digits always fit */
  if (length == 0 || length > 18)
    return FALSE;
  *number = g_ascii_strtoll (*at, NULL, 10);
  *at += length;
  return TRUE;
}

static gboolean
skip (const char **at, const char *text)
{
  gsize length = strlen (text);

  if (g_ascii_strncasecmp (*at, text, length) != 0)
    return FALSE;
  *at += length;
  return TRUE;
}

/**
 * inb_content_range_parse:
 * @value: (nullable): "bytes 10-19/20", with an asterisk for the size or for the range where it is
 * not known
 * @first: (out): −1 where there is no range
 * @last: (out): −1 where there is no range
 * @total: (out): −1 where it is not known
 *
 * Returns: whether @value is one of these
 */
gboolean
inb_content_range_parse (const char *value, gint64 *first, gint64 *last, gint64 *total)
{
  const char *at = value;

  *first = *last = *total = -1;
  if (value == NULL || !skip (&at, "bytes "))
    return FALSE;
  if (!skip (&at, "*"))
    {
      if (!read_number (&at, first) || !skip (&at, "-") || !read_number (&at, last) ||
          *last < *first)
        return FALSE;
    }
  if (!skip (&at, "/"))
    return FALSE;
  if (skip (&at, "*"))
    return *at == '\0' && *first >= 0;
  return read_number (&at, total) && *at == '\0' && *last < *total;
}

static InbDownloadStep
fail (GError **error, InbError code, const char *words, const char *host)
{
  g_autoptr (GString) text = g_string_new (words);

  g_string_replace (text, "%s", host, 1);
  g_set_error_literal (error, INB_ERROR, (int) code, text->str);
  return INB_DOWNLOAD_FAILED;
}

static InbDownloadStep
fail_status (guint status, const char *host, GError **error)
{
  switch (status)
    {
    case 400: /* a signed address that is out of date, at some storages */
    case 401:
    case 403:
    case 404:
    case 410:
      return fail (error, INB_ERROR_EXPIRED,
                   _ ("“%s” no longer gives the clip out at this address. The service is asked for "
                      "a fresh one."),
                   host);
    case 408:
    case 425:
    case 429:
      return fail (error, INB_ERROR_UNAVAILABLE,
                   _ ("“%s” asks to wait. The clip is fetched later."), host);
    default:
      break;
    }
  if (status >= 500)
    return fail (error, INB_ERROR_UNAVAILABLE,
                 _ ("“%s” is out of order. The clip is fetched later."), host);
  return fail (error, INB_ERROR_NETWORK, _ ("“%s” gave something else than the clip."), host);
}

static InbDownloadStep
check_size (const InbDownloadHead *self, InbDownloadStep step, GError **error)
{
  if (self->total <= self->max_bytes)
    return step;
  return fail (error, INB_ERROR_TOO_LARGE,
               _ ("What “%s” gives is larger than a clip may be. It was not fetched."), self->host);
}

/* A page instead of a file comes from a network that asks to sign in, an encoded body breaks every
 * offset. */
static gboolean
is_file (SoupMessageHeaders *headers)
{
  const char *type = soup_message_headers_get_content_type (headers, NULL);
  const char *encoding = soup_message_headers_get_one (headers, "Content-Encoding");

  return (type == NULL || g_ascii_strcasecmp (type, "text/html") != 0) &&
         (encoding == NULL || g_ascii_strcasecmp (encoding, "identity") == 0);
}

static InbDownloadStep
read_whole (InbDownloadHead *self, SoupMessageHeaders *headers, GError **error)
{
  const char *etag = soup_message_headers_get_one (headers, "ETag");

  self->total = self->n_expected;
  if (inb_etag_is_strong (etag))
    self->new_etag = g_strdup (etag);
  return check_size (self, INB_DOWNLOAD_BEGIN, error);
}

static InbDownloadStep
read_rest (InbDownloadHead *self, SoupMessageHeaders *headers, GError **error)
{
  const char *etag = soup_message_headers_get_one (headers, "ETag");
  gint64 first, last;

  if (!inb_content_range_parse (soup_message_headers_get_one (headers, "Content-Range"), &first,
                                &last, &self->total) ||
      first != self->n_have || (etag != NULL && g_strcmp0 (etag, self->etag) != 0) ||
      (self->n_expected >= 0 && self->n_expected != last - first + 1))
    return INB_DOWNLOAD_AGAIN;
  self->n_expected = last - first + 1;
  if (self->total < 0)
    self->total = last + 1;
  return check_size (self, INB_DOWNLOAD_CONTINUE, error);
}

/* Nothing is left: where the size is the same, that is good news. */
static InbDownloadStep
read_beyond (InbDownloadHead *self, SoupMessageHeaders *headers)
{
  gint64 first, last;

  if (inb_content_range_parse (soup_message_headers_get_one (headers, "Content-Range"), &first,
                               &last, &self->total) &&
      self->total == self->n_have)
    return INB_DOWNLOAD_COMPLETE;
  return INB_DOWNLOAD_AGAIN;
}

/**
 * inb_download_head_read:
 * @self: what was asked
 * @status: of the answer
 * @headers: of the answer
 * @error: %INB_ERROR_EXPIRED, %INB_ERROR_UNAVAILABLE, %INB_ERROR_TOO_LARGE, %INB_ERROR_NETWORK
 *
 * Returns: what to do with the body
 */
InbDownloadStep
inb_download_head_read (InbDownloadHead *self, guint status, SoupMessageHeaders *headers,
                        GError **error)
{
  gboolean resumed = self->n_have > 0 && self->etag != NULL;

  self->n_expected = -1;
  self->total = -1;
  self->retry_after_s = inb_retry_after_parse (
      soup_message_headers_get_one (headers, "Retry-After"), g_get_real_time ());
  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH)
    self->n_expected = soup_message_headers_get_content_length (headers);
  if (status == 416 && resumed)
    return read_beyond (self, headers);
  if (status != 200 && !(status == 206 && resumed))
    return fail_status (status, self->host, error);
  if (!is_file (headers))
    return fail (error, INB_ERROR_NETWORK,
                 _ ("“%s” gave a page instead of the clip. Check whether the network asks to sign "
                    "in first."),
                 self->host);
  return status == 206 ? read_rest (self, headers, error) : read_whole (self, headers, error);
}
