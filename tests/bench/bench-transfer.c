/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "net/inb-download.h"

/* One transfer with the program's own code; says the most memory it ever held, in KiB. What the
 * kernel tells a parent counts the parent's own memory before exec.
 * usage: bench-transfer download|upload URL FILE */

typedef struct
{
  GMainLoop *loop;
  gboolean upload;
  int status;
} Bench;

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Bench *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (InbReply) reply = NULL;

  if (self->upload)
    reply = inb_http_send_finish (result, NULL, &error);
  else
    inb_http_download_finish (result, NULL, &error);
  if (error != NULL)
    g_printerr ("%s\n", error->message);
  self->status = error != NULL ? 1 : 0;
  g_main_loop_quit (self->loop);
}

static void
print_peak (void)
{
  g_autofree char *status = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  g_print ("%" G_GINT64_FORMAT "\n", g_ascii_strtoll (strstr (status, "VmHWM:") + 6, NULL, 10));
}

static gboolean
upload (Bench *self, InbHttp *http, const char *url, const char *path, GError **error)
{
  g_autoptr (InbMessage) message = inb_message_new (INB_MESSAGE_SUBMIT, "POST", url);

  message->home = g_strdup (url);
  message->body = inb_body_new ("application/json");
  inb_body_add_text (message->body, "{\"image\":\"", -1);
  if (!inb_body_add_file (message->body, path, INB_BODY_BASE64, error))
    return FALSE;
  inb_body_add_text (message->body, "\"}", -1);
  inb_http_send_async (http, message, NULL, NULL, NULL, done_cb, self);
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (InbHttp) http = NULL;
  g_autoptr (GError) error = NULL;
  Bench self = { 0 };

  if (argc != 4)
    return 2;
  inb_http_init ();
  self.loop = g_main_loop_new (NULL, FALSE);
  self.upload = strcmp (argv[1], "upload") == 0;
  http = inb_http_new ();
  if (self.upload)
    {
      if (!upload (&self, http, argv[2], argv[3], &error))
        g_error ("%s", error->message);
    }
  else
    {
      InbDownload download = {
        .url = argv[2], .home = argv[2], .part = argv[3], .max_bytes = G_MAXINT64
      };

      inb_http_download_async (http, &download, NULL, NULL, NULL, NULL, done_cb, &self);
    }
  g_main_loop_run (self.loop);
  g_main_loop_unref (self.loop);
  print_peak ();
  return self.status;
}
