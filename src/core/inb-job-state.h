/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The states of a job. Their names, upper case with underscores, stand in JSON and in the database.
 */
typedef enum
{
  INB_JOB_PREPARING = 1,
  INB_JOB_UPLOADING,
  INB_JOB_READY,
  INB_JOB_SUBMITTING,
  INB_JOB_UNKNOWN,
  INB_JOB_RECONCILING,
  INB_JOB_QUEUED,
  INB_JOB_RUNNING,
  INB_JOB_STALLED,
  INB_JOB_RESULT_READY,
  INB_JOB_DOWNLOADING,
  INB_JOB_VERIFYING,
  INB_JOB_DONE,
  INB_JOB_REJECTED,
  INB_JOB_FAILED_LOCAL,
  INB_JOB_FAILED_REMOTE,
  INB_JOB_EXPIRED,
  INB_JOB_CANCELLING,
  INB_JOB_CANCELLED_UNSENT,
  INB_JOB_CANCELLED_REMOTE,
  INB_JOB_MISSING_FILE,
} InbJobState;

const char *inb_job_state_to_string (InbJobState state);
gboolean inb_job_state_from_string (const char *text, InbJobState *state);
gboolean inb_job_state_is_final (InbJobState state);
gboolean inb_job_state_is_failure (InbJobState state);
gboolean inb_job_state_is_cancelled (InbJobState state);
gboolean inb_job_state_may_follow (InbJobState from, InbJobState to);
const char *inb_job_state_get_words (InbJobState state);

G_END_DECLS
