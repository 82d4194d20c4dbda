/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/inb-json.h"

G_BEGIN_DECLS

void inb_cli_attempts_print (const char *root, const char *job_id);
void inb_cli_attempts_add_json (JsonBuilder *builder, const char *root, const char *job_id);

G_END_DECLS
