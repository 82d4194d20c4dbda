/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-morph.h"

#include <math.h>
#include <string.h>

#include "render/inb-falloff.h"
#include "render/inb-matrix.h"
#include "render/inb-resample.h"
#include "render/inb-splat.h"

/* What even an unconfirmed cell counts for. */
#define LEAST_SPLAT 0.02F
#define LEAST_BLEND 0.1F
/* By a difference of one 8-bit code value a cell counts less by this much. */
#define PHOTOMETRIC 0.06F
/* px: farther than any frame is wide. */
#define FARTHEST 4090.0F
#define WEIGHT_ONE 32767
/* Of the way from one frame to the next: how far apart two moments are that spread as widely as a
 * shutter that is open for two thirds of it (0.69 / √3), as film cameras have it. Hardly anything
 * goes from one photo to the other in a straight line at one speed: with 0.3, 0.4 and 0.5 real
 * video gained 0.19, 0.25 and 0.27 dB over none, rendered scenes 0.27, 0.21 and 0.04
 * (bench-morph.py). */
#define SHUTTER 0.4F

/* What is known of each cell of a frame, in whole numbers: how far to look in the start photo and
 * in the last one, and in both without their motion, in phases; and the last one's share. */
typedef enum
{
  FIELD_START_X,
  FIELD_START_Y,
  FIELD_LAST_X,
  FIELD_LAST_Y,
  FIELD_SHARE,
  FIELD_REST_X,
  FIELD_REST_Y,
  N_FIELDS,
} Field;

struct _InbMorph
{
  InbPlane *planes[2][3];
  InbFlow *flows[2];
  float *maps[2];
  float *weights[2];
  guint width;
  guint height;
  guint step;
  int columns; /* cells */
  int rows;
  double crossfade;
  gboolean bounded;
  GMutex mutex;
  GPtrArray *idle; /* of Scratch */
};

/* What one frame needs while it is drawn. */
typedef struct
{
  float *cells[2];          /* of both motions: four numbers a cell */
  gint32 *fields[N_FIELDS]; /* a cell more on all sides */
  gint32 *moved[2][N_FIELDS];
  gint32 *positions[2];
  gint16 *samples[4];
  gint16 *shares;
} Scratch;

static Scratch *
scratch_new (const InbMorph *self)
{
  Scratch *scratch = g_new0 (Scratch, 1);
  gsize n = (gsize) self->columns * (gsize) self->rows;
  gsize n_padded = (gsize) (self->columns + 2) * (gsize) (self->rows + 2);
  gsize n_row = ((gsize) self->columns * self->step + 31) & ~(gsize) 31;

  for (guint i = 0; i < 2; i++)
    scratch->cells[i] = g_new (float, 4 * n);
  for (guint i = 0; i < N_FIELDS; i++)
    {
      scratch->fields[i] = g_new0 (gint32, n_padded);
      for (guint k = 0; k < 2; k++)
        scratch->moved[k][i] = g_new0 (gint32, n_row);
    }
  for (guint i = 0; i < 2; i++)
    scratch->positions[i] = g_new0 (gint32, n_row);
  for (guint i = 0; i < 4; i++)
    scratch->samples[i] = g_new0 (gint16, n_row);
  scratch->shares = g_new0 (gint16, n_row);
  return scratch;
}

static void
scratch_free (gpointer data)
{
  Scratch *scratch = data;

  for (guint i = 0; i < 2; i++)
    g_free (scratch->cells[i]);
  for (guint i = 0; i < N_FIELDS; i++)
    {
      g_free (scratch->fields[i]);
      for (guint k = 0; k < 2; k++)
        g_free (scratch->moved[k][i]);
    }
  for (guint i = 0; i < 2; i++)
    g_free (scratch->positions[i]);
  for (guint i = 0; i < 4; i++)
    g_free (scratch->samples[i]);
  g_free (scratch->shares);
  g_free (scratch);
}

static Scratch *
borrow (InbMorph *self)
{
  Scratch *scratch = NULL;

  g_mutex_lock (&self->mutex);
  if (self->idle->len > 0)
    scratch = g_ptr_array_steal_index (self->idle, self->idle->len - 1);
  g_mutex_unlock (&self->mutex);
  return scratch != NULL ? scratch : scratch_new (self);
}

static void
give_back (InbMorph *self, Scratch *scratch)
{
  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->idle, scratch);
  g_mutex_unlock (&self->mutex);
}

