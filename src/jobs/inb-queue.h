/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-figures.h"
#include "core/inb-job.h"
#include "core/inb-product.h"

G_BEGIN_DECLS

/* FOLLOW: read what others do. RUN: run the jobs where no other process does. TRACE: tell of each
 * message to a service. ALL: every job there ever was is in the list, for commands that list them.
 */
typedef enum
{
  INB_QUEUE_FOLLOW = 0,
  INB_QUEUE_RUN = 1 << 0,
  INB_QUEUE_TRACE = 1 << 1,
  INB_QUEUE_ALL = 1 << 2,
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
gboolean inb_queue_show_product (InbQueue *self, const char *product_id, GError **error);
InbJob *inb_queue_get_job (InbQueue *self, const char *id);
InbJob *inb_queue_find_job (InbQueue *self, const char *prefix, GError **error);

/* What a person does: inb-queue-changes.c */
void inb_queue_add_async (InbQueue *self, const InbRequest *request, const char *product_id,
                          const char *product_name, guint hold_s, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *inb_queue_add_finish (InbQueue *self, GAsyncResult *result, GError **error);
void inb_queue_import_async (InbQueue *self, GFile *file, const char *product_id,
                             const char *product_name, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
InbJob *inb_queue_import_finish (InbQueue *self, GAsyncResult *result, GError **error);
void inb_queue_cancel_async (InbQueue *self, const char *job_id, GAsyncReadyCallback callback,
                             gpointer user_data);
void inb_queue_resume_async (InbQueue *self, const char *job_id, GAsyncReadyCallback callback,
                             gpointer user_data);
void inb_queue_resolve_async (InbQueue *self, const char *job_id, InbResolve how,
                              GAsyncReadyCallback callback, gpointer user_data);
void inb_queue_delete_async (InbQueue *self, const char *job_id, gboolean deleted,
                             GAsyncReadyCallback callback, gpointer user_data);
void inb_queue_trash_async (InbQueue *self, const char *job_id, GAsyncReadyCallback callback,
                            gpointer user_data);
void inb_queue_mark_async (InbQueue *self, const char *job_id, int mark,
                           GAsyncReadyCallback callback, gpointer user_data);
void inb_queue_name_take_async (InbQueue *self, const char *job_id, const char *name,
                                GAsyncReadyCallback callback, gpointer user_data);
void inb_queue_rename_product_async (InbQueue *self, const char *product_id, const char *name,
                                     GAsyncReadyCallback callback, gpointer user_data);
void inb_queue_drop_product_async (InbQueue *self, const char *product_id,
                                   GAsyncReadyCallback callback, gpointer user_data);
void inb_queue_save_draft_async (InbQueue *self, const InbProduct *product,
                                 GAsyncReadyCallback callback, gpointer user_data);
void inb_queue_set_text_async (InbQueue *self, const char *name, const char *value,
                               GAsyncReadyCallback callback, gpointer user_data);
void inb_queue_set_day_cap_async (InbQueue *self, gint64 micros, GAsyncReadyCallback callback,
                                  gpointer user_data);
void inb_queue_set_route_async (InbQueue *self, const char *const *route,
                                GAsyncReadyCallback callback, gpointer user_data);
void inb_queue_clean_storage_async (InbQueue *self, InbStorageKind what,
                                    GAsyncReadyCallback callback, gpointer user_data);
void inb_queue_make_media_async (InbQueue *self, const char *job_id, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
gboolean inb_queue_change_finish (InbQueue *self, GAsyncResult *result, GError **error);

/* What is known beside the jobs: inb-queue-facts.c */
InbProduct *inb_queue_dup_product (InbQueue *self, const char *product_id, GError **error);
GPtrArray *inb_queue_list_products (InbQueue *self, guint limit, GError **error);
gint64 inb_queue_get_spent_today (InbQueue *self);
gint64 inb_queue_get_day_cap (InbQueue *self);
char **inb_queue_get_route (InbQueue *self);
char *inb_queue_get_text (InbQueue *self, const char *name);
gboolean inb_queue_get_figures (InbQueue *self, const char *provider, const char *model,
                                guint duration_s, InbFigures *figures);
GPtrArray *inb_queue_list_attempts (InbQueue *self, const char *job_id, GError **error);
void inb_queue_get_storage_async (InbQueue *self, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
gboolean inb_queue_get_storage_finish (InbQueue *self, GAsyncResult *result, InbStorage *storage,
                                       GError **error);

G_END_DECLS
