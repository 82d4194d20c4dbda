/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "net/inb-deadline.h"

struct _InbDeadline
{
  InbHttpDeadlines deadlines;
  gboolean submit;
  InbDeadlineStep step;
  GSource *source;
  gint64 total_us; /* monotonic times; −1 for none */
  gint64 step_us;
  gsize n_moved; /* bytes since the window was opened that ends at step_us */
  InbDeadlineFunc func;
  gpointer user_data;
};

static gboolean
dispatch_cb (GSource *source, GSourceFunc callback, gpointer user_data)
{
  return callback (user_data);
}

static GSourceFuncs source_funcs = { .dispatch = dispatch_cb };

static gboolean
expired_cb (gpointer user_data)
{
  InbDeadline *self = user_data;
  gboolean total = self->total_us >= 0 && g_get_monotonic_time () >= self->total_us;
  InbDeadlineStep step = total ? INB_DEADLINE_WAIT : self->step;

  g_source_set_ready_time (self->source, -1);
  self->func (step, self->user_data); /* may free it */
  return G_SOURCE_CONTINUE;
}

static gint64
get_after (guint milliseconds)
{
  return g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND;
}

static void
arm (InbDeadline *self)
{
  gint64 next = self->step_us;

  if (self->total_us >= 0 && (next < 0 || self->total_us < next))
    next = self->total_us;
  g_source_set_ready_time (self->source, next);
}

/**
 * inb_deadline_new:
 * @deadlines: how long things may take
 * @kind: whose
 * @func: what to do when something took longer
 * @user_data: for @func
 *
 * Returns: (transfer full): a deadline on the thread's own main context, at %INB_DEADLINE_WAIT
 */
InbDeadline *
inb_deadline_new (const InbHttpDeadlines *deadlines, InbMessageKind kind, InbDeadlineFunc func,
                  gpointer user_data)
{
  InbDeadline *self = g_new0 (InbDeadline, 1);

  self->deadlines = *deadlines;
  self->submit = kind == INB_MESSAGE_SUBMIT;
  self->func = func;
  self->user_data = user_data;
  self->step_us = -1;
  self->total_us = -1;
  if (kind == INB_MESSAGE_LOOK)
    self->total_us = get_after (deadlines->look_ms);
  else if (kind == INB_MESSAGE_SUBMIT)
    self->total_us = get_after (deadlines->submit_ms);
  self->source = g_source_new (&source_funcs, sizeof (GSource));
  g_source_set_callback (self->source, expired_cb, self, NULL);
  arm (self);
  g_source_attach (self->source, g_main_context_get_thread_default ());
  return self;
}

/**
 * inb_deadline_free:
 * @self: (transfer full): a watch
 */
void
inb_deadline_free (InbDeadline *self)
{
  g_source_destroy (self->source);
  g_source_unref (self->source);
  g_free (self);
}

/**
 * inb_deadline_enter:
 * @self: a deadline
 * @step: what begins now
 */
void
inb_deadline_enter (InbDeadline *self, InbDeadlineStep step)
{
  self->step = step;
  self->n_moved = 0;
  switch (step)
    {
    case INB_DEADLINE_CONNECT:
      self->step_us = get_after (self->deadlines.connect_ms);
      break;
    case INB_DEADLINE_ANSWER:
      self->step_us = get_after (self->submit ? self->deadlines.first_byte_submit_ms
                                              : self->deadlines.first_byte_ms);
      break;
    case INB_DEADLINE_REQUEST:
    case INB_DEADLINE_BODY:
      self->step_us = get_after (self->deadlines.stall_ms);
      break;
    case INB_DEADLINE_WAIT:
    default:
      self->step_us = -1;
      break;
    }
  arm (self);
}

/**
 * inb_deadline_advance:
 * @self: a deadline
 * @step: what begins now
 *
 * As inb_deadline_enter(), but nothing happens at @step or past it.
 */
void
inb_deadline_advance (InbDeadline *self, InbDeadlineStep step)
{
  if (self->step < step)
    inb_deadline_enter (self, step);
}

/**
 * inb_deadline_moved:
 * @self: a deadline at %INB_DEADLINE_REQUEST or %INB_DEADLINE_BODY
 * @n_bytes: that went out or came in
 *
 * As soon as enough bytes moved, the time for the next ones begins anew: a line that is slower than
 * the bound fails within one such time, one that is faster never does.
 */
void
inb_deadline_moved (InbDeadline *self, gsize n_bytes)
{
  self->n_moved += n_bytes;
  if (self->n_moved >= self->deadlines.stall_bytes &&
      (self->step == INB_DEADLINE_REQUEST || self->step == INB_DEADLINE_BODY))
    inb_deadline_enter (self, self->step);
}
