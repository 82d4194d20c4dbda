/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/inb-job.h"
#include "ui/inb-draft.h"

G_BEGIN_DECLS

/* What the tests of the screen share: ui-test.c */
void ui_test_init (int *argc, char ***argv);
char *ui_test_speak (const char *catalogue);
GtkApplication *ui_test_get_application (void);
char *ui_test_make_root (void);
void ui_test_remove_root (const char *root);

GtkWidget *ui_test_show (GtkWidget *child, int width, int height);
void ui_test_paint (GtkWidget *window);
void ui_test_paint_once (GtkWidget *window);
void ui_test_close (GtkWidget *window);
void ui_test_close_and_end (GtkWidget *window);
void ui_test_let_go (gpointer object);
void ui_test_wait_uint (gpointer object, const char *property, guint value);
void ui_test_wait_sensitive (GtkWidget *widget);
void ui_test_run_idle (void);
gpointer ui_test_find (GtkWidget *from, GType type, const char *text);
void ui_test_screenshot (GtkWidget *window, const char *name);

InbPreview *ui_test_preview (const char *name, guint width, guint height);
char *ui_test_write_photo (const char *root, const char *name, guint width, guint height);
InbRequest *ui_test_request (void);
InbJob *ui_test_job (const char *product, guint take, InbJobState state);
void ui_test_set_job (InbJob *job, InbJobState state, double progress, const char *message);

G_END_DECLS
