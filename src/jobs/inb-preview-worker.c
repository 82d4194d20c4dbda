/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-preview-worker.h"

#include <unistd.h>

#include "jobs/inb-frames.h"
#include "jobs/inb-worker-spawn.h"
#include "jobs/inb-worker.h"
#include "store/inb-paths.h"

/* Makes a small clip of what the form asks for, a moment after it was last changed: the frames by a
 * photo worker, as for a job, but small and not kept; the clip by a render worker, straight into a
 * pipe. The latest request wins: a worker that makes another one is killed. Nothing here costs
 * money, so a failure is a line for whoever debugs and no more. */
struct _InbPreviewWorker
{
  GObject parent_instance;

  char *root;
  InbRequest *request; /* NULL: nothing is wanted */
  char *recipe;        /* all of @request that can be seen */
  guint wait_id;
  GCancellable *making; /* of the photo worker; NULL: none runs */
  GSubprocess *process; /* the render worker */
  char *frames[2];      /* the start frame and the last, below tmp/ */
  char *matte;          /* what is marked in the start frame, likewise */
  char *recipes[2];     /* what they show; NULL: they are not there */
  guint n_started;
};

/* One frame on its way */
typedef struct
{
  InbPreviewWorker *self;
  GCancellable *cancellable;
  guint index;
  char *path;
  char *matte; /* NULL: nothing is marked */
  char *recipe;
} Making;

enum
{
  SIGNAL_CLIP,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbPreviewWorker, inb_preview_worker, G_TYPE_OBJECT)

/* Longer than between two keys of one who types fast (60 words a minute are 200 ms a key, bursts of
 * a word half of that), too short to be waited for. Chosen by eye. */
#define WAIT_MS 120
/* Real time is enough to judge a move by; films have as many. */
#define FPS 24
/* px of the longer side: 640 × 360 for 16:9 */
#define LONG_SIDE 640
/* px of the longer side of a frame: leaves the camera half as much again to go nearer */
#define FRAME_SIDE 960
/* Of a whole clip, 12 bits a pixel, which is kept for its second round. */
#define MAX_CLIP_BYTES (60 * 1000 * 1000)

static void go_on (InbPreviewWorker *self);

static void
making_free (Making *self)
{
  g_object_unref (self->self);
  g_object_unref (self->cancellable);
  g_free (self->path);
  g_free (self->matte);
  g_free (self->recipe);
  g_free (self);
}

static void
drop_file (char **path)
{
  if (*path != NULL)
    unlink (*path);
  g_clear_pointer (path, g_free);
}

static void
drop_frame (InbPreviewWorker *self, guint index)
{
  drop_file (&self->frames[index]);
  if (index == 0)
    drop_file (&self->matte);
  g_clear_pointer (&self->recipes[index], g_free);
}

static void
stop (InbPreviewWorker *self)
{
  g_clear_handle_id (&self->wait_id, g_source_remove);
  g_cancellable_cancel (self->making);
  g_clear_object (&self->making);
  if (self->process != NULL)
    g_subprocess_force_exit (self->process);
  g_clear_object (&self->process);
}

static const char *
get_photo (const InbRequest *request, guint index)
{
  return index == 0 ? request->start : request->last;
}

/* The last frame has the geometry of the start frame, which is there already. */
static GStrv
make_photo_arguments (InbPreviewWorker *self, guint index)
{
  g_autoptr (GStrvBuilder) builder = NULL;
  g_autofree char *side = g_strdup_printf ("%d", FRAME_SIDE);
  g_autofree char *aspect = NULL;
  guint width, height;

  if (index > 0 && inb_frames_read_size (self->frames[0], &width, &height))
    aspect = g_strdup_printf ("%u:%u", width, height);
  builder = inb_frames_start_arguments (self->root, get_photo (self->request, index),
                                        &self->request->framing, aspect,
                                        index == 0 ? self->request->matte : NULL);
  g_strv_builder_add_many (builder, "--max-side", side, NULL);
  return g_strv_builder_end (builder);
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Making *made = user_data;
  InbPreviewWorker *self = made->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) told = inb_worker_run_finish (result, &error);

  if (told == NULL)
    g_debug ("no frame for the preview: %s", error->message);
  if (self->making != made->cancellable) /* whole, and too late */
    {
      drop_file (&made->path);
      drop_file (&made->matte);
    }
  else
    {
      g_clear_object (&self->making);
      drop_frame (self, made->index);
      if (told != NULL)
        {
          self->frames[made->index] = g_steal_pointer (&made->path);
          if (made->index == 0)
            self->matte = g_steal_pointer (&made->matte);
          self->recipes[made->index] = g_steal_pointer (&made->recipe);
          go_on (self);
        }
    }
  making_free (made);
}