static float
get_cell (const InbPlane *cells, float x, float y)
{
  int column = CLAMP ((int) (x + 0.5F), 0, cells->width - 1);
  int row = CLAMP ((int) (y + 0.5F), 0, cells->height - 1);

  return (float) cells->data[row * cells->stride + column] * (1.0F / INB_PLANE_ONE);
}

static float *
make_weights (const InbFlow *flow, const float *map, const InbPlane *from, const InbPlane *to)
{
  float *weights = g_new (float, (gsize) flow->width *(gsize) flow->height);

  for (int y = 0; y < flow->height; y++)
    for (int x = 0; x < flow->width; x++)
      {
        gssize at = (gssize) y * flow->width + x;
        float difference = get_cell (from, (float) x, (float) y) -
                           get_cell (to, (float) x + flow->x[at], (float) y + flow->y[at]);

        weights[at] = (LEAST_SPLAT + map[at]) * inb_falloff (PHOTOMETRIC * fabsf (difference));
      }
  return weights;
}

/**
 * inb_morph_new:
 * @planes: (transfer full): Y', Cb and Cr of the start frame and of the last one, as the clip shows
 * them; chroma at half width and height, sited as in MPEG-2
 * @flows: (transfer full): motion there and back
 * @maps: (transfer full): their consistency
 * @cells: (transfer none): brightness of both, a sample a cell
 * @step: px of a frame that a cell is wide: 1, 2, 4 or 8
 * @crossfade: 0…1: share of a crossfade without motion
 *
 * Returns: (transfer full): what draws the frames between
 */
InbMorph *
inb_morph_new (InbPlane *const planes[2][3], InbFlow *const flows[2], float *const maps[2],
               const InbPlane *const cells[2], guint step, double crossfade)
{
  InbMorph *self = g_new0 (InbMorph, 1);

  for (guint i = 0; i < 2; i++)
    {
      for (guint plane = 0; plane < 3; plane++)
        self->planes[i][plane] = planes[i][plane];
      self->flows[i] = flows[i];
      self->maps[i] = maps[i];
      self->weights[i] = make_weights (flows[i], maps[i], cells[i], cells[1 - i]);
    }
  self->width = (guint) planes[0][0]->width;
  self->height = (guint) planes[0][0]->height;
  self->step = step;
  self->columns = flows[0]->width;
  self->rows = flows[0]->height;
  self->crossfade = crossfade;
  self->idle = g_ptr_array_new_with_free_func (scratch_free);
  g_mutex_init (&self->mutex);
  return self;
}

/**
 * inb_morph_free:
 * @self: (transfer full): a morph
 */
