/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/inb-framing.h"

#include <glib/gi18n.h>
#include <math.h>

#include "core/inb-error.h"

static const char *const ratio_names[] = { "original", "16:9", "9:16", "1:1" };
static const char *const fit_names[] = { "crop", "extend" };

static gboolean
find_name (const char *const *names, guint n_names, const char *text, guint *index)
{
  for (guint i = 0; i < n_names; i++)
    if (g_strcmp0 (names[i], text) == 0)
      {
        *index = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * inb_ratio_to_string:
 * @ratio: a ratio
 *
 * Returns: (transfer none): the word of the command line and the database
 */
const char *
inb_ratio_to_string (InbRatio ratio)
{
  g_return_val_if_fail ((guint) ratio < G_N_ELEMENTS (ratio_names), NULL);
  return ratio_names[ratio];
}

/**
 * inb_ratio_from_string:
 * @text: (nullable): a word
 * @ratio: (out): what it means, untouched if it means nothing
 *
 * Returns: %FALSE if @text is none of the four
 */
gboolean
inb_ratio_from_string (const char *text, InbRatio *ratio)
{
  guint index = 0;

  if (!find_name (ratio_names, G_N_ELEMENTS (ratio_names), text, &index))
    return FALSE;
  *ratio = (InbRatio) index;
  return TRUE;
}

/**
 * inb_ratio_get_aspect:
 * @ratio: the shape wanted
 * @photo_width: px, of the oriented photo, ≥ 1
 * @photo_height: px, ≥ 1
 *
 * Returns: width divided by height; the photo's own for %INB_RATIO_ORIGINAL
 */
double
inb_ratio_get_aspect (InbRatio ratio, guint photo_width, guint photo_height)
{
  switch (ratio)
    {
    case INB_RATIO_16_9:
      return 16.0 / 9.0;
    case INB_RATIO_9_16:
      return 9.0 / 16.0;
    case INB_RATIO_1_1:
      return 1.0;
    case INB_RATIO_ORIGINAL:
    default:
      return (double) photo_width / (double) photo_height;
    }
}

/**
 * inb_fit_to_string:
 * @fit: crop or extend
 *
 * Returns: (transfer none): the word of the command line and the database
 */
const char *
inb_fit_to_string (InbFit fit)
{
  g_return_val_if_fail ((guint) fit < G_N_ELEMENTS (fit_names), NULL);
  return fit_names[fit];
}

/**
 * inb_fit_from_string:
 * @text: (nullable): a word
 * @fit: (out): what it means, untouched if it means nothing
 *
 * Returns: %FALSE if @text is neither
 */
gboolean
inb_fit_from_string (const char *text, InbFit *fit)
{
  guint index = 0;

  if (!find_name (fit_names, G_N_ELEMENTS (fit_names), text, &index))
    return FALSE;
  *fit = (InbFit) index;
  return TRUE;
}

/**
 * inb_focus_from_string:
 * @text: (nullable): "X,Y", both 0…1, always with a decimal point
 * @x: (out): fraction of the width
 * @y: (out): fraction of the height
 *
 * Returns: %FALSE if @text is anything else; nothing is written then
 */
gboolean
inb_focus_from_string (const char *text, double *x, double *y)
{
  char *end = NULL;
  double first, second;

  if (text == NULL || *text == '\0')
    return FALSE;
  first = g_ascii_strtod (text, &end);
  if (end == text || *end != ',')
    return FALSE;
  text = end + 1;
  second = g_ascii_strtod (text, &end);
  if (end == text || *end != '\0')
    return FALSE;
  /* written so that NaN fails too */
  if (!(first >= 0.0 && first <= 1.0 && second >= 0.0 && second <= 1.0))
    return FALSE;
  *x = first;
  *y = second;
  return TRUE;
}

/**
 * inb_focus_to_string:
 * @x: fraction of the width; < 0: there is none
 * @y: fraction of the height
 *
 * Returns: (transfer full) (nullable): "X,Y" as inb_focus_from_string() reads it, to a millionth;
 * %NULL if there is none
 */
char *
inb_focus_to_string (double x, double y)
{
  char first[G_ASCII_DTOSTR_BUF_SIZE], second[G_ASCII_DTOSTR_BUF_SIZE];

  if (x < 0.0)
    return NULL;
  return g_strconcat (g_ascii_formatd (first, sizeof first, "%.6f", x), ",",
                      g_ascii_formatd (second, sizeof second, "%.6f", y), NULL);
}

/**
 * inb_framing_to_string:
 * @self: a framing
 *
 * Returns: (transfer full): one text for all framings that cut a photo alike, to compare by
 */
char *
inb_framing_to_string (const InbFraming *self)
{
  g_autofree char *focus = inb_focus_to_string (self->focus_x, self->focus_y);

  return g_strjoin (" ", inb_ratio_to_string (self->ratio), inb_fit_to_string (self->fit), focus,
                    NULL);
}

/**
 * inb_framing_check_shape:
 * @width: px of a matte
 * @height: px
 * @photo_width: px of the photo it belongs to
 * @photo_height: px
 * @error: %INB_ERROR_BAD_INPUT
 *
 * Returns: whether it has the shape of the photo, a side rounded either way
 */
gboolean
inb_framing_check_shape (guint width, guint height, guint photo_width, guint photo_height,
                         GError **error)
{
  double slope = (double) photo_height / photo_width;

  if (fabs (width * slope - height) <= MAX (1.0, slope))
    return TRUE;
  return inb_error_refuse (error,
                           _ ("The matte is %u×%u px, which is not the shape of the photo "
                              "(%u×%u). Give one of the same shape, of any size."),
                           width, height, photo_width, photo_height);
}

/**
 * inb_framing_get_window:
 * @framing: fit and focus; its ratio is not read
 * @aspect: width divided by height of the frame that is wanted, > 0
 * @photo_width: px, of the oriented photo, ≥ 1
 * @photo_height: px, ≥ 1
 * @window: (out): the part of the photo's plane that becomes the frame
 *
 * The one place where framing is geometry: the worker cuts by it at full size and the window draws
 * by it while a person drags. A crop is the largest rectangle of that shape inside the photo, as
 * near to the focus as it can be; a focus of −1 counts as the centre here (the worker puts the
 * attention point in first). An extension is the smallest rectangle of that shape around the photo,
 * photo in its middle. Never stretched either way.
 */
void
inb_framing_get_window (const InbFraming *framing, double aspect, guint photo_width,
                        guint photo_height, InbRect *window)
{
  double width = photo_width, height = photo_height;
  double focus_x = framing->focus_x < 0.0 ? 0.5 : framing->focus_x;
  double focus_y = framing->focus_y < 0.0 ? 0.5 : framing->focus_y;
  gboolean wider = aspect > width / height;

  g_return_if_fail (aspect > 0.0 && photo_width > 0 && photo_height > 0);

  if (wider == (framing->fit == INB_FIT_EXTEND))
    *window = (InbRect){ .width = height * aspect, .height = height };
  else
    *window = (InbRect){ .width = width, .height = width / aspect };

  if (framing->fit == INB_FIT_EXTEND)
    {
      window->x = (width - window->width) / 2.0;
      window->y = (height - window->height) / 2.0;
    }
  else
    {
      window->x = CLAMP (focus_x * width - window->width / 2.0, 0.0, width - window->width);
      window->y = CLAMP (focus_y * height - window->height / 2.0, 0.0, height - window->height);
    }
}

/* video encoders want even sides (4:2:0) */
static guint
round_even (double side)
{
  return MAX (2, 2 * (guint) floor (side / 2.0 + 0.5));
}

/**
 * inb_framing_get_clip_size:
 * @aspect: width divided by height, > 0
 * @long_side: px of the longer side: 1920 for a 1080p clip of 16:9 or 9:16; a square is 1080 for
 * 1920
 * @width: (out): px, even
 * @height: (out): px, even
 *
 * The size of a clip: 1920×1080, 1080×1920, 1080×1080, or the photo's own shape with the long side
 * given. Shapes nearer to a square than 16:9 would have more pixels than 1080p at the full long
 * side; only the square is bounded so, as the hosted services do (seed 000: "up to 1080p").
 */
void
inb_framing_get_clip_size (double aspect, guint long_side, guint *width, guint *height)
{
  g_return_if_fail (aspect > 0.0 && long_side >= 2);

  if (fabs (aspect - 1.0) < 1e-9)
    *width = *height = round_even (long_side * 9.0 / 16.0);
  else if (aspect > 1.0)
    {
      *width = round_even (long_side);
      *height = round_even (long_side / aspect);
    }
  else
    {
      *width = round_even (long_side * aspect);
      *height = round_even (long_side);
    }
}
