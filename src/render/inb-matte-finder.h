/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/inb-matte.h"

G_BEGIN_DECLS

InbMatte *inb_matte_find (const InbPixels *photo, guint n_threads);

G_END_DECLS
