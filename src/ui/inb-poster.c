/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-poster.h"

/* Posters are pictures that our own worker wrote from a clip it had decoded: never foreign bytes.
 * They are read and decoded in a thread, and the newest stay at hand, so that a list that scrolls
 * back reads none twice. */

/* px of the longer side: twice what a row shows, for dense screens */
#define POSTER_SIDE 192
/* 83 kB each at 16:9: 8 MB at most; three screens of the history (chosen) */
#define MOST_KEPT 96

/* of the main thread */
static GHashTable *kept;            /* path → link of order */
static GQueue order = G_QUEUE_INIT; /* Kept, the one used last first */
static guint n_read;

typedef struct
{
  char *path;
  GdkTexture *texture;
} Kept;

static void
forget_oldest (void)
{
  Kept *oldest = g_queue_pop_tail (&order);

  g_hash_table_remove (kept, oldest->path);
  g_object_unref (oldest->texture);
  g_free (oldest->path);
  g_free (oldest);
}

static void
keep (const char *path, GdkTexture *texture)
{
  Kept *entry;

  if (kept == NULL)
    kept = g_hash_table_new (g_str_hash, g_str_equal);
  if (g_hash_table_contains (kept, path))
    return; /* two rows of the same clip asked at once */
  entry = g_new0 (Kept, 1);
  entry->path = g_strdup (path);
  entry->texture = g_object_ref (texture);
  g_queue_push_head (&order, entry);
  g_hash_table_insert (kept, entry->path, order.head);
  if (order.length > MOST_KEPT)
    forget_oldest ();
}

/* cairo's "good" filter takes every pixel into account when it makes a picture smaller */
static GdkTexture *
shrink (GdkTexture *full)
{
  int width = gdk_texture_get_width (full), height = gdk_texture_get_height (full);
  double scale = MIN (1.0, (double) POSTER_SIDE / MAX (width, height));
  int new_width = MAX (1, (int) (width * scale + 0.5));
  int new_height = MAX (1, (int) (height * scale + 0.5));
  cairo_surface_t *from = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_surface_t *to = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, new_width, new_height);
  cairo_t *cr = cairo_create (to);
  gsize stride = (gsize) cairo_image_surface_get_stride (to);
  g_autoptr (GBytes) bytes = NULL;

  gdk_texture_download (full, cairo_image_surface_get_data (from),
                        (gsize) cairo_image_surface_get_stride (from));
  cairo_surface_mark_dirty (from);
  cairo_scale (cr, (double) new_width / width, (double) new_height / height);
  cairo_set_source_surface (cr, from, 0.0, 0.0);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (from);
  cairo_surface_flush (to);
  bytes =
      g_bytes_new_with_free_func (cairo_image_surface_get_data (to), stride * (gsize) new_height,
                                  (GDestroyNotify) cairo_surface_destroy, to);
  return gdk_memory_texture_new (new_width, new_height, GDK_MEMORY_DEFAULT, bytes, stride);
}

/* GTK reads PNG itself. GdkPixbuf would start a process for it on newer systems, which a sandbox
 * may not. */
static void
load_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (GdkTexture) full = NULL;
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  full = gdk_texture_new_from_filename (task_data, &error);
  if (full != NULL)
    g_task_return_pointer (task, shrink (full), g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * inb_poster_peek:
 * @path: a poster of the data folder
 *
 * Of the main thread.
 *
 * Returns: (transfer none) (nullable): the picture if it is at hand
 */
GdkTexture *
inb_poster_peek (const char *path)
{
  GList *link = kept != NULL ? g_hash_table_lookup (kept, path) : NULL;

  if (link == NULL)
    return NULL;
  g_queue_unlink (&order, link);
  g_queue_push_head_link (&order, link);
  return ((Kept *) link->data)->texture;
}

/**
 * inb_poster_load_async:
 * @path: a poster of the data folder
 * @cancellable: (nullable): the result is not wanted any more
 * @callback: (scope async): called on the main context
 * @user_data: for @callback
 *
 * Reads and decodes a poster in a thread. Of the main thread.
 */
void
inb_poster_load_async (const char *path, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, inb_poster_load_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  /* a row that scrolled away before its turn came costs nothing */
  g_task_set_return_on_cancel (task, FALSE);
  g_task_run_in_thread (task, load_thread);
}

/**
 * inb_poster_load_finish:
 * @result: of inb_poster_load_async()
 * @error: of GIO or GdkTexture
 *
 * Returns: (transfer full): the picture, %NULL on error
 */
GdkTexture *
inb_poster_load_finish (GAsyncResult *result, GError **error)
{
  GdkTexture *texture = g_task_propagate_pointer (G_TASK (result), error);

  if (texture == NULL)
    return NULL;
  n_read++;
  keep (g_task_get_task_data (G_TASK (result)), texture);
  return texture;
}

/**
 * inb_poster_get_n_kept:
 *
 * Returns: how many pictures are at hand; for tests
 */
guint
inb_poster_get_n_kept (void)
{
  return order.length;
}

/**
 * inb_poster_get_n_read:
 *
 * Returns: how many were read until now; for tests
 */
guint
inb_poster_get_n_read (void)
{
  return n_read;
}
