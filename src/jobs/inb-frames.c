/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-frames.h"

#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "core/inb-error.h"
#include "jobs/inb-worker.h"
#include "store/inb-files.h"
#include "store/inb-paths.h"

/* Goes up when the photo worker would make another picture of the same request, so that frames made
 * before are not taken for it. */
#define RECIPE_VERSION 1

typedef struct
{
  char *root;
  InbRequest *request;
  char *limits_id;
  InbLimits limits;
  InbFrames *frames;
  char *temporary;
  char *temporary_matte; /* NULL: nothing is marked, or it is framed already */
} Preparation;

static void prepare_next (GTask *task);

/**
 * inb_frames_free:
 * @self: (transfer full): frames
 */
void
inb_frames_free (InbFrames *self)
{
  g_free (self->start);
  g_free (self->last);
  g_free (self);
}

static void
preparation_free (Preparation *self)
{
  g_free (self->root);
  inb_request_free (self->request);
  g_free (self->limits_id);
  g_clear_pointer (&self->frames, inb_frames_free);
  g_free (self->temporary);
  g_free (self->temporary_matte);
  g_free (self);
}

/**
 * inb_frames_read_size:
 * @path: a PNG file of our own making
 * @width: (out): px
 * @height: (out): px
 *
 * Reads the size from its first 24 bytes (PNG specification 11.2.2: signature, IHDR, two 32-bit
 * big-endian numbers); nothing is decoded.
 *
 * Returns: %FALSE if it is not there or no PNG
 */
gboolean
inb_frames_read_size (const char *path, guint *width, guint *height)
{
  static const guchar signature[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  guchar head[24];
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gssize got;

  if (fd < 0)
    return FALSE;
  got = read (fd, head, sizeof head);
  close (fd);
  if (got != sizeof head || memcmp (head, signature, sizeof signature) != 0 ||
      memcmp (head + 12, "IHDR", 4) != 0)
    return FALSE;
  *width = (guint) head[16] << 24 | (guint) head[17] << 16 | (guint) head[18] << 8 | head[19];
  *height = (guint) head[20] << 24 | (guint) head[21] << 16 | (guint) head[22] << 8 | head[23];
  return *width > 0 && *height > 0;
}

/**
 * inb_frames_start_arguments:
 * @root: the data folder
 * @photo: SHA-256 of a kept photo
 * @framing: how it becomes a frame
 * @aspect: (nullable): "W:H", the shape that another frame got already; %NULL: by @framing
 * @matte: (nullable): SHA-256 of the kept picture in which its product is marked, to be framed
 * alike
 *
 * Returns: (transfer full): what every photo worker that frames a kept photo is called with; what
 * it is wanted for comes behind it
 */
GStrvBuilder *
inb_frames_start_arguments (const char *root, const char *photo, const InbFraming *framing,
                            const char *aspect, const char *matte)
{
  GStrvBuilder *builder = g_strv_builder_new ();
  g_autofree char *path = inb_paths_dup_photo (root, photo);
  g_autofree char *focus = inb_focus_to_string (framing->focus_x, framing->focus_y);

  g_strv_builder_add_many (builder, "photo", path, "--framing",
                           inb_ratio_to_string (framing->ratio), "--fit",
                           inb_fit_to_string (framing->fit), NULL);
  if (focus != NULL)
    g_strv_builder_add_many (builder, "--focus", focus, NULL);
  if (aspect != NULL)
    g_strv_builder_add_many (builder, "--aspect", aspect, NULL);
  if (matte != NULL)
    {
      g_autofree char *marked = inb_paths_dup_photo (root, matte);

      g_strv_builder_add_many (builder, "--matte", marked, NULL);
    }
  return builder;
}

/* Both frames have one geometry: the last one takes the shape that the start got. */
static char *
format_aspect (const Preparation *self)
{
  return self->frames->start != NULL
             ? g_strdup_printf ("%u:%u", self->frames->width, self->frames->height)
             : NULL;
}

/* What messages call the photo: the worker itself knows only its hash. */
static const char *
get_name (const Preparation *self)
{
  return self->frames->start == NULL ? self->request->start_name : self->request->last_name;
}

static const char *
get_photo (const Preparation *self)
{
  return self->frames->start == NULL ? self->request->start : self->request->last;
}

/* A frame is named after all that decides what it looks like, so the same is never made twice. */
static char *
dup_frame_path (const Preparation *self)
{
  const InbFraming *framing = &self->request->framing;
  const InbLimits *limits = &self->limits;
  g_autofree char *focus = inb_focus_to_string (framing->focus_x, framing->focus_y);
  g_autofree char *aspect = format_aspect (self);
  g_autofree char *ratios =
      g_strdup_printf ("%d %d", (int) (limits->min_ratio * 1e6), (int) (limits->max_ratio * 1e6));
  g_autofree char *recipe =
      g_strdup_printf ("%d\n%s\n%s\n%s\n%s\n%s\n%u %" G_GINT64_FORMAT " %u %u %s %d\n",
                       RECIPE_VERSION, get_photo (self), inb_ratio_to_string (framing->ratio),
                       inb_fit_to_string (framing->fit), focus != NULL ? focus : "attention",
                       aspect != NULL ? aspect : "free", (guint) limits->formats, limits->max_bytes,
                       limits->min_side, limits->max_side, ratios, limits->alpha);
  g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, recipe, -1);

  return inb_paths_dup_frame (self->root, name, "png");
}

