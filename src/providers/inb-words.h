/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* sentences and names of data/providers and data/motions, for xgettext; the last is NULL */
extern const char *const inb_provider_words[];
extern const char *const inb_motion_words[];

void inb_words_begin (void);
const char *inb_words_translate (const char *text);

G_END_DECLS
