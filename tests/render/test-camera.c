/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "render/inb-camera.h"
#include "render/inb-matrix.h"
#include "render/inb-path.h"

#define N_FRAMES 61

static InbCamera *
make_camera (const char *text, guint photo_width, guint photo_height, InbCameraAnchor anchor)
{
  g_autoptr (InbPrompt) prompt = inb_prompt_new (text, NULL);
  InbCameraSetup setup = {
    .photo_width = photo_width,
    .photo_height = photo_height,
    .width = 320,
    .height = 180,
    .fps = 30,
    .n_frames = N_FRAMES,
    .ease = prompt->ease,
    .anchor = anchor,
  };

  return inb_camera_new (prompt, &setup);
}

static void
assert_identity (InbCamera *camera, guint frame)
{
  const double identity[9] = { 1, 0, 0, 0, 1, 0, 0, 0, 1 };
  double matrix[9];

  inb_camera_get_matrix (camera, frame, matrix);
  for (guint i = 0; i < 9; i++)
    g_assert_cmpfloat (fabs (matrix[i] - identity[i]), <, 1e-9);
}

/* Where the middle of the photo goes from the first to the last frame, px. */
static void
get_travel (const char *text, double *x, double *y)
{
  g_autoptr (InbCamera) camera = make_camera (text, 320, 180, INB_CAMERA_FREE);
  double first[9], last[9], x0, y0;

  inb_camera_get_matrix (camera, 0, first);
  inb_camera_get_matrix (camera, N_FRAMES - 1, last);
  inb_matrix_apply (first, 159.5, 89.5, &x0, &y0);
  inb_matrix_apply (last, 159.5, 89.5, x, y);
  *x -= x0;
  *y -= y0;
}

static void
test_push_begins_with_the_photo_and_grows (void)
{
  g_autoptr (InbCamera) camera = make_camera ("push in", 320, 180, INB_CAMERA_FREE);
  double matrix[9], before = 1.0;

  assert_identity (camera, 0);
  g_assert_cmpfloat (inb_camera_get_crop (camera), ==, 1.0);
  for (guint frame = 1; frame < N_FRAMES; frame++)
    {
      inb_camera_get_matrix (camera, frame, matrix);
      g_assert_cmpfloat (matrix[0], >, before);
      before = matrix[0];
    }
  g_assert_cmpfloat_with_epsilon (before, 1.22, 1e-9);
}

static void
test_pull_ends_with_the_photo (void)
{
  g_autoptr (InbCamera) camera = make_camera ("pull out", 320, 180, INB_CAMERA_FREE);
  double matrix[9];

  assert_identity (camera, N_FRAMES - 1);
  inb_camera_get_matrix (camera, 0, matrix);
  g_assert_cmpfloat_with_epsilon (matrix[0], 1.22, 1e-9);
}

static void
test_static_is_the_photo_in_every_frame (void)
{
  g_autoptr (InbCamera) camera = make_camera ("static", 320, 180, INB_CAMERA_FREE);

  for (guint frame = 0; frame < N_FRAMES; frame++)
    assert_identity (camera, frame);
}

/* The camera goes where it is sent, so the picture goes the other way. */
static void
test_directions_are_the_cameras (void)
{
  double x, y;

  get_travel ("pan right", &x, &y);
  g_assert_cmpfloat_with_epsilon (x, -32.0, 0.01);
  g_assert_cmpfloat_with_epsilon (y, 0.0, 1e-9);
  get_travel ("pan left", &x, &y);
  g_assert_cmpfloat_with_epsilon (x, 32.0, 0.01);
  get_travel ("tilt up", &x, &y);
  g_assert_cmpfloat_with_epsilon (y, 0.08 * 180.0, 0.01);
  g_assert_cmpfloat_with_epsilon (x, 0.0, 1e-9);
  get_travel ("tilt down", &x, &y);
  g_assert_cmpfloat_with_epsilon (y, -0.08 * 180.0, 0.01);
}

