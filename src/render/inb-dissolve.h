/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/inb-prompt.h"

G_BEGIN_DECLS

double inb_dissolve_get_weight (gboolean moves, InbEase ease, double t);

G_END_DECLS
