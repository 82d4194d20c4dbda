/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/inb-clip.h"

static InbClip *
make_clip (guint fps_n, guint fps_d)
{
  InbClip *clip = inb_clip_new ();

  clip->path = g_strdup ("/tmp/clip.mp4");
  clip->poster = g_strdup ("/tmp/poster.jpg");
  clip->fps_n = fps_n;
  clip->fps_d = fps_d;
  return clip;
}

static void
test_clip_copy_is_independent (void)
{
  g_autoptr (InbClip) clip = make_clip (30, 1);
  g_autoptr (InbClip) copy = inb_clip_copy (clip);

  g_assert_cmpstr (copy->path, ==, clip->path);
  g_assert_true (copy->path != clip->path);
  g_assert_cmpstr (copy->poster, ==, "/tmp/poster.jpg");
  g_assert_null (copy->proxy);
}

static void
test_clip_frame_starts_do_not_drift (void)
{
  g_autoptr (InbClip) ntsc = make_clip (30000, 1001);
  g_autoptr (InbClip) film = make_clip (24, 1);

  g_assert_cmpint (inb_clip_get_frame_start (ntsc, 30000), ==, G_GINT64_CONSTANT (1001000000000));
  g_assert_cmpint (inb_clip_get_frame_start (film, 1), ==, 41666666);
  g_assert_cmpint (inb_clip_get_frame_start (film, 240), ==, G_GINT64_CONSTANT (10000000000));
}

static void
assert_time (const InbClip *clip, guint frame, const char *expected)
{
  g_autofree char *text = inb_clip_format_time (clip, frame);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_clip_time_counts_as_editors_do (void)
{
  g_autoptr (InbClip) clip = make_clip (30, 1);
  g_autoptr (InbClip) ntsc = make_clip (30000, 1001);

  assert_time (clip, 0, "00:00:00");
  assert_time (clip, 29, "00:00:29");
  assert_time (clip, 30, "00:01:00");
  assert_time (clip, 69, "00:02:09");
  assert_time (clip, 1800, "01:00:00");
  assert_time (ntsc, 30, "00:01:00");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clip/copy", test_clip_copy_is_independent);
  g_test_add_func ("/clip/frame-start", test_clip_frame_starts_do_not_drift);
  g_test_add_func ("/clip/time", test_clip_time_counts_as_editors_do);
  return g_test_run ();
}
