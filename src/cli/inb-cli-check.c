/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inb-cli-check.h"

#include "cli/inb-cli.h"
#include "jobs/inb-key-check.h"

#define NO_KEY 2

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
print_json (const InbProvider *provider, const InbKeyReport *report)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  inb_json_add_string (builder, "id", provider->id);
  inb_json_add_boolean (builder, "ready", TRUE);
  inb_json_add_boolean (builder, "checked", report->checked);
  inb_json_add_string (builder, "key_source", inb_key_source_to_string (report->source));
  json_builder_set_member_name (builder, "balance_micros");
  if (report->knows_balance)
    json_builder_add_int_value (builder, report->balance_micros);
  else
    json_builder_add_null_value (builder);
  json_builder_end_object (builder);
  inb_cli_print_json (builder);
}

static void
print (const InbProvider *provider, const InbKeyReport *report, gboolean json)
{
  g_autofree char *words = inb_key_check_dup_words (provider, report);

  if (json)
    print_json (provider, report);
  else
    g_print ("%s\n", words);
}

/**
 * inb_cli_check:
 * @provider: a hosted provider
 * @json: whether to print one JSON document
 *
 * Asks the service something that is free and that only a good key gets an answer to.
 *
 * Returns: the exit status: 0 the key is good, or the service has no free way to try it; 1 it is
 * refused, or the service could not be reached; 2 there is no key
 */
int
inb_cli_check (const InbProvider *provider, gboolean json)
{
  GMainContext *context = g_main_context_new ();
  g_autoptr (GAsyncResult) result = NULL;
  InbKeyReport report = { 0 };
  GError *error = NULL;
  gboolean good;

  g_main_context_push_thread_default (context);
  inb_key_check_async (provider, NULL, answered_cb, &result);
  while (result == NULL)
    g_main_context_iteration (context, TRUE);
  good = inb_key_check_finish (result, &report, &error);
  g_clear_object (&result);
  while (g_main_context_iteration (context, FALSE))
    ;
  g_main_context_pop_thread_default (context);
  g_main_context_unref (context);
  if (good)
    {
      print (provider, &report, json);
      return 0;
    }
  inb_cli_fail (error, json);
  return report.source == INB_KEY_NONE ? NO_KEY : 1;
}
