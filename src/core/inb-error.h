/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define INB_ERROR (inb_error_quark ())

/**
 * InbError:
 * @INB_ERROR_BAD_INPUT: an argument or a value that cannot be: the person changes it
 * @INB_ERROR_BAD_PHOTO: a file that is not a photo, or a damaged one: the person takes another
 * @INB_ERROR_BAD_CLIP: a file that is not a whole video
 * @INB_ERROR_TOO_LARGE: beyond a stated bound: the person makes it smaller
 * @INB_ERROR_NO_ACCESS: a file or folder that is missing or may not be read or written
 * @INB_ERROR_NO_SPACE: the disk is full: the person makes room and resumes
 * @INB_ERROR_NO_CODEC: an encoder or decoder is not installed
 * @INB_ERROR_WORKER: a worker ended without a result
 * @INB_ERROR_STORE: the database cannot be used
 * @INB_ERROR_NOBODY: no process can serve the job as it was asked for
 * @INB_ERROR_CANCELLED: the person cancelled
 * @INB_ERROR_FAILED: anything else
 *
 * One domain for the whole program; the codes say what a person can do, not where it happened.
 */
typedef enum
{
  INB_ERROR_BAD_INPUT = 1,
  INB_ERROR_BAD_PHOTO,
  INB_ERROR_BAD_CLIP,
  INB_ERROR_TOO_LARGE,
  INB_ERROR_NO_ACCESS,
  INB_ERROR_NO_SPACE,
  INB_ERROR_NO_CODEC,
  INB_ERROR_WORKER,
  INB_ERROR_STORE,
  INB_ERROR_NOBODY,
  INB_ERROR_CANCELLED,
  INB_ERROR_FAILED,
} InbError;

GQuark inb_error_quark (void);

const char *inb_error_code_to_name (int code);
int inb_error_code_from_name (const char *name);
const char *inb_error_get_name (const GError *error);
int inb_error_get_exit_status (const GError *error);
GError *inb_error_new_for_errno (int saved_errno, const char *what);
gboolean inb_error_refuse (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
