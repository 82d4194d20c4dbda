/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-job.h"

G_BEGIN_DECLS

char *inb_delivery_dup_stem (InbJob *job, const char *name_template);
char *inb_delivery_dup_name (InbJob *job, const char *name_template);
void inb_delivery_save_async (InbJob *job, const char *folder, const char *name_template,
                              GAsyncReadyCallback callback, gpointer user_data);
void inb_delivery_save_as_async (InbJob *job, GFile *target, GAsyncReadyCallback callback,
                                 gpointer user_data);
char *inb_delivery_save_finish (GAsyncResult *result, GError **error);
char *inb_delivery_lend (const char *path, const char *folder, const char *name, GError **error);
void inb_delivery_take_back (const char *folder);

G_END_DECLS
