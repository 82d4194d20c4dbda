/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/inb-keys.h"

G_BEGIN_DECLS

/* The person's keyring, asked from a thread that may wait. For inb-keys alone; everybody else asks
 * there. */

typedef enum
{
  INB_KEYRING_NONE,   /* no keyring, none that answers, or one without this key */
  INB_KEYRING_LOCKED, /* the key is there; it can be read after a password */
  INB_KEYRING_OPEN,   /* the key is there */
} InbKeyringState;

gboolean inb_keyring_ask (GError **error);
InbKeyringState inb_keyring_look (const InbKeyName *name);
char *inb_keyring_get (const InbKeyName *name);
gboolean inb_keyring_put (const InbKeyName *name, const char *key);
gboolean inb_keyring_remove (const InbKeyName *name);
void inb_keyring_set_patience (guint machine_ms, guint person_ms);

G_END_DECLS
