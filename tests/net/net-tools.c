/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net-tools.h"

#include <malloc.h>
#include <string.h>

#include "core/inb-error.h"
#include "inb-test-wait.h"

void
outcome_clear (Outcome *self)
{
  g_clear_pointer (&self->reply, inb_reply_free);
  g_clear_error (&self->error);
  self->sent = FALSE;
}

gboolean
gate_starting (InbHttpMoment moment, gpointer gate_data, GError **error)
{
  Gate *gate = gate_data;

  if (moment == INB_HTTP_LAST_BYTE)
    gate->n_last++;
  else
    gate->n_called++;
  if (moment == INB_HTTP_LAST_BYTE ? !gate->refuse_last : !gate->refuse)
    return TRUE;
  g_set_error_literal (error, INB_ERROR, INB_ERROR_STORE, "the attempt could not be written down");
  return FALSE;
}

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

void
net_send (InbHttp *http, const InbMessage *message, Gate *gate, GCancellable *cancellable,
          Outcome *outcome)
{
  g_autoptr (GAsyncResult) result = NULL;

  outcome_clear (outcome);
  inb_http_send_async (http, message, gate != NULL ? gate_starting : NULL, gate, cancellable,
                       result_cb, &result);
  wait_until (result != NULL);
  outcome->reply = inb_http_send_finish (result, &outcome->sent, &outcome->error);
  g_assert_true ((outcome->reply == NULL) == (outcome->error != NULL));
}

void
net_finish (InbHttp **http, RawServer *server)
{
  g_clear_pointer (http, inb_http_free);
  raw_server_stop (server);
}

InbMessage *
net_message (RawServer *server, InbMessageKind kind, const char *method, const char *path)
{
  g_autofree char *url = raw_server_url (server, path);
  InbMessage *message = inb_message_new (kind, method, url);

  message->home = g_strdup (raw_server_get_home (server));
  return message;
}

void
net_message_set_body (InbMessage *message, const char *text)
{
  message->body = inb_body_new ("application/json");
  inb_body_add_text (message->body, text, -1);
}

InbHttp *
net_impatient_http (void)
{
  InbHttp *http = inb_http_new ();
  InbHttpDeadlines deadlines = {
    .connect_ms = 10000,
    .first_byte_ms = 80,
    .first_byte_submit_ms = 80,
    .look_ms = 10000,
    .submit_ms = 10000,
    .stall_ms = 80,
    .stall_bytes = 1024,
  };

  inb_http_set_deadlines (http, &deadlines);
  return http;
}

/* Bytes that repeat after no power of two. */
char *
net_make_file (const char *folder, const char *name, gsize size)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *data = g_malloc (size + 1);

  for (gsize i = 0; i < size; i++)
    data[i] = (char) (i * 7 + i / 251);
  g_assert_true (g_file_set_contents (path, data, (gssize) size, NULL));
  return g_steal_pointer (&path);
}

gint64
net_get_peak_kb (void)
{
  g_autofree char *status = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  return g_ascii_strtoll (strstr (status, "VmHWM:") + 6, NULL, 10);
}

void
net_reset_peak (void)
{
  malloc_trim (0); /* what was freed would hide what is taken */
  g_assert_true (g_file_set_contents_full ("/proc/self/clear_refs", "5", 1,
                                           G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}
