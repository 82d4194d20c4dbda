/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The clips: one file, or one made longer by a box of padding, served in pieces of constant size.
 */
#include "stand-in.h"

#include <stdlib.h>
#include <string.h>

#define CHUNK 262144
#define BLOCK 4096

static guchar padding[256][BLOCK];

static void
append_be (GByteArray *array, guint64 value, guint bytes)
{
  while (bytes-- > 0)
    {
      guint8 byte = bytes < 8 ? (guint8) (value >> (8 * bytes)) : 0;

      g_byte_array_append (array, &byte, 1);
    }
}

/* A container with nothing in it: file type, an empty movie of five seconds, a little media data.
 */
static GBytes *
make_clip (void)
{
  GByteArray *clip = g_byte_array_new ();
  static const guint32 matrix[] = { 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000 };
  guint i;

  append_be (clip, 24, 4);
  g_byte_array_append (clip, (const guint8 *) "ftypisom\0\0\2\0isommp42", 20);
  append_be (clip, 116, 4);
  g_byte_array_append (clip, (const guint8 *) "moov", 4);
  append_be (clip, 108, 4);
  g_byte_array_append (clip, (const guint8 *) "mvhd", 4);
  append_be (clip, 0, 4 + 4 + 4); /* version, created, modified */
  append_be (clip, 1000, 4);
  append_be (clip, 5000, 4);
  append_be (clip, 0x10000, 4); /* rate */
  append_be (clip, 0x0100, 2);  /* volume */
  append_be (clip, 0, 10);
  for (i = 0; i < G_N_ELEMENTS (matrix); i++)
    append_be (clip, matrix[i], 4);
  append_be (clip, 0, 24);
  append_be (clip, 1, 4);
  append_be (clip, 8 + 4096, 4);
  g_byte_array_append (clip, (const guint8 *) "mdat", 4);
  for (i = 0; i < 4096; i++)
    append_be (clip, (i * 37) & 0xff, 1);
  return g_byte_array_free_to_bytes (clip);
}

/* Each byte of the padding depends on its place, so that a piece put to a wrong one shows. */
static void
make_padding (void)
{
  guint i, j;

  for (i = 0; i < 256; i++)
    for (j = 0; j < BLOCK; j++)
      padding[i][j] = (guchar) (i ^ (j * 7));
}

/* clip may be NULL; a size larger than the clip's is filled up with one free box, which players
 * skip. */
void
si_clips_init (SiStand *stand, GBytes *clip, guint64 size)
{
  g_autoptr (GBytes) own = clip != NULL ? g_bytes_ref (clip) : make_clip ();
  GByteArray *array;

  make_padding ();
  stand->clip_size = MAX (size, g_bytes_get_size (own));
  if (stand->clip_size < g_bytes_get_size (own) + 16)
    {
      stand->clip_size = g_bytes_get_size (own);
      stand->clip = g_steal_pointer (&own);
    }
  else
    {
      array = g_byte_array_new ();
      g_byte_array_append (array, g_bytes_get_data (own, NULL), (guint) g_bytes_get_size (own));
      append_be (array, 1, 4);
      g_byte_array_append (array, (const guint8 *) "free", 4);
      append_be (array, stand->clip_size - g_bytes_get_size (own), 8);
      stand->clip = g_byte_array_free_to_bytes (array);
    }
  stand->clip_etag = g_strdup_printf ("\"clip-%" G_GUINT64_FORMAT "\"", stand->clip_size);
}

gsize
si_clip_read (SiStand *stand, guint64 offset, guchar *buffer, gsize size)
{
  gsize have, within, take, n = 0;
  const guchar *data = g_bytes_get_data (stand->clip, &have);

  if (offset < have)
    {
      n = MIN (size, have - offset);
      memcpy (buffer, data + offset, n);
    }
  for (; n < size; n += take)
    {
      within = (gsize) ((offset + n) % BLOCK);
      take = MIN (size - n, BLOCK - within);
      memcpy (buffer + n, padding[(offset + n) / BLOCK % 256] + within, take);
    }
  return size;
}

typedef struct
{
  SiStand *stand;
  char *service, *job;
  guint clip;
  guint64 at, end, sent;
  SoupServerMessage *message; /* borrowed: it owns this */
} Serving;

static void
serving_free (gpointer data)
{
  Serving *serving = data;

  g_free (serving->service);
  g_free (serving->job);
  g_free (serving);
}

static void
append_chunk (Serving *serving)
{
  gsize n = (gsize) MIN (serving->end - serving->at, CHUNK);
  guchar *buffer;

  if (n == 0)
    return;
  buffer = g_malloc (n);
  si_clip_read (serving->stand, serving->at, buffer, n);
  soup_message_body_append_take (soup_server_message_get_response_body (serving->message), buffer,
                                 n);
  serving->at += n;
}

/* The piece before has gone; libsoup does not say how long it was, but it was everything up to
 * "at". */
static void
wrote_chunk_cb (SoupServerMessage *message, gpointer user_data)
{
  Serving *serving = user_data;
  SiJob *job = si_job_find (serving->stand, serving->service, serving->job);

  if (job != NULL)
    si_job_covered (serving->stand, job, serving->clip, serving->sent, serving->at);
  serving->sent = serving->at;
  append_chunk (serving);
  soup_server_message_unpause (message);
}

