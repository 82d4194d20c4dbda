/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-incoming.h"

#include <glib/gi18n.h>

#include "core/inb-error.h"

/* What a drag or the clipboard brings: files first (inside a sandbox only a GdkFileList comes
 * through the portal), then a picture as bytes by its MIME type, then text that may be an address.
 * GTK would decode a GdkTexture in this process, so none is ever asked for. */

/* lossless first: who offers several has converted them */
static const char *const image_types[] = {
  "image/png",  "image/webp", "image/tiff", "image/avif", "image/heic",
  "image/heif", "image/jpeg", "image/gif",  NULL,
};

/* An uncompressed 16 bit picture of 40 megapixels; larger ones come as files. Chosen by eye. */
#define MAX_BYTES (256 * 1024 * 1024)
#define CHUNK (1024 * 1024)
/* of a text that may be a list of addresses; chosen by eye */
#define MAX_LINES 1000

typedef struct
{
  GByteArray *bytes;
  GInputStream *stream;
} Reading;

static void
reading_free (Reading *reading)
{
  g_byte_array_unref (reading->bytes);
  g_clear_object (&reading->stream);
  g_free (reading);
}

static GdkContentFormats *
get_formats (GObject *source)
{
  return GDK_IS_DROP (source) ? gdk_drop_get_formats (GDK_DROP (source))
                              : gdk_clipboard_get_formats (GDK_CLIPBOARD (source));
}

static void
read_value (GObject *source, GType type, GAsyncReadyCallback callback, GTask *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (GDK_IS_DROP (source))
    gdk_drop_read_value_async (GDK_DROP (source), type, G_PRIORITY_DEFAULT, cancellable, callback,
                               task);
  else
    gdk_clipboard_read_value_async (GDK_CLIPBOARD (source), type, G_PRIORITY_DEFAULT, cancellable,
                                    callback, task);
}

static const GValue *
read_value_finish (GObject *source, GAsyncResult *result, GError **error)
{
  if (GDK_IS_DROP (source))
    return gdk_drop_read_value_finish (GDK_DROP (source), result, error);
  return gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, error);
}

static void
refuse (GTask *task)
{
  g_task_return_new_error (
      task, INB_ERROR, INB_ERROR_BAD_INPUT, "%s",
      _ ("That is not a photo. Drop or paste a JPEG, PNG, WebP, TIFF, HEIC, AVIF or GIF."));
}

static gboolean
is_address (GFile *file)
{
  return g_file_has_uri_scheme (file, "http") || g_file_has_uri_scheme (file, "https");
}

static void
return_files (GTask *task, GSList *files)
{
  InbIncoming *incoming;

  if (files == NULL)
    {
      refuse (task);
      return;
    }
  incoming = g_new0 (InbIncoming, 1);
  incoming->files = g_ptr_array_new_with_free_func (g_object_unref);
  for (; files != NULL; files = files->next)
    g_ptr_array_add (incoming->files, g_object_ref (files->data));
  g_task_return_pointer (task, incoming, (GDestroyNotify) inb_incoming_free);
}

/* A path or an address; prose with a colon in it is neither. */
static GFile *
find_file (const char *line)
{
  g_autofree char *scheme = g_uri_parse_scheme (line);

  if (g_path_is_absolute (line))
    return g_file_new_for_path (line);
  if (scheme != NULL && strncmp (line + strlen (scheme), "://", 3) == 0 &&
      strpbrk (line, " \t") == NULL)
    return g_file_new_for_uri (line);
  return NULL;
}

static void
text_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  const GValue *value = read_value_finish (source, result, &error);
  const char *string = value != NULL ? g_value_get_string (value) : NULL;
  g_auto (GStrv) lines = NULL;
  GSList *files = NULL;

  if (value == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  lines = g_strsplit_set (string != NULL ? string : "", "\r\n", MAX_LINES);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      GFile *file = find_file (g_strstrip (lines[i]));

      if (file != NULL)
        files = g_slist_append (files, file);
    }
  return_files (task, files);
  g_slist_free_full (files, g_object_unref);
}

