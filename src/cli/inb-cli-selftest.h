/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/inb-cli-findings.h"
#include "net/inb-json.h"

G_BEGIN_DECLS

/* What the photos of the self-test measure when upright, px */
#define INB_CLI_SELFTEST_WIDTH 96
#define INB_CLI_SELFTEST_HEIGHT 144
#define INB_CLI_SELFTEST_N_FIELDS 4

/**
 * InbCliSelftest:
 * @folder: a temporary folder; nothing is written anywhere else
 * @cancellable: ends the worker that runs
 * @findings: what was found so far
 *
 * A run of the self-test.
 */
typedef struct
{
  char *folder;
  GCancellable *cancellable;
  InbCliFindings *findings;
} InbCliSelftest;

JsonObject *inb_cli_selftest_run (InbCliSelftest *self, const char *const *arguments,
                                  GError **error);
void inb_cli_selftest_check_photos (InbCliSelftest *self);
gboolean inb_cli_selftest_check_fields (InbCliSelftest *self, const char *picture,
                                        const guint32 *fields, GError **error);
void inb_cli_selftest_check_clip (InbCliSelftest *self);

G_END_DECLS
