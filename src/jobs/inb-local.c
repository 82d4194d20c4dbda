/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-local.h"

#include <glib/gi18n.h>
#include <unistd.h>

#include "core/inb-error.h"
#include "jobs/inb-frames.h"
#include "jobs/inb-verify.h"
#include "providers/inb-catalogue.h"
#include "store/inb-files.h"
#include "store/inb-paths.h"

/* The local engine makes 30 frames a second; frames are counted, not timed. */
#define FPS 30
/* px of the longer side, as 16:9 is called by its lines: 1080p is 1920 × 1080, 720p 1280 × 720 */
#define LONG_SIDE 1920
#define LONG_SIDE_720P 1280

/* Shares of a job's progress, so that one bar runs through it: processor time of the workers for a
 * 5 s clip of 1080p (measured: photo 0.2 s, render 6.9, check, poster and review copy 4.7). */
#define PREPARED 0.02
#define RENDERED 0.60

typedef struct
{
  InbStore *store;
  char *job_id;
  InbRow *row;
  InbWorkerProgress progress;
  gpointer progress_data;
  double progress_from;
  double progress_to;
  char *part;
  const char *container;
} Work;

static void go_on (GTask *task);

static void
work_free (Work *self)
{
  g_free (self->job_id);
  g_clear_pointer (&self->row, inb_row_free);
  g_free (self->part);
  g_free (self);
}

static const char *
get_root (Work *self)
{
  return inb_store_get_root (self->store);
}

static void
progress_cb (double progress, gpointer user_data)
{
  Work *self = user_data;

  self->progress (self->progress_from + progress * (self->progress_to - self->progress_from),
                  self->progress_data);
}

static void
begin_share (Work *self, double from, double to)
{
  self->progress_from = from;
  self->progress_to = to;
  progress_cb (0.0, self);
}

static void
fail (GTask *task, GError *error)
{
  Work *self = g_task_get_task_data (task);

  if (self->part != NULL)
    unlink (self->part);
  g_task_return_error (task, g_steal_pointer (&error));
}

/* One arrow, then on from the row as it is on the disk. */
static void
move (GTask *task, const InbMove *move)
{
  Work *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (inb_store_move (self->store, self->job_id, move, &error))
    go_on (task);
  else
    fail (task, error);
}

static void
prepared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (InbFrames) frames = inb_frames_prepare_finish (result, &error);
  InbMove ready = { .to = INB_JOB_READY };

  if (frames == NULL)
    {
      fail (task, error);
      return;
    }
  ready.start_frame = frames->start;
  ready.last_frame = frames->last;
  move (task, &ready);
}

static void
prepare (GTask *task)
{
  Work *self = g_task_get_task_data (task);
  const InbRequest *request = inb_job_get_request (self->row->job);
  InbLimits limits;
  GError *error = NULL;

  begin_share (self, 0.0, PREPARED);
  if (inb_catalogue_get_limits (request->provider, &limits, &error))
    inb_frames_prepare_async (get_root (self), request, request->provider, &limits,
                              g_task_get_cancellable (task), prepared_cb, g_object_ref (task));
  else
    fail (task, error);
}

static guint
find_long_side (const InbRequest *request)
{
  const InbProvider *provider = inb_catalogue_find (request->provider, NULL);
  const InbModel *model =
      provider != NULL ? inb_provider_get_model (provider, request->model, NULL) : NULL;

  return model != NULL && g_str_equal (model->resolution, "720p") ? LONG_SIDE_720P : LONG_SIDE;
}

/* Of the product marked in the start frame; NULL: nothing is. */
static char *
dup_matte (Work *self)
{
  const InbRequest *request = inb_job_get_request (self->row->job);

  return inb_frames_dup_matte (get_root (self), self->row->start_frame, request->matte);
}

static gboolean
get_expected (Work *self, InbExpected *expected)
{
  const InbRequest *request = inb_job_get_request (self->row->job);
  const char *start = self->row->start_frame;
  g_autofree char *matte = NULL;
  guint width, height;

  if (start == NULL || !inb_frames_read_size (start, &width, &height))
    return FALSE;
  matte = dup_matte (self);
  if (matte != NULL && access (matte, R_OK) != 0)
    return FALSE;
  if (request->last != NULL &&
      (self->row->last_frame == NULL || access (self->row->last_frame, R_OK) != 0))
    return FALSE;
  inb_framing_get_clip_size (inb_ratio_get_aspect (request->framing.ratio, width, height),
                             find_long_side (request), &expected->width, &expected->height);
  expected->fps = FPS;
  expected->n_frames = request->duration_s * FPS;
  return TRUE;
}

static gboolean
has_room (Work *self, GError **error)
{
  gint64 n_free = inb_files_get_free (get_root (self));

  if (n_free < 0 || n_free >= INB_ROOM_FOR_LOCAL_BYTES)
    return TRUE;
  g_set_error (error, INB_ERROR, INB_ERROR_NO_SPACE,
               _ ("Only %d MB are free in “%s”; a clip wants %d MB. Make room and resume; nothing "
                  "that was finished is lost."),
               (int) (n_free / 1000000), get_root (self),
               (int) (INB_ROOM_FOR_LOCAL_BYTES / 1000000));
  return FALSE;
}

static void render (GTask *task, const char *container);

