/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/inb-money.h"

#include <glib/gi18n.h>

static char *
format_dollars (gint64 micros)
{
  g_autofree char *digits = g_strdup_printf ("%06" G_GINT64_FORMAT, micros % INB_MICROS_PER_DOLLAR);
  gsize length;

  for (length = 6; length > 2 && digits[length - 1] == '0'; length--)
    digits[length - 1] = '\0';
  return g_strdup_printf ("$%" G_GINT64_FORMAT ".%s", micros / INB_MICROS_PER_DOLLAR, digits);
}

/**
 * inb_money_format:
 * @micros: micro-dollars, ≥ 0; %INB_MICROS_UNKNOWN where no price is known
 *
 * Returns: (transfer full): "free", "$0.35", with more digits only where cents cannot say it
 * ("$0.0375"), or "price not published"
 */
char *
inb_money_format (gint64 micros)
{
  if (micros < 0)
    return g_strdup (_ ("price not published"));
  if (micros == 0)
    return g_strdup (_ ("free"));
  return format_dollars (micros);
}

/**
 * inb_money_format_sum:
 * @micros: micro-dollars, ≥ 0
 *
 * Returns: (transfer full): what was or may be spent; nothing is "$0.00", not a price
 */
char *
inb_money_format_sum (gint64 micros)
{
  return format_dollars (MAX (0, micros));
}

/**
 * inb_money_fits:
 * @micros: micro-dollars that may be spent now; 0 or less costs nothing
 * @spent_micros: what is spent or reserved already
 * @cap_micros: the most that may be; −1: there is no cap
 *
 * The one comparison behind every cap: exactly up to it is allowed.
 *
 * Returns: %TRUE if it may be spent
 */
gboolean
inb_money_fits (gint64 micros, gint64 spent_micros, gint64 cap_micros)
{
  return cap_micros < 0 || micros <= 0 || micros <= cap_micros - spent_micros;
}

/**
 * inb_money_parse:
 * @text: (nullable): dollars with a decimal point and at most six places, as a cap is typed: "2",
 * "0.35"
 * @micros: (out): micro-dollars, ≥ 0; untouched on failure
 *
 * Returns: %FALSE for anything else: a sign, a currency mark, more than a million dollars
 */
gboolean
inb_money_parse (const char *text, gint64 *micros)
{
  gint64 value = 0, scale = INB_MICROS_PER_DOLLAR;
  gboolean any = FALSE, fraction = FALSE;

  for (; text != NULL && *text != '\0'; text++)
    {
      if (*text == '.' && !fraction && any)
        {
          fraction = TRUE;
          any = FALSE;
          continue;
        }
      if (!g_ascii_isdigit (*text) || (fraction && scale == 1))
        return FALSE;
      any = TRUE;
      if (fraction)
        scale /= 10;
      value = value * 10 + (*text - '0');
      if (value > G_GINT64_CONSTANT (1000000) * INB_MICROS_PER_DOLLAR)
        return FALSE;
    }
  if (!any || value * scale > G_GINT64_CONSTANT (1000000) * INB_MICROS_PER_DOLLAR)
    return FALSE;
  *micros = value * scale;
  return TRUE;
}
