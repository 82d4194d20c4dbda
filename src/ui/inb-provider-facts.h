/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/inb-provider.h"

G_BEGIN_DECLS

typedef enum
{
  INB_FACT_PROVIDER,
  INB_FACT_PRICE_5,
  INB_FACT_PRICE_10,
  INB_FACT_TIME,
  INB_FACT_SUCCEEDED,
  INB_FACT_LAST_FRAME,
  INB_FACT_NEGATIVE,
  INB_FACT_GUIDANCE,
  INB_FACT_RETENTION,
  INB_FACT_TRAINING,
  INB_FACT_RELEASED,
  INB_FACT_KEPT,
} InbFact;

#define INB_N_FACTS (INB_FACT_KEPT + 1)

/**
 * InbProviderFacts:
 * @provider: who
 * @model: with what
 * @n_done: clips this person has had from it
 * @n_failed: clips that failed there
 * @median_us: µs from submit to clip, of the newest; −1 where there is none yet
 *
 * One row of the table of providers. Borrowed parts live as long as the program.
 */
typedef struct
{
  const InbProvider *provider;
  const InbModel *model;
  guint n_done;
  guint n_failed;
  gint64 median_us;
} InbProviderFacts;

const char *inb_provider_facts_get_title (InbFact fact);
char *inb_provider_facts_dup_text (const InbProviderFacts *self, InbFact fact);
char *inb_provider_facts_dup_details (const InbProviderFacts *self, InbFact fact);
int inb_provider_facts_compare (const InbProviderFacts *a, const InbProviderFacts *b, InbFact fact,
                                gboolean descending);

G_END_DECLS
