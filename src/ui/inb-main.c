/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "net/inb-http.h"
#include "providers/inb-words.h"
#include "store/inb-guard.h"
#include "ui/inb-application.h"

/* GLib's own words for an option it does not know say neither what there is nor end with the status
 * of a mistake in the command line. */
static const char *
find_unknown_option (int argc, char **argv)
{
  static const char *const known[] = {
    "--version", "--new-product", "--gapplication-service", "--display", "-h", NULL
  };

  for (int i = 1; i < argc && strcmp (argv[i], "--") != 0; i++)
    {
      g_autofree char *name = g_strndup (argv[i], strcspn (argv[i], "="));

      if (*name == '-' && !g_str_has_prefix (name, "--help") && !g_strv_contains (known, name))
        return argv[i];
    }
  return NULL;
}

int
main (int argc, char **argv)
{
  g_autoptr (InbApplication) application = NULL;
  const char *unknown = find_unknown_option (argc, argv);

  inb_guard_memory (INB_GUARD_NO_DUMPS);
  inb_words_begin ();
  g_set_application_name (_ ("Inbetween"));
  if (unknown != NULL)
    {
      fprintf (
          stderr,
          _ ("inbetween: “%s” is no option. Give photos, or “--help”. Clips are made without a "
             "window by “inbetween-cli”.\n"),
          unknown);
      return 2;
    }
  inb_http_init ();

  application = inb_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
