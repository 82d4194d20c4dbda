/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/inb-row.h"

#include <glib/gi18n.h>

#include "core/inb-error.h"
#include "core/inb-money.h"
#include "store/inb-paths.h"
#include "store/inb-run.h"

/* Reads column after column, so that the order stands in INB_ROW_SELECT alone. */
typedef struct
{
  sqlite3_stmt *statement;
  int next;
} Reader;

static const char *
read_text (Reader *self)
{
  return (const char *) sqlite3_column_text (self->statement, self->next++);
}

static gint64
read_int (Reader *self, gint64 fallback)
{
  int column = self->next++;

  return sqlite3_column_type (self->statement, column) == SQLITE_NULL
             ? fallback
             : sqlite3_column_int64 (self->statement, column);
}

static guint
read_uint (Reader *self)
{
  gint64 value = read_int (self, 0);

  return (guint) CLAMP (value, 0, (gint64) G_MAXUINT);
}

static double
read_double (Reader *self, double fallback)
{
  int column = self->next++;

  return sqlite3_column_type (self->statement, column) == SQLITE_NULL
             ? fallback
             : sqlite3_column_double (self->statement, column);
}

static char *
read_path (Reader *self, const char *root)
{
  return inb_paths_dup_absolute (root, read_text (self));
}

static InbRequest *
read_request (Reader *self)
{
  InbRequest *request = inb_request_new ();

  g_clear_pointer (&request->provider, g_free);
  request->start = g_strdup (read_text (self));
  if (request->start != NULL && *request->start == '\0') /* a clip made elsewhere has no photo */
    g_clear_pointer (&request->start, g_free);
  request->start_name = g_strdup (read_text (self));
  request->last = g_strdup (read_text (self));
  request->last_name = g_strdup (read_text (self));
  request->matte = g_strdup (read_text (self));
  request->prompt = g_strdup (read_text (self));
  request->negative = g_strdup (read_text (self));
  request->guidance = read_double (self, -1.0);
  request->duration_s = read_uint (self);
  inb_ratio_from_string (read_text (self), &request->framing.ratio);
  inb_fit_from_string (read_text (self), &request->framing.fit);
  request->framing.focus_x = read_double (self, -1.0);
  request->framing.focus_y = read_double (self, -1.0);
  request->resolution = g_strdup (read_text (self));
  request->takes = read_uint (self);
  request->provider = g_strdup (read_text (self));
  request->model = g_strdup (read_text (self));
  request->seed = (guint32) read_uint (self);
  return request;
}

static InbClip *
read_clip (Reader *self, const char *root)
{
  InbClip *clip = inb_clip_new ();

  clip->path = read_path (self, root);
  clip->sha256 = g_strdup (read_text (self));
  clip->size = read_int (self, 0);
  clip->proxy = read_path (self, root);
  clip->poster = read_path (self, root);
  clip->container = g_strdup (read_text (self));
  clip->codec = g_strdup (read_text (self));
  clip->matrix = g_strdup (read_text (self));
  clip->width = read_uint (self);
  clip->height = read_uint (self);
  clip->n_frames = read_uint (self);
  clip->fps_n = read_uint (self);
  clip->fps_d = read_uint (self);
  clip->fps_d = MAX (1, clip->fps_d);
  clip->duration_ns = read_int (self, 0);
  if (clip->path == NULL)
    g_clear_pointer (&clip, inb_clip_free);
  return clip;
}

static void
read_remote (Reader *self, InbRemote *remote)
{
  remote->approved_us = read_int (self, 0);
  remote->approved_here = g_strcmp0 (read_text (self), inb_run_get_id ()) == 0;
  remote->key_source = g_strdup (read_text (self));
  remote->home = g_strdup (read_text (self));
  remote->idempotency_key = g_strdup (read_text (self));
  remote->start_url = g_strdup (read_text (self));
  remote->last_url = g_strdup (read_text (self));
  remote->urls_expire_us = read_int (self, 0);
  remote->kept = g_strdup (read_text (self));
  remote->word = g_strdup (read_text (self));
  remote->result_url = g_strdup (read_text (self));
  remote->result_expires_us = read_int (self, 0);
  remote->etag = g_strdup (read_text (self));
  remote->route = g_strdup (read_text (self));
}

