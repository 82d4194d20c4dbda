/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/inb-http.h"

G_BEGIN_DECLS

/* The clock beside one exchange: how long each step of it may take. Inside net/ only. */
typedef struct _InbDeadline InbDeadline;

typedef enum
{
  INB_DEADLINE_WAIT,    /* for a free connection: only the total counts */
  INB_DEADLINE_CONNECT, /* name, connection, handshake */
  INB_DEADLINE_REQUEST, /* bytes go out */
  INB_DEADLINE_ANSWER,  /* for the head of the answer */
  INB_DEADLINE_BODY,    /* bytes come in */
} InbDeadlineStep;

/* @step is where it was, INB_DEADLINE_WAIT stands for the total. Called once. */
typedef void (*InbDeadlineFunc) (InbDeadlineStep step, gpointer user_data);

InbDeadline *inb_deadline_new (const InbHttpDeadlines *deadlines, InbMessageKind kind,
                               InbDeadlineFunc func, gpointer user_data);
void inb_deadline_free (InbDeadline *self);
void inb_deadline_enter (InbDeadline *self, InbDeadlineStep step);
void inb_deadline_advance (InbDeadline *self, InbDeadlineStep step);
void inb_deadline_moved (InbDeadline *self, gsize n_bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbDeadline, inb_deadline_free)

G_END_DECLS
