/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inb-cli-cap.h"

#include <glib/gi18n.h>

#include "cli/inb-cli-job.h"
#include "cli/inb-cli.h"
#include "core/inb-money.h"
#include "store/inb-paths.h"
#include "store/inb-settings.h"

static gboolean
set_cap (InbStore *store, const char *option, const char *text, GError **error)
{
  gint64 micros = -1;

  if (!g_str_equal (text, "none") && !inb_money_parse (text, &micros))
    return inb_cli_refuse (error, option, text, _ ("dollars, such as 5.00, or “none”"));
  return g_str_equal (option, "--day") ? inb_settings_set_day_cap (store, micros, error)
                                       : inb_settings_set_max_cost (store, micros, error);
}

static void
print_cap (InbStore *store, gboolean json)
{
  gint64 cap = inb_settings_get_day_cap (store);
  gint64 request = inb_settings_get_max_cost (store);
  gint64 spent = inb_store_get_spent_today (store);
  g_autofree char *request_text = request >= 0 ? inb_money_format_sum (request) : NULL;
  g_autofree char *cap_text = inb_money_format_sum (cap);
  g_autofree char *spent_text = inb_money_format_sum (spent);
  g_autoptr (JsonBuilder) builder = NULL;

  if (json)
    {
      builder = json_builder_new ();
      json_builder_begin_object (builder);
      inb_cli_job_add_micros (builder, "day_cap_micros", cap);
      inb_cli_job_add_micros (builder, "request_cap_micros", request);
      inb_cli_job_add_micros (builder, "spent_today_micros", spent);
      json_builder_end_object (builder);
      inb_cli_print_json (builder);
      return;
    }
  if (request_text != NULL)
    g_print (_ ("At most %s a request.\n"), request_text);
  if (cap < 0)
    g_print (_ ("No cap is set; %s are spent or reserved today.\n"), spent_text);
  else
    g_print (_ ("At most %s a day; %s are spent or reserved today.\n"), cap_text, spent_text);
}

/**
 * inb_cli_cap:
 * @root: the data folder
 * @day: (nullable): the new cap of a day in dollars, "none" for no cap; %NULL leaves it
 * @request: (nullable): the same of one request with all its takes
 * @json: whether to print one JSON document
 *
 * Returns: the exit status
 */
int
inb_cli_cap (const char *root, const char *day, const char *request, gboolean json)
{
  GError *error = NULL;
  g_autoptr (InbStore) store = inb_store_open (root, INB_DATABASE_WRITE, &error);

  if (store == NULL || (day != NULL && !set_cap (store, "--day", day, &error)) ||
      (request != NULL && !set_cap (store, "--request", request, &error)))
    return inb_cli_fail (error, json);
  print_cap (store, json);
  return 0;
}
