/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/inb-matte.h"

G_BEGIN_DECLS

gboolean inb_cli_matte_write (const InbMatte *matte, const char *path, GError **error);

G_END_DECLS
