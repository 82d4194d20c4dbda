/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/inb-database.h"

G_BEGIN_DECLS

gboolean inb_words_register (InbDatabase *database, GError **error);
char *inb_words_fold (const char *text);

G_END_DECLS
