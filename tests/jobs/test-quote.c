/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-quote.h"

#include "core/inb-error.h"
#include "core/inb-money.h"
#include "jobs-tools.h"
#include "jobs/inb-changes.h"
#include "providers/inb-catalogue.h"
#include "store/inb-paths.h"
#include "store/inb-settings.h"

#define NONE (-1)
#define CENTS(n) (G_GINT64_CONSTANT (n) * 10000)

typedef struct
{
  const char *provider;
  const char *model;
  const char *route;
  guint duration_s;
  guint takes;
  guint spent_clips; /* of $0.35 */
  gint64 day_cap;
  gint64 order_cap;
  const char *label;
  gint64 rows_micros; /* sum of the rows' estimates; −1: none is published; −2: refused */
} Golden;

/* Prices: WaveSpeed, eachlabs, fal $0.35 for 5 s and $0.70 for 10 s (the seeds' pages); Kling's own
 * $0.21 and $0.42 for the standard model; the gateway, Novita, Highway and Replicate publish none.
 */
static const Golden golden[] = {
  { "local", NULL, NULL, 5, 1, 0, NONE, NONE, "Generate · free", 0 },
  { "local", NULL, NULL, 10, 3, 0, NONE, NONE, "Generate 3 clips · free", 0 },
  { "local", NULL, NULL, 10, 4, 2, 0, 0, "Generate 4 clips · free", 0 },
  { "wavespeed", NULL, NULL, 5, 1, 0, NONE, NONE, "Generate · $0.35", CENTS (35) },
  { "wavespeed", NULL, NULL, 5, 3, 0, NONE, NONE, "Generate 3 clips · $1.05", CENTS (105) },
  { "wavespeed", NULL, NULL, 10, 1, 0, NONE, NONE, "Generate · $0.70", CENTS (70) },
  { "wavespeed", NULL, NULL, 10, 4, 0, NONE, NONE, "Generate 4 clips · $2.80", CENTS (280) },
  { "wavespeed", NULL, NULL, 5, 2, 0, CENTS (70), NONE, "Generate 2 clips · $0.70", CENTS (70) },
  { "wavespeed", NULL, NULL, 5, 2, 0, CENTS (69), NONE, "Over today's cap…", -2 },
  { "wavespeed", NULL, NULL, 5, 2, 1, CENTS (105), NONE, "Generate 2 clips · $0.70", CENTS (70) },
  { "wavespeed", NULL, NULL, 5, 2, 2, CENTS (105), NONE, "Over today's cap…", -2 },
  { "wavespeed", NULL, NULL, 5, 1, 0, 0, NONE, "Over today's cap…", -2 },
  { "wavespeed", NULL, NULL, 5, 4, 0, NONE, CENTS (140), "Generate 4 clips · $1.40", CENTS (140) },
  { "wavespeed", NULL, NULL, 5, 4, 0, NONE, CENTS (139), "Over the cap of one order…", -2 },
  { "wavespeed", "kling-v2.5-turbo-std", NULL, 5, 1, 0, NONE, NONE,
    "Generate · price not published", -1 },
  { "eachlabs", NULL, NULL, 5, 1, 0, NONE, NONE, "Generate · $0.35", CENTS (35) },
  { "eachlabs", NULL, NULL, 10, 2, 0, NONE, NONE, "Generate 2 clips · $1.40", CENTS (140) },
  { "fal", NULL, NULL, 10, 3, 0, NONE, NONE, "Generate 3 clips · $2.10", CENTS (210) },
  { "kling", NULL, NULL, 5, 1, 0, NONE, NONE, "Generate · $0.35", CENTS (35) },
  { "kling", "kling-v2-5-turbo-std", NULL, 5, 3, 0, NONE, NONE, "Generate 3 clips · $0.63",
    CENTS (63) },
  { "kling", "kling-v2-5-turbo-std", NULL, 10, 1, 0, NONE, NONE, "Generate · $0.42", CENTS (42) },
  { "novita", NULL, NULL, 5, 1, 0, NONE, NONE, "Generate · price not published", -1 },
  { "highway", NULL, NULL, 10, 2, 0, NONE, NONE, "Generate 2 clips · price not published", -1 },
  { "replicate", NULL, NULL, 5, 4, 0, NONE, NONE, "Generate 4 clips · price not published", -1 },
  { "vercel-gateway", NULL, NULL, 10, 1, 0, CENTS (70), NONE, "Generate · price not published",
    -1 },
  { "vercel-gateway", NULL, NULL, 10, 1, 0, CENTS (69), NONE, "Over today's cap…", -2 },
  { "novita", NULL, NULL, 5, 2, 0, NONE, CENTS (69), "Over the cap of one order…", -2 },
  { "kling", "kling-v2-5-turbo-std", "wavespeed", 5, 2, 0, NONE, NONE,
    "Generate 2 clips · at most $0.70", CENTS (42) },
  { "wavespeed", NULL, "eachlabs", 5, 1, 0, NONE, NONE, "Generate · $0.35", CENTS (35) },
  { "wavespeed", NULL, "novita", 5, 1, 0, NONE, NONE, "Generate · price not published",
    CENTS (35) },
};

