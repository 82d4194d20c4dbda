/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "providers/inb-provider.h"

#include <glib/gi18n.h>

#include "core/inb-error.h"
#include "core/inb-money.h"
#include "providers/inb-words.h"

static const char *const feature_names[] = { "last_frame", "guidance", "negative", "aspect",
                                             "audio" };
static const char *const capability_names[] = { "no", "ignored", "unproven", "yes" };

/**
 * inb_model_free:
 * @self: (transfer full): a model
 */
void
inb_model_free (InbModel *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->released);
  g_free (self->resolution);
  g_free (self->price_source);
  g_clear_pointer (&self->durations_s, g_array_unref);
  g_clear_pointer (&self->prices, g_array_unref);
  for (guint i = 0; i < INB_N_FEATURES; i++)
    g_free (self->reasons[i]);
  g_clear_pointer (&self->variables, g_hash_table_unref);
  g_free (self);
}

/**
 * inb_provider_free:
 * @self: (transfer full): a provider
 */
void
inb_provider_free (InbProvider *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->site);
  g_free (self->keys_page);
  g_free (self->note);
  g_clear_pointer (&self->models, g_ptr_array_unref);
  g_clear_pointer (&self->service, inb_service_free);
  g_free (self);
}

/**
 * inb_feature_to_string:
 * @feature: a feature
 *
 * Returns: (transfer none): its word in provider files and JSON
 */
const char *
inb_feature_to_string (InbFeature feature)
{
  g_return_val_if_fail ((guint) feature < G_N_ELEMENTS (feature_names), NULL);
  return feature_names[feature];
}

/**
 * inb_capability_to_string:
 * @capability: a capability
 *
 * Returns: (transfer none): its word in provider files and JSON
 */
const char *
inb_capability_to_string (InbCapability capability)
{
  g_return_val_if_fail ((guint) capability < G_N_ELEMENTS (capability_names), NULL);
  return capability_names[capability];
}

/**
 * inb_capability_get_words:
 * @capability: a capability
 *
 * Returns: (transfer none): it for people, in their language
 */
const char *
inb_capability_get_words (InbCapability capability)
{
  switch (capability)
    {
    case INB_CAPABILITY_YES:
      return _ ("Yes");
    case INB_CAPABILITY_UNPROVEN:
      /* Translators: a service takes a value, but says nothing of an effect. */
      return _ ("Unproven");
    case INB_CAPABILITY_IGNORED:
      return _ ("Ignored");
    case INB_CAPABILITY_NO:
    default:
      return _ ("No");
    }
}

static char *
list_models (const InbProvider *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->models->len; i++)
    {
      const InbModel *model = g_ptr_array_index (self->models, i);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", model->id);
    }
  return g_string_free (text, FALSE);
}

/**
 * inb_provider_get_name:
 * @self: a provider
 *
 * Returns: (transfer none): its name for people, in their language where that has a word for it
 */
const char *
inb_provider_get_name (const InbProvider *self)
{
  return inb_words_translate (self->name);
}

/**
 * inb_model_get_name:
 * @self: a model
 *
 * Returns: (transfer none): its name, likewise
 */
const char *
inb_model_get_name (const InbModel *self)
{
  return inb_words_translate (self->name);
}

/**
 * inb_provider_get_model:
 * @self: a provider
 * @id: (nullable): id of one of its models; %NULL: its first
 * @error: %INB_ERROR_BAD_INPUT if it has none of that name
 *
 * Returns: (transfer none) (nullable): the model
 */
const InbModel *
inb_provider_get_model (const InbProvider *self, const char *id, GError **error)
{
  g_autofree char *known = NULL;

  for (guint i = 0; i < self->models->len; i++)
    {
      const InbModel *model = g_ptr_array_index (self->models, i);

      if (id == NULL || g_str_equal (model->id, id))
        return model;
    }
  known = list_models (self);
  g_set_error (error, INB_ERROR, INB_ERROR_BAD_INPUT,
               _ ("%s has no model “%s”. Choose one of: %s."), self->name, id, known);
  return NULL;
}

