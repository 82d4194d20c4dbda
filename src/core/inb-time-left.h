/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * InbTimeLeft:
 * @typical_us: µs such work takes from experience; −1 where there is none
 * @began_us: wall clock of the work that is followed, µs since 1970; 0 while there is none
 * @left_us: µs that were said to be left, which never grows; −1 where nothing honest can be said
 * @fraction: 0…1 for a bar, which never falls; −1 where there is nothing to draw
 *
 * What is said of one piece of work while it goes on. Plain data; begin with %INB_TIME_LEFT_INIT.
 */
typedef struct
{
  gint64 typical_us;
  gint64 began_us;
  gint64 left_us;
  double fraction;
} InbTimeLeft;

#define INB_TIME_LEFT_INIT \
  {                        \
    -1, 0, -1, -1.0        \
  }

void inb_time_left_follow (InbTimeLeft *self, gint64 began_us, gint64 now_us, double progress);
char *inb_time_left_dup_words (const InbTimeLeft *self);

G_END_DECLS
