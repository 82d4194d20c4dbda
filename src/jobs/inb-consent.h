/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The jobs that a person of this very process asked for or resumed: only these may spend money
 * without being resumed first. Shared by the threads that write and the one that runs. */
typedef struct _InbConsent InbConsent;

InbConsent *inb_consent_new (void);
InbConsent *inb_consent_ref (InbConsent *self);
void inb_consent_unref (InbConsent *self);
void inb_consent_begin (InbConsent *self);
void inb_consent_end (InbConsent *self);
void inb_consent_give (InbConsent *self, const char *job_id);
gboolean inb_consent_has (InbConsent *self, const char *job_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbConsent, inb_consent_unref)

G_END_DECLS
