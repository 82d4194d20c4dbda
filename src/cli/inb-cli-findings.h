/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * InbCliFinding:
 * @INB_CLI_FINDING_OK: it works
 * @INB_CLI_FINDING_MISSING: what it needs is not installed, and the program goes on without
 * @INB_CLI_FINDING_FAILED: it must work and does not
 *
 * How a check came out.
 */
typedef enum
{
  INB_CLI_FINDING_OK,
  INB_CLI_FINDING_MISSING,
  INB_CLI_FINDING_FAILED,
} InbCliFinding;

typedef struct _InbCliFindings InbCliFindings;

InbCliFindings *inb_cli_findings_new (void);
void inb_cli_findings_free (InbCliFindings *self);
void inb_cli_findings_add (InbCliFindings *self, const char *id, const char *name,
                           InbCliFinding finding, const char *detail);
void inb_cli_findings_add_error (InbCliFindings *self, const char *id, const char *name,
                                 gboolean needed, GError *error);
gboolean inb_cli_findings_are_good (InbCliFindings *self);
void inb_cli_findings_print (InbCliFindings *self, gboolean json);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbCliFindings, inb_cli_findings_free)

G_END_DECLS
