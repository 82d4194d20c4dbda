/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inb-cli.h"

#include <fcntl.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/inb-http.h"
#include "providers/inb-catalogue.h"
#include "providers/inb-words.h"
#include "store/inb-guard.h"
#include "store/inb-paths.h"

typedef struct
{
  const char *name;
  const char *summary;
  int (*run) (int argc, char **argv);
} Command;

static const Command commands[] = {
  { "generate", N_ ("make clips from a photo"), inb_cli_generate },
  { "request", N_ ("print a request as a program: curl, JavaScript, Python"), inb_cli_request },
  { "jobs", N_ ("list, show, resume and cancel jobs"), inb_cli_jobs },
  { "providers", N_ ("list what can make clips"), inb_cli_providers },
  { "keys", N_ ("keep the keys of the services in the keyring"), inb_cli_keys },
  { "photo", N_ ("prepare one photo as a frame"), inb_cli_photo },
  { "render", N_ ("render one clip with the local engine"), inb_cli_render },
  { "proxy", N_ ("make the small copy of a clip that review scrubs"), inb_cli_proxy },
  { "poster", N_ ("make a still picture of a clip"), inb_cli_poster },
  { "inspect", N_ ("check a clip to its end and print what it is"), inb_cli_inspect },
  { "selftest", N_ ("check what this installation can do"), inb_cli_selftest },
};

static int
print_help (int status)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, _ ("Usage: %s COMMAND …\n\n"), "inbetween-cli");
  g_string_append (text, _ ("Turns product photos into short video clips.\n\n"));
  g_string_append (
      text,
      _ ("Try: inbetween-cli generate photo.jpg --prompt \"slow push in\" --output clip.mp4\n\n"));
  g_string_append (text, _ ("Commands:\n"));
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "  %-10s  %s\n", commands[i].name, _ (commands[i].summary));
  g_string_append (
      text, _ ("\n“inbetween-cli COMMAND --help” explains each. Messages go to standard error, "
               "results to standard output.\n"));
  if (status == 0)
    g_print ("%s", text->str);
  else
    g_printerr ("%s", text->str);
  g_string_free (text, TRUE);
  return status;
}

/* A descriptor that came closed would be given to the next file that is opened, and what is printed
 * would land in a clip or in the database. Writing to /dev/full fails, so that finish() tells of
 * it. */
static void
fill_standard_descriptors (void)
{
  static const char *const stand_ins[] = { "/dev/null", "/dev/full", "/dev/null" };

  for (int fd = 0; fd < (int) G_N_ELEMENTS (stand_ins); fd++)
    if (fcntl (fd, F_GETFD) < 0)
      (void) !open (stand_ins[fd], O_RDWR); /* takes the lowest free number, which is this one */
}

/* What was printed and did not arrive is a failure, whatever else went well. */
static int
finish (int status)
{
  if (fflush (stdout) == 0 && !ferror (stdout))
    return status;
  inb_cli_say (_ ("The result could not be written to standard output. What was made is kept; "
                  "“inbetween-cli jobs” lists it."));
  return status != 0 ? status : 1;
}

static void
find_own_providers (void)
{
  g_autofree char *root = inb_paths_dup_default_root ();
  g_autofree char *folder = inb_paths_dup_providers (root);

  inb_catalogue_set_folder (folder);
}

int
main (int argc, char **argv)
{
  const char *name = argc > 1 ? argv[1] : "--help";

  inb_guard_memory (INB_GUARD_NO_READERS);
  fill_standard_descriptors ();
  inb_words_begin ();
  g_set_prgname ("inbetween-cli");
  inb_http_init ();
  find_own_providers ();

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (name, commands[i].name) == 0)
      return finish (commands[i].run (argc - 1, argv + 1));

  if (strcmp (name, "--version") == 0)
    {
      g_print ("inbetween-cli %s\n", PACKAGE_VERSION);
      return finish (0);
    }
  if (strcmp (name, "--help") == 0 || strcmp (name, "-h") == 0 || strcmp (name, "help") == 0)
    return finish (print_help (argc > 1 ? 0 : 2));
  inb_cli_say (_ ("There is no command “%s”."), name);
  return print_help (2);
}
