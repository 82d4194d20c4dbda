/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything that can be made to go wrong with an answer. */
#include "stand-in.h"

#include <string.h>

typedef struct
{
  const char *name;
  gboolean accepts; /* the service has done its work; only the answer suffers */
  guint status;
  gboolean (*apply) (SiCall *call); /* TRUE: it took the connection */
} Fault;

static guint64
body_size (SiCall *call)
{
  return call->is_clip ? call->length : g_bytes_get_size (call->bytes);
}

static guint64
body_from (SiCall *call)
{
  return call->is_clip ? call->from : 0;
}

/* Begins an answer by hand, with this framing; %s in it becomes the length of the body. */
static SiRaw *
begin (SiCall *call, const char *framing, guint64 more)
{
  g_autofree char *length =
      g_strdup_printf ("Content-Length: %" G_GUINT64_FORMAT "\r\n", body_size (call) + more);
  g_autofree char *head = si_raw_head (call, framing != NULL ? framing : length);
  SiRaw *raw = si_raw_new (call);

  si_raw_text (raw, head);
  return raw;
}

static gboolean
start (SiRaw *raw)
{
  si_raw_start (raw);
  return TRUE;
}

static gboolean
hang (SiCall *call)
{
  SiRaw *raw = si_raw_new (call);

  si_raw_hold (raw);
  return start (raw);
}

static gboolean
drip_body (SiCall *call)
{
  SiRaw *raw = begin (call, NULL, 0);

  si_raw_drip (raw, (guint) si_rule_number (call->rule, "ms", 100));
  si_raw_body (raw, body_from (call), body_size (call));
  return start (raw);
}

static gboolean
drip_header (SiCall *call)
{
  g_autofree char *length =
      g_strdup_printf ("Content-Length: %" G_GUINT64_FORMAT "\r\n", body_size (call));
  g_autofree char *head = si_raw_head (call, length);
  SiRaw *raw = si_raw_new (call);

  si_raw_drip (raw, (guint) si_rule_number (call->rule, "ms", 100));
  si_raw_text (raw, head);
  si_raw_drip (raw, 0);
  si_raw_body (raw, body_from (call), body_size (call));
  return start (raw);
}

static gboolean
reset_before_body (SiCall *call)
{
  SiRaw *raw = begin (call, NULL, 0);

  si_raw_reset (raw);
  return start (raw);
}

static gboolean
reset_mid_body (SiCall *call)
{
  SiRaw *raw = begin (call, NULL, 0);

  si_raw_body (raw, body_from (call), body_size (call) / 2);
  si_raw_reset (raw);
  return start (raw);
}

static gboolean
half_status_line (SiCall *call)
{
  SiRaw *raw = si_raw_new (call);

  si_raw_text (raw, "HTTP/1.1 20");
  return start (raw);
}

static gboolean
short_length (SiCall *call)
{
  SiRaw *raw = begin (call, NULL, 0);

  si_raw_body (raw, body_from (call), body_size (call) / 2);
  return start (raw);
}

static gboolean
short_chunked (SiCall *call)
{
  SiRaw *raw = begin (call, "Transfer-Encoding: chunked\r\n", 0);
  g_autofree char *size = g_strdup_printf ("%" G_GINT64_MODIFIER "x\r\n", body_size (call));

  si_raw_text (raw, size);
  si_raw_body (raw, body_from (call), body_size (call));
  si_raw_text (raw, "\r\n");
  return start (raw);
}

static gboolean
no_length (SiCall *call)
{
  SiRaw *raw = begin (call, "Connection: close\r\n", 0);

  si_raw_body (raw, body_from (call), body_size (call));
  return start (raw);
}

static gboolean
over_long (SiCall *call)
{
  SiRaw *raw = begin (call, NULL, 0);
  g_autoptr (GBytes) more = g_bytes_new_take (g_strnfill (4096, '#'), 4096);

  si_raw_body (raw, body_from (call), body_size (call));
  si_raw_bytes (raw, more);
  return start (raw);
}

static gboolean
header_64m (SiCall *call)
{
  g_autofree char *status = g_strdup_printf ("HTTP/1.1 %u OK\r\nX-Padding: ", call->status);
  g_autofree char *length =
      g_strdup_printf ("\r\nContent-Length: %" G_GUINT64_FORMAT "\r\n\r\n", body_size (call));
  g_autoptr (GBytes) padding = g_bytes_new_take (g_strnfill (65536, 'a'), 65536);
  SiRaw *raw = si_raw_new (call);

  si_raw_text (raw, status);
  si_raw_repeat (raw, padding, 1024);
  si_raw_text (raw, length);
  si_raw_body (raw, body_from (call), body_size (call));
  return start (raw);
}

