/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "net/inb-http.h"
#include "store/inb-guard.h"
#include "ui/inb-application.h"

int
main (int argc, char **argv)
{
  g_autoptr (InbApplication) application = NULL;

  inb_guard_memory (INB_GUARD_NO_DUMPS);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name (_ ("Inbetween"));
  inb_http_init ();

  application = inb_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
