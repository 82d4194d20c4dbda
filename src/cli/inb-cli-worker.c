/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inb-cli.h"

#include <glib/gi18n.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define HAVE_ASAN 1
#else
#define HAVE_ASAN 0
#endif

/* Bounds a worker sets on itself before it touches foreign bytes. Measured: a 50-megapixel JPEG
 * fits 0.5 GB of address space with two libvips threads; x264 with more than four threads needs
 * more than 1 GB. */
static const struct
{
  rlim_t address_space; /* bytes */
  rlim_t least_space;   /* bytes: with less, libraries fail in their own ways, or wait for ever */
  rlim_t cpu_s;
} limits[] = {
  [INB_CLI_WORKER_PHOTO] = { (rlim_t) 1 << 30, 0, 60 },
  [INB_CLI_WORKER_RENDER] = { (rlim_t) 4 << 30, (rlim_t) 640 << 20, 1200 },
};

static char *part_to_remove;
/* A sentence that cannot be looked up any more when it is needed. */
static const char *out_of_memory;

/* Only what is allowed inside a signal handler. */
G_NORETURN static void
end (int status)
{
  if (part_to_remove != NULL)
    unlink (part_to_remove);
  _exit (status);
}

G_NORETURN static void
end_cb (int signal_number)
{
  end (128 + signal_number);
}

G_NORETURN static void
end_without_memory (void)
{
  ssize_t written = write (STDERR_FILENO, out_of_memory, strlen (out_of_memory));

  end (written < 0 ? 2 : 1);
}

/* GLib ends a program that it finds no memory or no thread for; these are the words it does it
 * with. */
static GLogWriterOutput
write_log_cb (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  for (gsize i = 0; (level & G_LOG_LEVEL_ERROR) != 0 && i < n_fields; i++)
    if (strcmp (fields[i].key, "MESSAGE") == 0 &&
        (strstr (fields[i].value, "failed to allocate") != NULL ||
         strstr (fields[i].value, "creating thread") != NULL))
      end_without_memory ();
  return g_log_writer_default (level, fields, n_fields, user_data);
}

static gboolean
is_cramped (InbCliWorkerKind kind)
{
  struct rlimit limit;

  return getrlimit (RLIMIT_AS, &limit) == 0 && limit.rlim_cur < limits[kind].least_space;
}

static void
lower (__rlimit_resource_t resource, rlim_t value)
{
  struct rlimit limit;

  if (getrlimit (resource, &limit) == 0 &&
      (limit.rlim_max == RLIM_INFINITY || limit.rlim_max > value))
    {
      limit.rlim_cur = limit.rlim_max = value;
      setrlimit (resource, &limit);
    }
}

/**
 * inb_cli_worker_begin:
 * @kind: what it will do
 * @has_parent: whether the window or a runner started it, rather than a person: then it does not
 * outlive the thread that did
 *
 * First act of a worker: bounds its memory and time, ends at once on SIGTERM and SIGINT, writes no
 * core. Whatever ends it, nothing that is not whole stays behind; where memory is short it says so
 * and ends with status 1.
 */
void
inb_cli_worker_begin (InbCliWorkerKind kind, gboolean has_parent)
{
  struct sigaction action = { .sa_handler = end_cb };

  if (!HAVE_ASAN) /* its shadow memory alone is larger */
    lower (RLIMIT_AS, limits[kind].address_space);
  lower (RLIMIT_CPU, limits[kind].cpu_s);
  lower (RLIMIT_CORE, 0);
  sigaction (SIGTERM, &action, NULL);
  sigaction (SIGINT, &action, NULL);
  sigaction (SIGHUP, &action, NULL);
  /* how GLib and the C library end a program, and how those do that take what they did not get */
  sigaction (SIGTRAP, &action, NULL);
  sigaction (SIGABRT, &action, NULL);
  if (!HAVE_ASAN)
    sigaction (SIGSEGV, &action, NULL);
  out_of_memory =
      _ ("inbetween-cli: There is not enough memory for this. Close other programs or ask "
         "for a smaller clip.\n");
  g_log_set_writer_func (write_log_cb, NULL, NULL);
  if (is_cramped (kind))
    end_without_memory ();
  signal (SIGPIPE, SIG_IGN);
  if (has_parent)
    prctl (PR_SET_PDEATHSIG, SIGTERM);
}

/**
 * inb_cli_worker_guard:
 * @part: (nullable): the temporary file being written, removed if a signal ends the worker; %NULL
 * when it is whole
 */
void
inb_cli_worker_guard (const char *part)
{
  char *old = part_to_remove;

  part_to_remove = part != NULL ? strdup (part) : NULL;
  free (old);
}
