/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wire-tools.h"

G_BEGIN_DECLS

/* Where the recordings' server is; their "127.0.0.1:PORT" is read as this. */
#define GOLDEN_HOME "http://127.0.0.1:8080"

JsonObject *golden_load (const char *folder, const char *name);
void golden_take_inputs (Wire *wire, const char *folder, JsonObject *exchange);
InbStep golden_find_step (JsonObject *exchange);
void golden_compare (const InbMessage *message, JsonObject *exchange, GHashTable *differences);
InbReply *golden_make_reply (JsonObject *exchange);

G_END_DECLS
