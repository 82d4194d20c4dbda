/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "providers/inb-service-file.h"

#include <string.h>

#define MAX_LIFETIME_S (10 * 366 * 86400)

static const char *const send_words[] = { "url", "base64", "data-uri", "upload" };
static const char *const upload_words[] = { "ticket-put", "presign-put", "initiate-put",
                                            "multipart" };

/* What follows a ticket: paths into its answer. A PUT has no headers but those. */
static gboolean
read_put (InbReader *parent, InbUpload *upload)
{
  InbReader reader;
  gboolean good;

  if (!inb_reader_enter (&reader, parent, "put"))
    return FALSE;
  good = inb_reader_dup_path (&reader, "url", &upload->put_url);
  if (upload->kind == INB_UPLOAD_TICKET_PUT)
    good = good && inb_reader_dup_path (&reader, "method", &upload->put_method);
  if (upload->kind != INB_UPLOAD_INITIATE_PUT)
    good = good && inb_reader_dup_path (&reader, "headers", &upload->put_headers);
  return inb_reader_end (&reader) && good;
}

static gboolean
read_parts (InbReader *reader, const InbScope *scope, InbUpload *upload)
{
  if (upload->ticket.body != NULL)
    return inb_reader_refuse (reader, "ticket.body", "cannot go with multipart");
  if (!inb_reader_dup_text (reader, "part", 64, &upload->part))
    return FALSE;
  if (g_strcmp0 (upload->part, "") == 0 || strpbrk (upload->part, "\"\\;=") != NULL ||
      !g_str_is_ascii (upload->part))
    return inb_reader_refuse (reader, "part", "is no name of a part");
  return inb_scope_read_template (scope, reader, "fields", &upload->fields);
}

static gboolean
read_upload (InbReader *parent, const InbScope *scope, InbUpload *upload)
{
  InbReader reader, ticket;
  guint kind = 0;
  gboolean good;

  if (!inb_reader_enter (&reader, parent, "upload"))
    return FALSE;
  good = inb_reader_word (&reader, "kind", upload_words, G_N_ELEMENTS (upload_words), &kind) &&
         inb_reader_dup_path (&reader, "public_url", &upload->public_url) &&
         inb_reader_int_or_null (&reader, "lifetime_s", MAX_LIFETIME_S, &upload->lifetime_s);
  upload->kind = (InbUploadKind) kind;
  if (good && inb_reader_enter (&ticket, &reader, "ticket"))
    {
      good = inb_scope_read_call (scope, &ticket, &upload->ticket);
      good = inb_reader_end (&ticket) && good;
    }
  else
    good = FALSE;
  if (good)
    good = kind == INB_UPLOAD_MULTIPART ? read_parts (&reader, scope, upload)
                                        : read_put (&reader, upload);
  return inb_reader_end (&reader) && good;
}

/**
 * inb_service_file_read_image:
 * @root: a reader of the whole file
 * @scope: its names
 * @self: takes what is read
 *
 * Reads how a local picture travels.
 *
 * Returns: %FALSE after a fault
 */
gboolean
inb_service_file_read_image (InbReader *root, InbScope *scope, InbService *self)
{
  InbReader reader;
  guint send = 0;
  gboolean good;

  if (!inb_reader_enter (&reader, root, "image"))
    return FALSE;
  good = inb_reader_word (&reader, "send", send_words, G_N_ELEMENTS (send_words), &send) &&
         inb_reader_boolean (&reader, "accepts_url", &self->accepts_url);
  self->send = (InbImageSend) send;
  if (good && send == INB_IMAGE_URL && !self->accepts_url)
    good = inb_reader_refuse (&reader, "accepts_url", "must be true where “send” is url");
  if (good && send == INB_IMAGE_UPLOAD)
    {
      self->upload = g_new0 (InbUpload, 1);
      scope->values = INB_SCOPE_UPLOAD;
      good = read_upload (&reader, scope, self->upload);
    }
  return inb_reader_end (&reader) && good;
}
