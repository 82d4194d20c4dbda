/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/inb-run.h"

static gpointer
make_id (gpointer unused)
{
  return g_uuid_string_random ();
}

/**
 * inb_run_get_id:
 *
 * What a person agreed to pay for holds in the run of the program that asked them: a later run
 * finds another id beside the job and asks again. From any thread.
 *
 * Returns: (transfer none): UUID of this run
 */
const char *
inb_run_get_id (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, make_id, NULL);
}
