/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * InbPlayback:
 * @loop: whether the first frame follows the last; else the clip stands still there
 * @muted: whether its sound is off
 * @rate: speed, 0.25 to 4; 1 is the clip's own
 *
 * How clips are played. Plain data: copy by assignment.
 */
typedef struct
{
  gboolean loop;
  gboolean muted;
  double rate;
} InbPlayback;

#define INB_PLAYBACK_DEFAULT \
  {                          \
    TRUE, FALSE, 1.0         \
  }

G_END_DECLS
