/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-clip.h"
#include "core/inb-job-state.h"
#include "core/inb-request.h"
#include "core/inb-time-left.h"

G_BEGIN_DECLS

#define INB_TYPE_JOB (inb_job_get_type ())
G_DECLARE_FINAL_TYPE (InbJob, inb_job, INB, JOB, GObject)

/**
 * InbJobFacts:
 * @state: where it is
 * @progress: 0…1 of the present work; −1 where nothing is known
 * @started_us: wall clock, µs since 1970, when the present work began; 0 while it waits
 * @finished_us: the same when it came to rest; 0 before
 * @error_name: (nullable): class of the failure, inb_error_code_to_name()
 * @error_message: (nullable): what happened, about money and what next, for a person
 * @charged: "no", "maybe" or "yes"
 * @request_id: (nullable): the provider's id of the failed call
 * @remote_id: (nullable): the provider's id of the job
 * @actual_micros: micro-dollars charged; −1 where the service does not say
 * @paused: whether it waits for a person's Resume
 * @clip: (nullable): the finished clip
 * @deleted: hidden by a person; its row and what it cost stay
 * @gone: a person gave up its files (to the Trash, or to make room); @clip still says what they
 * were
 * @name: (nullable): what a person calls it beside its number
 * @mark: 1 accepted, −1 rejected, 0 neither
 * @hold_us: wall clock, µs since 1970: its paid request does not leave before; 0 none
 * @sent_us: the same when its newest paid request left; 0 none did
 *
 * What changes while a job lives. Borrowed by inb_job_set_facts(), which copies it.
 */
typedef struct
{
  InbJobState state;
  double progress;
  gint64 started_us;
  gint64 finished_us;
  const char *error_name;
  const char *error_message;
  const char *charged;
  const char *request_id;
  const char *remote_id;
  gint64 actual_micros;
  gboolean paused;
  const InbClip *clip;
  gboolean deleted;
  gboolean gone;
  const char *name;
  int mark;
  gint64 hold_us;
  gint64 sent_us;
} InbJobFacts;

InbJob *inb_job_new (const char *id, const char *product_id, guint take, const InbRequest *request,
                     gint64 created_us, gint64 estimate_micros);
void inb_job_set_facts (InbJob *self, const InbJobFacts *facts);
void inb_job_set_progress (InbJob *self, double progress);
void inb_job_set_product_name (InbJob *self, const char *name);
void inb_job_go_elsewhere (InbJob *self, const char *provider, const char *model,
                           gint64 estimate_micros);
void inb_job_set_typical (InbJob *self, gint64 typical_us);
const InbTimeLeft *inb_job_follow_time (InbJob *self, gint64 now_us);
double inb_job_get_fraction (InbJob *self);

const char *inb_job_get_id (InbJob *self);
const char *inb_job_get_product_id (InbJob *self);
const char *inb_job_get_product_name (InbJob *self);
guint inb_job_get_take (InbJob *self);
const InbRequest *inb_job_get_request (InbJob *self);
gint64 inb_job_get_created (InbJob *self);
gint64 inb_job_get_estimate (InbJob *self);
const InbJobFacts *inb_job_get_facts (InbJob *self);
InbJobState inb_job_get_state (InbJob *self);
gboolean inb_job_is_at_rest (InbJob *self);
double inb_job_get_progress (InbJob *self);
const InbClip *inb_job_get_clip (InbJob *self);

G_END_DECLS
