/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/inb-trace.h"

#include <string.h>

/* A step of a path that is longer is no word and no id of a service (the longest seen has 54
 * characters), but what could be a token; chosen. */
#define MAX_STEP 64

static gboolean
is_plain (const char *step)
{
  gsize length = strlen (step);

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (step[i]) && strchr ("-._~", step[i]) == NULL)
      return FALSE;
  return length <= MAX_STEP;
}

static void
append_path (GString *line, const char *path)
{
  g_auto (GStrv) steps = g_strsplit (path, "/", -1);

  for (guint i = 0; steps[i] != NULL; i++)
    g_string_append_printf (line, "%s%s", i > 0 ? "/" : "", is_plain (steps[i]) ? steps[i] : "…");
}

/* Built of what may be told, instead of taking away what may not. */
static void
append_url (GString *line, const char *url, gboolean bare)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);

  if (uri == NULL || g_uri_get_host (uri) == NULL)
    {
      g_string_append (line, "…");
      return;
    }
  g_string_append_printf (line, "%s://%s", g_uri_get_scheme (uri), g_uri_get_host (uri));
  if (g_uri_get_port (uri) > 0)
    g_string_append_printf (line, ":%d", g_uri_get_port (uri));
  if (bare)
    g_string_append (line, "/…");
  else
    append_path (line, g_uri_get_path (uri));
}

/**
 * inb_trace_line_print:
 * @self: facts
 *
 * Returns: (transfer full): "POST https://api.example/v3/tasks 200 412 ms, 812 bytes out, 96 in";
 * without query, headers and bodies, and of an address that is a permission in itself only the host
 */
char *
inb_trace_line_print (const InbTraceLine *self)
{
  GString *line = g_string_new (self->method);

  g_string_append_c (line, ' ');
  append_url (line, self->url, self->bare);
  if (self->status > 0)
    g_string_append_printf (line, " %u", self->status);
  if (self->error != NULL)
    g_string_append_printf (line, " %s", self->error);
  g_string_append_printf (
      line, " %" G_GINT64_FORMAT " ms, %" G_GUINT64_FORMAT " bytes out, %" G_GUINT64_FORMAT " in",
      self->milliseconds, self->n_out, self->n_in);
  return g_string_free (line, FALSE);
}
