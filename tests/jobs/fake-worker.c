/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stands in for the workers of inbetween-cli: the same commands, options and answers, in
 * milliseconds, and it misbehaves when it is told to.
 *
 * G_FAKE_FOLDER (a name that the workers' environment lets through) is a folder with up to four
 * files. "frame-bytes" holds how large a prepared photo is. "order" holds COMMAND:WHAT: hang (until
 * SIGTERM), deaf (not even then), crash, mute (no word, status 1), chatter (endless output), space
 * (the disk is full), codec (no H.264), short (one frame less than asked), garbage (no JSON), gate
 * (wait until the file "gate" is there), unmarked (a framed matte is empty). "log", if it is there,
 * takes a line for each run. A photo that says "bad" is refused. */
#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

typedef struct
{
  const char *command;
  const char *input;
  const char *output;
  const char *size;
  const char *aspect;
  const char *last;
  const char *matte;
  const char *matte_output;
  const char *name;
  int duration;
  int fps;
  unsigned seed;
  int progress_fd;
} Options;

static const char *part;

G_NORETURN static void
end_cb (int number)
{
  if (part != NULL)
    unlink (part);
  _exit (128 + number);
}

/* Work takes time; this one's work is to wait. */
static void
pause_ms (int ms)
{
  poll (NULL, 0, ms);
}

static int
fail (const char *name, const char *message)
{
  printf ("{\"error\":{\"class\":\"%s\",\"message\":\"%s\"}}\n", name, message);
  fprintf (stderr, "inbetween-cli: %s\n", message);
  return 1;
}

static char *
dup_path (const char *name)
{
  const char *folder = g_getenv ("G_FAKE_FOLDER");

  return g_build_filename (folder != NULL ? folder : "/nonexistent", name, NULL);
}

static void
misbehave (const char *what)
{
  g_autofree char *gate = dup_path ("gate");

  if (strcmp (what, "hang") == 0 || strcmp (what, "deaf") == 0)
    for (;;)
      pause ();
  if (strcmp (what, "crash") == 0)
    raise (SIGKILL);
  if (strcmp (what, "mute") == 0)
    exit (1);
  if (strcmp (what, "garbage") == 0)
    {
      puts ("not JSON");
      exit (0);
    }
  while (strcmp (what, "chatter") == 0)
    puts ("0123456789012345678901234567890123456789012345678901234567890123456789");
  while (strcmp (what, "gate") == 0 && access (gate, F_OK) != 0)
    pause_ms (1);
}

static gboolean
put (const char *path, const char *data, size_t length)
{
  int fd = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  gboolean good;

  part = path;
  good = fd >= 0 && write (fd, data, length) == (ssize_t) length;
  if (fd >= 0)
    close (fd);
  return good;
}

static void
tell (const Options *options, double progress)
{
  g_autofree char *line = g_strdup_printf ("{\"progress\":%.3f}\n", progress);

  if (options->progress_fd >= 0 && write (options->progress_fd, line, strlen (line)) < 0)
    exit (1);
}

/* Enough for the header that is looked at, or what the test wants */
static gsize
get_frame_size (void)
{
  g_autofree char *path = dup_path ("frame-bytes");
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? MAX (64, (gsize) atol (text)) : 64;
}

static int
run_photo (const Options *options, const char *what)
{
  static const guchar head[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n',
                                 0,    0,   0,   13,  'I',  'H',  'D',  'R' };
  g_autofree char *bytes = NULL;
  unsigned width = 1600, height = 1200;
  gsize size = get_frame_size ();
  g_autofree guchar *picture = g_malloc0 (size);

  if (!g_file_get_contents (options->input, &bytes, NULL, NULL))
    return fail ("access", "there is no such photo");
  if (strstr (bytes, "bad") != NULL)
    {
      g_autofree char *words = g_strdup_printf ("%s is not a photo", options->name);

      return fail ("photo", words);
    }
  for (int i = 1; i <= 8; i++)
    {
      tell (options, i / 8.0);
      pause_ms (1);
    }
  if (options->aspect != NULL)
    sscanf (options->aspect, "%u:%u", &width, &height);
  memcpy (picture, head, sizeof head);
  for (int i = 0; i < 4; i++)
    {
      picture[16 + i] = (guchar) (width >> (24 - 8 * i));
      picture[20 + i] = (guchar) (height >> (24 - 8 * i));
    }
  if (options->matte_output != NULL &&
      (access (options->matte, R_OK) != 0 || !put (options->matte_output, (const char *) picture,
                                                   strcmp (what, "unmarked") == 0 ? 0 : size)))
    return fail ("access", "there is no such matte");
  if (!put (options->output, (const char *) picture, size))
    return fail ("space", "the disk is full");
  puts ("{\"ok\":true}");
  return 0;
}

static int
run_render (const Options *options, const char *what)
{
  g_autofree char *clip = NULL;
  unsigned width = 0, height = 0;
  int n_frames = options->duration * options->fps;

  sscanf (options->size, "%ux%u", &width, &height);
  if (strcmp (what, "codec") == 0 && g_str_has_suffix (options->output, ".mp4"))
    return fail ("codec", "no encoder for H.264 is installed");
  if (strcmp (what, "space") == 0)
    return put (options->output, "half", 4) ? fail ("space", "The disk is full.") : 1;
  for (int i = 1; i <= 20; i++)
    {
      tell (options, i / 20.0);
      pause_ms (1);
    }
  clip = g_strdup_printf ("CLIP %s %u %u %d %d seed %u%s%s\n",
                          g_str_has_suffix (options->output, ".webm") ? "webm" : "mp4", width,
                          height, strcmp (what, "short") == 0 ? n_frames - 1 : n_frames,
                          options->fps, options->seed, options->last != NULL ? " last" : "",
                          options->matte != NULL && access (options->matte, R_OK) == 0 ? " matte"
                                                                                       : "");
  if (!put (options->output, clip, strlen (clip)))
    return fail ("space", "the disk is full");
  puts ("{\"ok\":true}");
  return 0;
}

static int
run_inspect (const Options *options)
{
  g_autofree char *text = NULL;
  g_autofree char *sha256 = NULL;
  char container[16] = "";
  unsigned width = 0, height = 0;
  int n_frames = 0, fps = 0;
  gsize length = 0;

  if (!g_file_get_contents (options->input, &text, &length, NULL) ||
      sscanf (text, "CLIP %15s %u %u %d %d", container, &width, &height, &n_frames, &fps) != 5)
    return fail ("clip", "not a clip");
  sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) text, length);
  printf ("{\"container\":\"%s\",\"codec\":\"h264\",\"width\":%u,\"height\":%u,\"fps_n\":%d,"
          "\"fps_d\":1,\"frames\":%d,\"duration_ns\":%" G_GINT64_FORMAT
          ",\"color\":{\"matrix\":\"bt709\"},\"sha256\":\"%s\"}\n",
          container, width, height, fps, n_frames,
          (gint64) n_frames * G_GINT64_CONSTANT (1000000000) / fps, sha256);
  return 0;
}

