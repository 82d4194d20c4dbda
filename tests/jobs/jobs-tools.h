/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jobs/inb-queue.h"

G_BEGIN_DECLS

void jobs_tools_init (int *argc, char ***argv);
int jobs_tools_run (void);
char *jobs_tools_make_root (void);
void jobs_tools_remove (char *root);
void jobs_tools_order (const char *what);
void jobs_tools_open_gate (void);
void jobs_tools_begin_log (void);
char *jobs_tools_end_log (void);
char *jobs_tools_keep (const char *root, const char *text);
InbRequest *jobs_tools_make_request (const char *root);
GPtrArray *jobs_tools_add (InbQueue *queue, const InbRequest *request);
gboolean jobs_tools_cancel (InbQueue *queue, InbJob *job, GError **error);
gboolean jobs_tools_resume (InbQueue *queue, InbJob *job, GError **error);
void jobs_tools_wait_for (InbJob *job, InbJobState state);
void jobs_tools_wait_for_progress (InbJob *job, double progress);
void jobs_tools_wait_for_rest (InbJob *job);
void jobs_tools_empty (const char *root, const char *folder);
guint jobs_tools_count (const char *root, const char *folder);
void jobs_tools_iterate_until (gboolean (*condition) (gpointer), gpointer data);

typedef char JobsRoot;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JobsRoot, jobs_tools_remove)

G_END_DECLS