static void
make_frame (InbPreviewWorker *self, guint index, GStrv recipe_arguments)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *name = g_strdup_printf ("preview-%s.png", uuid);
  g_auto (GStrv) arguments = NULL;
  Making *making = g_new0 (Making, 1);

  self->making = g_cancellable_new ();
  making->self = g_object_ref (self);
  making->cancellable = g_object_ref (self->making);
  making->index = index;
  making->path = inb_paths_dup_temporary (self->root, name);
  making->recipe = g_strjoinv ("\n", recipe_arguments);
  g_strv_builder_addv (builder, (const char **) recipe_arguments);
  g_strv_builder_add_many (builder, "--output", making->path, NULL);
  if (index == 0 && self->request->matte != NULL)
    {
      making->matte = g_strconcat (making->path, "-matte.png", NULL);
      g_strv_builder_add_many (builder, "--matte-output", making->matte, NULL);
    }
  arguments = g_strv_builder_end (builder);
  inb_worker_run_async ((const char *const *) arguments, making->path, NULL, NULL, self->making,
                        made_cb, making);
}

/* The shape that Generate gives the clip, as large as a whole clip may be. */
static gboolean
find_size (InbPreviewWorker *self, guint *width, guint *height)
{
  guint n_frames = self->request->duration_s * FPS;
  guint frame_width, frame_height;
  double aspect;

  if (!inb_frames_read_size (self->frames[0], &frame_width, &frame_height))
    return FALSE;
  aspect = inb_ratio_get_aspect (self->request->framing.ratio, frame_width, frame_height);
  for (guint side = LONG_SIDE; side > 64; side -= 16)
    {
      inb_framing_get_clip_size (aspect, side, width, height);
      if ((guint64) *width * *height * 3 / 2 * n_frames <= MAX_CLIP_BYTES)
        return TRUE;
    }
  return FALSE;
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InbPreviewWorker) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean good = g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, &error);

  if (self->process != G_SUBPROCESS (source))
    return; /* killed for a newer one */
  g_clear_object (&self->process);
  if (!good)
    g_debug ("no clip for the preview: %s", error->message);
}

static void
render (InbPreviewWorker *self)
{
  const InbRequest *request = self->request;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *duration = g_strdup_printf ("%u", request->duration_s);
  g_autofree char *fps = g_strdup_printf ("%d", FPS);
  g_autofree char *size = NULL;
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;
  guint width, height;

  if (!find_size (self, &width, &height))
    return;
  size = g_strdup_printf ("%ux%u", width, height);
  g_strv_builder_add_many (builder, "render", "--start", self->frames[0], "--prompt",
                           request->prompt, "--size", size, "--fps", fps, "--duration", duration,
                           "--output", "-", NULL);
  if (request->last != NULL)
    g_strv_builder_add_many (builder, "--last", self->frames[1], NULL);
  else if (self->matte != NULL)
    g_strv_builder_add_many (builder, "--matte", self->matte, NULL);
  arguments = g_strv_builder_end (builder);
  self->process = inb_worker_spawn_clip (arguments, &error);
  if (self->process == NULL)
    {
      g_debug ("no worker for the preview: %s", error->message);
      return;
    }
  self->n_started++;
  g_subprocess_wait_check_async (self->process, NULL, ended_cb, g_object_ref (self));
  g_signal_emit (self, signals[SIGNAL_CLIP], 0, g_subprocess_get_stdout_pipe (self->process),
                 request->duration_s * FPS);
}

/* The frames that are missing or show something else, one after the other; then the clip. */
static void
go_on (InbPreviewWorker *self)
{
  for (guint i = 0; i < 2 && get_photo (self->request, i) != NULL; i++)
    {
      g_auto (GStrv) arguments = make_photo_arguments (self, i);
      g_autofree char *recipe = g_strjoinv ("\n", arguments);

      if (g_strcmp0 (recipe, self->recipes[i]) != 0)
        {
          make_frame (self, i, arguments);
          return;
        }
    }
  render (self);
}

