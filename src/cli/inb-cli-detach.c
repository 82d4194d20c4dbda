/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inb-cli-detach.h"

#include <glib/gi18n.h>
#include <unistd.h>

#include "core/inb-error.h"
#include "core/inb-job.h"
#include "store/inb-lock.h"

/* The terminal may close, and its Ctrl+C is not for this one. */
static void
leave_session_cb (gpointer user_data)
{
  setsid ();
}

/**
 * inb_cli_detach:
 * @root: the data folder
 * @jobs: (element-type InbJob): the jobs a person wants to go on; no other paid one is begun
 * @error: %INB_ERROR_FAILED if it could not be started, and as inb_lock_try()
 *
 * Sees to it that somebody runs the jobs after this process has ended: where nobody does, it leaves
 * `jobs resume --wait` behind, in a session of its own. If another one is quicker, that one follows
 * it and ends when all is done.
 *
 * Returns: %TRUE if somebody will
 */
gboolean
inb_cli_detach (const char *root, GPtrArray *jobs, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (InbLock) lock = inb_lock_try (root, &problem);
  g_autofree char *program = NULL;
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();

  if (lock == NULL && g_error_matches (problem, INB_ERROR, INB_ERROR_NOBODY))
    return TRUE;
  if (lock == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  g_clear_pointer (&lock, inb_lock_release);
  program = g_file_read_link ("/proc/self/exe", NULL);
  g_ptr_array_add (arguments, program != NULL ? program : (char *) "inbetween-cli");
  g_ptr_array_add (arguments, (char *) "jobs");
  g_ptr_array_add (arguments, (char *) "resume");
  g_ptr_array_add (arguments, (char *) "--wait");
  for (guint i = 0; i < jobs->len; i++)
    g_ptr_array_add (arguments, (char *) inb_job_get_id (g_ptr_array_index (jobs, i)));
  g_ptr_array_add (arguments, NULL);
  if (g_spawn_async (NULL, (char **) arguments->pdata, NULL,
                     G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL | G_SPAWN_SEARCH_PATH,
                     leave_session_cb, NULL, NULL, &problem))
    return TRUE;
  g_set_error (error, INB_ERROR, INB_ERROR_FAILED,
               _ ("Nobody runs the jobs, and no process could be started for them: %s. "
                  "“inbetween-cli jobs resume --wait” runs them."),
               problem->message);
  return FALSE;
}
