/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "core/inb-money.h"
#include "jobs/inb-checks-private.h"
#include "providers/inb-catalogue.h"
#include "providers/inb-words.h"

/* The rules about what is written and chosen in the form: what the provider does not take is said
 * here, never dropped. */

static gboolean
is_blank (const char *text)
{
  for (; text != NULL && *text != '\0'; text = g_utf8_next_char (text))
    if (!g_unichar_isspace (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

static guint
get_max_chars (guint provider_chars)
{
  return provider_chars > 0 ? MIN (provider_chars, INB_MAX_PROMPT_CHARS) : INB_MAX_PROMPT_CHARS;
}

static void
look_at_length (InbChecking *self, InbRule rule, const char *text, guint max_chars)
{
  gboolean is_prompt = rule == INB_RULE_PROMPT_TOO_LONG;
  glong length = text != NULL ? g_utf8_strlen (text, -1) : 0;
  InbCheck *check;

  if (length <= (glong) max_chars)
    return;
  check = inb_checking_add (
      self, rule, INB_CHECK_BLOCKS,
      /* Translators: characters written, characters possible */
      g_strdup_printf (is_prompt ? _ ("Prompt has %ld characters, %u are possible")
                                 : _ ("Negative prompt has %ld characters, %u are possible"),
                       length, max_chars),
      g_strdup_printf (_ ("%s takes no longer text. Shortening keeps the beginning; Undo brings "
                          "the rest back."),
                       inb_provider_get_name (self->provider)));
  inb_check_offer_number (check, is_prompt ? INB_FIX_SHORTEN_PROMPT : INB_FIX_SHORTEN_NEGATIVE,
                          _ ("Shorten"), max_chars);
}

static gboolean
can (const InbModel *model, InbFeature feature)
{
  return model->can[feature] == INB_CAPABILITY_YES ||
         model->can[feature] == INB_CAPABILITY_UNPROVEN;
}

/* Whether the request as it stands could go there instead: no second conflict for the first. */
static gboolean
may_go_to (const InbChecking *self, const InbProvider *provider, const InbModel *model)
{
  g_autoptr (InbRequest) asked = inb_request_copy (self->situation->request);

  if (self->provider->service == NULL || provider->service == NULL)
    return FALSE; /* a local clip is no cloud clip, nor the other way round */
  g_free (asked->model);
  asked->model = g_strdup (model->id);
  return can (model, INB_FEATURE_LAST_FRAME) && inb_checking_has_key (self, provider) &&
         inb_provider_check (provider, asked, NULL);
}

/* The cheapest that takes a last frame and has a key; an unpublished price is dearer than any. */
static void
offer_other_model (InbChecking *self, InbCheck *check)
{
  const GPtrArray *providers = inb_catalogue_get_providers (NULL);
  guint duration_s = self->situation->request->duration_s;
  const InbProvider *best = NULL;
  const InbModel *best_model = NULL;
  gint64 best_price = 0;
  g_autofree char *price = NULL;
  InbFix fix = { .kind = INB_FIX_PROVIDER };

  for (guint i = 0; providers != NULL && i < providers->len; i++)
    {
      const InbProvider *provider = g_ptr_array_index (providers, i);

      for (guint j = 0; j < provider->models->len; j++)
        {
          const InbModel *model = g_ptr_array_index (provider->models, j);
          gint64 model_price = inb_model_get_price (model, duration_s);
          gint64 sorted = model_price < 0 ? G_MAXINT64 : model_price;

          if (!may_go_to (self, provider, model) ||
              (best != NULL &&
               (sorted > best_price || (sorted == best_price && provider != self->provider))))
            continue;
          best = provider;
          best_model = model;
          best_price = sorted;
        }
    }
  if (best == NULL)
    return;
  price = inb_money_format (best_price == G_MAXINT64 ? INB_MICROS_UNKNOWN : best_price);
  fix.provider = g_strdup (best->id);
  fix.model = g_strdup (best_model->id);
  /* Translators: a provider or a model, and the price of one clip */
  fix.label = g_strdup_printf (_ ("Use %s · %s"),
                               best == self->provider ? inb_model_get_name (best_model)
                                                      : inb_provider_get_name (best),
                               price);
  inb_check_take_fix (check, &fix);
}

static void
look_at_last (InbChecking *self)
{
  gboolean wanted =
      self->situation->request->last != NULL || self->situation->last.presence == INB_PHOTO_LOADING;
  InbCheck *check;

  if (!wanted || can (self->model, INB_FEATURE_LAST_FRAME))
    return;
  check = inb_checking_add (
      self, INB_RULE_LAST_UNSUPPORTED, INB_CHECK_BLOCKS,
      /* Translators: a provider, one of its models */
      g_strdup_printf (_ ("%s takes no last frame with %s"), inb_provider_get_name (self->provider),
                       inb_model_get_name (self->model)),
      g_strdup (inb_words_translate (self->model->reasons[INB_FEATURE_LAST_FRAME])));
  offer_other_model (self, check);
  inb_check_offer (check, INB_FIX_REMOVE_LAST, _ ("Remove Last Frame"));
}

static void
look_at_ignored (InbChecking *self)
{
  const InbRequest *request = self->situation->request;

  if (request->negative != NULL && !can (self->model, INB_FEATURE_NEGATIVE))
    inb_check_offer (
        inb_checking_add (
            self, INB_RULE_NEGATIVE_IGNORED, INB_CHECK_BLOCKS,
            g_strdup_printf (_ ("%s does nothing with a negative prompt"),
                             inb_provider_get_name (self->provider)),
            g_strdup (inb_words_translate (self->model->reasons[INB_FEATURE_NEGATIVE]))),
        INB_FIX_CLEAR_NEGATIVE, _ ("Leave It Out"));
  if (request->guidance >= 0.0 && !can (self->model, INB_FEATURE_GUIDANCE))
    inb_check_offer (inb_checking_add (self, INB_RULE_GUIDANCE_IGNORED, INB_CHECK_BLOCKS,
                                       g_strdup_printf (_ ("%s does nothing with guidance"),
                                                        inb_provider_get_name (self->provider)),
                                       g_strdup (inb_words_translate (
                                           self->model->reasons[INB_FEATURE_GUIDANCE]))),
                     INB_FIX_RESET_GUIDANCE, _ ("Leave It Out"));
}

static void
look_at_duration (InbChecking *self)
{
  guint asked = self->situation->request->duration_s, nearest = 0;
  g_autofree char *label = NULL;
  InbCheck *check;

  for (guint i = 0; i < self->model->durations_s->len; i++)
    {
      guint offered = g_array_index (self->model->durations_s, guint, i);

      if (offered == asked)
        return;
      if (nearest == 0 || ABS ((int) offered - (int) asked) < ABS ((int) nearest - (int) asked))
        nearest = offered;
    }
  check = inb_checking_add (self, INB_RULE_DURATION_MISSING, INB_CHECK_BLOCKS,
                            g_strdup_printf (ngettext ("%s makes no clips of %u second",
                                                       "%s makes no clips of %u seconds", asked),
                                             inb_provider_get_name (self->provider), asked),
                            NULL);
  if (nearest == 0)
    return;
  label = g_strdup_printf (_ ("Use %u s"), nearest);
  inb_check_offer_number (check, INB_FIX_DURATION, label, nearest);
}

/* Where a service sells tiers, another model may have the resolution that is wanted. */
static void
look_at_resolution (InbChecking *self)
{
  const char *asked = self->situation->request->resolution;
  g_autofree char *label = NULL;
  InbCheck *check;

  if (asked == NULL || g_str_equal (asked, self->model->resolution))
    return;
  check = inb_checking_add (
      self, INB_RULE_RESOLUTION_MISSING, INB_CHECK_BLOCKS,
      /* Translators: a model, such as “Kling 2.5 Turbo Pro”, then 720p */
      g_strdup_printf (_ ("%s makes no clips of %s"), inb_model_get_name (self->model), asked),
      NULL);
  for (guint i = 0; i < self->provider->models->len; i++)
    {
      const InbModel *model = g_ptr_array_index (self->provider->models, i);

      if (g_str_equal (model->resolution, asked))
        {
          InbFix fix = { .kind = INB_FIX_PROVIDER,
                         .label = g_strdup_printf (_ ("Use %s"), inb_model_get_name (model)),
                         .provider = g_strdup (self->provider->id),
                         .model = g_strdup (model->id) };

          inb_check_take_fix (check, &fix);
          break;
        }
    }
  label = g_strdup_printf (_ ("Use %s"), self->model->resolution);
  inb_check_offer (check, INB_FIX_CLEAR_RESOLUTION, label);
}

/* Rules about what is written and chosen */
void
inb_checking_look_at_form (InbChecking *self)
{
  const InbRequest *request = self->situation->request;

  if (is_blank (request->prompt))
    inb_checking_add (self, INB_RULE_PROMPT_EMPTY, INB_CHECK_WANTING,
                      g_strdup (_ ("Say how it should move")), NULL);
  look_at_length (self, INB_RULE_PROMPT_TOO_LONG, request->prompt,
                  get_max_chars (self->provider->prompt_chars));
  look_at_length (self, INB_RULE_NEGATIVE_TOO_LONG, request->negative,
                  get_max_chars (self->provider->negative_chars));
  look_at_last (self);
  look_at_ignored (self);
  look_at_duration (self);
  look_at_resolution (self);
}
