/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Row-major 3×3 matrices of the projective plane: nine doubles each. */
void inb_matrix_multiply (const double a[9], const double b[9], double product[9]);
gboolean inb_matrix_invert (const double matrix[9], double inverse[9]);
void inb_matrix_apply (const double matrix[9], double x, double y, double *out_x, double *out_y);
double inb_matrix_get_scale (const double matrix[9], double x, double y);

G_END_DECLS
