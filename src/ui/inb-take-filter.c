/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-take-filter.h"

#include <glib/gi18n.h>

static const struct
{
  const char *word;
  const char *label;
} filters[] = {
  [INB_TAKE_FILTER_ALL] = { "all", NC_ ("takes shown", "All") },
  [INB_TAKE_FILTER_DONE] = { "done", NC_ ("takes shown", "Done") },
  [INB_TAKE_FILTER_FAILED] = { "failed", NC_ ("takes shown", "Failed") },
  [INB_TAKE_FILTER_ACCEPTED] = { "accepted", NC_ ("takes shown", "Accepted") },
};

/**
 * inb_take_filter_fill:
 * @button: without choices
 *
 * Gives it the choices of which takes of a product are shown; the first is "all".
 */
void
inb_take_filter_fill (InbFilterButton *button)
{
  inb_filter_button_set_name (button, _ ("Takes shown"));
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    inb_filter_button_add (button, filters[i].word,
                           g_dpgettext2 (NULL, "takes shown", filters[i].label));
}

/**
 * inb_take_filter_get:
 * @button: after inb_take_filter_fill()
 *
 * Returns: what is chosen
 */
InbTakeFilter
inb_take_filter_get (InbFilterButton *button)
{
  const char *word = inb_filter_button_get_selected (button);

  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    if (g_strcmp0 (filters[i].word, word) == 0)
      return (InbTakeFilter) i;
  return INB_TAKE_FILTER_ALL;
}
