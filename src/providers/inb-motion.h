/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/inb-provider.h"

G_BEGIN_DECLS

/**
 * InbMotionEnd:
 * @INB_MOTION_END_FREE: on whatever it comes to
 * @INB_MOTION_END_START: on the frame it began with
 * @INB_MOTION_END_LAST: on a last frame, which it is made for
 *
 * What a motion ends on.
 */
typedef enum
{
  INB_MOTION_END_FREE,
  INB_MOTION_END_START,
  INB_MOTION_END_LAST,
} InbMotionEnd;

/**
 * InbMotion:
 * @id: word of its file
 * @title: for people, English, a word or two; gettext knows it
 * @about: for people, English, a sentence; gettext knows it
 * @prompt: for a service, English: they are trained on it; "{product}" stands for the product
 * @negative: the same of what should not be
 * @guidance: 0…1, chosen: more where the product must not move by itself
 * @local: camera words for the local engine, which reads no others
 * @end: what it ends on
 *
 * A good way for a product to move, ready to be used and changed. Immutable.
 */
typedef struct
{
  char *id;
  char *title;
  char *about;
  char *prompt;
  char *negative;
  double guidance;
  char *local;
  InbMotionEnd end;
  guint order;
} InbMotion;

void inb_motion_free (InbMotion *self);
InbMotion *inb_motion_read (GBytes *bytes, const char *name, GError **error);
const GPtrArray *inb_motion_get_all (GError **error);
void inb_motion_fill (const InbMotion *self, const InbProvider *provider, const InbModel *model,
                      const char *product, InbRequest *form);
gboolean inb_motion_fits (const InbMotion *self, const InbProvider *provider, const InbModel *model,
                          const char *product, const InbRequest *form);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbMotion, inb_motion_free)

G_END_DECLS
