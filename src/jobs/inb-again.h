/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-job.h"

G_BEGIN_DECLS

/* Who asks for the same again so soon may have meant to ask once (chosen; interface rule 1) */
#define INB_AGAIN_S 600

gboolean inb_again_is_same (const InbRequest *one, const InbRequest *other);
InbJob *inb_again_find (GListModel *jobs, const InbRequest *request, gint64 now_us);

G_END_DECLS
