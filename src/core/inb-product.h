/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-request.h"

G_BEGIN_DECLS

/**
 * InbProduct:
 * @id: UUID
 * @name: (nullable): what it is called; %NULL: not named yet
 * @form: (nullable): what the form last held; it may be incomplete, so no request yet
 * @changed_us: wall clock, µs since 1970, when a person last touched it; 0: never saved
 *
 * What a designer works on: a name and one draft of the form. Its jobs name it by @id.
 */
typedef struct
{
  char *id;
  char *name;
  InbRequest *form;
  gint64 changed_us;
} InbProduct;

InbProduct *inb_product_new (void);
InbProduct *inb_product_copy (const InbProduct *self);
void inb_product_free (InbProduct *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbProduct, inb_product_free)

G_END_DECLS
