/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/inb-store.h"

#include <glib/gi18n.h>

#include "core/inb-error.h"
#include "core/inb-money.h"
#include "store/inb-settings.h"

static gint64
get_midnight_us (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) midnight =
      g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now),
                             g_date_time_get_day_of_month (now), 0, 0, 0.0);

  return g_date_time_to_unix (midnight) * G_USEC_PER_SEC;
}

/**
 * inb_store_get_spent_today:
 * @self: a store
 *
 * What the jobs asked for since local midnight cost or may cost: what was charged where that is
 * known, else what was reserved; nothing for one that ended free of charge.
 *
 * Returns: micro-dollars
 */
gint64
inb_store_get_spent_today (InbStore *self)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT coalesce(sum(CASE WHEN charged = 'no' AND finished_us > 0 THEN 0 "
                       "ELSE coalesce(actual_micros, reserve_micros) END), 0) FROM jobs "
                       "WHERE provider <> 'local' AND created_us >= %" G_GINT64_FORMAT,
                       get_midnight_us ());

  return inb_database_get_int (inb_store_get_database (self), sql);
}

static gboolean
check_request (InbStore *self, gint64 reserve_micros, GError **error)
{
  gint64 cap = inb_settings_get_max_cost (self);
  g_autofree char *cap_text = NULL;
  g_autofree char *cost_text = NULL;

  if (inb_money_fits (reserve_micros, 0, cap))
    return TRUE;
  cap_text = inb_money_format_sum (cap);
  cost_text = inb_money_format (reserve_micros);
  /* Translators: two sums of money. */
  g_set_error (error, INB_ERROR, INB_ERROR_CAP,
               _ ("This may cost %s. A request may cost at most %s. Nothing was sent or charged; "
                  "raise the cap or ask for fewer takes."),
               cost_text, cap_text);
  return FALSE;
}

/**
 * inb_store_check_cap:
 * @self: a store
 * @reserve_micros: what is about to be added, all takes together
 * @error: %INB_ERROR_CAP, with what is spent and what the cap is
 *
 * Returns: %TRUE if the caps of a request and of the day, where a person set them, allow it
 */
gboolean
inb_store_check_cap (InbStore *self, gint64 reserve_micros, GError **error)
{
  gint64 cap = inb_settings_get_day_cap (self);
  gint64 spent = inb_store_get_spent_today (self);
  g_autofree char *cap_text = NULL;
  g_autofree char *spent_text = NULL;
  g_autofree char *cost_text = NULL;

  if (!check_request (self, reserve_micros, error))
    return FALSE;
  if (inb_money_fits (reserve_micros, spent, cap))
    return TRUE;
  cap_text = inb_money_format_sum (cap);
  spent_text = inb_money_format_sum (spent);
  cost_text = inb_money_format (reserve_micros);
  /* Translators: three sums of money. */
  g_set_error (error, INB_ERROR, INB_ERROR_CAP,
               _ ("This may cost %s. Today's cap is %s, of which %s are spent or reserved. Nothing "
                  "was sent or charged; raise the cap or wait until tomorrow."),
               cost_text, cap_text, spent_text);
  return FALSE;
}
