/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-engine.h"

#include <glib/gi18n.h>
#include <math.h>

#include "core/inb-error.h"
#include "render/inb-camera.h"
#include "render/inb-dissolve.h"
#include "render/inb-farm.h"
#include "render/inb-layer.h"
#include "render/inb-scene.h"

/* A clip is made in three steps: words and camera (nothing but the photos' sizes is needed),
 * layers (needs the pixels), frames. */
struct _InbEngine
{
  InbEngineRequest request;
  InbPrompt *prompt;
  InbEase ease;
  gboolean moves;
  InbCamera *cameras[2]; /* of the start photo and of the last */
  InbLayer *layers[2];
  InbPixels *matte; /* a person's own */
  InbScene *scene;  /* of one photo that was looked at */
};

typedef struct
{
  InbEngine *engine;
  InbEncoder *encoder;
  InbEngineProgress progress;
  gpointer progress_data;
} Rendering;

static gboolean
check_request (const InbEngineRequest *request, GError **error)
{
  if (request->width < 16 || request->height < 16 || request->width > INB_ENGINE_MAX_SIDE ||
      request->height > INB_ENGINE_MAX_SIDE)
    return inb_error_refuse (
        error,
        _ ("A clip of %u×%u px is not possible. Each side can have 16 to %u px, for "
           "example 1920x1080."),
        request->width, request->height, INB_ENGINE_MAX_SIDE);
  if (request->width % 2 != 0 || request->height % 2 != 0)
    return inb_error_refuse (
        error, _ ("A clip of %u×%u px is not possible: video needs even sides. Take %u×%u."),
        request->width, request->height, request->width & ~1U, request->height & ~1U);
  if (request->fps < 1 || request->fps > INB_ENGINE_MAX_FPS)
    return inb_error_refuse (
        error, _ ("%u frames a second are not possible. Give 1 to %u, for example 30."),
        request->fps, INB_ENGINE_MAX_FPS);
  if (request->n_frames < 1 || request->n_frames > INB_ENGINE_MAX_FRAMES)
    return inb_error_refuse (error, _ ("A clip of %u frames is not possible. It can have 1 to %u."),
                             request->n_frames, INB_ENGINE_MAX_FRAMES);
  return TRUE;
}

static InbCameraSetup
get_camera_setup (const InbEngine *self, guint photo)
{
  const InbEngineRequest *request = &self->request;
  InbCameraSetup setup = {
    .photo_width = request->photo_width[photo],
    .photo_height = request->photo_height[photo],
    .width = request->width,
    .height = request->height,
    .fps = request->fps,
    .n_frames = request->n_frames,
    .ease = self->ease,
    .seed = request->seed,
  };

  if (request->n_photos == 1)
    setup.anchor = INB_CAMERA_FREE;
  else
    setup.anchor = photo == 0 ? INB_CAMERA_START : INB_CAMERA_LAST;
  return setup;
}

/* The camera whose matrices are the product's, or the whole photo's. */
static const InbCamera *
get_camera (const InbEngine *self)
{
  const InbCamera *deep = self->scene != NULL ? inb_scene_get_camera (self->scene) : NULL;

  return deep != NULL ? deep : self->cameras[0];
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
  g_autoptr (InbEngine) self = NULL;

  g_return_val_if_fail (request->n_photos == 1 || request->n_photos == 2, NULL);

  if (!check_request (request, error))
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

      self->moves |= understood->amount > 0.0;
    }
  for (guint i = 0; i < request->n_photos; i++)
    {
      InbCameraSetup setup = get_camera_setup (self, i);

      self->cameras[i] = inb_camera_new (self->prompt, &setup);
    }
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
      g_clear_pointer (&self->cameras[i], inb_camera_free);
    }
  g_clear_pointer (&self->scene, inb_scene_free);
  g_clear_pointer (&self->matte, inb_pixels_free);
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
 * Returns: (transfer none) (nullable): how the start photo becomes the last: "dissolve"; %NULL with
 * one photo
 */
const char *
inb_engine_get_transition (const InbEngine *self)
{
  return self->request.n_photos == 2 ? "dissolve" : NULL;
}

/**
 * inb_engine_get_matrix:
 * @self: an engine
 * @frame: number of a frame
 * @matrix: (out): px of the start photo → px of the frame, row-major 3×3; of the product's plane
 * where it is before its back
 */
void
inb_engine_get_matrix (const InbEngine *self, guint frame, double matrix[9])
{
  inb_camera_get_matrix (get_camera (self), frame, matrix);
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
  return self->request.n_photos == 1 && inb_scene_gains (self->prompt);
}

/**
 * inb_engine_check_matte:
 * @self: an engine of one photo
 * @width: of a matte, px
 * @height: of a matte, px
 * @error: %INB_ERROR_BAD_INPUT
 *
 * Returns: whether it has the shape of the photo, a side rounded either way
 */
