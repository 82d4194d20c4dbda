/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-job.h"
#include "store/inb-store.h"

G_BEGIN_DECLS

void inb_typical_teach (InbStore *store, InbJob *job);

G_END_DECLS
