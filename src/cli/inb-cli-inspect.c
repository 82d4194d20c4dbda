/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inb-cli.h"

#include <glib/gi18n.h>

#include "cli/inb-cli-clip.h"
#include "render/inb-inspect.h"

static void
print_json (const InbInspection *found)
{
  const InbClip *clip = found->clip;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  inb_json_add_string (builder, "container", clip->container);
  inb_json_add_string (builder, "codec", clip->codec);
  inb_json_add_int (builder, "width", clip->width);
  inb_json_add_int (builder, "height", clip->height);
  inb_json_add_int (builder, "fps_n", clip->fps_n);
  inb_json_add_int (builder, "fps_d", clip->fps_d);
  inb_json_add_int (builder, "frames", clip->n_frames);
  inb_json_add_double (builder, "duration_s", (double) clip->duration_ns / 1e9);
  inb_json_add_int (builder, "duration_ns", clip->duration_ns);
  inb_json_add_int (builder, "bytes", clip->size);
  json_builder_set_member_name (builder, "color");
  json_builder_begin_object (builder);
  inb_json_add_string (builder, "matrix", clip->matrix);
  inb_json_add_string (builder, "primaries", found->primaries);
  inb_json_add_string (builder, "transfer", found->transfer);
  inb_json_add_string (builder, "range", found->range);
  json_builder_end_object (builder);
  inb_json_add_boolean (builder, "audio", found->audio);
  inb_json_add_boolean (builder, "faststart", found->faststart);
  inb_json_add_string (builder, "sha256", clip->sha256);
  json_builder_end_object (builder);
  inb_cli_print_json (builder);
}

static void
print_text (const InbInspection *found)
{
  const InbClip *clip = found->clip;
  g_autofree char *bytes = g_strdup_printf ("%" G_GINT64_FORMAT, clip->size);
  const char *unknown = _ ("not said");

  /* Translators: one line about a video: container, codec, width, height, frames, seconds, frames a
   * second. */
  g_print (_ ("%s, %s, %u×%u, %u frames in %.3f s (%.3f a second)\n"), clip->container, clip->codec,
           clip->width, clip->height, clip->n_frames, (double) clip->duration_ns / 1e9,
           clip->fps_n > 0 ? (double) clip->fps_n / clip->fps_d : 0.0);
  g_print (_ ("colour: matrix %s, primaries %s, transfer %s, range %s\n"),
           clip->matrix != NULL ? clip->matrix : unknown,
           found->primaries != NULL ? found->primaries : unknown,
           found->transfer != NULL ? found->transfer : unknown,
           found->range != NULL ? found->range : unknown);
  g_print (_ ("sound: %s; plays while it loads: %s\n"), found->audio ? _ ("yes") : _ ("no"),
           found->faststart ? _ ("yes") : _ ("no"));
  g_print (_ ("%s bytes, SHA-256 %s\n"), bytes, clip->sha256);
}

/**
 * inb_cli_inspect:
 * @argc: arguments
 * @argv: the arguments, the command's name first
 *
 * Returns: 0 for a whole video, 2 for anything else, 1 where a decoder is missing
 */
int
inb_cli_inspect (int argc, char **argv)
{
  g_auto (InbCliClip) options = INB_CLI_CLIP_INIT;
  g_autoptr (InbInspection) found = NULL;
  GError *error = NULL;

  if (!inb_cli_clip_parse (&options, NULL, FALSE,
                           _ ("Checks a video file: walks its parts, decodes it to its end and "
                              "prints what it is.\nExit status: 0 a whole video, 1 a decoder is "
                              "missing, 2 not a video, or not whole."),
                           argc, argv, &error))
    return inb_cli_clip_fail (&options, error);
  inb_cli_clip_begin (&options);
  found = inb_inspect (options.clip, inb_cli_clip_progress_cb, &options, &error);
  if (found == NULL)
    return inb_cli_clip_fail (&options, error);
  g_clear_pointer (&options.progress, inb_cli_progress_free);
  if (options.json)
    print_json (found);
  else
    print_text (found);
  return 0;
}
