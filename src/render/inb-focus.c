/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-focus.h"

/* Part of its step in which the focus is pulled: sharp for the last part, and where it is lost for
 * the first one. Chosen by eye. */
#define PULL_FROM 0.05
#define PULL_TO 0.75

static gboolean
get_pull (const InbPrompt *prompt, guint step, gboolean back, double *pull, double *loss)
{
  *pull = back ? 0.0 : inb_prompt_get_step_amount (prompt, INB_MOVE_FOCUS_PULL, step);
  *loss =
      inb_prompt_get_step_amount (prompt, back ? INB_MOVE_BACKGROUND_BLUR : INB_MOVE_DEFOCUS, step);
  return *pull > 0.0 || *loss > 0.0;
}

/**
 * inb_focus_is_asked:
 * @prompt: a prompt
 *
 * Returns: whether any frame is out of focus
 */
gboolean
inb_focus_is_asked (const InbPrompt *prompt)
{
  double pull, loss;

  for (guint i = 0; i < 2 * prompt->n_steps; i++)
    if (get_pull (prompt, i / 2, i % 2 != 0, &pull, &loss))
      return TRUE;
  return FALSE;
}

static double
get_way (const InbEffectSetup *setup, double t)
{
  double way = CLAMP ((t - PULL_FROM) / (PULL_TO - PULL_FROM), 0.0, 1.0);

  return setup->ease == INB_EASE_LINEAR ? way : way * way * (3.0 - 2.0 * way);
}

/**
 * inb_focus_get_blur:
 * @setup: the clip
 * @frame: number of a frame
 * @back: whether only what is behind the product is meant, or all
 *
 * How far out of focus a frame is: as the first pull or loss of focus begins, then as each of them
 * leaves it. A pull ends sharp, exactly; a loss begins so.
 *
 * Returns: standard deviation of the blur, of the frame's width
 */
double
inb_focus_get_blur (const InbEffectSetup *setup, guint frame, gboolean back)
{
  double blur = 0.0;
  gboolean begun = FALSE;

  for (guint i = 0; i < setup->prompt->n_steps; i++)
    {
      double t = inb_effect_get_step_time (setup, i, frame), pull, loss;

      if (!get_pull (setup->prompt, i, back, &pull, &loss) || (begun && !(t > 0.0)))
        continue;
      if (pull > 0.0)
        blur = pull * (1.0 - get_way (setup, t));
      else
        blur = loss * (1.0 - get_way (setup, 1.0 - t)); /* the same backwards */
      begun = TRUE;
    }
  return blur;
}