static gboolean
endless (SiCall *call)
{
  SiRaw *raw = begin (call, "Transfer-Encoding: chunked\r\n", 0);
  g_autofree char *size = g_strdup_printf ("%" G_GINT64_MODIFIER "x\r\n", body_size (call));
  GString *chunk = g_string_new ("8000\r\n");
  g_autoptr (GBytes) bytes = NULL;
  guint i;

  /* white space: no parser of JSON sees an error in it */
  for (i = 0; i < 0x8000; i++)
    g_string_append_c (chunk, ' ');
  g_string_append (chunk, "\r\n");
  bytes = g_string_free_to_bytes (chunk);
  si_raw_text (raw, size);
  si_raw_body (raw, body_from (call), body_size (call));
  si_raw_text (raw, "\r\n");
  si_raw_repeat (raw, bytes, G_MAXUINT64);
  return start (raw);
}

static GBytes *
deflate (GConverter *converter, GBytes *bytes)
{
  gsize size, read, written;
  const guchar *data = g_bytes_get_data (bytes, &size);
  GByteArray *out = g_byte_array_new ();
  guchar buffer[4096];
  GConverterResult result;

  do
    {
      result = g_converter_convert (converter, data, size, buffer, sizeof buffer, G_CONVERTER_FLUSH,
                                    &read, &written, NULL);
      if (result == G_CONVERTER_ERROR)
        break;
      data += read;
      size -= read;
      g_byte_array_append (out, buffer, (guint) written);
    }
  while (result != G_CONVERTER_FLUSHED);
  return g_byte_array_free_to_bytes (out);
}

/* 10 GiB out of about 10 MB: after the first MiB of spaces the next is always the same few bytes.
 */
static gboolean
gzip_bomb (SiCall *call)
{
  g_autoptr (GZlibCompressor) zlib = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  g_autoptr (GBytes) spaces = g_bytes_new_take (g_strnfill (1 << 20, ' '), 1 << 20);
  g_autoptr (GBytes) first = deflate (G_CONVERTER (zlib), spaces);
  g_autoptr (GBytes) second = deflate (G_CONVERTER (zlib), spaces);
  g_autofree char *head = si_raw_head (call, "Content-Encoding: gzip\r\nConnection: close\r\n");
  SiRaw *raw = si_raw_new (call);

  si_raw_text (raw, head);
  si_raw_bytes (raw, first);
  si_raw_repeat (raw, second, 10239);
  return start (raw);
}

static gboolean
lose_answer (SiCall *call)
{
  SiRaw *raw = si_raw_new (call);

  si_raw_reset (raw);
  return start (raw);
}

static gboolean
retry_seconds (SiCall *call)
{
  g_autofree char *seconds =
      g_strdup_printf ("%" G_GINT64_FORMAT, si_rule_number (call->rule, "seconds", 1));

  si_header (call, "Retry-After", seconds);
  return FALSE;
}

static gboolean
retry_date (SiCall *call)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) then =
      g_date_time_add_seconds (now, (double) si_rule_number (call->rule, "seconds", 2));
  g_autofree char *date = soup_date_time_to_string (then, SOUP_DATE_HTTP);

  si_header (call, "Retry-After", date);
  return FALSE;
}

static gboolean
retry_garbage (SiCall *call)
{
  si_header (call, "Retry-After", "in a while");
  return FALSE;
}

static void
take_body (SiCall *call, const char *type, char *text)
{
  g_free (call->type);
  call->type = g_strdup (type);
  g_clear_pointer (&call->bytes, g_bytes_unref);
  call->bytes = g_bytes_new_take (text, strlen (text));
  call->is_clip = FALSE;
  call->carries_clips = FALSE;
}

static gboolean
html (SiCall *call)
{
  take_body (call, "text/html",
             g_strdup ("<!DOCTYPE html><html><head><title>One moment</title></head>"
                       "<body><h1>One moment, please</h1></body></html>\n"));
  return FALSE;
}

static void
point_to (SiCall *call, const char *where)
{
  take_body (call, "text/plain", g_strdup ("moved\n"));
  si_header (call, "Location", where);
}

static char *
with_query (SiCall *call, const char *origin, const char *before)
{
  const char *query = g_uri_get_query (soup_server_message_get_uri (call->message));

  return g_strconcat (origin, before, call->path, query != NULL ? "?" : "", query, NULL);
}

static gboolean
redirect_here (SiCall *call)
{
  g_autofree char *where = with_query (call, call->stand->origin, "/moved");

  point_to (call, where);
  return FALSE;
}

static gboolean
redirect_other_host (SiCall *call)
{
  g_autofree char *origin = g_strdup_printf ("http://127.0.0.2:%u", call->stand->port);
  g_autofree char *where = with_query (call, origin, "");

  point_to (call, where);
  return FALSE;
}

