/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * inb_falloff:
 * @x: ≥ 0
 *
 * Nearly exp (−@x), by five terms of its series: plain arithmetic, so that every machine and every
 * C library gets the same.
 *
 * Returns: 0…1
 */
static inline float
inb_falloff (float x)
{
  return 1.0F / (1.0F + x * (1.0F + x * (0.5F + x * (1.0F / 6.0F + x * (1.0F / 24.0F)))));
}
