/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jobs/inb-worker.h"
#include "store/inb-row.h"

G_BEGIN_DECLS

/**
 * InbVerified:
 * @clip: what was found, with the paths it will have
 * @part: where the clip is until then
 * @proxy_part: the same of the review copy
 * @poster_part: the same of the poster
 */
typedef struct
{
  InbClip *clip;
  char *part;
  char *proxy_part;
  char *poster_part;
} InbVerified;

/**
 * InbExpected:
 * @width: px
 * @height: px
 * @n_frames: how many
 * @fps: frames a second
 */
typedef struct
{
  guint width;
  guint height;
  guint n_frames;
  guint fps;
} InbExpected;

void inb_verified_free (InbVerified *self);
void inb_verify_async (const char *root, const InbRow *row, const char *name,
                       const InbExpected *expected, InbWorkerProgress progress,
                       gpointer progress_data, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data);
InbVerified *inb_verify_finish (GAsyncResult *result, GError **error);
gboolean inb_verified_settle (InbVerified *self, const char *root, const InbRow *row,
                              GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbVerified, inb_verified_free)

G_END_DECLS
