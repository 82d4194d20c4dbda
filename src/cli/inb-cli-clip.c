/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inb-cli-clip.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "cli/inb-cli-output.h"
#include "core/inb-error.h"
#include "render/inb-output.h"

static gboolean
check_arguments (InbCliClip *self, char **rest, gboolean with_output, const char *command,
                 GError **error)
{
  if (rest == NULL || g_strv_length (rest) != 1)
    g_set_error (error, INB_ERROR, INB_ERROR_BAD_INPUT,
                 _ ("Name one clip. “inbetween-cli %s --help” shows how."), command);
  else if (with_output && (self->output == NULL || *self->output == '\0'))
    g_set_error (error, INB_ERROR, INB_ERROR_BAD_INPUT,
                 _ ("Say where the result goes: --output FILE. “inbetween-cli %s --help” shows "
                    "how."),
                 command);
  else if (!with_output || inb_cli_output_check (self->output, rest[0], error))
    {
      self->clip = g_strdup (rest[0]);
      self->part = with_output ? g_strconcat (self->output, ".part", NULL) : NULL;
      return TRUE;
    }
  return FALSE;
}

/**
 * inb_cli_clip_parse:
 * @self: to fill in
 * @entries: (nullable): options of this command alone
 * @with_output: whether it writes a file and takes --output
 * @summary: what the command does, translated
 * @argc: arguments
 * @argv: the arguments, the command's name first
 * @error: %INB_ERROR_BAD_INPUT
 *
 * Returns: %FALSE if the command line is wrong
 */
gboolean
inb_cli_clip_parse (InbCliClip *self, const GOptionEntry *entries, gboolean with_output,
                    const char *summary, int argc, char **argv, GError **error)
{
  g_auto (GStrv) rest = NULL;
  const char *command = argv[0];
  GOptionEntry common[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json, N_ ("Print one JSON document"), NULL },
    { "progress-fd", 0, 0, G_OPTION_ARG_INT, &self->progress_fd,
      N_ ("Write progress as JSON lines to this open descriptor"), "N" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &rest, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  GOptionEntry output[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &self->output, N_ ("Write the result to this file"),
      N_ ("FILE") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (_ ("CLIP"));

  g_option_context_set_summary (context, summary);
  if (with_output)
    g_option_context_add_main_entries (context, output, GETTEXT_PACKAGE);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, common, GETTEXT_PACKAGE);
  self->json = inb_cli_wants_json (argc, argv);
  return inb_cli_parse (context, &argc, &argv, error) &&
         check_arguments (self, rest, with_output, command, error);
}

/**
 * inb_cli_clip_begin:
 * @self: a parsed command line
 *
 * Bounds this process before it touches foreign bytes, and sees to it that a signal leaves no file.
 */
void
inb_cli_clip_begin (InbCliClip *self)
{
  g_log_writer_default_set_use_stderr (TRUE); /* standard output holds the result only */
  inb_cli_worker_begin (INB_CLI_WORKER_RENDER, self->progress_fd >= 0);
  inb_cli_worker_guard (self->part);
  self->progress = inb_cli_progress_new (self->progress_fd);
}

/**
 * inb_cli_clip_progress_cb:
 * @progress: 0…1
 * @user_data: the #InbCliClip
 */
void
inb_cli_clip_progress_cb (double progress, gpointer user_data)
{
  InbCliClip *self = user_data;

  inb_cli_progress_set (self->progress, progress);
}

/**
 * inb_cli_clip_commit:
 * @self: whose part is whole
 * @error: as inb_output_commit()
 *
 * Returns: %FALSE if the part could not be given its name
 */
gboolean
inb_cli_clip_commit (InbCliClip *self, GError **error)
{
  if (!inb_output_commit (self->part, self->output, error))
    return FALSE;
  inb_cli_worker_guard (NULL);
  return TRUE;
}

/**
 * inb_cli_clip_fail:
 * @self: the command line
 * @error: (transfer full): why it ends
 *
 * Removes what is not whole and says why.
 *
 * Returns: the exit status
 */
int
inb_cli_clip_fail (InbCliClip *self, GError *error)
{
  if (self->part != NULL && self->progress != NULL) /* begun: the part is ours */
    g_unlink (self->part);
  g_clear_pointer (&self->progress, inb_cli_progress_free);
  return inb_cli_fail (error, self->json);
}

/**
 * inb_cli_clip_clear:
 * @self: to empty
 */
void
inb_cli_clip_clear (InbCliClip *self)
{
  g_clear_pointer (&self->progress, inb_cli_progress_free);
  g_clear_pointer (&self->clip, g_free);
  g_clear_pointer (&self->output, g_free);
  g_clear_pointer (&self->part, g_free);
}
