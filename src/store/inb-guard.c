/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/inb-guard.h"

#include <sys/prctl.h>
#include <sys/resource.h>

/**
 * inb_guard_memory:
 * @guard: how far it goes
 *
 * Keys lie in this process's memory; the first act of main is to keep it to itself. Programs
 * started from here leave no dumps either.
 *
 * The window cannot take %INB_GUARD_NO_READERS: xdg-desktop-portal looks into the caller's
 * `/proc/PID/root` to learn who asks, and answers "Portal operation not allowed" to a program whose
 * memory is closed (measured with 1.16.0), so that file choosers and the dark style would be gone.
 */
void
inb_guard_memory (InbGuard guard)
{
  const struct rlimit none = { 0, 0 };

  setrlimit (RLIMIT_CORE, &none);
  if (guard == INB_GUARD_NO_READERS)
    prctl (PR_SET_DUMPABLE, 0, 0, 0, 0);
}
