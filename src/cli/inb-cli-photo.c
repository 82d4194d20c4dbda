/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inb-cli-photo.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cli/inb-cli-output.h"
#include "core/inb-error.h"
#include "photo/inb-photo-matte.h"
#include "photo/inb-photo.h"
#include "providers/inb-catalogue.h"

/* A shape that no clip has; beyond it a --aspect is a slip of the hand. */
#define MAX_ASPECT 100.0

typedef struct
{
  char *framing;
  char *fit;
  char *focus;
  char *limits;
  char *aspect;
  char *output;
  char *matte;
  char *matte_output;
  char *name;
  char **photos;
  int max_side;
  int progress_fd;
  gboolean preview;
  gboolean json;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->framing);
  g_free (self->fit);
  g_free (self->focus);
  g_free (self->limits);
  g_free (self->aspect);
  g_free (self->output);
  g_free (self->matte);
  g_free (self->matte_output);
  g_free (self->name);
  g_strfreev (self->photos);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* Without --limits: what makes a good frame for any clip, in any of our formats. The numbers are
 * those of the local engine's provider file. */
static const InbLimits usual_limits = {
  .formats = INB_IMAGE_PNG | INB_IMAGE_JPEG | INB_IMAGE_WEBP,
  .min_side = 64,
  .max_side = INB_MAX_FRAME_SIDE,
  .min_ratio = 0.25,
  .max_ratio = 4.0,
  .alpha = TRUE,
};

/* The one place that knows where limits come from. */
static gboolean
find_limits (const char *id, InbLimits *limits, GError **error)
{
  *limits = usual_limits;
  return id == NULL || inb_catalogue_get_limits (id, limits, error);
}

static gboolean
read_aspect (const char *text, double *aspect, GError **error)
{
  char *end = NULL;
  double width, height = 1.0;

  if (text == NULL)
    return TRUE;
  width = g_ascii_strtod (text, &end);
  if (end != text && *end == ':')
    {
      const char *second = end + 1;

      height = g_ascii_strtod (second, &end);
      if (end == second)
        return inb_cli_refuse (error, "--aspect", text, "4:3");
    }
  /* written so that NaN fails too */
  if (end == text || *end != '\0' || !(width > 0.0 && height > 0.0) ||
      !(width / height >= 1.0 / MAX_ASPECT && width / height <= MAX_ASPECT))
    return inb_cli_refuse (error, "--aspect", text, "4:3");
  *aspect = width / height;
  return TRUE;
}

/* By the name's ending; a ".part" behind it is a parent's way of naming what is not whole yet. */
static gboolean
read_format (const char *output, InbImageFormats *format, GError **error)
{
  g_autofree char *name = g_filename_display_basename (output);
  g_autofree char *lower = g_ascii_strdown (name, -1);

  if (g_str_has_suffix (lower, ".part"))
    lower[strlen (lower) - strlen (".part")] = '\0';
  if (g_str_has_suffix (lower, ".png"))
    *format = INB_IMAGE_PNG;
  else if (g_str_has_suffix (lower, ".jpg") || g_str_has_suffix (lower, ".jpeg"))
    *format = INB_IMAGE_JPEG;
  else if (g_str_has_suffix (lower, ".webp"))
    *format = INB_IMAGE_WEBP;
  else
    return inb_cli_refuse (error, "--output", name, _ ("a name that ends in .png, .jpg or .webp"));
  return TRUE;
}

