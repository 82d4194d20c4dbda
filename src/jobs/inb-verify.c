/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-verify.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/inb-error.h"
#include "jobs/inb-sidecar.h"
#include "store/inb-files.h"
#include "store/inb-paths.h"

/* Shares of the whole check by processor time (measured: decoding to the end 1.3 s, poster 0.8,
 * review copy 2.6). */
#define INSPECT_SHARE 0.28
#define PROXY_SHARE 0.55

typedef struct
{
  char *root;
  char *job_id;
  char *name; /* what messages call the clip */
  gint64 created_us;
  InbExpected expected;
  InbVerified *verified;
  InbWorkerProgress progress;
  gpointer progress_data;
  double progress_from;
  double progress_share;
} Check;

/**
 * inb_verified_free:
 * @self: (transfer full): what was verified; its temporary files are removed if they are still
 * there, but for the clip
 */
void
inb_verified_free (InbVerified *self)
{
  if (self->proxy_part != NULL)
    unlink (self->proxy_part);
  if (self->poster_part != NULL)
    unlink (self->poster_part);
  g_clear_pointer (&self->clip, inb_clip_free);
  g_free (self->part);
  g_free (self->proxy_part);
  g_free (self->poster_part);
  g_free (self);
}

static void
check_free (Check *self)
{
  g_free (self->root);
  g_free (self->job_id);
  g_free (self->name);
  g_clear_pointer (&self->verified, inb_verified_free);
  g_free (self);
}

static void
progress_cb (double progress, gpointer user_data)
{
  Check *self = user_data;

  if (self->progress != NULL)
    self->progress (self->progress_from + progress * self->progress_share, self->progress_data);
}

static void
run_worker (GTask *task, GStrv arguments, const char *part, double share,
            GAsyncReadyCallback callback)
{
  Check *self = g_task_get_task_data (task);

  self->progress_from += self->progress_share;
  self->progress_share = share;
  inb_worker_run_async ((const char *const *) arguments, part, progress_cb, self,
                        g_task_get_cancellable (task), callback, g_object_ref (task));
}

static char *
make_part (Check *self, const char *what, const char *extension)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *name = g_strdup_printf ("job-%s-%s.%s", what, uuid, extension);

  return inb_paths_dup_temporary (self->root, name);
}

static gboolean
is_sha256 (const char *text)
{
  return text != NULL && strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

/* What the inspection said, into the clip */
static gboolean
read_inspection (Check *self, JsonObject *told, GError **error)
{
  InbClip *clip = self->verified->clip;
  JsonObject *colour = inb_json_get_object (told, "color");
  const char *container = inb_json_get_string (told, "container");
  const char *sha256 = inb_json_get_string (told, "sha256");
  struct stat facts;

  if ((g_strcmp0 (container, "mp4") != 0 && g_strcmp0 (container, "webm") != 0) ||
      !is_sha256 (sha256) || stat (self->verified->part, &facts) != 0)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_BAD_CLIP,
                           _ ("The clip is neither MP4 nor WebM."));
      return FALSE;
    }
  clip->container = g_strdup (container);
  clip->sha256 = g_strdup (sha256);
  clip->codec = g_strdup (inb_json_get_string (told, "codec"));
  clip->matrix = colour != NULL ? g_strdup (inb_json_get_string (colour, "matrix")) : NULL;
  clip->width = (guint) inb_json_get_int (told, "width", 0);
  clip->height = (guint) inb_json_get_int (told, "height", 0);
  clip->n_frames = (guint) inb_json_get_int (told, "frames", 0);
  clip->fps_n = (guint) inb_json_get_int (told, "fps_n", 0);
  clip->fps_d = (guint) MAX (1, inb_json_get_int (told, "fps_d", 1));
  clip->duration_ns = inb_json_get_int (told, "duration_ns", 0);
  clip->size = facts.st_size;
  clip->path = inb_paths_dup_clip (self->root, self->created_us, self->job_id, container);
  clip->poster = inb_paths_dup_poster (self->root, self->job_id);
  return TRUE;
}

/* A container counts time in ticks of its own (WebM: milliseconds), so half a frame is allowed. */
static gboolean
is_as_asked (const InbClip *clip, const InbExpected *expected, GError **error)
{
  double seconds = (double) clip->duration_ns / 1e9;
  double asked;

  if (expected->fps == 0) /* a service decides for itself: a clip that is whole is taken */
    return TRUE;
  asked = (double) expected->n_frames / expected->fps;
  if (clip->width == expected->width && clip->height == expected->height &&
      clip->n_frames == expected->n_frames && fabs (seconds - asked) < 0.5 / expected->fps)
    return TRUE;
  g_set_error (error, INB_ERROR, INB_ERROR_BAD_CLIP,
               _ ("The clip has %u frames of %u×%u px in %.2f s, not %u of %u×%u in %.2f s as "
                  "asked. Try again."),
               clip->n_frames, clip->width, clip->height, seconds, expected->n_frames,
               expected->width, expected->height, asked);
  return FALSE;
}

