/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "jobs/inb-checks.h"

G_BEGIN_DECLS

#define INB_TYPE_CHECKS_LIST (inb_checks_list_get_type ())
G_DECLARE_FINAL_TYPE (InbChecksList, inb_checks_list, INB, CHECKS_LIST, AdwBin)

GtkWidget *inb_checks_list_new (void);
void inb_checks_list_set_checks (InbChecksList *self, const GPtrArray *checks);

G_END_DECLS
