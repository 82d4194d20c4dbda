/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inb-cli.h"

#include <glib/gi18n.h>

#include "cli/inb-cli-catalogue.h"
#include "cli/inb-cli-check.h"
#include "core/inb-error.h"
#include "providers/inb-catalogue.h"
#include "render/inb-encoder.h"

/* The local engine can serve if there is an encoder to write its clips with. */
static int
check_here (const InbProvider *provider, gboolean json, GError **error)
{
  const char *container = inb_encoder_choose_container (error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (container == NULL)
    return -1;
  if (!json)
    {
      /* Translators: a provider, a kind of video file. */
      g_print (_ ("%s is ready and writes %s files.\n"), provider->name, container);
      return 0;
    }
  json_builder_begin_object (builder);
  inb_json_add_string (builder, "id", provider->id);
  inb_json_add_boolean (builder, "ready", TRUE);
  inb_json_add_string (builder, "container", container);
  json_builder_end_object (builder);
  inb_cli_print_json (builder);
  return 0;
}

static int
run (char **words, gboolean json, GError **error)
{
  guint n_words = words != NULL ? g_strv_length (words) : 0;
  const char *name = n_words > 0 ? words[0] : "list";
  const InbProvider *provider;

  if (g_str_equal (name, "list") && n_words < 2)
    return inb_cli_catalogue_list (json, error);
  if (n_words != 2 || (!g_str_equal (name, "show") && !g_str_equal (name, "check")))
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_BAD_INPUT,
                           _ ("Give one of: list, show ID, check ID. “inbetween-cli providers "
                              "--help” explains them."));
      return -1;
    }
  provider = inb_catalogue_find (words[1], error);
  if (provider == NULL)
    return -1;
  if (g_str_equal (name, "show"))
    return inb_cli_catalogue_show (provider, json);
  return provider->service != NULL ? inb_cli_check (provider, json)
                                   : check_here (provider, json, error);
}

/**
 * inb_cli_providers:
 * @argc: arguments
 * @argv: the arguments, the command's name first
 *
 * Returns: 0; 1 if the provider that is checked cannot serve; 2 for a wrong usage, or no key
 */
int
inb_cli_providers (int argc, char **argv)
{
  g_auto (GStrv) words = NULL;
  gboolean json = FALSE;
  gboolean wants_json = inb_cli_wants_json (argc, argv);
  g_autoptr (GOptionContext) context = g_option_context_new (_ ("[list | show ID | check ID]"));
  GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print one JSON document"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &words, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  GError *error = NULL;
  int status = -1;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_summary (
      context, _ ("Lists who can make clips, and for how much.\n\n"
                  "  list     all of them (also without a word)\n"
                  "  show     what one of them can do, what it costs, and why not\n"
                  "  check    whether it could make a clip now and takes the key; costs nothing"));
  if (inb_cli_parse (context, &argc, &argv, &error))
    status = run (words, json, &error);
  return status >= 0 ? status : inb_cli_fail (error, wants_json);
}
