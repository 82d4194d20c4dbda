/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-take-icon.h"

static const char *
get_icon (const InbJobFacts *facts)
{
  if (facts->state == INB_JOB_DONE && facts->mark != 0)
    return facts->mark > 0 ? "inbetween-accepted-symbolic" : "action-unavailable-symbolic";
  if (facts->state == INB_JOB_DONE)
    return "object-select-symbolic";
  if (facts->state == INB_JOB_UNKNOWN)
    return "dialog-question-symbolic";
  if (inb_job_state_is_cancelled (facts->state))
    return "action-unavailable-symbolic";
  if (inb_job_state_is_failure (facts->state) || facts->state == INB_JOB_MISSING_FILE)
    return "dialog-error-symbolic";
  if (facts->paused)
    return "media-playback-pause-symbolic";
  if (facts->state == INB_JOB_READY)
    return "content-loading-symbolic";
  return "inbetween-working-symbolic";
}

/**
 * inb_take_icon_show:
 * @image: decoration beside the words of a take's state
 * @job: the take
 *
 * Shows what the words say: the shape tells it, the colour only underlines it.
 */
void
inb_take_icon_show (GtkImage *image, InbJob *job)
{
  const InbJobFacts *facts = inb_job_get_facts (job);

  gtk_image_set_from_icon_name (image, get_icon (facts));
  if (inb_job_state_is_failure (facts->state))
    gtk_widget_add_css_class (GTK_WIDGET (image), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (image), "error");
}
