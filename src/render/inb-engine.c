/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-engine.h"

#include "render/inb-engine-private.h"
#include "render/inb-farm.h"
#include "render/inb-matrix.h"

static InbCameraSetup
get_camera_setup (const InbEngine *self, InbCameraAnchor anchor, guint photo_width,
                  guint photo_height)
{
  const InbEngineRequest *request = &self->request;
  InbCameraSetup setup = {
    .photo_width = photo_width,
    .photo_height = photo_height,
    .width = request->width,
    .height = request->height,
    .fps = request->fps,
    .n_frames = request->n_frames,
    .ease = self->ease,
    .seed = request->seed,
    .anchor = anchor,
  };

  return setup;
}

static InbCamera *
make_camera (const InbEngine *self, InbCameraAnchor anchor, guint photo_width, guint photo_height)
{
  InbCameraSetup setup = get_camera_setup (self, anchor, photo_width, photo_height);

  return inb_camera_new (self->prompt, &setup);
}

/* The camera whose matrices are the product's, or the whole photo's. */
static const InbCamera *
get_camera (const InbEngine *self)
{
  const InbCamera *deep = self->scene != NULL ? inb_scene_get_camera (self->scene) : NULL;

  return deep != NULL ? deep : self->cameras[0];
}

static InbAir *
make_air (const InbEngine *self)
{
  InbEffectSetup setup = {
    self->prompt,           self->request.width, self->request.height, self->request.fps,
    self->request.n_frames, self->ease,          self->request.seed,
  };

  return inb_air_new (&setup);
}

/**
 * inb_engine_new:
 * @request: what is asked for
 * @error: %INB_ERROR_BAD_INPUT, in words that say what is possible
 *
 * Reads the prompt and lays the camera's path; renders nothing yet.
 *
 * Returns: (transfer full) (nullable): an engine for that one clip
 */
InbEngine *
inb_engine_new (const InbEngineRequest *request, GError **error)
{
  const InbCameraAnchor anchors[] = { INB_CAMERA_START, INB_CAMERA_LAST };
  g_autoptr (InbEngine) self = NULL;

  g_return_val_if_fail (request->n_photos == 1 || request->n_photos == 2, NULL);

  if (!inb_engine_request_check (request, error))
    return NULL;
  self = g_new0 (InbEngine, 1);
  self->request = *request;
  if (request->n_threads == 0)
    self->request.n_threads = inb_farm_get_default_threads ();
  self->prompt = inb_prompt_new (request->prompt, error);
  if (self->prompt == NULL)
    return NULL;
  inb_prompt_vary (self->prompt, request->seed);
  self->ease = self->prompt->ease;
  if (request->ease != INB_ENGINE_EASE_PROMPT)
    self->ease = request->ease == INB_ENGINE_EASE_LINEAR ? INB_EASE_LINEAR : INB_EASE_SMOOTH;
  for (guint i = 0; i < self->prompt->understood->len; i++)
    {
      const InbUnderstood *understood = g_ptr_array_index (self->prompt->understood, i);

      self->moves |= understood->amount > 0.0 && !inb_move_is_effect (understood->move);
    }
  for (guint i = 0; i < request->n_photos; i++)
    self->cameras[i] = make_camera (self, request->n_photos == 1 ? INB_CAMERA_FREE : anchors[i],
                                    request->photo_width[i], request->photo_height[i]);
  if (request->n_photos == 2)
    self->round = make_camera (self, INB_CAMERA_ROUND, request->width, request->height);
  self->air = make_air (self);
  self->request.prompt = NULL; /* lent */
  return g_steal_pointer (&self);
}

/**
 * inb_engine_free:
 * @self: (transfer full): an engine
 */
void
inb_engine_free (InbEngine *self)
{
  for (guint i = 0; i < 2; i++)
    {
      g_clear_pointer (&self->layers[i], inb_layer_free);
      g_clear_pointer (&self->photos[i], inb_pixels_free);
      g_clear_pointer (&self->cameras[i], inb_camera_free);
    }
  g_clear_pointer (&self->scene, inb_scene_free);
  g_clear_pointer (&self->matte, inb_pixels_free);
  g_clear_pointer (&self->transition, inb_transition_free);
  g_clear_pointer (&self->air, inb_air_free);
  g_clear_pointer (&self->round, inb_camera_free);
  g_clear_pointer (&self->prompt, inb_prompt_free);
  g_free (self);
}

