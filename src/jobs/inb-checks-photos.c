/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "core/inb-canvas.h"
#include "jobs/inb-checks-private.h"

/* The rules about photos and the frames that are made of them. A frame is planned here by the same
 * functions that the photo worker cuts by, so that both say the same of it. */

/* Shapes that differ by less are one shape: a row of px in a hundred is nobody's loss. */
#define SAME_SHAPE 0.01

typedef struct
{
  guint width;
  guint height;
} Size;

typedef enum
{
  START,
  LAST,
} Which;

static const InbCheckedPhoto *
get_photo (const InbChecking *self, Which which)
{
  return which == START ? &self->situation->start : &self->situation->last;
}

static double
get_shape (const InbCheckedPhoto *photo)
{
  return (double) photo->traits.width / (double) photo->traits.height;
}

static Size
plan (const InbFraming *framing, double aspect, const InbCheckedPhoto *photo,
      const InbLimits *limits)
{
  guint side = INB_MAX_FRAME_SIDE;
  InbFramePlan frame;

  if (limits->max_side > 0)
    side = MIN (side, limits->max_side);
  inb_frame_plan_init (&frame, framing, aspect, photo->traits.width, photo->traits.height, side);
  return (Size){ frame.canvas.width, frame.canvas.height };
}

/* The frame that a photo becomes: the last one in the shape that the first one got. */
static Size
plan_frame (const InbChecking *self, Which which, const InbFraming *framing)
{
  const InbCheckedPhoto *start = &self->situation->start;
  const InbLimits *limits = &self->provider->limits;
  double aspect = inb_ratio_get_aspect (framing->ratio, start->traits.width, start->traits.height);
  Size size = plan (framing, aspect, start, limits);

  if (which == START)
    return size;
  if (framing->ratio == INB_RATIO_ORIGINAL)
    aspect = (double) size.width / (double) size.height;
  return plan (framing, aspect, &self->situation->last, limits);
}

static gboolean
fits (const InbChecking *self, Which which, const InbFraming *framing)
{
  const InbLimits *limits = &self->provider->limits;
  Size size;

  if (get_photo (self, which)->presence != INB_PHOTO_THERE)
    return TRUE;
  size = plan_frame (self, which, framing);
  return !inb_limits_is_small (limits, size.width, size.height) &&
         !inb_limits_is_odd_shape (limits, size.width, size.height);
}

static double
get_distance (const InbCheckedPhoto *photo, InbRatio ratio)
{
  double aspect = inb_ratio_get_aspect (ratio, photo->traits.width, photo->traits.height);

  return fabs (log (aspect / get_shape (photo)));
}

/* Nearest to what was asked for: its own shape with the background continued, then the shapes from
 * the nearest to the photo on, cut before continued. */
static gboolean
find_framing (const InbChecking *self, InbFraming *framing)
{
  const InbCheckedPhoto *start = &self->situation->start;
  InbRatio ratios[] = { framing->ratio, INB_RATIO_16_9, INB_RATIO_9_16, INB_RATIO_1_1 };

  for (guint i = 1; i < G_N_ELEMENTS (ratios); i++)
    for (guint j = i + 1; j < G_N_ELEMENTS (ratios); j++)
      if (get_distance (start, ratios[j]) < get_distance (start, ratios[i]))
        {
          InbRatio nearer = ratios[j];

          ratios[j] = ratios[i];
          ratios[i] = nearer;
        }
  for (guint i = 0; i < G_N_ELEMENTS (ratios); i++)
    for (guint fit = INB_FIT_CROP; fit <= INB_FIT_EXTEND; fit++)
      {
        InbFraming tried = { ratios[i], (InbFit) fit, -1.0, -1.0 };

        if (fits (self, START, &tried) && fits (self, LAST, &tried))
          {
            *framing = tried;
            return TRUE;
          }
      }
  return FALSE;
}