/**
 * inb_model_get_price:
 * @self: a model
 * @duration_s: seconds of a clip
 *
 * Returns: micro-dollars of one clip; −1 where no price is published
 */
gint64
inb_model_get_price (const InbModel *self, guint duration_s)
{
  for (guint i = 0; i < self->durations_s->len; i++)
    if (g_array_index (self->durations_s, guint, i) == duration_s)
      return g_array_index (self->prices, gint64, i);
  return INB_MICROS_UNKNOWN;
}

static gboolean
check_feature (const InbProvider *self, const InbModel *model, InbFeature feature,
               const char *option, GError **error)
{
  const char *reason = inb_words_translate (model->reasons[feature]);

  if (model->can[feature] == INB_CAPABILITY_YES || model->can[feature] == INB_CAPABILITY_UNPROVEN)
    return TRUE;
  /* Translators: an option of the command line, a provider, and its reason: a sentence or nothing.
   */
  g_set_error (error, INB_ERROR, INB_ERROR_BAD_INPUT,
               _ ("“%s” does nothing with %s. %s Leave it out."), option, self->name,
               reason != NULL ? reason : "");
  return FALSE;
}

static gboolean
check_chars (const InbProvider *self, const char *text, guint max_chars, GError **error)
{
  if (text == NULL || max_chars == 0 || g_utf8_strlen (text, -1) <= (glong) max_chars)
    return TRUE;
  g_set_error (error, INB_ERROR, INB_ERROR_BAD_INPUT,
               _ ("%s takes at most %u characters, not %ld. Shorten the text."), self->name,
               max_chars, g_utf8_strlen (text, -1));
  return FALSE;
}

static gboolean
check_duration (const InbProvider *self, const InbModel *model, guint duration_s, GError **error)
{
  for (guint i = 0; i < model->durations_s->len; i++)
    if (g_array_index (model->durations_s, guint, i) == duration_s)
      return TRUE;
  g_set_error (error, INB_ERROR, INB_ERROR_BAD_INPUT,
               ngettext ("%s makes no clips of %u second with “%s”. Choose another duration.",
                         "%s makes no clips of %u seconds with “%s”. Choose another duration.",
                         duration_s),
               self->name, duration_s, model->name);
  return FALSE;
}

/**
 * inb_provider_check:
 * @self: a provider
 * @request: a request that is valid in itself
 * @error: %INB_ERROR_BAD_INPUT, in words that name what it cannot do and why
 *
 * Nothing that was asked for is dropped in silence: what the provider would not do is refused here,
 * before anything is kept, prepared or paid.
 *
 * Returns: %TRUE if it can serve the request as it stands
 */
gboolean
inb_provider_check (const InbProvider *self, const InbRequest *request, GError **error)
{
  const InbModel *model = inb_provider_get_model (self, request->model, error);

  if (model == NULL || !check_duration (self, model, request->duration_s, error) ||
      !check_chars (self, request->prompt, self->prompt_chars, error) ||
      !check_chars (self, request->negative, self->negative_chars, error))
    return FALSE;
  if (request->last != NULL &&
      !check_feature (self, model, INB_FEATURE_LAST_FRAME, "--last", error))
    return FALSE;
  if (request->negative != NULL &&
      !check_feature (self, model, INB_FEATURE_NEGATIVE, "--negative", error))
    return FALSE;
  if (request->guidance >= 0.0 &&
      !check_feature (self, model, INB_FEATURE_GUIDANCE, "--guidance", error))
    return FALSE;
  if (request->resolution == NULL || g_str_equal (request->resolution, model->resolution))
    return TRUE;
  g_set_error (error, INB_ERROR, INB_ERROR_BAD_INPUT,
               _ ("%s makes clips of %s with “%s”, not %s. Leave the resolution out."), self->name,
               model->resolution, model->name, request->resolution);
  return FALSE;
}
