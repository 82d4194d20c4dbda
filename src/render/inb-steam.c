/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-effect.h"

#include <math.h>
#include <string.h>

#include "render/inb-random.h"

/* Cells of the field, of the frame's width: at least so many beside each other. */
#define N_CELLS 160
#define MAX_STEP 8
/* Size of the larger wisps, of the frame's width: taller than wide. All chosen by eye. */
#define WISP_WIDTH 0.058F
#define WISP_HEIGHT 0.19F
/* Heights of a wisp that steam rises in a second. */
#define RISE_HZ 0.75
/* Noise below the one is clear air, above the other steam at its densest. */
#define CLEAR 0.42F
#define DENSE 0.92F
/* Seen as a light grey: lighter than most, a shade darker than a white back. */
#define LIGHT 208
/* Random numbers of a seed that belong to steam. */
#define FIRST_NUMBER 5000u
#define N_VALUES 1024

/* Rising wisps: two octaves of noise, bent by a third, scrolled by whole periods of theirs in a
 * clip, so that a loop closes. */
typedef struct
{
  InbEffectSetup setup;
  double amount;
  guint step;  /* px a cell */
  int columns; /* cells */
  int rows;
  guint period; /* heights of a wisp that a clip rises; even */
  float values[N_VALUES];
} Steam;

typedef struct
{
  gint32 *field; /* a cell more on all sides; 32767 is opaque */
  guint step;
  int columns;
  int rows;
  int left; /* of what is not clear, cells */
  int top;
  int right;
  int bottom;
} Plume;

static gpointer
make (const InbEffectSetup *setup)
{
  double amount = inb_prompt_get_amount (setup->prompt, INB_MOVE_STEAM);
  double seconds = (double) setup->n_frames / setup->fps;
  Steam *self;

  if (!(amount > 0.0))
    return NULL;
  self = g_new0 (Steam, 1);
  self->setup = *setup;
  self->amount = MIN (amount, 0.9);
  for (self->step = 2; self->step < MAX_STEP && setup->width / self->step > N_CELLS * 2;)
    self->step *= 2;
  self->columns = (int) ((setup->width + self->step - 1) / self->step);
  self->rows = (int) ((setup->height + self->step - 1) / self->step);
  self->period = MAX (2, 2 * (guint) (seconds * RISE_HZ / 2.0 + 0.5));
  for (guint i = 0; i < N_VALUES; i++)
    self->values[i] = (float) inb_random_get (setup->seed, FIRST_NUMBER + i);
  return self;
}

static guint
wrap (int at, guint period)
{
  int rest = at % (int) period;

  return (guint) (rest < 0 ? rest + (int) period : rest);
}

static float
get_value (const Steam *self, guint x, guint y)
{
  guint mixed = x * 0x9e3779b1U ^ y * 0x85ebca77U;

  mixed ^= mixed >> 15;
  mixed *= 0x2c1b3c6dU;
  return self->values[(mixed >> 12) % N_VALUES];
}

/* Value noise, smooth between the points of its grid, repeated downwards. */
static float
get_noise (const Steam *self, float x, float y, guint period, guint octave)
{
  int ix = (int) (x + 4096.0F) - 4096, iy = (int) (y + 4096.0F) - 4096; /* rounded down */
  guint column = (guint) (ix + 4096), top = wrap (iy, period) + 64 * octave;
  guint low = wrap (iy + 1, period) + 64 * octave;
  float u = x - (float) ix, v = y - (float) iy;
  float above, below;

  u = u * u * (3.0F - 2.0F * u);
  v = v * v * (3.0F - 2.0F * v);
  above = get_value (self, column, top) * (1.0F - u) + get_value (self, column + 1, top) * u;
  below = get_value (self, column, low) * (1.0F - u) + get_value (self, column + 1, low) * u;
  return above * (1.0F - v) + below * v;
}

static float
get_slope (float low, float high, float value)
{
  float t = CLAMP ((value - low) / (high - low), 0.0F, 1.0F);

  return t * t * (3.0F - 2.0F * t);
}

/* @x and @y in heights and widths of a wisp. */
static float
get_density (const Steam *self, float x, float y, float t)
{
  float rise = t * (float) self->period;
  guint half = self->period / 2;
  float bend = get_noise (self, 0.5F * x, 0.5F * (y + rise), half, 0) - 0.5F;
  float large = get_noise (self, x + 2.2F * bend, y + rise, self->period, 1);
  float small =
      get_noise (self, 2.1F * x + 3.0F * bend, 2.0F * y + 3.0F * rise, 3 * self->period, 2);

  return get_slope (CLEAR, DENSE, 0.68F * large + 0.32F * small);
}

/* Where steam comes from, and how far it goes: above the product, else above the middle. */
typedef struct
{
  float x;
  float base; /* lower end */
  float height;
  float width; /* half of it, at the lower end */
} Column;

static Column
find_column (const Steam *self, const InbShot *shot)
{
  float width = (float) self->setup.width, height = (float) self->setup.height;
  Column column = { width / 2.0F, 0.66F * height, 0.66F * height, 0.13F * width };

  if (shot->has_product)
    {
      float top = (float) shot->product[1], bottom = (float) shot->product[3];

      column.x = (float) (shot->product[0] + shot->product[2]) / 2.0F;
      column.width = 0.3F * (float) (shot->product[2] - shot->product[0]);
      column.base = MIN (top + 0.3F * (bottom - top), 0.8F * height);
      column.width = CLAMP (column.width, 0.06F * width, 0.22F * width);
    }
  column.height = MAX (column.base, 0.4F * height);
  return column;
}

