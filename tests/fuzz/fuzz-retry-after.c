/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"
#include "net/inb-reply.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *value = g_strndup ((const char *) data, size);
  gint64 wait_s = inb_retry_after_parse (value, G_GINT64_CONSTANT (1795269900) * G_USEC_PER_SEC);

  g_assert_true (wait_s == -1 || (wait_s >= 1 && wait_s <= 3600));
  return 0;
}
