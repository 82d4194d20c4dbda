/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-inspect.h"

#include <glib/gi18n.h>

#include "core/inb-error.h"
#include "render/inb-decoder.h"

/* Twenty minutes at 30 frames a second; clips have ten seconds. Bounds the time of a worker. */
#define MAX_FRAMES 36000
/* Sound may be longer than pictures by this much before the pictures count as missing. Chosen. */
#define DURATION_SLACK_NS (GST_SECOND / 2)

typedef struct
{
  InbClipFile *file;
  InbDecoder *decoder;
  guint n_frames;
  gint64 first_ns;
  gint64 end_ns; /* of the last frame */
} Count;

static gboolean
refuse (Count *count, const char *reason, GError **error)
{
  g_set_error (error, INB_ERROR, INB_ERROR_BAD_CLIP,
               /* Translators: the first %s is a file, the second a reason. */
               _ ("“%s” is a damaged video: %s. Get it again from where it came."),
               count->file->name, reason);
  return FALSE;
}

static gboolean
count_frame (Count *count, GstSample *sample, GError **error)
{
  GstClockTime duration = GST_BUFFER_DURATION (gst_sample_get_buffer (sample));
  gint64 time = inb_decoder_get_time (sample);

  if (time < 0)
    return refuse (count, _ ("a picture in it has no time"), error);
  if (count->n_frames == 0 || time < count->first_ns)
    count->first_ns = time;
  if (!GST_CLOCK_TIME_IS_VALID (duration) || duration == 0)
    {
      const InbDecoderStream *stream = inb_decoder_get_stream (count->decoder);

      duration = stream->fps_n > 0
                     ? gst_util_uint64_scale_round (GST_SECOND, stream->fps_d, stream->fps_n)
                     : 0;
    }
  count->end_ns = MAX (count->end_ns, time + (gint64) duration);
  count->n_frames++;
  if (count->n_frames <= MAX_FRAMES)
    return TRUE;
  g_set_error (error, INB_ERROR, INB_ERROR_TOO_LARGE,
               _ ("“%s” has more than %d pictures. Cut it into shorter clips."), count->file->name,
               MAX_FRAMES);
  return FALSE;
}

static double
get_progress (Count *count)
{
  guint64 n_samples = count->file->boxes.n_samples;
  gint64 duration = inb_decoder_get_stream (count->decoder)->duration_ns;

  if (n_samples > 0)
    return MIN ((double) count->n_frames / (double) n_samples, 1.0);
  return duration > 0 ? MIN ((double) count->end_ns / (double) duration, 1.0) : 0.0;
}

