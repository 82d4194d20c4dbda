/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-job.h"

G_BEGIN_DECLS

typedef enum
{
  INB_QUEUE_FOLLOW = 0,
  INB_QUEUE_RUN = 1 << 0,
  INB_QUEUE_TRACE = 1 << 1,
} InbQueueFlags;

/* What became of a job whose answer was lost: LOST gives it up, RESEND sends it again and may be
 * charged twice, LOOK asks the service once more. */
typedef enum
{
  INB_RESOLVE_LOST,
  INB_RESOLVE_RESEND,
  INB_RESOLVE_LOOK,
} InbResolve;

#define INB_TYPE_QUEUE (inb_queue_get_type ())
G_DECLARE_FINAL_TYPE (InbQueue, inb_queue, INB, QUEUE, GObject)

InbQueue *inb_queue_open (const char *root, InbQueueFlags flags, GError **error);
void inb_queue_close (InbQueue *self);
const char *inb_queue_get_root (InbQueue *self);
gboolean inb_queue_is_runner (InbQueue *self);
InbJob *inb_queue_get_job (InbQueue *self, const char *id);
InbJob *inb_queue_find_job (InbQueue *self, const char *prefix, GError **error);

void inb_queue_add_async (InbQueue *self, const InbRequest *request, const char *product_id,
                          const char *product_name, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *inb_queue_add_finish (InbQueue *self, GAsyncResult *result, GError **error);
void inb_queue_cancel_async (InbQueue *self, const char *job_id, GAsyncReadyCallback callback,
                             gpointer user_data);
void inb_queue_resume_async (InbQueue *self, const char *job_id, GAsyncReadyCallback callback,
                             gpointer user_data);
void inb_queue_resolve_async (InbQueue *self, const char *job_id, InbResolve how,
                              GAsyncReadyCallback callback, gpointer user_data);
void inb_queue_rename_product_async (InbQueue *self, const char *product_id, const char *name,
                                     GAsyncReadyCallback callback, gpointer user_data);
gboolean inb_queue_change_finish (InbQueue *self, GAsyncResult *result, GError **error);

G_END_DECLS