/* The worker knows the clip by a temporary name, which says nothing to a person. */
static void
fail (GTask *task, GError *error)
{
  Check *self = g_task_get_task_data (task);
  g_autofree char *name = g_path_get_basename (self->verified->part);
  g_autoptr (GString) words = g_string_new (error->message);

  g_string_replace (words, name, self->name, 0);
  g_clear_pointer (&self->verified, inb_verified_free); /* its files are gone before this is told */
  g_task_return_new_error (task, error->domain, error->code, "%s", words->str);
  g_error_free (error);
}

static void
proxy_made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Check *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (JsonObject) told = inb_worker_run_finish (result, &error);

  if (told == NULL)
    fail (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&self->verified),
                           (GDestroyNotify) inb_verified_free);
}

static void
poster_made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Check *self = g_task_get_task_data (task);
  InbVerified *verified = self->verified;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) told = inb_worker_run_finish (result, &error);
  const char *arguments[] = { "proxy", verified->part, "--output", NULL, NULL };

  if (told == NULL)
    {
      fail (task, g_steal_pointer (&error));
      return;
    }
  /* the engine's own container: what could be encoded once can be again */
  verified->proxy_part = make_part (self, "proxy", verified->clip->container);
  verified->clip->proxy = inb_paths_dup_proxy (self->root, self->job_id, verified->clip->container);
  arguments[3] = verified->proxy_part;
  run_worker (task, (GStrv) arguments, verified->proxy_part, PROXY_SHARE, proxy_made_cb);
}

static void
inspected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Check *self = g_task_get_task_data (task);
  InbVerified *verified = self->verified;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) told = inb_worker_run_finish (result, &error);
  const char *arguments[] = { "poster", verified->part, "--output", NULL, NULL };

  if (told == NULL || !read_inspection (self, told, &error) ||
      !is_as_asked (verified->clip, &self->expected, &error))
    {
      fail (task, g_steal_pointer (&error));
      return;
    }
  verified->poster_part = make_part (self, "poster", "png");
  arguments[3] = verified->poster_part;
  run_worker (task, (GStrv) arguments, verified->poster_part, 1.0 - INSPECT_SHARE - PROXY_SHARE,
              poster_made_cb);
}

/**
 * inb_verify_async:
 * @root: the data folder
 * @row: a job in VERIFYING, with its part
 * @name: (nullable): what messages call the clip; %NULL: its product and take
 * @expected: (nullable): what the clip must be; %NULL: any whole clip
 * @progress: (nullable) (scope notified): of the whole check
 * @progress_data: for @progress
 * @cancellable: (nullable): ends the workers
 * @callback: (scope async): called on the thread-default main context of the caller
 * @user_data: for @callback
 *
 * Has the clip decoded to its end by a worker, compares it with what was asked, and has its poster
 * and its review copy made. Nothing has a final name yet.
 */
void
inb_verify_async (const char *root, const InbRow *row, const char *name,
                  const InbExpected *expected, InbWorkerProgress progress, gpointer progress_data,
                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Check *self = g_new0 (Check, 1);
  const char *arguments[] = { "inspect", row->part, NULL };

  self->root = g_strdup (root);
  self->job_id = g_strdup (inb_job_get_id (row->job));
  self->name = name != NULL ? g_strdup (name)
                            : g_strdup_printf ("%s-%u", inb_job_get_product_name (row->job),
                                               inb_job_get_take (row->job));
  self->created_us = inb_job_get_created (row->job);
  if (expected != NULL)
    self->expected = *expected;
  self->progress = progress;
  self->progress_data = progress_data;
  self->verified = g_new0 (InbVerified, 1);
  self->verified->clip = inb_clip_new ();
  self->verified->part = g_strdup (row->part);
  g_task_set_source_tag (task, inb_verify_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, self, (GDestroyNotify) check_free);
  run_worker (task, (GStrv) arguments, NULL, INSPECT_SHARE, inspected_cb);
}

/**
 * inb_verify_finish:
 * @result: of inb_verify_async()
 * @error: %INB_ERROR_BAD_CLIP if the clip is not what was asked, and as inb_worker_run_finish()
 *
 * Returns: (transfer full) (nullable): what was found
 */
InbVerified *
inb_verify_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * inb_verified_settle:
 * @self: what was verified; its clip is in the row already
 * @root: the data folder
 * @row: its job
 * @error: as inb_files_move()
 *
 * Gives poster, review copy, notes and, last, the clip their final names, each durably. Where the
 * clip has its name, all the others have theirs.
 *
 * Returns: %TRUE if all are on the disk
 */
gboolean
inb_verified_settle (InbVerified *self, const char *root, const InbRow *row, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->clip->path);

  return inb_files_make_folder (folder, error) &&
         inb_files_move (self->poster_part, self->clip->poster, error) &&
         inb_files_move (self->proxy_part, self->clip->proxy, error) &&
         inb_sidecar_write (root, row, self->clip, error) &&
         inb_files_move (self->part, self->clip->path, error);
}