static gboolean
count_all (Count *count, InbInspectProgress progress, gpointer user_data, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  while (TRUE)
    {
      g_autoptr (GstSample) sample = inb_decoder_next (count->decoder, &local_error);

      if (sample == NULL)
        break;
      if (!count_frame (count, sample, error))
        return FALSE;
      if (progress != NULL)
        progress (get_progress (count), user_data);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Decoders conceal what is missing; the tables do not. */
static gboolean
check_whole (Count *count, GError **error)
{
  const InbBoxes *boxes = &count->file->boxes;
  gint64 declared = inb_decoder_get_stream (count->decoder)->duration_ns;

  if (count->n_frames == 0)
    return refuse (count, _ ("it has no pictures in it"), error);
  if (!boxes->trimmed && !boxes->fragmented && count->n_frames < boxes->n_samples)
    return refuse (count, _ ("pictures in it cannot be decoded"), error);
  if (declared > count->end_ns + (gint64) DURATION_SLACK_NS)
    return refuse (count, _ ("it is not whole"), error);
  return TRUE;
}

/* Containers round times (WebM to a millisecond); where the rate explains what was measured within
 * half a frame, it is the rate that is exact. */
static void
settle_times (Count *count, InbClip *clip)
{
  const InbDecoderStream *stream = inb_decoder_get_stream (count->decoder);
  gint64 measured = count->end_ns - count->first_ns;
  gint64 nominal;
  int fps_n = (int) stream->fps_n;
  int fps_d = (int) stream->fps_d;

  if (fps_n == 0 && measured > 0)
    gst_video_guess_framerate ((GstClockTime) (measured / count->n_frames), &fps_n, &fps_d);
  clip->fps_n = (guint) fps_n;
  clip->fps_d = (guint) MAX (fps_d, 1);
  clip->duration_ns = measured;
  if (fps_n == 0)
    return;
  nominal = (gint64) gst_util_uint64_scale_round (GST_SECOND * count->n_frames,
                                                  (guint64) clip->fps_d, (guint64) clip->fps_n);
  if (ABS (measured - nominal) <= nominal / count->n_frames / 2 + GST_MSECOND)
    clip->duration_ns = nominal;
}

static char *
dup_nick (GType type, int value)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (type);
  GEnumValue *found = g_enum_get_value (class, value);

  return found == NULL || value == 0 ? NULL : g_strdup (found->value_nick);
}

static void
settle_colors (const InbDecoderStream *stream, InbInspection *result)
{
  if (!stream->has_colors)
    return;
  result->clip->matrix = dup_nick (GST_TYPE_VIDEO_COLOR_MATRIX, (int) stream->colors.matrix);
  result->primaries = dup_nick (GST_TYPE_VIDEO_COLOR_PRIMARIES, (int) stream->colors.primaries);
  result->transfer = dup_nick (GST_TYPE_VIDEO_TRANSFER_FUNCTION, (int) stream->colors.transfer);
  if (stream->colors.range == GST_VIDEO_COLOR_RANGE_16_235)
    result->range = g_strdup ("limited");
  else if (stream->colors.range == GST_VIDEO_COLOR_RANGE_0_255)
    result->range = g_strdup ("full");
}

static InbInspection *
settle (Count *count, const char *path)
{
  const InbDecoderStream *stream = inb_decoder_get_stream (count->decoder);
  g_autoptr (InbInspection) result = g_new0 (InbInspection, 1);

  result->clip = inb_clip_new ();
  result->clip->path = g_canonicalize_filename (path, NULL);
  result->clip->container = g_strdup (count->file->container);
  result->clip->codec = g_strdup (stream->codec);
  result->clip->width = stream->width;
  result->clip->height = stream->height;
  result->clip->n_frames = count->n_frames;
  result->clip->size = count->file->size;
  result->audio = stream->audio;
  result->faststart = g_str_equal (count->file->container, "webm") || count->file->boxes.faststart;
  settle_times (count, result->clip);
  settle_colors (stream, result);
  return g_steal_pointer (&result);
}

/**
 * inb_inspect:
 * @path: a file of any kind
 * @progress: (nullable) (scope call): called for each frame with 0…1
 * @user_data: for @progress
 * @error: %INB_ERROR_NO_ACCESS, %INB_ERROR_BAD_CLIP for what is not a whole video,
 * %INB_ERROR_NO_CODEC if a decoder is not installed, %INB_ERROR_TOO_LARGE beyond 8192 px or 36,000
 * frames
 *
 * Walks the container, then decodes every frame through a locked-down pipeline, and counts. Memory
 * does not grow with the length of the clip.
 *
 * Returns: (transfer full) (nullable): what is known of the clip then
 */
InbInspection *
inb_inspect (const char *path, InbInspectProgress progress, gpointer user_data, GError **error)
{
  g_autoptr (InbClipFile) file = inb_clip_file_open (path, error);
  g_autoptr (InbDecoder) decoder = file != NULL ? inb_decoder_open (file, "", 0, error) : NULL;
  g_autoptr (InbInspection) result = NULL;
  Count count = { .file = file, .decoder = decoder };

  if (decoder == NULL || !count_all (&count, progress, user_data, error) ||
      !check_whole (&count, error))
    return NULL;
  result = settle (&count, path);
  result->clip->sha256 = inb_clip_file_hash (file, error);
  return result->clip->sha256 != NULL ? g_steal_pointer (&result) : NULL;
}

/**
 * inb_inspection_free:
 * @self: (transfer full): what was found
 */
void
inb_inspection_free (InbInspection *self)
{
  g_clear_pointer (&self->clip, inb_clip_free);
  g_free (self->primaries);
  g_free (self->transfer);
  g_free (self->range);
  g_free (self);
}
