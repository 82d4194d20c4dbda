/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "photo/inb-backdrop.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* All chosen by eye on studio sweeps, tables with a horizon, cut-off products and busy scenes. */
#define BAND_DEPTH 0.06  /* of the long side: the border that is looked at */
#define CELL_PX 8u       /* noise is averaged away in cells of that size */
#define MAX_SLOPE 0.6f   /* of full scale over one long side: a steep vignette */
#define MAX_BUSY 0.02    /* more than 5 of 255 off: texture, not background */
#define MAX_TURNS 0.9    /* a horizon and a shadow; more is things that were cut off */
#define FLAT_RANGE 0.012 /* 3 of 255: the eye takes it for one colour */

/* The border as the analysis needs it: lines from the outermost one inwards. */
typedef struct
{
  const InbEdge *edge;
  guint n_lines;
  float *lines;   /* n_lines × length × n_channels */
  float *profile; /* length × n_channels: the edge itself, without the slope */
  float *slopes;  /* length × n_channels: rise from line to line, measured at each place */
} Band;

static float *
get_line (const Band *band, guint distance)
{
  return band->lines + (gsize) distance * band->edge->length * band->edge->n_channels;
}

static void
band_init (Band *self, const InbEdge *edge)
{
  gsize n = (gsize) edge->length * edge->n_channels;

  self->edge = edge;
  self->n_lines =
      CLAMP ((guint) (edge->long_side * BAND_DEPTH + 0.5), MIN (4, edge->depth), edge->depth);
  self->lines = g_new (float, n * self->n_lines);
  self->profile = g_new0 (float, n);
  self->slopes = g_new0 (float, n);
  for (guint d = 0; d < self->n_lines; d++)
    inb_edge_read_line (edge, d, get_line (self, d));
}

static void
band_clear (Band *self)
{
  g_free (self->lines);
  g_free (self->profile);
  g_free (self->slopes);
}

/* Least squares at each place along the edge: value = profile + slope × distance. */
static void
fit_lines (Band *self)
{
  gsize n = (gsize) self->edge->length * self->edge->n_channels;
  float middle = (self->n_lines - 1) / 2.0f;
  float squares = 0.0f;

  for (guint d = 0; d < self->n_lines; d++)
    {
      const float *line = get_line (self, d);

      squares += (d - middle) * (d - middle);
      for (gsize i = 0; i < n; i++)
        {
          self->profile[i] += line[i] / self->n_lines;
          self->slopes[i] += line[i] * (d - middle);
        }
    }
  for (gsize i = 0; i < n; i++)
    self->slopes[i] = squares > 0.0f ? self->slopes[i] / squares : 0.0f;
}

static int
compare_floats (const void *a, const void *b)
{
  float first = *(const float *) a, second = *(const float *) b;

  return (first > second) - (first < second);
}

static float
get_quantile (const float *values, gsize n, double share)
{
  g_autofree float *sorted = g_memdup2 (values, n * sizeof (float));

  qsort (sorted, n, sizeof (float), compare_floats);
  return sorted[(gsize) (share * (double) (n - 1))];
}

/* a + b·u + c·u² by normal equations; places with weight 0 do not count. */
static void
fit_quadratic (const float *values, const float *weights, guint n, float *result)
{
  double m[3][4] = { { 0.0 } };

  for (guint i = 0; i < n; i++)
    {
      double u = n > 1 ? 2.0 * i / (n - 1) - 1.0 : 0.0;
      double powers[3] = { 1.0, u, u * u };

      for (guint r = 0; r < 3; r++)
        {
          for (guint c = 0; c < 3; c++)
            m[r][c] += (double) weights[i] * powers[r] * powers[c];
          m[r][3] += (double) weights[i] * powers[r] * (double) values[i];
        }
    }
  for (guint i = 0; i < 3; i++)
    m[i][i] += 1e-6 * n; /* few places left: towards no slope, not towards infinity */
  for (guint p = 0; p < 3; p++)
    for (guint r = 0; r < 3; r++)
      {
        double factor = r != p ? m[r][p] / m[p][p] : 0.0;

        for (guint c = p; c < 4 && r != p; c++)
          m[r][c] -= factor * m[p][c];
      }
  for (guint r = 0; r < 3; r++)
    result[r] = (float) (m[r][3] / m[r][r]);
}

