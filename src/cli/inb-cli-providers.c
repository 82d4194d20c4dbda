/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inb-cli.h"

#include <glib/gi18n.h>

#include "core/inb-error.h"
#include "core/inb-money.h"
#include "providers/inb-catalogue.h"
#include "render/inb-encoder.h"

static void
add_model (JsonBuilder *builder, const InbModel *model)
{
  json_builder_begin_object (builder);
  inb_json_add_string (builder, "id", model->id);
  inb_json_add_string (builder, "name", model->name);
  inb_json_add_string (builder, "resolution", model->resolution);
  json_builder_set_member_name (builder, "clip_micros");
  json_builder_begin_object (builder);
  for (guint i = 0; i < model->durations_s->len; i++)
    {
      guint duration_s = g_array_index (model->durations_s, guint, i);
      gint64 price = inb_model_get_price (model, duration_s);
      g_autofree char *name = g_strdup_printf ("%u", duration_s);

      json_builder_set_member_name (builder, name);
      if (price == INB_MICROS_UNKNOWN)
        json_builder_add_null_value (builder);
      else
        json_builder_add_int_value (builder, price);
    }
  json_builder_end_object (builder);
  for (guint i = 0; i < INB_N_FEATURES; i++)
    inb_json_add_string (builder, inb_feature_to_string ((InbFeature) i),
                         inb_capability_to_string (model->can[i]));
  json_builder_end_object (builder);
}

static void
add_provider (JsonBuilder *builder, const InbProvider *provider)
{
  json_builder_begin_object (builder);
  inb_json_add_string (builder, "id", provider->id);
  inb_json_add_string (builder, "name", provider->name);
  inb_json_add_string (builder, "site", provider->site);
  inb_json_add_int (builder, "prompt_chars", provider->prompt_chars);
  json_builder_set_member_name (builder, "models");
  json_builder_begin_array (builder);
  for (guint i = 0; i < provider->models->len; i++)
    add_model (builder, g_ptr_array_index (provider->models, i));
  json_builder_end_array (builder);
  inb_json_add_string (builder, "note", provider->note);
  json_builder_end_object (builder);
}

static void
print_model (const InbModel *model)
{
  g_print ("  %s: %s, %s\n", model->id, model->name, model->resolution);
  for (guint i = 0; i < model->durations_s->len; i++)
    {
      guint duration_s = g_array_index (model->durations_s, guint, i);
      g_autofree char *price = inb_money_format (inb_model_get_price (model, duration_s));

      /* Translators: seconds of a clip, its price. */
      g_print (_ ("    %u s: %s\n"), duration_s, price);
    }
  for (guint i = 0; i < INB_N_FEATURES; i++)
    g_print ("    %s: %s%s%s\n", inb_feature_to_string ((InbFeature) i),
             inb_capability_to_string (model->can[i]), model->reasons[i] != NULL ? ". " : "",
             model->reasons[i] != NULL ? model->reasons[i] : "");
}

static void
print_provider (const InbProvider *provider)
{
  g_print ("%s: %s\n", provider->id, provider->name);
  if (provider->note != NULL)
    g_print ("  %s\n", provider->note);
  for (guint i = 0; i < provider->models->len; i++)
    print_model (g_ptr_array_index (provider->models, i));
}

static int
list (gboolean json, GError **error)
{
  const GPtrArray *providers = inb_catalogue_get_providers (error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (providers == NULL)
    return -1;
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "providers");
  json_builder_begin_array (builder);
  for (guint i = 0; i < providers->len; i++)
    {
      const InbProvider *provider = g_ptr_array_index (providers, i);
      const InbModel *model = g_ptr_array_index (provider->models, 0);
      g_autofree char *price = inb_money_format (
          inb_model_get_price (model, g_array_index (model->durations_s, guint, 0)));

      add_provider (builder, provider);
      if (!json)
        g_print ("%-16s  %-20s  %s\n", provider->id, provider->name, price);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  if (json)
    inb_cli_print_json (builder);
  return 0;
}

static int
show (const InbProvider *provider, gboolean json)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (json)
    {
      add_provider (builder, provider);
      inb_cli_print_json (builder);
    }
  else
    print_provider (provider);
  return 0;
}

/* The local engine can serve if there is an encoder to write its clips with. */
static int
check (const InbProvider *provider, gboolean json, GError **error)
{
  const char *container = inb_encoder_choose_container (error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (container == NULL)
    return -1;
  if (!json)
    {
      /* Translators: a provider, a kind of video file. */
      g_print (_ ("%s is ready and writes %s files.\n"), provider->name, container);
      return 0;
    }
  json_builder_begin_object (builder);
  inb_json_add_string (builder, "id", provider->id);
  inb_json_add_boolean (builder, "ready", TRUE);
  inb_json_add_string (builder, "container", container);
  json_builder_end_object (builder);
  inb_cli_print_json (builder);
  return 0;
}

static int
run (char **words, gboolean json, GError **error)
{
  guint n_words = words != NULL ? g_strv_length (words) : 0;
  const char *name = n_words > 0 ? words[0] : "list";
  const InbProvider *provider;

  if (g_str_equal (name, "list") && n_words < 2)
    return list (json, error);
  if (n_words != 2 || (!g_str_equal (name, "show") && !g_str_equal (name, "check")))
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_BAD_INPUT,
                           _ ("Give one of: list, show ID, check ID. “inbetween-cli providers "
                              "--help” explains them."));
      return -1;
    }
  provider = inb_catalogue_find (words[1], error);
  if (provider == NULL)
    return -1;
  return g_str_equal (name, "show") ? show (provider, json) : check (provider, json, error);
}

/**
 * inb_cli_providers:
 * @argc: arguments
 * @argv: the arguments, the command's name first
 *
 * Returns: 0; 1 if the provider that is checked cannot serve; 2 for a wrong usage
 */
int
inb_cli_providers (int argc, char **argv)
{
  g_auto (GStrv) words = NULL;
  gboolean json = FALSE;
  gboolean wants_json = inb_cli_wants_json (argc, argv);
  g_autoptr (GOptionContext) context = g_option_context_new (_ ("[list | show ID | check ID]"));
  GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print one JSON document"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &words, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  GError *error = NULL;
  int status = -1;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_summary (
      context, _ ("Lists who can make clips, with the price of the shortest.\n\n"
                  "  list     all of them (also without a word)\n"
                  "  show     what one of them can do, what it costs, and why not\n"
                  "  check    whether it could make a clip now; costs nothing"));
  if (inb_cli_parse (context, &argc, &argv, &error))
    status = run (words, json, &error);
  return status >= 0 ? status : inb_cli_fail (error, wants_json);
}
