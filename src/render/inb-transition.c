/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-transition.h"

#include <glib/gi18n.h>

#include "render/inb-cells.h"

/* Scores: below the first two photos have nothing in common, from the second on they do. Measured
 * with bench-morph.py. */
#define LEAST_BLEND_SCORE 0.08
#define LEAST_MORPH_SCORE 0.15
/* Motion that explains less of the difference than this explains nothing. */
#define MOST_PHOTOMETRIC 0.85
/* The same for scores below that: of unrelated photos 0.64 to 0.94 is left, of related ones less.
 */
#define MOST_DOUBTFUL 0.65
#define DOUBTFUL_SCORE 0.30
/* Of the diagonal: what moves farther is torn. Chosen by eye. */
#define MOST_DISPLACEMENT 0.25
#define MOST_FOLDED 0.10

/**
 * inb_transition_choose:
 * @agreement: how well two photos show the same thing
 * @reason: (out) (optional) (transfer none): why, in words
 *
 * Returns: what to do; a dissolve where in doubt
 */
InbTransitionKind
inb_transition_choose (const InbAgreement *agreement, const char **reason)
{
  const struct
  {
    gboolean applies;
    InbTransitionKind kind;
    const char *reason;
  } rules[] = {
    { agreement->score < LEAST_BLEND_SCORE, INB_TRANSITION_DISSOLVE,
      N_ ("The photos show different things: one fades into the other.") },
    { agreement->photometric >
          (agreement->score < DOUBTFUL_SCORE ? MOST_DOUBTFUL : MOST_PHOTOMETRIC),
      INB_TRANSITION_DISSOLVE,
      N_ ("No motion makes one photo look like the other: one fades into the other.") },
    { agreement->displacement > MOST_DISPLACEMENT, INB_TRANSITION_DISSOLVE,
      N_ ("What the photos show has moved too far: one fades into the other.") },
    { agreement->folded > MOST_FOLDED, INB_TRANSITION_DISSOLVE,
      N_ ("The way from one photo to the other would tear the picture: one fades into the "
          "other.") },
    { inb_agreement_is_torn (agreement), INB_TRANSITION_DISSOLVE,
      N_ ("Too much of what changes is not found again in the other photo: one fades into the "
          "other.") },
    { agreement->score < LEAST_MORPH_SCORE, INB_TRANSITION_BLEND,
      N_ ("The photos agree in part: motion and fading are mixed.") },
    { TRUE, INB_TRANSITION_MORPH,
      N_ ("The photos show the same thing: everything moves to its new place.") },
  };
  guint i = 0;

  while (!rules[i].applies)
    i++;
  if (reason != NULL)
    *reason = _ (rules[i].reason);
  return rules[i].kind;
}

/**
 * inb_transition_get_reason:
 * @self: a transition
 *
 * Returns: (transfer none): why it was chosen, in words for a person
 */
const char *
inb_transition_get_reason (const InbTransition *self)
{
  const char *reason;

  if (self->kind == INB_TRANSITION_LAYERED)
    return _ ("The product is the same and has moved far: it moves to its new place, and what is "
              "behind it fades.");
  inb_transition_choose (&self->agreement, &reason);
  return reason;
}

/**
 * inb_transition_kind_to_string:
 * @kind: a kind
 *
 * Returns: (transfer none): "morph", "layered", "blend" or "dissolve"
 */
const char *
inb_transition_kind_to_string (InbTransitionKind kind)
{
  static const char *const names[] = { "dissolve", "blend", "morph", "layered" };

  return names[kind];
}

static double
get_crossfade (const InbTransition *self)
{
  if (self->kind != INB_TRANSITION_BLEND)
    return 0.0;
  return (LEAST_MORPH_SCORE - self->agreement.score) / (LEAST_MORPH_SCORE - LEAST_BLEND_SCORE);
}

