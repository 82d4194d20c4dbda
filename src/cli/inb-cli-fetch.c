/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inb-cli-fetch.h"

#include "cli/inb-cli-wait.h"
#include "jobs/inb-fetch.h"

/**
 * inb_cli_fetch:
 * @root: the data folder
 * @url: https address of a photo
 * @home: (nullable): the origin set instead of the chosen service's
 * @error: as inb_fetch_photo_finish()
 *
 * Fetches a photo and waits for it.
 *
 * Returns: (transfer full) (nullable): path of a temporary file, to be unlinked
 */
char *
inb_cli_fetch (const char *root, const char *url, const char *home, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  inb_fetch_photo_async (root, url, home, NULL, NULL, NULL, inb_cli_wait_take_result_cb, &result);
  return inb_fetch_photo_finish (inb_cli_wait_result (&result), error);
}