static gboolean
wait_cb (gpointer user_data)
{
  InbPreviewWorker *self = user_data;

  self->wait_id = 0;
  go_on (self);
  return G_SOURCE_REMOVE;
}

static void
inb_preview_worker_dispose (GObject *object)
{
  InbPreviewWorker *self = INB_PREVIEW_WORKER (object);

  stop (self);
  for (guint i = 0; i < 2; i++)
    drop_frame (self, i);

  G_OBJECT_CLASS (inb_preview_worker_parent_class)->dispose (object);
}

static void
inb_preview_worker_finalize (GObject *object)
{
  InbPreviewWorker *self = INB_PREVIEW_WORKER (object);

  g_clear_pointer (&self->request, inb_request_free);
  g_free (self->recipe);
  g_free (self->root);

  G_OBJECT_CLASS (inb_preview_worker_parent_class)->finalize (object);
}

static void
inb_preview_worker_class_init (InbPreviewWorkerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = inb_preview_worker_dispose;
  object_class->finalize = inb_preview_worker_finalize;

  /* InbPreviewWorker::clip: the GInputStream on which a clip comes as yuv4mpeg, and its number of
   * frames; it ends early if the worker fails or another request is made */
  signals[SIGNAL_CLIP] =
      g_signal_new ("clip", INB_TYPE_PREVIEW_WORKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_INPUT_STREAM, G_TYPE_UINT);
}

static void
inb_preview_worker_init (InbPreviewWorker *self)
{
}

/**
 * inb_preview_worker_new:
 * @root: the data folder
 *
 * Workers are started by the thread that asks, and end with it.
 *
 * Returns: (transfer full): an object that makes nothing yet
 */
InbPreviewWorker *
inb_preview_worker_new (const char *root)
{
  InbPreviewWorker *self = g_object_new (INB_TYPE_PREVIEW_WORKER, NULL);

  self->root = g_strdup (root);
  return self;
}

static char *
dup_recipe (const InbRequest *request)
{
  g_autofree char *framing = inb_framing_to_string (&request->framing);

  return g_strdup_printf (
      "%s %s %s %s %u %s", request->start, request->last != NULL ? request->last : "-",
      request->matte != NULL ? request->matte : "-", framing, request->duration_s, request->prompt);
}

/**
 * inb_preview_worker_ask:
 * @self: a preview worker
 * @request: (nullable): what is wanted now, with its start photo and a prompt; %NULL: nothing
 *
 * What was asked for before is given up at once, and its worker killed; the new one is begun when
 * no other has come for a moment. To ask for what is asked for already changes nothing.
 */
void
inb_preview_worker_ask (InbPreviewWorker *self, const InbRequest *request)
{
  g_autofree char *recipe = NULL;

  g_return_if_fail (INB_IS_PREVIEW_WORKER (self));
  g_return_if_fail (request == NULL || (request->start != NULL && request->prompt != NULL));

  recipe = request != NULL ? dup_recipe (request) : NULL;
  if (g_strcmp0 (recipe, self->recipe) == 0)
    return;
  stop (self);
  g_clear_pointer (&self->request, inb_request_free);
  g_free (self->recipe);
  self->recipe = g_steal_pointer (&recipe);
  if (request == NULL)
    return;
  self->request = inb_request_copy (request);
  self->wait_id = g_timeout_add (WAIT_MS, wait_cb, self);
}

/**
 * inb_preview_worker_get_n_started:
 * @self: a preview worker
 *
 * Returns: how many render workers it has started
 */
guint
inb_preview_worker_get_n_started (InbPreviewWorker *self)
{
  g_return_val_if_fail (INB_IS_PREVIEW_WORKER (self), 0);

  return self->n_started;
}

/**
 * inb_preview_worker_is_busy:
 * @self: a preview worker
 *
 * Returns: %TRUE while a clip is waited for or made
 */
gboolean
inb_preview_worker_is_busy (InbPreviewWorker *self)
{
  g_return_val_if_fail (INB_IS_PREVIEW_WORKER (self), FALSE);

  return self->wait_id != 0 || self->making != NULL || self->process != NULL;
}
