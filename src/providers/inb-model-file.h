/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/inb-provider.h"
#include "providers/inb-reader.h"

G_BEGIN_DECLS

gboolean inb_model_file_read_words (InbReader *parent, const char *name, char **words);
gboolean inb_model_file_read_all (InbReader *root, InbProvider *self);
GHashTable *inb_model_file_list_variables (const InbProvider *self);

G_END_DECLS
