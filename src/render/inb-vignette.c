/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-effect.h"

#include <math.h>

/* Of the squared way from the middle to a corner: nothing is darker inside. Chosen by eye. */
#define INNER 0.12
/* The corner's weight; a little below 1, so that roundings add up to no more. */
#define CORNER 32700.0

/* A gentle vignette: the squared distance from the middle is a column's part and a row's, so that
 * no map of the frame is needed. */
typedef struct
{
  gint16 *columns[2]; /* of brightness, of colour */
  gint16 *rows[2];
  gint16 strength;
} Vignette;

/* Of each sample its part of the weight; an ellipse that touches the middles of all sides at half
 * of what the corners have. */
static gint16 *
make_axis (guint n, double offset)
{
  gint16 *axis = g_new0 (gint16, n + INB_TILE_COLUMNS);

  for (guint i = 0; i < n; i++)
    {
      double away = (2.0 * i + 1.0) / n - 1.0;

      axis[i] = (gint16) floor (CORNER * (0.5 * away * away - offset) / (1.0 - INNER));
    }
  return axis;
}

static gpointer
make (const InbEffectSetup *setup)
{
  double amount = inb_prompt_get_amount (setup->prompt, INB_MOVE_VIGNETTE);
  Vignette *self;

  if (!(amount > 0.0))
    return NULL;
  self = g_new0 (Vignette, 1);
  self->strength = (gint16) (MIN (amount, 0.9) * 32767.0);
  for (guint i = 0; i < 2; i++)
    {
      self->columns[i] = make_axis (setup->width >> i, 0.0);
      self->rows[i] = make_axis (setup->height >> i, INNER);
    }
  return self;
}

static void
clear (gpointer effect)
{
  Vignette *self = effect;

  for (guint i = 0; i < 2; i++)
    {
      g_free (self->columns[i]);
      g_free (self->rows[i]);
    }
  g_free (self);
}

static gpointer
begin (gpointer effect, const InbShot *shot)
{
  return effect;
}

static void
end (gpointer state)
{
}

static gboolean
touches (gpointer state, const InbArea *area)
{
  return TRUE;
}

static void
apply (gpointer state, const InbArea *area, gint16 *samples, const gint16 *alpha,
       InbCoverage coverage)
{
  const Vignette *self = state;
  guint size = area->plane == 0 ? 0 : 1, n = (area->n_columns + 15) & ~15U;
  gint16 least = (area->plane == 0 ? 16 : 128) * INB_PLANE_ONE;

  for (guint row = 0; row < area->n_rows; row++)
    inb_kernels_get ()->shade (samples + row * INB_TILE_COLUMNS, self->columns[size] + area->x,
                               self->rows[size][area->y + row], self->strength, least, n);
}

const InbEffectKind inb_vignette_kind = { make,    clear, begin, end,
                                          touches, apply, FALSE, INB_COVERAGE_NONE };
