/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/inb-ballast.h"

#include <fcntl.h>
#include <unistd.h>

#include "store/inb-paths.h"

/* Room for the largest answer and what SQLite writes beside it (promises of the README). */
#define BALLAST_BYTES (4 * 1024 * 1024)

/**
 * inb_ballast_keep:
 * @root: the data folder
 *
 * Keeps a file of 4 MiB that stands for nothing. Where there is no room for it, there is none.
 */
void
inb_ballast_keep (const char *root)
{
  g_autofree char *path = inb_paths_dup_ballast (root);
  int fd = open (path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);

  if (fd < 0)
    return;
  if (posix_fallocate (fd, 0, BALLAST_BYTES) != 0)
    unlink (path);
  close (fd);
}

/**
 * inb_ballast_drop:
 * @root: the data folder
 *
 * The disk is full and the answer to a paid request has to be written: this makes the room.
 */
void
inb_ballast_drop (const char *root)
{
  g_autofree char *path = inb_paths_dup_ballast (root);

  unlink (path);
}
