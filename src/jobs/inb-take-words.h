/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-job.h"

G_BEGIN_DECLS

const char *inb_take_words_get_provider (InbJob *job);
char **inb_take_words_list_providers (void);
const char *inb_take_words_get_model (InbJob *job);
char *inb_take_words_dup_title (InbJob *job, const char *product);
char *inb_take_words_dup_state (InbJob *job);
char *inb_take_words_dup_price (InbJob *job);
char *inb_take_words_dup_money (InbJob *job);
char *inb_take_words_dup_spoken (InbJob *job, const char *more);
const char *inb_take_words_get_mark (int mark);

G_END_DECLS
