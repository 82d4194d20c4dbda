/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-job.h"

G_BEGIN_DECLS

/**
 * InbRemedy:
 * @INB_REMEDY_CANCEL: end it
 * @INB_REMEDY_UNDO: end it before its paid request leaves: costs nothing
 * @INB_REMEDY_RESUME: let it go on after it was paused; pays what it costs
 * @INB_REMEDY_RETRY: begin the same job again
 * @INB_REMEDY_ORDER: ask for the same anew, as another job
 * @INB_REMEDY_ASK: ask the service once more what became of it
 * @INB_REMEDY_GIVE_UP: count its lost answer as lost
 * @INB_REMEDY_RESEND: send it again; may pay twice
 * @INB_REMEDY_DELETE: hide it
 * @INB_REMEDY_RESTORE: show it again
 *
 * What a person can do about a take.
 */
typedef enum
{
  INB_REMEDY_NONE = 0,
  INB_REMEDY_CANCEL = 1 << 0,
  INB_REMEDY_UNDO = 1 << 1,
  INB_REMEDY_RESUME = 1 << 2,
  INB_REMEDY_RETRY = 1 << 3,
  INB_REMEDY_ORDER = 1 << 4,
  INB_REMEDY_ASK = 1 << 5,
  INB_REMEDY_GIVE_UP = 1 << 6,
  INB_REMEDY_RESEND = 1 << 7,
  INB_REMEDY_DELETE = 1 << 8,
  INB_REMEDY_RESTORE = 1 << 9,
} InbRemedy;

InbRemedy inb_remedy_find (InbJob *job, gint64 now_us);
gint64 inb_remedy_get_cost (InbJob *job);
gboolean inb_remedy_may_be_charged (InbJob *job);

G_END_DECLS
