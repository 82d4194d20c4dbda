/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include <string.h>

/* Four numbers at once, as every architecture has them. Sums over the lanes are added in one order,
 * so that every machine finds the same. */
typedef float v4f __attribute__ ((vector_size (16)));

static inline v4f
v4f_load (const float *from)
{
  v4f value;

  memcpy (&value, from, sizeof value);
  return value;
}

static inline void
v4f_store (float *to, v4f value)
{
  memcpy (to, &value, sizeof value);
}

static inline float
v4f_sum (v4f value)
{
  return (value[0] + value[1]) + (value[2] + value[3]);
}
