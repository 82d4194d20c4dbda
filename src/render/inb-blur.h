/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/inb-planes.h"
#include "render/inb-resample.h"

G_BEGIN_DECLS

InbPlane *inb_blur_plane (const InbPlane *plane, double sigma);
InbSampler *inb_blur_sampler_new (const InbPlane *blurred, guint width, guint height);

G_END_DECLS
