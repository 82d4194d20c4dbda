/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How many steps there are; what PRAGMA user_version says of a database that has them all. */
#define INB_SCHEMA_VERSION 5

extern const char *const inb_schema_steps[INB_SCHEMA_VERSION];

G_END_DECLS
