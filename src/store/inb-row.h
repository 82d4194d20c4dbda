/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "core/inb-job.h"

G_BEGIN_DECLS

/**
 * InbRow:
 * @job: what the screen may know of it; its clip only once it is DONE
 * @product_name: what its product is called
 * @batch_index: its number among the takes asked for at once, from 0
 * @change: number of the last write of the row
 * @start_frame: (nullable): absolute path of the prepared start frame
 * @last_frame: (nullable): the same of the last frame
 * @part: (nullable): absolute path of the clip before it has its final name
 * @clip: (nullable): what is known of the clip, also before it is DONE
 * @cancel: whether a person wishes it cancelled
 *
 * One row of the table of jobs, read at one moment.
 */
typedef struct
{
  InbJob *job;
  guint batch_index;
  gint64 change;
  char *start_frame;
  char *last_frame;
  char *part;
  InbClip *clip;
  gboolean cancel;
} InbRow;

/* The columns inb_row_read() wants, from jobs joined with products */
#define INB_ROW_SELECT                                                                       \
  "SELECT jobs.id, product_id, products.name, take, batch_index, change, jobs.created_us, "  \
  "start_photo, start_name, last_photo, last_name, prompt, negative, guidance, duration_s, " \
  "ratio, fit, focus_x, focus_y, resolution, takes, provider, model, seed, state, wish, "    \
  "paused, progress, started_us, finished_us, error_class, error_message, remote_id, "       \
  "request_id, estimate_micros, actual_micros, charged, start_frame, last_frame, part, "     \
  "clip, sha256, size, proxy, poster, container, codec, matrix, width, height, n_frames, "   \
  "fps_n, fps_d, duration_ns FROM jobs JOIN products ON products.id = product_id "

InbRow *inb_row_read (sqlite3_stmt *statement, const char *root, GError **error);
void inb_row_free (InbRow *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbRow, inb_row_free)

G_END_DECLS