static void
chunk_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Reading *reading = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) chunk =
      g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  InbIncoming *incoming;

  if (chunk == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_byte_array_append (reading->bytes, g_bytes_get_data (chunk, NULL),
                       (guint) g_bytes_get_size (chunk));
  if (reading->bytes->len > MAX_BYTES)
    {
      g_task_return_new_error (
          task, INB_ERROR, INB_ERROR_TOO_LARGE, "%s",
          _ ("That picture is too large to paste. Save it as a file, then drop the file."));
      return;
    }
  if (g_bytes_get_size (chunk) > 0)
    {
      g_input_stream_read_bytes_async (reading->stream, CHUNK, G_PRIORITY_DEFAULT,
                                       g_task_get_cancellable (task), chunk_cb,
                                       g_object_ref (task));
      return;
    }
  if (reading->bytes->len == 0)
    {
      refuse (task);
      return;
    }
  incoming = g_new0 (InbIncoming, 1);
  incoming->bytes = g_byte_array_free_to_bytes (g_byte_array_ref (reading->bytes));
  g_task_return_pointer (task, incoming, (GDestroyNotify) inb_incoming_free);
}

static void
stream_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Reading *reading = g_new0 (Reading, 1);
  const char *type = NULL;
  GError *error = NULL;

  reading->bytes = g_byte_array_new ();
  g_task_set_task_data (task, reading, (GDestroyNotify) reading_free);
  if (GDK_IS_DROP (source))
    reading->stream = gdk_drop_read_finish (GDK_DROP (source), result, &type, &error);
  else
    reading->stream = gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, &type, &error);
  if (reading->stream == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_input_stream_read_bytes_async (reading->stream, CHUNK, G_PRIORITY_DEFAULT,
                                     g_task_get_cancellable (task), chunk_cb, g_object_ref (task));
}

static gboolean
has_image (GdkContentFormats *formats)
{
  for (guint i = 0; image_types[i] != NULL; i++)
    if (gdk_content_formats_contain_mime_type (formats, image_types[i]))
      return TRUE;
  return FALSE;
}

static void
read_picture (GObject *source, GTask *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (GDK_IS_DROP (source))
    gdk_drop_read_async (GDK_DROP (source), (const char **) image_types, G_PRIORITY_DEFAULT,
                         cancellable, stream_cb, task);
  else
    gdk_clipboard_read_async (GDK_CLIPBOARD (source), (const char **) image_types,
                              G_PRIORITY_DEFAULT, cancellable, stream_cb, task);
}

/* A browser offers a picture's bytes beside an address, and that address is as often the page
 * behind the picture. */
static void
file_list_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  const GValue *value = read_value_finish (source, result, &error);
  GSList *files = value != NULL ? g_value_get_boxed (value) : NULL;

  if (value == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (files != NULL && is_address (files->data) && has_image (get_formats (source)))
    read_picture (source, g_steal_pointer (&task));
  else
    return_files (task, files);
}

static void
job_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  const GValue *value = read_value_finish (source, result, &error);
  InbIncoming *incoming;

  if (value == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  incoming = g_new0 (InbIncoming, 1);
  incoming->job = g_value_dup_object (value);
  g_task_return_pointer (task, incoming, (GDestroyNotify) inb_incoming_free);
}

static gboolean
has_files (GdkContentFormats *formats)
{
  return gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST) ||
         gdk_content_formats_contain_mime_type (formats, "application/vnd.portal.files") ||
         gdk_content_formats_contain_mime_type (formats, "application/vnd.portal.filetransfer") ||
         gdk_content_formats_contain_mime_type (formats, "text/uri-list");
}

static gboolean
has_text (GdkContentFormats *formats)
{
  return gdk_content_formats_contain_gtype (formats, G_TYPE_STRING) ||
         gdk_content_formats_contain_mime_type (formats, "text/plain;charset=utf-8") ||
         gdk_content_formats_contain_mime_type (formats, "text/plain");
}

/**
 * inb_incoming_free:
 * @self: (transfer full): what came
 */
void
inb_incoming_free (InbIncoming *self)
{
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_object (&self->job);
  g_free (self);
}

/**
 * inb_incoming_read_async:
 * @drop_or_clipboard: a #GdkDrop or a #GdkClipboard
 * @cancellable: (nullable): gives it up
 * @callback: (scope async): called when all of it is here
 * @user_data: for @callback
 *
 * Reads a photo, or where one is to be found, without decoding or fetching anything.
 */
