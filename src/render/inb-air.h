/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/inb-effect.h"

G_BEGIN_DECLS

typedef struct _InbAir InbAir;
typedef struct _InbAirFrame InbAirFrame;

gboolean inb_air_wants_product (const InbPrompt *prompt);
InbAir *inb_air_new (const InbEffectSetup *setup);
void inb_air_free (InbAir *self);
double inb_air_get_blur (const InbAir *self, guint frame, gboolean back);
gboolean inb_air_has_effects (const InbAir *self);

InbAirFrame *inb_air_begin (InbAir *self, const InbShot *shot, InbSource products[2]);
void inb_air_frame_apply (const InbAirFrame *self, const InbArea *area, gint16 *samples);
void inb_air_frame_free (InbAirFrame *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbAir, inb_air_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbAirFrame, inb_air_frame_free)

G_END_DECLS
