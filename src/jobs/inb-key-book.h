/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * InbKeyPresence:
 * @INB_KEY_UNSEEN: nobody has looked yet
 * @INB_KEY_ABSENT: there is none
 * @INB_KEY_LOCKED: there is one, in a keyring that has to be unlocked first
 * @INB_KEY_THERE: there is one, or none is needed
 */
typedef enum
{
  INB_KEY_UNSEEN,
  INB_KEY_ABSENT,
  INB_KEY_LOCKED,
  INB_KEY_THERE,
} InbKeyPresence;

#define INB_TYPE_KEY_BOOK (inb_key_book_get_type ())
G_DECLARE_FINAL_TYPE (InbKeyBook, inb_key_book, INB, KEY_BOOK, GObject)

InbKeyBook *inb_key_book_new (void);
void inb_key_book_look (InbKeyBook *self);
InbKeyPresence inb_key_book_get (InbKeyBook *self, const char *provider);
GHashTable *inb_key_book_get_all (InbKeyBook *self);
void inb_key_book_unlock_async (InbKeyBook *self, const char *provider,
                                GAsyncReadyCallback callback, gpointer user_data);
gboolean inb_key_book_unlock_finish (InbKeyBook *self, GAsyncResult *result, GError **error);

G_END_DECLS
