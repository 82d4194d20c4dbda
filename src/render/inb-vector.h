/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include <string.h>
#if defined(__SSE2__) && !defined(INB_KERNELS_PLAIN)
#define HAVE_SSE2 1
#include <immintrin.h>
#else
#define HAVE_SSE2 0
#endif

#include "render/inb-lanes.h"

/* The few vector words that the kernels are written in: GCC's vector types, and for the two
 * multiplications that C has no operator for the processor's own instruction or the same sum in
 * small steps. Internal to inb-kernels.c. */

typedef gint16 v8 __attribute__ ((vector_size (16)));
typedef guint16 v8u __attribute__ ((vector_size (16)));
typedef gint32 v4i __attribute__ ((vector_size (16)));

INB_LANES (v8, gint16)

/* Two runs of four samples. */
static inline v8
v8_load_pair (const gint16 *low, const gint16 *high)
{
  gint64 pair[2];
  v8 value;

  memcpy (&pair[0], low, sizeof pair[0]);
  memcpy (&pair[1], high, sizeof pair[1]);
  value = (v8) (__extension__(gint64 __attribute__ ((vector_size (16)))){ pair[0], pair[1] });
  return value;
}

/* (a · b + 2¹⁴) >> 15, lane by lane. */
static inline v8
v8_multiply (v8 a, v8 b)
{
#if HAVE_SSE2 && defined(__SSSE3__)
  return (v8) _mm_mulhrs_epi16 ((__m128i) a, (__m128i) b);
#elif HAVE_SSE2
  v8u low = (v8u) a * (v8u) b;
  v8 high = (v8) _mm_mulhi_epi16 ((__m128i) a, (__m128i) b);

  return (v8) ((v8u) (high + high) + (low >> 15) + ((low >> 14) & 1));
#else
  v8 value = { 0 };

  for (guint i = 0; i < 8; i++)
    value[i] = (gint16) ((a[i] * b[i] + (1 << 14)) >> 15);
  return value;
#endif
}

/* Sixteen lanes as bytes, each first brought into 1…254: BT.709 keeps 0 and 255 for timing. */
static inline void
v8_store_codes (v8 low, v8 high, guint8 *to)
{
#if HAVE_SSE2
  const __m128i least = _mm_set1_epi16 (1), most = _mm_set1_epi16 (254);
  __m128i a = _mm_min_epi16 (_mm_max_epi16 ((__m128i) low, least), most);
  __m128i b = _mm_min_epi16 (_mm_max_epi16 ((__m128i) high, least), most);
  __m128i codes = _mm_packus_epi16 (a, b);

  memcpy (to, &codes, sizeof codes);
#else
  for (guint i = 0; i < 16; i++)
    {
      gint16 code = i < 8 ? low[i] : high[i - 8];

      to[i] = (guint8) CLAMP (code, 1, 254);
    }
#endif
}

/* a[2i] · b[2i] + a[2i+1] · b[2i+1] */
static inline v4i
v8_multiply_pairs (v8 a, v8 b)
{
#if HAVE_SSE2
  return (v4i) _mm_madd_epi16 ((__m128i) a, (__m128i) b);
#else
  v4i value = { 0 };

  for (guint i = 0; i < 4; i++)
    value[i] = a[2 * i] * b[2 * i] + a[2 * i + 1] * b[2 * i + 1];
  return value;
#endif
}

/* The sums of the four lanes of a, b, c and d. */
static inline v4i
v4i_sums (v4i a, v4i b, v4i c, v4i d)
{
  v4i ab = __builtin_shufflevector (a, b, 0, 1, 4, 5) + __builtin_shufflevector (a, b, 2, 3, 6, 7);
  v4i cd = __builtin_shufflevector (c, d, 0, 1, 4, 5) + __builtin_shufflevector (c, d, 2, 3, 6, 7);

  return __builtin_shufflevector (ab, cd, 0, 2, 4, 6) +
         __builtin_shufflevector (ab, cd, 1, 3, 5, 7);
}

#if HAVE_SSE2 && defined(__AVX2__)
/* Sixteen rows at once: lanes 0…7 belong to rows 0…7 of a tile, lanes 8…15 to rows 8…15. */
#define LANES 16
typedef gint16 vn __attribute__ ((vector_size (32)));
#define UNPACK_LOW_16(a, b) \
  __builtin_shufflevector (a, b, 0, 16, 1, 17, 2, 18, 3, 19, 8, 24, 9, 25, 10, 26, 11, 27)
