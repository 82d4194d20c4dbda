/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-surface.h"

#include <math.h>
#include <string.h>

#define N INB_SURFACE_TERMS
/* The border that is taken for back: of the width; half of it at the bottom, where products stand
 * nearest to the edge. */
#define BAND 0.07
/* Reweighted rounds (Holland and Welsch 1977), and how fast trust falls with the squared distance:
 * half at four sigmas. */
#define N_ROUNDS 8
#define DISTRUST 0.06
/* No back is known better than this, in code values: grain, JPEG. */
static const double floors[3] = { 4.0, 1.8, 1.8 };
/* Squared distance up to which a pixel is explained: three sigmas. */
#define INLIER 9.0

static void
get_basis (const InbMiniature *picture, int x, int y, double basis[N])
{
  double u = (2.0 * x + 1.0) / picture->width - 1.0, v = (2.0 * y + 1.0) / picture->height - 1.0;

  basis[0] = 1.0;
  basis[1] = u;
  basis[2] = v;
  basis[3] = u * u;
  basis[4] = u * v;
  basis[5] = v * v;
}

static gboolean
is_border (const InbMiniature *picture, int x, int y)
{
  int band = MAX (1, (int) (BAND * picture->width));

  return x < band || y < band || x >= picture->width - band ||
         y >= picture->height - MAX (1, band / 2);
}

/* Gauss elimination with the three right sides at once; a line too weak to say anything is 0. */
static void
solve (double matrix[N][N + 3], double terms[3][N])
{
  for (guint column = 0; column < N; column++)
    {
      guint best = column;

      for (guint row = column; row < N; row++)
        if (fabs (matrix[row][column]) > fabs (matrix[best][column]))
          best = row;
      for (guint k = 0; k < N + 3; k++)
        {
          double kept = matrix[column][k];

          matrix[column][k] = matrix[best][k];
          matrix[best][k] = kept;
        }
      for (guint row = 0; row < N; row++)
        {
          double factor = fabs (matrix[column][column]) > 1e-9
                              ? matrix[row][column] / matrix[column][column]
                              : 0.0;

          for (guint k = 0; row != column && k < N + 3; k++)
            matrix[row][k] -= factor * matrix[column][k];
        }
    }
  for (guint channel = 0; channel < 3; channel++)
    for (guint i = 0; i < N; i++)
      terms[channel][i] = fabs (matrix[i][i]) > 1e-9 ? matrix[i][N + channel] / matrix[i][i] : 0.0;
}

static double
get_square (const InbSurface *self, const InbMiniature *picture, int x, int y, double squares[3])
{
  double sum = 0.0;

  for (guint i = 0; i < 3; i++)
    {
      double away =
          picture->channels[i][y * picture->width + x] - inb_surface_get (self, picture, x, y, i);

      squares[i] = away * away;
      sum += squares[i] / (self->sigmas[i] * self->sigmas[i]);
    }
  return sum;
}

static void
fit_round (InbSurface *self, const InbMiniature *picture, gboolean first)
{
  double matrix[N][N + 3] = { { 0.0 } };
  double sums[3] = { 0.0 }, weights = 0.0;

  for (int y = 0; y < picture->height; y++)
    for (int x = 0; x < picture->width; x++)
      {
        double basis[N], squares[3], weight = 1.0;

        if (!is_border (picture, x, y))
          continue;
        if (!first)
          weight = 1.0 / (1.0 + DISTRUST * get_square (self, picture, x, y, squares));
        get_basis (picture, x, y, basis);
        for (guint i = 0; i < N; i++)
          {
            for (guint k = 0; k < N; k++)
              matrix[i][k] += weight * basis[i] * basis[k];
            for (guint k = 0; k < 3; k++)
              matrix[i][N + k] += weight * basis[i] * picture->channels[k][y * picture->width + x];
          }
      }
  solve (matrix, self->terms);
  for (int y = 0; y < picture->height; y++)
    for (int x = 0; x < picture->width; x++)
      if (is_border (picture, x, y))
        {
          double squares[3];
          double weight = 1.0 / (1.0 + DISTRUST * get_square (self, picture, x, y, squares));

          weights += weight;
          for (guint i = 0; i < 3; i++)
            sums[i] += weight * squares[i];
        }
  for (guint i = 0; i < 3; i++)
    self->sigmas[i] = MAX (floors[i], sqrt (sums[i] / weights));
}

/**
 * inb_surface_fit:
 * @self: (out): the surface
 * @picture: (transfer none): a picture
 *
 * Fits a quadratic surface to the colours of a picture's border, so that what is no back there, a
 * product that is cut or a shadow, has little say.
 */
void
inb_surface_fit (InbSurface *self, const InbMiniature *picture)
{
  guint n = 0, n_inliers = 0;

  memset (self, 0, sizeof *self);
  for (guint i = 0; i < 3; i++)
    self->sigmas[i] = 4.0 * floors[i];
  for (guint round = 0; round < N_ROUNDS; round++)
    fit_round (self, picture, round == 0);
  for (int y = 0; y < picture->height; y++)
    for (int x = 0; x < picture->width; x++)
      if (is_border (picture, x, y))
        {
          double squares[3];

          n++;
          n_inliers += get_square (self, picture, x, y, squares) < INLIER;
        }
  self->inliers = (double) n_inliers / n;
}

/**
 * inb_surface_get:
 * @self: a surface
 * @picture: the picture it was fitted to
 * @x: px
 * @y: px
 * @channel: 0: Y', 1: Cb, 2: Cr
 *
 * Returns: the back's colour there
 */
double
inb_surface_get (const InbSurface *self, const InbMiniature *picture, int x, int y, guint channel)
{
  double basis[N], sum = 0.0;

  get_basis (picture, x, y, basis);
  for (guint i = 0; i < N; i++)
    sum += self->terms[channel][i] * basis[i];
  return sum;
}

/**
 * inb_surface_get_distance:
 * @self: a surface
 * @picture: the picture it was fitted to
 * @x: px
 * @y: px
 *
 * Returns: how many sigmas the picture is from the back's colour there
 */
double
inb_surface_get_distance (const InbSurface *self, const InbMiniature *picture, int x, int y)
{
  double squares[3];

  return sqrt (get_square (self, picture, x, y, squares));
}