/* Rise over one long side, averaged over the places of each cell. */
static void
read_slopes (const Band *band, guint channel, guint n_cells, float *values)
{
  const InbEdge *edge = band->edge;

  for (guint k = 0; k < n_cells; k++)
    {
      guint from = k * CELL_PX, to = k + 1 < n_cells ? from + CELL_PX : edge->length;

      values[k] = 0.0f;
      for (guint i = from; i < to; i++)
        values[k] += band->slopes[i * edge->n_channels + channel] * edge->long_side / (to - from);
    }
}

/* One smooth slope along the whole edge; what was cut off by the edge drops out in a few rounds. */
static void
fit_slope (const Band *band, guint channel, float *result)
{
  guint n = MAX (1, band->edge->length / CELL_PX);
  g_autofree float *values = g_new (float, n);
  g_autofree float *weights = g_new (float, n);
  g_autofree float *misses = g_new (float, n);

  read_slopes (band, channel, n, values);
  for (guint i = 0; i < n; i++)
    weights[i] = 1.0f;
  for (guint round = 0; round < 4; round++)
    {
      float bound;

      fit_quadratic (values, weights, n, result);
      for (guint i = 0; i < n; i++)
        {
          float u = n > 1 ? 2.0f * i / (n - 1) - 1.0f : 0.0f;

          misses[i] = fabsf (values[i] - (result[0] + u * (result[1] + u * result[2])));
        }
      bound = MAX (2.5f * get_quantile (misses, n, 0.5), 1e-6f);
      for (guint i = 0; i < n; i++)
        weights[i] = misses[i] <= bound ? 1.0f : 0.0f;
    }
}

/**
 * inb_backdrop_side_get_slope:
 * @self: a side
 * @channel: which
 * @place: along the edge, −1…1
 *
 * Returns: rise of the value (0…1) inwards over one long side, bounded
 */
float
inb_backdrop_side_get_slope (const InbBackdropSide *self, guint channel, float place)
{
  const float *slope = self->slope[channel];

  return CLAMP (slope[0] + place * (slope[1] + place * slope[2]), -MAX_SLOPE, MAX_SLOPE);
}

/* Mean of what one cell has more than "edge plus slope", of the worst channel. */
static float
measure_cell (const Band *band, const float *rises, guint from_d, guint from_i)
{
  const InbEdge *edge = band->edge;
  guint to_d = MIN (from_d + CELL_PX, band->n_lines), to_i = MIN (from_i + CELL_PX, edge->length);
  guint n = edge->n_channels;
  float middle = (band->n_lines - 1) / 2.0f;
  float sums[INB_EDGE_MAX_CHANNELS] = { 0.0f };
  float most = 0.0f;

  for (guint d = from_d; d < to_d; d++)
    {
      const float *line = get_line (band, d);

      for (guint i = from_i; i < to_i; i++)
        for (guint c = 0; c < n; c++)
          sums[c] += line[i * n + c] - band->profile[i * n + c] - rises[i * n + c] * (d - middle);
    }
  for (guint c = 0; c < n; c++)
    most = MAX (most, fabsf (sums[c]));
  return most / ((to_d - from_d) * (to_i - from_i));
}

/* How far the border is from "edge plus slope", in cells, the worst tenth left out of account. */
static double
measure_busy (const Band *band, const InbBackdropSide *side)
{
  const InbEdge *edge = band->edge;
  guint rows = MAX (1, band->n_lines / CELL_PX), columns = MAX (1, edge->length / CELL_PX);
  g_autofree float *cells = g_new0 (float, rows *columns);
  g_autofree float *rises = g_new (float, (gsize) edge->length * edge->n_channels);

  for (guint i = 0; i < edge->length; i++)
    for (guint c = 0; c < edge->n_channels; c++)
      rises[i * edge->n_channels + c] =
          inb_backdrop_side_get_slope (
              side, c, edge->length > 1 ? 2.0f * i / (edge->length - 1) - 1.0f : 0.0f) /
          edge->long_side;
  for (guint r = 0; r < rows; r++)
    for (guint k = 0; k < columns; k++)
      cells[r * columns + k] = measure_cell (band, rises, r * CELL_PX, k * CELL_PX);
  return (double) get_quantile (cells, (gsize) rows * columns, 0.9);
}