static GStrv
make_arguments (const Preparation *self)
{
  g_autofree char *aspect = format_aspect (self);
  g_autoptr (GStrvBuilder) builder =
      inb_frames_start_arguments (self->root, get_photo (self), &self->request->framing, aspect,
                                  self->temporary_matte != NULL ? self->request->matte : NULL);

  g_strv_builder_add_many (builder, "--limits", self->limits_id, "--output", self->temporary, NULL);
  if (self->temporary_matte != NULL)
    g_strv_builder_add_many (builder, "--matte-output", self->temporary_matte, NULL);
  if (get_name (self) != NULL)
    g_strv_builder_add_many (builder, "--name", get_name (self), NULL);
  return g_strv_builder_end (builder);
}

/**
 * inb_frames_dup_matte:
 * @root: the data folder
 * @start: path of a start frame
 * @matte: (nullable): SHA-256 of the picture in which its photo's product is marked
 *
 * Returns: (transfer full) (nullable): absolute path of the same, framed like @start
 */
char *
inb_frames_dup_matte (const char *root, const char *start, const char *matte)
{
  g_autofree char *frame = g_path_get_basename (start);
  g_autofree char *recipe = g_strjoin ("\n", frame, matte, NULL);
  g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, recipe, -1);

  return matte != NULL ? inb_paths_dup_frame (root, name, "png") : NULL;
}

/* The start frame's; %NULL: none is wanted for the frame that is made now. */
static char *
dup_matte_path (const Preparation *self, const char *path)
{
  return self->frames->start == NULL ? inb_frames_dup_matte (self->root, path, self->request->matte)
                                     : NULL;
}

/* Takes @path as the next frame. */
static gboolean
accept_frame (Preparation *self, const char *path)
{
  g_autofree char *matte = dup_matte_path (self, path);
  guint width, height;

  if (matte != NULL && !inb_frames_read_size (matte, &width, &height))
    return FALSE;
  if (!inb_frames_read_size (path, &width, &height))
    return FALSE;
  if (self->frames->start == NULL)
    {
      self->frames->start = g_strdup (path);
      self->frames->width = width;
      self->frames->height = height;
    }
  else
    self->frames->last = g_strdup (path);
  return TRUE;
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Preparation *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) told = inb_worker_run_finish (result, &error);
  g_autofree char *path = dup_frame_path (self);
  g_autofree char *matte = dup_matte_path (self, path);
  guint width, height;

  if (told != NULL &&
      (!inb_frames_read_size (self->temporary, &width, &height) ||
       (matte != NULL && !inb_frames_read_size (self->temporary_matte, &width, &height))))
    g_set_error_literal (&error, INB_ERROR, INB_ERROR_WORKER,
                         _ ("The photo worker left no frame. Try again."));
  else if (told != NULL &&
           (matte == NULL || inb_files_move (self->temporary_matte, matte, &error)) &&
           inb_files_move (self->temporary, path, &error) && accept_frame (self, path))
    {
      prepare_next (task);
      return;
    }
  unlink (self->temporary);
  if (self->temporary_matte != NULL)
    unlink (self->temporary_matte);
  g_task_return_error (task, g_steal_pointer (&error));
}

static void
prepare_next (GTask *task)
{
  Preparation *self = g_task_get_task_data (task);
  g_autofree char *path = NULL;
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *name = g_strdup_printf ("job-frame-%s.png", uuid);
  g_autofree char *matte_name = g_strdup_printf ("job-matte-%s.png", uuid);
  g_auto (GStrv) arguments = NULL;

  if (self->frames->start != NULL && (self->frames->last != NULL || self->request->last == NULL))
    {
      g_task_return_pointer (task, g_steal_pointer (&self->frames),
                             (GDestroyNotify) inb_frames_free);
      return;
    }
  path = dup_frame_path (self);
  if (accept_frame (self, path))
    {
      prepare_next (task);
      return;
    }
  g_free (self->temporary);
  self->temporary = inb_paths_dup_temporary (self->root, name);
  g_free (self->temporary_matte);
  self->temporary_matte = self->frames->start == NULL && self->request->matte != NULL
                              ? inb_paths_dup_temporary (self->root, matte_name)
                              : NULL;
  arguments = make_arguments (self);
  inb_worker_run_async ((const char *const *) arguments, self->temporary, NULL, NULL,
                        g_task_get_cancellable (task), made_cb, g_object_ref (task));
}

/**
 * inb_frames_prepare_async:
 * @root: the data folder
 * @request: what is asked for; its photos are kept
 * @limits_id: id of the provider whose limits hold
 * @limits: the same limits, which are part of the frame's name
 * @cancellable: (nullable): ends the worker
 * @callback: (scope async): called on the thread-default main context of the caller
 * @user_data: for @callback
 *
 * Makes the start frame and, in the same geometry, what is marked in it and the last frame, each by
 * a photo worker, durably in frames/; one that is there already is used as it is.
 */
void
inb_frames_prepare_async (const char *root, const InbRequest *request, const char *limits_id,
                          const InbLimits *limits, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Preparation *self = g_new0 (Preparation, 1);

  self->root = g_strdup (root);
  self->request = inb_request_copy (request);
  self->limits_id = g_strdup (limits_id);
  self->limits = *limits;
  self->frames = g_new0 (InbFrames, 1);
  g_task_set_source_tag (task, inb_frames_prepare_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, self, (GDestroyNotify) preparation_free);
  prepare_next (task);
}

/**
 * inb_frames_prepare_finish:
 * @result: of inb_frames_prepare_async()
 * @error: as inb_worker_run_finish() and inb_files_move()
 *
 * Returns: (transfer full) (nullable): the frames
 */
InbFrames *
inb_frames_prepare_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
