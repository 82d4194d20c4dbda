/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

double inb_random_get (guint32 seed, guint32 index);

G_END_DECLS
