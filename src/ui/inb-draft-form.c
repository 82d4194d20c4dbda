/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "providers/inb-catalogue.h"
#include "providers/inb-words.h"
#include "ui/inb-draft-private.h"

/* What is filled in: every field of the form that is not a photo. */

static gboolean
take_text (char **field, const char *text)
{
  if (g_strcmp0 (*field, text) == 0)
    return FALSE;
  g_free (*field);
  *field = g_strdup (text);
  return TRUE;
}

/**
 * inb_draft_get_framing:
 * @self: a draft
 * @framing: (out): for both frames; a focus of −1 until the person moved it
 */
void
inb_draft_get_framing (InbDraft *self, InbFraming *framing)
{
  *framing = self->form->framing;
}

/**
 * inb_draft_set_focus:
 * @self: a draft
 * @x: 0…1 of the photo's width; −1: the attention point
 * @y: the same of its height
 */
void
inb_draft_set_focus (InbDraft *self, double x, double y)
{
  gboolean chosen = x >= 0.0 && y >= 0.0;
  InbFraming *framing = &self->form->framing;

  framing->focus_x = chosen ? CLAMP (x, 0.0, 1.0) : -1.0;
  framing->focus_y = chosen ? CLAMP (y, 0.0, 1.0) : -1.0;
  g_free (self->focus_photo);
  self->focus_photo = g_strdup (chosen ? inb_photo_slot_get_sha256 (self->start) : NULL);
  inb_draft_touched (self, PROP_FOCUS);
}

/**
 * inb_draft_set_matte:
 * @self: a draft
 * @sha256: (nullable): of a kept picture, white where the start photo shows the product; %NULL: the
 * engine is to find it
 *
 * Another start photo forgets it.
 */
void
inb_draft_set_matte (InbDraft *self, const char *sha256)
{
  g_free (self->matte_photo);
  self->matte_photo = g_strdup (sha256 != NULL ? inb_photo_slot_get_sha256 (self->start) : NULL);
  if (take_text (&self->form->matte, sha256))
    inb_draft_touched (self, PROP_MATTE);
}

/**
 * inb_draft_get_matte:
 * @self: a draft
 *
 * Returns: (transfer none) (nullable): hash of the picture in which the product is marked
 */
const char *
inb_draft_get_matte (InbDraft *self)
{
  return self->form->matte;
}

/**
 * inb_draft_set_prompt:
 * @self: a draft
 * @prompt: (nullable): how it should move
 */
void
inb_draft_set_prompt (InbDraft *self, const char *prompt)
{
  if (take_text (&self->form->prompt, prompt != NULL ? prompt : ""))
    inb_draft_touched (self, PROP_PROMPT);
}

/**
 * inb_draft_get_prompt:
 * @self: a draft
 *
 * Returns: (transfer none): how it should move; empty until the person says it
 */
const char *
inb_draft_get_prompt (InbDraft *self)
{
  return self->form->prompt;
}

/**
 * inb_draft_set_negative:
 * @self: a draft
 * @negative: (nullable): what should not be; nothing and %NULL are the same
 */
void
inb_draft_set_negative (InbDraft *self, const char *negative)
{
  const char *text = negative != NULL && *negative != '\0' ? negative : NULL;

  if (take_text (&self->form->negative, text))
    inb_draft_touched (self, PROP_NEGATIVE);
}

/**
 * inb_draft_get_negative:
 * @self: a draft
 *
 * Returns: (transfer none): what should not be; empty where nothing is said
 */
const char *
inb_draft_get_negative (InbDraft *self)
{
  return self->form->negative != NULL ? self->form->negative : "";
}

/**
 * inb_draft_set_guidance:
 * @self: a draft
 * @guidance: 0…1, kept in hundredths; negative: as the provider has it
 */
void
inb_draft_set_guidance (InbDraft *self, double guidance)
{
  /* what the scale shows is what is sent: two places */
  double value = guidance < 0.0 ? -1.0 : (int) (CLAMP (guidance, 0.0, 1.0) * 100.0 + 0.5) / 100.0;

  if (G_APPROX_VALUE (self->form->guidance, value, 0.001))
    return;
  self->form->guidance = value;
  inb_draft_touched (self, PROP_GUIDANCE);
}

/**
 * inb_draft_get_guidance:
 * @self: a draft
 *
 * Returns: 0…1; −1: as the provider has it
 */
double
inb_draft_get_guidance (InbDraft *self)
{
  return self->form->guidance;
}

/**
 * inb_draft_get_duration:
 * @self: a draft
 *
 * Returns: seconds, 5 or 10
 */
guint
inb_draft_get_duration (InbDraft *self)
{
  return self->form->duration_s;
}

/**
 * inb_draft_get_takes:
 * @self: a draft
 *
 * Returns: clips that Generate makes, 1 to 4
 */
guint
inb_draft_get_takes (InbDraft *self)
{
  return self->form->takes;
}

/**
 * inb_draft_set_loop:
 * @self: a draft
 * @loop: whether the clip ends on its start frame, whichever photo that is
 *
 * A last frame that was there gives way; without the loop there is none.
 */
