/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/inb-history-filter.h"

static const char *
get_wanted (const char *text)
{
  return text != NULL && *text != '\0' ? text : NULL;
}

/* Where no words are looked for, nobody's name matters. */
static const char *const *
get_names (const InbHistoryFilter *self)
{
  static const char *const none[] = { NULL };

  return self->names != NULL && get_wanted (self->text) != NULL ? self->names : none;
}

/**
 * inb_history_filter_copy:
 * @self: a filter
 *
 * Returns: (transfer full): the same again, with texts of its own; empty ones are %NULL
 */
InbHistoryFilter *
inb_history_filter_copy (const InbHistoryFilter *self)
{
  InbHistoryFilter *copy = g_new0 (InbHistoryFilter, 1);

  copy->text = g_strdup (get_wanted (self->text));
  copy->provider = g_strdup (get_wanted (self->provider));
  copy->group = g_strdup (get_wanted (self->group));
  copy->product_id = g_strdup (get_wanted (self->product_id));
  copy->names = (const char *const *) g_strdupv ((char **) get_names (self));
  return copy;
}

/**
 * inb_history_filter_free:
 * @self: (transfer full): what inb_history_filter_copy() gave
 */
void
inb_history_filter_free (InbHistoryFilter *self)
{
  g_free ((char *) self->text);
  g_free ((char *) self->provider);
  g_free ((char *) self->group);
  g_free ((char *) self->product_id);
  g_strfreev ((char **) self->names);
  g_free (self);
}

/**
 * inb_history_filter_equal:
 * @self: a filter
 * @other: another one
 *
 * Returns: %TRUE if both want the same
 */
gboolean
inb_history_filter_equal (const InbHistoryFilter *self, const InbHistoryFilter *other)
{
  return g_strcmp0 (get_wanted (self->text), get_wanted (other->text)) == 0 &&
         g_strcmp0 (get_wanted (self->provider), get_wanted (other->provider)) == 0 &&
         g_strcmp0 (get_wanted (self->group), get_wanted (other->group)) == 0 &&
         g_strcmp0 (get_wanted (self->product_id), get_wanted (other->product_id)) == 0 &&
         g_strv_equal (get_names (self), get_names (other));
}
