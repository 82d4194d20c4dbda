/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/inb-clip.h"

G_DEFINE_BOXED_TYPE (InbClip, inb_clip, inb_clip_copy, inb_clip_free)

/**
 * inb_clip_new:
 *
 * Returns: (transfer full): a clip of which nothing is known
 */
InbClip *
inb_clip_new (void)
{
  InbClip *self = g_new0 (InbClip, 1);

  self->fps_d = 1;
  return self;
}

/**
 * inb_clip_copy:
 * @self: a clip
 *
 * Returns: (transfer full): the same again
 */
InbClip *
inb_clip_copy (const InbClip *self)
{
  InbClip *copy = g_memdup2 (self, sizeof *self);

  copy->path = g_strdup (self->path);
  copy->sha256 = g_strdup (self->sha256);
  copy->proxy = g_strdup (self->proxy);
  copy->poster = g_strdup (self->poster);
  copy->container = g_strdup (self->container);
  copy->codec = g_strdup (self->codec);
  copy->matrix = g_strdup (self->matrix);
  return copy;
}

/**
 * inb_clip_free:
 * @self: (transfer full): a clip
 */
void
inb_clip_free (InbClip *self)
{
  g_free (self->path);
  g_free (self->sha256);
  g_free (self->proxy);
  g_free (self->poster);
  g_free (self->container);
  g_free (self->codec);
  g_free (self->matrix);
  g_free (self);
}

/**
 * inb_clip_get_frame_start:
 * @self: a clip whose frame rate is known
 * @frame: number of a frame, from 0
 *
 * Returns: ns from the clip's start to that frame's start, rounded down
 */
gint64
inb_clip_get_frame_start (const InbClip *self, guint frame)
{
  g_return_val_if_fail (self->fps_n > 0, 0);
  return (gint64) ((guint64) frame * G_GUINT64_CONSTANT (1000000000) * self->fps_d / self->fps_n);
}

/**
 * inb_clip_format_time:
 * @self: a clip whose frame rate is known
 * @frame: number of a frame, from 0
 *
 * Returns: (transfer full): the start of the frame as minutes, seconds and frames, "00:02:09":
 * editors count so
 */
char *
inb_clip_format_time (const InbClip *self, guint frame)
{
  guint rate = MAX (1, (self->fps_n + self->fps_d / 2) / self->fps_d);
  guint seconds = frame / rate;

  return g_strdup_printf ("%02u:%02u:%02u", seconds / 60, seconds % 60, frame % rate);
}