/* After an orbit to the right the camera stands right of the product: what is right is nearer. */
static void
test_orbit_right_brings_the_right_side_nearer (void)
{
  const char *const texts[] = { "orbit right", "orbit left" };

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (InbCamera) camera = make_camera (texts[i], 320, 180, INB_CAMERA_FREE);
      double matrix[9], left, right;

      inb_camera_get_matrix (camera, N_FRAMES - 1, matrix);
      left = inb_matrix_get_scale (matrix, 60.0, 89.5);
      right = inb_matrix_get_scale (matrix, 260.0, 89.5);
      g_assert_cmpfloat (i == 0 ? right - left : left - right, >, 0.01);
    }
}

/* A camera that leans to its right sees the picture turn counterclockwise. */
static void
test_roll_right_turns_the_picture_left (void)
{
  g_autoptr (InbCamera) camera = make_camera ("roll right", 320, 180, INB_CAMERA_FREE);
  double matrix[9], x0, y0, x1, y1;

  inb_camera_get_matrix (camera, N_FRAMES - 1, matrix);
  inb_matrix_apply (matrix, 100.0, 90.0, &x0, &y0);
  inb_matrix_apply (matrix, 200.0, 90.0, &x1, &y1);
  g_assert_cmpfloat_with_epsilon (atan2 (y1 - y0, x1 - x0), -0.06, 1e-6);
}

static void
test_no_border_shows_in_any_frame (void)
{
  const char *const texts[] = { "pan left",
                                "dramatic tilt up",
                                "orbit right",
                                "roll left",
                                "handheld",
                                "fast handheld orbit left, roll right, pan up",
                                "static",
                                "pull out and pan right",
                                "dramatic roll",
                                "pan left, then dramatic push in and orbit",
                                "pull out, then push in, then pan right",
                                "tilt up, hold, fast tilt down, then handheld roll" };
  const guint sizes[][2] = { { 320, 180 }, { 640, 480 }, { 200, 400 }, { 333, 187 } };

  for (guint i = 0; i < G_N_ELEMENTS (texts) * G_N_ELEMENTS (sizes); i++)
    {
      const guint *size = sizes[i % G_N_ELEMENTS (sizes)];
      g_autoptr (InbCamera) camera =
          make_camera (texts[i / G_N_ELEMENTS (sizes)], size[0], size[1], INB_CAMERA_FREE);

      for (guint frame = 0; frame < N_FRAMES * 4; frame++)
        {
          double matrix[9], back[9], x, y;

          inb_camera_get_matrix (camera, frame / 4, matrix);
          g_assert_true (inb_matrix_invert (matrix, back));
          inb_matrix_apply (back, frame % 2 == 0 ? -0.5 : 319.5, frame % 4 < 2 ? -0.5 : 179.5, &x,
                            &y);
          g_assert_cmpfloat (x, >, -0.5001);
          g_assert_cmpfloat (y, >, -0.5001);
          g_assert_cmpfloat (x, <, size[0] - 0.4999);
          g_assert_cmpfloat (y, <, size[1] - 0.4999);
        }
    }
}

