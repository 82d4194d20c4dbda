/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "jobs/inb-queue.h"

G_BEGIN_DECLS

#define INB_TYPE_WINDOW (inb_window_get_type ())
G_DECLARE_FINAL_TYPE (InbWindow, inb_window, INB, WINDOW, AdwApplicationWindow)

GtkWidget *inb_window_new (GtkApplication *application, const char *root);
void inb_window_set_queue (InbWindow *self, InbQueue *queue);
void inb_window_show_broken (InbWindow *self, const GError *error);
void inb_window_new_product (InbWindow *self);
void inb_window_take_photos (InbWindow *self, GFile **files, int n_files);
void inb_window_show_page (InbWindow *self, const char *name);
void inb_window_tell_path (InbWindow *self, const char *path);
void inb_window_open_product (InbWindow *self, const char *product_id);
void inb_window_open_take (InbWindow *self, const char *job_id);
void inb_window_say (InbWindow *self, const char *text);
void inb_window_toast (InbWindow *self, const char *text);

G_END_DECLS
