/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inb-cli.h"

#include <glib/gi18n.h>

#include "cli/inb-cli-clip.h"
#include "core/inb-error.h"
#include "render/inb-proxy.h"

static const char *
get_container (const char *output, GError **error)
{
  g_autofree char *lower = g_ascii_strdown (output, -1);

  if (g_str_has_suffix (lower, ".mp4"))
    return "mp4";
  if (g_str_has_suffix (lower, ".mov"))
    return "mov";
  if (g_str_has_suffix (lower, ".webm"))
    return "webm";
  g_set_error (error, INB_ERROR, INB_ERROR_BAD_INPUT,
               _ ("A review copy is a .mp4, .mov or .webm file, not “%s”."), output);
  return NULL;
}

static void
print (const InbCliClip *options, const InbProxy *proxy, const char *container)
{
  if (options->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      inb_json_add_string (builder, "path", options->output);
      inb_json_add_string (builder, "container", container);
      inb_json_add_string (builder, "encoder", proxy->encoder);
      inb_json_add_int (builder, "width", proxy->width);
      inb_json_add_int (builder, "height", proxy->height);
      inb_json_add_int (builder, "frames", proxy->n_frames);
      json_builder_end_object (builder);
      inb_cli_print_json (builder);
    }
  else
    /* Translators: a file, width, height, number of frames. */
    g_print (_ ("%s: %u×%u, %u frames, each a key frame\n"), options->output, proxy->width,
             proxy->height, proxy->n_frames);
}

/**
 * inb_cli_proxy:
 * @argc: arguments
 * @argv: the arguments, the command's name first
 *
 * Returns: 0 if the copy is there, else what the error stands for
 */
int
inb_cli_proxy (int argc, char **argv)
{
  g_auto (InbCliClip) options = INB_CLI_CLIP_INIT;
  const char *container;
  InbProxy proxy;
  GError *error = NULL;

  if (!inb_cli_clip_parse (
          &options, NULL, TRUE,
          _ ("Makes the small copy of a clip that review scrubs: every frame a "
             "key frame, long side 960, the same frames at the same times, no "
             "sound.\nFILE ends in .mp4 (H.264), .webm (VP9) or .mov (H.264, or motion JPEG "
             "where no H.264 encoder is installed)."),
          argc, argv, &error) ||
      (container = get_container (options.output, &error)) == NULL)
    return inb_cli_clip_fail (&options, error);
  inb_cli_clip_begin (&options);
  if (!inb_proxy_make (options.clip, container, options.part, inb_cli_clip_progress_cb, &options,
                       &proxy, &error) ||
      !inb_cli_clip_commit (&options, &error))
    return inb_cli_clip_fail (&options, error);
  g_clear_pointer (&options.progress, inb_cli_progress_free);
  print (&options, &proxy, container);
  return 0;
}
