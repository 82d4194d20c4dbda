/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/inb-filter-button.h"
#include "ui/inb-take-list.h"

G_BEGIN_DECLS

void inb_take_filter_fill (InbFilterButton *button);
InbTakeFilter inb_take_filter_get (InbFilterButton *button);

G_END_DECLS
