/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-effect.h"

#include <math.h>
#include <string.h>

#include "render/inb-matrix.h"
#include "render/inb-random.h"

/* Few, so that each is a mote and not weather. Chosen by eye, as all that follows. */
#define N_MOTES 54
/* Radius of the farthest and the nearest, of the frame's width. */
#define SMALL 0.0011
#define LARGE 0.0085
/* px: a mote smaller than this would twinkle from pixel to pixel. */
#define LEAST_RADIUS 1.4
/* Seconds for which a mote is seen, about, and how far it drifts meanwhile, of the width. */
#define LIFE_S 5.0
#define DRIFT 0.05
/* The nearest are as much fainter than the farthest: out of focus. */
#define NEAR_SHARE 0.3
/* How much farther than the product's plane a move of the camera shifts the nearest. */
#define NEAR_PARALLAX 1.7
#define FAR_PARALLAX 0.8
/* Random numbers of a seed that belong to dust. */
#define FIRST_NUMBER 4000u
#define NUMBERS 8u

typedef struct
{
  double x; /* of the frame */
  double y;
  double drift_x; /* of the frame's width */
  double drift_y;
  double radius; /* px */
  double bright;
  double phase;    /* 0…1 */
  double parallax; /* of the product's */
} Mote;

typedef struct
{
  InbEffectSetup setup;
  Mote motes[N_MOTES];
} Dust;

/* One mote in one frame, px. */
typedef struct
{
  double x;
  double y;
  double radius;
  double bright;
} Speck;

typedef struct
{
  Speck specks[N_MOTES];
} Cloud;

static double
get_random (const Dust *self, guint mote, guint number)
{
  return inb_random_get (self->setup.seed, FIRST_NUMBER + mote * NUMBERS + number);
}

/* Places by the plastic number (Roberts 2018), so that no clumps and no holes arise. */
static void
make_mote (Dust *self, guint i, double amount)
{
  double near = get_random (self, i, 0), width = self->setup.width;
  double angle = 2.0 * G_PI * get_random (self, i, 1);
  Mote *mote = &self->motes[i];

  near *= near; /* most are far */
  mote->x = fmod (0.5 + i * 0.7548776662466927 + 0.1 * get_random (self, i, 2), 1.0);
  mote->y = fmod (0.5 + i * 0.5698402909980532 + 0.1 * get_random (self, i, 3), 1.0);
  mote->drift_x = DRIFT * (0.5 + near) * (0.8 * cos (angle) + 0.3);
  mote->drift_y = DRIFT * (0.5 + near) * (0.6 * sin (angle) - 0.4);
  mote->radius = MAX (LEAST_RADIUS, width * (SMALL + (LARGE - SMALL) * near));
  mote->bright =
      amount * (1.0 - (1.0 - NEAR_SHARE) * sqrt (near)) * (0.35 + 0.65 * get_random (self, i, 4));
  mote->phase = get_random (self, i, 5);
  mote->parallax = FAR_PARALLAX + (NEAR_PARALLAX - FAR_PARALLAX) * near;
}

static gpointer
make (const InbEffectSetup *setup)
{
  double amount = inb_prompt_get_amount (setup->prompt, INB_MOVE_DUST);
  Dust *self;

  if (!(amount > 0.0))
    return NULL;
  self = g_new0 (Dust, 1);
  self->setup = *setup;
  for (guint i = 0; i < N_MOTES; i++)
    make_mote (self, i, MIN (amount, 0.9));
  return self;
}

/* A mote appears, drifts and is gone before it begins again, a whole number of times in a clip: its
 * end is its beginning, so that a loop closes. */
static void
place (const Dust *self, const Mote *mote, const InbShot *shot, Speck *speck)
{
  double width = self->setup.width, height = self->setup.height;
  double lives = MAX (1.0, floor (self->setup.n_frames / (LIFE_S * self->setup.fps) + 0.5));
  double age = fmod (inb_effect_get_time (&self->setup, shot->frame) * lives + mote->phase, 1.0);
  double shine = sin (G_PI * age), x, y, seen_x, seen_y;

  x = mote->x * width + (age - 0.5) * mote->drift_x * width;
  y = mote->y * height + (age - 0.5) * mote->drift_y * width;
  inb_matrix_apply (shot->camera, x, y, &seen_x, &seen_y);
  speck->x = x + mote->parallax * (seen_x - x);
  speck->y = y + mote->parallax * (seen_y - y);
  speck->radius = mote->radius;
  speck->bright = mote->bright * shine * shine;
}

static gpointer
begin (gpointer effect, const InbShot *shot)
{
  const Dust *self = effect;
  Cloud *cloud = g_new (Cloud, 1);

  for (guint i = 0; i < N_MOTES; i++)
    place (self, &self->motes[i], shot, &cloud->specks[i]);
  return cloud;
}

/* px of the frame that a sample of a plane lies at. */
static double
get_px (const InbArea *area, guint at, gboolean column)
{
  if (area->plane == 0)
    return at;
  return column ? 2.0 * at : 2.0 * at + 0.5;
}

static gboolean
reaches (const Speck *speck, const InbArea *area)
{
  return speck->x + speck->radius > get_px (area, area->x, TRUE) &&
         speck->x - speck->radius < get_px (area, area->x + area->n_columns, TRUE) &&
         speck->y + speck->radius > get_px (area, area->y, FALSE) &&
         speck->y - speck->radius < get_px (area, area->y + area->n_rows, FALSE);
}

static gboolean
touches (gpointer state, const InbArea *area)
{
  const Cloud *cloud = state;

  for (guint i = 0; i < N_MOTES; i++)
    if (reaches (&cloud->specks[i], area))
      return TRUE;
  return FALSE;
}

/* A soft disc: flat in the middle, without an edge. */
static void
draw_row (const Speck *speck, const InbArea *area, guint row, gint16 *weights)
{
  double away_y = get_px (area, area->y + row, FALSE) - speck->y;
  double square = speck->radius * speck->radius;

  for (guint i = 0; i < area->n_columns; i++)
    {
      double away_x = get_px (area, area->x + i, TRUE) - speck->x;
      double rest = 1.0 - (away_x * away_x + away_y * away_y) / square;

      if (rest > 0.0)
        weights[i] = (gint16) MIN (32767.0, weights[i] + speck->bright * rest * rest *
                                                             (3.0 - 2.0 * rest) * 32767.0);
    }
}

static void
apply (gpointer state, const InbArea *area, gint16 *samples, const gint16 *alpha,
       InbCoverage coverage)
{
  const Cloud *cloud = state;
  gint16 weights[INB_TILE_COLUMNS] INB_ALIGNED, light[INB_TILE_COLUMNS] INB_ALIGNED;
  guint n = (area->n_columns + 15) & ~15U;

  for (guint i = 0; i < n; i++)
    light[i] = (area->plane == 0 ? 235 : 128) * INB_PLANE_ONE;
  for (guint row = 0; row < area->n_rows; row++)
    {
      gboolean any = FALSE;
      InbArea line = { area->plane, area->x, area->y + row, area->n_columns, 1 };

      memset (weights, 0, sizeof weights);
      for (guint i = 0; i < N_MOTES; i++)
        if (reaches (&cloud->specks[i], &line))
          {
            draw_row (&cloud->specks[i], area, row, weights);
            any = TRUE;
          }
      if (any)
        inb_kernels_get ()->blend (samples + row * INB_TILE_COLUMNS, light, weights, n);
    }
}

const InbEffectKind inb_dust_kind = { make,    g_free, begin, g_free,
                                      touches, apply,  FALSE, INB_COVERAGE_NONE };
