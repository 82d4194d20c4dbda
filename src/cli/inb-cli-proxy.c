/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inb-cli.h"

int
inb_cli_proxy (int argc, char **argv)
{
  inb_cli_say ("%s is not there yet", argv[0]);
  return 1;
}
