/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/inb-json.h"

G_BEGIN_DECLS

/* Each command is one function in one file; argv[0] is its name. They return the program's exit
 * status. */
int inb_cli_generate (int argc, char **argv);
int inb_cli_request (int argc, char **argv);
int inb_cli_jobs (int argc, char **argv);
int inb_cli_providers (int argc, char **argv);
int inb_cli_keys (int argc, char **argv);
int inb_cli_photo (int argc, char **argv);
int inb_cli_render (int argc, char **argv);
int inb_cli_proxy (int argc, char **argv);
int inb_cli_poster (int argc, char **argv);
int inb_cli_inspect (int argc, char **argv);
int inb_cli_selftest (int argc, char **argv);

/* What the commands share: inb-cli-tools.c */
gboolean inb_cli_parse (GOptionContext *context, int *argc, char ***argv, GError **error);
gboolean inb_cli_wants_json (int argc, char **argv);
gboolean inb_cli_refuse (GError **error, const char *option, const char *value,
                         const char *possible);
int inb_cli_fail (GError *error, gboolean json);
void inb_cli_print_json (JsonBuilder *builder);
void inb_cli_say (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* Progress of a worker: JSON lines on --progress-fd, or a line on the terminal: inb-cli-progress.c
 */
typedef struct _InbCliProgress InbCliProgress;
InbCliProgress *inb_cli_progress_new (int fd);
void inb_cli_progress_set (InbCliProgress *self, double progress);
void inb_cli_progress_say (InbCliProgress *self, const char *text);
void inb_cli_progress_free (InbCliProgress *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbCliProgress, inb_cli_progress_free)

/* Limits and clean ends of workers: inb-cli-worker.c */
typedef enum
{
  INB_CLI_WORKER_PHOTO,
  INB_CLI_WORKER_RENDER,
} InbCliWorkerKind;

void inb_cli_worker_begin (InbCliWorkerKind kind, gboolean has_parent);
void inb_cli_worker_guard (const char *part);

G_END_DECLS
