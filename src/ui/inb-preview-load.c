/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-preview-load.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "core/inb-error.h"
#include "jobs/inb-worker.h"
#include "store/inb-keep.h"
#include "store/inb-paths.h"

/* Photo in, preview out, in three steps that each run elsewhere: the bytes go into the data folder
 * (a thread), a worker decodes them (a process), its raw pixels become textures (a thread). */

/* px; the worker's canvases are smaller */
#define MAX_SIDE G_GINT64_CONSTANT (16384)

typedef struct
{
  char *root;
  char *name;
  char *sha256;
  char *part;        /* the worker's raw pixels; removed when this is freed */
  JsonObject *facts; /* what the worker says about them */
  gboolean newly_kept;
} Load;

static void
load_free (Load *load)
{
  if (load->part != NULL)
    g_unlink (load->part);
  g_free (load->root);
  g_free (load->name);
  g_free (load->sha256);
  g_free (load->part);
  g_clear_pointer (&load->facts, json_object_unref);
  g_free (load);
}

static GTask *
new_task (const char *root, const char *name, gpointer source_tag, GCancellable *cancellable,
          GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Load *load = g_new0 (Load, 1);

  load->root = g_strdup (root);
  load->name = g_strdup (name);
  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, load, (GDestroyNotify) load_free);
  return task;
}

static gboolean
is_side (gint64 px)
{
  return px >= 1 && px <= MAX_SIDE;
}

/* One of the worker's "canvases": our own program wrote it, but from foreign pixels, so every
 * number is checked before a pointer is made of it. */
static gboolean
read_canvas (InbPreview *preview, guint index, JsonObject *facts, GBytes *raw)
{
  JsonObject *photo = inb_json_get_object (facts, "photo");
  gint64 offset = inb_json_get_int (facts, "offset", -1);
  gint64 width = inb_json_get_int (facts, "width", 0);
  gint64 height = inb_json_get_int (facts, "height", 0);
  gint64 stride = inb_json_get_int (facts, "stride", 0);
  gint64 size = (gint64) g_bytes_get_size (raw);
  gint64 x, y, photo_width, photo_height;
  g_autoptr (GBytes) pixels = NULL;
  InbCanvas canvas;

  if (photo == NULL || !is_side (width) || !is_side (height) || offset < 0 || offset > size ||
      stride < width * 4 || stride > MAX_SIDE * 4 || height * stride > size - offset)
    return FALSE;
  x = inb_json_get_int (photo, "x", -1);
  y = inb_json_get_int (photo, "y", -1);
  photo_width = inb_json_get_int (photo, "width", 0);
  photo_height = inb_json_get_int (photo, "height", 0);
  if (x < 0 || y < 0 || !is_side (photo_width) || !is_side (photo_height) ||
      x + photo_width > width || y + photo_height > height)
    return FALSE;
  canvas = (InbCanvas){ (guint) width, (guint) height,      (guint) x,
                        (guint) y,     (guint) photo_width, (guint) photo_height };
  pixels = g_bytes_new_from_bytes (raw, (gsize) offset, (gsize) (height * stride));
  inb_preview_set_canvas (preview, index, pixels, (gsize) stride, &canvas);
  return TRUE;
}

static gboolean
read_canvases (InbPreview *preview, JsonObject *facts, GBytes *raw)
{
  JsonArray *canvases = inb_json_get_array (facts, "canvases");

  if (canvases == NULL || json_array_get_length (canvases) != INB_N_CANVASES)
    return FALSE;
  for (guint i = 0; i < INB_N_CANVASES; i++)
    {
      JsonNode *node = json_array_get_element (canvases, i);

      if (!JSON_NODE_HOLDS_OBJECT (node) ||
          !read_canvas (preview, i, json_node_get_object (node), raw))
        return FALSE;
    }
  return TRUE;
}

static InbPreview *
read_preview (const Load *load, GBytes *raw)
{
  JsonObject *attention = inb_json_get_object (load->facts, "attention");
  g_autoptr (InbPreview) preview = NULL;
  InbPhotoTraits traits;

  if (!inb_photo_traits_read (&traits, load->facts))
    return NULL;
  preview = inb_preview_new (load->sha256, load->name, traits.width, traits.height);
  inb_preview_set_traits (preview, &traits);
  if (attention != NULL)
    inb_preview_set_attention (preview, inb_json_get_double (attention, "x", 0.5),
                               inb_json_get_double (attention, "y", 0.5));
  return read_canvases (preview, load->facts, raw) ? g_steal_pointer (&preview) : NULL;
}

