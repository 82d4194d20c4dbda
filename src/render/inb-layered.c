/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-layered.h"

#include <math.h>
#include <string.h>

#include "render/inb-bounds.h"
#include "render/inb-cells.h"
#include "render/inb-cutout.h"
#include "render/inb-kernels.h"
#include "render/inb-layer.h"
#include "render/inb-matrix.h"
#include "render/inb-matte-finder.h"
#include "render/inb-morph.h"
#include "render/inb-realign.h"

/* Mattes below it are not trusted with what a dissolve does safely. */
#define SURE 0.8
/* Scale of the product, either way, and its turn as tangent (20°): what goes farther shows another
 * side. */
#define MOST_SCALE 2.0
#define MOST_TURN 0.364
/* Of the product's structure that is found again when both lie on each other: of 45 pairs of
 * different products at most 0.04, of those that slid at least 0.46. How much difference is left
 * says nothing here: where the move alone fits there was none. */
#define LEAST_SCORE 0.30
/* Of the diagonal, at a corner of the product's box: what moves less would have been found without
 * this if it moved as one, and is several things. */
#define LEAST_MOVE 0.05
/* Cells about the product that its outline may move beyond. */
#define MARGIN 4
#define VISIBLE (INB_ALPHA_ONE / 16)

typedef enum
{
  PART_BACK,
  PART_PRODUCT,
  PART_ALPHA,
  N_PARTS,
} Part;

struct _InbLayered
{
  InbMorph *parts[N_PARTS];
  InbAgreement agreement;
  guint step;
  InbSimilarity move; /* of cells */
  double boxes[2][4]; /* left, top, right, bottom of both products where the start photo has it */
};

/* While it is made. */
typedef struct
{
  const InbLayeredSetup *setup;
  GCancellable *cancellable;
  guint step;
  InbPlane *planes[N_PARTS][2][3];
  InbPlane *cells[N_PARTS][2];
  InbSimilarity move; /* of cells */
  InbFlow *rests[2];  /* what is left of the motion when the last product is moved back */
  float *maps[2];
} Making;

static InbMatte *
find_matte (const InbPixels *photo, guint n_threads)
{
  InbMatte *matte = inb_matte_new_from_alpha (photo);

  return matte != NULL ? matte : inb_matte_find (photo, n_threads);
}

static void
draw_layers (Making *self, guint photo, InbLayer *product, InbLayer *back)
{
  const InbLayeredSetup *setup = self->setup;
  guint frame = setup->frames[photo];

  for (guint plane = 0; plane < 3; plane++)
    {
      guint divisor = plane == 0 ? 1 : 2;
      InbSource source = { 0 }, alpha = { 0 };

      self->planes[PART_BACK][photo][plane] =
          inb_cells_frame_plane (back, frame, plane, setup->width, setup->height, setup->n_threads);
      self->planes[PART_PRODUCT][photo][plane] = inb_cells_frame_plane (
          product, frame, plane, setup->width, setup->height, setup->n_threads);
      inb_layer_sample_alpha (product, frame, plane, &source);
      alpha.colour = (InbPicture){ source.alpha.sharp, source.alpha.soft, source.alpha.blend };
      self->planes[PART_ALPHA][photo][plane] = inb_cells_draw_source (
          &alpha, setup->width / divisor, setup->height / divisor, setup->n_threads);
      inb_source_clear (&source);
    }
}

static gboolean
take_apart (Making *self, guint photo)
{
  const InbLayeredSetup *setup = self->setup;
  const InbPixels *pixels = setup->photos[photo];
  const InbCamera *camera = setup->cameras[photo];
  g_autoptr (InbMatte) matte = find_matte (pixels, setup->n_threads);
  InbLayerPlanes product, back;
  guint width, height;
  double tightest, widest;

  if (!matte->accepted || matte->confidence < SURE)
    return FALSE;
  inb_camera_get_photo_size (camera, &width, &height);
  inb_camera_get_ratios (camera, &tightest, &widest);
  inb_cutout_make (pixels, matte, tightest * pixels->width / width, setup->n_threads, &product,
                   &back);
  {
    g_autoptr (InbLayer) front = inb_layer_new_from_planes (camera, &product, setup->n_threads);
    g_autoptr (InbLayer) behind = inb_layer_new_from_planes (camera, &back, setup->n_threads);

    draw_layers (self, photo, front, behind);
  }
  for (Part part = 0; part < N_PARTS; part++)
    self->cells[part][photo] = inb_cells_new (self->planes[part][photo][0], self->step);
  return TRUE;
}

static gboolean
is_trusted (const InbSimilarity *move)
{
  double square = move->a * move->a + move->b * move->b;

  return move->a > 0.0 && fabs (move->b) <= MOST_TURN * move->a &&
         square <= MOST_SCALE * MOST_SCALE && square * MOST_SCALE * MOST_SCALE >= 1.0;
}

