/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/inb-job.h"
#include "player/inb-player.h"

G_BEGIN_DECLS

#define INB_TYPE_STAGE (inb_stage_get_type ())
G_DECLARE_FINAL_TYPE (InbStage, inb_stage, INB, STAGE, AdwBin)

/* Actions: stage.toggle-play, stage.step (i: frames, back if negative), stage.first, stage.last.
 * They are enabled while a clip is on the stage; their keys work in the whole window, but not where
 * text is written. */
GtkWidget *inb_stage_new (void);
void inb_stage_set_job (InbStage *self, InbJob *job);
InbJob *inb_stage_get_job (InbStage *self);
InbPlayer *inb_stage_get_player (InbStage *self);

G_END_DECLS
