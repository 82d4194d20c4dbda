/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-path.h"

#include <math.h>

#include "render/inb-random.h"

/* Share of a clip in which handheld wandering fades in where a frame has to be the photo. */
#define SETTLE 0.15

/* Five sines of a hand: Hz and share, falling with the frequency. Chosen by eye. */
#define N_SINES 5
static const double hand_hz[N_SINES] = { 0.31, 0.67, 1.13, 1.9, 3.1 };
static const double hand_share[N_SINES] = { 0.40, 0.27, 0.17, 0.10, 0.06 };

typedef enum
{
  HAND_X,
  HAND_Y,
  HAND_ROLL,
  N_HAND,
} HandAxis;

/* What is sideways, so that a path may begin beside the photo's middle. */
typedef enum
{
  SIDE_X,
  SIDE_Y,
  SIDE_ORBIT,
  N_SIDES,
} Side;

/* What one part of the clip adds to where the camera was before. */
typedef struct
{
  double push;           /* of the product's growth */
  double pull;           /* the same backwards */
  double sides[N_SIDES]; /* of the frame's width, right and down; radians, to the right */
  double roll;           /* radians; positive: the camera leans right */
  double handheld;       /* of the frame's width, and radians; while the step lasts */
} Step;

/* Where the camera goes, before it looks at anything. */
struct _InbPath
{
  InbPathSetup setup;
  Step steps[INB_MAX_STEPS];
  guint n_steps;
  double base; /* growth where all pushes are at their start and all pulls at their end */
  guint farthest[N_SIDES]; /* steps up to where the path is farthest from its start */
  double phases[N_HAND][N_SINES];
};

static double
ease (InbEase kind, double t)
{
  /* quintic with no speed and no acceleration at both ends (Perlin 2002) */
  return kind == INB_EASE_LINEAR ? t : t * t * t * (t * (t * 6.0 - 15.0) + 10.0);
}

static double
get_time (const InbPath *self, guint frame)
{
  return self->setup.n_frames > 1 ? (double) frame / (self->setup.n_frames - 1) : 0.0;
}

/* The clip's time is parted equally among the steps. */
static double
get_step_time (const InbPath *self, guint step, double t)
{
  return CLAMP (t * self->n_steps - step, 0.0, 1.0);
}

static double
get_step_progress (const InbPath *self, guint step, double t)
{
  double e = ease (self->setup.ease, get_step_time (self, step, t));

  return self->setup.returns ? 4.0 * e * (1.0 - e) : e;
}

/* Wandering fades out where its step meets another. */
static double
get_handheld (const InbPath *self, double t)
{
  double sum = 0.0;

  for (guint i = 0; i < self->n_steps; i++)
    {
      double local = t * self->n_steps - i, fade = 1.0;

      if (i > 0)
        fade = CLAMP (local / SETTLE, 0.0, 1.0);
      if (i + 1 < self->n_steps)
        fade = MIN (fade, CLAMP ((1.0 - local) / SETTLE, 0.0, 1.0));
      sum += self->steps[i].handheld * ease (INB_EASE_SMOOTH, fade);
    }
  return sum;
}

static double
get_hand (const InbPath *self, HandAxis axis, guint frame)
{
  double seconds = (double) frame / self->setup.fps;
  double sum = 0.0;

  for (guint i = 0; i < N_SINES; i++)
    sum += hand_share[i] * sin (2.0 * G_PI * hand_hz[i] * seconds + self->phases[axis][i]);
  if (self->setup.settles)
    sum *= inb_path_get_settling (self, frame);
  return get_handheld (self, get_time (self, frame)) * sum;
}

static void
read_step (const InbPrompt *prompt, guint number, double height, Step *step)
{
  double amounts[INB_N_MOVES];

  for (guint i = 0; i < INB_N_MOVES; i++)
    amounts[i] = inb_prompt_get_step_amount (prompt, (InbMove) i, number);
  step->push = amounts[INB_MOVE_PUSH];
  step->pull = amounts[INB_MOVE_PULL];
  step->sides[SIDE_X] = amounts[INB_MOVE_PAN_RIGHT] - amounts[INB_MOVE_PAN_LEFT];
  step->sides[SIDE_Y] = (amounts[INB_MOVE_TILT_DOWN] - amounts[INB_MOVE_TILT_UP]) * height;
  step->sides[SIDE_ORBIT] = amounts[INB_MOVE_ORBIT_RIGHT] - amounts[INB_MOVE_ORBIT_LEFT];
  step->roll = amounts[INB_MOVE_ROLL_RIGHT] - amounts[INB_MOVE_ROLL_LEFT];
  step->handheld = amounts[INB_MOVE_HANDHELD];
}

/* The product is never smaller than in the photo: the path begins as near as it has to. */
static void
find_base (InbPath *self)
{
  double growth = 0.0, least = 0.0, pulls = 0.0;

  for (guint i = 0; i < self->n_steps; i++)
    {
      growth += self->steps[i].push - self->steps[i].pull;
      pulls += self->steps[i].pull;
      least = MIN (least, growth);
    }
  self->base = -least - pulls;
}