static void
take_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
is_there (gpointer data)
{
  return *(gpointer *) data != NULL;
}

static GPtrArray *
add (const char *root, const InbRequest *request, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  inb_changes_add_async (root, request, NULL, NULL, 0, NULL, NULL, take_result_cb, &result);
  jobs_tools_iterate_until (is_there, &result);
  return inb_changes_add_finish (result, error);
}

static void
set_caps (const char *root, const Golden *row)
{
  g_autoptr (InbStore) store = inb_store_open (root, INB_DATABASE_WRITE, NULL);

  g_assert_true (inb_settings_set_day_cap (store, row->day_cap, NULL));
}

static gint64
get_spent (const char *root)
{
  g_autoptr (InbStore) store = inb_store_open (root, INB_DATABASE_READ, NULL);

  return inb_store_get_spent_today (store);
}

static void
assert_rows (const char *root, const GPtrArray *ids, const Golden *row, const InbQuote *quote)
{
  g_autoptr (InbStore) store = inb_store_open (root, INB_DATABASE_READ, NULL);
  gint64 sum = 0;

  g_assert_cmpuint (ids->len, ==, row->takes);
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (GError) error = NULL;
      InbRow *found = inb_store_get (store, g_ptr_array_index (ids, i), &error);
      gint64 estimate;

      g_assert_no_error (error);
      estimate = inb_job_get_estimate (found->job);
      sum = estimate < 0 ? estimate : sum + estimate;
      inb_row_free (found);
    }
  g_assert_cmpint (sum, ==, row->rows_micros);
  if (row->route == NULL) /* of a route the dearest is shown, the first is written */
    {
      g_autofree char *price = inb_money_format (sum);

      g_assert_cmpint (sum, ==, quote->order_micros);
      g_assert_true (g_str_has_suffix (row->label, price));
    }
}

static void
ask (gconstpointer data)
{
  const Golden *row = data;
  g_autoptr (JobsRoot) root = jobs_tools_make_root ();
  g_autoptr (InbRequest) request = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) ids = NULL;
  g_autofree char *label = NULL;
  InbBudget budget = INB_BUDGET_INIT;
  InbQuote quote;

  g_assert_true (inb_paths_make (root, NULL));
  request = jobs_tools_make_request (root);
  g_free (request->provider);
  request->provider = g_strdup ("wavespeed");
  for (guint i = 0; i < row->spent_clips; i++)
    {
      g_autoptr (GPtrArray) spent = add (root, request, &error);

      g_assert_no_error (error);
    }
  g_free (request->provider);
  request->provider = g_strdup (row->provider);
  request->model = g_strdup (row->model);
  request->route = g_strdup (row->route);
  request->duration_s = row->duration_s;
  request->takes = row->takes;
  set_caps (root, row);

  budget.day_cap_micros = row->day_cap;
  budget.order_cap_micros = row->order_cap;
  budget.spent_micros = get_spent (root);
  g_assert_cmpint (budget.spent_micros, ==, row->spent_clips * CENTS (35));
  g_assert_true (inb_quote_init (&quote, request, &budget, NULL));
  label = inb_quote_dup_label (&quote);
  g_assert_cmpstr (label, ==, row->label);
  g_assert_cmpint (inb_quote_is_over (&quote), ==, row->rows_micros == -2);
  if (quote.verdict == INB_QUOTE_OVER_ORDER)
    return;

  ids = add (root, request, &error);
  if (row->rows_micros == -2)
    {
      g_assert_error (error, INB_ERROR, INB_ERROR_CAP);
      g_assert_cmpint (get_spent (root), ==, budget.spent_micros);
      return;
    }
  g_assert_no_error (error);
  assert_rows (root, ids, row, &quote);
  g_assert_cmpint (get_spent (root) - budget.spent_micros, ==, quote.reserve_micros);
}

