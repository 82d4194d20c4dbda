/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  INB_GUARD_NO_DUMPS,   /* a crash leaves no image of the memory on the disk */
  INB_GUARD_NO_READERS, /* and other programs of the same person cannot read it either */
} InbGuard;

void inb_guard_memory (InbGuard guard);

G_END_DECLS