void
inb_draft_set_loop (InbDraft *self, gboolean loop)
{
  InbPreview *start = inb_photo_slot_get_preview (self->start);

  if (self->loop == loop)
    return;
  inb_draft_begin_step (self);
  self->loop = loop;
  if (loop && start != NULL)
    inb_photo_slot_take_preview (self->last, start);
  else
    inb_photo_slot_clear (self->last);
  inb_draft_touched (self, PROP_LOOP);
  inb_draft_end_step (self);
}

/**
 * inb_draft_get_loop:
 * @self: a draft
 *
 * Returns: whether the clip ends on its start frame
 */
gboolean
inb_draft_get_loop (InbDraft *self)
{
  return self->loop;
}

/**
 * inb_draft_swap:
 * @self: a draft
 *
 * Exchanges the two frames.
 */
void
inb_draft_swap (InbDraft *self)
{
  inb_draft_begin_step (self);
  inb_photo_slot_swap (self->start, self->last);
  inb_draft_end_step (self);
}

/* Where services sell tiers, another service's same tier is what the person meant. */
static const char *
find_same_tier (const InbModel *model, const char *provider_id)
{
  const InbProvider *provider = inb_catalogue_find (provider_id, NULL);

  for (guint i = 0; model != NULL && provider != NULL && i < provider->models->len; i++)
    {
      const InbModel *other = g_ptr_array_index (provider->models, i);

      if (g_strcmp0 (other->resolution, model->resolution) == 0)
        return i > 0 ? other->id : NULL;
    }
  return NULL;
}

/**
 * inb_draft_set_provider:
 * @self: a draft
 * @provider: id of a provider
 *
 * Its model is the one of the former model's resolution, else its first. A motion that stands there
 * unchanged is written anew for it. Whatever else is filled in stays, also what this provider
 * cannot do: that is for the checks to say.
 */
void
inb_draft_set_provider (InbDraft *self, const char *provider)
{
  const char *model = find_same_tier (inb_draft_get_model (self), provider);
  const InbMotion *motion = inb_draft_get_motion (self);
  gboolean other_model;

  if (!take_text (&self->form->provider, provider))
    return;
  inb_draft_begin_step (self);
  other_model = take_text (&self->form->model, model);
  take_text (&self->form->resolution, NULL);
  if (other_model)
    inb_draft_touched (self, PROP_MODEL);
  inb_draft_touched (self, PROP_PROVIDER);
  if (motion != NULL)
    inb_draft_use_motion (self, motion, motion);
  inb_draft_end_step (self);
}

/**
 * inb_draft_set_model:
 * @self: a draft
 * @model: (nullable): id of one of the provider's models; %NULL: its first
 */
void
inb_draft_set_model (InbDraft *self, const char *model)
{
  const InbProvider *provider = inb_draft_get_provider (self);
  const InbModel *first = provider != NULL ? g_ptr_array_index (provider->models, 0) : NULL;
  const char *id = first != NULL && g_strcmp0 (first->id, model) == 0 ? NULL : model;

  if (!take_text (&self->form->model, id))
    return;
  take_text (&self->form->resolution, NULL); /* the model has its own */
  inb_draft_touched (self, PROP_MODEL);
}

/**
 * inb_draft_set_resolution:
 * @self: a draft
 * @resolution: (nullable): "1080p" or "720p"; %NULL: the model's own
 */
void
inb_draft_set_resolution (InbDraft *self, const char *resolution)
{
  if (take_text (&self->form->resolution, resolution))
    inb_draft_touched (self, PROP_RESOLUTION);
}

/**
 * inb_draft_get_provider:
 * @self: a draft
 *
 * Returns: (transfer none) (nullable): who makes the clips; %NULL where a kept form names a
 * provider that there is no more
 */
const InbProvider *
inb_draft_get_provider (InbDraft *self)
{
  return inb_catalogue_find (self->form->provider, NULL);
}

/**
 * inb_draft_is_local:
 * @self: a draft
 *
 * Returns: %TRUE if the local engine would make it
 */
gboolean
inb_draft_is_local (InbDraft *self)
{
  const InbProvider *provider = inb_draft_get_provider (self);

  return provider != NULL && provider->kind == INB_PROVIDER_LOCAL;
}

/**
 * inb_draft_get_model:
 * @self: a draft
 *
 * Returns: (transfer none) (nullable): with which of its models; %NULL where there is no such one
 */
const InbModel *
inb_draft_get_model (InbDraft *self)
{
  const InbProvider *provider = inb_draft_get_provider (self);

  return provider != NULL ? inb_provider_get_model (provider, self->form->model, NULL) : NULL;
}

/**
 * inb_draft_find_reason:
 * @self: a draft
 * @feature: something that not every provider does
 *
 * Returns: (transfer none) (nullable): why it would do nothing with the present provider and model,
 * a sentence for people; %NULL if it does something, or may
 */
const char *
inb_draft_find_reason (InbDraft *self, InbFeature feature)
{
  const InbModel *model = inb_draft_get_model (self);

  if (model == NULL || model->can[feature] == INB_CAPABILITY_YES ||
      model->can[feature] == INB_CAPABILITY_UNPROVEN)
    return NULL;
  return model->reasons[feature] != NULL ? inb_words_translate (model->reasons[feature])
                                         : _ ("This provider does nothing with it.");
}