static int
run_copy (const Options *options)
{
  if (!put (options->output, options->command, strlen (options->command)))
    return fail ("space", "the disk is full");
  puts ("{\"ok\":true}");
  return 0;
}

static const char *
take (char **argv, int argc, int *i)
{
  return *i + 1 < argc ? argv[++*i] : "";
}

static void
read_options (Options *options, int argc, char **argv)
{
  options->command = argc > 1 ? argv[1] : "";
  options->progress_fd = -1;
  for (int i = 2; i < argc; i++)
    if (strcmp (argv[i], "--output") == 0)
      options->output = take (argv, argc, &i);
    else if (strcmp (argv[i], "--start") == 0)
      options->input = take (argv, argc, &i);
    else if (strcmp (argv[i], "--last") == 0)
      options->last = take (argv, argc, &i);
    else if (strcmp (argv[i], "--matte") == 0)
      options->matte = take (argv, argc, &i);
    else if (strcmp (argv[i], "--matte-output") == 0)
      options->matte_output = take (argv, argc, &i);
    else if (strcmp (argv[i], "--size") == 0)
      options->size = take (argv, argc, &i);
    else if (strcmp (argv[i], "--aspect") == 0)
      options->aspect = take (argv, argc, &i);
    else if (strcmp (argv[i], "--name") == 0)
      options->name = take (argv, argc, &i);
    else if (strcmp (argv[i], "--duration") == 0)
      options->duration = atoi (take (argv, argc, &i));
    else if (strcmp (argv[i], "--fps") == 0)
      options->fps = atoi (take (argv, argc, &i));
    else if (strcmp (argv[i], "--seed") == 0)
      options->seed = (unsigned) strtoul (take (argv, argc, &i), NULL, 10);
    else if (strcmp (argv[i], "--progress-fd") == 0)
      options->progress_fd = atoi (take (argv, argc, &i));
    else if (strncmp (argv[i], "--", 2) != 0)
      options->input = argv[i];
    else if (strcmp (argv[i], "--json") != 0)
      i++; /* an option of no interest, and its value */
}

static gboolean
has_secret (void)
{
  g_auto (GStrv) variables = g_get_environ ();

  for (char **variable = variables; *variable != NULL; variable++)
    if (strstr (*variable, "canary") != NULL)
      return TRUE;
  return FALSE;
}

static void
note_run (const Options *options)
{
  g_autofree char *path = dup_path ("log");
  FILE *log = fopen (path, "r+e");

  if (log == NULL)
    return;
  fseek (log, 0, SEEK_END);
  fprintf (log, "%s %u%s%s\n", options->command, options->seed, has_secret () ? " secret" : "",
           getpgrp () == getpid () ? "" : " group");
  fclose (log);
}

int
main (int argc, char **argv)
{
  struct sigaction action = { .sa_handler = end_cb };
  g_autofree char *path = dup_path ("order");
  g_autofree char *order = NULL;
  const char *what = "";
  Options options = { 0 };

  sigaction (SIGTERM, &action, NULL);
  prctl (PR_SET_PDEATHSIG, SIGTERM);
  read_options (&options, argc, argv);
  note_run (&options);
  if (g_file_get_contents (path, &order, NULL, NULL) && g_str_has_prefix (order, options.command) &&
      order[strlen (options.command)] == ':')
    what = order + strlen (options.command) + 1;
  if (strcmp (what, "deaf") == 0)
    signal (SIGTERM, SIG_IGN);
  if (options.output != NULL && *what != '\0' && strcmp (what, "space") != 0)
    put (options.output, "half", 4); /* what a worker that ends badly leaves */
  if (strcmp (options.command, "render") == 0 && *what != '\0')
    tell (&options, 0.25);
  misbehave (what);
  if (strcmp (options.command, "photo") == 0)
    return run_photo (&options, what);
  if (strcmp (options.command, "render") == 0)
    return run_render (&options, what);
  if (strcmp (options.command, "inspect") == 0)
    return run_inspect (&options);
  if (strcmp (options.command, "poster") == 0 || strcmp (options.command, "proxy") == 0)
    return run_copy (&options);
  return fail ("input", "no such command");
}
