/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-job.h"

G_BEGIN_DECLS

gboolean inb_cli_deliver_check (const char *output, guint n_takes, GError **error);
char *inb_cli_deliver (const char *output, InbJob *job, guint index, guint n_takes, GError **error);

G_END_DECLS
