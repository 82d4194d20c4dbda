/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-consent.h"

struct _InbConsent
{
  GRecMutex lock;
  GHashTable *ids;
};

/**
 * inb_consent_new:
 *
 * Returns: (transfer full): nobody's consent to anything
 */
InbConsent *
inb_consent_new (void)
{
  InbConsent *self = g_atomic_rc_box_new0 (InbConsent);

  g_rec_mutex_init (&self->lock);
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

/**
 * inb_consent_ref:
 * @self: consent
 *
 * Returns: (transfer full): the same
 */
InbConsent *
inb_consent_ref (InbConsent *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
consent_free (gpointer data)
{
  InbConsent *self = data;

  g_hash_table_unref (self->ids);
  g_rec_mutex_clear (&self->lock);
}

/**
 * inb_consent_unref:
 * @self: (transfer full): consent
 */
void
inb_consent_unref (InbConsent *self)
{
  g_atomic_rc_box_release_full (self, consent_free);
}

/**
 * inb_consent_begin:
 * @self: consent
 *
 * Until inb_consent_end() no other thread gives any. Who writes a row and then gives consent to it,
 * and who reads rows and then asks for it, each do so in between: so a row is never seen without
 * the consent it was written with.
 */
void
inb_consent_begin (InbConsent *self)
{
  g_rec_mutex_lock (&self->lock);
}

/**
 * inb_consent_end:
 * @self: consent
 */
void
inb_consent_end (InbConsent *self)
{
  g_rec_mutex_unlock (&self->lock);
}

/**
 * inb_consent_give:
 * @self: consent
 * @job_id: UUID of a job that a person wants to go on
 */
void
inb_consent_give (InbConsent *self, const char *job_id)
{
  inb_consent_begin (self);
  g_hash_table_add (self->ids, g_strdup (job_id));
  inb_consent_end (self);
}

/**
 * inb_consent_has:
 * @self: consent
 * @job_id: UUID
 *
 * Returns: %TRUE if a person of this process wants it to go on
 */
gboolean
inb_consent_has (InbConsent *self, const char *job_id)
{
  gboolean has;

  inb_consent_begin (self);
  has = g_hash_table_contains (self->ids, job_id);
  inb_consent_end (self);
  return has;
}
