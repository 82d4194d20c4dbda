/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/inb-job.h"

G_BEGIN_DECLS

/**
 * InbDragOutJob:
 * @widget: what is dragged
 *
 * Returns: (transfer none) (nullable): its take
 */
typedef InbJob *(*InbDragOutJob) (GtkWidget *widget);

/**
 * InbDragOutFile:
 * @widget: what is dragged
 * @name: (out): what it is to be called outside
 *
 * Returns: (transfer full) (nullable): path of the file
 */
typedef char *(*InbDragOutFile) (GtkWidget *widget, char **name);

void inb_drag_out_add_take (GtkWidget *widget, InbDragOutJob get_job);
void inb_drag_out_add_file (GtkWidget *widget, InbDragOutFile dup_file);
GdkContentProvider *inb_drag_out_dup_content (InbJob *job);
void inb_drag_out_clean_async (void);

G_END_DECLS
