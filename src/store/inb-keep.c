/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/inb-keep.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/inb-error.h"
#include "store/inb-files.h"
#include "store/inb-paths.h"

#define BLOCK_BYTES (256 * 1024)

/* A photo on its way into photos/: a temporary file, locked so that whoever cleans up can see that
 * somebody is still at it. */
typedef struct
{
  const char *root;
  const char *name; /* what the person calls the photo */
  char *temporary;
  int fd;
  gint64 n_bytes;
  GChecksum *checksum;
} Keeping;

/* Opens a temporary file and locks it. A cleaner may lock and remove it in between; then it has no
 * name any more and another one is made. */
static int
open_temporary (const char *root, char **path)
{
  for (;;)
    {
      g_autofree char *uuid = g_uuid_string_random ();
      g_autofree char *file_name = g_strconcat ("keep-", uuid, NULL);
      g_autofree char *candidate = inb_paths_dup_temporary (root, file_name);
      int fd = open (candidate, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
      struct stat facts;

      if (fd < 0 ||
          (flock (fd, LOCK_EX | LOCK_NB) == 0 && fstat (fd, &facts) == 0 && facts.st_nlink > 0))
        {
          *path = g_steal_pointer (&candidate);
          return fd;
        }
      close (fd);
    }
}

static gboolean
begin (Keeping *self, const char *root, const char *name, GError **error)
{
  *self = (Keeping){ .root = root, .name = name, .fd = -1 };
  if (!inb_paths_make (root, error))
    return FALSE;
  self->fd = open_temporary (root, &self->temporary);
  if (self->fd < 0)
    {
      g_propagate_error (error, inb_error_new_for_errno (errno, root));
      return FALSE;
    }
  self->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  return TRUE;
}

static void
end (Keeping *self)
{
  if (self->fd >= 0)
    {
      unlink (self->temporary);
      close (self->fd);
    }
  g_clear_pointer (&self->checksum, g_checksum_free);
  g_clear_pointer (&self->temporary, g_free);
}

static gboolean
refuse_size (gint64 n_bytes, const char *name, GError **error)
{
  if (n_bytes == 0)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_BAD_PHOTO,
                   _ ("“%s” is empty. Choose another photo."), name);
      return TRUE;
    }
  if (n_bytes > INB_KEEP_MAX_BYTES)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_TOO_LARGE,
                   _ ("“%s” is larger than 1 GB. Choose a smaller photo."), name);
      return TRUE;
    }
  return FALSE;
}

static gboolean
add (Keeping *self, const guchar *data, gsize length, GError **error)
{
  self->n_bytes += (gint64) length;
  if (self->n_bytes > INB_KEEP_MAX_BYTES)
    return !refuse_size (self->n_bytes, self->name, error);
  g_checksum_update (self->checksum, data, (gssize) length);
  if (inb_files_write_all (self->fd, data, length))
    return TRUE;
  g_propagate_error (error, inb_error_new_for_errno (errno, self->root));
  return FALSE;
}

/* Gives the bytes their final name, unless they are kept already. */
static char *
settle (Keeping *self, GError **error)
{
  const char *sha256 = g_checksum_get_string (self->checksum);
  g_autofree char *path = inb_paths_dup_photo (self->root, sha256);

  if (refuse_size (self->n_bytes, self->name, error))
    return NULL;
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return g_strdup (sha256);
  if (fsync (self->fd) != 0 || rename (self->temporary, path) != 0)
    {
      g_propagate_error (error, inb_error_new_for_errno (errno, self->root));
      return NULL;
    }
  close (self->fd);
  self->fd = -1;
  return inb_files_sync_folder_of (path, error) ? g_strdup (sha256) : NULL;
}

static gboolean
refuse_kind (const struct stat *facts, const char *name, GError **error)
{
  if (S_ISDIR (facts->st_mode))
    g_set_error (error, INB_ERROR, INB_ERROR_BAD_PHOTO,
                 _ ("“%s” is a folder. Choose one photo inside it."), name);
  else if (!S_ISREG (facts->st_mode))
    g_set_error (error, INB_ERROR, INB_ERROR_BAD_PHOTO,
                 _ ("“%s” is not a file with bytes to read. Choose a photo."), name);
  else
    return refuse_size ((gint64) facts->st_size, name, error);
  return TRUE;
}

static char *
copy_from (int source, const char *root, const char *name, GCancellable *cancellable,
           GError **error)
{
  g_autofree guchar *block = g_malloc (BLOCK_BYTES);
  g_autofree char *sha256 = NULL;
  gboolean good;
  Keeping keeping;
  gssize got = 1;

  good = begin (&keeping, root, name, error);
  while (good && got > 0)
    {
      got = read (source, block, BLOCK_BYTES);
      if (got < 0 && errno == EINTR)
        got = 1;
      else if (got < 0)
        {
          g_propagate_error (error, inb_error_new_for_errno (errno, name));
          good = FALSE;
        }
      else if (g_cancellable_set_error_if_cancelled (cancellable, error))
        good = FALSE;
      else if (got > 0)
        good = add (&keeping, block, (gsize) got, error);
    }
  if (good)
    sha256 = settle (&keeping, error);
  end (&keeping);
  return g_steal_pointer (&sha256);
}