/* 0…1: how much of the noise is seen at a place: fades in above the base, out at the top and to
 * both sides, and spreads on its way. */
static float
get_share (const Column *column, float x, float y)
{
  float up = (column->base - y) / column->height, side;

  if (up <= 0.0F || up >= 1.0F)
    return 0.0F;
  side = (x - column->x) / (column->width * (0.75F + 1.1F * up));
  if (side <= -1.0F || side >= 1.0F)
    return 0.0F;
  side = 1.0F - side * side;
  return side * side * get_slope (0.0F, 0.3F, up) * (1.0F - get_slope (0.35F, 1.0F, up));
}

static void
fill (const Steam *self, const InbShot *shot, Plume *plume)
{
  Column column = find_column (self, shot);
  float t = (float) inb_effect_get_time (&self->setup, shot->frame);
  float step = (float) self->step, width = (float) self->setup.width;

  for (int y = 0; y < plume->rows; y++)
    for (int x = 0; x < plume->columns; x++)
      {
        float px = ((float) x + 0.5F) * step, py = ((float) y + 0.5F) * step;
        float share = get_share (&column, px, py);

        if (share <= 0.0F)
          continue;
        share *= get_density (self, (px - column.x) / (WISP_WIDTH * width),
                              (py - column.base) / (WISP_HEIGHT * width), t);
        plume->field[(y + 1) * (plume->columns + 2) + x + 1] =
            (gint32) (share * (float) self->amount * 32767.0F);
        plume->left = MIN (plume->left, x);
        plume->right = MAX (plume->right, x);
        plume->top = MIN (plume->top, y);
        plume->bottom = MAX (plume->bottom, y);
      }
}

static gpointer
begin (gpointer effect, const InbShot *shot)
{
  const Steam *self = effect;
  Plume *plume = g_new0 (Plume, 1);
  gsize n = (gsize) (self->columns + 2) * (gsize) (self->rows + 2);

  *plume = (Plume){
    g_new0 (gint32, n), self->step, self->columns, self->rows, self->columns, self->rows, -1, -1
  };
  fill (self, shot, plume);
  return plume;
}

static void
end (gpointer state)
{
  Plume *plume = state;

  g_free (plume->field);
  g_free (plume);
}

static guint
get_step (const Plume *plume, const InbArea *area)
{
  return area->plane == 0 ? plume->step : plume->step / 2;
}

static gboolean
touches (gpointer state, const InbArea *area)
{
  const Plume *plume = state;
  int step = (int) get_step (plume, area);

  return (int) area->x < (plume->right + 2) * step &&
         (int) (area->x + area->n_columns) > (plume->left - 1) * step &&
         (int) area->y < (plume->bottom + 2) * step &&
         (int) (area->y + area->n_rows) > (plume->top - 1) * step;
}

/* One row of weights, brought from cells to samples. */
static void
lift (const Plume *plume, const InbArea *area, guint row, gint32 *weights)
{
  guint step = get_step (plume, area), y = area->y + row;
  guint cell = y / step, n = 2 * (y % step) + 1;
  gboolean upper = n < step;
  guint above = upper ? cell : cell + 1; /* the field has a row more */
  guint weight = upper ? step + n : n - step;
  const gint32 *from = plume->field + above * ((guint) plume->columns + 2) + area->x / step;

  inb_kernels_get ()->lift (from, from + plume->columns + 2, (gint32) weight, step,
                            (area->n_columns + step - 1) / step, weights);
}

/* Steam is behind the product. */
static void
apply (gpointer state, const InbArea *area, gint16 *samples, const gint16 *alpha,
       InbCoverage coverage)
{
  const Plume *plume = state;
  gint16 weights[INB_TILE_COLUMNS] INB_ALIGNED, light[INB_TILE_COLUMNS] INB_ALIGNED;
  gint32 lifted[INB_TILE_COLUMNS + MAX_STEP];
  guint n = (area->n_columns + 15) & ~15U;

  if (coverage == INB_COVERAGE_ALL)
    return;
  memset (weights, 0, sizeof weights);
  for (guint i = 0; i < n; i++)
    light[i] = (area->plane == 0 ? LIGHT : 128) * INB_PLANE_ONE;
  for (guint row = 0; row < area->n_rows; row++)
    {
      lift (plume, area, row, lifted);
      for (guint i = 0; i < area->n_columns; i++)
        {
          gint32 seen = INB_ALPHA_ONE;

          if (alpha != NULL) /* outside the softened outline: nothing at the rim */
            seen -= 2 * alpha[row * INB_TILE_COLUMNS + i];
          seen = CLAMP (seen, 0, 16384);
          weights[i] = (gint16) (lifted[i] * seen >> 14);
        }
      inb_kernels_get ()->blend (samples + row * INB_TILE_COLUMNS, light, weights, n);
    }
}

const InbEffectKind inb_steam_kind = { make,    g_free, begin, end,
                                       touches, apply,  TRUE,  INB_COVERAGE_NONE };
