/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/inb-cli.h"

G_BEGIN_DECLS

/**
 * InbCliClip:
 * @clip: the file named on the command line
 * @output: (nullable): what --output names
 * @part: (nullable): @output with ".part" behind it, where the bytes go first
 * @json: whether --json was given
 * @progress_fd: of --progress-fd; −1: not given
 * @progress: (nullable): where progress goes once work has begun
 *
 * What inspect, proxy and poster have in common.
 */
typedef struct
{
  char *clip;
  char *output;
  char *part;
  gboolean json;
  int progress_fd;
  InbCliProgress *progress;
} InbCliClip;

#define INB_CLI_CLIP_INIT \
  {                       \
    .progress_fd = -1     \
  }

gboolean inb_cli_clip_parse (InbCliClip *self, const GOptionEntry *entries, gboolean with_output,
                             const char *summary, int argc, char **argv, GError **error);
void inb_cli_clip_begin (InbCliClip *self);
void inb_cli_clip_progress_cb (double progress, gpointer user_data);
gboolean inb_cli_clip_commit (InbCliClip *self, GError **error);
int inb_cli_clip_fail (InbCliClip *self, GError *error);
void inb_cli_clip_clear (InbCliClip *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (InbCliClip, inb_cli_clip_clear)

G_END_DECLS
