/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/inb-working.h"

G_BEGIN_DECLS

#define INB_TYPE_NOTIFIER (inb_notifier_get_type ())
G_DECLARE_FINAL_TYPE (InbNotifier, inb_notifier, INB, NOTIFIER, GObject)

InbNotifier *inb_notifier_new (GtkApplication *application, InbWorking *working);
char *inb_notifier_dup_title (GPtrArray *jobs, gboolean failed);

G_END_DECLS
