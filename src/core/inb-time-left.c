/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/inb-time-left.h"

#include <glib/gi18n.h>

/**
 * inb_time_left_format:
 * @elapsed_us: µs since the work began, ≥ 0
 * @progress: 0…1, how much of it is done
 *
 * Returns: (transfer full) (nullable): "About 2 minutes left" by the pace so far, in round figures
 * that do not flicker; "Almost done" for the last seconds; %NULL while nothing honest can be said
 * (under 3 s or 2 %)
 */
char *
inb_time_left_format (gint64 elapsed_us, double progress)
{
  double left_s;
  guint minutes, seconds;

  if (progress >= 0.995)
    return g_strdup (_ ("Almost done"));
  if (elapsed_us < 3 * G_USEC_PER_SEC || progress < 0.02)
    return NULL;
  left_s = (double) elapsed_us / G_USEC_PER_SEC * (1.0 - progress) / progress;
  if (left_s < 3.0)
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
