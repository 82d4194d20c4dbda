/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-pixels.h"
#include "render/inb-encoder.h"
#include "render/inb-matte.h"
#include "render/inb-prompt.h"
#include "render/inb-transition.h"

G_BEGIN_DECLS

#define INB_ENGINE_MAX_SIDE 4096u
#define INB_ENGINE_MAX_FPS 120u
#define INB_ENGINE_MAX_FRAMES 3600u

typedef enum
{
  INB_ENGINE_EASE_PROMPT, /* what the prompt says, smooth if it says nothing */
  INB_ENGINE_EASE_SMOOTH,
  INB_ENGINE_EASE_LINEAR,
} InbEngineEase;

/**
 * InbEngineRequest:
 * @prompt: how it should move, 1 to 2500 characters
 * @n_photos: 1: a start photo; 2: a start photo and a last one
 * @photo_width: px of each, oriented
 * @photo_height: px of each
 * @width: of the clip, px, even
 * @height: of the clip, px, even
 * @fps: frames a second
 * @n_frames: of the clip
 * @ease: how time runs
 * @seed: 0: exact amounts; others vary them, so that takes differ
 * @n_threads: threads to use; 0: as many as there are processors. The clip does not depend on it
 * @only_explain: whether no frame will be drawn, only said how they would be
 *
 * What the engine is asked for. Plain data.
 */
typedef struct
{
  const char *prompt;
  guint n_photos;
  guint photo_width[2];
  guint photo_height[2];
  guint width;
  guint height;
  guint fps;
  guint n_frames;
  InbEngineEase ease;
  guint32 seed;
  guint n_threads;
  gboolean only_explain;
} InbEngineRequest;

/**
 * InbEngineProgress:
 * @progress: 0…1
 * @user_data: as given
 */
typedef void (*InbEngineProgress) (double progress, gpointer user_data);

typedef struct _InbEngine InbEngine;

gboolean inb_engine_request_check (const InbEngineRequest *self, GError **error);

InbEngine *inb_engine_new (const InbEngineRequest *request, GError **error);
void inb_engine_free (InbEngine *self);

const InbPrompt *inb_engine_get_prompt (const InbEngine *self);
InbEase inb_engine_get_ease (const InbEngine *self);
double inb_engine_get_crop (const InbEngine *self);
guint inb_engine_get_n_layers (const InbEngine *self);
const InbMatte *inb_engine_get_matte (const InbEngine *self);
const InbTransition *inb_engine_get_transition (const InbEngine *self);
void inb_engine_get_matrix (const InbEngine *self, guint frame, double matrix[9]);

void inb_engine_get_decode_size (const InbEngine *self, guint photo, guint *width, guint *height);
gboolean inb_engine_needs_photo (const InbEngine *self);
void inb_engine_set_matte (InbEngine *self, const InbPixels *picture);
void inb_engine_set_photo (InbEngine *self, guint photo, const InbPixels *pixels);
gboolean inb_engine_prepare (InbEngine *self, GCancellable *cancellable, GError **error);
gsize inb_engine_get_frame_bytes (const InbEngine *self);
void inb_engine_draw (const InbEngine *self, guint frame, guint8 *i420);
gboolean inb_engine_render (InbEngine *self, InbEncoder *encoder, InbEngineProgress progress,
                            gpointer progress_data, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbEngine, inb_engine_free)

G_END_DECLS
