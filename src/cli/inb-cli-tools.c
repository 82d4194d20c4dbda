/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inb-cli.h"

#include <glib/gi18n.h>
#include <stdarg.h>

#include "core/inb-error.h"

/**
 * inb_cli_parse:
 * @context: (transfer none): with the command's options
 * @argc: (inout): arguments left
 * @argv: (inout): the same
 * @error: %INB_ERROR_BAD_INPUT
 *
 * g_option_context_parse() with our error domain, and file names as the bytes they are.
 *
 * Returns: %FALSE if an option is wrong
 */
gboolean
inb_cli_parse (GOptionContext *context, int *argc, char ***argv, GError **error)
{
  g_autoptr (GError) option_error = NULL;
  g_autofree char *name = g_strdup_printf ("inbetween-cli %s", (*argv)[0]);

  g_set_prgname (name); /* what --help calls the program */
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  if (g_option_context_parse (context, argc, argv, &option_error))
    return TRUE;
  g_set_error (error, INB_ERROR, INB_ERROR_BAD_INPUT,
               _ ("%s. “inbetween-cli %s --help” lists what is possible."), option_error->message,
               (*argv)[0]);
  return FALSE;
}

/**
 * inb_cli_wants_json:
 * @argc: arguments
 * @argv: the arguments as they were given
 *
 * For a command line that is wrong: its error is told in the way that was asked for all the same.
 *
 * Returns: %TRUE if --json is among them
 */
gboolean
inb_cli_wants_json (int argc, char **argv)
{
  for (int i = 1; i < argc; i++)
    if (g_str_equal (argv[i], "--json"))
      return TRUE;
  return FALSE;
}

/**
 * inb_cli_refuse:
 * @error: set to %INB_ERROR_BAD_INPUT
 * @option: such as "--takes"
 * @value: what was given for it; bytes that are not UTF-8 are replaced
 * @possible: what can be given, for a person
 *
 * Returns: %FALSE, so that a check can end with it
 */
gboolean
inb_cli_refuse (GError **error, const char *option, const char *value, const char *possible)
{
  g_autofree char *shown = g_utf8_make_valid (value, -1);

  /* Translators: an option, what was given for it, what can be given. */
  return inb_error_refuse (error, _ ("%s “%s” is not possible. Give %s."), option, shown, possible);
}

/**
 * inb_cli_fail:
 * @error: (transfer full): why the command ends
 * @json: whether --json was given
 *
 * Prints the message on standard error and, with @json, {"error":{"class":…,"message":…}} on
 * standard output, from which the window learns what a worker met.
 *
 * Returns: the exit status that the error stands for
 */
int
inb_cli_fail (GError *error, gboolean json)
{
  int status = inb_error_get_exit_status (error);

  if (json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "error");
      json_builder_begin_object (builder);
      inb_json_add_string (builder, "class", inb_error_get_name (error));
      inb_json_add_string (builder, "message", error->message);
      json_builder_end_object (builder);
      json_builder_end_object (builder);
      inb_cli_print_json (builder);
    }
  inb_cli_say ("%s", error->message);
  g_error_free (error);
  return status;
}

/**
 * inb_cli_say:
 * @format: a message for a person, printf style
 * @...: its values
 *
 * Writes one line to standard error, with the program's name before it.
 */
void
inb_cli_say (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_printerr ("inbetween-cli: %s\n", text);
}

/**
 * inb_cli_print_json:
 * @builder: with one finished root
 *
 * Prints the one JSON document of a command on standard output.
 */
void
inb_cli_print_json (JsonBuilder *builder)
{
  g_autofree char *text = inb_json_builder_print (builder, TRUE);

  g_print ("%s\n", text);
}
