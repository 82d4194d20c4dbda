/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-farm.h"

/* More threads than this only wait for memory and for the encoder; chosen by eye. */
#define MAX_DEFAULT_THREADS 8

typedef struct
{
  InbFarmTask task;
  gpointer user_data;
  guint n_tasks;
  int next;
} Each;

/* A frame's memory goes back to the pool when its last reference goes, wherever that is. */
typedef struct
{
  int ref_count;
  GMutex mutex;
  GPtrArray *idle;
} Pool;

typedef struct
{
  Pool *pool;
  guint8 *memory;
} Loan;

typedef struct
{
  guint n_frames;
  guint n_ahead;
  gsize frame_bytes;
  InbFarmDraw draw;
  gpointer draw_data;
  GCancellable *cancellable;
  Pool *pool;

  GMutex mutex;
  GCond changed;
  guint next;    /* frame to draw */
  guint taken;   /* frames that left */
  gboolean stop; /* nobody wants more */
  GBytes **ring; /* n_ahead: frame n lies at n % n_ahead when it is drawn */
} Farm;

/**
 * inb_farm_get_default_threads:
 *
 * Returns: as many as there are processors, at most 8
 */
guint
inb_farm_get_default_threads (void)
{
  return CLAMP (g_get_num_processors (), 1, MAX_DEFAULT_THREADS);
}

static gpointer
each_cb (gpointer user_data)
{
  Each *self = user_data;

  for (;;)
    {
      guint task = (guint) g_atomic_int_add (&self->next, 1);

      if (task >= self->n_tasks)
        return NULL;
      self->task (task, self->user_data);
    }
}

/**
 * inb_farm_each:
 * @n_threads: threads to use, ≥ 1
 * @n_tasks: how many there are
 * @task: (scope call): does one; tasks must not touch the same memory
 * @user_data: for @task
 *
 * Does all tasks and returns when the last one is done.
 */
void
inb_farm_each (guint n_threads, guint n_tasks, InbFarmTask task, gpointer user_data)
{
  Each each = { task, user_data, n_tasks, 0 };
  g_autoptr (GPtrArray) threads = g_ptr_array_new ();

  for (guint i = 1; i < MIN (n_threads, n_tasks); i++)
    g_ptr_array_add (threads, g_thread_new ("inb-setup", each_cb, &each));
  each_cb (&each);
  for (guint i = 0; i < threads->len; i++)
    g_thread_join (g_ptr_array_index (threads, i));
}

static Pool *
pool_new (void)
{
  Pool *pool = g_new0 (Pool, 1);

  pool->ref_count = 1;
  pool->idle = g_ptr_array_new_with_free_func (g_free);
  g_mutex_init (&pool->mutex);
  return pool;
}

static void
pool_unref (Pool *pool)
{
  if (!g_atomic_int_dec_and_test (&pool->ref_count))
    return;
  g_ptr_array_unref (pool->idle);
  g_mutex_clear (&pool->mutex);
  g_free (pool);
}

static guint8 *
pool_borrow (Pool *pool, gsize bytes)
{
  guint8 *memory = NULL;

  g_mutex_lock (&pool->mutex);
  if (pool->idle->len > 0)
    memory = g_ptr_array_steal_index (pool->idle, pool->idle->len - 1);
  g_mutex_unlock (&pool->mutex);
  return memory != NULL ? memory : g_malloc (bytes);
}

static void
give_back (gpointer data)
{
  Loan *loan = data;

  g_mutex_lock (&loan->pool->mutex);
  g_ptr_array_add (loan->pool->idle, loan->memory);
  g_mutex_unlock (&loan->pool->mutex);
  pool_unref (loan->pool);
  g_free (loan);
}

static GBytes *
draw_frame (Farm *self, guint frame)
{
  Loan *loan = g_new (Loan, 1);

  g_atomic_int_inc (&self->pool->ref_count);
  loan->pool = self->pool;
  loan->memory = pool_borrow (self->pool, self->frame_bytes);
  self->draw (frame, loan->memory, self->draw_data);
  return g_bytes_new_with_free_func (loan->memory, self->frame_bytes, give_back, loan);
}

static gpointer
worker_cb (gpointer user_data)
{
  Farm *self = user_data;

  g_mutex_lock (&self->mutex);
  for (;;)
    {
      guint frame;
      GBytes *bytes;

      while (!self->stop && self->next < self->n_frames &&
             self->next >= self->taken + self->n_ahead)
        g_cond_wait (&self->changed, &self->mutex);
      if (self->stop || self->next >= self->n_frames)
        break;
      frame = self->next++;
      g_mutex_unlock (&self->mutex);

      bytes = draw_frame (self, frame);

      g_mutex_lock (&self->mutex);
      self->ring[frame % self->n_ahead] = bytes;
      g_cond_broadcast (&self->changed);
    }
  g_mutex_unlock (&self->mutex);
  return NULL;
}

static GBytes *
wait_for_frame (Farm *self, guint frame)
{
  guint slot = frame % self->n_ahead;
  GBytes *bytes;

  g_mutex_lock (&self->mutex);
  while (self->ring[slot] == NULL)
    g_cond_wait (&self->changed, &self->mutex);
  bytes = g_steal_pointer (&self->ring[slot]);
  self->taken = frame + 1;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  return bytes;
}

static gboolean
take_all (Farm *self, InbFarmTake take, gpointer take_data, GError **error)
{
  for (guint frame = 0; frame < self->n_frames; frame++)
    {
      g_autoptr (GBytes) bytes = NULL;

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      bytes = wait_for_frame (self, frame);
      if (!take (frame, bytes, take_data, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * inb_farm_run:
 * @n_threads: threads that draw, ≥ 1
 * @n_frames: how many there are
 * @frame_bytes: bytes of each
 * @draw: (scope call): draws one
 * @draw_data: for @draw
 * @take: (scope call): takes them in order
 * @take_data: for @take
 * @cancellable: (nullable): looked at once a frame
 * @error: %G_IO_ERROR_CANCELLED, or what @take says
 *
 * Draws frames on several threads and hands them over in order. At most 2 · @n_threads frames are
 * drawn and not yet taken; their memory is used again.
 *
 * Returns: whether all frames were taken
 */
gboolean
inb_farm_run (guint n_threads, guint n_frames, gsize frame_bytes, InbFarmDraw draw,
              gpointer draw_data, InbFarmTake take, gpointer take_data, GCancellable *cancellable,
              GError **error)
{
  Farm farm = { n_frames, 2 * n_threads, frame_bytes, draw, draw_data, cancellable, pool_new () };
  g_autoptr (GPtrArray) threads = g_ptr_array_new ();
  gboolean good;

  farm.ring = g_new0 (GBytes *, farm.n_ahead);
  g_mutex_init (&farm.mutex);
  g_cond_init (&farm.changed);
  for (guint i = 0; i < MIN (n_threads, n_frames); i++)
    g_ptr_array_add (threads, g_thread_new ("inb-frames", worker_cb, &farm));

  good = take_all (&farm, take, take_data, error);

  g_mutex_lock (&farm.mutex);
  farm.stop = TRUE;
  g_cond_broadcast (&farm.changed);
  g_mutex_unlock (&farm.mutex);
  for (guint i = 0; i < threads->len; i++)
    g_thread_join (g_ptr_array_index (threads, i));
  for (guint i = 0; i < farm.n_ahead; i++)
    g_clear_pointer (&farm.ring[i], g_bytes_unref);
  g_free (farm.ring);
  g_mutex_clear (&farm.mutex);
  g_cond_clear (&farm.changed);
  pool_unref (farm.pool);
  return good;
}
