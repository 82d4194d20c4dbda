/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void inb_compat_pick_photo_async (GtkWindow *parent, const char *title, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
void inb_compat_pick_clip_async (GtkWindow *parent, const char *title, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
void inb_compat_save_async (GtkWindow *parent, const char *title, GFile *folder, const char *name,
                            GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data);
void inb_compat_pick_folder_async (GtkWindow *parent, const char *title, GFile *folder,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data);
GFile *inb_compat_pick_finish (GAsyncResult *result, GError **error);

void inb_compat_ask_async (GtkWindow *parent, const char *heading, const char *body,
                           const char *keep_label, const char *go_label, gboolean destructive,
                           GAsyncReadyCallback callback, gpointer user_data);
void inb_compat_ask_about_async (GtkWindow *parent, const char *heading, const char *body,
                                 GtkWidget *extra, const char *keep_label, const char *go_label,
                                 GAsyncReadyCallback callback, gpointer user_data);
gboolean inb_compat_ask_finish (GAsyncResult *result);
void inb_compat_choose_async (GtkWindow *parent, const char *heading, const char *body,
                              const char *const *labels, GAsyncReadyCallback callback,
                              gpointer user_data);
guint inb_compat_choose_finish (GAsyncResult *result);

void inb_compat_show_about (GtkWindow *parent);
void inb_compat_open_address_async (GtkWindow *parent, const char *address,
                                    GAsyncReadyCallback callback, gpointer user_data);
gboolean inb_compat_open_address_finish (GAsyncResult *result, GError **error);
void inb_compat_show_file_async (const char *path, GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean inb_compat_show_file_finish (GAsyncResult *result, GError **error);
void inb_compat_ask_background (const char *reason);

G_END_DECLS
