/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-effect.h"

/**
 * inb_effect_get_time:
 * @setup: the clip
 * @frame: number of a frame
 *
 * Returns: 0 in the first frame, 1 in the last; 0 where there is one frame only
 */
double
inb_effect_get_time (const InbEffectSetup *setup, guint frame)
{
  return setup->n_frames > 1 ? (double) frame / (setup->n_frames - 1) : 0.0;
}

/**
 * inb_effect_get_step_time:
 * @setup: the clip
 * @step: one of its steps, from 0
 * @frame: number of a frame
 *
 * Returns: 0 up to the step's first frame, 1 from its last on
 */
double
inb_effect_get_step_time (const InbEffectSetup *setup, guint step, guint frame)
{
  return CLAMP (inb_effect_get_time (setup, frame) * setup->prompt->n_steps - step, 0.0, 1.0);
}
