/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "core/inb-money.h"
#include "jobs/inb-checks-private.h"
#include "providers/inb-catalogue.h"
#include "store/inb-files.h"

/* The rules about keys, money and room: what is not in the form. */

static InbKeyPresence
get_presence (const InbChecking *self, const char *provider)
{
  GHashTable *keys = self->situation->keys;

  return keys != NULL ? (InbKeyPresence) GPOINTER_TO_INT (g_hash_table_lookup (keys, provider))
                      : INB_KEY_UNSEEN;
}

/* Of a route the first that has a key is asked: one is enough. */
static InbKeyPresence
get_best_presence (const InbChecking *self)
{
  g_auto (GStrv) ids = inb_request_dup_route (self->situation->request);
  InbKeyPresence best = INB_KEY_UNSEEN;

  for (guint i = 0; ids[i] != NULL; i++)
    {
      InbKeyPresence presence = get_presence (self, ids[i]);

      if (presence == INB_KEY_UNSEEN)
        return INB_KEY_UNSEEN;
      best = MAX (best, presence);
    }
  return best;
}

static void
look_at_key (InbChecking *self)
{
  const InbProvider *provider = self->provider;
  InbFix fix = { .provider = g_strdup (provider->id) };
  InbKeyPresence presence = provider->service != NULL ? get_best_presence (self) : INB_KEY_THERE;
  InbCheck *check;

  if (presence == INB_KEY_ABSENT)
    {
      check = inb_checking_add (
          self, INB_RULE_KEY_MISSING, INB_CHECK_BLOCKS,
          g_strdup_printf (_ ("There is no key for %s"), inb_provider_get_name (provider)),
          g_strdup_printf (_ ("%s works with a key of your own account there, and bills that "
                              "account. It is kept in your keyring and sent to this service only."),
                           inb_provider_get_name (provider)));
      fix.kind = INB_FIX_ADD_KEY;
      fix.label = g_strdup (_ ("Add Key…"));
      inb_check_take_fix (check, &fix);
    }
  else if (presence == INB_KEY_LOCKED)
    {
      check = inb_checking_add (
          self, INB_RULE_KEY_LOCKED, INB_CHECK_WARNING,
          g_strdup_printf (_ ("The key for %s is locked"), inb_provider_get_name (provider)),
          g_strdup (
              _ ("Your keyring asks for its password before the key can be used: now, or when "
                 "you press Generate.")));
      fix.kind = INB_FIX_UNLOCK;
      fix.label = g_strdup (_ ("Unlock…"));
      inb_check_take_fix (check, &fix);
    }
  inb_fix_clear (&fix);
}

static void
look_at_room (InbChecking *self)
{
  gboolean is_local = self->provider->service == NULL;
  gint64 wanted = is_local ? INB_ROOM_FOR_LOCAL_BYTES : INB_ROOM_FOR_PAID_BYTES;
  g_autofree char *n_free = NULL;
  g_autofree char *n_wanted = NULL;

  if (self->situation->free_bytes < 0 || self->situation->free_bytes >= wanted)
    return;
  n_free = g_format_size ((guint64) self->situation->free_bytes);
  n_wanted = g_format_size ((guint64) wanted);
  inb_check_offer (
      inb_checking_add (
          self, INB_RULE_DISK_LOW, INB_CHECK_BLOCKS,
          /* Translators: a size, such as 120 MB */
          g_strdup_printf (_ ("Only %s are free on the disk"), n_free),
          /* Translators: a size, such as 500 MB */
          g_strdup_printf (is_local ? _ ("%s are wanted before a clip is made, so that a full disk "
                                         "is never met halfway.")
                                    : _ ("%s are wanted before money is spent, so that what was "
                                         "paid for can be kept."),
                           n_wanted)),
      INB_FIX_MAKE_ROOM, _ ("Make Room…"));
}

static void
look_at_caps (InbChecking *self, const InbQuote *quote)
{
  const InbBudget *budget = &self->situation->budget;
  guint takes = inb_quote_get_affordable_takes (quote, budget);
  gboolean is_day = quote->verdict == INB_QUOTE_OVER_DAY;
  g_autofree char *label = NULL;
  InbCheck *check = inb_checking_add (
      self, is_day ? INB_RULE_OVER_DAY_CAP : INB_RULE_OVER_ORDER_CAP, INB_CHECK_WARNING,
      g_strdup (is_day ? _ ("Over today's cap") : _ ("Over the cap of one order")),
      inb_quote_dup_refusal (quote, budget));

  if (takes > 0 && takes < quote->takes)
    {
      label = g_strdup_printf (ngettext ("Use %u Take", "Use %u Takes", takes), takes);
      inb_check_offer_number (check, INB_FIX_TAKES, label, takes);
    }
  inb_check_offer (check, INB_FIX_RAISE_CAP, _ ("Change Caps…"));
}

static void
look_at_money (InbChecking *self)
{
  g_autofree char *reserve = NULL;
  InbQuote quote;

  if (!inb_quote_init (&quote, self->situation->request, &self->situation->budget, NULL))
    return;
  if (inb_quote_is_over (&quote))
    look_at_caps (self, &quote);
  else if (quote.verdict == INB_QUOTE_UNPUBLISHED)
    {
      reserve = inb_money_format_sum (quote.reserve_micros);
      inb_checking_add (
          self, INB_RULE_PRICE_UNPUBLISHED, INB_CHECK_NOTE,
          g_strdup_printf (_ ("%s publishes no price"), inb_provider_get_name (self->provider)),
          /* Translators: a sum of money */
          g_strdup_printf (_ ("The caps reserve %s for this order: the highest price that any "
                              "service publishes for such clips. What is charged may differ."),
                           reserve));
    }
}

/* A service that a person did not choose in the form may be the one that is paid: said before. */
static void
look_at_route (InbChecking *self)
{
  g_auto (GStrv) ids = inb_request_dup_route (self->situation->request);
  GString *names;

  if (ids[1] == NULL)
    return;
  names = g_string_new (NULL);
  for (guint i = 1; ids[i] != NULL; i++)
    {
      const InbProvider *provider = inb_catalogue_find (ids[i], NULL);

      /* Translators: between the names in a list */
      g_string_append_printf (names, "%s%s", i > 1 ? _ (", ") : "",
                              provider != NULL ? inb_provider_get_name (provider) : ids[i]);
    }
  inb_checking_add (
      self, INB_RULE_OTHERS_FOLLOW, INB_CHECK_NOTE,
      /* Translators: a provider, then those after it */
      g_strdup_printf (_ ("If %s accepts nothing: %s"), inb_provider_get_name (self->provider),
                       names->str),
      g_strdup (_ ("The page of the providers has your order. One is asked after the other until "
                   "one accepts, so only that one charges; the price shown is the dearest of "
                   "them. Those without a key, or that cannot do what the form asks for, are "
                   "passed over.")));
  g_string_free (names, TRUE);
}

/* Rules about keys, money and room */
void
inb_checking_look_at_terms (InbChecking *self)
{
  look_at_key (self);
  look_at_room (self);
  look_at_money (self);
  look_at_route (self);
}
