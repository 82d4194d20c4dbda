/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "core/inb-job.h"

G_BEGIN_DECLS

/**
 * InbRemote:
 * @approved_us: when a person agreed to what it costs
 * @approved_here: in this run of this program
 * @key_source: (nullable): where the key came from that it was asked for with
 * @home: (nullable): the origin set instead of the service's when it was asked for
 * @idempotency_key: (nullable): the same for every attempt at this job
 * @start_url: (nullable): where the service finds the start frame
 * @last_url: (nullable): the same of the last frame
 * @urls_expire_us: until when; 0 not stated
 * @kept: (nullable): JSON text: what else is kept of the answer to the submit
 * @word: (nullable): the service's own word for where it is
 * @result_url: (nullable): where the clip is
 * @result_expires_us: until when; 0 not stated
 * @etag: (nullable): validator of what the part holds
 * @route: (nullable): ids of the providers to try next, separated by commas
 * @sent_us: when the newest paid request left; 0: none did
 * @n_attempts: how many did
 * @whole: one of which nothing is known yet may have left to its last byte
 *
 * What a hosted job needs beside.
 */
typedef struct
{
  gint64 approved_us;
  gboolean approved_here;
  char *key_source;
  char *home;
  char *idempotency_key;
  char *start_url;
  char *last_url;
  gint64 urls_expire_us;
  char *kept;
  char *word;
  char *result_url;
  gint64 result_expires_us;
  char *etag;
  char *route;
  gint64 sent_us;
  guint n_attempts;
  gboolean whole;
} InbRemote;

/**
 * InbRow:
 * @job: what the screen may know of it; its clip only once it is DONE
 * @product_name: what its product is called
 * @batch_index: its number among the takes asked for at once, from 0
 * @change: number of the last write of the row
 * @key: its key in the table, which never changes
 * @start_frame: (nullable): absolute path of the prepared start frame
 * @last_frame: (nullable): the same of the last frame
 * @part: (nullable): absolute path of the clip before it has its final name
 * @clip: (nullable): what is known of the clip, also before it is DONE
 * @cancel: whether a person wishes it cancelled
 * @wish: (nullable): what else a person wishes: "lost", "resend" or "look"
 * @remote: of a hosted job
 *
 * One row of the table of jobs, read at one moment.
 */
typedef struct
{
  InbJob *job;
  guint batch_index;
  gint64 change;
  gint64 key;
  char *start_frame;
  char *last_frame;
  char *part;
  InbClip *clip;
  gboolean cancel;
  char *wish;
  InbRemote remote;
} InbRow;

/* The columns inb_row_read() wants, from jobs joined with products */
#define INB_ROW_COLUMNS                                                                          \
  "SELECT jobs.id, product_id, products.name, take, batch_index, change, jobs.created_us, "      \
  "start_photo, start_name, last_photo, last_name, matte, prompt, negative, guidance, "          \
  "duration_s, "                                                                                 \
  "ratio, fit, focus_x, focus_y, resolution, takes, provider, model, seed, state, wish, "        \
  "paused, progress, started_us, finished_us, error_class, error_message, remote_id, "           \
  "request_id, estimate_micros, actual_micros, charged, start_frame, last_frame, part, "         \
  "clip, sha256, size, proxy, poster, container, codec, matrix, width, height, n_frames, "       \
  "fps_n, fps_d, duration_ns, approved_us, approved_by, key_source, base_url, idempotency_key, " \
  "start_url, last_url, urls_expire_us, kept, remote_word, result_url, "                         \
  "result_expires_us, etag, route, deleted_us, gone_us, mark, hold_us, jobs.name, jobs.rowid, "  \
  "(SELECT max(sent_us) FROM attempts WHERE job_id = jobs.id), "                                 \
  "(SELECT count(*) FROM attempts WHERE job_id = jobs.id), "                                     \
  "(SELECT max(whole) FROM attempts WHERE job_id = jobs.id AND outcome IS NULL) "

#define INB_ROW_SELECT INB_ROW_COLUMNS "FROM jobs JOIN products ON products.id = product_id "

/* The same of jobs that are not at rest, by their own index: SQLite would rather read through the
 * whole history in order of time. The condition must stand in the statement as in the index. */
#define INB_AT_REST                                                                       \
  "('DONE', 'REJECTED', 'FAILED_LOCAL', 'FAILED_REMOTE', 'EXPIRED', 'CANCELLED_UNSENT', " \
  "'CANCELLED_REMOTE', 'MISSING_FILE')"
#define INB_ROW_SELECT_AT_WORK                                                                   \
  INB_ROW_COLUMNS "FROM jobs INDEXED BY jobs_at_work JOIN products ON products.id = product_id " \
                  "WHERE state NOT IN " INB_AT_REST " "

InbRow *inb_row_read (sqlite3_stmt *statement, const char *root, GError **error);
void inb_row_free (InbRow *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbRow, inb_row_free)

G_END_DECLS
