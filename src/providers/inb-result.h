/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/inb-answer.h"
#include "providers/inb-answers.h"

G_BEGIN_DECLS

InbReport *inb_report_new (InbRemoteState state);
InbReport *inb_result_read (const InbMessageValues *values, const InbAnswer *answer);

G_END_DECLS
