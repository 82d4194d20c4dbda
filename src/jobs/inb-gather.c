/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-gather.h"

#include <glib/gi18n.h>

#include "core/inb-error.h"

/* Folders become the photos in them. Nothing is decoded: names and what the system makes of them
 * decide, the photo worker has the last word later. */

/* A folder with more photos than this was dropped by accident; chosen. */
#define MAX_PHOTOS 1000U

#define ATTRIBUTES                                                           \
  G_FILE_ATTRIBUTE_STANDARD_NAME                                             \
  "," G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_IS_HIDDEN \
  "," G_FILE_ATTRIBUTE_STANDARD_DISPLAY_NAME "," G_FILE_ATTRIBUTE_STANDARD_FAST_CONTENT_TYPE

static const char *const types[] = { "image/jpeg", "image/png",  "image/webp",
                                     "image/tiff", "image/heif", "image/heic",
                                     "image/avif", "image/gif",  NULL };

typedef struct
{
  char *key; /* sorts photo2 before photo10 */
  GFile *file;
} Found;

static void
found_free (gpointer data)
{
  Found *self = data;

  g_free (self->key);
  g_object_unref (self->file);
  g_free (self);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(Found *const *) a)->key, (*(Found *const *) b)->key);
}

static gboolean
is_photo (GFileInfo *info)
{
  const char *type =
      g_file_info_get_attribute_string (info, G_FILE_ATTRIBUTE_STANDARD_FAST_CONTENT_TYPE);
  g_autofree char *mime = type != NULL ? g_content_type_get_mime_type (type) : NULL;

  return g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR &&
         !g_file_info_get_is_hidden (info) && mime != NULL && g_strv_contains (types, mime);
}

static gboolean
read_folder (GFile *folder, GPtrArray *photos, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileEnumerator) children =
      g_file_enumerate_children (folder, ATTRIBUTES, G_FILE_QUERY_INFO_NONE, cancellable, error);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (found_free);
  GFileInfo *info;
  GFile *child;

  if (children == NULL)
    return FALSE;
  for (;;)
    {
      Found *one;

      if (!g_file_enumerator_iterate (children, &info, &child, cancellable, error))
        return FALSE;
      if (info == NULL || found->len > MAX_PHOTOS)
        break;
      if (!is_photo (info))
        continue;
      one = g_new0 (Found, 1);
      one->key = g_utf8_collate_key_for_filename (g_file_info_get_display_name (info), -1);
      one->file = g_object_ref (child);
      g_ptr_array_add (found, one);
    }
  g_ptr_array_sort (found, compare);
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (photos, g_object_ref (((Found *) g_ptr_array_index (found, i))->file));
  return TRUE;
}

static gboolean
is_folder (GFile *file, GCancellable *cancellable)
{
  return g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, cancellable) ==
         G_FILE_TYPE_DIRECTORY;
}

static void
gather_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GPtrArray *files = task_data;
  g_autoptr (GPtrArray) photos = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < files->len; i++)
    {
      GFile *file = g_ptr_array_index (files, i);

      if (!is_folder (file, cancellable))
        g_ptr_array_add (photos, g_object_ref (file));
      else if (!read_folder (file, photos, cancellable, &error))
        {
          g_autofree char *name = g_file_get_parse_name (file);

          g_task_return_new_error (task, INB_ERROR, INB_ERROR_NO_ACCESS,
                                   _ ("The folder “%s” could not be read: %s"), name,
                                   error->message);
          return;
        }
    }
  if (photos->len > MAX_PHOTOS)
    g_task_return_new_error (task, INB_ERROR, INB_ERROR_TOO_LARGE,
                             _ ("Those are more than %u photos. Drop them in smaller groups."),
                             MAX_PHOTOS);
  else if (photos->len == 0)
    g_task_return_new_error (task, INB_ERROR, INB_ERROR_BAD_INPUT, "%s",
                             _ ("There is no photo in that folder. JPEG, PNG, WebP, TIFF, HEIC, "
                                "AVIF and GIF are photos; folders within it are not looked into."));
  else
    g_task_return_pointer (task, g_steal_pointer (&photos), (GDestroyNotify) g_ptr_array_unref);
}

/**
 * inb_gather_photos_async:
 * @files: (element-type GFile): files, folders and addresses
 * @cancellable: (nullable): gives it up
 * @callback: (scope async): called when all folders are read
 * @user_data: for @callback
 *
 * Puts in the place of each folder the photos that are right in it, in the order a person reads
 * names, hidden ones left out. Whatever is no folder stays.
 */
void
inb_gather_photos_async (GPtrArray *files, GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, inb_gather_photos_async);
  g_task_set_task_data (task, g_ptr_array_ref (files), (GDestroyNotify) g_ptr_array_unref);
  g_task_run_in_thread (task, gather_thread);
}

/**
 * inb_gather_photos_finish:
 * @result: of inb_gather_photos_async()
 * @error: %INB_ERROR_NO_ACCESS, %INB_ERROR_BAD_INPUT where there is none, %INB_ERROR_TOO_LARGE for
 * more than 1000
 *
 * Returns: (transfer full) (nullable) (element-type GFile): ≥ 1
 */
GPtrArray *
inb_gather_photos_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
