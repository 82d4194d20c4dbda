/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-effect.h"

#include <math.h>
#include <string.h>

/* The band leans to the right at the top: px sideways for one down. About 20°. */
#define SLOPE 0.36
/* Half of the band, of the frame's width: over a product, and where none is known, where it has to
 * be softer and weaker. All chosen by eye. */
#define HALF_WIDTH 0.15
#define HALF_WIDTH_LOOSE 0.24
#define LOOSE_SHARE 0.7
/* In its middle a narrower band lies on it: width and share of it. */
#define CORE_WIDTH 0.4
#define CORE_SHARE 0.35
/* Part of its step in which the band is under way: it comes after a moment and is gone before the
 * end. */
#define FROM 0.03
#define TO 0.97

/* One passage of a soft band of light. */
typedef struct
{
  InbEffectSetup setup;
  double amounts[INB_MAX_STEPS]; /* negative: to the left */
} Sweep;

/* The band of one frame: brightness along a row, which each row below sees farther on. */
typedef struct
{
  gint16 *gains;
  int n;
  int first; /* of the lit ones */
  int last;
} Band;

static gpointer
make (const InbEffectSetup *setup)
{
  Sweep *self = g_new0 (Sweep, 1);
  gboolean any = FALSE;

  self->setup = *setup;
  for (guint i = 0; i < setup->prompt->n_steps; i++)
    {
      self->amounts[i] = inb_prompt_get_step_amount (setup->prompt, INB_MOVE_LIGHT_SWEEP, i) -
                         inb_prompt_get_step_amount (setup->prompt, INB_MOVE_LIGHT_SWEEP_LEFT, i);
      any |= self->amounts[i] < 0.0 || self->amounts[i] > 0.0;
    }
  if (any)
    return self;
  g_free (self);
  return NULL;
}

/* 1 in the middle, 0 and flat from @half away. */
static double
get_lobe (double away, double half)
{
  double share = away / half;

  return fabs (share) < 1.0 ? (1.0 - share * share) * (1.0 - share * share) : 0.0;
}

/* Half way between constant speed and a gentle start and end: a light that is turned. */
static double
get_way (const Sweep *self, guint step, guint frame)
{
  double t = inb_effect_get_step_time (&self->setup, step, frame);
  double way = CLAMP ((t - FROM) / (TO - FROM), 0.0, 1.0);

  if (self->setup.ease == INB_EASE_SMOOTH)
    way = 0.5 * way + 0.5 * way * way * (3.0 - 2.0 * way);
  return self->amounts[step] < 0.0 ? 1.0 - way : way;
}

static void
add_band (const Sweep *self, const InbShot *shot, guint step, double *sums, int n)
{
  double width = self->setup.width, height = self->setup.height;
  double half = width * (shot->has_product ? HALF_WIDTH : HALF_WIDTH_LOOSE);
  double from = shot->has_product ? shot->product[0] + SLOPE * shot->product[1] : 0.0;
  double to =
      shot->has_product ? shot->product[2] + SLOPE * shot->product[3] : width + SLOPE * height;
  double share = fabs (self->amounts[step]) * (shot->has_product ? 1.0 : LOOSE_SHARE);
  double middle, way = get_way (self, step, shot->frame);

  middle = from - half + (to - from + 2.0 * half) * way;
  for (int i = 0; i < n; i++)
    sums[i] += share * ((1.0 - CORE_SHARE) * get_lobe (i - middle, half) +
                        CORE_SHARE * get_lobe (i - middle, half * CORE_WIDTH));
}

static gpointer
begin (gpointer effect, const InbShot *shot)
{
  const Sweep *self = effect;
  int n = (int) (self->setup.width + ceil (SLOPE * self->setup.height)) + 1;
  g_autofree double *sums = g_new0 (double, n);
  Band *band = g_new0 (Band, 1);

  band->gains = g_new0 (gint16, n + INB_TILE_COLUMNS);
  band->n = n;
  band->first = n;
  band->last = -1;
  for (guint step = 0; step < self->setup.prompt->n_steps; step++)
    if (self->amounts[step] < 0.0 || self->amounts[step] > 0.0)
      add_band (self, shot, step, sums, n);
  for (int i = 0; i < n; i++)
    {
      band->gains[i] = (gint16) floor (MIN (sums[i], 0.999) * 32768.0 + 0.5);
      if (band->gains[i] == 0)
        continue;
      band->first = MIN (band->first, i);
      band->last = i;
    }
  if (band->last >= 0)
    return band;
  g_free (band->gains);
  g_free (band);
  return NULL;
}

static void
end (gpointer state)
{
  Band *band = state;

  g_free (band->gains);
  g_free (band);
}

static int
get_offset (guint y)
{
  return (int) (SLOPE * y);
}

/* Colours keep what they are when they are lit: they grow with the brightness, if not as much. */
static void
enrich_row (const gint16 *gains, const gint16 *inside, guint n, gint16 *samples)
{
  for (guint i = 0; i < n; i++)
    {
      gint32 gain = gains[2 * i] * (inside != NULL ? inside[i] : INB_ALPHA_ONE) / INB_ALPHA_ONE;

      samples[i] = (gint16) (samples[i] + (((samples[i] - 128 * INB_PLANE_ONE) * gain) >> 15));
    }
}

static gboolean
touches (gpointer state, const InbArea *area)
{
  const Band *band = state;
  guint divisor = area->plane == 0 ? 1 : 2;

  return (int) (divisor * (area->x + area->n_columns)) +
                 get_offset (divisor * (area->y + area->n_rows)) >
             band->first &&
         (int) (divisor * area->x) + get_offset (divisor * area->y) <= band->last;
}

/* Inside the softened outline: nothing at the rim, where it is half, up to all. */
static void
find_inside (const gint16 *alpha, guint n, gint16 *inside)
{
  for (guint i = 0; i < n; i++)
    inside[i] = (gint16) MAX (2 * alpha[i] - INB_ALPHA_ONE, 0);
}

static void
apply (gpointer state, const InbArea *area, gint16 *samples, const gint16 *alpha,
       InbCoverage coverage)
{
  const Band *band = state;
  gint16 inside[INB_TILE_COLUMNS] INB_ALIGNED = { 0 };
  guint n = (area->n_columns + 15) & ~15U;

  if (coverage == INB_COVERAGE_NONE)
    return;
  for (guint row = 0; row < area->n_rows; row++)
    {
      gint16 *line = samples + row * INB_TILE_COLUMNS;
      guint divisor = area->plane == 0 ? 1 : 2;
      const gint16 *gains =
          band->gains + divisor * area->x + get_offset (divisor * (area->y + row));

      if (alpha != NULL)
        find_inside (alpha + row * INB_TILE_COLUMNS, n, inside);
      if (area->plane == 0)
        inb_kernels_get ()->glow (line, gains, alpha != NULL ? inside : NULL, n);
      else
        enrich_row (gains, alpha != NULL ? inside : NULL, area->n_columns, line);
    }
}

const InbEffectKind inb_sweep_kind = { make,    g_free, begin, end,
                                       touches, apply,  TRUE,  INB_COVERAGE_ALL };
