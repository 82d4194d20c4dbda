/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-limits.h"
#include "core/inb-request.h"

G_BEGIN_DECLS

/**
 * InbFrames:
 * @start: absolute path of the prepared start frame
 * @last: (nullable): the same of the last frame
 * @width: px, of both
 * @height: px, of both
 */
typedef struct
{
  char *start;
  char *last;
  guint width;
  guint height;
} InbFrames;

void inb_frames_free (InbFrames *self);
void inb_frames_prepare_async (const char *root, const InbRequest *request, const char *limits_id,
                               const InbLimits *limits, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);
InbFrames *inb_frames_prepare_finish (GAsyncResult *result, GError **error);
GStrvBuilder *inb_frames_start_arguments (const char *root, const char *photo,
                                          const InbFraming *framing, const char *aspect,
                                          const char *matte);
char *inb_frames_dup_matte (const char *root, const char *start, const char *matte);
gboolean inb_frames_read_size (const char *path, guint *width, guint *height);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbFrames, inb_frames_free)

G_END_DECLS
