/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/inb-json.h"

G_BEGIN_DECLS

/**
 * CliRun:
 * @status: exit status; −signal if it was killed
 * @out: all of its standard output
 * @err: all of its standard error
 */
typedef struct
{
  int status;
  char *out;
  char *err;
} CliRun;

void cli_tools_init (int *argc, char ***argv);
int cli_tools_run_tests (void);
const char *cli_tools_get_home (void);
char *cli_tools_path (const char *name);
void cli_tools_put (const char *name, const char *text);
void cli_tools_order (const char *what);
void cli_tools_begin (void);
GSubprocess *cli_tools_start (const char *first, ...) G_GNUC_NULL_TERMINATED;
void cli_tools_end (GSubprocess *process, CliRun *run);
void cli_tools_run (CliRun *run, const char *first, ...) G_GNUC_NULL_TERMINATED;
void cli_tools_clear (CliRun *run);
JsonObject *cli_tools_read_json (const CliRun *run);
JsonObject *cli_tools_get_job (JsonObject *root, guint index);
void cli_tools_wait_for_file (const char *folder, const char *word);
guint cli_tools_count (const char *folder);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliRun, cli_tools_clear)

G_END_DECLS
