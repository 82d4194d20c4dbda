/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-checks-private.h"

#include <glib/gi18n.h>

#include "providers/inb-catalogue.h"

/* What stands between a form and a paid request, and what mends it: looked at before money is
 * spent, without asking anybody. Every number comes from the provider's file. */

static const char *const rule_names[] = {
  "provider-missing",   "start-missing",     "start-loading",     "start-unreadable",
  "last-loading",       "last-unreadable",   "last-unsupported",  "frame-too-small",
  "frame-shape",        "frames-differ",     "prompt-empty",      "prompt-too-long",
  "negative-too-long",  "negative-ignored",  "guidance-ignored",  "duration-missing",
  "resolution-missing", "key-missing",       "key-locked",        "disk-low",
  "over-day-cap",       "over-order-cap",    "price-unpublished", "others-follow",
  "photo-too-large",    "photo-transparent", "photo-converted",
};

G_STATIC_ASSERT (G_N_ELEMENTS (rule_names) == INB_N_RULES);

/**
 * inb_rule_to_string:
 * @rule: a rule
 *
 * Returns: (transfer none): its id: a word for programs
 */
const char *
inb_rule_to_string (InbRule rule)
{
  g_return_val_if_fail ((guint) rule < INB_N_RULES, NULL);
  return rule_names[rule];
}

/**
 * inb_check_weight_get_words:
 * @weight: a weight
 *
 * Returns: (transfer none): the word beside its icon, for people
 */
const char *
inb_check_weight_get_words (InbCheckWeight weight)
{
  switch (weight)
    {
    case INB_CHECK_NOTE:
      return _ ("Note");
    case INB_CHECK_WARNING:
      return _ ("Warning");
    case INB_CHECK_WANTING:
      return _ ("To do");
    case INB_CHECK_BLOCKS:
    default:
      return _ ("Problem");
    }
}

/**
 * inb_check_free:
 * @self: (transfer full): a check
 */
void
inb_check_free (InbCheck *self)
{
  g_free (self->text);
  g_free (self->why);
  for (guint i = 0; i < INB_MAX_FIXES; i++)
    inb_fix_clear (&self->fixes[i]);
  g_free (self);
}

/* Takes @text and @why over. */
InbCheck *
inb_checking_add (InbChecking *self, InbRule rule, InbCheckWeight weight, char *text, char *why)
{
  InbCheck *check = g_new0 (InbCheck, 1);

  check->rule = rule;
  check->weight = weight;
  check->text = text;
  check->why = why;
  g_ptr_array_add (self->found, check);
  return check;
}

/* Takes what is in @fix over; where there is no place left it is dropped. */
void
inb_check_take_fix (InbCheck *self, InbFix *fix)
{
  for (guint i = 0; i < INB_MAX_FIXES; i++)
    if (self->fixes[i].kind == INB_FIX_NONE)
      {
        self->fixes[i] = *fix;
        *fix = (InbFix){ 0 };
        return;
      }
  inb_fix_clear (fix);
}

void
inb_check_offer_number (InbCheck *self, InbFixKind kind, const char *label, guint number)
{
  InbFix fix = { .kind = kind, .label = g_strdup (label), .number = number };

  inb_check_take_fix (self, &fix);
}

void
inb_check_offer (InbCheck *self, InbFixKind kind, const char *label)
{
  inb_check_offer_number (self, kind, label, 0);
}

gboolean
inb_checking_has_key (const InbChecking *self, const InbProvider *provider)
{
  gpointer presence = self->situation->keys != NULL
                          ? g_hash_table_lookup (self->situation->keys, provider->id)
                          : NULL;

  return provider->service == NULL || GPOINTER_TO_INT (presence) == INB_KEY_THERE ||
         GPOINTER_TO_INT (presence) == INB_KEY_LOCKED;
}

/* A person's own provider file may have gone since. */
static gboolean
find_provider (InbChecking *self)
{
  const InbRequest *request = self->situation->request;
  g_autoptr (GError) error = NULL;
  InbCheck *check;

  self->provider = inb_catalogue_find (request->provider, &error);
  if (self->provider != NULL)
    self->model = inb_provider_get_model (self->provider, request->model, &error);
  if (self->model != NULL)
    return TRUE;
  check = inb_checking_add (self, INB_RULE_PROVIDER_MISSING, INB_CHECK_BLOCKS,
                            g_strdup (error->message), NULL);
  {
    InbFix fix = { .kind = INB_FIX_PROVIDER,
                   .label = g_strdup (self->provider != NULL ? _ ("Use Its First Model")
                                                             : _ ("Use the Local Engine")),
                   .provider = g_strdup (self->provider != NULL ? self->provider->id : "local") };

    inb_check_take_fix (check, &fix);
  }
  return FALSE;
}

static int
compare_weights (gconstpointer a, gconstpointer b)
{
  const InbCheck *first = *(const InbCheck *const *) a, *second = *(const InbCheck *const *) b;

  if (first->weight != second->weight)
    return first->weight > second->weight ? -1 : 1;
  return (int) first->rule - (int) second->rule;
}

/**
 * inb_checks_run:
 * @situation: what is looked at
 *
 * Runs all rules. A request without a check of weight %INB_CHECK_WANTING or %INB_CHECK_BLOCKS is
 * one that its provider takes, as far as can be known here.
 *
 * Returns: (transfer full) (element-type InbCheck): what was found, the heaviest first; those of a
 * weight in the order of the form
 */
GPtrArray *
inb_checks_run (const InbSituation *situation)
{
  InbChecking self = { .situation = situation,
                       .found = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_check_free) };

  if (find_provider (&self))
    {
      inb_checking_look_at_photos (&self);
      inb_checking_look_at_form (&self);
      inb_checking_look_at_terms (&self);
    }
  g_ptr_array_sort (self.found,
                    compare_weights); /* glib's is stable: two photos keep their order */
  return self.found;
}

/**
 * inb_checks_get_obstacle:
 * @checks: (element-type InbCheck): of inb_checks_run()
 *
 * Returns: (transfer none) (nullable): what keeps it from being asked for, the first in the order
 * of the form; %NULL if nothing does
 */
const InbCheck *
inb_checks_get_obstacle (const GPtrArray *checks)
{
  const InbCheck *first = NULL;

  for (guint i = 0; i < checks->len; i++)
    {
      const InbCheck *check = g_ptr_array_index (checks, i);

      if (check->weight >= INB_CHECK_WANTING && (first == NULL || check->rule < first->rule))
        first = check;
    }
  return first;
}
