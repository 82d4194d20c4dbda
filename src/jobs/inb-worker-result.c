/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-worker-result.h"

#include <glib/gi18n.h>
#include <signal.h>
#include <string.h>

#include "core/inb-error.h"

static void
set_signal_error (const char *command, int number, GError **error)
{
  if (number == SIGXCPU)
    g_set_error (error, INB_ERROR, INB_ERROR_WORKER,
                 /* Translators: %s is the name of a helper process: photo, render, … */
                 _ ("The worker “%s” used more processor time than it may. Take a smaller photo, "
                    "and try again."),
                 command);
  else
    g_set_error (error, INB_ERROR, INB_ERROR_WORKER,
                 _ ("The worker “%s” was ended by signal %d (%s). Nothing was lost; try again."),
                 command, number, g_strsignal (number));
}

/* The last line of what it said, without the program's name before it */
static char *
dup_last_line (const char *message)
{
  g_autofree char *text = g_utf8_make_valid (message, -1);
  const char *line;

  g_strchomp (text);
  line = strrchr (text, '\n');
  line = line != NULL ? line + 1 : text;
  if (g_str_has_prefix (line, "inbetween-cli: "))
    line += strlen ("inbetween-cli: ");
  return g_strdup (line);
}

static void
set_error (const char *command, JsonObject *result, const char *message, int status, GError **error)
{
  JsonObject *told = result != NULL ? inb_json_get_object (result, "error") : NULL;
  const char *name = told != NULL ? inb_json_get_string (told, "class") : NULL;
  const char *words = told != NULL ? inb_json_get_string (told, "message") : NULL;
  g_autofree char *line = dup_last_line (message);

  if (name != NULL && words != NULL)
    g_set_error_literal (error, INB_ERROR, inb_error_code_from_name (name), words);
  else if (status > 128) /* what a shell makes of a signal, and our own handlers too */
    set_signal_error (command, status - 128, error);
  else if (*line != '\0')
    g_set_error_literal (error, INB_ERROR, INB_ERROR_WORKER, line);
  else
    g_set_error (error, INB_ERROR, INB_ERROR_WORKER,
                 _ ("The worker “%s” ended with status %d and no word. Try again."), command,
                 status);
}

/**
 * inb_worker_read_result:
 * @command: what was run, for messages
 * @process: ended
 * @result: all of its standard output
 * @message: (nullable): its standard error; %NULL if its output went beyond all bounds
 * @error: as inb_worker_run_finish()
 *
 * Makes sense of how a worker ended.
 *
 * Returns: (transfer full) (nullable): its one JSON document
 */
JsonObject *
inb_worker_read_result (const char *command, GSubprocess *process, const char *result,
                        const char *message, GError **error)
{
  g_autoptr (JsonObject) object = inb_json_parse_object (result, -1, NULL);

  if (message == NULL)
    g_set_error (error, INB_ERROR, INB_ERROR_WORKER,
                 _ ("The worker “%s” gave an answer that is too large. Try again."), command);
  else if (g_subprocess_get_if_signaled (process))
    set_signal_error (command, g_subprocess_get_term_sig (process), error);
  else if (g_subprocess_get_exit_status (process) != 0)
    set_error (command, object, message, g_subprocess_get_exit_status (process), error);
  else if (object == NULL)
    g_set_error (error, INB_ERROR, INB_ERROR_WORKER,
                 _ ("The worker “%s” ended without an answer. Try again."), command);
  else
    return g_steal_pointer (&object);
  return NULL;
}