static void
offer_framing (InbChecking *self, InbCheck *check, Which which)
{
  const InbFraming *asked = &self->situation->request->framing;
  InbFix fix = { .kind = INB_FIX_FRAMING, .framing = *asked };

  if (find_framing (self, &fix.framing))
    {
      if (fix.framing.ratio == asked->ratio)
        fix.label = g_strdup (_ ("Extend Background"));
      else if (fix.framing.fit == INB_FIT_EXTEND)
        /* Translators: a shape such as 9:16, with the photo's background continued */
        fix.label =
            g_strdup_printf (_ ("Use %s, Extended"), inb_ratio_to_string (fix.framing.ratio));
      else
        /* Translators: a shape such as 9:16 */
        fix.label = g_strdup_printf (_ ("Use %s"), inb_ratio_to_string (fix.framing.ratio));
      inb_check_take_fix (check, &fix);
      return;
    }
  inb_check_offer (check, which == START ? INB_FIX_CHOOSE_START : INB_FIX_CHOOSE_LAST,
                   _ ("Choose Photo…"));
  if (which == LAST)
    inb_check_offer (check, INB_FIX_REMOVE_LAST, _ ("Remove Last Frame"));
}

/* Of the last frame only where the first one is right: it takes its shape from that. */
static gboolean
look_at_size (InbChecking *self, Which which)
{
  const InbLimits *limits = &self->provider->limits;
  Size size = plan_frame (self, which, &self->situation->request->framing);
  InbCheck *check = NULL;

  if (inb_limits_is_small (limits, size.width, size.height))
    check = inb_checking_add (
        self, INB_RULE_FRAME_TOO_SMALL, INB_CHECK_BLOCKS,
        g_strdup_printf (which == START ? _ ("Start frame is too small: %u×%u px")
                                        : _ ("Last frame is too small: %u×%u px"),
                         size.width, size.height),
        g_strdup_printf (_ ("The shorter side of a frame for %s must have at least %u px. A photo "
                            "is never enlarged: that would add no detail."),
                         inb_provider_get_name (self->provider), limits->min_side));
  else if (inb_limits_is_odd_shape (limits, size.width, size.height))
    check = inb_checking_add (
        self, INB_RULE_FRAME_SHAPE, INB_CHECK_BLOCKS,
        g_strdup_printf (size.width > size.height ? _ ("Frame is too wide: %u×%u px")
                                                  : _ ("Frame is too tall: %u×%u px"),
                         size.width, size.height),
        g_strdup_printf (
            _ ("%s takes frames whose width is between %.2g and %.2g times their height."),
            inb_provider_get_name (self->provider), limits->min_ratio, limits->max_ratio));
  if (check == NULL)
    return TRUE;
  offer_framing (self, check, which);
  return FALSE;
}

/* With the photo's own framing a last photo of another shape is cut to the start's. */
static void
look_at_difference (InbChecking *self)
{
  const InbSituation *situation = self->situation;
  const InbFraming *framing = &situation->request->framing;
  InbFix fix = { .kind = INB_FIX_FRAMING, .framing = *framing };
  InbFraming extended = { INB_RATIO_ORIGINAL, INB_FIT_EXTEND, -1.0, -1.0 };
  InbCheck *check;

  if (framing->ratio != INB_RATIO_ORIGINAL || framing->fit != INB_FIT_CROP ||
      fabs (get_shape (&situation->last) / get_shape (&situation->start) - 1.0) < SAME_SHAPE)
    return;
  check = inb_checking_add (
      self, INB_RULE_FRAMES_DIFFER, INB_CHECK_WARNING,
      g_strdup (_ ("The photos differ in shape: the last one is cropped")),
      g_strdup_printf (
          /* Translators: width and height of the start photo, then of the last one */
          _ ("Both frames of a clip have one shape. The start photo has %u×%u px, the last one "
             "%u×%u px; what lies outside the start's shape is cut off the last one."),
          situation->start.traits.width, situation->start.traits.height,
          situation->last.traits.width, situation->last.traits.height));
  if (!fits (self, LAST, &extended))
    return;
  fix.framing.fit = INB_FIT_EXTEND;
  fix.label = g_strdup (_ ("Extend Background"));
  inb_check_take_fix (check, &fix);
}

