/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/inb-air.h"
#include "render/inb-camera.h"
#include "render/inb-engine.h"
#include "render/inb-layer.h"
#include "render/inb-scene.h"

G_BEGIN_DECLS

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
  InbPixels *photos[2]; /* of two, until it is known what they have to do with each other */
  InbPixels *matte;     /* a person's own */
  InbScene *scene;      /* of one photo that was looked at */
  InbCamera *round;     /* of a morph: over what both photos become */
  InbTransition *transition;
  InbAir *air; /* none: not asked for */
};

gboolean inb_engine_has_morph (const InbEngine *self);

G_END_DECLS
