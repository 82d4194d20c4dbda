/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/inb-json.h"

G_BEGIN_DECLS

JsonObject *inb_worker_read_result (const char *command, GSubprocess *process, const char *result,
                                    const char *message, GError **error);

G_END_DECLS