#define UNPACK_HIGH_16(a, b) \
  __builtin_shufflevector (a, b, 4, 20, 5, 21, 6, 22, 7, 23, 12, 28, 13, 29, 14, 30, 15, 31)
#define UNPACK_LOW_32(a, b) \
  __builtin_shufflevector (a, b, 0, 1, 16, 17, 2, 3, 18, 19, 8, 9, 24, 25, 10, 11, 26, 27)
#define UNPACK_HIGH_32(a, b) \
  __builtin_shufflevector (a, b, 4, 5, 20, 21, 6, 7, 22, 23, 12, 13, 28, 29, 14, 15, 30, 31)
#define UNPACK_LOW_64(a, b) \
  __builtin_shufflevector (a, b, 0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27)
#define UNPACK_HIGH_64(a, b) \
  __builtin_shufflevector (a, b, 4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31)

static inline vn
vn_multiply (vn a, vn b)
{
  return (vn) _mm256_mulhrs_epi16 ((__m256i) a, (__m256i) b);
}

static inline vn
vn_load_rows (const gint16 *low, const gint16 *high)
{
  return __builtin_shufflevector (v8_load (low), v8_load (high), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
                                  11, 12, 13, 14, 15);
}

static inline void
vn_store_rows (vn value, gint16 *low, gint16 *high)
{
  v8 first = __builtin_shufflevector (value, value, 0, 1, 2, 3, 4, 5, 6, 7);
  v8 second = __builtin_shufflevector (value, value, 8, 9, 10, 11, 12, 13, 14, 15);

  memcpy (low, &first, sizeof first);
  memcpy (high, &second, sizeof second);
}
#else
/* Eight rows at once; a tile is done in two halves. */
#define LANES 8
typedef v8 vn;
#define UNPACK_LOW_16(a, b) __builtin_shufflevector (a, b, 0, 8, 1, 9, 2, 10, 3, 11)
#define UNPACK_HIGH_16(a, b) __builtin_shufflevector (a, b, 4, 12, 5, 13, 6, 14, 7, 15)
#define UNPACK_LOW_32(a, b) __builtin_shufflevector (a, b, 0, 1, 8, 9, 2, 3, 10, 11)
#define UNPACK_HIGH_32(a, b) __builtin_shufflevector (a, b, 4, 5, 12, 13, 6, 7, 14, 15)
#define UNPACK_LOW_64(a, b) __builtin_shufflevector (a, b, 0, 1, 2, 3, 8, 9, 10, 11)
#define UNPACK_HIGH_64(a, b) __builtin_shufflevector (a, b, 4, 5, 6, 7, 12, 13, 14, 15)
#define vn_multiply v8_multiply

static inline vn
vn_load_rows (const gint16 *low, const gint16 *high)
{
  return v8_load (low);
}

static inline void
vn_store_rows (vn value, gint16 *low, gint16 *high)
{
  memcpy (low, &value, sizeof value);
}
#endif

INB_LANES (vn, gint16)

static inline vn
vn_all (gint16 value)
{
  return (vn){ 0 } + value;
}

/* Each lane brought into 0…@most. */
static inline vn
vn_clamp (vn value, gint16 most)
{
  vn above = value > most;

  value &= ~(value < 0);
  return (vn_all (most) & above) | (value & ~above);
}

/* Eight rows of eight samples become eight columns, in every eight lanes by themselves. */
static inline void
vn_transpose (vn block[8])
{
  vn a[8], b[8];

  for (guint i = 0; i < 4; i++)
    {
      a[2 * i] = UNPACK_LOW_16 (block[2 * i], block[2 * i + 1]);
      a[2 * i + 1] = UNPACK_HIGH_16 (block[2 * i], block[2 * i + 1]);
    }
  for (guint i = 0; i < 2; i++)
    for (guint j = 0; j < 2; j++)
      {
        b[4 * i + 2 * j] = UNPACK_LOW_32 (a[4 * i + j], a[4 * i + 2 + j]);
        b[4 * i + 2 * j + 1] = UNPACK_HIGH_32 (a[4 * i + j], a[4 * i + 2 + j]);
      }
  for (guint i = 0; i < 4; i++)
    {
      block[2 * i] = UNPACK_LOW_64 (b[i], b[4 + i]);
      block[2 * i + 1] = UNPACK_HIGH_64 (b[i], b[4 + i]);
    }
}
