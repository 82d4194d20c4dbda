/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-turn.h"

#include "core/inb-error.h"
#include "store/inb-paths.h"
#include "store/inb-watch.h"

/* After the sign of the holder's end the lock itself may be free a moment later: 10, 20, … 320 ms
 * are waited for it, then the next sign. */
#define TRIES 6
#define FIRST_WAIT_MS 10

/* Waits for the lock of a data folder without a timer and without a blocked thread. */
struct _InbTurn
{
  char *root;
  InbTurnCallback callback;
  gpointer user_data;
  InbWatch *watch;
  GMainContext *context;
  GSource *retry;
  guint n_tries;
};

static void
drop_retry (InbTurn *self)
{
  if (self->retry == NULL)
    return;
  g_source_destroy (self->retry);
  g_clear_pointer (&self->retry, g_source_unref);
}

/* Gives the lock away if it can be had. */
static gboolean
try_now (InbTurn *self, GError **error)
{
  InbLock *lock = inb_lock_try (self->root, error);

  if (lock == NULL)
    return FALSE;
  g_clear_pointer (&self->watch, inb_watch_free);
  self->callback (lock, self->user_data);
  return TRUE;
}

static gboolean
retry_cb (gpointer user_data)
{
  InbTurn *self = user_data;

  drop_retry (self);
  if (self->watch == NULL || try_now (self, NULL) || ++self->n_tries >= TRIES)
    return G_SOURCE_REMOVE;
  self->retry = g_timeout_source_new (FIRST_WAIT_MS << (self->n_tries - 1));
  g_source_set_callback (self->retry, retry_cb, self, NULL);
  g_source_attach (self->retry, self->context);
  return G_SOURCE_REMOVE;
}

static gboolean
let_go_cb (gpointer user_data)
{
  InbTurn *self = user_data;

  self->n_tries = 0;
  if (self->retry == NULL)
    retry_cb (self);
  return G_SOURCE_CONTINUE;
}

/**
 * inb_turn_wait:
 * @root: the data folder, made already
 * @callback: called once, with the lock: before this returns if it is free, else from the
 * thread-default main context of the caller when its holder has ended, however that ended
 * @user_data: for @callback
 * @error: %INB_ERROR_NO_ACCESS or %INB_ERROR_NO_SPACE
 *
 * Returns: (transfer full) (nullable): the waiting; free it to give up
 */
InbTurn *
inb_turn_wait (const char *root, InbTurnCallback callback, gpointer user_data, GError **error)
{
  g_autoptr (InbTurn) self = g_new0 (InbTurn, 1);
  g_autoptr (GError) problem = NULL;
  g_autofree char *path = inb_paths_dup_lock (root);

  self->root = g_strdup (root);
  self->callback = callback;
  self->user_data = user_data;
  self->context = g_main_context_ref_thread_default ();
  if (try_now (self, &problem))
    return g_steal_pointer (&self);
  if (g_error_matches (problem, INB_ERROR, INB_ERROR_NOBODY))
    {
      /* once more with the watch in place: it may have been let go of in between */
      g_clear_error (&problem);
      self->watch = inb_watch_new (path, INB_WATCH_LET_GO, let_go_cb, self);
      if (try_now (self, &problem) || g_error_matches (problem, INB_ERROR, INB_ERROR_NOBODY))
        return g_steal_pointer (&self);
    }
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/**
 * inb_turn_free:
 * @self: (transfer full): the waiting, in the thread that began it
 */
void
inb_turn_free (InbTurn *self)
{
  g_clear_pointer (&self->watch, inb_watch_free);
  drop_retry (self);
  g_main_context_unref (self->context);
  g_free (self->root);
  g_free (self);
}