/* Takes what it is given. */
static void
decide (InbTransition *self, InbPlane *planes[2][3], InbFlow *flows[2], InbPlane *const cells[2],
        guint step)
{
  const InbPlane *const pictures[2] = { cells[0], cells[1] };
  float *maps[2];

  inb_consistency_judge (pictures, flows, step, maps, &self->agreement);
  self->kind = inb_transition_choose (&self->agreement, NULL);
  if (self->kind != INB_TRANSITION_DISSOLVE)
    {
      for (guint i = 0; i < 2; i++)
        inb_consistency_mend (flows[i], maps[i]);
      self->morph = inb_morph_new (planes, flows, maps, pictures, step, get_crossfade (self));
      return;
    }
  for (guint i = 0; i < 2; i++)
    {
      for (guint plane = 0; plane < 3; plane++)
        inb_plane_free (planes[i][plane]);
      inb_flow_free (flows[i]);
      g_free (maps[i]);
    }
}

/**
 * inb_transition_new:
 * @layers: (transfer none): the start photo and the last one
 * @frames: (array fixed-size=2): the frame in which each of them is seen as it is
 * @width: of a frame, px
 * @height: of a frame, px
 * @n_threads: threads to use, ≥ 1; the transition is the same for any number
 * @cancellable: (nullable): looked at many times
 * @error: %G_IO_ERROR_CANCELLED
 *
 * Looks for the motion between two photos and chooses how one becomes the other.
 *
 * Returns: (transfer full) (nullable): the transition; @layers are not needed any more if it has a
 * morph
 */
InbTransition *
inb_transition_new (InbLayer *const layers[2], const guint frames[2], guint width, guint height,
                    guint n_threads, GCancellable *cancellable, GError **error)
{
  g_autoptr (InbTransition) self = g_new0 (InbTransition, 1);
  guint step = inb_cells_choose_step (width, height);
  InbPlane *planes[2][3], *cells[2];
  InbFlow *flows[2];
  gboolean found;

  for (guint i = 0; i < 2; i++)
    {
      for (guint plane = 0; plane < 3; plane++)
        planes[i][plane] =
            inb_cells_frame_plane (layers[i], frames[i], plane, width, height, n_threads);
      cells[i] = inb_cells_new (planes[i][0], step);
    }
  found = inb_flow_find_pair (cells[0], cells[1], n_threads, cancellable, flows);
  if (found)
    decide (self, planes, flows, cells, step);
  for (guint i = 0; i < 2; i++)
    {
      for (guint plane = 0; !found && plane < 3; plane++)
        inb_plane_free (planes[i][plane]);
      inb_plane_free (cells[i]);
    }
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * inb_transition_separate:
 * @self: a transition
 * @setup: (transfer none): the photos that it is of
 * @cancellable: (nullable): looked at many times
 *
 * Where both photos as a whole can only fade, looks for a product that can move by itself.
 */
void
inb_transition_separate (InbTransition *self, const InbLayeredSetup *setup,
                         GCancellable *cancellable)
{
  if (self->kind != INB_TRANSITION_DISSOLVE)
    return;
  self->layered = inb_layered_new (setup, cancellable);
  if (self->layered != NULL)
    self->kind = INB_TRANSITION_LAYERED;
}

/**
 * inb_transition_draw:
 * @self: a transition that is no dissolve
 * @t: 0…1: 0 is the start frame, 1 the last one
 * @step: 0…1: how much @t grows from one frame to the next
 * @camera: px of a frame → px as the camera sees it, row-major 3×3
 * @outlet: (transfer none): where it goes
 *
 * Draws one frame; may be called from several threads.
 */
void
inb_transition_draw (const InbTransition *self, double t, double step, const double camera[9],
                     const InbOutlet *outlet)
{
  if (self->layered != NULL)
    inb_layered_draw (self->layered, t, camera, outlet);
  else
    inb_morph_draw (self->morph, t, step, camera, outlet);
}

/**
 * inb_transition_free:
 * @self: (transfer full): a transition
 */
void
inb_transition_free (InbTransition *self)
{
  g_clear_pointer (&self->morph, inb_morph_free);
  g_clear_pointer (&self->layered, inb_layered_free);
  g_free (self);
}