static InbQuote
quote_wavespeed (guint takes, const InbBudget *budget)
{
  g_autoptr (InbRequest) request = inb_request_new ();
  InbQuote quote;

  g_free (request->provider);
  request->provider = g_strdup ("wavespeed");
  request->takes = takes;
  g_assert_true (inb_quote_init (&quote, request, budget, NULL));
  return quote;
}

static void
test_quote_says_how_many_takes_the_caps_leave (void)
{
  InbBudget budget = { .spent_micros = CENTS (35),
                       .day_cap_micros = CENTS (120),
                       .order_cap_micros = -1 };
  InbQuote quote = quote_wavespeed (4, &budget);
  g_autofree char *day = inb_quote_dup_refusal (&quote, &budget);
  g_autofree char *order = NULL;

  g_assert_cmpstr (
      day, ==, "This may cost $1.40. Today's cap is $1.20, of which $0.35 are spent or reserved.");
  g_assert_cmpuint (inb_quote_get_affordable_takes (&quote, &budget), ==, 2);
  budget.day_cap_micros = CENTS (69);
  g_assert_cmpuint (inb_quote_get_affordable_takes (&quote, &budget), ==, 0);
  budget = (InbBudget){ .day_cap_micros = -1, .order_cap_micros = CENTS (100) };
  quote = quote_wavespeed (3, &budget);
  order = inb_quote_dup_refusal (&quote, &budget);
  g_assert_cmpstr (order, ==, "This may cost $1.05. The cap of one order is $1.00.");
  g_assert_cmpuint (inb_quote_get_affordable_takes (&quote, &budget), ==, 2);
}

static void
assert_day (const char *provider, gint64 spent, gint64 cap, const char *words)
{
  InbBudget budget = { .spent_micros = spent, .day_cap_micros = cap, .order_cap_micros = -1 };
  g_autofree char *text = inb_quote_dup_day (inb_catalogue_find (provider, NULL), &budget);

  g_assert_cmpstr (text, ==, words);
}

static void
test_quote_tells_what_was_spent_today (void)
{
  assert_day ("wavespeed", CENTS (140), CENTS (1000), "WaveSpeedAI · $1.40 of $10.00 today");
  assert_day ("wavespeed", 0, CENTS (1000), "WaveSpeedAI · $0.00 of $10.00 today");
  assert_day ("wavespeed", CENTS (35), -1, "WaveSpeedAI · $0.35 today");
  assert_day ("local", CENTS (140), CENTS (1000), "Local engine · free");
}

static void
test_quote_of_nobody_is_none (void)
{
  g_autoptr (InbRequest) request = inb_request_new ();
  InbBudget budget = INB_BUDGET_INIT;
  g_autoptr (GError) error = NULL;
  InbQuote quote;

  g_free (request->provider);
  request->provider = g_strdup ("nobody");
  g_assert_false (inb_quote_init (&quote, request, &budget, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_BAD_INPUT);
}

int
main (int argc, char **argv)
{
  static const char *const keys[] = { "AI_GATEWAY_API_KEY", "WAVESPEED_API_KEY",
                                      "EACHLABS_API_KEY",   "FAL_KEY",
                                      "KLINGAI_API_KEY",    "NOVITA_API_KEY",
                                      "HIGHWAY_API_KEY",    "REPLICATE_API_TOKEN" };

  jobs_tools_init (&argc, &argv);
  g_unsetenv ("INBETWEEN_BASE_URL_FAL");
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    g_setenv (keys[i], "a-key-of-a-test-0123456789", TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (golden); i++)
    {
      g_autofree char *path =
          g_strdup_printf ("/quote/golden/%02" G_GSIZE_FORMAT "-%s", i + 1, golden[i].provider);

      g_test_add_data_func (path, &golden[i], ask);
    }
  g_test_add_func ("/quote/how-many-takes-the-caps-leave",
                   test_quote_says_how_many_takes_the_caps_leave);
  g_test_add_func ("/quote/what-was-spent-today", test_quote_tells_what_was_spent_today);
  g_test_add_func ("/quote/of-nobody-is-none", test_quote_of_nobody_is_none);
  return jobs_tools_run ();
}
