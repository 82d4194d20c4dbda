/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-matrix.h"

#include <math.h>

/**
 * inb_matrix_multiply:
 * @a: nine numbers
 * @b: nine numbers
 * @product: (out): a·b: what it does is @b first, then @a; may be neither of them
 */
void
inb_matrix_multiply (const double a[9], const double b[9], double product[9])
{
  for (guint i = 0; i < 3; i++)
    for (guint j = 0; j < 3; j++)
      product[3 * i + j] = a[3 * i] * b[j] + a[3 * i + 1] * b[3 + j] + a[3 * i + 2] * b[6 + j];
}

/**
 * inb_matrix_invert:
 * @matrix: nine numbers
 * @inverse: (out): the same the other way round, with its last number 1 where that can be; may not
 * be @matrix
 *
 * Returns: %FALSE if there is no inverse
 */
gboolean
inb_matrix_invert (const double matrix[9], double inverse[9])
{
  const double *m = matrix;
  double determinant;

  for (guint i = 0; i < 3; i++)
    for (guint j = 0; j < 3; j++)
      {
        guint r1 = (j + 1) % 3, r2 = (j + 2) % 3, c1 = (i + 1) % 3, c2 = (i + 2) % 3;

        inverse[3 * i + j] = m[3 * r1 + c1] * m[3 * r2 + c2] - m[3 * r1 + c2] * m[3 * r2 + c1];
      }
  determinant = m[0] * inverse[0] + m[1] * inverse[3] + m[2] * inverse[6];
  if (fabs (determinant) < 1e-300)
    return FALSE;
  if (fabs (inverse[8]) > 1e-300)
    determinant = inverse[8];
  for (guint i = 0; i < 9; i++)
    inverse[i] /= determinant;
  return TRUE;
}

/**
 * inb_matrix_apply:
 * @matrix: nine numbers
 * @x: of a point
 * @y: of a point
 * @out_x: (out): where it goes
 * @out_y: (out): where it goes
 */
void
inb_matrix_apply (const double matrix[9], double x, double y, double *out_x, double *out_y)
{
  double depth = matrix[6] * x + matrix[7] * y + matrix[8];

  *out_x = (matrix[0] * x + matrix[1] * y + matrix[2]) / depth;
  *out_y = (matrix[3] * x + matrix[4] * y + matrix[5]) / depth;
}

/**
 * inb_matrix_get_scale:
 * @matrix: nine numbers
 * @x: of a point
 * @y: of a point
 *
 * Returns: how much longer lengths become at that point: the root of the growth of areas there
 */
double
inb_matrix_get_scale (const double matrix[9], double x, double y)
{
  const double *m = matrix;
  double depth = m[6] * x + m[7] * y + m[8];
  double determinant = m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6]) +
                       m[2] * (m[3] * m[7] - m[4] * m[6]);

  return sqrt (fabs (determinant / (depth * depth * depth)));
}