void
inb_incoming_read_async (GObject *drop_or_clipboard, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  GdkContentFormats *formats = get_formats (drop_or_clipboard);
  g_autoptr (GTask) task = g_task_new (drop_or_clipboard, cancellable, callback, user_data);

  g_task_set_source_tag (task, inb_incoming_read_async);
  if (gdk_content_formats_contain_gtype (formats, INB_TYPE_JOB))
    read_value (drop_or_clipboard, INB_TYPE_JOB, job_cb, g_steal_pointer (&task));
  else if (has_files (formats))
    read_value (drop_or_clipboard, GDK_TYPE_FILE_LIST, file_list_cb, g_steal_pointer (&task));
  else if (has_image (formats))
    read_picture (drop_or_clipboard, g_steal_pointer (&task));
  else if (has_text (formats))
    read_value (drop_or_clipboard, G_TYPE_STRING, text_cb, g_steal_pointer (&task));
  else
    refuse (task);
}

/**
 * inb_incoming_read_finish:
 * @result: of inb_incoming_read_async()
 * @error: %INB_ERROR_BAD_INPUT or %INB_ERROR_TOO_LARGE with a sentence for the person; GIO's own if
 * the other program failed
 *
 * Returns: (transfer full): what came, %NULL on error
 */
InbIncoming *
inb_incoming_read_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct
{
  InbIncomingFunc func;
  gpointer user_data;
} DropHandler;

typedef struct
{
  GtkWidget *widget; /* owned: keeps @handler's user alive while the drop is read */
  GdkDrop *drop;
  DropHandler handler;
} PendingDrop;

static void
drop_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PendingDrop *pending = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (InbIncoming) incoming = inb_incoming_read_finish (result, &error);

  gdk_drop_finish (pending->drop, incoming != NULL ? GDK_ACTION_COPY : 0);
  if (gtk_widget_get_root (pending->widget) != NULL) /* its window may be closed by now */
    pending->handler.func (incoming, error, pending->handler.user_data);
  g_object_unref (pending->widget);
  g_object_unref (pending->drop);
  g_free (pending);
}

static gboolean
drop_cb (GtkDropTargetAsync *target, GdkDrop *drop, double x, double y, gpointer user_data)
{
  PendingDrop *pending = g_new0 (PendingDrop, 1);

  pending->widget = g_object_ref (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target)));
  pending->drop = g_object_ref (drop);
  pending->handler = *(DropHandler *) user_data;
  /* 4.8 leaves the highlight on after a drop */
  gtk_widget_unset_state_flags (pending->widget, GTK_STATE_FLAG_DROP_ACTIVE);
  inb_incoming_read_async (G_OBJECT (drop), NULL, drop_read_cb, pending);
  return TRUE;
}

static GdkContentFormats *
build_formats (void)
{
  GdkContentFormatsBuilder *builder = gdk_content_formats_builder_new ();

  gdk_content_formats_builder_add_gtype (builder, INB_TYPE_JOB);
  gdk_content_formats_builder_add_gtype (builder, GDK_TYPE_FILE_LIST);
  for (guint i = 0; image_types[i] != NULL; i++)
    gdk_content_formats_builder_add_mime_type (builder, image_types[i]);
  gdk_content_formats_builder_add_gtype (builder, G_TYPE_STRING);
  return gdk_content_formats_builder_free_to_formats (builder);
}

static void
free_handler (gpointer data, GClosure *closure)
{
  g_free (data);
}

/**
 * inb_incoming_add_drop_target:
 * @widget: what a photo may be dropped on
 * @func: called with what came, as long as @widget is in a window
 * @user_data: for @func; has to live as long as @widget
 */
void
inb_incoming_add_drop_target (GtkWidget *widget, InbIncomingFunc func, gpointer user_data)
{
  GtkDropTargetAsync *target = gtk_drop_target_async_new (build_formats (), GDK_ACTION_COPY);
  DropHandler *handler = g_new0 (DropHandler, 1);

  handler->func = func;
  handler->user_data = user_data;
  g_signal_connect_data (target, "drop", G_CALLBACK (drop_cb), handler, free_handler, 0);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
}