/**
 * inb_engine_get_prompt:
 * @self: an engine
 *
 * Returns: (transfer none): what was understood, with the amounts that are used
 */
const InbPrompt *
inb_engine_get_prompt (const InbEngine *self)
{
  return self->prompt;
}

/**
 * inb_engine_get_ease:
 * @self: an engine
 *
 * Returns: how time runs
 */
InbEase
inb_engine_get_ease (const InbEngine *self)
{
  return self->ease;
}

/**
 * inb_engine_get_crop:
 * @self: an engine
 *
 * Returns: ≥ 1: how much the photo is enlarged so that its border never shows
 */
double
inb_engine_get_crop (const InbEngine *self)
{
  return inb_camera_get_crop (get_camera (self));
}

/**
 * inb_engine_get_n_layers:
 * @self: an engine
 *
 * Returns: flat pictures that a photo is taken apart into: 1, or 2 where a product stands before
 * its back; known when the photo is set
 */
guint
inb_engine_get_n_layers (const InbEngine *self)
{
  return get_camera (self) != self->cameras[0] ? 2 : 1;
}

/**
 * inb_engine_get_matte:
 * @self: an engine
 *
 * Returns: (transfer none) (nullable): what was found in the photo, without its alpha; %NULL with
 * two photos, and before the photo is set
 */
const InbMatte *
inb_engine_get_matte (const InbEngine *self)
{
  return self->scene != NULL ? inb_scene_get_matte (self->scene) : NULL;
}

/**
 * inb_engine_get_transition:
 * @self: an engine
 *
 * Returns: (transfer none) (nullable): how the start photo becomes the last; %NULL with one photo,
 * and before inb_engine_prepare()
 */
const InbTransition *
inb_engine_get_transition (const InbEngine *self)
{
  return self->transition;
}

/**
 * inb_engine_has_morph:
 * @self: an engine
 *
 * Returns: whether frames are drawn as a morph
 */
gboolean
inb_engine_has_morph (const InbEngine *self)
{
  return self->transition != NULL && self->transition->kind != INB_TRANSITION_DISSOLVE;
}

/**
 * inb_engine_get_matrix:
 * @self: an engine
 * @frame: number of a frame
 * @matrix: (out): px of the start photo → px of the frame, row-major 3×3; of the product's plane
 * where it is before its back; of a morph what the camera does to what has not moved
 */
void
inb_engine_get_matrix (const InbEngine *self, guint frame, double matrix[9])
{
  double first[9], camera[9];

  if (!inb_engine_has_morph (self))
    {
      inb_camera_get_matrix (get_camera (self), frame, matrix);
      return;
    }
  inb_camera_get_matrix (self->cameras[0], 0, first);
  inb_camera_get_matrix (self->round, frame, camera);
  inb_matrix_multiply (camera, first, matrix);
}

/**
 * inb_engine_get_decode_size:
 * @self: an engine
 * @photo: 0 or 1
 * @width: (out): px
 * @height: (out): px
 *
 * How large a photo has to be decoded: its own size, or a half, a quarter … of it where the nearest
 * framing needs no more (decoders are quick at these), and at most 4096 px on the longer side.
 */
void
inb_engine_get_decode_size (const InbEngine *self, guint photo, guint *width, guint *height)
{
  double tightest, widest, divisor = 1.0;
  guint side;

  inb_camera_get_photo_size (self->cameras[photo], width, height);
  side = MAX (*width, *height);
  inb_camera_get_ratios (self->cameras[photo], &tightest, &widest);
  while (tightest >= 2.0 * divisor)
    divisor *= 2.0;
  divisor = MAX (divisor, (double) side / INB_ENGINE_MAX_SIDE);
  *width = MAX (1, (guint) (*width / divisor + 0.5));
  *height = MAX (1, (guint) (*height / divisor + 0.5));
}

/**
 * inb_engine_needs_photo:
 * @self: an engine
 *
 * Returns: whether photos have to be set although nothing is drawn: what is explained depends on
 * what they show
 */
