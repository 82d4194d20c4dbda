/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inb-cli-catalogue.h"

#include "core/inb-money.h"

static const char *const send_words[] = { "url", "base64", "data-uri", "upload" };
static const char *const repeat_words[] = { "none", "header", "lookup" };

static void
begin (JsonBuilder *builder, const char *name)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
}

/* Zero stands for "not stated" in a provider; JSON has a word for that. */
static void
add_stated (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  if (value > 0)
    json_builder_add_int_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_known (JsonBuilder *builder, const char *name, int tristate)
{
  json_builder_set_member_name (builder, name);
  if (tristate >= 0)
    json_builder_add_boolean_value (builder, tristate > 0);
  else
    json_builder_add_null_value (builder);
}

static void
add_strings (JsonBuilder *builder, const char *name, char **strings)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; strings != NULL && strings[i] != NULL; i++)
    json_builder_add_string_value (builder, strings[i]);
  json_builder_end_array (builder);
}

static void
add_prices (JsonBuilder *builder, const InbModel *model)
{
  begin (builder, "clip_micros");
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
  inb_json_add_string (builder, "price_source", model->price_source);
}

static void
add_model (JsonBuilder *builder, const InbModel *model)
{
  json_builder_begin_object (builder);
  inb_json_add_string (builder, "id", model->id);
  inb_json_add_string (builder, "name", model->name);
  inb_json_add_string (builder, "released", model->released);
  inb_json_add_string (builder, "resolution", model->resolution);
  add_prices (builder, model);
  inb_json_add_int (builder, "takes_per_submit", model->takes_per_submit);
  add_stated (builder, "typical_s", model->typical_s);
  for (guint i = 0; i < INB_N_FEATURES; i++)
    inb_json_add_string (builder, inb_feature_to_string ((InbFeature) i),
                         inb_capability_to_string (model->can[i]));
  begin (builder, "reasons");
  for (guint i = 0; i < INB_N_FEATURES; i++)
    if (model->reasons[i] != NULL)
      inb_json_add_string (builder, inb_feature_to_string ((InbFeature) i), model->reasons[i]);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

static void
add_limits (JsonBuilder *builder, const InbProvider *provider)
{
  const InbLimits *limits = &provider->limits;

  begin (builder, "limits");
  add_stated (builder, "prompt_chars", provider->prompt_chars);
  add_stated (builder, "negative_chars", provider->negative_chars);
  if (provider->service != NULL)
    {
      add_stated (builder, "creates_per_minute", provider->service->creates_per_minute);
      add_stated (builder, "at_once", provider->service->at_once);
    }
  begin (builder, "image");
  inb_json_add_boolean (builder, "jpeg", (limits->formats & INB_IMAGE_JPEG) != 0);
  inb_json_add_boolean (builder, "png", (limits->formats & INB_IMAGE_PNG) != 0);
  inb_json_add_boolean (builder, "webp", (limits->formats & INB_IMAGE_WEBP) != 0);
  inb_json_add_boolean (builder, "alpha", limits->alpha);
  add_stated (builder, "max_bytes", limits->max_bytes);
  add_stated (builder, "min_side_px", limits->min_side);
  add_stated (builder, "max_side_px", limits->max_side);
  if (limits->min_ratio > 0.0)
    {
      inb_json_add_double (builder, "min_ratio", limits->min_ratio);
      inb_json_add_double (builder, "max_ratio", limits->max_ratio);
    }
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

static void
add_credentials (JsonBuilder *builder, const InbService *service)
{
  json_builder_set_member_name (builder, "credentials");
  json_builder_begin_array (builder);
  for (guint i = 0; i < service->credentials->len; i++)
    {
      const InbCredential *credential = g_ptr_array_index (service->credentials, i);

      json_builder_begin_object (builder);
      inb_json_add_string (builder, "name", credential->name);
      inb_json_add_string (builder, "label", credential->label);
      add_strings (builder, "env", credential->env);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "sign_in");
  json_builder_begin_array (builder);
  for (guint i = 0; i < service->sign_ins->len; i++)
    {
      const InbSignIn *sign_in = g_ptr_array_index (service->sign_ins, i);

      json_builder_begin_array (builder);
      for (guint j = 0; sign_in->with[j] != NULL; j++)
        json_builder_add_string_value (builder, sign_in->with[j]);
      json_builder_end_array (builder);
    }
  json_builder_end_array (builder);
}

static void
add_service (JsonBuilder *builder, const InbService *service)
{
  g_autoptr (GList) names =
      g_list_sort (g_hash_table_get_keys (service->hosts), (GCompareFunc) g_strcmp0);

  begin (builder, "hosts");
  for (GList *link = names; link != NULL; link = link->next)
    inb_json_add_string (builder, link->data, g_hash_table_lookup (service->hosts, link->data));
  json_builder_end_object (builder);
  add_credentials (builder, service);
  inb_json_add_string (builder, "send", send_words[service->send]);
  inb_json_add_boolean (builder, "accepts_url", service->accepts_url);
  inb_json_add_string (builder, "idempotency", repeat_words[service->idempotency]);
  inb_json_add_string (builder, "charged_failed", service->charged_failed);
  add_stated (builder, "clip_kept_s", service->result_lifetime_s);
  inb_json_add_boolean (builder, "cancel", service->cancel != NULL);
  inb_json_add_boolean (builder, "history", service->history != NULL);
  inb_json_add_boolean (builder, "balance", service->balance != NULL);
  inb_json_add_boolean (builder, "check", service->check != NULL);
}

/**
 * inb_cli_catalogue_add_json:
 * @builder: where one object is added
 * @provider: a provider
 *
 * All a provider file says to people; null is "not stated".
 */
void
inb_cli_catalogue_add_json (JsonBuilder *builder, const InbProvider *provider)
{
  json_builder_begin_object (builder);
  inb_json_add_string (builder, "id", provider->id);
  inb_json_add_string (builder, "name", provider->name);
  inb_json_add_string (builder, "kind", provider->service != NULL ? "hosted" : "local");
  inb_json_add_boolean (builder, "verified", !provider->own);
  inb_json_add_string (builder, "site", provider->site);
  inb_json_add_string (builder, "keys_page", provider->keys_page);
  add_limits (builder, provider);
  json_builder_set_member_name (builder, "models");
  json_builder_begin_array (builder);
  for (guint i = 0; i < provider->models->len; i++)
    add_model (builder, g_ptr_array_index (provider->models, i));
  json_builder_end_array (builder);
  if (provider->service != NULL)
    add_service (builder, provider->service);
  begin (builder, "privacy");
  add_known (builder, "zero_data_retention", provider->zero_data_retention);
  add_known (builder, "no_training", provider->no_training);
  json_builder_end_object (builder);
  inb_json_add_string (builder, "note", provider->note);
  json_builder_end_object (builder);
}
