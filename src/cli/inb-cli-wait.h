/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jobs/inb-queue.h"

G_BEGIN_DECLS

typedef enum
{
  INB_CLI_WAIT_LEAVE,
  INB_CLI_WAIT_CANCEL,
} InbCliWaitInterrupt;

void inb_cli_wait_hold (void);
gboolean inb_cli_wait (InbQueue *queue, GPtrArray *jobs, InbCliWaitInterrupt interrupt,
                       GError **error);
GAsyncResult *inb_cli_wait_result (GAsyncResult **result);
void inb_cli_wait_take_result_cb (GObject *source, GAsyncResult *result, gpointer user_data);

G_END_DECLS
