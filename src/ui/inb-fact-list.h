/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_FACT_LIST (inb_fact_list_get_type ())
G_DECLARE_FINAL_TYPE (InbFactList, inb_fact_list, INB, FACT_LIST, AdwBin)

GtkWidget *inb_fact_list_new (void);
void inb_fact_list_set_facts (InbFactList *self, GPtrArray *facts);

G_END_DECLS
