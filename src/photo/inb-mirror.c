/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "photo/inb-mirror.h"

#include <math.h>
#include <string.h>

/* Chosen by eye: sharp where it meets the photo, soft before the eye sees that it is a mirror. */
#define BLUR_RISE 0.35f /* px of blur (standard deviation) for each px away from the photo */
#define MAX_BLUR 0.045f /* of the long side */
/* Standard deviation, in its own px, of one level: cubic B-spline (√(1/3)) over boxes (√(1/12)). */
#define LEVEL_BLUR 0.6455f
#define MAX_LEVELS 12
#define PADDING 2u /* px that a cubic B-spline reads past an end */

typedef struct
{
  guint depth;
  guint length;
  float *px;      /* depth × length × channels; NULL: read from the photo */
  float *weights; /* for each place within one px of this level: four B-spline weights */
} Level;

/**
 * InbMirror:
 * @levels: the photo, each level half the one before
 * @narrow: one line of a level, between its own lines, padded at both ends
 * @other: one line of the photo
 * @second: one line of the softer of two levels
 *
 * A photo mirrored at one of its sides, softer and softer outwards.
 */
struct _InbMirror
{
  InbEdge edge;
  Level levels[MAX_LEVELS];
  guint n_levels;
  float *narrow;
  float *other;
  float *second;
};

static void
get_spline (float t, float *weights)
{
  float left = 1.0f - t;

  weights[0] = left * left * left / 6.0f;
  weights[1] = (4.0f - 6.0f * t * t + 3.0f * t * t * t) / 6.0f;
  weights[2] = (4.0f - 6.0f * left * left + 3.0f * left * left * left) / 6.0f;
  weights[3] = t * t * t / 6.0f;
}

/* Borrowed: valid until the next line of the photo itself is asked for. */
static const float *
get_level_line (InbMirror *self, guint number, int line)
{
  const Level *level = &self->levels[number];
  guint y = (guint) CLAMP (line, 0, (int) level->depth - 1);

  if (level->px != NULL)
    return level->px + (gsize) y * level->length * self->edge.n_channels;
  inb_edge_read_line (&self->edge, y, self->other);
  return self->other;
}

/* Two lines become one of half the length: boxes of two by two. */
static void
halve (const float *first, const float *second, guint length, guint n, float *result)
{
  for (guint i = 0; i < (length + 1) / 2; i++)
    {
      guint a = 2 * i * n, b = MIN (2 * i + 1, length - 1) * n;

      for (guint c = 0; c < n; c++)
        result[i * n + c] = (first[a + c] + first[b + c] + second[a + c] + second[b + c]) / 4.0f;
    }
}

static void
add_level (InbMirror *self)
{
  const Level *below = &self->levels[self->n_levels - 1];
  Level *level = &self->levels[self->n_levels];
  guint n = self->edge.n_channels;
  gsize n_below = (gsize) below->length * n;
  g_autofree float *first = g_new (float, n_below);

  level->depth = (below->depth + 1) / 2;
  level->length = (below->length + 1) / 2;
  level->px = g_new (float, (gsize) level->depth * level->length * n);
  for (guint y = 0; y < level->depth; y++)
    {
      memcpy (first, get_level_line (self, self->n_levels - 1, 2 * (int) y),
              n_below * sizeof (float));
      halve (first, get_level_line (self, self->n_levels - 1, 2 * (int) y + 1), below->length, n,
             level->px + (gsize) y * level->length * n);
    }
  self->n_levels++;
}

/* Where px i of a full line lies between the px of a level, which repeats every 2^level px. */
static void
add_weights (Level *level, guint number)
{
  guint size = 1u << number;

  level->weights = g_new (float, size * 4);
  for (guint i = 0; i < size; i++)
    {
      float x = (i + 0.5f) / size - 0.5f;

      get_spline (x - floorf (x), level->weights + i * 4);
    }
}

/**
 * inb_mirror_new:
 * @edge: one side of the photo; its picture must outlive the result
 *
 * Returns: (transfer full): the mirror; free with inb_mirror_free()
 */
