/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "providers/inb-events.h"

#include <string.h>

/* Where a line ends; *next is behind its mark: CR, LF, or both. */
static const char *
find_line_end (const char *at, const char *end, const char **next)
{
  while (at < end && *at != '\n' && *at != '\r')
    at++;
  *next = at < end ? at + 1 : end;
  if (at + 1 < end && at[0] == '\r' && at[1] == '\n')
    *next = at + 2;
  return at;
}

/* The value of a "data" line, without the one blank that may stand before it. */
static gboolean
read_data_line (const char *line, gsize length, const char **value, gsize *value_length)
{
  const gsize name = strlen ("data");

  if (length < name || memcmp (line, "data", name) != 0 || (length > name && line[name] != ':'))
    return FALSE;
  *value = line + MIN (length, name + 1);
  *value_length = length - (gsize) (*value - line);
  if (*value_length > 0 && **value == ' ')
    {
      *value += 1;
      *value_length -= 1;
    }
  return TRUE;
}

/**
 * inb_events_dup_first_data:
 * @text: (array length=length): a whole event stream, as the HTML standard's "server-sent events"
 * has it
 * @length: bytes
 *
 * Comments, which some services send to keep a connection awake, and events without data are passed
 * over. An event that the stream's end cuts off counts as well: what it holds is judged by whoever
 * reads it.
 *
 * Returns: (transfer full) (nullable): the data of the first event, its lines joined by "\n"; %NULL
 * if there is none
 */
char *
inb_events_dup_first_data (const char *text, gsize length)
{
  const char *end = text + length;
  g_autoptr (GString) data = NULL;

  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    text += 3;
  while (text < end)
    {
      const char *next, *value;
      const char *line_end = find_line_end (text, end, &next);
      gsize value_length;

      if (line_end == text && data != NULL)
        break;
      if (read_data_line (text, (gsize) (line_end - text), &value, &value_length))
        {
          if (data == NULL)
            data = g_string_new (NULL);
          else
            g_string_append_c (data, '\n');
          g_string_append_len (data, value, (gssize) value_length);
        }
      text = next;
    }
  return data != NULL ? g_string_free (g_steal_pointer (&data), FALSE) : NULL;
}
