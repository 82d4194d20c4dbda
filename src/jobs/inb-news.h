/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _InbNews InbNews;

/**
 * InbLetter:
 * @progress: (element-type utf8 gpointer): id of a job → pointer to its progress, a double 0…1
 * @problem: (nullable): why no job can be run at all
 * @trace: (element-type utf8): lines about messages to services, oldest first
 *
 * What is new since the last letter. Borrowed for the call.
 */
typedef struct
{
  GHashTable *progress;
  const GError *problem;
  GPtrArray *trace;
} InbLetter;

/**
 * InbNewsCallback:
 * @letter: what is new
 * @user_data: as given
 *
 * Called in the main context that the box was made in.
 */
typedef void (*InbNewsCallback) (const InbLetter *letter, gpointer user_data);

InbNews *inb_news_new (InbNewsCallback callback, gpointer user_data);
void inb_news_free (InbNews *self);
void inb_news_post_progress (InbNews *self, const char *job_id, double progress);
void inb_news_post_problem (InbNews *self, const GError *problem);
void inb_news_post_trace (InbNews *self, const char *line);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbNews, inb_news_free)

G_END_DECLS
