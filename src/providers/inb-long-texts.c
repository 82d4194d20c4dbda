/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "providers/inb-long-texts.h"

#include <string.h>

/* A clip or a picture inside an answer is one text of megabytes. The strict reader takes one
 * megabyte, and a parser would copy the text several times; so texts of base64 are cut out before,
 * and a mark with a number stands in their place. */

/* Longer than any address or message; chosen. */
#define LONG_BYTES (32 * 1024)
#define MARK "inbetween-cut:"

static gboolean
is_base64_char (char c)
{
  return g_ascii_isalnum (c) || strchr ("+/=\\-_", c) != NULL;
}

/* The quotation mark that ends a text; %NULL if there is none. A backslash hides what follows. */
static const char *
find_text_end (const char *at, const char *end)
{
  for (; at < end; at++)
    if (*at == '"')
      return at;
    else if (*at == '\\')
      at++;
  return NULL;
}

/* Base64, perhaps with what a data URI has before it. */
static gboolean
is_cuttable (const char *text, gsize length)
{
  const char *comma;

  if (length < LONG_BYTES)
    return FALSE;
  comma = memchr (text, ',', 256);
  if (comma != NULL && length > 5 && memcmp (text, "data:", 5) == 0)
    {
      length -= (gsize) (comma + 1 - text);
      text = comma + 1;
    }
  for (gsize i = 0; i < length; i++)
    if (text[i] == '\0' || !is_base64_char (text[i]))
      return FALSE;
  return TRUE;
}

/**
 * inb_long_texts_cut:
 * @json: an answer
 * @cut: (inout) (element-type GBytes): gets what was cut out, borrowing from @json
 *
 * Returns: (transfer full): the answer with a mark in place of each long text of base64; @json
 * itself if there is none
 */
GBytes *
inb_long_texts_cut (GBytes *json, GPtrArray *cut)
{
  gsize length;
  const char *data = g_bytes_get_data (json, &length);
  const char *end = data + length, *done = data;
  g_autoptr (GString) rest = NULL;

  if (length < LONG_BYTES)
    return g_bytes_ref (json);
  for (const char *at = memchr (data, '"', length); at != NULL;)
    {
      const char *close = find_text_end (at + 1, end);

      if (close == NULL)
        break;
      if (is_cuttable (at + 1, (gsize) (close - at - 1)))
        {
          if (rest == NULL)
            rest = g_string_new (NULL);
          g_string_append_len (rest, done, at + 1 - done);
          g_string_append_printf (rest, MARK "%u", cut->len);
          g_ptr_array_add (cut, g_bytes_new_from_bytes (json, (gsize) (at + 1 - data),
                                                        (gsize) (close - at - 1)));
          done = close;
        }
      at = close + 1 < end ? memchr (close + 1, '"', (gsize) (end - close - 1)) : NULL;
    }
  if (rest == NULL)
    return g_bytes_ref (json);
  g_string_append_len (rest, done, end - done);
  return g_string_free_to_bytes (g_steal_pointer (&rest));
}

/* The bytes, decoded in pieces, so that no second copy of the text is made. JSON may write "\/". */
static GBytes *
decode (const char *text, gsize length)
{
  g_autoptr (GByteArray) bytes = g_byte_array_sized_new ((guint) (length / 4 * 3 + 3));
  guchar piece[3 * 1024];
  guint save = 0;
  int state = 0;

  for (gsize done = 0; done < length;)
    {
      const char *escape = memchr (text + done, '\\', length - done);
      gsize rest = escape != NULL ? (gsize) (escape - text) - done : length - done;
      gsize n = MIN (rest, 4 * 1024 - 4);

      if (n == 0)
        {
          if (done + 1 >= length || text[done + 1] != '/')
            return NULL;
          done++;
          n = 1;
        }
      g_byte_array_append (bytes, piece,
                           (guint) g_base64_decode_step (text + done, n, piece, &state, &save));
      done += n;
    }
  return bytes->len > 0 ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes)) : NULL;
}

/**
 * inb_long_texts_decode:
 * @cut: (element-type GBytes): of inb_long_texts_cut()
 * @mark: a text of the answer: the mark of what was cut out, or base64 itself
 *
 * Returns: (transfer full) (nullable): what the base64 stands for; %NULL if it is none
 */
GBytes *
inb_long_texts_decode (const GPtrArray *cut, const char *mark)
{
  guint64 index;
  gsize length;
  const char *text;

  if (!g_str_has_prefix (mark, MARK))
    return decode (mark, strlen (mark));
  if (!g_ascii_string_to_unsigned (mark + strlen (MARK), 10, 0, G_MAXUINT, &index, NULL) ||
      index >= cut->len)
    return NULL;
  text = g_bytes_get_data (g_ptr_array_index (cut, index), &length);
  return decode (text, length);
}