static void
rendered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) told = inb_worker_run_finish (result, &error);
  g_autofree char *part = g_steal_pointer (&self->part);
  InbMove verifying = { .to = INB_JOB_VERIFYING, .part = part };

  if (told != NULL && inb_files_sync (part, &error))
    {
      move (task, &verifying);
      return;
    }
  unlink (part);
  if (g_error_matches (error, INB_ERROR, INB_ERROR_NO_CODEC) &&
      g_str_equal (self->container, "mp4"))
    render (task, "webm"); /* no encoder for H.264 here; VP9 comes with most systems */
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static GStrv
make_arguments (Work *self, const InbExpected *expected)
{
  const InbRequest *request = inb_job_get_request (self->row->job);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *size = g_strdup_printf ("%ux%u", expected->width, expected->height);
  g_autofree char *fps = g_strdup_printf ("%u", expected->fps);
  g_autofree char *duration = g_strdup_printf ("%u", request->duration_s);
  g_autofree char *seed = g_strdup_printf ("%u", request->seed + self->row->batch_index);
  g_autofree char *matte = dup_matte (self);

  g_strv_builder_add_many (builder, "render", "--start", self->row->start_frame, "--prompt",
                           request->prompt, "--size", size, "--fps", fps, "--duration", duration,
                           "--seed", seed, "--output", self->part, NULL);
  if (self->row->last_frame != NULL)
    g_strv_builder_add_many (builder, "--last", self->row->last_frame, NULL);
  else if (matte != NULL)
    g_strv_builder_add_many (builder, "--matte", matte, NULL);
  return g_strv_builder_end (builder);
}

static void
render (GTask *task, const char *container)
{
  Work *self = g_task_get_task_data (task);
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *name = g_strdup_printf ("job-clip-%s.%s", uuid, container);
  g_auto (GStrv) arguments = NULL;
  InbExpected expected;
  GError *error = NULL;

  if (!get_expected (self, &expected))
    {
      g_set_error_literal (&error, INB_ERROR, INB_ERROR_FAILED,
                           _ ("The prepared frame has vanished. Try again."));
      fail (task, error);
      return;
    }
  g_free (self->part);
  self->part = inb_paths_dup_temporary (get_root (self), name);
  self->container = container;
  arguments = make_arguments (self, &expected);
  inb_worker_run_async ((const char *const *) arguments, self->part, progress_cb, self,
                        g_task_get_cancellable (task), rendered_cb, g_object_ref (task));
}

static void
begin_render (GTask *task)
{
  Work *self = g_task_get_task_data (task);
  InbMove running = { .to = INB_JOB_RUNNING };
  InbMove again = { .to = INB_JOB_PREPARING };
  InbExpected expected;
  GError *error = NULL;

  if (!get_expected (self, &expected)) /* somebody emptied frames/ */
    {
      move (task, &again);
      return;
    }
  if (!has_room (self, &error))
    {
      fail (task, error);
      return;
    }
  move (task, &running);
}

static void
verified_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Work *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (InbVerified) verified = inb_verify_finish (result, &error);
  InbMove done = { .to = INB_JOB_DONE };

  if (verified != NULL && inb_store_set_clip (self->store, self->job_id, verified->clip, &error) &&
      inb_verified_settle (verified, get_root (self), self->row, &error))
    move (task, &done);
  else
    fail (task, error);
}

static void
verify (GTask *task)
{
  Work *self = g_task_get_task_data (task);
  InbExpected expected;
  GError *error = NULL;

  begin_share (self, RENDERED, 1.0);
  if (get_expected (self, &expected) && self->row->part != NULL)
    {
      inb_verify_async (get_root (self), self->row, NULL, &expected, progress_cb, self,
                        g_task_get_cancellable (task), verified_cb, g_object_ref (task));
      return;
    }
  g_set_error_literal (&error, INB_ERROR, INB_ERROR_FAILED,
                       _ ("The prepared frame has vanished. Try again."));
  fail (task, error);
}

/* Each step ends with an arrow on the disk and comes back here. */
static void
go_on (GTask *task)
{
  Work *self = g_task_get_task_data (task);
  GError *error = NULL;

  g_clear_pointer (&self->row, inb_row_free);
  self->row = inb_store_get (self->store, self->job_id, &error);
  if (self->row == NULL)
    {
      fail (task, error);
      return;
    }
  switch ((int) inb_job_get_state (self->row->job))
    {
    case INB_JOB_PREPARING:
      prepare (task);
      break;
    case INB_JOB_READY:
      begin_render (task);
      break;
    case INB_JOB_RUNNING:
      begin_share (self, PREPARED, RENDERED);
      render (task, "mp4");
      break;
    case INB_JOB_VERIFYING:
      verify (task);
      break;
    default:
      g_task_return_boolean (task, TRUE);
      break;
    }
}

/**
 * inb_local_run_async:
 * @store: open for writing; used from the calling thread only, and must outlive the run
 * @job_id: UUID of a job of the local engine, in PREPARING, READY or VERIFYING
 * @progress: (scope notified): of the whole job, at most ten times a second
 * @progress_data: for @progress
 * @cancellable: ends the worker; the row stays as it is
 * @callback: (scope async): called on the thread-default main context of the caller
 * @user_data: for @callback
 *
 * Takes a job from where it stands to DONE: frames, clip, check, poster and review copy. Every
 * arrow is on the disk before the next step begins.
 */
void
inb_local_run_async (InbStore *store, const char *job_id, InbWorkerProgress progress,
                     gpointer progress_data, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Work *self = g_new0 (Work, 1);

  self->store = store;
  self->job_id = g_strdup (job_id);
  self->progress = progress;
  self->progress_data = progress_data;
  g_task_set_source_tag (task, inb_local_run_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, self, (GDestroyNotify) work_free);
  go_on (task);
}

/**
 * inb_local_run_finish:
 * @result: of inb_local_run_async()
 * @error: why it is not DONE; the row stands where it stood
 *
 * Returns: %TRUE if the job is at rest
 */
gboolean
inb_local_run_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
