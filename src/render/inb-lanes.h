/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include <string.h>

/* Defines @type_load and @type_store: a vector from and to memory, aligned or not. */
#define INB_LANES(type, element)                       \
  static inline type type##_load (const element *from) \
  {                                                    \
    type value;                                        \
                                                       \
    memcpy (&value, from, sizeof value);               \
    return value;                                      \
  }                                                    \
                                                       \
  static inline void type##_store (element *to, type value) { memcpy (to, &value, sizeof value); }

/* Four numbers at once, as every architecture has them. Sums over the lanes are added in one order,
 * so that every machine finds the same. */
typedef float v4f __attribute__ ((vector_size (16)));

INB_LANES (v4f, float)

static inline float
v4f_sum (v4f value)
{
  return (value[0] + value[1]) + (value[2] + value[3]);
}
