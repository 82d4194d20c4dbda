/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "photo/inb-photo-frame.h"

#include <glib/gi18n.h>
#include <math.h>

#include "core/inb-error.h"
#include "photo/inb-attention.h"
#include "photo/inb-extend.h"
#include "photo/inb-photo.h"

/* px of the longer side of the working copy: enough for a sharp preview, and what background and
 * attention are read from, in the preview and for the frame alike, so that both find the same. */
#define COPY_SIDE 1280u

/* Shares of the whole, for progress; measured on a 12-megapixel JPEG. */
#define COPY_DONE 0.2
#define DECODE_DONE 0.7

typedef struct
{
  InbPhotoProgress progress;
  gpointer progress_data;
  double from;
  double to;
} Stage;

static void
stage_cb (double progress, gpointer user_data)
{
  const Stage *stage = user_data;

  if (stage->progress != NULL)
    stage->progress (stage->from + progress * (stage->to - stage->from), stage->progress_data);
}

static InbPixels *
decode (InbPhotoSource *source, const InbPhotoPart *part, Stage stage, GError **error)
{
  InbPixels *pixels;

  source->progress = stage_cb;
  source->progress_data = &stage;
  pixels = inb_photo_source_decode (source, part, error);
  source->progress = NULL;
  source->progress_data = NULL;
  return pixels;
}

static InbPixels *
make_copy (InbPhotoSource *source, Stage stage, GError **error)
{
  guint width = source->facts.width, height = source->facts.height;
  double scale = MIN (1.0, (double) COPY_SIDE / MAX (width, height));
  InbPhotoPart part = { 0, 0, width, height, 1, 1, TRUE };

  part.out_width = (guint) MAX (1.0, floor (width * scale + 0.5));
  part.out_height = (guint) MAX (1.0, floor (height * scale + 0.5));
  return decode (source, &part, stage, error);
}

/**
 * inb_photo_make_copy:
 * @source: a photo
 * @error: as inb_photo_source_decode()
 *
 * Returns: (transfer full): the whole photo, its longer side at most 1280 px
 */
InbPixels *
inb_photo_make_copy (InbPhotoSource *source, GError **error)
{
  return make_copy (source, (Stage){ NULL, NULL, 0.0, 1.0 }, error);
}

static gboolean
check_format (const InbPhotoOrder *order, GError **error)
{
  if ((order->limits.formats & order->format) != 0)
    return TRUE;
  g_set_error (error, INB_ERROR, INB_ERROR_BAD_INPUT,
               /* Translators: each %s is empty, or a space and a kind of file. */
               _ ("This provider takes frames only as:%s%s%s. Name the output so."),
               order->limits.formats & INB_IMAGE_JPEG ? " JPEG" : "",
               order->limits.formats & INB_IMAGE_PNG ? " PNG" : "",
               order->limits.formats & INB_IMAGE_WEBP ? " WebP" : "");
  return FALSE;
}

static guint
get_max_side (const InbPhotoOrder *order)
{
  guint side = INB_MAX_FRAME_SIDE;

  if (order->limits.max_side > 0)
    side = MIN (side, order->limits.max_side);
  if (order->max_side > 0)
    side = MIN (side, order->max_side);
  return side;
}

static double
get_aspect (const InbPhotoSource *source, const InbPhotoOrder *order)
{
  if (order->framing.ratio == INB_RATIO_ORIGINAL && order->aspect > 0.0)
    return order->aspect;
  return inb_ratio_get_aspect (order->framing.ratio, source->facts.width, source->facts.height);
}

