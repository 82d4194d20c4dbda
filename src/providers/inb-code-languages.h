/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/inb-code-plan.h"

G_BEGIN_DECLS

/* One file a language; each writes a whole program after the remarks. */
void inb_code_add_sh (GString *code, const InbCodePlan *plan);
void inb_code_add_javascript (GString *code, const InbCodePlan *plan);
void inb_code_add_ai_sdk (GString *code, const InbCodePlan *plan);
void inb_code_add_python (GString *code, const InbCodePlan *plan);
char *inb_code_write_command (const InbCodeOrder *order);
char *inb_code_dup_frame_command (const InbCodeOrder *order);

/* What stands above it: inb-code-remarks.c */
void inb_code_add_remarks (GString *code, const InbCodePlan *plan, const char *mark,
                           const char *needs);

G_END_DECLS
