/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inb-cli.h"

#include <stdio.h>
#include <unistd.h>

/* At most ten times a second; a screen cannot use more. */
#define MIN_INTERVAL_US (G_USEC_PER_SEC / 10)

struct _InbCliProgress
{
  int fd; /* −1: the terminal, if there is one */
  gboolean terminal;
  gboolean line_is_open;
  gint64 last_us;
};

/**
 * inb_cli_progress_new:
 * @fd: open descriptor for JSON lines, −1 for a line on the terminal where standard error is one
 *
 * Returns: (transfer full): where progress goes; may be called from one thread at a time
 */
InbCliProgress *
inb_cli_progress_new (int fd)
{
  InbCliProgress *self = g_new0 (InbCliProgress, 1);

  self->fd = fd;
  self->terminal = fd < 0 && isatty (STDERR_FILENO);
  return self;
}

/**
 * inb_cli_progress_set:
 * @self: where progress goes
 * @progress: 0…1
 *
 * Writes {"progress":0.42} and a newline. A reader that went away is no error: the work goes on.
 */
void
inb_cli_progress_set (InbCliProgress *self, double progress)
{
  gint64 now = g_get_monotonic_time ();
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (progress < 1.0 && now - self->last_us < MIN_INTERVAL_US)
    return;
  self->last_us = now;
  if (self->fd >= 0)
    {
      g_autofree char *line = g_strdup_printf (
          "{\"progress\":%s}\n", g_ascii_formatd (digits, sizeof digits, "%.4f", progress));
      if (write (self->fd, line, strlen (line)) < 0)
        self->fd = -1;
    }
  else if (self->terminal)
    {
      g_autofree char *text = g_strdup_printf ("%3.0f %%", progress * 100.0);
      inb_cli_progress_say (self, text);
    }
}

/**
 * inb_cli_progress_say:
 * @self: where progress goes
 * @text: one short line that takes the place of the one before; nothing happens without a terminal
 */
void
inb_cli_progress_say (InbCliProgress *self, const char *text)
{
  if (!self->terminal)
    return;
  fprintf (stderr, "\r\033[K%s", text);
  fflush (stderr);
  self->line_is_open = TRUE;
}

/**
 * inb_cli_progress_free:
 * @self: (transfer full): where progress goes; the terminal's line is wiped
 */
void
inb_cli_progress_free (InbCliProgress *self)
{
  if (self->line_is_open)
    fputs ("\r\033[K", stderr);
  g_free (self);
}
