/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/inb-code-plan.h"

G_BEGIN_DECLS

/**
 * InbCodeSyntax:
 * @no: the word for false
 * @yes: for true
 * @nothing: for null
 * @size: the expression for the size of the file that is uploaded
 * @indent: blanks of one level
 * @add_text: writes a text of a call, with its quotes
 *
 * How a language writes what JSON holds.
 */
typedef struct
{
  const char *no;
  const char *yes;
  const char *nothing;
  const char *size;
  guint indent;
  void (*add_text) (GString *code, const InbCodePlan *plan, const char *text);
} InbCodeSyntax;

void inb_code_text_add_value (GString *code, const InbCodePlan *plan, JsonNode *value, guint depth,
                              const InbCodeSyntax *syntax);
void inb_code_text_add_quoted (GString *code, const char *text);
void inb_code_text_add_shell (GString *code, const char *text);
void inb_code_text_add_file (GString *code, const char *file);
void inb_code_text_add_path (GString *code, const char *path);
void inb_code_text_add_paths (GString *code, const char *const *paths);
char *inb_code_text_dup_comment (const char *text);

G_END_DECLS