static gboolean
read_order (const Options *options, InbPhotoOrder *order, GError **error)
{
  InbFraming framing = INB_FRAMING_DEFAULT;

  if (options->framing != NULL && !inb_ratio_from_string (options->framing, &framing.ratio))
    return inb_cli_refuse (error, "--framing", options->framing, "original, 16:9, 9:16, 1:1");
  if (options->fit != NULL && !inb_fit_from_string (options->fit, &framing.fit))
    return inb_cli_refuse (error, "--fit", options->fit, "crop, extend");
  if (options->focus != NULL &&
      !inb_focus_from_string (options->focus, &framing.focus_x, &framing.focus_y))
    return inb_cli_refuse (error, "--focus", options->focus,
                           _ ("two numbers from 0,0 (top left) to 1,1, such as 0.5,0.5"));
  if (options->max_side < 0 || options->max_side > (int) INB_MAX_FRAME_SIDE)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_BAD_INPUT,
                   _ ("--max-side is a number of pixels up to %u."), INB_MAX_FRAME_SIDE);
      return FALSE;
    }
  order->framing = framing;
  order->max_side = (guint) options->max_side;
  return find_limits (options->limits, &order->limits, error) &&
         read_aspect (options->aspect, &order->aspect, error) &&
         (options->preview || read_format (options->output, &order->format, error));
}

static gboolean
parse (Options *self, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "framing", 0, 0, G_OPTION_ARG_STRING, &self->framing,
      N_ ("Shape of the frame: original (default), 16:9, 9:16 or 1:1"), "original|16:9|9:16|1:1" },
    { "fit", 0, 0, G_OPTION_ARG_STRING, &self->fit,
      N_ ("crop (default): cut the photo; extend: keep all of it and continue its background"),
      "crop|extend" },
    { "focus", 0, 0, G_OPTION_ARG_STRING, &self->focus,
      N_ ("What a crop keeps in view, from 0,0 (top left) to 1,1; without it the product is "
          "found in the photo"),
      "X,Y" },
    { "limits", 0, 0, G_OPTION_ARG_STRING, &self->limits,
      N_ ("Keep to what this provider takes; “inbetween-cli providers” lists them"),
      N_ ("PROVIDER") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &self->output,
      N_ ("Write the frame here: .png (lossless), .jpg or .webp"), N_ ("FILE") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json,
      N_ ("Print what was found and done as one JSON document"), NULL },
    { "max-side", 0, 0, G_OPTION_ARG_INT, &self->max_side,
      N_ ("Longer side of the frame at most N pixels (default and most: 4096); never enlarged"),
      "N" },
    { "aspect", 0, 0, G_OPTION_ARG_STRING, &self->aspect,
      N_ ("For a last frame: the start frame's shape, which “original” then means"), "W:H" },
    { "preview", 0, 0, G_OPTION_ARG_NONE, &self->preview,
      N_ ("Write raw pixels for a live preview of any framing instead of a frame"), NULL },
    { "name", 0, 0, G_OPTION_ARG_STRING, &self->name, N_ ("What messages call the photo"),
      N_ ("NAME") },
    { "matte", 0, 0, G_OPTION_ARG_FILENAME, &self->matte,
      N_ ("A picture of the photo's shape, white where it shows the product, to be framed alike"),
      N_ ("FILE") },
    { "matte-output", 0, 0, G_OPTION_ARG_FILENAME, &self->matte_output,
      N_ ("Write the framed matte here, as PNG"), N_ ("FILE") },
    { "progress-fd", 0, 0, G_OPTION_ARG_INT, &self->progress_fd,
      N_ ("Write progress as JSON lines to this open descriptor"), "N" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->photos, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (_ ("PHOTO --output FILE"));

  g_option_context_set_summary (
      context,
      _ ("Prepares one photo as a frame of a clip: upright, in sRGB, in the shape you want,\n"
         "without EXIF, GPS or any other metadata. The photo itself is never changed.\n"
         "Reads JPEG, PNG, WebP, TIFF, HEIC, AVIF and the first picture of a GIF."));
  g_option_context_set_description (
      context,
      _ ("Examples:\n"
         "  inbetween-cli photo shoe.jpg --framing 9:16 --output shoe-tall.png\n"
         "  inbetween-cli photo shoe.jpg --framing 16:9 --fit extend --output wide.jpg\n"));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  self->json = inb_cli_wants_json (argc, argv);
  return inb_cli_parse (context, &argc, &argv, error);
}

