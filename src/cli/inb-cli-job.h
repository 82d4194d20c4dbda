/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-job.h"
#include "net/inb-json.h"

G_BEGIN_DECLS

int inb_cli_job_get_status (InbJob *job);
int inb_cli_job_get_worst_status (GPtrArray *jobs);
void inb_cli_job_add_json (JsonBuilder *builder, InbJob *job, const char *output);
void inb_cli_job_add_micros (JsonBuilder *builder, const char *name, gint64 micros);
void inb_cli_job_print_list (GPtrArray *jobs, GPtrArray *outputs);
char *inb_cli_job_describe (InbJob *job);

G_END_DECLS
