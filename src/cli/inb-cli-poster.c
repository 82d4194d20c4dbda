/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inb-cli.h"

#include <glib/gi18n.h>

#include "cli/inb-cli-clip.h"
#include "core/inb-error.h"
#include "render/inb-poster.h"

static const char *
get_format (const char *output, GError **error)
{
  g_autofree char *lower = g_ascii_strdown (output, -1);

  if (g_str_has_suffix (lower, ".jpg") || g_str_has_suffix (lower, ".jpeg"))
    return "jpg";
  if (g_str_has_suffix (lower, ".png"))
    return "png";
  g_set_error (error, INB_ERROR, INB_ERROR_BAD_INPUT,
               _ ("A poster is a .jpg or a .png file, not “%s”."), output);
  return NULL;
}

static gboolean
check_numbers (int frame, int long_side, GError **error)
{
  if (frame >= INB_POSTER_MIDDLE && long_side > 0)
    return TRUE;
  g_set_error_literal (error, INB_ERROR, INB_ERROR_BAD_INPUT,
                       _ ("--frame counts from 0, and --long-side is a number of pixels."));
  return FALSE;
}

static void
print (const InbCliClip *options, const InbPoster *poster)
{
  if (options->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      inb_json_add_string (builder, "path", options->output);
      inb_json_add_int (builder, "frame", poster->frame);
      inb_json_add_int (builder, "width", poster->width);
      inb_json_add_int (builder, "height", poster->height);
      json_builder_end_object (builder);
      inb_cli_print_json (builder);
    }
  else
    /* Translators: a file, a frame's number, width, height. */
    g_print (_ ("%s: frame %u, %u×%u\n"), options->output, poster->frame, poster->width,
             poster->height);
}

/**
 * inb_cli_poster:
 * @argc: arguments
 * @argv: the arguments, the command's name first
 *
 * Returns: 0 if the picture is there, else what the error stands for
 */
int
inb_cli_poster (int argc, char **argv)
{
  g_auto (InbCliClip) options = INB_CLI_CLIP_INIT;
  int frame = INB_POSTER_MIDDLE;
  int long_side = INB_POSTER_LONG_SIDE;
  const char *format;
  InbPoster poster;
  GError *error = NULL;
  GOptionEntry entries[] = {
    { "frame", 0, 0, G_OPTION_ARG_INT, &frame,
      N_ ("Show frame N, counted from 0 (default: the one in the middle)"), "N" },
    { "long-side", 0, 0, G_OPTION_ARG_INT, &long_side,
      N_ ("Pixels of the longer side, never enlarged (default: 640)"), "N" },
    G_OPTION_ENTRY_NULL,
  };

  if (!inb_cli_clip_parse (&options, entries, TRUE,
                           _ ("Makes a still picture of a clip, in sRGB.\nFILE ends in .jpg or "
                              ".png."),
                           argc, argv, &error) ||
      (format = get_format (options.output, &error)) == NULL ||
      !check_numbers (frame, long_side, &error))
    return inb_cli_clip_fail (&options, error);
  inb_cli_clip_begin (&options);
  if (!inb_poster_make (options.clip, frame, (guint) long_side, format, options.part, &poster,
                        &error) ||
      !inb_cli_clip_commit (&options, &error))
    return inb_cli_clip_fail (&options, error);
  print (&options, &poster);
  return 0;
}