static void
read_attempts (Reader *self, InbRemote *remote)
{
  remote->sent_us = read_int (self, 0);
  remote->n_attempts = read_uint (self);
  remote->whole = read_int (self, 0) != 0;
}

static void
remote_clear (InbRemote *self)
{
  char **texts[] = { &self->key_source, &self->home,       &self->idempotency_key,
                     &self->start_url,  &self->last_url,   &self->kept,
                     &self->word,       &self->result_url, &self->etag,
                     &self->route };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (*texts[i]);
}

static gboolean
read_facts (Reader *self, InbJobFacts *facts, InbRow *row, GError **error)
{
  const char *state = read_text (self);

  if (!inb_job_state_from_string (state, &facts->state))
    {
      g_set_error (error, INB_ERROR, INB_ERROR_STORE,
                   _ ("The database names a job state “%s” that this version does not know. Start "
                      "a newer version."),
                   state);
      return FALSE;
    }
  row->wish = g_strdup (read_text (self));
  row->cancel = g_strcmp0 (row->wish, "cancel") == 0;
  facts->paused = read_int (self, 0) != 0;
  facts->progress = read_double (self, -1.0);
  facts->started_us = read_int (self, 0);
  facts->finished_us = read_int (self, 0);
  facts->error_name = read_text (self);
  facts->error_message = read_text (self);
  facts->remote_id = read_text (self);
  facts->request_id = read_text (self);
  return TRUE;
}

/**
 * inb_row_read:
 * @statement: on a row of INB_ROW_SELECT
 * @root: the data folder, for absolute paths
 * @error: %INB_ERROR_STORE for a state that is not known
 *
 * Returns: (transfer full) (nullable): the row
 */
InbRow *
inb_row_read (sqlite3_stmt *statement, const char *root, GError **error)
{
  Reader reader = { .statement = statement };
  g_autoptr (InbRow) self = g_new0 (InbRow, 1);
  g_autoptr (InbRequest) request = NULL;
  const char *id = read_text (&reader);
  const char *product_id = read_text (&reader);
  const char *product_name = read_text (&reader);
  guint take = read_uint (&reader);
  InbJobFacts facts = { 0 };
  gint64 created_us;

  self->batch_index = read_uint (&reader);
  self->change = read_int (&reader, 0);
  created_us = read_int (&reader, 0);
  request = read_request (&reader);
  if (!read_facts (&reader, &facts, self, error))
    return NULL;
  self->job = inb_job_new (id, product_id, take, request, created_us,
                           read_int (&reader, INB_MICROS_UNKNOWN));
  facts.actual_micros = read_int (&reader, INB_MICROS_UNKNOWN);
  facts.charged = read_text (&reader);
  self->start_frame = read_path (&reader, root);
  self->last_frame = read_path (&reader, root);
  self->part = read_path (&reader, root);
  self->clip = read_clip (&reader, root);
  read_remote (&reader, &self->remote);
  facts.deleted = read_int (&reader, 0) != 0;
  facts.gone = read_int (&reader, 0) != 0;
  facts.mark = (int) read_int (&reader, 0);
  facts.hold_us = read_int (&reader, 0);
  facts.name = read_text (&reader);
  self->key = read_int (&reader, 0);
  read_attempts (&reader, &self->remote);
  facts.sent_us = self->remote.sent_us;
  if (facts.state == INB_JOB_DONE || facts.state == INB_JOB_MISSING_FILE)
    facts.clip = self->clip;
  inb_job_set_product_name (self->job, product_name);
  inb_job_set_facts (self->job, &facts);
  return g_steal_pointer (&self);
}

/**
 * inb_row_free:
 * @self: (transfer full): a row
 */
void
inb_row_free (InbRow *self)
{
  g_clear_object (&self->job);
  g_free (self->start_frame);
  g_free (self->last_frame);
  g_free (self->part);
  g_free (self->wish);
  remote_clear (&self->remote);
  g_clear_pointer (&self->clip, inb_clip_free);
  g_free (self);
}
