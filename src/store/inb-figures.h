/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-figures.h"
#include "store/inb-store.h"

G_BEGIN_DECLS

gboolean inb_figures_read (InbStore *store, const char *provider, const char *model,
                           guint duration_s, InbFigures *figures);

G_END_DECLS