static gboolean
redirect_file (SiCall *call)
{
  point_to (call, "file:///etc/passwd");
  return FALSE;
}

static gboolean
wrong_type (SiCall *call)
{
  g_free (call->type);
  call->type = g_strdup ("image/gif");
  return FALSE;
}

/* The answer as a test wrote it: status, type, headers, body. */
static gboolean
answer (SiCall *call)
{
  JsonObject *rule = si_rule_object (call->rule), *headers = si_object (rule, "headers");
  JsonNode *body = json_object_get_member (rule, "body");
  const char *type = si_string (rule, "type");
  g_autoptr (GList) names = headers != NULL ? json_object_get_members (headers) : NULL;
  GList *l;

  call->status = (guint) si_rule_number (call->rule, "status", 200);
  take_body (call, type != NULL ? type : "application/json",
             body == NULL                       ? g_strdup ("")
             : si_string (rule, "body") != NULL ? g_strdup (si_string (rule, "body"))
                                                : si_dump (body, SI_DUMP_PLAIN));
  for (l = names; l != NULL; l = l->next)
    si_header (call, l->data, si_string (headers, l->data));
  return FALSE;
}

static const Fault faults[] = {
  { "hang", FALSE, 0, hang },
  { "drip-body", TRUE, 0, drip_body },
  { "drip-header", TRUE, 0, drip_header },
  { "reset-before-body", TRUE, 0, reset_before_body },
  { "reset-mid-body", TRUE, 0, reset_mid_body },
  { "half-status-line", FALSE, 0, half_status_line },
  { "short-length", TRUE, 0, short_length },
  { "short-chunked", TRUE, 0, short_chunked },
  { "no-length", TRUE, 0, no_length },
  { "over-long", TRUE, 0, over_long },
  { "header-64m", TRUE, 0, header_64m },
  { "endless", TRUE, 0, endless },
  { "gzip-bomb", TRUE, 0, gzip_bomb },
  { "429-seconds", FALSE, 429, retry_seconds },
  { "429-date", FALSE, 429, retry_date },
  { "429-garbage", FALSE, 429, retry_garbage },
  { "400", FALSE, 400, NULL },
  { "401", FALSE, 401, NULL },
  { "402", FALSE, 402, NULL },
  { "403", FALSE, 403, NULL },
  { "404", FALSE, 404, NULL },
  { "408", FALSE, 408, NULL },
  { "409", FALSE, 409, NULL },
  { "500", FALSE, 500, NULL },
  { "502-html", FALSE, 502, html },
  { "503", FALSE, 503, NULL },
  { "redirect-301", FALSE, 301, redirect_here },
  { "redirect-307", FALSE, 307, redirect_here },
  { "redirect-other-host", FALSE, 307, redirect_other_host },
  { "redirect-file", FALSE, 302, redirect_file },
  { "wrong-type", TRUE, 0, wrong_type },
  { "html-200", TRUE, 200, html },
  { "json-deep", TRUE, 0, si_fault_json },
  { "json-wide", TRUE, 0, si_fault_json },
  { "json-string-13m", TRUE, 0, si_fault_json },
  { "json-duplicate", TRUE, 0, si_fault_json },
  { "json-1e999", TRUE, 0, si_fault_json },
  { "json-overflow", TRUE, 0, si_fault_json },
  { "json-nul", TRUE, 0, si_fault_json },
  { "json-types", TRUE, 0, si_fault_json },
  { "json-bom", TRUE, 0, si_fault_json },
  { "json-empty", TRUE, 0, si_fault_json },
  { "json-null", TRUE, 0, si_fault_json },
  { "lose-answer", TRUE, 0, lose_answer },
  { "answer", FALSE, 0, answer },
};

static const Fault *
find (const char *name)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (faults); i++)
    if (strcmp (faults[i].name, name) == 0)
      return &faults[i];
  return NULL;
}

gboolean
si_fault_is_known (const char *name)
{
  return find (name) != NULL;
}

gboolean
si_fault_accepts (const char *name)
{
  const Fault *fault = find (name);

  return fault != NULL && fault->accepts;
}

/* Does what the call's rule says to the answer, or instead of one. Returns TRUE when it took the
 * connection. */
gboolean
si_fault_apply (SiCall *call)
{
  const Fault *fault = find (si_rule_do (call->rule));

  g_assert (fault != NULL);
  if (call->status == 0)
    si_say (call, 200, "{}");
  if (fault->status >= 400)
    call->service->error (call, fault->status, "as the script says");
  if (fault->status > 0)
    call->status = fault->status;
  return fault->apply != NULL && fault->apply (call);
}
