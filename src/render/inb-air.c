/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-air.h"

#include "render/inb-focus.h"

/* In the order in which they lie over each other: what is between the camera and the product last,
 * but for the lens. */
static const InbEffectKind *const kinds[] = {
  &inb_sweep_kind,
  &inb_steam_kind,
  &inb_dust_kind,
  &inb_vignette_kind,
};
#define N_KINDS G_N_ELEMENTS (kinds)
#define TILE_SAMPLES (INB_TILE_ROWS * INB_TILE_COLUMNS)

/* Light and air of a clip. */
struct _InbAir
{
  InbEffectSetup setup;
  gpointer effects[N_KINDS]; /* none: not asked for */
  gboolean focus;
};

/* The same of one frame. */
struct _InbAirFrame
{
  gpointer states[N_KINDS]; /* none: nothing in this frame */
  InbSource products[2];    /* for brightness, for colour: only alpha is read */
};

/**
 * inb_air_wants_product:
 * @prompt: a prompt
 *
 * Returns: whether light or air is another where the product is, so that the photo has to be looked
 * at
 */
gboolean
inb_air_wants_product (const InbPrompt *prompt)
{
  return inb_prompt_get_amount (prompt, INB_MOVE_LIGHT_SWEEP) > 0.0 ||
         inb_prompt_get_amount (prompt, INB_MOVE_LIGHT_SWEEP_LEFT) > 0.0 ||
         inb_prompt_get_amount (prompt, INB_MOVE_STEAM) > 0.0;
}

/**
 * inb_air_new:
 * @setup: (transfer none): the clip; its prompt outlives the air
 *
 * Returns: (transfer full) (nullable): light and air; %NULL where none are asked for
 */
InbAir *
inb_air_new (const InbEffectSetup *setup)
{
  g_autoptr (InbAir) self = g_new0 (InbAir, 1);

  self->setup = *setup;
  for (guint i = 0; i < N_KINDS; i++)
    self->effects[i] = kinds[i]->make (setup);
  self->focus = inb_focus_is_asked (setup->prompt);
  return self->focus || inb_air_has_effects (self) ? g_steal_pointer (&self) : NULL;
}

/**
 * inb_air_free:
 * @self: (transfer full): light and air
 */
void
inb_air_free (InbAir *self)
{
  for (guint i = 0; i < N_KINDS; i++)
    if (self->effects[i] != NULL)
      kinds[i]->clear (self->effects[i]);
  g_free (self);
}

/**
 * inb_air_get_blur:
 * @self: light and air
 * @frame: number of a frame
 * @back: whether only what is behind the product is meant, or all
 *
 * Returns: px of the frame: how far it is out of focus, as the standard deviation of a Gaussian; 0:
 * sharp
 */
double
inb_air_get_blur (const InbAir *self, guint frame, gboolean back)
{
  return self->focus ? inb_focus_get_blur (&self->setup, frame, back) * self->setup.width : 0.0;
}

/**
 * inb_air_has_effects:
 * @self: light and air
 *
 * Returns: whether there is more than focus
 */
gboolean
inb_air_has_effects (const InbAir *self)
{
  for (guint i = 0; i < N_KINDS; i++)
    if (self->effects[i] != NULL)
      return TRUE;
  return FALSE;
}

/**
 * inb_air_begin:
 * @self: light and air; outlives the frame
 * @shot: (transfer none): the frame
 * @products: (transfer full) (nullable): the product as sampled for brightness and for colour, of
 * which only alpha is read; %NULL where it is not known
 *
 * May be called from several threads.
 *
 * Returns: (transfer full): what one frame needs
 */
InbAirFrame *
inb_air_begin (InbAir *self, const InbShot *shot, InbSource products[2])
{
  InbAirFrame *frame = g_new0 (InbAirFrame, 1);

  for (guint i = 0; i < N_KINDS; i++)
    if (self->effects[i] != NULL)
      frame->states[i] = kinds[i]->begin (self->effects[i], shot);
  for (guint i = 0; products != NULL && i < 2; i++)
    frame->products[i] = products[i];
  return frame;
}

/**
 * inb_air_frame_apply:
 * @self: light and air of a frame
 * @area: a part of a plane
 * @samples: (inout): its samples
 */
void
inb_air_frame_apply (const InbAirFrame *self, const InbArea *area, gint16 *samples)
{
  const InbSource *product = &self->products[area->plane == 0 ? 0 : 1];
  gint16 alpha[TILE_SAMPLES] INB_ALIGNED, spare[TILE_SAMPLES] INB_ALIGNED;
  InbTile tile = { area->x, area->y, area->n_columns };
  InbCoverage coverage = INB_COVERAGE_SOME;
  gboolean looked = FALSE;

  for (guint i = 0; i < N_KINDS; i++)
    {
      gboolean masked = kinds[i]->wants_product && product->alpha.sharp != NULL;

      if (self->states[i] == NULL || !kinds[i]->touches (self->states[i], area))
        continue;
      if (masked && !looked)
        coverage = inb_source_draw_alpha (product, &tile, alpha, spare);
      looked |= masked;
      kinds[i]->apply (self->states[i], area, samples,
                       masked && coverage == INB_COVERAGE_SOME ? alpha : NULL,
                       masked ? coverage : kinds[i]->unmasked);
    }
}

/**
 * inb_air_frame_free:
 * @self: (transfer full): light and air of a frame
 */
void
inb_air_frame_free (InbAirFrame *self)
{
  for (guint i = 0; i < N_KINDS; i++)
    if (self->states[i] != NULL)
      kinds[i]->end (self->states[i]);
  for (guint i = 0; i < 2; i++)
    inb_source_clear (&self->products[i]);
  g_free (self);
}