/* Ups and downs of the edge along its length (total variation of cells), the worst channel. */
static double
measure_turns (const Band *band, double *range)
{
  const InbEdge *edge = band->edge;
  guint n = MAX (1, edge->length / CELL_PX);
  g_autofree float *means = g_new (float, n);
  double turns = 0.0;

  *range = 0.0;
  for (guint c = 0; c < edge->n_channels; c++)
    {
      double sum = 0.0;

      for (guint k = 0; k < n; k++)
        {
          guint from = k * CELL_PX, to = MIN ((k + 1) * CELL_PX, edge->length);

          means[k] = 0.0f;
          for (guint i = from; i < to; i++)
            means[k] += band->profile[i * edge->n_channels + c] / (to - from);
          if (k > 0)
            sum += fabs ((double) (means[k] - means[k - 1]));
        }
      turns = MAX (turns, sum);
      *range =
          MAX (*range, (double) (get_quantile (means, n, 0.97) - get_quantile (means, n, 0.03)));
    }
  return turns;
}

static void
read_side (InbBackdropSide *self, const InbPixels *copy, InbEdgeSide which)
{
  InbEdge edge;
  Band band;
  double range = 0.0, steepest = 0.0;

  memset (self, 0, sizeof *self);
  inb_edge_init (&edge, copy, which);
  band_init (&band, &edge);
  fit_lines (&band);
  for (guint c = 0; c < edge.n_channels; c++)
    {
      fit_slope (&band, c, self->slope[c]);
      for (int u = -1; u <= 1; u++)
        steepest = MAX (steepest, fabs ((double) inb_backdrop_side_get_slope (self, c, (float) u)));
    }
  self->busy = measure_busy (&band, self);
  self->turns = measure_turns (&band, &range);
  if (self->busy > MAX_BUSY || self->turns > MAX_TURNS)
    self->kind = INB_BACKDROP_MIRROR;
  else if (range > FLAT_RANGE || steepest * BAND_DEPTH > FLAT_RANGE)
    self->kind = INB_BACKDROP_GRADIENT;
  else
    self->kind = INB_BACKDROP_FLAT;
  band_clear (&band);
}

/**
 * inb_backdrop_init:
 * @self: (out caller-allocates): what was found
 * @copy: a small copy of the whole photo, long side about 1280 px
 *
 * Looks at the border on each side. Where the border is an edge that goes on inwards with at most a
 * gentle slope, it also goes on outwards: a flat or a gradient background, a table with its horizon
 * among them. Where it is not, only a mirror is honest. The constants are chosen by eye.
 */
void
inb_backdrop_init (InbBackdrop *self, const InbPixels *copy)
{
  for (guint i = 0; i < INB_N_EDGES; i++)
    read_side (&self->sides[i], copy, (InbEdgeSide) i);
}

/**
 * inb_backdrop_get_kind:
 * @self: what was found
 * @beside: left and right, instead of above and below
 *
 * Returns: the lesser of the two sides that an extension in that direction needs
 */
InbBackdropKind
inb_backdrop_get_kind (const InbBackdrop *self, gboolean beside)
{
  const InbBackdropSide *first = &self->sides[beside ? INB_EDGE_LEFT : INB_EDGE_TOP];
  const InbBackdropSide *second = &self->sides[beside ? INB_EDGE_RIGHT : INB_EDGE_BOTTOM];

  return MAX (first->kind, second->kind);
}

/**
 * inb_backdrop_kind_to_string:
 * @kind: a kind
 *
 * Returns: (transfer none): its name in JSON
 */
const char *
inb_backdrop_kind_to_string (InbBackdropKind kind)
{
  static const char *const names[] = { "flat", "gradient", "mirror" };

  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (names), NULL);
  return names[kind];
}