static gboolean
check (const Options *self, GError **error)
{
  if (self->photos == NULL || g_strv_length (self->photos) != 1)
    g_set_error (error, INB_ERROR, INB_ERROR_BAD_INPUT,
                 _ ("Name one photo. “inbetween-cli %s --help” shows how."), "photo");
  else if (self->output == NULL || *self->output == '\0')
    g_set_error (error, INB_ERROR, INB_ERROR_BAD_INPUT,
                 _ ("Say where the result goes: --output FILE. “inbetween-cli %s --help” shows "
                    "how."),
                 "photo");
  else if ((self->matte != NULL) != (self->matte_output != NULL) ||
           (self->matte != NULL && self->preview))
    g_set_error_literal (error, INB_ERROR, INB_ERROR_BAD_INPUT,
                         _ ("--matte and --matte-output go together, and with a frame."));
  else
    return inb_cli_output_check (self->output, self->photos[0], error) &&
           (self->matte == NULL || inb_cli_output_check (self->matte_output, self->matte, error));
  return FALSE;
}

static void
progress_cb (double progress, gpointer user_data)
{
  inb_cli_progress_set (user_data, progress);
}

static gboolean
make_matte (const Options *options, const InbPhotoSource *photo, const InbPhotoFrame *frame,
            GError **error)
{
  g_autoptr (InbPhotoSource) matte = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (options->matte == NULL)
    return TRUE;
  matte = inb_photo_source_open (options->matte, NULL, error);
  bytes = matte != NULL ? inb_photo_matte_new (matte, photo, &frame->plan, error) : NULL;
  return bytes != NULL && inb_cli_output_write (options->matte_output, bytes, TRUE, error);
}

static gboolean
make_frame (const Options *options, InbPhotoSource *source, InbPhotoOrder *order, GError **error)
{
  g_autoptr (InbCliProgress) progress = inb_cli_progress_new (options->progress_fd);
  g_autoptr (InbPhotoFrame) frame = NULL;

  order->progress = progress_cb;
  order->progress_data = progress;
  frame = inb_photo_frame_new (source, order, error);
  if (frame == NULL || !make_matte (options, source, frame, error) ||
      !inb_cli_output_write (options->output, frame->file->bytes, TRUE, error))
    return FALSE;
  inb_cli_progress_set (progress, 1.0);
  g_clear_pointer (&progress, inb_cli_progress_free); /* its line is wiped before ours */
  inb_cli_photo_print_frame (source, frame, options->output, options->json);
  return TRUE;
}

static gboolean
make_preview (const Options *options, InbPhotoSource *source, double aspect, GError **error)
{
  g_autoptr (InbPhotoPreview) preview = inb_photo_preview_new (source, aspect, error);

  if (preview == NULL || !inb_cli_output_write (options->output, preview->bytes, FALSE, error))
    return FALSE;
  inb_cli_photo_print_preview (source, preview, options->output);
  return TRUE;
}

/**
 * inb_cli_photo:
 * @argc: arguments
 * @argv: the arguments, the command's name first
 *
 * Returns: 0 if the frame is there, else what the error stands for
 */
int
inb_cli_photo (int argc, char **argv)
{
  g_auto (Options) options = { .progress_fd = -1 };
  InbPhotoOrder order = { .aspect = 0.0 };
  g_autoptr (InbPhotoSource) source = NULL;
  GError *error = NULL;

  g_log_writer_default_set_use_stderr (TRUE); /* standard output holds the result only */
  if (!parse (&options, argc, argv, &error) || !check (&options, &error) ||
      !read_order (&options, &order, &error))
    return inb_cli_fail (error, options.json);

  inb_cli_worker_begin (INB_CLI_WORKER_PHOTO, options.progress_fd >= 0);
  source = inb_photo_source_open (options.photos[0], options.name, &error);
  if (source == NULL || !(options.preview ? make_preview (&options, source, order.aspect, &error)
                                          : make_frame (&options, source, &order, &error)))
    return inb_cli_fail (error, options.json);
  return 0;
}
