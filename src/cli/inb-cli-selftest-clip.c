/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inb-cli-selftest.h"

#include <glib/gi18n.h>

#include "core/inb-error.h"

/* Large enough for any encoder, small enough to be made in a moment; the photo's shape. */
#define CLIP_WIDTH 320
#define CLIP_HEIGHT 480
#define CLIP_FRAMES 30

/* Made of the first photo, as it was unpacked. */
#define PHOTO "orientation-6.jpg"

static JsonObject *
render (InbCliSelftest *self, const char *clip, GError **error)
{
  g_autofree char *photo = g_build_filename (self->folder, PHOTO, NULL);
  g_autofree char *size = g_strdup_printf ("%dx%d", CLIP_WIDTH, CLIP_HEIGHT);
  g_autofree char *frames = g_strdup_printf ("%d", CLIP_FRAMES);
  const char *const arguments[] = { "render",       "--start",  photo, "--prompt",
                                    "slow push in", "--size",   size,  "--frames",
                                    frames,         "--output", clip,  NULL };

  return inb_cli_selftest_run (self, arguments, error);
}

/* H.264, or, as a job does it, what there is where that cannot be written */
static char *
make (InbCliSelftest *self, JsonObject **told, GError **error)
{
  g_autofree char *mp4 = g_build_filename (self->folder, "clip.mp4", NULL);
  g_autofree char *webm = g_build_filename (self->folder, "clip.webm", NULL);
  g_autoptr (GError) local_error = NULL;

  *told = render (self, mp4, &local_error);
  if (*told != NULL)
    return g_steal_pointer (&mp4);
  if (!g_error_matches (local_error, INB_ERROR, INB_ERROR_NO_CODEC))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  *told = render (self, webm, error);
  return *told != NULL ? g_steal_pointer (&webm) : NULL;
}

/* Decoded to its end: as many frames as were asked for, in the size that was asked for */
static gboolean
inspect (InbCliSelftest *self, const char *clip, char **detail, GError **error)
{
  const char *const arguments[] = { "inspect", clip, NULL };
  g_autoptr (JsonObject) told = inb_cli_selftest_run (self, arguments, error);
  gint64 width, height, n_frames;

  if (told == NULL)
    return FALSE;
  width = inb_json_get_int (told, "width", 0);
  height = inb_json_get_int (told, "height", 0);
  n_frames = inb_json_get_int (told, "frames", 0);
  if (width != CLIP_WIDTH || height != CLIP_HEIGHT || n_frames != CLIP_FRAMES)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_FAILED,
                   /* Translators: width, height, number of frames; then those that should be. */
                   _ ("It holds %d×%d px and %d frames, not %d×%d and %d."), (int) width,
                   (int) height, (int) n_frames, CLIP_WIDTH, CLIP_HEIGHT, CLIP_FRAMES);
      return FALSE;
    }
  *detail = g_strdup_printf (
      /* Translators: codec, container, width, height, number of frames. */
      _ ("%s in %s, %d×%d px, %d frames decoded, colours as painted"),
      inb_json_get_string (told, "codec"), inb_json_get_string (told, "container"), CLIP_WIDTH,
      CLIP_HEIGHT, CLIP_FRAMES);
  return TRUE;
}

/* The camera moves towards the middle, where the fields meet, so that each stays in its corner. */
static gboolean
look (InbCliSelftest *self, const char *clip, GError **error)
{
  g_autofree char *poster = g_build_filename (self->folder, "poster.png", NULL);
  const char *const arguments[] = { "poster", clip, "--output", poster, NULL };
  g_autoptr (JsonObject) told = inb_cli_selftest_run (self, arguments, error);

  return told != NULL && inb_cli_selftest_check_fields (self, poster, NULL, error);
}

/**
 * inb_cli_selftest_check_clip:
 * @self: a run, after the photos
 *
 * Has the local engine make a clip, and reads it again as a job that was downloaded is read.
 */
void
inb_cli_selftest_check_clip (InbCliSelftest *self)
{
  const char *made = _ ("clip by the local engine");
  const char *read_again = _ ("clip decoded to its end");
  g_autoptr (JsonObject) told = NULL;
  g_autofree char *clip = NULL;
  g_autofree char *detail = NULL;
  GError *error = NULL;

  clip = make (self, &told, &error);
  if (clip == NULL)
    {
      inb_cli_findings_add_error (self->findings, "clip", made, TRUE, error);
      return;
    }
  detail = g_strdup_printf (
      /* Translators: the name of an encoder, the ending of a file's name. */
      _ ("written by %s as .%s"), inb_json_get_string (told, "encoder"),
      g_str_has_suffix (clip, ".mp4") ? "mp4" : "webm");
  inb_cli_findings_add (self->findings, "clip", made, INB_CLI_FINDING_OK, detail);
  g_clear_pointer (&detail, g_free);
  if (inspect (self, clip, &detail, &error) && look (self, clip, &error))
    inb_cli_findings_add (self->findings, "clip-read", read_again, INB_CLI_FINDING_OK, detail);
  else
    inb_cli_findings_add_error (self->findings, "clip-read", read_again, TRUE, error);
}
