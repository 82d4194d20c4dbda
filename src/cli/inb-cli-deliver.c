/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inb-cli-deliver.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "core/inb-error.h"
#include "render/inb-encoder.h"
#include "store/inb-files.h"

/* A product's name as part of a file's name: most file systems take 255 bytes */
#define MAX_STEM_BYTES 200
#define MAX_TRIES 10000

static gboolean
is_folder (const char *path)
{
  return g_file_test (path, G_FILE_TEST_IS_DIR);
}

static gboolean
is_taken (const char *path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS) || g_file_test (path, G_FILE_TEST_IS_SYMLINK);
}

/* FILE.mp4 for one take, FILE-1.mp4, FILE-2.mp4, … for several */
static char *
dup_file_name (const char *output, guint index, guint n_takes)
{
  const char *dot = strrchr (output, '.');

  if (n_takes == 1)
    return g_strdup (output);
  return g_strdup_printf ("%.*s-%u%s", (int) (dot - output), output, index + 1, dot);
}

static gboolean
check_folder (const char *folder, GError **error)
{
  g_autofree char *name = g_filename_display_name (folder);

  if (!is_folder (folder))
    {
      g_set_error (error, INB_ERROR, INB_ERROR_NO_ACCESS,
                   _ ("The folder “%s” does not exist. Make it first, or choose another."), name);
      return FALSE;
    }
  if (access (folder, W_OK | X_OK) == 0)
    return TRUE;
  g_propagate_error (error, inb_error_new_for_errno (errno, name));
  return FALSE;
}

/* The engine writes one kind of file on this computer; a name that says otherwise would lie. */
static gboolean
check_ending (const char *output, GError **error)
{
  g_autofree char *lower = g_ascii_strdown (output, -1);
  g_autofree char *name = g_filename_display_name (output);
  const char *container;

  if (!g_str_has_suffix (lower, ".mp4") && !g_str_has_suffix (lower, ".webm"))
    {
      g_set_error (
          error, INB_ERROR, INB_ERROR_BAD_INPUT,
          _ ("“%s” is neither a folder nor a name that ends in .mp4 or .webm. Give one of them."),
          name);
      return FALSE;
    }
  container = inb_encoder_choose_container (error);
  if (container == NULL)
    return FALSE;
  if (g_str_has_suffix (lower, container))
    return TRUE;
  if (g_str_equal (container, "mp4"))
    g_set_error (error, INB_ERROR, INB_ERROR_BAD_INPUT,
                 _ ("Clips are MP4 files on this computer, so “%s” would be a wrong name. Let it "
                    "end in .mp4."),
                 name);
  else
    g_set_error (error, INB_ERROR, INB_ERROR_BAD_INPUT,
                 _ ("Clips are WebM files on this computer, which has no H.264 encoder, so “%s” "
                    "would be a wrong name. Let it end in .webm."),
                 name);
  return FALSE;
}

/**
 * inb_cli_deliver_check:
 * @output: (nullable): a folder, made here if it ends in a slash and its parent exists, or a file
 * that does not exist, as given; %NULL: nowhere
 * @n_takes: how many clips there will be
 * @error: %INB_ERROR_BAD_INPUT, %INB_ERROR_NO_ACCESS, %INB_ERROR_NO_CODEC
 *
 * Finds before any work what could not be written at its end. Nothing is ever overwritten.
 *
 * Returns: %TRUE if the clips can go there
 */
gboolean
inb_cli_deliver_check (const char *output, guint n_takes, GError **error)
{
  g_autofree char *folder = NULL;

  if (output == NULL)
    return TRUE;
  if (g_str_has_suffix (output, G_DIR_SEPARATOR_S) && !is_folder (output))
    g_mkdir (output,
             0777); /* "clips/" can only mean a folder; why it cannot be made is told below */
  if (is_folder (output) || g_str_has_suffix (output, G_DIR_SEPARATOR_S))
    return check_folder (output, error);
  folder = g_path_get_dirname (output);
  if (!check_folder (folder, error) || !check_ending (output, error))
    return FALSE;
  for (guint i = 0; i < n_takes; i++)
    {
      g_autofree char *path = dup_file_name (output, i, n_takes);

      g_autofree char *name = g_filename_display_name (path);

      if (is_taken (path))
        {
          g_set_error (
              error, INB_ERROR, INB_ERROR_BAD_INPUT,
              _ ("“%s” exists already and is not overwritten. Choose another name, or a folder."),
              name);
          return FALSE;
        }
    }
  return TRUE;
}

/* Without what a file system, a shell or a Windows colleague would stumble over */
static char *
dup_stem (InbJob *job)
{
  g_autofree char *stem = g_strdup (inb_job_get_product_name (job));

  g_strdelimit (stem, "/\\:*?\"<>|\n\r\t", '-');
  if (strlen (stem) > MAX_STEM_BYTES)
    *g_utf8_find_prev_char (stem, stem + MAX_STEM_BYTES) = '\0';
  if (*stem == '.' || *stem == '-')
    *stem = '_';
  return g_strdup_printf ("%s-%u", stem, inb_job_get_take (job));
}

static char *
copy_into_folder (const char *folder, InbJob *job, const InbClip *clip, GError **error)
{
  g_autofree char *stem = dup_stem (job);

  for (guint i = 1; i < MAX_TRIES; i++)
    {
      g_autofree char *suffix = i > 1 ? g_strdup_printf ("-%u", i) : g_strdup ("");
      g_autofree char *name = g_strdup_printf ("%s%s.%s", stem, suffix, clip->container);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (is_taken (path))
        continue;
      return inb_files_copy (clip->path, path, NULL, error) ? g_steal_pointer (&path) : NULL;
    }
  g_set_error (error, INB_ERROR, INB_ERROR_FAILED,
               _ ("The folder holds too many clips called “%s”. Choose another."), stem);
  return NULL;
}

/**
 * inb_cli_deliver:
 * @output: a folder, or a file, as it was given
 * @job: a job that is DONE
 * @index: its number among those asked for at once, from 0
 * @n_takes: how many those were
 * @error: as inb_files_copy(); the clip itself stays where it is kept
 *
 * Copies the clip: to the file named; to FILE-1, FILE-2, … for several takes; into a folder as
 * PRODUCT-TAKE, with -2, -3, … where that name is taken.
 *
 * Returns: (transfer full) (nullable): where the copy is
 */
char *
inb_cli_deliver (const char *output, InbJob *job, guint index, guint n_takes, GError **error)
{
  const InbClip *clip = inb_job_get_clip (job);
  g_autofree char *path = NULL;

  if (is_folder (output))
    return copy_into_folder (output, job, clip, error);
  path = dup_file_name (output, index, n_takes);
  return inb_files_copy (clip->path, path, NULL, error) ? g_steal_pointer (&path) : NULL;
}
