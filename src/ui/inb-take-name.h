/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/inb-job.h"

G_BEGIN_DECLS

void inb_take_name_popup (GtkWidget *widget, InbJob *job);

G_END_DECLS
