/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-job.h"

G_BEGIN_DECLS

typedef enum
{
  INB_FACTS_STATE,
  INB_FACTS_SETTINGS,
  INB_FACTS_COSTS,
  INB_FACTS_TIMES,
  INB_FACTS_IDS,
  INB_FACTS_FILE,
  INB_FACTS_REQUESTS,
} InbFactsSection;

/**
 * InbTakeFact:
 * @section: what it is about
 * @label: of a person's language, in sentence case
 * @value: the same, or a name, a number, an id; never empty
 * @is_id: whether somebody may want to copy it as it is
 *
 * One thing that is known of a take.
 */
typedef struct
{
  InbFactsSection section;
  char *label;
  char *value;
  gboolean is_id;
} InbTakeFact;

void inb_take_fact_free (InbTakeFact *self);
GPtrArray *inb_take_facts_list (InbJob *job, GPtrArray *attempts);
const char *inb_facts_section_get_title (InbFactsSection section);

G_END_DECLS
