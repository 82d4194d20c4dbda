/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "player/inb-player.h"

G_BEGIN_DECLS

void inb_stage_looks_follow (GtkWidget *view, InbPlayer *player);

G_END_DECLS
