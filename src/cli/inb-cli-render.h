/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/inb-cli.h"
#include "render/inb-engine.h"

G_BEGIN_DECLS

/**
 * InbCliRenderResult:
 * @path: of the clip
 * @container: "mp4", "webm" or "y4m"
 * @encoder: what encoded it
 * @n_frames: of the clip
 * @width: px
 * @height: px
 * @fps: frames a second
 * @bytes: of the file; −1: unknown, it went to standard output
 *
 * A clip that is done.
 */
typedef struct
{
  const char *path;
  const char *container;
  const char *encoder;
  guint n_frames;
  guint width;
  guint height;
  guint fps;
  gint64 bytes;
} InbCliRenderResult;

void inb_cli_render_print_explanation (const InbEngine *engine, gboolean alpha);
void inb_cli_render_print_result (const InbEngine *engine, const InbCliRenderResult *result,
                                  gboolean alpha, gboolean json);
char *inb_cli_render_dup_words (const InbPrompt *prompt);
GBytes *inb_cli_render_make_path (const InbEngine *engine, const InbEngineRequest *request);

G_END_DECLS
