/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Money is whole micro-dollars (10⁻⁶ USD): a price of $0.07 a second is exact, a sum never drifts.
 */
#define INB_MICROS_PER_DOLLAR G_GINT64_CONSTANT (1000000)
#define INB_MICROS_UNKNOWN G_GINT64_CONSTANT (-1)

char *inb_money_format (gint64 micros);
char *inb_money_format_sum (gint64 micros);
gboolean inb_money_fits (gint64 micros, gint64 spent_micros, gint64 cap_micros);
gboolean inb_money_parse (const char *text, gint64 *micros);

G_END_DECLS