static void
test_the_crop_is_the_smallest_that_does (void)
{
  const struct
  {
    const char *text;
    double crop;
  } cases[] = { { "pan left", 1.10 },
                { "tilt up", 1.08 },
                { "push in", 1.0 },
                { "slow pan left", 1.06 },
                { "push in and pan left", 1.02 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (InbCamera) camera = make_camera (cases[i].text, 320, 180, INB_CAMERA_FREE);

      g_assert_cmpfloat_with_epsilon (inb_camera_get_crop (camera), cases[i].crop, 0.0051);
    }
}

static void
test_anchored_paths_meet_both_photos (void)
{
  const char *const texts[] = {
    "push in", "pull out", "pan left",         "orbit right",
    "roll",    "tilt up",  "handheld push in", "pull out, then push in and pan left",
    "static",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (InbCamera) start = make_camera (texts[i], 320, 180, INB_CAMERA_START);
      g_autoptr (InbCamera) last = make_camera (texts[i], 320, 180, INB_CAMERA_LAST);

      assert_identity (start, 0);
      assert_identity (last, N_FRAMES - 1);
    }
}

static InbPath *
make_path (const char *text)
{
  g_autoptr (InbPrompt) prompt = inb_prompt_new (text, NULL);
  InbPathSetup setup = { 180.0 / 320.0, 30, N_FRAMES, prompt->ease, 0, FALSE, FALSE };

  return inb_path_new (prompt, &setup);
}

static void
test_ease_and_rate (void)
{
  g_autoptr (InbPath) smooth = make_path ("push in");
  g_autoptr (InbPath) linear = make_path ("linear push in");

  g_assert_cmpfloat (inb_path_get_progress (smooth, 0), ==, 0.0);
  g_assert_cmpfloat (inb_path_get_progress (smooth, N_FRAMES - 1), ==, 1.0);
  g_assert_cmpfloat (inb_path_get_progress (smooth, 6), <, 0.02);
  g_assert_cmpfloat_with_epsilon (inb_path_get_progress (linear, 6), 0.1, 1e-12);
  g_assert_cmpfloat_with_epsilon (inb_path_get_progress (linear, 30), 0.5, 1e-12);
}

/* How far the corners of the frame lie apart in two frames, px. */
static double
get_step_length (InbCamera *camera, guint frame)
{
  double before[9], after[9], longest = 0.0;

  inb_camera_get_matrix (camera, frame, before);
  inb_camera_get_matrix (camera, frame + 1, after);
  for (guint corner = 0; corner < 4; corner++)
    {
      double x = corner % 2 * 319.0, y = corner / 2 * 179.0, x0, y0, x1, y1;

      inb_matrix_apply (before, x, y, &x0, &y0);
      inb_matrix_apply (after, x, y, &x1, &y1);
      longest = MAX (longest, hypot (x1 - x0, y1 - y0));
    }
  return longest;
}

static void
test_steps_follow_each_other_without_a_jump (void)
{
  const char *const texts[] = { "pan left, then push in",
                                "push in and roll, then orbit, then tilt down",
                                "pull out, then push in", "handheld pan left, then hold" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (guint anchor = INB_CAMERA_FREE; anchor <= INB_CAMERA_ROUND; anchor++)
      {
        g_autoptr (InbCamera) camera = make_camera (texts[i], 320, 180, (InbCameraAnchor) anchor);
        guint n_steps = i == 1 ? 3 : 2;

        for (guint frame = 0; frame + 1 < N_FRAMES; frame++)
          g_assert_cmpfloat (get_step_length (camera, frame), <, 20.0);
        for (guint joint = 1; i < 3 && joint < n_steps; joint++)
          g_assert_cmpfloat (get_step_length (camera, joint * (N_FRAMES - 1) / n_steps), <, 0.2);
      }
}

static void
test_a_hold_holds (void)
{
  const char *const texts[] = { "push in, then hold", "linear pan left and roll, then hold",
                                "handheld orbit, then hold", "erst heranfahren, dann halten" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (InbCamera) camera = make_camera (texts[i], 320, 180, INB_CAMERA_FREE);
      double still[9], matrix[9];

      g_assert_cmpfloat (get_step_length (camera, N_FRAMES / 4), >, 0.01);
      inb_camera_get_matrix (camera, (N_FRAMES - 1) / 2, still);
      for (guint frame = (N_FRAMES - 1) / 2; frame < N_FRAMES; frame++)
        {
          inb_camera_get_matrix (camera, frame, matrix);
          g_assert_cmpmem (matrix, sizeof matrix, still, sizeof still);
        }
    }
}

/* In its part of the clip a step does what it would do in a clip of its own. */
static void
test_the_parts_of_a_sequence_are_equal (void)
{
  g_autoptr (InbPath) three = make_path ("push in, then hold, then pull out");
  g_autoptr (InbPath) linear = make_path ("linear push in, then pan left, then hold");
  InbPose first, pose;

  for (guint frame = 0; frame <= 20; frame++)
    {
      inb_path_get_pose (three, 0.0, frame, &first);
      inb_path_get_pose (three, 0.0, N_FRAMES - 1 - frame, &pose);
      g_assert_cmpfloat_with_epsilon (first.growth, pose.growth, 1e-12);
      inb_path_get_pose (linear, 0.0, frame, &pose);
      g_assert_cmpfloat_with_epsilon (pose.growth, 0.22 * frame / 20.0, 1e-12);
      inb_path_get_pose (linear, 0.0, 20 + frame, &pose);
      g_assert_cmpfloat_with_epsilon (pose.growth, 0.22, 1e-12);
      g_assert_cmpfloat_with_epsilon (pose.travel_x, -0.1 * frame / 20.0, 1e-12);
      inb_path_get_pose (linear, 0.0, 40 + frame, &pose);
      g_assert_cmpfloat_with_epsilon (pose.travel_x, -0.1, 1e-12);
    }
}

/* There and back again ends at the photo, and it is never seen smaller than it is. */
static void
test_opposite_steps_undo_each_other (void)
{
  g_autoptr (InbCamera) there = make_camera ("push in, then pull out", 320, 180, INB_CAMERA_FREE);
  g_autoptr (InbCamera) back = make_camera ("pull out, then push in", 320, 180, INB_CAMERA_FREE);
  g_autoptr (InbCamera) pan = make_camera ("pan left, then pan right", 320, 180, INB_CAMERA_FREE);

  assert_identity (there, 0);
  assert_identity (there, N_FRAMES - 1);
  assert_identity (back, (N_FRAMES - 1) / 2);
  g_assert_cmpfloat_with_epsilon (inb_camera_get_crop (pan), 1.10, 0.0051);
}

static void
test_a_photo_covers_the_frame (void)
{
  g_autoptr (InbCamera) camera = make_camera ("static", 640, 480, INB_CAMERA_FREE);
  double matrix[9], x, y, tightest, widest;

  inb_camera_get_matrix (camera, 0, matrix);
  inb_matrix_apply (matrix, 319.5, 239.5, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, 159.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (y, 89.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (matrix[0], 0.5, 1e-12);
  inb_camera_get_ratios (camera, &tightest, &widest);
  g_assert_cmpfloat_with_epsilon (tightest, 2.0, 1e-9);
  g_assert_cmpfloat_with_epsilon (widest, 2.0, 1e-9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/camera/push-begins-with-the-photo-and-grows",
                   test_push_begins_with_the_photo_and_grows);
  g_test_add_func ("/camera/pull-ends-with-the-photo", test_pull_ends_with_the_photo);
  g_test_add_func ("/camera/static-is-the-photo-in-every-frame",
                   test_static_is_the_photo_in_every_frame);
  g_test_add_func ("/camera/directions-are-the-cameras", test_directions_are_the_cameras);
  g_test_add_func ("/camera/orbit-right-brings-the-right-side-nearer",
                   test_orbit_right_brings_the_right_side_nearer);
  g_test_add_func ("/camera/roll-right-turns-the-picture-left",
                   test_roll_right_turns_the_picture_left);
  g_test_add_func ("/camera/no-border-shows-in-any-frame", test_no_border_shows_in_any_frame);
  g_test_add_func ("/camera/the-crop-is-the-smallest-that-does",
                   test_the_crop_is_the_smallest_that_does);
  g_test_add_func ("/camera/anchored-paths-meet-both-photos", test_anchored_paths_meet_both_photos);
  g_test_add_func ("/camera/ease-and-rate", test_ease_and_rate);
  g_test_add_func ("/camera/steps-follow-each-other-without-a-jump",
                   test_steps_follow_each_other_without_a_jump);
  g_test_add_func ("/camera/a-hold-holds", test_a_hold_holds);
  g_test_add_func ("/camera/the-parts-of-a-sequence-are-equal",
                   test_the_parts_of_a_sequence_are_equal);
  g_test_add_func ("/camera/opposite-steps-undo-each-other", test_opposite_steps_undo_each_other);
  g_test_add_func ("/camera/a-photo-covers-the-frame", test_a_photo_covers_the_frame);
  return g_test_run ();
}
