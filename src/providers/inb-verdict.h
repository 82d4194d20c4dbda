/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/inb-answer.h"
#include "providers/inb-messages.h"

G_BEGIN_DECLS

/* What is known about money where something went wrong. */
typedef enum
{
  INB_CHARGE_NONE,
  INB_CHARGE_MAYBE,
  INB_CHARGE_UNTOLD, /* the call was free: not a word about money */
} InbCharge;

/**
 * InbVerdict:
 * @code: one of #InbError
 * @ruled: whether a rule of the provider file says so
 * @by_content: whether that rule looked into the answer, not only at its status
 * @sent: what the rule says of a submit: 1 accepted or may be, 0 not accepted, −1 nothing
 * @words: (nullable): the service's own, at most 300 characters on one line, without any key
 * @request_id: (nullable): the service's id of the call
 *
 * Why an answer is not what was asked for.
 */
typedef struct
{
  int code;
  gboolean ruled;
  gboolean by_content;
  int sent;
  char *words;
  char *request_id;
} InbVerdict;

InbVerdict *inb_verdict_new (const InbMessageValues *values, const InbAnswer *answer);
void inb_verdict_free (InbVerdict *self);
char *inb_verdict_dup_words (const InbMessageValues *values, const char *text);
GError *inb_verdict_make_error (const InbVerdict *self, const InbMessageValues *values, int code,
                                InbCharge charge);
GError *inb_verdict_make_failure (const InbMessageValues *values, int code, const GError *failure,
                                  InbCharge charge);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbVerdict, inb_verdict_free)

G_END_DECLS
