/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a delivered file is called until a person says otherwise. */
#define INB_NAME_TEMPLATE_DEFAULT "{product}_{aspect}_{duration}s_v{take}"

/**
 * InbNameFacts:
 * @product: (nullable): name of the product
 * @take: number of the take, from 1
 * @width: px of the clip
 * @height: the same
 * @duration_s: seconds that were asked for
 * @provider: (nullable): id of the provider
 * @created_us: wall clock, µs since 1970, when it was asked for
 * @original: (nullable): file name of the start photo
 *
 * What a name is made of. Borrowed for the call.
 */
typedef struct
{
  const char *product;
  guint take;
  guint width;
  guint height;
  guint duration_s;
  const char *provider;
  gint64 created_us;
  const char *original;
} InbNameFacts;

gboolean inb_name_template_check (const char *name_template, GError **error);
char *inb_name_template_expand (const char *name_template, const InbNameFacts *facts);
char *inb_name_template_dup_numbered (const char *stem, guint number, const char *extension);
char *inb_name_template_dup_safe (const char *name);
const char *const *inb_name_template_get_fields (void);

G_END_DECLS
