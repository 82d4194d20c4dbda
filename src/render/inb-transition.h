/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/inb-consistency.h"
#include "render/inb-layer.h"
#include "render/inb-layered.h"
#include "render/inb-morph.h"

G_BEGIN_DECLS

/**
 * InbTransitionKind:
 * @INB_TRANSITION_DISSOLVE: one photo fades into the other
 * @INB_TRANSITION_BLEND: everything moves, mixed with a fade
 * @INB_TRANSITION_MORPH: everything moves from where it is in one photo to where it is in the other
 * @INB_TRANSITION_LAYERED: the product moves, and one back fades into the other behind it
 *
 * How a start photo becomes a last one.
 */
typedef enum
{
  INB_TRANSITION_DISSOLVE,
  INB_TRANSITION_BLEND,
  INB_TRANSITION_MORPH,
  INB_TRANSITION_LAYERED,
} InbTransitionKind;

/**
 * InbTransition:
 * @kind: what was chosen
 * @agreement: what the choice rests on
 * @morph: (nullable): draws the frames between; %NULL for a dissolve
 * @layered: (nullable): draws them in its place, of a product before its back
 */
typedef struct
{
  InbTransitionKind kind;
  InbAgreement agreement;
  InbMorph *morph;
  InbLayered *layered;
} InbTransition;

InbTransition *inb_transition_new (InbLayer *const layers[2], const guint frames[2], guint width,
                                   guint height, guint n_threads, GCancellable *cancellable,
                                   GError **error);
void inb_transition_separate (InbTransition *self, const InbLayeredSetup *setup,
                              GCancellable *cancellable);
void inb_transition_draw (const InbTransition *self, double t, double step, const double camera[9],
                          const InbOutlet *outlet);
void inb_transition_free (InbTransition *self);
const char *inb_transition_get_reason (const InbTransition *self);
const char *inb_transition_kind_to_string (InbTransitionKind kind);
InbTransitionKind inb_transition_choose (const InbAgreement *agreement, const char **reason);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbTransition, inb_transition_free)

G_END_DECLS
