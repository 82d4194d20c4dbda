/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jobs/inb-checks.h"
#include "providers/inb-provider.h"

G_BEGIN_DECLS

/**
 * InbChecking:
 * @situation: what is looked at
 * @provider: whom the request goes to
 * @model: which of its models; %NULL if it has none of that name
 * @found: (element-type InbCheck): what was found so far
 *
 * One run of the rules, shared by the files that hold them.
 */
typedef struct
{
  const InbSituation *situation;
  const InbProvider *provider;
  const InbModel *model;
  GPtrArray *found;
} InbChecking;

InbCheck *inb_checking_add (InbChecking *self, InbRule rule, InbCheckWeight weight, char *text,
                            char *why);
void inb_check_offer (InbCheck *self, InbFixKind kind, const char *label);
void inb_check_offer_number (InbCheck *self, InbFixKind kind, const char *label, guint number);
void inb_check_take_fix (InbCheck *self, InbFix *fix);
gboolean inb_checking_has_key (const InbChecking *self, const InbProvider *provider);

void inb_checking_look_at_photos (InbChecking *self);
void inb_checking_look_at_form (InbChecking *self);
void inb_checking_look_at_terms (InbChecking *self);

G_END_DECLS
