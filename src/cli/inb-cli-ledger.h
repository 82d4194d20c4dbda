/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jobs/inb-queue.h"

G_BEGIN_DECLS

int inb_cli_ledger (InbQueue *queue, gboolean csv, gboolean json);

G_END_DECLS