static void
find_farthest (InbPath *self, Side side)
{
  double way = 0.0, most = 0.0;

  for (guint i = 0; i < self->n_steps; i++)
    {
      way += self->steps[i].sides[side];
      if (fabs (way) <= most)
        continue;
      most = fabs (way);
      self->farthest[side] = i + 1;
    }
}

static void
read_moves (InbPath *self, const InbPrompt *prompt)
{
  self->n_steps = prompt->n_steps;
  for (guint i = 0; i < self->n_steps; i++)
    {
      Step *step = &self->steps[i];

      read_step (prompt, i, self->setup.height, step);
      if (self->setup.returns && step->pull > 0.0) /* there is only one way out */
        {
          step->push = step->pull;
          step->pull = 0.0;
        }
    }
  find_base (self);
  for (guint i = 0; i < N_SIDES; i++)
    find_farthest (self, (Side) i);
}

/**
 * inb_path_new:
 * @prompt: (transfer none): the moves and their amounts
 * @setup: (transfer none): the clip
 *
 * Returns: (transfer full): where the camera goes: a pure function of the frame's number
 */
InbPath *
inb_path_new (const InbPrompt *prompt, const InbPathSetup *setup)
{
  InbPath *self = g_new0 (InbPath, 1);

  self->setup = *setup;
  read_moves (self, prompt);
  for (guint axis = 0; axis < N_HAND; axis++)
    for (guint i = 0; i < N_SINES; i++)
      self->phases[axis][i] = 2.0 * G_PI * inb_random_get (setup->seed, 1000 + axis * N_SINES + i);
  return self;
}

/**
 * inb_path_copy:
 * @self: (transfer none): a path
 *
 * Returns: (transfer full): the same
 */
InbPath *
inb_path_copy (const InbPath *self)
{
  return g_memdup2 (self, sizeof *self);
}

/**
 * inb_path_free:
 * @self: (transfer full): a path
 */
void
inb_path_free (InbPath *self)
{
  g_free (self);
}

/**
 * inb_path_get_progress:
 * @self: a path
 * @frame: number of a frame
 *
 * Returns: 0…1: how far along its path, of several steps along one of them, the camera is: 0 in the
 * first frame and 1 in the last; of a round trip 1 halfway and 0 in the last
 */
double
inb_path_get_progress (const InbPath *self, guint frame)
{
  double progress = 0.0;

  for (guint i = 0; i < self->n_steps; i++)
    progress = MAX (progress, get_step_progress (self, i, get_time (self, frame)));
  return progress;
}

/**
 * inb_path_get_settling:
 * @self: a path
 * @frame: number of a frame
 *
 * Returns: 0 at both ends of the clip, 1 between
 */
double
inb_path_get_settling (const InbPath *self, guint frame)
{
  double t = get_time (self, frame);

  return ease (INB_EASE_SMOOTH, CLAMP (MIN (t, 1.0 - t) / SETTLE, 0.0, 1.0));
}

static double
get_side (const InbPath *self, Side side, double origin, double t)
{
  double sum = 0.0;

  for (guint i = 0; i < self->n_steps; i++)
    sum += self->steps[i].sides[side] *
           (get_step_progress (self, i, t) - (i < self->farthest[side] ? origin : 0.0));
  return sum;
}

static void
get_pose (const InbPath *self, double origin, double t, InbPose *pose)
{
  *pose = (InbPose){ .growth = self->base };
  for (guint i = 0; i < self->n_steps; i++)
    {
      double e = get_step_progress (self, i, t);

      pose->growth += self->steps[i].push * e + self->steps[i].pull * (1.0 - e);
      pose->lean += self->steps[i].roll * e;
    }
  pose->travel_x = get_side (self, SIDE_X, origin, t);
  pose->travel_y = get_side (self, SIDE_Y, origin, t);
  pose->orbit = get_side (self, SIDE_ORBIT, origin, t);
}

/**
 * inb_path_get_pose:
 * @self: a path
 * @origin: 0…1: where along a sideways path the photo's middle lies: 0 where it begins,
 * 1 where it is farthest from there
 * @frame: number of a frame
 * @pose: (out): where the camera is
 */
void
inb_path_get_pose (const InbPath *self, double origin, guint frame, InbPose *pose)
{
  get_pose (self, origin, get_time (self, frame), pose);
  if (!(get_handheld (self, get_time (self, frame)) > 0.0))
    return;
  pose->travel_x += get_hand (self, HAND_X, frame);
  pose->travel_y += get_hand (self, HAND_Y, frame);
  pose->lean += get_hand (self, HAND_ROLL, frame);
}

/**
 * inb_path_get_end:
 * @self: a path that begins at the photo's middle
 * @last: whether the last frame is meant, or the first
 * @pose: (out): where the camera is there, without wandering
 */
void
inb_path_get_end (const InbPath *self, gboolean last, InbPose *pose)
{
  get_pose (self, 0.0, last ? 1.0 : 0.0, pose);
}
