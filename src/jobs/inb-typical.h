/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jobs/inb-queue.h"

G_BEGIN_DECLS

gint64 inb_typical_find (InbQueue *queue, const InbRequest *request);

G_END_DECLS
