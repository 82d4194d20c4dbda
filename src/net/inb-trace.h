/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * InbTraceLine:
 * @method: "POST"
 * @url: where to
 * @bare: whether it went without credentials: such an address may itself be a secret
 * @status: of the answer, 0 for none
 * @error: (nullable): name of an error's class
 * @milliseconds: from the call to the end
 * @n_out: bytes of the request's body
 * @n_in: bytes of the answer's body, decoded
 *
 * What is told of one exchange, and all that may be. Inside net/ only.
 */
typedef struct
{
  const char *method;
  const char *url;
  gboolean bare;
  guint status;
  const char *error;
  gint64 milliseconds;
  guint64 n_out;
  guint64 n_in;
} InbTraceLine;

char *inb_trace_line_print (const InbTraceLine *self);

G_END_DECLS
