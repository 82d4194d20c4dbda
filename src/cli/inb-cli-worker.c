/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inb-cli.h"

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
  rlim_t cpu_s;
} limits[] = {
  [INB_CLI_WORKER_PHOTO] = { (rlim_t) 1 << 30, 60 },
  [INB_CLI_WORKER_RENDER] = { (rlim_t) 4 << 30, 1200 },
};

static char *part_to_remove;

static void
end_cb (int signal_number)
{
  /* only what is allowed inside a signal handler */
  if (part_to_remove != NULL)
    unlink (part_to_remove);
  _exit (128 + signal_number);
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
 * core.
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
