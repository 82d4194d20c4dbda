/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * InbFigures:
 * @n_done: clips made
 * @n_failed: jobs that failed there; those that a person cancelled, and those that failed here
 * before a service was asked, are none
 * @median_us: of the newest 50 clips, from the request that left (the local engine: from its turn)
 * to the verified clip; −1 while there is none
 *
 * How a model has done so far for this data folder.
 */
typedef struct
{
  guint n_done;
  guint n_failed;
  gint64 median_us;
} InbFigures;

/* What may be cleaned: review copies (made again when they are wanted), the clips of rejected
 * takes, the files of deleted ones. */
typedef enum
{
  INB_STORAGE_PROXIES,
  INB_STORAGE_REJECTED,
  INB_STORAGE_DELETED,
} InbStorageKind;

/**
 * InbStorage:
 * @clips: bytes of all clips and the notes beside them
 * @proxies: of the review copies
 * @posters: of the still pictures
 * @photos: of the photos and the frames made of them
 * @rejected: of the clips of rejected takes, part of @clips
 * @deleted: of the clips of deleted takes, part of @clips
 * @n_rejected: how many clips that are
 * @n_deleted: the same
 *
 * What the data folder holds.
 */
typedef struct
{
  gint64 clips;
  gint64 proxies;
  gint64 posters;
  gint64 photos;
  gint64 rejected;
  gint64 deleted;
  guint n_rejected;
  guint n_deleted;
} InbStorage;

G_END_DECLS
