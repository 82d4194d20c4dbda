/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "photo/inb-photo-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "core/inb-error.h"

static gboolean
check_kind (const struct stat *info, const char *name, GError **error)
{
  if (S_ISREG (info->st_mode))
    return TRUE;
  if (S_ISDIR (info->st_mode))
    g_set_error (error, INB_ERROR, INB_ERROR_BAD_PHOTO,
                 _ ("“%s” is a folder. Name one photo in it."), name);
  else
    g_set_error (error, INB_ERROR, INB_ERROR_BAD_PHOTO,
                 _ ("“%s” is a pipe, a socket or a device, not a file. Save the photo as a file "
                    "first."),
                 name);
  return FALSE;
}

static gboolean
check_bytes (gint64 bytes, const char *name, GError **error)
{
  if (bytes == 0)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_BAD_PHOTO,
                   _ ("“%s” is empty. Copy or export the photo again."), name);
      return FALSE;
    }
  if (bytes > INB_PHOTO_MAX_BYTES)
    {
      g_autofree char *size = g_format_size ((guint64) bytes);

      g_set_error (error, INB_ERROR, INB_ERROR_TOO_LARGE,
                   _ ("“%s” has %s; a photo may have 1 GB. Export it as a JPEG."), name, size);
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_format (const InbPhotoFile *self, GError **error)
{
  if (self->header.format != INB_PHOTO_FORMAT_NONE)
    return TRUE;
  if (self->header.other != NULL)
    /* Translators: the second %s is what the file is, such as "a PDF document". */
    g_set_error (error, INB_ERROR, INB_ERROR_BAD_PHOTO,
                 _ ("“%s” is %s, which is not read here. Export it as a JPEG, PNG, WebP, TIFF, "
                    "HEIC, AVIF or GIF."),
                 self->name, self->header.other);
  else
    g_set_error (error, INB_ERROR, INB_ERROR_BAD_PHOTO,
                 _ ("“%s” is not a photo. Take a JPEG, PNG, WebP, TIFF, HEIC, AVIF or GIF."),
                 self->name);
  return FALSE;
}

/**
 * inb_photo_file_check_size:
 * @self: a file
 * @width: px as its header says
 * @height: px
 * @error: %INB_ERROR_TOO_LARGE, %INB_ERROR_BAD_PHOTO for a side of 0
 *
 * Returns: %FALSE if no decoder may be started on it
 */
gboolean
inb_photo_file_check_size (const InbPhotoFile *self, guint width, guint height, GError **error)
{
  if (width == 0 || height == 0)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_BAD_PHOTO,
                   _ ("“%s” is damaged: it says that it is %u×%u px. Take another file."),
                   self->name, width, height);
      return FALSE;
    }
  if (width > INB_PHOTO_MAX_SIDE || height > INB_PHOTO_MAX_SIDE ||
      (guint64) width * height > INB_PHOTO_MAX_PIXELS)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_TOO_LARGE,
                   _ ("“%s” says that it is %u×%u px; a photo may have 100 megapixels and %u px a "
                      "side. Export it smaller."),
                   self->name, width, height, INB_PHOTO_MAX_SIDE);
      return FALSE;
    }
  return TRUE;
}

/* The size is taken from the open file: the name may mean another one by now. */
static InbPhotoFile *
open_regular (const char *path, const char *name, GError **error)
{
  g_autoptr (InbPhotoFile) self = g_new0 (InbPhotoFile, 1);
  struct stat info;

  self->name = g_strdup (name);
  /* without O_NONBLOCK a pipe that took the file's place would be waited for */
  self->fd = g_open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY, 0);
  if (self->fd < 0 || fstat (self->fd, &info) != 0)
    {
      g_propagate_error (error, inb_error_new_for_errno (errno, name));
      return NULL;
    }
  if (!check_kind (&info, name, error) || !check_bytes (info.st_size, name, error))
    return NULL;
  self->bytes = info.st_size;
  return g_steal_pointer (&self);
}

/**
 * inb_photo_file_open:
 * @path: file name as the system has it
 * @known_as: (nullable): what messages call it; %NULL: @path
 * @error: %INB_ERROR_NO_ACCESS, %INB_ERROR_BAD_PHOTO, %INB_ERROR_TOO_LARGE
 *
 * Opens a file that looks like one of the formats we read and claims a size we decode. Never waits
 * for a pipe, never opens a device, decodes nothing.
 *
 * Returns: (transfer full): the file; free with inb_photo_file_free()
 */
InbPhotoFile *
inb_photo_file_open (const char *path, const char *known_as, GError **error)
{
  g_autofree char *name =
      known_as != NULL ? g_utf8_make_valid (known_as, -1) : g_filename_display_name (path);
  g_autoptr (InbPhotoFile) self = NULL;
  struct stat info;

  if (g_stat (path, &info) != 0)
    {
      g_propagate_error (error, inb_error_new_for_errno (errno, name));
      return NULL;
    }
  if (!check_kind (&info, name, error))
    return NULL;
  self = open_regular (path, name, error);
  if (self == NULL)
    return NULL;
  inb_photo_header_read (&self->header, self->fd);
  if (!check_format (self, error))
    return NULL;
  if ((self->header.width > 0 || self->header.height > 0) &&
      !inb_photo_file_check_size (self, self->header.width, self->header.height, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * inb_photo_file_free:
 * @self: (transfer full): a file, which is closed
 */
void
inb_photo_file_free (InbPhotoFile *self)
{
  if (self->fd >= 0)
    g_close (self->fd, NULL);
  g_free (self->name);
  g_free (self);
}
