/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * InbFarmTask:
 * @task: 0 … number of tasks − 1, each once, in no order
 * @user_data: as given
 */
typedef void (*InbFarmTask) (guint task, gpointer user_data);

/**
 * InbFarmDraw:
 * @frame: number of a frame; its picture may depend on nothing else
 * @into: (out caller-allocates): the frame's bytes
 * @user_data: as given
 *
 * Called on several threads at once.
 */
typedef void (*InbFarmDraw) (guint frame, guint8 *into, gpointer user_data);

/**
 * InbFarmTake:
 * @frame: number of the frame, counting up from 0 without a gap
 * @bytes: (transfer none): the frame; may be kept with a reference
 * @user_data: as given
 * @error: why it cannot be taken
 *
 * Called on the thread that called inb_farm_run().
 *
 * Returns: %FALSE to stop
 */
typedef gboolean (*InbFarmTake) (guint frame, GBytes *bytes, gpointer user_data, GError **error);

guint inb_farm_get_default_threads (void);
void inb_farm_each (guint n_threads, guint n_tasks, InbFarmTask task, gpointer user_data);
gboolean inb_farm_run (guint n_threads, guint n_frames, gsize frame_bytes, InbFarmDraw draw,
                       gpointer draw_data, InbFarmTake take, gpointer take_data,
                       GCancellable *cancellable, GError **error);

G_END_DECLS
