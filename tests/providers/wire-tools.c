/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wire-tools.h"

#include <glib/gstdio.h>

#include "net/inb-json.h"
#include "providers/inb-catalogue.h"

static void
write_frame (Wire *self, InbPicture *picture, const char *name, const char *bytes)
{
  picture->path = g_build_filename (self->folder, name, NULL);
  picture->media = g_strdup ("image/png");
  g_assert_true (g_file_set_contents (picture->path, bytes, -1, NULL));
}

/* A wire to a provider; its first model if none is named. */
Wire *
wire_new (const char *provider, const char *model)
{
  Wire *self = g_new0 (Wire, 1);
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("inb-wire-XXXXXX", &error);
  g_assert_no_error (error);
  write_frame (self, &self->start, "start.png", "start-bytes");
  write_frame (self, &self->last, "last.png", "last-bytes!");
  self->values.provider = inb_catalogue_find (provider, &error);
  g_assert_no_error (error);
  self->values.model = inb_provider_get_model (self->values.provider, model, &error);
  g_assert_no_error (error);
  self->secrets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  wire_set_key (self, "api_key", "test-key-0123456789");
  self->request = inb_request_new ();
  g_free (self->request->prompt);
  self->request->prompt = g_strdup (WIRE_PROMPT);
  self->request->guidance = -1.0;
  self->request->duration_s = 5;
  self->values.secrets = self->secrets;
  self->values.request = self->request;
  self->values.job_id = "0a1b2c3d-0000-4000-8000-000000000001";
  self->values.seed = 7;
  self->values.start = &self->start;
  self->values.idempotency_key = "11111111-2222-4333-8444-555555555555";
  return self;
}

static void
picture_clear (InbPicture *picture)
{
  if (picture->path != NULL)
    g_remove (picture->path);
  g_free (picture->path);
  g_free (picture->media);
  g_free (picture->url);
}

void
wire_free (Wire *self)
{
  picture_clear (&self->start);
  picture_clear (&self->last);
  g_rmdir (self->folder);
  g_free (self->folder);
  g_hash_table_unref (self->secrets);
  inb_request_free (self->request);
  g_free (self);
}

void
wire_set_key (Wire *self, const char *name, const char *value)
{
  g_hash_table_insert (self->secrets, g_strdup (name), g_strdup (value));
}

/* What would be sent. */
char *
wire_dup_body (const InbMessage *message)
{
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  if (message->body == NULL)
    return NULL;
  stream = inb_body_open (message->body);
  g_output_stream_splice (memory, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint ((gint64) g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (memory)),
                   ==, inb_body_get_length (message->body));
  return g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (memory)),
                    g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (memory)));
}

JsonNode *
wire_parse (const char *json)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (json, &error);

  g_assert_no_error (error);
  g_assert_nonnull (node);
  return node;
}

/* The same values of the same types; the order of members does not count. */
void
wire_assert_json (const char *given, const char *wanted)
{
  g_autoptr (JsonNode) a = wire_parse (given);
  g_autoptr (JsonNode) b = wire_parse (wanted);

  if (!json_node_equal (a, b))
    g_assert_cmpstr (given, ==, wanted);
}

InbReply *
wire_reply (guint status, const char *body)
{
  return inb_reply_new (status, "application/json", body, -1);
}

InbReply *
wire_page (guint status)
{
  return inb_reply_new (status, "text/html; charset=utf-8", "<html>Please sign in</html>", -1);
}

void
wire_set_header (InbReply *reply, const char *name, const char *value)
{
  g_hash_table_insert (reply->headers, g_ascii_strdown (name, -1), g_strdup (value));
}

InbMessage *
wire_make (Wire *self, InbStep step)
{
  g_autoptr (GError) error = NULL;
  InbMessage *message = inb_messages_make (&self->values, step, &error);

  g_assert_no_error (error);
  g_assert_nonnull (message);
  return message;
}

InbReceipt *
wire_submit (Wire *self, guint status, const char *body)
{
  g_autoptr (InbReply) reply = wire_reply (status, body);

  return inb_answers_read_submit (&self->values, INB_STEP_SUBMIT, reply, TRUE, NULL);
}

InbReport *
wire_poll (Wire *self, guint status, const char *body)
{
  g_autoptr (InbReply) reply = wire_reply (status, body);

  return inb_answers_read_poll (&self->values, reply, NULL);
}
