/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-blur.h"
#include "render/inb-dissolve.h"
#include "render/inb-engine-private.h"
#include "render/inb-farm.h"
#include "render/inb-matrix.h"
#include "render/inb-outlet.h"

/* The frames of a clip that is prepared. */

/* px of the frame. Chosen by eye: between it and sharp the two are mixed. */
#define LEAST_BLUR 1.6

/* How far a frame is out of focus. */
typedef struct
{
  guint frame;
  double sigma; /* px; 0: sharp */
  gboolean only_back;
} Blur;

typedef struct
{
  InbEngine *engine;
  InbEncoder *encoder;
  InbEngineProgress progress;
  gpointer progress_data;
} Rendering;

/* The time is that of a frame, or between two. */
static double
get_last_weight (const InbEngine *self, double frame)
{
  guint last = self->request.n_frames - 1;
  double t = last > 0 ? CLAMP (frame / last, 0.0, 1.0) : 0.0;

  if (self->request.n_photos == 1)
    return 0.0;
  return inb_dissolve_get_weight (self->moves && !inb_engine_has_morph (self), self->ease, t);
}

static void
draw_morph (const InbEngine *self, guint frame, const InbOutlet *outlet)
{
  double before = get_last_weight (self, frame - 0.5), after = get_last_weight (self, frame + 0.5);
  double camera[9];

  inb_camera_get_matrix (self->round, frame, camera);
  inb_transition_draw (self->transition, get_last_weight (self, frame), after - before, camera,
                       outlet);
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

static void
draw_plane (const InbEngine *self, guint frame, guint plane, const InbOutlet *outlet)
{
  InbSource sources[2];
  guint n_sources = sample (self, frame, plane, sources);

  inb_compose_plane (sources, n_sources, plane, outlet);
  while (n_sources > 0)
    inb_source_clear (&sources[--n_sources]);
}

static void
draw_sharp (const InbEngine *self, guint frame, const InbOutlet *outlet)
{
  if (inb_engine_has_morph (self))
    draw_morph (self, frame, outlet);
  else
    for (guint plane = 0; plane < 3; plane++)
      draw_plane (self, frame, plane, outlet);
}

static void
draw_back (const InbEngine *self, guint frame, const InbOutlet *outlet)
{
  for (guint plane = 0; plane < 3; plane++)
    {
      InbSource sources[2];

      inb_scene_sample (self->scene, frame, plane, sources);
      inb_compose_plane (sources, 1, plane, outlet);
      inb_source_clear (&sources[0]);
      inb_source_clear (&sources[1]);
    }
}

/* Of a blur narrower than LEAST_BLUR px only a share is mixed in: one of less would be lost between
 * two samples. */
static void
draw_blurred_plane (const InbEngine *self, const Blur *blur, guint plane, const InbPlane *sharp,
                    const InbOutlet *outlet)
{
  guint divisor = plane == 0 ? 1 : 2, n_sources = 2;
  guint width = outlet->width / divisor, height = outlet->height / divisor;
  g_autoptr (InbPlane) soft = inb_blur_plane (sharp, MAX (blur->sigma, LEAST_BLUR) / divisor);
  InbSource sources[3] = { { .weight = 1.0 }, { .weight = MIN (blur->sigma / LEAST_BLUR, 1.0) } };

  sources[0].colour.sharp = inb_blur_sampler_new (sharp, width, height);
  sources[1].colour.sharp = inb_blur_sampler_new (soft, width, height);
  if (blur->only_back)
    {
      InbSource layers[2];

      inb_scene_sample (self->scene, blur->frame, plane, layers);
      inb_source_clear (&layers[0]);
      sources[n_sources++] = layers[1];
    }
  inb_compose_plane (sources, n_sources, plane, outlet);
  while (n_sources > 0)
    inb_source_clear (&sources[--n_sources]);
}

static void
draw_blurred (const InbEngine *self, const Blur *blur, const InbOutlet *outlet)
{
  InbPlane *planes[3];
  InbOutlet sharp = { outlet->width, outlet->height, NULL, planes, NULL };

  for (guint plane = 0; plane < 3; plane++)
    planes[plane] = inb_plane_new ((int) (outlet->width / (plane == 0 ? 1 : 2)),
                                   (int) (outlet->height / (plane == 0 ? 1 : 2)));
  if (blur->only_back)
    draw_back (self, blur->frame, &sharp);
  else
    draw_sharp (self, blur->frame, &sharp);
  for (guint plane = 0; plane < 3; plane++)
    inb_plane_pad (planes[plane]);
  for (guint plane = 0; plane < 3; plane++)
    draw_blurred_plane (self, blur, plane, planes[plane], outlet);
  for (guint plane = 0; plane < 3; plane++)
    inb_plane_free (planes[plane]);
}

/* Where everything is out of focus, the back is no more so. */
static Blur
get_blur (const InbEngine *self, guint frame)
{
  Blur blur = { frame, 0.0, FALSE };

  if (self->air == NULL)
    return blur;
  blur.sigma = inb_air_get_blur (self->air, frame, FALSE);
  if (blur.sigma > 0.0 || inb_engine_get_n_layers (self) == 1)
    return blur;
  blur.only_back = TRUE;
  blur.sigma = inb_air_get_blur (self->air, frame, TRUE);
  return blur;
}

static InbAirFrame *
begin_air (const InbEngine *self, guint frame)
{
  InbShot shot = { .frame = frame };
  double first[9], back[9], matrix[9];
  InbSource products[2];
  gboolean known = FALSE;

  inb_engine_get_matrix (self, 0, first);
  inb_engine_get_matrix (self, frame, matrix);
  inb_matrix_invert (first, back);
  inb_matrix_multiply (matrix, back, shot.camera);
  if (self->scene != NULL)
    {
      shot.has_product = inb_scene_get_product (self->scene, frame, shot.product);
      known = inb_scene_sample_product (self->scene, frame, products);
    }
  return inb_air_begin (self->air, &shot, known ? products : NULL);
}

/**
 * inb_engine_draw:
 * @self: an engine that is prepared
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
  InbOutlet outlet = { self->request.width, self->request.height, NULL, NULL, i420 };
  g_autoptr (InbAirFrame) air = NULL;
  Blur blur = get_blur (self, frame);

  if (self->air != NULL && inb_air_has_effects (self->air))
    air = begin_air (self, frame);
  outlet.air = air;
  if (blur.sigma > 0.0)
    draw_blurred (self, &blur, &outlet);
  else
    draw_sharp (self, frame, &outlet);
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
 * @cancellable: (nullable): looked at once a frame, and many times before the first
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
  g_return_val_if_fail (self->layers[0] != NULL || self->scene != NULL, FALSE);
  if (!inb_engine_prepare (self, cancellable, error))
    return FALSE;
  return inb_farm_run (self->request.n_threads, self->request.n_frames,
                       inb_engine_get_frame_bytes (self), draw_cb, self, take_cb, &rendering,
                       cancellable, error);
}