static void
find_boxes (InbLayered *self, const Making *making)
{
  InbSimilarity back = inb_similarity_invert (&self->move);

  for (guint i = 0; i < 2; i++)
    {
      const InbPlane *alpha = making->cells[PART_ALPHA][i];
      InbBounds bounds = INB_BOUNDS_NONE;

      for (int y = 0; y < alpha->height; y++)
        for (int x = 0; x < alpha->width; x++)
          if (alpha->data[y * alpha->stride + x] > VISIBLE)
            {
              double to_x = x, to_y = y;

              if (i == 1)
                inb_similarity_apply (&back, x, y, &to_x, &to_y);
              inb_bounds_add (&bounds, (int) floor (to_x + 0.5), (int) floor (to_y + 0.5));
            }
      self->boxes[i][0] = bounds.left - MARGIN;
      self->boxes[i][1] = bounds.top - MARGIN;
      self->boxes[i][2] = bounds.right + MARGIN;
      self->boxes[i][3] = bounds.bottom + MARGIN;
    }
}

static gboolean
has_moved (const InbLayered *self, const InbPlane *cells)
{
  double farthest = 0.0;

  for (guint corner = 0; corner < 4; corner++)
    {
      double x = self->boxes[0][corner % 2 * 2], y = self->boxes[0][corner / 2 * 2 + 1];
      double to_x, to_y;

      inb_similarity_apply (&self->move, x, y, &to_x, &to_y);
      farthest = MAX (farthest, hypot (to_x - x, to_y - y));
    }
  return farthest >= LEAST_MOVE * hypot (cells->width, cells->height);
}

static gboolean
find_move (InbLayered *self, Making *making)
{
  if (!inb_similarity_fit ((const InbPlane *const *) making->cells[PART_PRODUCT],
                           (const InbPlane *const *) making->cells[PART_ALPHA], &making->move) ||
      !is_trusted (&making->move))
    return FALSE;
  self->move = making->move;
  find_boxes (self, making);
  return has_moved (self, making->cells[PART_BACK][0]);
}

/* What is left of the motion, and whether both show the same product. */
static gboolean
find_rest (Making *self, InbAgreement *agreement)
{
  const InbPlane *const *product = (const InbPlane *const *) self->cells[PART_PRODUCT];
  const InbPlane *const *alpha = (const InbPlane *const *) self->cells[PART_ALPHA];
  float ground = inb_realign_get_mean (product[0], alpha[0]);
  g_autoptr (InbPlane) first = inb_realign_make_still (product[0], alpha[0], NULL, ground);
  g_autoptr (InbPlane) last = inb_realign_make_still (product[1], alpha[1], &self->move, ground);
  const InbPlane *const stills[] = { first, last };

  if (!inb_flow_find_pair (first, last, self->setup->n_threads, self->cancellable, self->rests))
    return FALSE;
  inb_consistency_judge (stills, self->rests, self->step, self->maps, agreement);
  for (guint i = 0; i < 2; i++)
    inb_consistency_mend (self->rests[i], self->maps[i]);
  return agreement->score >= LEAST_SCORE && !inb_agreement_is_torn (agreement);
}

/* The back does not move: it fades. Product and outline move alike. */
static InbMorph *
make_part (Making *self, Part part)
{
  const InbPlane *const *cells =
      (const InbPlane *const *) self->cells[part == PART_BACK ? PART_BACK : PART_PRODUCT];
  InbFlow *flows[2];
  float *maps[2];
  InbMorph *morph;

  for (guint i = 0; i < 2; i++)
    if (part == PART_BACK)
      {
        gsize n = (gsize) cells[0]->width * (gsize) cells[0]->height;

        flows[i] = inb_flow_new (cells[0]->width, cells[0]->height);
        maps[i] = g_new0 (float, n);
      }
    else
      flows[i] =
          inb_realign_make_flow (&self->move, self->rests[i], self->maps[i], i == 1, &maps[i]);
  morph = inb_morph_new (self->planes[part], flows, maps, cells, self->step, 0.0);
  inb_morph_set_bounded (morph, part != PART_BACK);
  memset (self->planes[part], 0, sizeof (self->planes[part]));
  return morph;
}

static void
clear (Making *self)
{
  for (guint i = 0; i < 2; i++)
    {
      for (Part part = 0; part < N_PARTS; part++)
        {
          for (guint plane = 0; plane < 3; plane++)
            g_clear_pointer (&self->planes[part][i][plane], inb_plane_free);
          g_clear_pointer (&self->cells[part][i], inb_plane_free);
        }
      g_clear_pointer (&self->rests[i], inb_flow_free);
      g_clear_pointer (&self->maps[i], g_free);
    }
}

/**
 * inb_layered_new:
 * @setup: (transfer none): the photos and the clip
 * @cancellable: (nullable): looked at many times
 *
 * Looks for a product in both photos, and for one move that lays the first on the second.
 *
 * Returns: (transfer full) (nullable): what draws the frames between; %NULL if there is no such
 * product or no such move
 */