static void
read_pixels_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Load *load = task_data;
  InbPreview *preview = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) raw = NULL;
  char *data = NULL;
  gsize size = 0;

  if (!g_file_get_contents (load->part, &data, &size, &error))
    {
      g_task_return_new_error (task, INB_ERROR, INB_ERROR_WORKER,
                               _ ("The preview of “%s” could not be read: %s"), load->name,
                               error->message);
      return;
    }
  raw = g_bytes_new_take (data, size);
  preview = read_preview (load, raw);
  if (preview != NULL)
    g_task_return_pointer (task, preview, g_object_unref);
  else
    g_task_return_new_error (task, INB_ERROR, INB_ERROR_WORKER,
                             _ ("The preview of “%s” is damaged. Choose the photo again."),
                             load->name);
}

/* Bytes that turned out to be no photo are not worth keeping; a job can never have used them. */
static void
forget_refused (Load *load, const GError *error)
{
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;

  if (!load->newly_kept || !g_error_matches (error, INB_ERROR, INB_ERROR_BAD_PHOTO))
    return;
  path = inb_paths_dup_photo (load->root, load->sha256);
  file = g_file_new_for_path (path);
  g_file_delete_async (file, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
}

/* The worker names the file it wrote, of which a person knows nothing. */
static GError *
name_disk (const Load *load, GError *error)
{
  if (!g_error_matches (error, INB_ERROR, INB_ERROR_NO_SPACE))
    return error;
  g_error_free (error);
  return inb_error_new_for_errno (ENOSPC, load->root);
}

static void
worked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (task);
  GError *error = NULL;

  load->facts = inb_worker_run_finish (result, &error);
  if (load->facts == NULL)
    {
      forget_refused (load, error);
      g_task_return_error (task, name_disk (load, error));
      return;
    }
  g_task_run_in_thread (task, read_pixels_thread);
}

static void
start_worker (GTask *task)
{
  Load *load = g_task_get_task_data (task);
  g_autofree char *photo = inb_paths_dup_photo (load->root, load->sha256);
  g_autofree char *unique = g_uuid_string_random ();
  g_autofree char *name = g_strconcat (unique, ".preview", NULL);
  const char *arguments[] = {
    "photo", "--preview", "--json", "--name", load->name, "--output", NULL, photo, NULL,
  };

  load->part = inb_paths_dup_temporary (load->root, name);
  arguments[6] = load->part;
  inb_worker_run_async (arguments, load->part, NULL, NULL, g_task_get_cancellable (task), worked_cb,
                        g_object_ref (task));
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (task);
  GError *error = NULL;

  load->sha256 = inb_keep_finish (result, &error);
  if (load->sha256 == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  load->newly_kept = TRUE;
  start_worker (task);
}

/**
 * inb_preview_load_file_async:
 * @root: the data folder
 * @file: a photo; not needed any more when @callback is called
 * @name: what to call it
 * @cancellable: (nullable): ends the worker
 * @callback: (scope async): called on this thread's main context
 * @user_data: for @callback
 *
 * Keeps the bytes and makes a preview of them. Nothing is read in this thread.
 */
void
inb_preview_load_file_async (const char *root, GFile *file, const char *name,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task =
      new_task (root, name, inb_preview_load_file_async, cancellable, callback, user_data);

  inb_keep_file_async (root, file, cancellable, kept_cb, task);
}

/**
 * inb_preview_load_bytes_async:
 * @root: the data folder
 * @bytes: of a photo, in any format
 * @name: what to call it
 * @cancellable: (nullable): ends the worker
 * @callback: (scope async): called on this thread's main context
 * @user_data: for @callback
 *
 * The same for a picture that came by drag or paste without a file.
 */
void
inb_preview_load_bytes_async (const char *root, GBytes *bytes, const char *name,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task =
      new_task (root, name, inb_preview_load_bytes_async, cancellable, callback, user_data);

  inb_keep_bytes_async (root, bytes, cancellable, kept_cb, task);
}

/**
 * inb_preview_load_kept_async:
 * @root: the data folder
 * @sha256: of a photo that is kept there
 * @name: what to call it
 * @cancellable: (nullable): ends the worker
 * @callback: (scope async): called on this thread's main context
 * @user_data: for @callback
 *
 * The same for a photo of an earlier session.
 */
void
inb_preview_load_kept_async (const char *root, const char *sha256, const char *name,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task =
      new_task (root, name, inb_preview_load_kept_async, cancellable, callback, user_data);
  Load *load = g_task_get_task_data (task);

  load->sha256 = g_strdup (sha256);
  start_worker (task);
}

/**
 * inb_preview_load_finish:
 * @result: of one of the three
 * @error: %INB_ERROR_BAD_PHOTO, %INB_ERROR_TOO_LARGE, %INB_ERROR_NO_ACCESS, %INB_ERROR_NO_SPACE,
 * %INB_ERROR_WORKER, or %G_IO_ERROR_CANCELLED; the sentence names the photo and the way out. A file
 * that is no photo is not kept.
 *
 * Returns: (transfer full): the preview, %NULL on error
 */
InbPreview *
inb_preview_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
