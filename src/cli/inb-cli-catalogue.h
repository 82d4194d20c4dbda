/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/inb-json.h"
#include "providers/inb-provider.h"

G_BEGIN_DECLS

/* What "providers list" and "providers show" print */
int inb_cli_catalogue_list (gboolean json, GError **error);
int inb_cli_catalogue_show (const InbProvider *provider, gboolean json);

/* One provider as JSON: inb-cli-catalogue-json.c */
void inb_cli_catalogue_add_json (JsonBuilder *builder, const InbProvider *provider);

G_END_DECLS
