/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jobs/inb-news.h"
#include "jobs/inb-secrets.h"
#include "jobs/inb-turnstile.h"
#include "jobs/inb-wheel.h"
#include "net/inb-http.h"
#include "store/inb-store.h"

G_BEGIN_DECLS

/* Where the jobs of all services are worked on: they share the store, the way out, the keys, and
 * take turns with what must not happen twice at once. Belongs to the runner's thread. */
typedef struct _InbDesk InbDesk;
struct _InbHosted;

/**
 * InbDeskHalt:
 * @problem: why nothing can be written
 * @user_data: as given
 */
typedef void (*InbDeskHalt) (const GError *problem, gpointer user_data);

InbDesk *inb_desk_new (InbStore *store, InbNews *news, gboolean trace, InbDeskHalt halt,
                       gpointer user_data);
void inb_desk_free (InbDesk *self);
gboolean inb_desk_look (InbDesk *self, GError **error);
void inb_desk_forget_keys (InbDesk *self);
gboolean inb_desk_is_quiet (InbDesk *self);
void inb_desk_stop (InbDesk *self, GSourceFunc stopped, gpointer user_data);

/* For the jobs on it */
gboolean inb_desk_is_open (InbDesk *self);
InbStore *inb_desk_get_store (InbDesk *self);
InbHttp *inb_desk_get_http (InbDesk *self);
InbTurnstile *inb_desk_get_turnstile (InbDesk *self);
InbWheel *inb_desk_get_wheel (InbDesk *self);
InbNews *inb_desk_get_news (InbDesk *self);
const InbSecrets *inb_desk_get_secrets (InbDesk *self, const InbProvider *provider,
                                        struct _InbHosted *job);
gboolean inb_desk_begin_submit (InbDesk *self, const char *provider, const char *job_id);
void inb_desk_end_submit (InbDesk *self, const char *provider, const char *job_id);
void inb_desk_settle (InbDesk *self);
void inb_desk_leave (InbDesk *self, const char *job_id);
void inb_desk_halt (InbDesk *self, const GError *problem);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbDesk, inb_desk_free)

G_END_DECLS
