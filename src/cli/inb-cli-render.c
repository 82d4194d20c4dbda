/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inb-cli-render.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <math.h>
#include <unistd.h>

#include "cli/inb-cli-matte.h"
#include "cli/inb-cli-output.h"
#include "core/inb-error.h"
#include "core/inb-framing.h"
#include "photo/inb-photo-source.h"
#include "render/inb-output.h"

#define DEFAULT_FPS 30
#define DEFAULT_DURATION_S 5.0
#define DEFAULT_LONG_SIDE 1920
/* Far beyond what is asked for; more threads would only take memory. */
#define MAX_THREADS 64

typedef struct
{
  char *start;
  char *last;
  char *matte;
  char *matte_output;
  char *prompt;
  char *size;
  char *fps;
  char *duration;
  char *frames;
  char *ease;
  char *threads;
  char *seed;
  char *path;
  char *output;
  gboolean explain;
  gboolean json;
  int progress_fd;

  InbEngineRequest request;
  InbPhotoSource *sources[2];
  const char *container;
  char *part; /* what is written first; equal to @output where that is standard output */
  InbCliProgress *progress;
} Render;

static void
render_clear (Render *self)
{
  g_free (self->start);
  g_free (self->last);
  g_free (self->matte);
  g_free (self->matte_output);
  g_free (self->prompt);
  g_free (self->size);
  g_free (self->fps);
  g_free (self->duration);
  g_free (self->frames);
  g_free (self->ease);
  g_free (self->threads);
  g_free (self->seed);
  g_free (self->path);
  g_free (self->output);
  g_free (self->part);
  for (guint i = 0; i < 2; i++)
    g_clear_pointer (&self->sources[i], inb_photo_source_free);
  g_clear_pointer (&self->progress, inb_cli_progress_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Render, render_clear)

static gboolean
parse (Render *self, int argc, char **argv, GError **error)
{
  g_auto (GStrv) rest = NULL;
  const GOptionEntry entries[] = {
    { "start", 0, 0, G_OPTION_ARG_FILENAME, &self->start, N_ ("The photo it begins with"),
      N_ ("PHOTO") },
    { "last", 0, 0, G_OPTION_ARG_FILENAME, &self->last, N_ ("The photo it ends with"),
      N_ ("PHOTO") },
    { "matte", 0, 0, G_OPTION_ARG_FILENAME, &self->matte,
      N_ ("Where the product is: a grey picture of the photo's shape, white on black (default: "
          "what can be found)"),
      N_ ("PICTURE") },
    { "matte-output", 0, 0, G_OPTION_ARG_FILENAME, &self->matte_output,
      N_ ("With --explain: write there as PNG what is found"), N_ ("FILE") },
    { "prompt", 0, 0, G_OPTION_ARG_FILENAME, &self->prompt, N_ ("How the camera should move"),
      N_ ("TEXT") },
    { "size", 0, 0, G_OPTION_ARG_STRING, &self->size,
      N_ ("Of the clip, even numbers (default: the photo's shape, long side 1920)"), "WxH" },
    { "fps", 0, 0, G_OPTION_ARG_STRING, &self->fps, N_ ("Frames a second (default: 30)"), "N" },
    { "duration", 0, 0, G_OPTION_ARG_STRING, &self->duration, N_ ("Length in seconds (default: 5)"),
      "S" },
    { "frames", 0, 0, G_OPTION_ARG_STRING, &self->frames,
      N_ ("Length in frames, instead of --duration"), "N" },
    { "ease", 0, 0, G_OPTION_ARG_STRING, &self->ease,
      N_ ("linear: constant speed; smooth: gentle start and end (default, unless the prompt says "
          "otherwise)"),
      "linear|smooth" },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &self->seed,
      N_ ("0 (default): exact amounts; other numbers vary them a little, always the same way"),
      "N" },
    { "threads", 0, 0, G_OPTION_ARG_STRING, &self->threads,
      N_ ("Threads that draw (default: one a processor, at most 8); the clip is the same for any"),
      "N" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &self->output,
      N_ ("The clip: .mp4, .webm or .y4m (uncompressed); “-” writes .y4m to standard output"),
      N_ ("FILE") },
    { "path", 0, 0, G_OPTION_ARG_FILENAME, &self->path,
      N_ ("Also write the camera's path as JSON: a 3×3 matrix a frame, photo px to frame px"),
      N_ ("FILE") },
    { "explain", 0, 0, G_OPTION_ARG_NONE, &self->explain,
      N_ ("Render nothing; print what is understood of the prompt as one JSON document"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json, N_ ("Print the result as one JSON document"),
      NULL },
    { "progress-fd", 0, 0, G_OPTION_ARG_INT, &self->progress_fd,
      N_ ("Write progress as JSON lines to this open descriptor"), "N" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &rest, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context =
      g_option_context_new (_ ("--start PHOTO --prompt TEXT --output FILE"));

  g_option_context_set_summary (
      context, _ ("Renders one clip with the local engine: camera moves over a photo, light and\n"
                  "air, free and offline. It makes nothing new: words that name neither are\n"
                  "ignored, and --explain says which."));
  g_option_context_set_description (
      context,
      _ ("Moves: push in, pull out, pan left or right, tilt up or down, orbit, roll, handheld,\n"
         "static; slow and fast; several at once, or one after the other with “then” and “hold”.\n"
         "Light and air: light sweep, focus pull, defocus, blurred background, dust, steam,\n"
         "vignette.\n\n"
         "Examples:\n"
         "  inbetween-cli render --start shoe.jpg --prompt \"slow push in\" --output shoe.mp4\n"
         "  inbetween-cli render --start a.jpg --last b.jpg --prompt \"pan left\" \\\n"
         "      --size 1080x1920 --duration 10 --output ab.mp4\n"
         "  inbetween-cli render --start shoe.jpg --prompt \"orbit\" --explain\n"));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  self->json = inb_cli_wants_json (argc, argv);
  if (!inb_cli_parse (context, &argc, &argv, error))
    return FALSE;
  if (rest == NULL)
    return TRUE;
  g_set_error (error, INB_ERROR, INB_ERROR_BAD_INPUT,
               _ ("“%s” stands alone. Photos are named with --start and --last."), rest[0]);
  return FALSE;
}

static gboolean
read_number (const char *option, const char *text, guint low, guint high, guint *value,
             GError **error)
{
  g_autofree char *possible = NULL;
  guint64 number = 0;

  if (text == NULL)
    return TRUE;
  if (g_ascii_string_to_unsigned (text, 10, low, high, &number, NULL))
    {
      *value = (guint) number;
      return TRUE;
    }
  possible = g_strdup_printf (_ ("a whole number from %u to %u"), low, high);
  return inb_cli_refuse (error, option, text, possible);
}

static gboolean
read_size (const char *text, guint *width, guint *height, GError **error)
{
  g_auto (GStrv) sides = text != NULL ? g_strsplit (text, "x", 3) : NULL;

  if (text == NULL)
    return TRUE;
  if (g_strv_length (sides) != 2 || !read_number ("--size", sides[0], 0, G_MAXINT32, width, NULL) ||
      !read_number ("--size", sides[1], 0, G_MAXINT32, height, NULL))
    return inb_cli_refuse (error, "--size", text, _ ("two numbers, for example 1920x1080"));
  return TRUE;
}

/* Counted exactly: round (seconds × rate). */
static gboolean
read_length (Render *self, GError **error)
{
  InbEngineRequest *request = &self->request;
  double longest = (double) INB_ENGINE_MAX_FRAMES / request->fps;
  double seconds = DEFAULT_DURATION_S;
  g_autofree char *possible = NULL;
  char *end = NULL;

  if (self->frames != NULL && self->duration != NULL)
    {
      g_set_error_literal (
          error, INB_ERROR, INB_ERROR_BAD_INPUT,
          _ ("--duration and --frames both say how long the clip is. Give one of them."));
      return FALSE;
    }
  if (self->frames != NULL)
    return read_number ("--frames", self->frames, 1, INB_ENGINE_MAX_FRAMES, &request->n_frames,
                        error);
  if (self->duration != NULL)
    seconds = g_ascii_strtod (self->duration, &end);
  /* written so that NaN fails too */
  if ((end != NULL && (end == self->duration || *end != '\0')) ||
      !(seconds * request->fps >= 0.5 && seconds <= longest))
    {
      possible = g_strdup_printf (_ ("seconds, at most %.0f at this frame rate"), floor (longest));
      return inb_cli_refuse (error, "--duration", self->duration != NULL ? self->duration : "5",
                             possible);
    }
  request->n_frames = (guint) floor (seconds * request->fps + 0.5);
  return TRUE;
}

static gboolean
read_ease (Render *self, GError **error)
{
  if (self->ease == NULL)
    self->request.ease = INB_ENGINE_EASE_PROMPT;
  else if (g_str_equal (self->ease, "linear"))
    self->request.ease = INB_ENGINE_EASE_LINEAR;
  else if (g_str_equal (self->ease, "smooth"))
    self->request.ease = INB_ENGINE_EASE_SMOOTH;
  else
    return inb_cli_refuse (error, "--ease", self->ease, "linear, smooth");
  return TRUE;
}

/* By the name's ending; a ".part" behind it is a parent's way of naming what is not whole yet. */
static gboolean
read_container (Render *self, GError **error)
{
  g_autofree char *lower = NULL;
  g_autofree char *name = NULL;

  if (self->output == NULL || *self->output == '\0')
    {
      g_set_error_literal (
          error, INB_ERROR, INB_ERROR_BAD_INPUT,
          _ ("Say where the clip goes: --output FILE.mp4. “inbetween-cli render --help” shows "
             "how."));
      return FALSE;
    }
  name = g_filename_display_name (self->output);
  lower = g_ascii_strdown (self->output, -1);
  if (g_str_has_suffix (lower, ".part"))
    lower[strlen (lower) - strlen (".part")] = '\0';
  if (g_str_equal (lower, "-") || g_str_has_suffix (lower, ".y4m"))
    self->container = "y4m";
  else if (g_str_has_suffix (lower, ".mp4"))
    self->container = "mp4";
  else if (g_str_has_suffix (lower, ".webm"))
    self->container = "webm";
  else
    return inb_cli_refuse (error, "--output", name,
                           _ ("a name that ends in .mp4, .webm or .y4m, or “-”"));
  if (g_str_equal (self->output, "-") && self->json)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_BAD_INPUT,
                           _ ("--json and --output - both want standard output. Give one of "
                              "them, or a file."));
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_options (Render *self, GError **error)
{
  InbEngineRequest *request = &self->request;

  request->fps = DEFAULT_FPS;
  if (self->start == NULL)
    g_set_error_literal (error, INB_ERROR, INB_ERROR_BAD_INPUT,
                         _ ("There is no start photo. Give one with --start PHOTO."));
  else if (self->prompt == NULL)
    g_set_error_literal (error, INB_ERROR, INB_ERROR_BAD_INPUT,
                         _ ("There is no prompt. Say in a few words how the camera should move, "
                            "for example --prompt \"slow push in\"."));
  else if (self->matte != NULL && self->last != NULL)
    g_set_error_literal (error, INB_ERROR, INB_ERROR_BAD_INPUT,
                         _ ("A matte goes with one photo. Leave --matte or --last away."));
  else
    return read_size (self->size, &request->width, &request->height, error) &&
           read_number ("--fps", self->fps, 1, INB_ENGINE_MAX_FPS, &request->fps, error) &&
           read_number ("--threads", self->threads, 1, MAX_THREADS, &request->n_threads, error) &&
           read_number ("--seed", self->seed, 0, G_MAXUINT32, &request->seed, error) &&
           read_length (self, error) && read_ease (self, error) &&
           (self->explain || read_container (self, error));
  return FALSE;
}

static gboolean
open_photos (Render *self, GError **error)
{
  const char *paths[] = { self->start, self->last };
  InbEngineRequest *request = &self->request;

  for (request->n_photos = 0; request->n_photos < (self->last != NULL ? 2U : 1U);
       request->n_photos++)
    {
      guint i = request->n_photos;

      self->sources[i] = inb_photo_source_open (paths[i], NULL, error);
      if (self->sources[i] == NULL ||
          (!self->explain && !inb_cli_output_check (self->output, paths[i], error)))
        return FALSE;
      request->photo_width[i] = self->sources[i]->facts.width;
      request->photo_height[i] = self->sources[i]->facts.height;
    }
  if (self->size == NULL)
    inb_framing_get_clip_size ((double) request->photo_width[0] / request->photo_height[0],
                               DEFAULT_LONG_SIDE, &request->width, &request->height);
  return TRUE;
}

static InbEngine *
make_engine (Render *self, GError **error)
{
  if (!open_photos (self, error))
    return NULL;
  self->request.prompt = self->prompt;
  self->request.only_explain = self->explain;
  return inb_engine_new (&self->request, error);
}

static gboolean
has_alpha (const Render *self)
{
  return self->sources[0]->facts.alpha ||
         (self->sources[1] != NULL && self->sources[1]->facts.alpha);
}

/* As it is, but no larger than the photo is worked at. */
static gboolean
load_matte (Render *self, InbEngine *engine, GError **error)
{
  g_autoptr (InbPhotoSource) source = NULL;
  g_autoptr (InbPixels) pixels = NULL;
  InbPhotoPart part = { 0 };
  guint width, height;

  if (self->matte == NULL)
    return TRUE;
  source = inb_photo_source_open (self->matte, NULL, error);
  if (source == NULL ||
      !inb_framing_check_shape (source->facts.width, source->facts.height,
                                self->request.photo_width[0], self->request.photo_height[0], error))
    return FALSE;
  inb_engine_get_decode_size (engine, 0, &width, &height);
  part.width = source->facts.width;
  part.height = source->facts.height;
  part.out_width = MIN (part.width, width);
  part.out_height = MIN (part.height, height);
  pixels = inb_photo_source_decode (source, &part, error);
  if (pixels == NULL)
    return FALSE;
  inb_engine_set_matte (engine, pixels);
  return TRUE;
}

static gboolean
load_photos (Render *self, InbEngine *engine, GError **error)
{
  if (!load_matte (self, engine, error))
    return FALSE;
  for (guint i = 0; i < self->request.n_photos; i++)
    {
      const InbPhotoFacts *facts = &self->sources[i]->facts;
      InbPhotoPart part = { .width = facts->width, .height = facts->height };
      g_autoptr (InbPixels) pixels = NULL;

      inb_engine_get_decode_size (engine, i, &part.out_width, &part.out_height);
      pixels = inb_photo_source_decode (self->sources[i], &part, error);
      if (pixels == NULL)
        return FALSE;
      inb_engine_set_photo (engine, i, pixels);
    }
  return TRUE;
}

static void
progress_cb (double progress, gpointer user_data)
{
  inb_cli_progress_set (user_data, progress);
}

static gboolean
write_clip (Render *self, InbEngine *engine, InbCliRenderResult *result, GError **error)
{
  const InbEngineRequest *request = &self->request;
  g_autoptr (InbEncoder) encoder = inb_encoder_open (self->part, self->container, request->width,
                                                     request->height, request->fps, error);

  if (encoder == NULL || !load_photos (self, engine, error) ||
      !inb_engine_render (engine, encoder, progress_cb, self->progress, NULL, error) ||
      !inb_encoder_close (encoder, error))
    return FALSE;
  *result = (InbCliRenderResult){
    self->output,
    self->container,
    inb_encoder_get_name (encoder),
    request->n_frames,
    request->width,
    request->height,
    request->fps,
    -1,
  };
  return TRUE;
}

/* The path first, the clip last: when the clip has its name, everything is there. */
static gboolean
write_all (Render *self, InbEngine *engine, InbCliRenderResult *result, GError **error)
{
  gboolean to_file = g_strcmp0 (self->output, "-") != 0;
  GStatBuf facts;

  if (!write_clip (self, engine, result, error))
    return FALSE;
  if (self->path != NULL)
    {
      g_autoptr (GBytes) path = inb_cli_render_make_path (engine, &self->request);

      if (!inb_cli_output_write (self->path, path, FALSE, error))
        return FALSE;
      inb_cli_worker_guard (to_file ? self->part : NULL); /* guarded the path meanwhile */
    }
  if (to_file && g_stat (self->part, &facts) == 0)
    result->bytes = facts.st_size;
  return !to_file || g_str_equal (self->part, self->output) ||
         inb_output_commit (self->part, self->output, error);
}

static gboolean
render (Render *self, GError **error)
{
  g_autoptr (InbEngine) engine = make_engine (self, error);
  gboolean to_file = self->output != NULL && !g_str_equal (self->output, "-");
  InbCliRenderResult result;
  gboolean good;

  if (engine == NULL)
    return FALSE;
  if (self->explain)
    {
      /* only pixels tell what is product, and how one photo becomes the other */
      if ((self->matte != NULL || inb_engine_needs_photo (engine)) &&
          (!load_photos (self, engine, error) || !inb_engine_prepare (engine, NULL, error)))
        return FALSE;
      if (self->matte_output != NULL &&
          !inb_cli_matte_write (inb_engine_get_matte (engine), self->matte_output, error))
        return FALSE;
      inb_cli_render_print_explanation (engine, has_alpha (self));
      return TRUE;
    }
  self->part = to_file && !g_str_has_suffix (self->output, ".part")
                   ? g_strconcat (self->output, ".part", NULL)
                   : g_strdup (self->output);
  self->progress = inb_cli_progress_new (self->progress_fd);
  if (to_file)
    inb_cli_worker_guard (self->part);
  good = write_all (self, engine, &result, error);
  if (!good && to_file)
    g_unlink (self->part);
  inb_cli_worker_guard (NULL);
  g_clear_pointer (&self->progress, inb_cli_progress_free);
  if (good)
    inb_cli_render_print_result (engine, &result, has_alpha (self), self->json);
  return good;
}

/**
 * inb_cli_render:
 * @argc: arguments
 * @argv: the arguments, the command's name first
 *
 * Returns: 0 if the clip is there, or explained; else what the error stands for
 */
int
inb_cli_render (int argc, char **argv)
{
  g_auto (Render) self = { .progress_fd = -1 };
  GError *error = NULL;

  g_log_writer_default_set_use_stderr (TRUE); /* standard output holds the result only */
  if (!parse (&self, argc, argv, &error) || !read_options (&self, &error))
    return inb_cli_fail (error, self.json);
  inb_cli_worker_begin (INB_CLI_WORKER_RENDER, self.progress_fd >= 0);
  if (!render (&self, &error))
    return inb_cli_fail (error, self.json);
  return 0;
}