static void
look_at_file (InbChecking *self, Which which)
{
  const InbPhotoTraits *traits = &get_photo (self, which)->traits;
  const InbLimits *limits = &self->provider->limits;
  g_autofree char *size = g_format_size ((guint64) traits->bytes);
  g_autofree char *most = g_format_size ((guint64) limits->max_bytes);

  if (limits->max_bytes > 0 && traits->bytes > limits->max_bytes)
    inb_checking_add (
        self, INB_RULE_PHOTO_TOO_LARGE, INB_CHECK_NOTE,
        /* Translators: %s is a file size */
        g_strdup_printf (which == START ? _ ("Start photo is %s: a smaller copy is sent")
                                        : _ ("Last photo is %s: a smaller copy is sent"),
                         size),
        /* Translators: a provider, a file size */
        g_strdup_printf (_ ("%s takes frames of at most %s. A copy is made that fits, reduced no "
                            "further than that takes; your file stays as it is."),
                         inb_provider_get_name (self->provider), most));
  if (traits->transparent && !limits->alpha)
    inb_checking_add (
        self, INB_RULE_PHOTO_TRANSPARENT, INB_CHECK_NOTE,
        g_strdup (which == START ? _ ("Start photo is see-through: it is put on white")
                                 : _ ("Last photo is see-through: it is put on white")),
        g_strdup_printf (_ ("%s takes no transparency. What is seen through the photo becomes "
                            "white. For another background, export it with one."),
                         inb_provider_get_name (self->provider)));
  if (!traits->converted)
    return;
  inb_checking_add (
      self, INB_RULE_PHOTO_CONVERTED, INB_CHECK_NOTE,
      /* Translators: “CMYK”, or the name of a colour profile */
      g_strdup_printf (which == START ? _ ("Start photo is %s: converted to sRGB")
                                      : _ ("Last photo is %s: converted to sRGB"),
                       g_str_equal (traits->colour, "cmyk") ? "CMYK"
                       : *traits->profile != '\0'           ? traits->profile
                                                            : _ ("not RGB")),
      g_strdup (
          _ ("Clips are sRGB. Colours are converted by the photo's own profile, perceptually; "
             "those that sRGB does not have come out less saturated.")));
}

/* Whether it is there to be looked at; says what is missing if not. */
static gboolean
look_at_presence (InbChecking *self, Which which)
{
  const InbCheckedPhoto *photo = get_photo (self, which);
  InbCheck *check;

  switch (photo->presence)
    {
    case INB_PHOTO_THERE:
      return TRUE;
    case INB_PHOTO_LOADING:
      inb_checking_add (self, which == START ? INB_RULE_START_LOADING : INB_RULE_LAST_LOADING,
                        INB_CHECK_WANTING,
                        g_strdup (which == START ? _ ("Reading the start frame…")
                                                 : _ ("Reading the last frame…")),
                        NULL);
      return FALSE;
    case INB_PHOTO_UNREADABLE:
      check = inb_checking_add (
          self, which == START ? INB_RULE_START_UNREADABLE : INB_RULE_LAST_UNREADABLE,
          INB_CHECK_BLOCKS,
          g_strdup (which == START ? _ ("Start photo cannot be read")
                                   : _ ("Last photo cannot be read")),
          g_strdup (photo->problem));
      inb_check_offer (check, which == START ? INB_FIX_CHOOSE_START : INB_FIX_CHOOSE_LAST,
                       _ ("Choose Photo…"));
      if (which == LAST)
        inb_check_offer (check, INB_FIX_REMOVE_LAST, _ ("Remove Last Frame"));
      return FALSE;
    case INB_PHOTO_ABSENT:
    default:
      if (which == START)
        inb_check_offer (inb_checking_add (self, INB_RULE_START_MISSING, INB_CHECK_WANTING,
                                           g_strdup (_ ("Choose a start frame first")), NULL),
                         INB_FIX_CHOOSE_START, _ ("Choose Photo…"));
      return FALSE;
    }
}

/* Rules about the two photos; one that is both is looked at once. */
void
inb_checking_look_at_photos (InbChecking *self)
{
  const InbRequest *request = self->situation->request;
  gboolean is_loop = request->last != NULL && g_strcmp0 (request->start, request->last) == 0;
  gboolean start = look_at_presence (self, START);
  gboolean last = !is_loop && look_at_presence (self, LAST);

  if (start)
    {
      gboolean fits_alone = look_at_size (self, START);

      look_at_file (self, START);
      if (last && fits_alone)
        look_at_size (self, LAST);
      if (last)
        look_at_difference (self);
    }
  if (last)
    look_at_file (self, LAST);
}
