/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _InbNews InbNews;

/**
 * InbNewsCallback:
 * @progress: (element-type utf8 gpointer): id of a job → pointer to its progress, a double 0…1
 * @problem: (nullable): why no job can be run at all
 * @user_data: as given
 *
 * Called in the main context that the box was made in.
 */
typedef void (*InbNewsCallback) (GHashTable *progress, const GError *problem, gpointer user_data);

InbNews *inb_news_new (InbNewsCallback callback, gpointer user_data);
void inb_news_free (InbNews *self);
void inb_news_post_progress (InbNews *self, const char *job_id, double progress);
void inb_news_post_problem (InbNews *self, const GError *problem);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbNews, inb_news_free)

G_END_DECLS
