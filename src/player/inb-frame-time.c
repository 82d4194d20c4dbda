/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "player/inb-frame-time.h"

#include <gst/gst.h>

/**
 * inb_frame_time_get_middle:
 * @clip: a clip whose frame rate is known
 * @frame: number of a frame, from 0
 *
 * Where to seek to for a frame: at its edge, rounded to whole ns, the frame before answers.
 *
 * Returns: ns from the clip's start to the middle of that frame
 */
gint64
inb_frame_time_get_middle (const InbClip *clip, guint frame)
{
  return (gint64) gst_util_uint64_scale (2 * (guint64) frame + 1, clip->fps_d * GST_SECOND,
                                         2 * (guint64) clip->fps_n);
}

/**
 * inb_frame_time_get_end:
 * @clip: a clip whose frame rate and number of frames are known
 *
 * Returns: ns from the clip's start to the end of its last frame, rounded down
 */
gint64
inb_frame_time_get_end (const InbClip *clip)
{
  return inb_clip_get_frame_start (clip, clip->n_frames);
}

/**
 * inb_frame_time_get_frame:
 * @clip: a clip whose frame rate and number of frames are known
 * @stream_ns: ns from the clip's start, ≥ 0, at which a picture begins
 *
 * A tenth of a frame (chosen by eye) is forgiven below a frame's start, because containers round:
 * WebM to whole ms. Half a frame would be too much: after an accurate seek a picture begins at the
 * seek's position, which is a frame's middle.
 *
 * Returns: number of the picture's frame, from 0, at most the last one's
 */
guint
inb_frame_time_get_frame (const InbClip *clip, gint64 stream_ns)
{
  guint64 tenths = gst_util_uint64_scale ((guint64) stream_ns, 10 * (guint64) clip->fps_n,
                                          clip->fps_d * GST_SECOND);

  return (guint) MIN ((tenths + 1) / 10, clip->n_frames - 1);
}
