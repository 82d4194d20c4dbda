/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jobs/inb-desk.h"
#include "providers/inb-answers.h"

G_BEGIN_DECLS

/**
 * InbHosted:
 * @desk: where it is worked on
 * @id: UUID of the job
 * @row: as it was last read; newer than any other copy
 * @provider: its provider
 * @model: its model
 * @secrets: (nullable): borrowed from the desk; %NULL until they are asked for (again)
 * @cancellable: of the present step, where that may be given up
 * @timer: (nullable): what it waits for
 * @busy: a call or a worker is under way
 * @in_flight: a paid request has left and its answer is not noted yet
 * @left: it is off the desk; nothing further is begun
 * @n_tries: failures of the present step in a row
 * @n_polls: answers since it was accepted or taken up
 * @n_fresh: fresh addresses asked for
 * @n_bad: downloads that were no clip
 * @n_looks: times a lost job was looked for in vain
 * @n_resent: times it was sent again because nothing was accepted
 * @n_gone: answers in a row that do not know it
 * @n_empty: answers that it is done, without a clip
 * @stale: the row was written since it was read
 * @due: the wait before the next poll is over
 * @accepted_here: by this run of the program, so it is new at the service
 * @fallback: the service's first way is not open to this key
 * @cancel_sent: the service was told
 * @told_progress: the last that was told
 * @cancel_tried: the call did not arrive, and the job is asked for before it is made again
 * @taken_up_us: monotonic time since when it is polled
 * @hold_due_us: monotonic time: its paid request does not leave before; 0: at once
 * @pictures: its frames, for messages
 *
 * One hosted job at work. Each step ends with an arrow on the disk and comes back to
 * inb_hosted_go_on(), which looks only at the row.
 */
typedef struct _InbHosted
{
  InbDesk *desk;
  char *id;
  InbRow *row;
  const InbProvider *provider;
  const InbModel *model;
  const InbSecrets *secrets;
  GCancellable *cancellable;
  InbWait *timer;
  gboolean busy;
  gboolean in_flight;
  gboolean left;
  guint n_tries;
  guint n_polls;
  guint n_fresh;
  guint n_bad;
  guint n_looks;
  guint n_resent;
  guint n_gone;
  guint n_empty;
  gboolean due;
  gboolean stale;
  gboolean accepted_here;
  gboolean fallback;
  gboolean cancel_sent;
  double told_progress;
  gboolean cancel_tried;
  gint64 taken_up_us;
  gint64 hold_due_us;
  InbPicture pictures[2];
} InbHosted;

/* A service's clock may be off by so much (promises of the README). */
#define INB_HOSTED_WINDOW_US (5 * 60 * G_USEC_PER_SEC)

InbHosted *inb_hosted_new (InbDesk *desk, const char *id);
InbHosted *inb_hosted_ref (InbHosted *self);
void inb_hosted_unref (InbHosted *self);
void inb_hosted_go_on (InbHosted *self);
void inb_hosted_wake (InbHosted *self);
void inb_hosted_leave (InbHosted *self);

/* For its steps: inb-hosted-*.c */
InbHosted *inb_hosted_begin (InbHosted *self);
gboolean inb_hosted_end (InbHosted *self);
gboolean inb_hosted_move (InbHosted *self, const InbMove *move);
gboolean inb_hosted_change (InbHosted *self, const InbRemoteChange *change, const GError *failure);
void inb_hosted_wait (InbHosted *self, double seconds);
void inb_hosted_wait_until (InbHosted *self, gint64 due_us);
void inb_hosted_wait_again (InbHosted *self, gint64 at_least_s);
void inb_hosted_fail (InbHosted *self, const GError *failure);
void inb_hosted_ask_person (InbHosted *self, const GError *why);
void inb_hosted_fill_values (InbHosted *self, InbMessageValues *values);
void inb_hosted_send (InbHosted *self, InbStep step, GAsyncReadyCallback callback);
InbStore *inb_hosted_get_store (InbHosted *self);
const char *inb_hosted_get_root (InbHosted *self);

double inb_hosted_get_speed (InbHosted *self);

gboolean inb_hosted_grant (InbHosted *self);
void inb_hosted_prepare (InbHosted *self);
void inb_hosted_upload (InbHosted *self);
gboolean inb_hosted_is_prepared (InbHosted *self);
void inb_hosted_submit (InbHosted *self);
void inb_hosted_send_paid (InbHosted *self);
void inb_hosted_go_to_next (InbHosted *self);
void inb_hosted_reconcile (InbHosted *self);
void inb_hosted_leave_unclear (InbHosted *self);
void inb_hosted_poll (InbHosted *self);
void inb_hosted_ask_fresh (InbHosted *self);
void inb_hosted_take_report (InbHosted *self, const InbReport *report);
void inb_hosted_cancel (InbHosted *self);
void inb_hosted_download (InbHosted *self);
void inb_hosted_take_bytes (InbHosted *self, const InbReport *report);
void inb_hosted_verify (InbHosted *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbHosted, inb_hosted_unref)

G_END_DECLS
