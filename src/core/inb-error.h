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
 * @INB_ERROR_KEY: a key is missing, wrong, or not allowed: the person sets another
 * @INB_ERROR_MONEY: the account at the service has no money left: the person tops it up
 * @INB_ERROR_PLAN: the account's plan has no such model: the person takes another plan or service
 * @INB_ERROR_RATE: too many requests: it goes on later
 * @INB_ERROR_CONTENT: the service's content policy refused photo or prompt
 * @INB_ERROR_UNAVAILABLE: the service is out of order: later, or another service
 * @INB_ERROR_NETWORK: the service could not be reached, or answered nothing that is whole
 * @INB_ERROR_EXPIRED: the service no longer has the clip
 * @INB_ERROR_UNKNOWN: whether a paid request was accepted is not known
 * @INB_ERROR_CAP: more than a cap allows
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
  INB_ERROR_KEY,
  INB_ERROR_MONEY,
  INB_ERROR_PLAN,
  INB_ERROR_RATE,
  INB_ERROR_CONTENT,
  INB_ERROR_UNAVAILABLE,
  INB_ERROR_NETWORK,
  INB_ERROR_EXPIRED,
  INB_ERROR_UNKNOWN,
  INB_ERROR_CAP,
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
