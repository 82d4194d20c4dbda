/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-pixels.h"
#include "render/inb-camera.h"
#include "render/inb-compose.h"
#include "render/inb-matte.h"
#include "render/inb-prompt.h"

G_BEGIN_DECLS

typedef struct _InbScene InbScene;

/**
 * InbSceneSetup:
 * @prompt: the moves
 * @camera: the clip and the photo, flat
 * @photo: at its own size or smaller
 * @matte: (nullable): a person's own, of the photo's ratio: white where the product is
 * @n_threads: threads to use, ≥ 1; the scene is the same for any number
 * @only_look: whether no frame will be drawn
 *
 * What one photo is made into a scene from.
 */
typedef struct
{
  const InbPrompt *prompt;
  const InbCameraSetup *camera;
  const InbPixels *photo;
  const InbPixels *matte;
  guint n_threads;
  gboolean only_look;
} InbSceneSetup;

gboolean inb_scene_gains (const InbPrompt *prompt);
InbScene *inb_scene_new (const InbSceneSetup *setup);
void inb_scene_free (InbScene *self);
const InbMatte *inb_scene_get_matte (const InbScene *self);
const InbCamera *inb_scene_get_camera (const InbScene *self);
gboolean inb_scene_get_product (const InbScene *self, guint frame, double box[4]);
gboolean inb_scene_sample_product (const InbScene *self, guint frame, InbSource products[2]);
void inb_scene_sample (const InbScene *self, guint frame, guint plane, InbSource sources[2]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbScene, inb_scene_free)

G_END_DECLS
