/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-inpaint.h"

#include "render/inb-bounds.h"
#include "render/inb-farm.h"

/* Samples that are looked at around the holes, beside a quarter of their extent. */
#define SURROUNDINGS 16
/* Relaxations a level: they take the squares out of what a coarser level left. Chosen by eye. */
#define N_RELAXATIONS 2

/* A part of a plane at one scale: samples, and how much of each is known, 0…1. */
typedef struct
{
  int width;
  int height;
  float *values;
  float *known;
} Level;

typedef struct
{
  int x;
  int y;
  int width;
  int height;
} Box;

typedef struct
{
  InbPlane *const *planes;
  const guint8 *holes;
  Box box;
} Filling;

static Level *
level_new (int width, int height)
{
  Level *self = g_new (Level, 1);

  self->width = width;
  self->height = height;
  self->values = g_new0 (float, (gsize) width *(gsize) height);
  self->known = g_new0 (float, (gsize) width *(gsize) height);
  return self;
}

static void
level_free (Level *self)
{
  g_free (self->values);
  g_free (self->known);
  g_free (self);
}

/* Half as large: the mean of what is known; one known sample of four is enough to be known. */
static Level *
pull (const Level *fine)
{
  Level *self = level_new ((fine->width + 1) / 2, (fine->height + 1) / 2);

  for (int y = 0; y < self->height; y++)
    for (int x = 0; x < self->width; x++)
      {
        float sum = 0.0F, weight = 0.0F;

        for (int i = 0; i < 4; i++)
          {
            int fine_x = MIN (2 * x + i % 2, fine->width - 1);
            int fine_y = MIN (2 * y + i / 2, fine->height - 1);
            int at = fine_y * fine->width + fine_x;

            sum += fine->values[at] * fine->known[at];
            weight += fine->known[at];
          }
        self->values[y * self->width + x] = weight > 0.0F ? sum / weight : 0.0F;
        self->known[y * self->width + x] = MIN (weight, 1.0F);
      }
  return self;
}

/* The same from a plane itself, whose samples are known or not. */
static Level *
pull_plane (const InbPlane *plane, const guint8 *holes, const Box *box)
{
  Level *self = level_new ((box->width + 1) / 2, (box->height + 1) / 2);

  for (int y = 0; y < self->height; y++)
    for (int x = 0; x < self->width; x++)
      {
        int sum = 0, weight = 0;

        for (int i = 0; i < 4; i++)
          {
            int fine_x = box->x + MIN (2 * x + i % 2, box->width - 1);
            int fine_y = box->y + MIN (2 * y + i / 2, box->height - 1);
            int known = holes[fine_y * plane->width + fine_x] == INB_INPAINT_KNOWN;

            sum += known * plane->data[fine_y * plane->stride + fine_x];
            weight += known;
          }
        self->values[y * self->width + x] = weight > 0 ? (float) sum / (float) weight : 0.0F;
        self->known[y * self->width + x] = weight > 0 ? 1.0F : 0.0F;
      }
  return self;
}

/* Between four samples of the coarser level, nine to three to three to one. */
static float
enlarge (const Level *coarse, int x, int y)
{
  int near_x = x / 2, near_y = y / 2;
  int far_x = CLAMP (near_x + (x % 2 == 0 ? -1 : 1), 0, coarse->width - 1);
  int far_y = CLAMP (near_y + (y % 2 == 0 ? -1 : 1), 0, coarse->height - 1);
  const float *near_row = coarse->values + near_y * coarse->width;
  const float *far_row = coarse->values + far_y * coarse->width;

  return (9.0F * near_row[near_x] + 3.0F * (near_row[far_x] + far_row[near_x]) + far_row[far_x]) /
         16.0F;
}

/* Each unknown sample becomes the mean of its four neighbours. */
static void
relax (Level *self)
{
  g_autofree float *before =
      g_memdup2 (self->values, (gsize) self->width * (gsize) self->height * sizeof (float));

  for (int y = 0; y < self->height; y++)
    for (int x = 0; x < self->width; x++)
      {
        int at = y * self->width + x;
        float left = before[x > 0 ? at - 1 : at], up = before[y > 0 ? at - self->width : at];
        float right = before[x < self->width - 1 ? at + 1 : at];
        float down = before[y < self->height - 1 ? at + self->width : at];

        if (self->known[at] < 1.0F)
          self->values[at] = self->known[at] * before[at] +
                             (1.0F - self->known[at]) * (left + right + up + down) / 4.0F;
      }
}

static void
push (Level *self, const Level *coarse)
{
  for (int y = 0; y < self->height; y++)
    for (int x = 0; x < self->width; x++)
      {
        int at = y * self->width + x;

        if (self->known[at] < 1.0F)
          self->values[at] = self->known[at] * self->values[at] +
                             (1.0F - self->known[at]) * enlarge (coarse, x, y);
      }
  for (guint i = 0; i < N_RELAXATIONS; i++)
    relax (self);
}

static void
fill_level (Level *self)
{
  Level *coarse;

  if (self->width == 1 && self->height == 1)
    return;
  coarse = pull (self);
  fill_level (coarse);
  push (self, coarse);
  level_free (coarse);
}

static void
fill_plane_cb (guint task, gpointer user_data)
{
  const Filling *self = user_data;
  const Box *box = &self->box;
  InbPlane *plane = self->planes[task];
  Level *level = pull_plane (plane, self->holes, box);

  fill_level (level);
  for (int y = 0; y < box->height; y++)
    for (int x = 0; x < box->width; x++)
      if (self->holes[(box->y + y) * plane->width + box->x + x] == INB_INPAINT_HOLE)
        plane->data[(box->y + y) * plane->stride + box->x + x] =
            (gint16) (enlarge (level, x, y) + 0.5F);
  level_free (level);
  inb_plane_pad (plane);
}

/* The holes and what lies around them: the farther parts of a photo have no say. */
static gboolean
find_box (const guint8 *holes, int width, int height, Box *box)
{
  InbBounds bounds = INB_BOUNDS_NONE;
  int more;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      if (holes[y * width + x] == INB_INPAINT_HOLE)
        inb_bounds_add (&bounds, x, y);
  if (inb_bounds_is_empty (&bounds))
    return FALSE;
  more = SURROUNDINGS + MAX (bounds.right - bounds.left, bounds.bottom - bounds.top) / 4;
  box->x = MAX (bounds.left - more, 0);
  box->y = MAX (bounds.top - more, 0);
  box->width = MIN (bounds.right + more, width - 1) - box->x + 1;
  box->height = MIN (bounds.bottom + more, height - 1) - box->y + 1;
  return TRUE;
}

/**
 * inb_inpaint_fill:
 * @planes: (array length=n_planes): planes of one size; padded again when they are filled
 * @n_planes: how many
 * @holes: width × height #InbInpaintKind
 * @n_threads: threads to use, ≥ 1; the result is the same for any number
 *
 * Continues what surrounds the holes smoothly into them: push-pull (Gortler et al. 1996), that is
 * averages of known samples at ever coarser scales, each scale filling what the finer ones left.
 * Good for plain backs; makes no texture. Planes without any known sample become 0.
 */
void
inb_inpaint_fill (InbPlane *const *planes, guint n_planes, const guint8 *holes, guint n_threads)
{
  Filling filling = { planes, holes, { 0, 0, 0, 0 } };

  g_return_if_fail (n_planes > 0);

  if (find_box (holes, planes[0]->width, planes[0]->height, &filling.box))
    inb_farm_each (n_threads, n_planes, fill_plane_cb, &filling);
}
