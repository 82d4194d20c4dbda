/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-random.h"

/**
 * inb_random_get:
 * @seed: of a request
 * @index: which number of that seed
 *
 * A number without a sequence before it, so that nothing depends on the order of asking: the
 * finaliser of SplitMix64 (Steele, Lea and Flood 2014) over both.
 *
 * Returns: 0 ≤ number < 1
 */
double
inb_random_get (guint32 seed, guint32 index)
{
  guint64 z = (((guint64) seed << 32) | index) + G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  z ^= z >> 31;
  return (double) (z >> 11) / 9007199254740992.0; /* 2⁵³ */
}
