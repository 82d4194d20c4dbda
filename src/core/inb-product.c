/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/inb-product.h"

/**
 * inb_product_new:
 *
 * Returns: (transfer full): a product with an id of its own, without a name and a form
 */
InbProduct *
inb_product_new (void)
{
  InbProduct *self = g_new0 (InbProduct, 1);

  self->id = g_uuid_string_random ();
  return self;
}

/**
 * inb_product_copy:
 * @self: a product
 *
 * Returns: (transfer full): the same again
 */
InbProduct *
inb_product_copy (const InbProduct *self)
{
  InbProduct *copy = g_memdup2 (self, sizeof *self);

  copy->id = g_strdup (self->id);
  copy->name = g_strdup (self->name);
  copy->form = self->form != NULL ? inb_request_copy (self->form) : NULL;
  return copy;
}

/**
 * inb_product_free:
 * @self: (transfer full): a product
 */
void
inb_product_free (InbProduct *self)
{
  g_free (self->id);
  g_free (self->name);
  g_clear_pointer (&self->form, inb_request_free);
  g_free (self);
}
