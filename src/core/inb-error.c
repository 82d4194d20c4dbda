/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/inb-error.h"

#include <errno.h>
#include <glib/gi18n.h>

/* clang-format off */
G_DEFINE_QUARK (inb-error-quark, inb_error)
/* clang-format on */

/* The name stands in JSON and in the database; the status is what the command line ends with. */
static const struct
{
  InbError code;
  const char *name;
  int exit_status;
} codes[] = {
  { INB_ERROR_BAD_INPUT, "input", 2 },
  { INB_ERROR_BAD_PHOTO, "photo", 2 },
  { INB_ERROR_BAD_CLIP, "clip", 2 },
  { INB_ERROR_TOO_LARGE, "too-large", 2 },
  { INB_ERROR_NO_ACCESS, "access", 2 },
  { INB_ERROR_NO_SPACE, "space", 1 },
  { INB_ERROR_NO_CODEC, "codec", 1 },
  { INB_ERROR_WORKER, "worker", 1 },
  { INB_ERROR_STORE, "store", 1 },
  { INB_ERROR_NOBODY, "nobody", 2 },
  { INB_ERROR_KEY, "key", 1 },
  { INB_ERROR_MONEY, "money", 1 },
  { INB_ERROR_PLAN, "plan", 1 },
  { INB_ERROR_RATE, "rate", 1 },
  { INB_ERROR_CONTENT, "content", 1 },
  { INB_ERROR_UNAVAILABLE, "unavailable", 1 },
  { INB_ERROR_NETWORK, "network", 1 },
  { INB_ERROR_EXPIRED, "expired", 1 },
  { INB_ERROR_UNKNOWN, "unknown", 3 },
  { INB_ERROR_CAP, "cap", 4 },
  { INB_ERROR_CANCELLED, "cancelled", 130 },
  { INB_ERROR_FAILED, "failed", 1 },
};

/**
 * inb_error_code_to_name:
 * @code: one of #InbError
 *
 * Returns: (transfer none): the name used in JSON and in the database; "failed" for an unknown code
 */
const char *
inb_error_code_to_name (int code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (codes[i].code == (InbError) code)
      return codes[i].name;
  return "failed";
}

/**
 * inb_error_code_from_name:
 * @name: (nullable): a name made by inb_error_code_to_name()
 *
 * Returns: the code, %INB_ERROR_FAILED for a name that is not known
 */
int
inb_error_code_from_name (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_strcmp0 (codes[i].name, name) == 0)
      return codes[i].code;
  return INB_ERROR_FAILED;
}

/**
 * inb_error_get_name:
 * @error: an error of any domain
 *
 * Returns: (transfer none): the name of its class; %G_IO_ERROR_CANCELLED counts as "cancelled"
 */
const char *
inb_error_get_name (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return "cancelled";
  return error->domain == INB_ERROR ? inb_error_code_to_name (error->code) : "failed";
}

/**
 * inb_error_get_exit_status:
 * @error: (nullable): an error of any domain
 *
 * Returns: what a command ends with (the table of the README): 0 without an error, 1 failed, 2
 * usage or bad input, 3 unclear, 4 refused by a cap, 130 cancelled
 */
int
inb_error_get_exit_status (const GError *error)
{
  if (error == NULL)
    return 0;
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_str_equal (codes[i].name, inb_error_get_name (error)))
      return codes[i].exit_status;
  return 1;
}

/**
 * inb_error_new_for_errno:
 * @saved_errno: errno right after the call that failed
 * @what: the file or folder, as the person knows it
 *
 * Returns: (transfer full): %INB_ERROR_NO_SPACE, %INB_ERROR_NO_ACCESS or %INB_ERROR_FAILED, with
 * words that name
 *   @what and the way out
 */
GError *
inb_error_new_for_errno (int saved_errno, const char *what)
{
  switch (saved_errno)
    {
    case ENOSPC:
    case EDQUOT:
      /* Translators: %s is a file or folder. */
      return g_error_new (
          INB_ERROR, INB_ERROR_NO_SPACE,
          _ ("The disk is full: “%s” could not be written. Make room and try again; nothing "
             "that was finished is lost."),
          what);
    case ENOENT:
    case ENOTDIR:
      return g_error_new (INB_ERROR, INB_ERROR_NO_ACCESS,
                          _ ("“%s” does not exist. Check the name and the folder."), what);
    case EACCES:
    case EPERM:
      return g_error_new (
          INB_ERROR, INB_ERROR_NO_ACCESS,
          _ ("No permission for “%s”. Change its permissions or choose another place."), what);
    case EROFS:
      return g_error_new (INB_ERROR, INB_ERROR_NO_ACCESS,
                          _ ("“%s” is on a disk that can only be read. Choose another folder."),
                          what);
    default:
      return g_error_new (INB_ERROR, INB_ERROR_FAILED, _ ("“%s” failed: %s."), what,
                          g_strerror (saved_errno));
    }
}

/**
 * inb_error_refuse:
 * @error: set to %INB_ERROR_BAD_INPUT
 * @format: a sentence that names the thing and the way out, printf style
 * @...: its values
 *
 * Returns: %FALSE, so that a check can end with it
 */
gboolean
inb_error_refuse (GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_propagate_error (error, g_error_new_valist (INB_ERROR, INB_ERROR_BAD_INPUT, format, args));
  va_end (args);
  return FALSE;
}