gboolean
inb_engine_check_matte (const InbEngine *self, guint width, guint height, GError **error)
{
  guint photo_width = self->request.photo_width[0], photo_height = self->request.photo_height[0];
  double slope = (double) photo_height / photo_width;

  if (fabs (width * slope - height) <= MAX (1.0, slope))
    return TRUE;
  return inb_error_refuse (error,
                           _ ("The matte is %u×%u px, which is not the shape of the photo "
                              "(%u×%u). Give one of the same shape, of any size."),
                           width, height, photo_width, photo_height);
}

/**
 * inb_engine_set_matte:
 * @self: an engine of one photo, which is not set yet
 * @picture: (transfer none): white where the photo shows the product, black where its back; of any
 * size that inb_engine_check_matte() lets pass
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
  InbCameraSetup camera = get_camera_setup (self, 0);
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

  g_clear_pointer (&self->layers[photo], inb_layer_free);
  if (self->request.n_photos == 1)
    make_scene (self, pixels);
  if (inb_engine_get_n_layers (self) == 1 && !self->request.only_explain)
    self->layers[photo] = inb_layer_new (self->cameras[photo], pixels, self->request.n_threads);
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

static double
get_last_weight (const InbEngine *self, guint frame)
{
  guint last = self->request.n_frames - 1;
  double t = last > 0 ? (double) frame / last : 0.0;

  if (self->request.n_photos == 1)
    return 0.0;
  return inb_dissolve_get_weight (self->moves, self->ease, t);
}

/* Lowest first. */
static guint
sample (const InbEngine *self, guint frame, guint plane, InbSource sources[2])
{
  double weight = get_last_weight (self, frame);
  guint n_sources = 0;

  if (inb_engine_get_n_layers (self) == 2)
    {
      inb_scene_sample (self->scene, frame, plane, sources);
      return 2;
    }
  if (weight < 1.0)
    inb_layer_sample (self->layers[0], frame, plane, &sources[n_sources++]);
  if (weight > 0.0)
    {
      inb_layer_sample (self->layers[1], frame, plane, &sources[n_sources]);
      sources[n_sources++].weight = weight;
    }
  return n_sources;
}

/**
 * inb_engine_draw:
 * @self: an engine with all its photos
 * @frame: number of a frame
 * @i420: (out caller-allocates): inb_engine_get_frame_bytes() bytes: Y', then Cb and Cr at half
 * width and height, BT.709 limited, chroma sited as in MPEG-2
 *
 * Draws one frame: a pure function of the request and the number. May be called from several
 * threads.
 */
void
inb_engine_draw (const InbEngine *self, guint frame, guint8 *i420)
{
  for (guint plane = 0; plane < 3; plane++)
    {
      guint width = self->request.width / (plane == 0 ? 1 : 2);
      guint height = self->request.height / (plane == 0 ? 1 : 2);
      InbSource sources[2];
      guint n_sources = sample (self, frame, plane, sources);

      inb_compose_plane (sources, n_sources, width, height, i420);
      i420 += (gsize) width * height;
      while (n_sources > 0)
        inb_source_clear (&sources[--n_sources]);
    }
}

static void
draw_cb (guint frame, guint8 *into, gpointer user_data)
{
  inb_engine_draw (user_data, frame, into);
}

static gboolean
take_cb (guint frame, GBytes *bytes, gpointer user_data, GError **error)
{
  Rendering *self = user_data;

  if (!inb_encoder_push (self->encoder, bytes, error))
    return FALSE;
  if (self->progress != NULL)
    self->progress ((frame + 1.0) / self->engine->request.n_frames, self->progress_data);
  return TRUE;
}

/**
 * inb_engine_render:
 * @self: an engine with all its photos
 * @encoder: (transfer none): takes the frames; is not closed
 * @progress: (nullable) (scope call): told after each frame, on this thread
 * @progress_data: for @progress
 * @cancellable: (nullable): looked at once a frame
 * @error: %G_IO_ERROR_CANCELLED, or what @encoder says
 *
 * Returns: whether all frames were drawn and taken
 */
gboolean
inb_engine_render (InbEngine *self, InbEncoder *encoder, InbEngineProgress progress,
                   gpointer progress_data, GCancellable *cancellable, GError **error)
{
  Rendering rendering = { self, encoder, progress, progress_data };

  g_return_val_if_fail (!self->request.only_explain, FALSE);
  for (guint i = 0; i < self->request.n_photos; i++)
    g_return_val_if_fail (self->layers[i] != NULL || self->scene != NULL, FALSE);
  return inb_farm_run (self->request.n_threads, self->request.n_frames,
                       inb_engine_get_frame_bytes (self), draw_cb, self, take_cb, &rendering,
                       cancellable, error);
}
