/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stand-in services: every hosted provider on one loopback port, as strict as the real ones, with a
 * ledger of what they would have billed and a script of what goes wrong. For tests. */
#include "stand-in.h"

#include <errno.h>
#include <glib-unix.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

static struct
{
  char *port_file, *clip, *videos;
  gint port, polls;
  gint64 clip_size;
  gboolean die;
} options = { .polls = 2 };

static SiStand the_stand;

static const GOptionEntry entries[] = {
  { "port-file", 0, 0, G_OPTION_ARG_FILENAME, &options.port_file,
    "Write the port into FILE once it listens", "FILE" },
  { "port", 0, 0, G_OPTION_ARG_INT, &options.port, "Listen on port N (0: any)", "N" },
  { "clip", 0, 0, G_OPTION_ARG_FILENAME, &options.clip, "The MP4 that every job becomes", "FILE" },
  { "clip-size", 0, 0, G_OPTION_ARG_INT64, &options.clip_size,
    "Make the clip this long with a box of padding", "BYTES" },
  { "polls", 0, 0, G_OPTION_ARG_INT, &options.polls, "Running answers before success (2)", "N" },
  { "gateway-videos", 0, 0, G_OPTION_ARG_STRING, &options.videos,
    "How the gateway's status answer carries the clip: url (default) or base64", "FORM" },
  { "die-with-parent", 0, 0, G_OPTION_ARG_NONE, &options.die, "End when the parent process ends",
    NULL },
  { NULL },
};

static gboolean
listen_at (SoupServer *server, const char *address, guint16 port, GError **error)
{
  g_autoptr (GSocketAddress) where = g_inet_socket_address_new_from_string (address, port);

  return soup_server_listen (server, where, 0, error);
}

static guint16
port_of (SoupServer *server)
{
  GSList *uris = soup_server_get_uris (server);
  guint16 port = (guint16) g_uri_get_port (uris->data);

  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return port;
}

static SoupServer *
new_server (SiStand *stand)
{
  SoupServer *server = soup_server_new ("server-header", "stand-in", NULL);

  soup_server_add_handler (server, NULL, si_call_cb, stand, NULL);
  return server;
}

static gboolean
listen_all (SiStand *stand, GError **error)
{
  g_autoptr (GError) second = NULL;

  stand->server = new_server (stand);
  stand->elsewhere = new_server (stand);
  if (!listen_at (stand->server, "127.0.0.1", (guint16) options.port, error))
    return FALSE;
  stand->port = port_of (stand->server);
  stand->origin = g_strdup_printf ("http://127.0.0.1:%u", stand->port);
  if (!listen_at (stand->elsewhere, "127.0.0.2", stand->port, &second))
    g_printerr ("inb-stand-in: nothing listens on 127.0.0.2: %s\n", second->message);
  return TRUE;
}

static GBytes *
read_clip (GError **error)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (options.clip, FALSE, error);

  return file != NULL ? g_mapped_file_get_bytes (file) : NULL;
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
begin (SiStand *stand, GError **error)
{
  g_autoptr (GBytes) clip = NULL;
  g_autofree char *port = NULL;

  if (options.clip != NULL && (clip = read_clip (error)) == NULL)
    return FALSE;
  si_clips_init (stand, clip, (guint64) options.clip_size);
  stand->polls = (guint) MAX (options.polls, 0);
  stand->inline_clips = g_strcmp0 (options.videos, "base64") == 0;
  si_ledger_init (stand);
  si_files_clear (stand);
  si_script_clear (stand);
  if (!listen_all (stand, error))
    return FALSE;
  if (options.port_file == NULL)
    {
      g_print ("%u\n", stand->port);
      return TRUE;
    }
  port = g_strdup_printf ("%u\n", stand->port);
  return g_file_set_contents (options.port_file, port, -1, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("- stand-in for the hosted services");
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || !begin (&the_stand, &error))
    {
      g_printerr ("inb-stand-in: %s\n", error->message);
      return 2;
    }
  if (options.die)
    prctl (PR_SET_PDEATHSIG, SIGTERM);
  g_unix_signal_add (SIGTERM, quit_cb, loop);
  g_unix_signal_add (SIGINT, quit_cb, loop);
  g_main_loop_run (loop);
  return 0;
}
