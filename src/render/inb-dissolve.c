/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-dissolve.h"

/* Of a clip with a camera move: before and after the crossfade one photo stands alone, so that its
 * mirrored border never shows where it is the only one. Chosen by eye. */
#define FADE_FROM 0.25
#define FADE_TO 0.75

/**
 * inb_dissolve_get_weight:
 * @moves: whether the camera moves
 * @ease: how time runs
 * @t: 0…1, of the clip
 *
 * The push-through dissolve: both photos lie under one camera path, the start photo uncropped in
 * the first frame, the last photo uncropped in the last, and one fades into the other on the way.
 * The transition for two photos between which no motion is known.
 *
 * Returns: 0…1: how much of the last photo is seen: exactly 0 in the first frame, 1 in the last
 */
double
inb_dissolve_get_weight (gboolean moves, InbEase ease, double t)
{
  if (ease == INB_EASE_LINEAR)
    return t;
  if (moves)
    t = CLAMP ((t - FADE_FROM) / (FADE_TO - FADE_FROM), 0.0, 1.0);
  return t * t * (3.0 - 2.0 * t);
}
