/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "player/inb-preview-reel.h"

#include "player/inb-y4m-store.h"

/* Plays a small clip in real time while it is still being made: begins with its first frame, waits
 * where the next one is not there yet, leaves out those that come too late to be seen. After some
 * rounds it rests on its first frame, so that a window left alone is at rest. Pictures are made one
 * ahead, in a thread. */
struct _InbPreviewReel
{
  GObject parent_instance;

  GCancellable *cancellable;
  InbY4mStore *store; /* NULL when it is over */
  guint n_frames;

  GdkTexture *texture; /* shown now; NULL: nothing was yet */
  GdkTexture *next;    /* shown when it is due */
  gboolean converting; /* @next is being made */
  guint index;         /* of @next */
  guint n_rounds;      /* that are behind it */
  guint n_shown;
  gint64 due_us; /* when @next is to be shown; 0: as soon as it is there */
};

G_DEFINE_FINAL_TYPE (InbPreviewReel, inb_preview_reel, G_TYPE_OBJECT)

/* Twice is enough to judge a move by, and to see its seam. */
#define MAX_ROUNDS 2

static void
read_cb (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GInputStream *stream = data;

  inb_y4m_store_read (g_object_get_data (G_OBJECT (task), "store"), stream, cancellable);
  g_task_return_boolean (task, TRUE);
}

static void
convert_cb (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (task), "index"));

  g_task_return_pointer (task, inb_y4m_store_make_texture (data, index), g_object_unref);
}

static void
converted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  InbPreviewReel *self = INB_PREVIEW_REEL (source);

  self->converting = FALSE;
  self->next = g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
convert_next (InbPreviewReel *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, converted_cb, NULL);

  self->converting = TRUE;
  g_object_set_data (G_OBJECT (task), "index", GUINT_TO_POINTER (self->index));
  g_task_set_task_data (task, inb_y4m_store_ref (self->store),
                        (GDestroyNotify) inb_y4m_store_unref);
  g_task_run_in_thread (task, convert_cb);
}

static void
end (InbPreviewReel *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->store, inb_y4m_store_unref);
  g_clear_object (&self->next);
}

static void
show_next (InbPreviewReel *self, gint64 now_us, guint fps)
{
  gint64 period_us = G_USEC_PER_SEC / fps;
  guint n_late = self->due_us > 0 ? (guint) ((now_us - self->due_us) / period_us) : 0;

  g_set_object (&self->texture, self->next);
  g_clear_object (&self->next);
  self->n_shown++;
  if (self->n_rounds >= MAX_ROUNDS)
    {
      end (self);
      return;
    }
  self->due_us = self->due_us > 0 ? self->due_us + (n_late + 1) * period_us : now_us + period_us;
  self->index += 1 + n_late;
  if (self->index < self->n_frames)
    return;
  self->n_rounds++;
  self->index = 0; /* whatever is late: a round begins with its beginning */
}

/**
 * inb_preview_reel_advance:
 * @self: a reel
 * @now_us: monotonic, of the frame that is being painted
 *
 * Shows what is due now; to be called for each frame of the screen until it is over.
 */
void
inb_preview_reel_advance (InbPreviewReel *self, gint64 now_us)
{
  gboolean ended;
  guint fps, n_there;

  g_return_if_fail (INB_IS_PREVIEW_REEL (self));

  if (self->store == NULL)
    return;
  n_there = inb_y4m_store_get_progress (self->store, &fps, &ended);
  if (ended && n_there < self->n_frames) /* its worker failed, or was killed for another */
    {
      end (self);
      return;
    }
  if (self->next != NULL && now_us >= self->due_us)
    show_next (self, now_us, fps);
  if (self->store == NULL || self->next != NULL || self->converting)
    return;
  if (self->index < n_there)
    convert_next (self);
  else if (n_there > 0) /* late is the worker: what comes then is not */
    {
      self->index = MIN (self->index, n_there);
      self->due_us = MAX (self->due_us, now_us);
    }
}

static void
inb_preview_reel_dispose (GObject *object)
{
  InbPreviewReel *self = INB_PREVIEW_REEL (object);

  end (self);
  g_clear_object (&self->texture);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (inb_preview_reel_parent_class)->dispose (object);
}

static void
inb_preview_reel_class_init (InbPreviewReelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = inb_preview_reel_dispose;
}

static void
inb_preview_reel_init (InbPreviewReel *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * inb_preview_reel_new:
 * @y4m: where a clip comes from, as yuv4mpeg; read in a thread, to its end or until the reel is let
 * go of
 * @n_frames: of the whole clip; if less come it ends without a picture or on the last one
 *
 * Returns: (transfer full): a reel that shows nothing yet
 */
InbPreviewReel *
inb_preview_reel_new (GInputStream *y4m, guint n_frames)
{
  InbPreviewReel *self = g_object_new (INB_TYPE_PREVIEW_REEL, NULL);
  g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, NULL, NULL);

  self->n_frames = n_frames;
  self->store = inb_y4m_store_new (n_frames);
  g_task_set_task_data (task, g_object_ref (y4m), g_object_unref);
  g_object_set_data_full (G_OBJECT (task), "store", inb_y4m_store_ref (self->store),
                          (GDestroyNotify) inb_y4m_store_unref);
  g_task_run_in_thread (task, read_cb);
  return self;
}

/**
 * inb_preview_reel_is_over:
 * @self: a reel
 *
 * Returns: %TRUE if its picture does not change any more
 */
gboolean
inb_preview_reel_is_over (InbPreviewReel *self)
{
  g_return_val_if_fail (INB_IS_PREVIEW_REEL (self), TRUE);

  return self->store == NULL;
}

/**
 * inb_preview_reel_get_texture:
 * @self: a reel
 *
 * Returns: (transfer none) (nullable): the picture to show now; %NULL before the first one
 */
GdkTexture *
inb_preview_reel_get_texture (InbPreviewReel *self)
{
  g_return_val_if_fail (INB_IS_PREVIEW_REEL (self), NULL);

  return self->texture;
}

/**
 * inb_preview_reel_get_n_shown:
 * @self: a reel
 *
 * Returns: how many pictures it has shown
 */
guint
inb_preview_reel_get_n_shown (InbPreviewReel *self)
{
  g_return_val_if_fail (INB_IS_PREVIEW_REEL (self), 0);

  return self->n_shown;
}