/* Looks at the small copy where something must be decided: what to keep, how to go on. */
static gboolean
decide (InbPhotoFrame *self, InbPhotoSource *source, const InbPhotoOrder *order,
        InbBackdrop *backdrop, GError **error)
{
  gboolean cuts =
      self->plan.width < source->facts.width || self->plan.height < source->facts.height;
  gboolean asked = order->framing.focus_x >= 0.0 && order->framing.focus_y >= 0.0;
  g_autoptr (InbPixels) copy = NULL;

  self->extended = self->plan.canvas.width > self->plan.canvas.photo_width ||
                   self->plan.canvas.height > self->plan.canvas.photo_height;
  if (cuts && asked)
    self->focus = INB_PHOTO_FOCUS_ASKED;
  if (!self->extended && !(cuts && !asked))
    return TRUE;

  copy =
      make_copy (source, (Stage){ order->progress, order->progress_data, 0.0, COPY_DONE }, error);
  if (copy == NULL)
    return FALSE;
  if (self->extended)
    {
      inb_backdrop_init (backdrop, copy);
      self->backdrop =
          inb_backdrop_get_kind (backdrop, self->plan.canvas.width > self->plan.canvas.photo_width);
      return TRUE;
    }
  inb_attention_find (copy, &self->framing.focus_x, &self->framing.focus_y);
  self->focus = INB_PHOTO_FOCUS_ATTENTION;
  return TRUE;
}

static InbPixels *
make_pixels (InbPhotoFrame *self, InbPhotoSource *source, const InbPhotoOrder *order,
             const InbBackdrop *backdrop, GError **error)
{
  const InbFramePlan *plan = &self->plan;
  InbPhotoPart part = { plan->x,
                        plan->y,
                        plan->width,
                        plan->height,
                        plan->canvas.photo_width,
                        plan->canvas.photo_height,
                        FALSE };
  g_autoptr (InbPixels) photo = NULL;

  photo = decode (source, &part,
                  (Stage){ order->progress, order->progress_data, COPY_DONE, DECODE_DONE }, error);
  if (photo == NULL || !self->extended)
    return g_steal_pointer (&photo);
  return inb_extend_paint (photo, backdrop, &plan->canvas);
}

/* The frame's shape follows from the photo's size alone, so that a photo that cannot do is refused
 * before it is decoded. */
static gboolean
plan_frame (InbPhotoFrame *self, InbPhotoSource *source, const InbPhotoOrder *order, GError **error)
{
  inb_frame_plan_init (&self->plan, &self->framing, get_aspect (source, order), source->facts.width,
                       source->facts.height, get_max_side (order));
  if (inb_limits_check_size (&order->limits, self->plan.canvas.width, self->plan.canvas.height,
                             error))
    return TRUE;
  g_prefix_error (error, "“%s”: ", source->file->name);
  return FALSE;
}

/**
 * inb_photo_frame_new:
 * @source: a photo; gets notes on what was done to it
 * @order: what is wanted
 * @error: %INB_ERROR_BAD_INPUT, %INB_ERROR_BAD_PHOTO, %INB_ERROR_TOO_LARGE, %INB_ERROR_NO_CODEC,
 * %INB_ERROR_FAILED
 *
 * Makes a frame: cut or extended to its shape, shrunk to its bound, fitted to its limits. Never
 * enlarged. Without a focus a crop keeps the attention point in view.
 *
 * Returns: (transfer full): the frame; free with inb_photo_frame_free()
 */
InbPhotoFrame *
inb_photo_frame_new (InbPhotoSource *source, const InbPhotoOrder *order, GError **error)
{
  g_autoptr (InbPhotoFrame) self = g_new0 (InbPhotoFrame, 1);
  g_autoptr (InbPixels) pixels = NULL;
  InbBackdrop backdrop;

  self->framing = order->framing;
  if (!check_format (order, error) || !plan_frame (self, source, order, error) ||
      !decide (self, source, order, &backdrop, error) || !plan_frame (self, source, order, error))
    return NULL;
  pixels = make_pixels (self, source, order, &backdrop, error);
  if (pixels == NULL)
    return NULL;
  self->file = inb_photo_encode (pixels, order->format, &order->limits, source, error);
  return self->file != NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * inb_photo_frame_free:
 * @self: (transfer full): a frame
 */
void
inb_photo_frame_free (InbPhotoFrame *self)
{
  g_clear_pointer (&self->file, inb_photo_encoded_free);
  g_free (self);
}