static char *
keep_path (const char *root, const char *path, const char *name, GCancellable *cancellable,
           GError **error)
{
  /* O_NONBLOCK: opening a FIFO nobody writes to would wait for ever */
  int source = open (path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  g_autofree char *sha256 = NULL;
  struct stat facts;

  if (source < 0)
    {
      g_propagate_error (error, inb_error_new_for_errno (errno, name));
      return NULL;
    }
  if (fstat (source, &facts) != 0)
    g_propagate_error (error, inb_error_new_for_errno (errno, name));
  else if (!refuse_kind (&facts, name, error))
    sha256 = copy_from (source, root, name, cancellable, error);
  close (source);
  return g_steal_pointer (&sha256);
}

/* A file that only GIO can reach (a phone, a server). */
static char *
keep_stream (const char *root, GFile *file, const char *name, GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autofree guchar *block = g_malloc (BLOCK_BYTES);
  g_autofree char *sha256 = NULL;
  gboolean good;
  Keeping keeping;
  gssize got = 1;

  if (stream == NULL)
    {
      g_prefix_error (error, _ ("“%s” could not be read. "), name);
      return NULL;
    }
  good = begin (&keeping, root, name, error);
  while (good && got > 0)
    {
      got = g_input_stream_read (G_INPUT_STREAM (stream), block, BLOCK_BYTES, cancellable, error);
      good = got == 0 || (got > 0 && add (&keeping, block, (gsize) got, error));
    }
  if (good)
    sha256 = settle (&keeping, error);
  end (&keeping);
  return g_steal_pointer (&sha256);
}

/**
 * inb_keep_file:
 * @root: the data folder, made if it is not there
 * @file: a photo; its path may be a passing grant (a portal's), so its bytes are taken now
 * @cancellable: (nullable): between two blocks of 256 KiB
 * @error: %INB_ERROR_BAD_PHOTO for an empty file, a folder, a FIFO or a device;
 * %INB_ERROR_TOO_LARGE beyond 1 GB; %INB_ERROR_NO_ACCESS, %INB_ERROR_NO_SPACE;
 * %G_IO_ERROR_CANCELLED. Nothing is left behind
 *
 * Copies the bytes into photos/ under their hash, durably, unless they are there already. Whether
 * they are a photo is for the photo worker to say. Blocks: call it from a thread, or use
 * inb_keep_file_async().
 *
 * Returns: (transfer full) (nullable): SHA-256 of the bytes, 64 lower case hex digits
 */
char *
inb_keep_file (const char *root, GFile *file, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *uri = path == NULL ? g_file_get_uri (file) : NULL;
  g_autofree char *name = g_filename_display_name (path != NULL ? path : uri);

  if (path != NULL)
    return keep_path (root, path, name, cancellable, error);
  return keep_stream (root, file, name, cancellable, error);
}

/**
 * inb_keep_bytes:
 * @root: the data folder, made if it is not there
 * @bytes: a photo that came without a file (pasted, or dropped from a browser)
 * @error: as inb_keep_file()
 *
 * Returns: (transfer full) (nullable): SHA-256 of the bytes, 64 lower case hex digits
 */
char *
inb_keep_bytes (const char *root, GBytes *bytes, GError **error)
{
  const char *name = _ ("the pasted picture");
  g_autofree char *sha256 = NULL;
  gsize length = 0;
  const guchar *data = g_bytes_get_data (bytes, &length);
  Keeping keeping;

  if (refuse_size ((gint64) length, name, error))
    return NULL;
  if (begin (&keeping, root, name, error) && add (&keeping, data, length, error))
    sha256 = settle (&keeping, error);
  end (&keeping);
  return g_steal_pointer (&sha256);
}

typedef struct
{
  char *root;
  GFile *file;
  GBytes *bytes;
} KeepInput;

static void
keep_input_free (KeepInput *self)
{
  g_free (self->root);
  g_clear_object (&self->file);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

static void
keep_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  KeepInput *input = task_data;
  g_autoptr (GError) error = NULL;
  char *sha256;

  if (input->file != NULL)
    sha256 = inb_keep_file (input->root, input->file, cancellable, &error);
  else
    sha256 = inb_keep_bytes (input->root, input->bytes, &error);
  if (sha256 != NULL)
    g_task_return_pointer (task, sha256, g_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
keep_async (const char *root, GFile *file, GBytes *bytes, GCancellable *cancellable,
            GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  KeepInput *input = g_new0 (KeepInput, 1);

  input->root = g_strdup (root);
  input->file = file != NULL ? g_object_ref (file) : NULL;
  input->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  g_task_set_source_tag (task, keep_async);
  g_task_set_task_data (task, input, (GDestroyNotify) keep_input_free);
  g_task_run_in_thread (task, keep_in_thread);
}

/**
 * inb_keep_file_async:
 * @root: the data folder
 * @file: a photo
 * @cancellable: (nullable): between two blocks
 * @callback: (scope async): called on the caller's main context
 * @user_data: for @callback
 *
 * inb_keep_file() in a thread; end it with inb_keep_finish().
 */
void
inb_keep_file_async (const char *root, GFile *file, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer user_data)
{
  keep_async (root, file, NULL, cancellable, callback, user_data);
}

/**
 * inb_keep_bytes_async:
 * @root: the data folder
 * @bytes: a photo that came without a file
 * @cancellable: (nullable): before it begins
 * @callback: (scope async): called on the caller's main context
 * @user_data: for @callback
 *
 * inb_keep_bytes() in a thread; end it with inb_keep_finish().
 */
void
inb_keep_bytes_async (const char *root, GBytes *bytes, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data)
{
  keep_async (root, NULL, bytes, cancellable, callback, user_data);
}

/**
 * inb_keep_finish:
 * @result: of inb_keep_file_async() or inb_keep_bytes_async()
 * @error: as inb_keep_file()
 *
 * Returns: (transfer full) (nullable): SHA-256 of the bytes, 64 lower case hex digits
 */
char *
inb_keep_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
