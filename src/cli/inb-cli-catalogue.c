/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inb-cli-catalogue.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cli/inb-cli.h"
#include "core/inb-money.h"
#include "providers/inb-catalogue.h"
#include "providers/inb-words.h"

#define HOUR_S 3600
#define DAY_S 86400

static char *
dup_kept (const InbProvider *provider)
{
  gint64 kept = provider->service != NULL ? provider->service->result_lifetime_s : 0;

  if (provider->service == NULL)
    return g_strdup (_ ("here"));
  if (kept == 0)
    return g_strdup (_ ("not stated"));
  if (kept < 2 * DAY_S)
    return g_strdup_printf (ngettext ("%d hour", "%d hours", (gulong) (kept / HOUR_S)),
                            (int) (kept / HOUR_S));
  return g_strdup_printf (ngettext ("%d day", "%d days", (gulong) (kept / DAY_S)),
                          (int) (kept / DAY_S));
}

/* "$0.35 / $0.70": of each duration of a model, in its order */
static char *
dup_prices (const InbModel *model)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < model->durations_s->len; i++)
    {
      gint64 micros = g_array_index (model->prices, gint64, i);
      g_autofree char *price = inb_money_format (micros);

      if (i > 0 && micros == g_array_index (model->prices, gint64, i - 1))
        continue;
      g_string_append_printf (text, "%s%s", i > 0 ? " / " : "", price);
    }
  return g_strdup (text->str);
}

static char *
dup_cell (const InbProvider *provider, const InbModel *model, guint column)
{
  switch (column)
    {
    case 0:
      return g_strdup (provider->id);
    case 1:
      return g_strdup (inb_provider_get_name (provider));
    case 2:
      return g_strdup (model->id);
    case 3:
      return g_strdup (model->resolution);
    case 4:
      return dup_prices (model);
    case 5:
      return g_strdup (inb_capability_get_words (model->can[INB_FEATURE_LAST_FRAME]));
    case 6:
      return g_strdup (inb_capability_get_words (model->can[INB_FEATURE_GUIDANCE]));
    default:
      return dup_kept (provider);
    }
}

#define N_COLUMNS 8

static void
add_rows (GPtrArray *cells, const InbProvider *provider)
{
  for (guint i = 0; i < provider->models->len; i++)
    for (guint column = 0; column < N_COLUMNS; column++)
      g_ptr_array_add (cells, dup_cell (provider, g_ptr_array_index (provider->models, i), column));
}

/* @cells: rows of N_COLUMNS texts; each column as wide as its widest */
static void
print_table (const GPtrArray *cells, const GPtrArray *remarks)
{
  glong widths[N_COLUMNS] = { 0 };

  for (guint i = 0; i < cells->len; i++)
    widths[i % N_COLUMNS] =
        MAX (widths[i % N_COLUMNS], g_utf8_strlen (g_ptr_array_index (cells, i), -1));
  for (guint i = 0; i < cells->len; i++)
    {
      const char *cell = g_ptr_array_index (cells, i);
      gboolean last = i % N_COLUMNS == N_COLUMNS - 1;
      int blanks = last ? 0 : (int) (widths[i % N_COLUMNS] - g_utf8_strlen (cell, -1)) + 2;
      const char *remark = g_ptr_array_index (remarks, i / N_COLUMNS);

      g_print ("%s%*s", cell, blanks, "");
      if (last)
        g_print ("%s%s\n", *remark != '\0' ? "  " : "", remark);
    }
}

static void
print_list (const GPtrArray *providers)
{
  /* Translators: heads of columns; the last is how long a service keeps a clip. */
  const char *const heads[N_COLUMNS] = { _ ("provider"),   _ ("name"),     _ ("model"),
                                         _ ("resolution"), _ ("a clip"),   _ ("last frame"),
                                         _ ("guidance"),   _ ("clip kept") };
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) remarks = g_ptr_array_new ();

  for (guint column = 0; column < N_COLUMNS; column++)
    g_ptr_array_add (cells, g_strdup (heads[column]));
  g_ptr_array_add (remarks, (gpointer) "");
  for (guint i = 0; i < providers->len; i++)
    {
      const InbProvider *provider = g_ptr_array_index (providers, i);

      add_rows (cells, provider);
      for (guint j = 0; j < provider->models->len; j++)
        g_ptr_array_add (remarks, (gpointer) (provider->own ? _ ("unverified") : ""));
    }
  print_table (cells, remarks);
}

static void
add_faults (JsonBuilder *builder)
{
  const GPtrArray *faults = inb_catalogue_get_faults ();

  json_builder_set_member_name (builder, "faults");
  json_builder_begin_array (builder);
  for (guint i = 0; i < faults->len; i++)
    json_builder_add_string_value (builder, ((GError *) g_ptr_array_index (faults, i))->message);
  json_builder_end_array (builder);
}

