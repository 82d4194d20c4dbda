/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-scene.h"

#include <glib/gi18n.h>

#include "render/inb-air.h"
#include "render/inb-blur.h"
#include "render/inb-cutout.h"
#include "render/inb-layer.h"
#include "render/inb-matrix.h"
#include "render/inb-matte-finder.h"

/* Depth of the back, the product's being 1. Chosen by eye: a table top, not a landscape. */
#define BACK_DEPTH 1.35
/* How far a product may slide over its back, of the frame's width: its shadow belongs to the back
 * and farther apart they no longer seem to touch. */
#define PARTING 0.03
/* From this confidence on moves that look well without depth get it too. */
#define SURE 0.8
/* Of the photo's width: a product nearer to the border than this may come to show what is not
 * there; the parting and some perspective. */
#define BORDER 0.045
/* Of the photo's width: how soft the outline is that light and air keep to. Chosen by eye. */
#define MASK_BLUR 0.008

struct _InbScene
{
  InbMatte *matte;
  InbCamera *cameras[2]; /* before the product, before the back; none: flat */
  InbLayer *layers[2];
  gboolean has_product; /* and its box, of the photo's width and height */
  double product[4];
  InbCamera *flat; /* of a product that is known and not taken apart */
  InbLayer *mask;  /* of light and air; none: no use for it */
};

typedef enum
{
  GAIN_NONE,
  GAIN_SOME, /* nearer things move more: well seen, but not missed */
  GAIN_MUCH, /* an orbit of a flat picture is a tilting card */
} Gain;

static Gain
get_gain (const InbPrompt *prompt)
{
  const InbMove some[] = { INB_MOVE_PUSH,           INB_MOVE_PULL,    INB_MOVE_PAN_LEFT,
                           INB_MOVE_PAN_RIGHT,      INB_MOVE_TILT_UP, INB_MOVE_TILT_DOWN,
                           INB_MOVE_BACKGROUND_BLUR };
  Gain gain = GAIN_NONE;

  if (inb_prompt_get_amount (prompt, INB_MOVE_ORBIT_LEFT) > 0.0 ||
      inb_prompt_get_amount (prompt, INB_MOVE_ORBIT_RIGHT) > 0.0)
    return GAIN_MUCH;
  for (guint i = 0; i < G_N_ELEMENTS (some); i++)
    if (inb_prompt_get_amount (prompt, some[i]) > 0.0)
      gain = GAIN_SOME;
  return gain;
}

/**
 * inb_scene_gains:
 * @prompt: the moves
 *
 * Returns: whether any of them may look better with depth, so that the photo has to be looked at
 */
gboolean
inb_scene_gains (const InbPrompt *prompt)
{
  return get_gain (prompt) != GAIN_NONE || inb_air_wants_product (prompt);
}

static InbMatte *
find_matte (const InbSceneSetup *setup)
{
  InbMatte *matte = NULL;

  if (!inb_scene_gains (setup->prompt))
    {
      matte = inb_matte_new (INB_MATTE_NONE);
      matte->reason = _ ("The move looks the same with and without depth.");
      return matte;
    }
  if (setup->matte != NULL)
    return inb_matte_new_from_picture (setup->matte);
  matte = inb_matte_new_from_alpha (setup->photo);
  return matte != NULL ? matte : inb_matte_find (setup->photo, setup->n_threads);
}

/* A matte that is good enough for an orbit may not be for a move that can do without. */
static void
judge_gain (InbMatte *matte, Gain gain)
{
  if (!matte->accepted || gain == GAIN_MUCH || matte->confidence >= SURE)
    return;
  matte->accepted = FALSE;
  matte->reason = gain == GAIN_NONE
                      ? _ ("The product is not found surely enough to tell light and air from it.")
                      : _ ("The product is not found surely enough for a move that can do without "
                           "depth.");
}

static void
make_cameras (InbScene *self, const InbSceneSetup *setup)
{
  InbCameraSetup camera = *setup->camera;
  const double *box = self->product;
  double near = BORDER * camera.photo_width;

  camera.depth = (InbCameraDepth){
    BACK_DEPTH,
    PARTING * self->matte->confidence,
    box[0] * camera.photo_width - 0.5,
    box[1] * camera.photo_height - 0.5,
    box[2] * camera.photo_width - 0.5,
    box[3] * camera.photo_height - 0.5,
    FALSE,
  };
  camera.depth.bordered = camera.depth.left < near || camera.depth.top < near ||
                          camera.depth.right > camera.photo_width - 1.0 - near ||
                          camera.depth.bottom > camera.photo_height - 1.0 - near;
  self->cameras[0] = inb_camera_new (setup->prompt, &camera);
  self->cameras[1] = inb_camera_new_for_back (self->cameras[0]);
}

static void
make_layers (InbScene *self, const InbSceneSetup *setup)
{
  InbLayerPlanes planes[2];
  double tightest, widest;

  inb_camera_get_ratios (self->cameras[0], &tightest, &widest);
  tightest *= (double) setup->photo->width / setup->camera->photo_width;
  inb_cutout_make (setup->photo, self->matte, tightest, setup->n_threads, &planes[0], &planes[1]);
  for (guint i = 0; i < 2; i++)
    self->layers[i] = inb_layer_new_from_planes (self->cameras[i], &planes[i], setup->n_threads);
}

