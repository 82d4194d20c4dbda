/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jobs/inb-news.h"
#include "store/inb-lock.h"

G_BEGIN_DECLS

typedef struct _InbRunner InbRunner;

InbRunner *inb_runner_start (const char *root, InbLock *lock, InbNews *news, gboolean trace);
void inb_runner_poke (InbRunner *self);
void inb_runner_stop (InbRunner *self);

G_END_DECLS
