/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/inb-time-left.h"

#include <glib/gi18n.h>

/* before so much of it nothing can be told from its pace: chosen */
#define LEAST_ELAPSED_US (3 * G_USEC_PER_SEC)
#define LEAST_PROGRESS 0.02
/* what is left is no number any more: chosen */
#define ALMOST_US (3 * G_USEC_PER_SEC)

/* µs the whole of it takes: from its own pace the more of it is done, from experience before; −1
 * not known */
static double
guess_total (gint64 typical_us, gint64 elapsed_us, double progress)
{
  gboolean has_pace = elapsed_us >= LEAST_ELAPSED_US && progress >= LEAST_PROGRESS;
  double pace = has_pace ? (double) elapsed_us / progress : -1.0;
  double weight = MIN (1.0, 2.0 * progress);

  if (typical_us <= 0)
    return pace;
  return has_pace ? weight * pace + (1.0 - weight) * (double) typical_us : (double) typical_us;
}

/**
 * inb_time_left_follow:
 * @self: what was said of it until now
 * @began_us: wall clock when the work began, µs since 1970; another than before is other work
 * @now_us: wall clock, µs since 1970
 * @progress: 0…1 of the work; −1 where nobody tells
 *
 * Looks again. Without @progress and without experience there is nothing to say. Work that takes
 * longer than expected stays at “Almost done” and a full bar.
 */
void
inb_time_left_follow (InbTimeLeft *self, gint64 began_us, gint64 now_us, double progress)
{
  gint64 elapsed_us = MAX (0, now_us - began_us), left_us;
  double total, fraction;

  if (began_us != self->began_us)
    *self = (InbTimeLeft){ self->typical_us, began_us, -1, -1.0 };
  if (began_us == 0)
    return;
  total = guess_total (self->typical_us, elapsed_us, progress);
  fraction = progress >= 0.0 ? MIN (progress, 1.0)
             : total > 0.0   ? MIN (1.0, (double) elapsed_us / total)
                             : -1.0;
  self->fraction = MAX (self->fraction, fraction);
  if (total < 0.0 && progress < 0.995)
    return;
  left_us = progress >= 0.995 ? 0 : (gint64) total - elapsed_us;
  if (left_us < ALMOST_US)
    left_us = 0;
  self->left_us = self->left_us < 0 ? left_us : MIN (self->left_us, left_us);
}

/**
 * inb_time_left_dup_words:
 * @self: what is said of the work
 *
 * Returns: (transfer full) (nullable): "About 2 minutes left" in round figures that do not flicker;
 * "Almost done" for the last seconds; %NULL while nothing honest can be said
 */
char *
inb_time_left_dup_words (const InbTimeLeft *self)
{
  double left_s = (double) self->left_us / G_USEC_PER_SEC;
  guint minutes, seconds;

  if (self->left_us < 0)
    return NULL;
  if (self->left_us < ALMOST_US)
    return g_strdup (_ ("Almost done"));
  if (left_s < 55.0)
    {
      seconds = 5 * (guint) ((left_s + 4.999) / 5.0);
      return g_strdup_printf (ngettext ("About %u second left", "About %u seconds left", seconds),
                              seconds);
    }
  minutes = MAX (1, (guint) ((left_s + 29.0) / 60.0));
  return g_strdup_printf (ngettext ("About %u minute left", "About %u minutes left", minutes),
                          minutes);
}
