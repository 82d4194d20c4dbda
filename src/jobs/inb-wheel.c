/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-wheel.h"

/* Waits of a second and more end together with others, so that a thousand of them wake the computer
 * once a second. */
#define SLOT_US G_USEC_PER_SEC

struct _InbWait
{
  gint64 due_us;
  GFunc callback;
  gpointer data;
  GSequenceIter *place;
};

struct _InbWheel
{
  GSource *source;
  GSequence *waits; /* InbWait, soonest first */
};

static int
compare (gconstpointer a, gconstpointer b, gpointer unused)
{
  const InbWait *first = a;
  const InbWait *second = b;

  return (first->due_us > second->due_us) - (first->due_us < second->due_us);
}

static void
set_ready_time (InbWheel *self)
{
  GSequenceIter *first = g_sequence_get_begin_iter (self->waits);

  g_source_set_ready_time (self->source, g_sequence_iter_is_end (first)
                                             ? -1
                                             : ((InbWait *) g_sequence_get (first))->due_us);
}

static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  return callback (user_data);
}

static GSourceFuncs source_funcs = { .dispatch = dispatch };

/* What is added while this runs is due later, and may remove what is due now. */
static gboolean
due_cb (gpointer user_data)
{
  InbWheel *self = user_data;
  gint64 now_us = g_get_monotonic_time ();

  for (;;)
    {
      GSequenceIter *first = g_sequence_get_begin_iter (self->waits);
      InbWait wait;

      if (g_sequence_iter_is_end (first))
        break;
      wait = *(InbWait *) g_sequence_get (first);
      if (wait.due_us > now_us)
        break;
      g_sequence_remove (first);
      wait.callback (wait.data, NULL);
    }
  set_ready_time (self);
  return G_SOURCE_CONTINUE;
}

/**
 * inb_wheel_new:
 *
 * Returns: (transfer full): a wheel on the thread-default main context of the caller
 */
InbWheel *
inb_wheel_new (void)
{
  InbWheel *self = g_new0 (InbWheel, 1);

  self->waits = g_sequence_new (g_free);
  self->source = g_source_new (&source_funcs, sizeof (GSource));
  g_source_set_callback (self->source, due_cb, self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());
  return self;
}

/**
 * inb_wheel_free:
 * @self: (transfer full): a wheel; what waits there is not called any more
 */
void
inb_wheel_free (InbWheel *self)
{
  g_source_destroy (self->source);
  g_source_unref (self->source);
  g_sequence_free (self->waits);
  g_free (self);
}

/**
 * inb_wheel_add_at:
 * @self: a wheel
 * @due_us: monotonic time
 * @callback: called once, with @data and %NULL
 * @data: for @callback
 *
 * For a wait that a person watches: not rounded.
 *
 * Returns: (transfer none): the wait, good until @callback is called
 */
InbWait *
inb_wheel_add_at (InbWheel *self, gint64 due_us, GFunc callback, gpointer data)
{
  InbWait *wait = g_new0 (InbWait, 1);

  wait->due_us = due_us;
  wait->callback = callback;
  wait->data = data;
  wait->place = g_sequence_insert_sorted (self->waits, wait, compare, NULL);
  set_ready_time (self);
  return wait;
}

/**
 * inb_wheel_add:
 * @self: a wheel
 * @seconds: how long; from a second on rounded up to a whole second of the clock
 * @callback: called once, with @data and %NULL
 * @data: for @callback
 *
 * Returns: (transfer none): the wait, good until @callback is called
 */
InbWait *
inb_wheel_add (InbWheel *self, double seconds, GFunc callback, gpointer data)
{
  gint64 due_us = g_get_monotonic_time () + (gint64) (seconds * G_USEC_PER_SEC);

  if (seconds >= 1.0)
    due_us = (due_us + SLOT_US - 1) / SLOT_US * SLOT_US;
  return inb_wheel_add_at (self, due_us, callback, data);
}

/**
 * inb_wheel_remove:
 * @self: a wheel
 * @wait: (transfer full): a wait that was not called yet
 */
void
inb_wheel_remove (InbWheel *self, InbWait *wait)
{
  g_sequence_remove (wait->place);
  set_ready_time (self);
}
