/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-canvas.h"
#include "photo/inb-backdrop.h"

G_BEGIN_DECLS

InbPixels *inb_extend_paint (const InbPixels *photo, const InbBackdrop *backdrop,
                             const InbCanvas *canvas);

G_END_DECLS
