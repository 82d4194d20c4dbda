/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-request.h"
#include "providers/inb-code.h"

G_BEGIN_DECLS

/**
 * InbCliOrder:
 * @start: the start photo's file, as given
 * @last: (nullable): the last photo's file
 * @matte: (nullable): the file in which the product is marked
 * @output: (nullable): where the clips go, as given
 * @product: (nullable): name of the product
 * @max_cost: micro-dollars the whole may cost; −1: no bound
 * @detach: whether to end before the clips are there
 * @trace: whether to tell of each message to a service
 * @json: whether to print one JSON document
 * @request: all the rest; its photos are not kept yet
 *
 * The command line of generate, read and checked. On the stack.
 */
typedef struct
{
  char *start;
  char *last;
  char *matte;
  char *output;
  char *product;
  gint64 max_cost;
  gboolean detach;
  gboolean trace;
  gboolean json;
  InbRequest *request;
} InbCliOrder;

gboolean inb_cli_order_parse (InbCliOrder *self, int argc, char **argv, GError **error);
gboolean inb_cli_order_parse_for_code (InbCliOrder *self, InbCodeLanguage *as, int argc,
                                       char **argv, GError **error);
void inb_cli_order_clear (InbCliOrder *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (InbCliOrder, inb_cli_order_clear)

G_END_DECLS