/**
 * inb_cli_catalogue_list:
 * @json: whether as one JSON document
 * @error: %INB_ERROR_BAD_INPUT for a fault in the program's own files
 *
 * Prints all providers; faults of a person's own files go to standard error.
 *
 * Returns: 0, or −1 after an error
 */
int
inb_cli_catalogue_list (gboolean json, GError **error)
{
  const GPtrArray *providers = inb_catalogue_get_providers (error);
  const GPtrArray *faults = inb_catalogue_get_faults ();
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (providers == NULL)
    return -1;
  for (guint i = 0; i < faults->len; i++)
    inb_cli_say ("%s", ((GError *) g_ptr_array_index (faults, i))->message);
  if (!json)
    {
      print_list (providers);
      return 0;
    }
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "providers");
  json_builder_begin_array (builder);
  for (guint i = 0; i < providers->len; i++)
    inb_cli_catalogue_add_json (builder, g_ptr_array_index (providers, i));
  json_builder_end_array (builder);
  add_faults (builder);
  json_builder_end_object (builder);
  inb_cli_print_json (builder);
  return 0;
}

static void
print_model (const InbModel *model)
{
  g_print ("  %s: %s, %s\n", model->id, inb_model_get_name (model), model->resolution);
  for (guint i = 0; i < model->durations_s->len; i++)
    {
      guint duration_s = g_array_index (model->durations_s, guint, i);
      g_autofree char *price = inb_money_format (inb_model_get_price (model, duration_s));

      /* Translators: seconds of a clip, its price. */
      g_print (_ ("    %u s: %s\n"), duration_s, price);
    }
  if (model->price_source != NULL)
    /* Translators: who says what a clip costs. */
    g_print (_ ("    price: %s\n"), inb_words_translate (model->price_source));
  for (guint i = 0; i < INB_N_FEATURES; i++)
    g_print ("    %s: %s%s%s\n", inb_feature_to_string ((InbFeature) i),
             inb_capability_get_words (model->can[i]), model->reasons[i] != NULL ? ". " : "",
             model->reasons[i] != NULL ? inb_words_translate (model->reasons[i]) : "");
}

static const char *
find_label (const InbService *service, const char *name)
{
  for (guint i = 0; i < service->credentials->len; i++)
    {
      const InbCredential *credential = g_ptr_array_index (service->credentials, i);

      if (g_str_equal (credential->name, name))
        return inb_words_translate (credential->label);
    }
  return name;
}

/* "API key; or Access key + Secret key" */
static void
print_sign_ins (const InbService *service)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < service->sign_ins->len; i++)
    {
      const InbSignIn *sign_in = g_ptr_array_index (service->sign_ins, i);

      g_string_append (text, i > 0 ? _ ("; or ") : "");
      for (guint j = 0; sign_in->with[j] != NULL; j++)
        g_string_append_printf (text, "%s%s", j > 0 ? " + " : "",
                                find_label (service, sign_in->with[j]));
    }
  /* Translators: what a service wants to know who asks, such as "API key". */
  g_print (_ ("  sign in with: %s\n"), text->str);
}

static void
print_service (const InbService *service)
{
  g_autoptr (GString) env = g_string_new (NULL);

  for (guint i = 0; i < service->credentials->len; i++)
    {
      const InbCredential *credential = g_ptr_array_index (service->credentials, i);

      for (guint j = 0; credential->env[j] != NULL; j++)
        g_string_append_printf (env, "%s%s", env->len > 0 ? ", " : "", credential->env[j]);
    }
  g_print (_ ("  host: %s\n"), (char *) g_hash_table_lookup (service->hosts, "api"));
  print_sign_ins (service);
  if (env->len > 0)
    /* Translators: names of environment variables. */
    g_print (_ ("  keys: the keyring, else the environment (%s), else this session\n"), env->str);
  else
    g_print ("%s", _ ("  keys: the keyring, else this session\n"));
}

static void
print_provider (const InbProvider *provider)
{
  g_autofree char *kept = dup_kept (provider);

  g_print ("%s: %s%s\n", provider->id, inb_provider_get_name (provider),
           provider->own ? _ (" (unverified: a file of your own)") : "");
  if (provider->note != NULL)
    g_print ("  %s\n", inb_words_translate (provider->note));
  if (provider->service != NULL)
    print_service (provider->service);
  if (provider->keys_page != NULL)
    g_print (_ ("  get a key: %s\n"), provider->keys_page);
  if (provider->service != NULL)
    g_print (_ ("  clips are kept there: %s\n"), kept);
  for (guint i = 0; i < provider->models->len; i++)
    print_model (g_ptr_array_index (provider->models, i));
}

/**
 * inb_cli_catalogue_show:
 * @provider: a provider
 * @json: whether as one JSON document
 *
 * Prints what it can do, what it costs, and why not.
 *
 * Returns: 0
 */
int
inb_cli_catalogue_show (const InbProvider *provider, gboolean json)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (json)
    {
      inb_cli_catalogue_add_json (builder, provider);
      inb_cli_print_json (builder);
    }
  else
    print_provider (provider);
  return 0;
}
