/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "jobs/inb-queue.h"
#include "ui/inb-working.h"

G_BEGIN_DECLS

#define INB_TYPE_KEEPER (inb_keeper_get_type ())
G_DECLARE_FINAL_TYPE (InbKeeper, inb_keeper, INB, KEEPER, GObject)

InbKeeper *inb_keeper_new (GtkApplication *application, InbQueue *queue, InbWorking *working);

G_END_DECLS