InbMirror *
inb_mirror_new (const InbEdge *edge)
{
  InbMirror *self = g_new0 (InbMirror, 1);
  gsize n = (gsize) edge->length * edge->n_channels;
  float most = log2f (MAX (1.0f, MAX_BLUR * edge->long_side / LEVEL_BLUR));

  self->edge = *edge;
  self->narrow = g_new (float, n + 2 * (gsize) PADDING * edge->n_channels);
  self->other = g_new (float, n);
  self->second = g_new (float, n);
  self->levels[0].depth = edge->depth;
  self->levels[0].length = edge->length;
  self->n_levels = 1;
  while (self->n_levels < MAX_LEVELS && self->n_levels < (guint) most + 2)
    add_level (self);
  for (guint i = 0; i < self->n_levels; i++)
    add_weights (&self->levels[i], i);
  return self;
}

/* A line between the lines of a level, with its ends repeated so that nobody has to ask for them.
 */
static void
mix_lines (InbMirror *self, guint number, guint y)
{
  const Level *level = &self->levels[number];
  guint n = self->edge.n_channels;
  gsize n_narrow = (gsize) level->length * n;
  float at = (y + 0.5f) / (1u << number) - 0.5f;
  float *narrow = self->narrow + PADDING * n;
  float rows[4];

  memset (narrow, 0, n_narrow * sizeof (float));
  get_spline (at - floorf (at), rows);
  for (int k = 0; k < 4; k++)
    {
      const float *line = get_level_line (self, number, (int) floorf (at) - 1 + k);

      for (gsize i = 0; i < n_narrow; i++)
        narrow[i] += rows[k] * line[i];
    }
  for (guint i = 0; i < PADDING; i++)
    {
      memcpy (self->narrow + i * n, narrow, n * sizeof (float));
      memcpy (narrow + n_narrow + i * n, narrow + n_narrow - n, n * sizeof (float));
    }
}

static void
get_soft_line (InbMirror *self, guint number, guint y, float *line)
{
  guint n = self->edge.n_channels, size = 1u << number;

  mix_lines (self, number, y);
  for (guint i = 0; i < self->edge.length; i++, line += n)
    {
      guint phase = i & (size - 1);
      const float *weights = self->levels[number].weights + (gsize) phase * 4;
      /* the px before the one whose centre is at or before this place, counted with the padding */
      const float *taps =
          self->narrow + ((gsize) (i >> number) + PADDING - (phase < size / 2 ? 2 : 1)) * n;

      for (guint c = 0; c < n; c++)
        line[c] = weights[0] * taps[c] + weights[1] * taps[n + c] + weights[2] * taps[2 * n + c] +
                  weights[3] * taps[3 * n + c];
    }
}

/**
 * inb_mirror_get_line:
 * @self: a mirror
 * @distance: px outwards, 0 beside the photo's outermost line
 * @line: (out caller-allocates): length × channels of the edge
 *
 * The photo's line at the same distance inwards, back and forth where the canvas is deeper than the
 * photo, softened by a Gaussian-like blur that grows with the distance: a pyramid of halves, read
 * between its levels by cubic B-splines (as Unser 1999 describes them), which shows no squares.
 */
void
inb_mirror_get_line (InbMirror *self, guint distance, float *line)
{
  guint turn = distance % (2 * self->edge.depth);
  guint y = turn < self->edge.depth ? turn : 2 * self->edge.depth - 1 - turn;
  float blur = MIN (BLUR_RISE * (distance + 0.5f), MAX_BLUR * self->edge.long_side);
  float level = MIN (log2f (blur / LEVEL_BLUR), (float) self->n_levels - 1.0f);
  float share = level - floorf (level);
  gsize n = (gsize) self->edge.length * self->edge.n_channels;

  if (level < 0.0f) /* less than the first level: between it and the photo itself */
    {
      share = blur / LEVEL_BLUR;
      inb_edge_read_line (&self->edge, y, line);
      get_soft_line (self, 0, y, self->second);
    }
  else
    {
      get_soft_line (self, (guint) level, y, line);
      if (share <= 0.0f)
        return;
      get_soft_line (self, MIN ((guint) level + 1, self->n_levels - 1), y, self->second);
    }
  for (gsize i = 0; i < n; i++)
    line[i] += share * (self->second[i] - line[i]);
}

/**
 * inb_mirror_free:
 * @self: (transfer full): a mirror
 */
void
inb_mirror_free (InbMirror *self)
{
  for (guint i = 0; i < self->n_levels; i++)
    {
      g_free (self->levels[i].px);
      g_free (self->levels[i].weights);
    }
  g_free (self->narrow);
  g_free (self->other);
  g_free (self->second);
  g_free (self);
}
