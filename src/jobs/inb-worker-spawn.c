/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-worker-spawn.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

/* The descriptor that the worker finds its progress pipe on */
#define PROGRESS_FD 3

/* What nobody waits for leaves the processor to everything else. */
#define PREVIEW_NICENESS 10

/* In the child, before it becomes the worker. Ctrl+C on a terminal reaches every process of the
 * foreground group; a worker is in a group of its own, so that it is the runner who decides how a
 * job ends. And it ends with the thread that started it, also if that was killed just now. */
static void
set_up_cb (gpointer user_data)
{
  setpgid (0, 0);
  prctl (PR_SET_PDEATHSIG, SIGTERM);
  if (getppid () != GPOINTER_TO_INT (user_data))
    _exit (128 + SIGTERM);
}

static void
set_up_preview_cb (gpointer user_data)
{
  set_up_cb (user_data);
  setpriority (PRIO_PROCESS, 0, PREVIEW_NICENESS);
}

static char *
find_program (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : g_strdup (".");
  const char *told = g_getenv ("INBETWEEN_CLI");

  return told != NULL && *told != '\0' ? g_strdup (told)
                                       : g_build_filename (folder, "inbetween-cli", NULL);
}

static gboolean
is_allowed (const char *variable)
{
  /* a Flatpak's own libraries are found by LD_LIBRARY_PATH */
  static const char *const names[] = {
    "PATH=", "HOME=", "LANG=", "LANGUAGE=", "TZ=", "LD_LIBRARY_PATH=", "INBETWEEN_LOCALE_DIR="
  };
  static const char *const prefixes[] = { "LC_", "XDG_", "GST_", "G_", "ASAN_", "LSAN_", "UBSAN_" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_has_prefix (variable, names[i]))
      return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (variable, prefixes[i]))
      return TRUE;
  return FALSE;
}

/* No key and no address of a service gets into a process that touches foreign pixels. */
static char **
make_environment (void)
{
  g_auto (GStrv) mine = g_get_environ ();
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (char **variable = mine; *variable != NULL; variable++)
    if (is_allowed (*variable))
      g_strv_builder_add (builder, *variable);
  /* threads of the photo library each take an arena of 64 MB of addresses otherwise */
  g_strv_builder_add (builder, "MALLOC_ARENA_MAX=2");
  return g_strv_builder_end (builder);
}

/**
 * inb_worker_spawn:
 * @arguments: (array zero-terminated=1): the command and its options; `--json --progress-fd N` are
 * added
 * @progress_fd: (out): where its progress can be read; the caller closes it
 * @error: of %G_SPAWN_ERROR
 *
 * Starts one worker: standard input empty, standard output and error as pipes.
 *
 * Returns: (transfer full) (nullable): the process
 */
GSubprocess *
inb_worker_spawn (char **arguments, int *progress_fd, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_auto (GStrv) environment = make_environment ();
  g_autofree char *program = find_program ();
  g_autofree char *fd_text = g_strdup_printf ("%d", PROGRESS_FD);
  GSubprocess *process;
  int fds[2];

  if (!g_unix_open_pipe (fds, FD_CLOEXEC, error))
    return NULL;
  g_subprocess_launcher_set_environ (launcher, environment);
  g_subprocess_launcher_set_child_setup (launcher, set_up_cb, GINT_TO_POINTER (getpid ()), NULL);
  g_subprocess_launcher_take_fd (launcher, fds[1], PROGRESS_FD);
  g_ptr_array_add (argv, program);
  for (char **argument = arguments; *argument != NULL; argument++)
    g_ptr_array_add (argv, *argument);
  g_ptr_array_add (argv, (gpointer) "--json");
  g_ptr_array_add (argv, (gpointer) "--progress-fd");
  g_ptr_array_add (argv, fd_text);
  g_ptr_array_add (argv, NULL);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, error);
  g_subprocess_launcher_close (launcher); /* our copy of the writing end */
  if (process == NULL)
    {
      g_prefix_error (error, _ ("“%s” could not be started. "), program);
      close (fds[0]);
      return NULL;
    }
  *progress_fd = fds[0];
  return process;
}

/**
 * inb_worker_spawn_clip:
 * @arguments: (array zero-terminated=1): "render" and its options, with `--output -`
 * @error: of %G_SPAWN_ERROR
 *
 * Starts a worker of low priority whose standard output is the clip; what it says is dropped.
 *
 * Returns: (transfer full) (nullable): the process
 */
GSubprocess *
inb_worker_spawn_clip (char **arguments, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_auto (GStrv) environment = make_environment ();
  g_autofree char *program = find_program ();

  g_subprocess_launcher_set_environ (launcher, environment);
  g_subprocess_launcher_set_child_setup (launcher, set_up_preview_cb, GINT_TO_POINTER (getpid ()),
                                         NULL);
  g_ptr_array_add (argv, program);
  for (char **argument = arguments; *argument != NULL; argument++)
    g_ptr_array_add (argv, *argument);
  g_ptr_array_add (argv, NULL);
  return g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, error);
}