/* Light and air know the product by its softened outline: what the matte missed has no edge then,
 * and light fades out towards the rim as on something round. */
static void
make_mask (InbScene *self, const InbSceneSetup *setup)
{
  const InbCamera *camera = self->cameras[0];
  const InbPlane *alpha = self->matte->alpha;

  if (camera == NULL)
    camera = self->flat = inb_camera_new (setup->prompt, setup->camera);
  self->mask = inb_layer_new_alpha (camera, inb_blur_plane (alpha, MASK_BLUR * alpha->width),
                                    setup->n_threads);
}

/**
 * inb_scene_new:
 * @setup: the photo, the move, the clip
 *
 * Looks for the product in a photo, where the move gains from depth: a person's matte, else the
 * photo's alpha, else what can be found. With an accepted matte the photo becomes a product's plane
 * before a back's.
 *
 * Returns: (transfer full): the scene
 */
InbScene *
inb_scene_new (const InbSceneSetup *setup)
{
  InbScene *self = g_new0 (InbScene, 1);

  self->matte = find_matte (setup);
  judge_gain (self->matte, get_gain (setup->prompt));
  self->has_product = self->matte->accepted && inb_matte_find_box (self->matte, self->product);
  if (self->has_product && get_gain (setup->prompt) != GAIN_NONE)
    make_cameras (self, setup);
  if (self->cameras[0] != NULL && !setup->only_look)
    make_layers (self, setup);
  if (self->has_product && inb_air_wants_product (setup->prompt) && !setup->only_look)
    make_mask (self, setup);
  if (!setup->only_look)
    g_clear_pointer (&self->matte->alpha, inb_plane_free);
  return self;
}

/**
 * inb_scene_free:
 * @self: (transfer full): a scene
 */
void
inb_scene_free (InbScene *self)
{
  for (guint i = 0; i < 2; i++)
    {
      g_clear_pointer (&self->layers[i], inb_layer_free);
      g_clear_pointer (&self->cameras[i], inb_camera_free);
    }
  g_clear_pointer (&self->mask, inb_layer_free);
  g_clear_pointer (&self->flat, inb_camera_free);
  g_clear_pointer (&self->matte, inb_matte_free);
  g_free (self);
}

/**
 * inb_scene_get_matte:
 * @self: a scene
 *
 * Returns: (transfer none): what was found, its alpha only where nothing is drawn
 */
const InbMatte *
inb_scene_get_matte (const InbScene *self)
{
  return self->matte;
}

/**
 * inb_scene_get_camera:
 * @self: a scene
 *
 * Returns: (transfer none) (nullable): the camera, with the matrices of the product's plane; %NULL
 * if the photo stays one flat picture
 */
const InbCamera *
inb_scene_get_camera (const InbScene *self)
{
  return self->cameras[0];
}

/**
 * inb_scene_get_product:
 * @self: a scene whose frames can be drawn
 * @frame: number of a frame
 * @box: (out): left, top, right and bottom of the product there, px
 *
 * Returns: whether light and air have to know it, and it is known
 */
gboolean
inb_scene_get_product (const InbScene *self, guint frame, double box[4])
{
  const InbCamera *camera = self->cameras[0] != NULL ? self->cameras[0] : self->flat;
  double matrix[9];
  guint width, height;

  if (self->mask == NULL)
    return FALSE;
  inb_camera_get_photo_size (camera, &width, &height);
  inb_camera_get_matrix (camera, frame, matrix);
  for (guint corner = 0; corner < 4; corner++)
    {
      double x = self->product[corner % 2 * 2] * width - 0.5;
      double y = self->product[corner / 2 * 2 + 1] * height - 0.5;

      inb_matrix_apply (matrix, x, y, &x, &y);
      box[0] = corner == 0 ? x : MIN (box[0], x);
      box[1] = corner == 0 ? y : MIN (box[1], y);
      box[2] = corner == 0 ? x : MAX (box[2], x);
      box[3] = corner == 0 ? y : MAX (box[3], y);
    }
  return TRUE;
}

/**
 * inb_scene_sample_product:
 * @self: a scene whose frames can be drawn
 * @frame: number of a frame
 * @products: (out): the product's softened alpha for brightness and for colour; clear each with
 * inb_source_clear()
 *
 * Returns: whether light and air have to know where it is, and it is known
 */
gboolean
inb_scene_sample_product (const InbScene *self, guint frame, InbSource products[2])
{
  for (guint i = 0; self->mask != NULL && i < 2; i++)
    inb_layer_sample_alpha (self->mask, frame, i, &products[i]);
  return self->mask != NULL;
}

/**
 * inb_scene_sample:
 * @self: a scene with depth
 * @frame: number of a frame
 * @plane: 0: Y', 1: Cb, 2: Cr
 * @sources: (out): the back, then the product; clear each with inb_source_clear()
 */
void
inb_scene_sample (const InbScene *self, guint frame, guint plane, InbSource sources[2])
{
  inb_layer_sample (self->layers[1], frame, plane, &sources[0]);
  inb_layer_sample (self->layers[0], frame, plane, &sources[1]);
}