void
inb_morph_free (InbMorph *self)
{
  for (guint i = 0; i < 2; i++)
    {
      for (guint plane = 0; plane < 3; plane++)
        inb_plane_free (self->planes[i][plane]);
      inb_flow_free (self->flows[i]);
      g_free (self->maps[i]);
      g_free (self->weights[i]);
    }
  g_ptr_array_unref (self->idle);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/**
 * inb_morph_set_bounded:
 * @self: a morph that nothing was drawn of
 * @bounded: whether a photo that does not reach a place leaves it to the other one; else it is
 * mirrored at its border
 */
void
inb_morph_set_bounded (InbMorph *self, gboolean bounded)
{
  self->bounded = bounded;
}

static gboolean
is_outside (const InbMorph *self, gsize at, const float shift[2])
{
  gsize column = at % (gsize) self->columns, row = at / (gsize) self->columns;
  float x = ((float) column + 0.5F) * (float) self->step + shift[0];
  float y = ((float) row + 0.5F) * (float) self->step + shift[1];

  return x < 0.0F || y < 0.0F || x > (float) self->width || y > (float) self->height;
}

static gint32
to_phases (float px)
{
  px = CLAMP (px, -FARTHEST, FARTHEST) * INB_N_PHASES;
  return (gint32) (px < 0.0F ? px - 0.5F : px + 0.5F);
}

/* How far each cell lies from where it would be without the camera, px. */
static void
get_rest (const InbMorph *self, const double back[9], int x, int y, float *rest_x, float *rest_y)
{
  double px = (x + 0.5) * self->step - 0.5, py = (y + 0.5) * self->step - 0.5;
  double at_x, at_y;

  if (back == NULL)
    {
      *rest_x = *rest_y = 0.0F;
      return;
    }
  inb_matrix_apply (back, px, py, &at_x, &at_y);
  *rest_x = (float) (at_x - px);
  *rest_y = (float) (at_y - py);
}

/* Both photos show a moment of their own within @shutter, at its ends, so that their mean is that
 * of
 * @t whatever they weigh. */
static inline void
fill_cell (const InbMorph *self, Scratch *scratch, float t, float shutter, const float rest[2],
           gsize at, gsize padded)
{
  const float *start = scratch->cells[0] + 4 * at, *last = scratch->cells[1] + 4 * at;
  float start_weight = (1.0F - t) * (LEAST_BLEND + last[2]);
  float last_weight = t * (LEAST_BLEND + start[2]);
  float share = last_weight / (start_weight + last_weight);
  float there = (t - shutter * share) * (float) self->step;
  float here = (1.0F - t - shutter * (1.0F - share)) * (float) self->step;
  gint32 *const *fields = scratch->fields;
  const float from_start[] = { rest[0] - there * start[0], rest[1] - there * start[1] };
  const float from_last[] = { rest[0] - here * last[0], rest[1] - here * last[1] };

  if (self->bounded && is_outside (self, at, from_start) != is_outside (self, at, from_last))
    share = is_outside (self, at, from_start) ? 1.0F : 0.0F;
  fields[FIELD_START_X][padded] = to_phases (from_start[0]);
  fields[FIELD_START_Y][padded] = to_phases (from_start[1]);
  fields[FIELD_LAST_X][padded] = to_phases (from_last[0]);
  fields[FIELD_LAST_Y][padded] = to_phases (from_last[1]);
  fields[FIELD_SHARE][padded] = (gint32) (share * WEIGHT_ONE + 0.5F);
  if (self->crossfade <= 0.0)
    return;
  fields[FIELD_REST_X][padded] = to_phases (rest[0]);
  fields[FIELD_REST_Y][padded] = to_phases (rest[1]);
}

static void
fill_fields (const InbMorph *self, Scratch *scratch, float t, float shutter, const double back[9])
{
  gsize stride = (gsize) self->columns + 2;

  for (int y = 0; y < self->rows; y++)
    for (int x = 0; x < self->columns; x++)
      {
        float rest[2];

        get_rest (self, back, x, y, &rest[0], &rest[1]);
        fill_cell (self, scratch, t, shutter, rest, (gsize) y * (gsize) self->columns + (gsize) x,
                   (gsize) (y + 1) * stride + (gsize) x + 1);
      }
  for (guint i = 0; i < N_FIELDS; i++)
    {
      gint32 *field = scratch->fields[i];
      gsize end = (gsize) (self->rows + 1) * stride;

      for (gsize row = stride; row < end; row += stride)
        {
          field[row] = field[row + 1];
          field[row + stride - 1] = field[row + stride - 2];
        }
      memcpy (field, field + stride, stride * sizeof (gint32));
      memcpy (field + end, field + end - stride, stride * sizeof (gint32));
    }
}

static void
lift_row (const InbMorph *self, Scratch *scratch, guint y, gint32 *const *moved)
{
  guint cell = y / self->step, n = 2 * (y % self->step) + 1;
  gboolean upper = n < self->step;
  guint above = upper ? cell : cell + 1; /* fields have a row more */
  guint weight = upper ? self->step + n : n - self->step;
  gsize stride = (gsize) self->columns + 2;
  guint n_fields = self->crossfade > 0.0 ? N_FIELDS : FIELD_REST_X;

  for (guint i = 0; i < n_fields; i++)
    {
      const gint32 *row = scratch->fields[i] + above * stride;

      inb_kernels_get ()->lift (row, row + stride, (gint32) weight, self->step,
                                (guint) self->columns, moved[i]);
    }
}

static void
gather (const InbMorph *self, Scratch *scratch, guint photo, guint plane, gint32 *const *moved,
        Field field, guint y, guint n, gint16 *samples)
{
  const InbPlane *from = self->planes[photo][plane];
  const InbKernels *kernels = inb_kernels_get ();
  InbProjection projection = inb_resample_get_projection (from);

  kernels->place (moved[field], 0, INB_N_PHASES, from->width, n, scratch->positions[0]);
  kernels->place (moved[field + 1], (gint32) y * INB_N_PHASES, 0, from->height, n,
                  scratch->positions[1]);
  for (guint i = n; i < ((n + 3) & ~3U); i++) /* samples come four at a time */
    for (guint axis = 0; axis < 2; axis++)
      scratch->positions[axis][i] = scratch->positions[axis][n - 1];
  kernels->gather (&projection, scratch->positions[0], scratch->positions[1], (n + 3) & ~3U,
                   samples);
}

static void
draw_row (const InbMorph *self, Scratch *scratch, double t, guint plane, guint y,
          gint32 *const *moved, const InbOutlet *outlet)
{
  const InbKernels *kernels = inb_kernels_get ();
  guint n = self->width / (plane == 0 ? 1 : 2), padded = (n + 15) & ~15U;
  gint16 *const *samples = scratch->samples;

  for (guint i = 0; i < n; i++)
    scratch->shares[i] = (gint16) moved[FIELD_SHARE][i];
  gather (self, scratch, 0, plane, moved, FIELD_START_X, y, n, samples[0]);
  gather (self, scratch, 1, plane, moved, FIELD_LAST_X, y, n, samples[1]);
  kernels->blend (samples[0], samples[1], scratch->shares, padded);
  if (self->crossfade > 0.0)
    {
      gather (self, scratch, 0, plane, moved, FIELD_REST_X, y, n, samples[2]);
      gather (self, scratch, 1, plane, moved, FIELD_REST_X, y, n, samples[3]);
      for (guint i = 0; i < n; i++)
        scratch->shares[i] = (gint16) (t * WEIGHT_ONE + 0.5);
      kernels->blend (samples[2], samples[3], scratch->shares, padded);
      for (guint i = 0; i < n; i++)
        scratch->shares[i] = (gint16) (self->crossfade * WEIGHT_ONE + 0.5);
      kernels->blend (samples[0], samples[2], scratch->shares, padded);
    }
  inb_outlet_put_row (outlet, plane, y, samples[0]);
}

/* Chroma lies beside every second column, between two rows. */
static void
halve_moved (const InbMorph *self, Scratch *scratch)
{
  guint n_fields = self->crossfade > 0.0 ? N_FIELDS : FIELD_REST_X;

  for (guint field = 0; field < n_fields; field++)
    {
      gint32 *above = scratch->moved[0][field], *below = scratch->moved[1][field];
      int bits = field == FIELD_SHARE ? 1 : 2;

      for (guint x = 0; x < self->width / 2; x++)
        above[x] = (above[2 * x] + below[2 * x]) >> bits;
    }
}

/* The camera in cells. */
static void
get_cell_camera (const InbMorph *self, const double camera[9], double cell_camera[9])
{
  double step = self->step, shift = 0.5 * step - 0.5;
  const double to_px[9] = { step, 0.0, shift, 0.0, step, shift, 0.0, 0.0, 1.0 };
  const double to_cell[9] = { 1.0 / step,    0.0, -shift / step, 0.0, 1.0 / step,
                              -shift / step, 0.0, 0.0,           1.0 };
  double half[9];

  inb_matrix_multiply (camera, to_px, half);
  inb_matrix_multiply (to_cell, half, cell_camera);
}

static gboolean
does_move (const double camera[9])
{
  for (guint i = 0; i < 9; i++)
    if (fabs (camera[i] - (i % 4 == 0 ? 1.0 : 0.0)) > 1e-9)
      return TRUE;
  return FALSE;
}

/**
 * inb_morph_draw:
 * @self: a morph
 * @t: 0…1: 0 is the start frame, 1 the last one
 * @step: 0…1: how much @t grows from one frame to the next; what moves is blurred by a part of it,
 * less towards both ends, where one photo is seen alone
 * @camera: px of a frame → px as the camera sees it, row-major 3×3
 * @outlet: (transfer none): where it goes
 *
 * Draws one frame; may be called from several threads.
 */
void
inb_morph_draw (InbMorph *self, double t, double step, const double camera[9],
                const InbOutlet *outlet)
{
  gboolean moves = does_move (camera);
  double cell_camera[9], back[9];
  Scratch *scratch = borrow (self);

  get_cell_camera (self, camera, cell_camera);
  inb_matrix_invert (camera, back);
  for (guint i = 0; i < 2; i++)
    {
      InbSplat splat = { self->flows[i], self->maps[i], self->weights[i] };

      inb_splat_draw (&splat, (float) (i == 0 ? t : 1.0 - t), moves ? cell_camera : NULL,
                      scratch->cells[i]);
    }
  fill_fields (self, scratch, (float) t, SHUTTER * (float) step, moves ? back : NULL);
  for (guint y = 0; y < self->height; y++)
    {
      gint32 *const *moved = scratch->moved[y % 2];

      lift_row (self, scratch, y, moved);
      draw_row (self, scratch, t, 0, y, moved, outlet);
      if (y % 2 == 0)
        continue;
      halve_moved (self, scratch);
      for (guint plane = 1; plane < 3; plane++)
        draw_row (self, scratch, t, plane, y / 2, scratch->moved[0], outlet);
    }
  give_back (self, scratch);
}