InbLayered *
inb_layered_new (const InbLayeredSetup *setup, GCancellable *cancellable)
{
  Making making = { .setup = setup, .cancellable = cancellable };
  InbLayered *self = g_new0 (InbLayered, 1);

  self->step = making.step = inb_cells_choose_step (setup->width, setup->height);
  if (take_apart (&making, 0) && take_apart (&making, 1) && find_move (self, &making) &&
      find_rest (&making, &self->agreement))
    for (Part part = 0; part < N_PARTS; part++)
      self->parts[part] = make_part (&making, part);
  else
    g_clear_pointer (&self, g_free);
  clear (&making);
  return self;
}

/**
 * inb_layered_free:
 * @self: (transfer full): a layered morph
 */
void
inb_layered_free (InbLayered *self)
{
  for (Part part = 0; part < N_PARTS; part++)
    inb_morph_free (self->parts[part]);
  g_free (self);
}

/**
 * inb_layered_get_agreement:
 * @self: a layered morph
 *
 * Returns: (transfer none): how well both products agree when they lie on each other
 */
const InbAgreement *
inb_layered_get_agreement (const InbLayered *self)
{
  return &self->agreement;
}

/* Where the product may be at @t, px: beyond a photo's border its picture is mirrored. */
static void
get_box (const InbLayered *self, double t, const double camera[9], double box[4])
{
  for (guint i = 0; i < 2; i++)
    for (guint corner = 0; corner < 4; corner++)
      {
        double x = self->boxes[i][corner % 2 * 2], y = self->boxes[i][corner / 2 * 2 + 1];
        double to_x, to_y;
        gboolean is_first = i == 0 && corner == 0;

        inb_similarity_apply (&self->move, x, y, &to_x, &to_y);
        x = (x + t * (to_x - x) + 0.5) * self->step - 0.5;
        y = (y + t * (to_y - y) + 0.5) * self->step - 0.5;
        inb_matrix_apply (camera, x, y, &x, &y);
        box[0] = is_first ? x : MIN (box[0], x);
        box[1] = is_first ? y : MIN (box[1], y);
        box[2] = is_first ? x : MAX (box[2], x);
        box[3] = is_first ? y : MAX (box[3], y);
      }
}

/* Lays a row of the product over one of the back. */
static void
lay_over (const InbPlane *product, const InbPlane *alpha, guint y, const double box[4],
          gint16 *samples, gint16 *shares)
{
  const gint16 *opacity = alpha->data + (gssize) y * alpha->stride;
  int left = (int) CLAMP (floor (box[0]), 0.0, product->width);
  int right = (int) CLAMP (ceil (box[2]) + 1.0, left, product->width);

  if (y < box[1] - 1.0 || y > box[3] + 1.0)
    return;
  memset (shares, 0, (gsize) product->width * sizeof (gint16));
  for (int x = left; x < right; x++)
    shares[x] = (gint16) CLAMP (2 * (opacity[x] - INB_ALPHA_SLACK), 0, 32767);
  inb_kernels_get ()->blend (samples, product->data + (gssize) y * product->stride, shares,
                             ((guint) product->width + 15) & ~15U);
}

/**
 * inb_layered_draw:
 * @self: a layered morph
 * @t: 0…1: 0 is the start frame, 1 the last one
 * @camera: px of a frame → px as the camera sees it, row-major 3×3
 * @outlet: (transfer none): where it goes
 *
 * Draws one frame; may be called from several threads.
 */
void
inb_layered_draw (InbLayered *self, double t, const double camera[9], const InbOutlet *outlet)
{
  InbPlane *planes[N_PARTS][3];
  double boxes[3][4]; /* of each plane */
  gsize n_row = ((gsize) outlet->width + 31) & ~(gsize) 31;
  g_autofree gint16 *samples = g_new0 (gint16, n_row), *shares = g_new0 (gint16, n_row);

  for (Part part = 0; part < N_PARTS; part++)
    {
      InbOutlet into = { outlet->width, outlet->height, NULL, planes[part], NULL };

      for (guint plane = 0; plane < 3; plane++)
        planes[part][plane] = inb_plane_new ((int) (outlet->width / (plane == 0 ? 1 : 2)),
                                             (int) (outlet->height / (plane == 0 ? 1 : 2)));
      inb_morph_draw (self->parts[part], t, 0.0, camera, &into);
    }
  get_box (self, t, camera, boxes[0]);
  for (guint i = 0; i < 4; i++)
    boxes[1][i] = boxes[2][i] = 0.5 * boxes[0][i];
  for (guint plane = 0; plane < 3; plane++)
    for (int y = 0; y < planes[PART_BACK][plane]->height; y++)
      {
        const InbPlane *back = planes[PART_BACK][plane];

        memcpy (samples, back->data + (gssize) y * back->stride,
                (gsize) back->width * sizeof (gint16));
        lay_over (planes[PART_PRODUCT][plane], planes[PART_ALPHA][plane], (guint) y, boxes[plane],
                  samples, shares);
        inb_outlet_put_row (outlet, plane, (guint) y, samples);
      }
  for (Part part = 0; part < N_PARTS; part++)
    for (guint plane = 0; plane < 3; plane++)
      inb_plane_free (planes[part][plane]);
}
