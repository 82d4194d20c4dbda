/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/inb-planes.h"
#include "render/inb-resample.h"

G_BEGIN_DECLS

typedef enum
{
  INB_COVERAGE_NONE, /* transparent throughout */
  INB_COVERAGE_SOME,
  INB_COVERAGE_ALL, /* opaque throughout */
} InbCoverage;

typedef struct _InbCover InbCover;

InbCover *inb_cover_new (const InbPlane *alpha);
void inb_cover_free (InbCover *self);
InbCoverage inb_cover_find (const InbCover *self, const InbReach *reach);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbCover, inb_cover_free)

G_END_DECLS
