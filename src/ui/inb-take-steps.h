/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "jobs/inb-queue.h"

G_BEGIN_DECLS

#define INB_TYPE_TAKE_STEPS (inb_take_steps_get_type ())
G_DECLARE_FINAL_TYPE (InbTakeSteps, inb_take_steps, INB, TAKE_STEPS, GObject)

InbTakeSteps *inb_take_steps_new (InbQueue *queue, AdwToastOverlay *toasts);
void inb_take_steps_delete (InbTakeSteps *self, InbJob *job);
void inb_take_steps_restore (InbTakeSteps *self, InbJob *job);
void inb_take_steps_mark (InbTakeSteps *self, InbJob *job, int mark);
void inb_take_steps_name (InbTakeSteps *self, InbJob *job, const char *name);
void inb_take_steps_imported (InbTakeSteps *self, InbJob *job);
gboolean inb_take_steps_undo (InbTakeSteps *self);
gboolean inb_take_steps_redo (InbTakeSteps *self);
void inb_take_steps_forget_redo (InbTakeSteps *self);
gint64 inb_take_steps_get_undo_time (InbTakeSteps *self);
gint64 inb_take_steps_get_redo_time (InbTakeSteps *self);

G_END_DECLS