gboolean
inb_engine_needs_photo (const InbEngine *self)
{
  return self->request.n_photos == 2 || inb_scene_gains (self->prompt);
}

/**
 * inb_engine_set_matte:
 * @self: an engine of one photo, which is not set yet
 * @picture: (transfer none): white where the photo shows the product, black where its back; of any
 * size that inb_framing_check_shape() lets pass
 *
 * Overrules what would be found in the photo.
 */
void
inb_engine_set_matte (InbEngine *self, const InbPixels *picture)
{
  g_return_if_fail (self->request.n_photos == 1 && self->scene == NULL);

  g_clear_pointer (&self->matte, inb_pixels_free);
  self->matte = inb_pixels_new (picture->width, picture->height, picture->stride, picture->format,
                                picture->bytes);
}

static void
make_scene (InbEngine *self, const InbPixels *pixels)
{
  InbCameraSetup camera = get_camera_setup (self, INB_CAMERA_FREE, self->request.photo_width[0],
                                            self->request.photo_height[0]);
  InbSceneSetup setup = {
    self->prompt, &camera, pixels, self->matte, self->request.n_threads, self->request.only_explain,
  };

  g_clear_pointer (&self->scene, inb_scene_free);
  self->scene = inb_scene_new (&setup);
}

/**
 * inb_engine_set_photo:
 * @self: an engine
 * @photo: 0 or 1
 * @pixels: (transfer none): the photo, of inb_engine_get_decode_size()
 *
 * Takes what frames need from a photo; @pixels can be freed afterwards.
 */
void
inb_engine_set_photo (InbEngine *self, guint photo, const InbPixels *pixels)
{
  g_return_if_fail (photo < self->request.n_photos);

  g_clear_pointer (&self->transition, inb_transition_free);
  g_clear_pointer (&self->layers[photo], inb_layer_free);
  g_clear_pointer (&self->photos[photo], inb_pixels_free);
  if (self->request.n_photos == 2)
    self->photos[photo] = inb_pixels_new (pixels->width, pixels->height, pixels->stride,
                                          pixels->format, pixels->bytes);
  if (self->request.n_photos == 1)
    make_scene (self, pixels);
  if (inb_engine_get_n_layers (self) == 1 &&
      (self->request.n_photos == 2 || !self->request.only_explain))
    self->layers[photo] = inb_layer_new (self->cameras[photo], pixels, self->request.n_threads);
}

static void
separate (InbEngine *self, GCancellable *cancellable)
{
  InbLayeredSetup setup = { .frames = { 0, self->request.n_frames - 1 },
                            .width = self->request.width,
                            .height = self->request.height,
                            .n_threads = self->request.n_threads };

  for (guint i = 0; i < 2; i++)
    {
      setup.photos[i] = self->photos[i];
      setup.cameras[i] = self->cameras[i];
    }
  inb_transition_separate (self->transition, &setup, cancellable);
  for (guint i = 0; i < 2; i++)
    g_clear_pointer (&self->photos[i], inb_pixels_free);
}

/**
 * inb_engine_prepare:
 * @self: an engine with all its photos
 * @cancellable: (nullable): looked at many times
 * @error: %G_IO_ERROR_CANCELLED
 *
 * Finds out what the photos have to do with each other. inb_engine_render() does it by itself.
 *
 * Returns: whether frames can be drawn
 */
gboolean
inb_engine_prepare (InbEngine *self, GCancellable *cancellable, GError **error)
{
  const guint frames[] = { 0, self->request.n_frames - 1 };

  if (self->request.n_photos == 1 || self->transition != NULL)
    return TRUE;
  g_return_val_if_fail (self->layers[0] != NULL && self->layers[1] != NULL, FALSE);
  self->transition =
      inb_transition_new (self->layers, frames, self->request.width, self->request.height,
                          self->request.n_threads, cancellable, error);
  if (self->transition != NULL)
    separate (self, cancellable);
  return self->transition != NULL && !g_cancellable_set_error_if_cancelled (cancellable, error);
}

/**
 * inb_engine_get_frame_bytes:
 * @self: an engine
 *
 * Returns: bytes of one frame as I420
 */
gsize
inb_engine_get_frame_bytes (const InbEngine *self)
{
  return (gsize) self->request.width * self->request.height * 3 / 2;
}
