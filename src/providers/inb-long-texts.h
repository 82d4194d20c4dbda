/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GBytes *inb_long_texts_cut (GBytes *json, GPtrArray *cut);
GBytes *inb_long_texts_decode (const GPtrArray *cut, const char *mark);

G_END_DECLS
