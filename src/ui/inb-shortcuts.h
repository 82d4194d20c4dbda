/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * InbShortcut:
 * @title: (nullable): what happens, to be translated; of a section: its heading
 * @keys: (nullable): accelerators, with a space between; %NULL: a section begins
 *
 * A line of the list of keys. The list ends with one that has no title.
 */
typedef struct
{
  const char *title;
  const char *keys;
} InbShortcut;

extern const InbShortcut inb_shortcuts[];

GtkWidget *inb_shortcuts_new (void);

G_END_DECLS
