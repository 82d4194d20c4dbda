/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/inb-consistency.h"
#include "render/inb-layer.h"
#include "render/inb-morph.h"

G_BEGIN_DECLS

/**
 * InbTransitionKind:
 * @INB_TRANSITION_DISSOLVE: one photo fades into the other
 * @INB_TRANSITION_BLEND: everything moves, mixed with a fade
 * @INB_TRANSITION_MORPH: everything moves from where it is in one photo to where it is in the other
 *
 * How a start photo becomes a last one.
 */
typedef enum
{
  INB_TRANSITION_DISSOLVE,
  INB_TRANSITION_BLEND,
  INB_TRANSITION_MORPH,
} InbTransitionKind;

/**
 * InbTransition:
 * @kind: what was chosen
 * @agreement: what the choice rests on
 * @morph: (nullable): draws the frames between; %NULL for a dissolve
 */
typedef struct
{
  InbTransitionKind kind;
  InbAgreement agreement;
  InbMorph *morph;
} InbTransition;

InbTransition *inb_transition_new (InbLayer *const layers[2], const guint frames[2], guint width,
                                   guint height, guint n_threads, GCancellable *cancellable,
                                   GError **error);
void inb_transition_free (InbTransition *self);
const char *inb_transition_get_reason (const InbTransition *self);
const char *inb_transition_kind_to_string (InbTransitionKind kind);
InbTransitionKind inb_transition_choose (const InbAgreement *agreement, const char **reason);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbTransition, inb_transition_free)

G_END_DECLS