/* Sends the call's piece of the clip the ordinary way. */
void
si_clip_send (SiCall *call)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (call->message);
  Serving *serving = g_new0 (Serving, 1);

  serving->stand = call->stand;
  serving->service = g_strdup (call->job->service);
  serving->job = g_strdup (call->job->id);
  serving->clip = call->clip;
  serving->at = serving->sent = call->from;
  serving->end = call->from + call->length;
  serving->message = call->message;
  g_object_set_data_full (G_OBJECT (call->message), "serving", serving, serving_free);
  soup_message_headers_set_content_type (headers, call->type, NULL);
  soup_message_headers_set_encoding (headers, SOUP_ENCODING_CONTENT_LENGTH);
  soup_message_headers_set_content_length (headers, (goffset) call->length);
  if (strcmp (call->method, "HEAD") == 0)
    return;
  soup_message_body_set_accumulate (soup_server_message_get_response_body (call->message), FALSE);
  g_signal_connect (call->message, "wrote-chunk", G_CALLBACK (wrote_chunk_cb), serving);
  append_chunk (serving);
}

/* "bytes=FROM-" or "bytes=FROM-TO" or "bytes=-LAST": TRUE when there is one range; end is
 * exclusive. */
static gboolean
read_range (const char *range, guint64 size, guint64 *from, guint64 *end)
{
  char *rest;

  if (range == NULL || !g_str_has_prefix (range, "bytes=") || strchr (range, ',') != NULL)
    return FALSE;
  range += strlen ("bytes=");
  *end = size;
  if (*range == '-')
    {
      *from = size - MIN (size, g_ascii_strtoull (range + 1, NULL, 10));
      return TRUE;
    }
  *from = g_ascii_strtoull (range, &rest, 10);
  if (*rest != '-')
    return FALSE;
  if (rest[1] != '\0')
    *end = MIN (size, g_ascii_strtoull (rest + 1, NULL, 10) + 1);
  return TRUE;
}

static gboolean
address_is_good (SiCall *call, SiJob *job)
{
  g_autofree char *url = si_job_url (call->stand, job, call->clip);
  const char *query = g_uri_get_query (soup_server_message_get_uri (call->message));
  g_autofree char *asked =
      g_strconcat (call->stand->origin, call->path, query != NULL ? "?" : "", query, NULL);

  return strcmp (url, asked) == 0;
}

static void
refuse_file (SiCall *call, guint status, const char *code, const char *message)
{
  char *text = g_markup_printf_escaped (
      "<?xml version=\"1.0\"?><Error><Code>%s</Code><Message>%s</Message></Error>\n", code,
      message);

  g_free (call->type);
  call->status = status;
  call->type = g_strdup ("application/xml");
  g_clear_pointer (&call->bytes, g_bytes_unref);
  call->bytes = g_bytes_new_take (text, strlen (text));
}

static void
serve (SiCall *call)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (call->message);
  const char *if_range = soup_message_headers_get_one (headers, "If-Range");
  g_auto (GStrv) parts = g_strsplit (call->path, "/", -1);
  SiJob *job = si_job_find (call->stand, parts[2], parts[3]);
  const char *dash = strrchr (parts[4], '-');
  guint64 end = call->stand->clip_size;

  call->clip = dash != NULL ? (guint) atoi (dash + 1) : 0;
  call->job = job;
  if (job == NULL || call->clip >= job->clips)
    {
      refuse_file (call, 404, "NoSuchKey", "The file does not exist.");
      return;
    }
  if (!address_is_good (call, job))
    {
      refuse_file (call, 403, "AccessDenied", "Request has expired");
      return;
    }
  call->status = 200;
  call->from = 0;
  if ((if_range == NULL || strcmp (if_range, call->stand->clip_etag) == 0) &&
      read_range (soup_message_headers_get_one (headers, "Range"), call->stand->clip_size,
                  &call->from, &end))
    call->status = 206;
  if (call->status == 206 && call->from >= end)
    {
      g_autofree char *all = g_strdup_printf ("bytes */%" G_GUINT64_FORMAT, call->stand->clip_size);

      refuse_file (call, 416, "InvalidRange", "The requested range is not satisfiable");
      si_header (call, "Content-Range", all);
      return;
    }
  if (call->status == 206)
    {
      g_autofree char *range =
          g_strdup_printf ("bytes %" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT,
                           call->from, end - 1, call->stand->clip_size);

      si_header (call, "Content-Range", range);
    }
  call->type = g_strdup ("video/mp4");
  call->is_clip = TRUE;
  call->length = end - call->from;
  si_header (call, "ETag", call->stand->clip_etag);
  si_header (call, "Accept-Ranges", "bytes");
}

static gboolean
enter (SiCall *call)
{
  si_leak (call, "download");
  return TRUE;
}

static void
error (SiCall *call, guint status, const char *message)
{
  refuse_file (call, status, "InternalError", message);
}

static void
refuse (SiCall *call, SiWhy why, const char *field, const char *message)
{
  refuse_file (call, 400, "InvalidRequest", message);
}

static const SiRoute routes[] = {
  { "GET", "/clips/{}/{}/{}", SI_STEP_DOWNLOAD, serve, SI_OPEN, NULL },
  { "HEAD", "/clips/{}/{}/{}", SI_STEP_DOWNLOAD, serve, SI_OPEN, NULL },
  { NULL },
};

const SiService si_clips = { "clips", enter, refuse, error, routes };
