/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-request.h"
#include "providers/inb-provider.h"

G_BEGIN_DECLS

/**
 * InbBudget:
 * @spent_micros: micro-dollars spent or reserved since midnight
 * @day_cap_micros: the most of a day; −1: none
 * @order_cap_micros: the most of one order with all its takes; −1: none
 *
 * What a person allows. Plain data: copy by assignment; begin with %INB_BUDGET_INIT.
 */
typedef struct
{
  gint64 spent_micros;
  gint64 day_cap_micros;
  gint64 order_cap_micros;
} InbBudget;

#define INB_BUDGET_INIT                           \
  {                                               \
    .day_cap_micros = -1, .order_cap_micros = -1, \
  }

/**
 * InbQuoteVerdict:
 * @INB_QUOTE_FREE: it costs nothing
 * @INB_QUOTE_PRICED: it costs what the quote says and the caps allow it
 * @INB_QUOTE_UNPUBLISHED: the caps allow what is reserved for it, but its price is not published
 * @INB_QUOTE_OVER_DAY: more than today's cap leaves
 * @INB_QUOTE_OVER_ORDER: more than one order may cost
 */
typedef enum
{
  INB_QUOTE_FREE,
  INB_QUOTE_PRICED,
  INB_QUOTE_UNPUBLISHED,
  INB_QUOTE_OVER_DAY,
  INB_QUOTE_OVER_ORDER,
} InbQuoteVerdict;

/**
 * InbQuote:
 * @takes: clips, ≥ 1
 * @take_micros: micro-dollars of one; −1: not published
 * @order_micros: of all of them, at most; −1: not published
 * @reserve_micros: what the caps hold for the order: its price, or the highest published one
 * @varies: whether it may become cheaper, since one of several providers will take it
 * @verdict: what may be done
 *
 * What an order costs before it is given. Plain data: copy by assignment.
 */
typedef struct
{
  guint takes;
  gint64 take_micros;
  gint64 order_micros;
  gint64 reserve_micros;
  gboolean varies;
  InbQuoteVerdict verdict;
} InbQuote;

gboolean inb_quote_init (InbQuote *self, const InbRequest *request, const InbBudget *budget,
                         GError **error);
gboolean inb_quote_is_over (const InbQuote *self);
gboolean inb_quote_may_cost (const InbQuote *self);
char *inb_quote_dup_price (const InbQuote *self);
char *inb_quote_dup_label (const InbQuote *self);
char *inb_quote_dup_refusal (const InbQuote *self, const InbBudget *budget);
guint inb_quote_get_affordable_takes (const InbQuote *self, const InbBudget *budget);
char *inb_quote_dup_day (const InbProvider *provider, const InbBudget *budget);
gint64 inb_quote_get_reserve (const InbModel *model, guint duration_s);

G_END_DECLS
