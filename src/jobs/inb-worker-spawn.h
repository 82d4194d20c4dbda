/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GSubprocess *inb_worker_spawn (char **arguments, int *progress_fd, GError **error);
GSubprocess *inb_worker_spawn_clip (char **arguments, GError **error);

G_END_DECLS
