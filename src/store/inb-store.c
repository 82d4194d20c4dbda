/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/inb-store.h"

#include "store/inb-run.h"

struct _InbStore
{
  char *root;
  InbDatabase *database;
};

/**
 * inb_store_open:
 * @root: the data folder, made already
 * @mode: whether it may write
 * @error: as inb_database_open()
 *
 * Products, jobs and the ledger of one data folder through one connection, for one thread at a
 * time.
 *
 * Returns: (transfer full) (nullable): the store
 */
InbStore *
inb_store_open (const char *root, InbDatabaseMode mode, GError **error)
{
  InbDatabase *database = inb_database_open (root, mode, error);
  InbStore *self;

  if (database == NULL)
    return NULL;
  self = g_new0 (InbStore, 1);
  self->root = g_strdup (root);
  self->database = database;
  return self;
}

/**
 * inb_store_close:
 * @self: (transfer full): the store
 */
void
inb_store_close (InbStore *self)
{
  inb_database_close (self->database);
  g_free (self->root);
  g_free (self);
}

/**
 * inb_store_get_root:
 * @self: the store
 *
 * Returns: (transfer none): the data folder
 */
const char *
inb_store_get_root (InbStore *self)
{
  return self->root;
}

/**
 * inb_store_get_database:
 * @self: the store
 *
 * Returns: (transfer none): its connection
 */
InbDatabase *
inb_store_get_database (InbStore *self)
{
  return self->database;
}

/**
 * inb_store_get_data_version:
 * @self: the store
 *
 * Returns: a number that changes when another connection has committed something
 */
gint64
inb_store_get_data_version (InbStore *self)
{
  return inb_database_get_int (self->database, "PRAGMA data_version");
}

static void
bind_fraction (sqlite3_stmt *statement, int index, double value)
{
  if (value < 0.0)
    sqlite3_bind_null (statement, index);
  else
    sqlite3_bind_double (statement, index, value);
}

/**
 * inb_store_count_takes:
 * @self: a store
 * @product_id: UUID of a product
 * @error: as inb_database_prepare()
 *
 * Returns: the highest number of a take so far, 0 if there is none; −1 if it could not be read
 */
gint64
inb_store_count_takes (InbStore *self, const char *product_id, GError **error)
{
  g_autoptr (InbStatement) statement = inb_database_prepare (
      self->database, "SELECT coalesce(max(take), 0) FROM jobs WHERE product_id = ?1", error);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return -1;
  inb_database_bind_text (statement, 1, product_id);
  if (!inb_database_step (self->database, statement, &has_row, error) || !has_row)
    return -1;
  return sqlite3_column_int64 (statement, 0);
}

static void
bind_request (sqlite3_stmt *statement, const InbRequest *request)
{
  inb_database_bind_text (statement, 7, request->start != NULL ? request->start : "");
  inb_database_bind_text (statement, 8, request->start_name);
  inb_database_bind_text (statement, 9, request->last);
  inb_database_bind_text (statement, 10, request->last_name);
  inb_database_bind_text (statement, 11, request->prompt != NULL ? request->prompt : "");
  inb_database_bind_text (statement, 12, request->negative);
  bind_fraction (statement, 13, request->guidance);
  sqlite3_bind_int64 (statement, 14, request->duration_s);
  inb_database_bind_text (statement, 15, inb_ratio_to_string (request->framing.ratio));
  inb_database_bind_text (statement, 16, inb_fit_to_string (request->framing.fit));
  bind_fraction (statement, 17, request->framing.focus_x);
  bind_fraction (statement, 18, request->framing.focus_y);
  inb_database_bind_text (statement, 19, request->resolution);
  sqlite3_bind_int64 (statement, 20, request->takes);
  inb_database_bind_text (statement, 21, request->provider);
  inb_database_bind_text (statement, 22, request->model);
  sqlite3_bind_int64 (statement, 23, request->seed);
  inb_database_bind_text (statement, 31, request->matte);
}

static gboolean
insert_job (InbStore *self, const char *id, const char *product_id, gint64 take,
            const char *batch_id, guint batch_index, gint64 created_us, const InbRequest *request,
            const InbTerms *terms, GError **error)
{
  g_autoptr (InbStatement) statement = inb_database_prepare (
      self->database,
      "INSERT INTO jobs (id, product_id, take, batch_id, batch_index, created_us, start_photo, "
      "start_name, last_photo, last_name, prompt, negative, guidance, duration_s, ratio, fit, "
      "focus_x, focus_y, resolution, takes, provider, model, seed, estimate_micros, "
      "reserve_micros, key_source, base_url, route, approved_us, approved_by, hold_us, matte, "
      "state, change) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, "
      "?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?6, ?29, ?30, ?31, 'PREPARING', (SELECT "
      "coalesce(max(change), 0) + 1 FROM jobs))",
      error);

  if (statement == NULL)
    return FALSE;
  inb_database_bind_text (statement, 1, id);
  inb_database_bind_text (statement, 2, product_id);
  sqlite3_bind_int64 (statement, 3, take);
  inb_database_bind_text (statement, 4, batch_id);
  sqlite3_bind_int64 (statement, 5, batch_index);
  sqlite3_bind_int64 (statement, 6, created_us);
  bind_request (statement, request);
  if (terms->estimate_micros >= 0)
    sqlite3_bind_int64 (statement, 24, terms->estimate_micros);
  sqlite3_bind_int64 (statement, 25, MAX (0, terms->reserve_micros));
  inb_database_bind_text (statement, 26, terms->key_source);
  inb_database_bind_text (statement, 27, terms->home);
  inb_database_bind_text (statement, 28, terms->route);
  inb_database_bind_text (statement, 29, inb_run_get_id ());
  sqlite3_bind_int64 (statement, 30,
                      terms->hold_s > 0 ? created_us + terms->hold_s * G_USEC_PER_SEC : 0);
  return inb_database_finish (self->database, statement, error);
}

static GPtrArray *
add_rows (InbStore *self, const InbRequest *request, const char *product_id,
          const char *product_name, const InbTerms *terms, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *batch_id = g_uuid_string_random ();
  gint64 now_us = g_get_real_time ();
  g_autofree char *product =
      inb_store_settle_product (self, product_id, product_name, now_us, error);
  gint64 n_takes = product != NULL ? inb_store_count_takes (self, product, error) : -1;

  if (n_takes < 0)
    return NULL;
  for (guint i = 0; i < request->takes; i++)
    {
      char *id = g_uuid_string_random ();

      g_ptr_array_add (ids, id);
      /* a microsecond apart, so that the order by time is the order of the takes */
      if (!insert_job (self, id, product, n_takes + 1 + i, batch_id, i, now_us + i, request, terms,
                       error))
        return NULL;
    }
  return g_steal_pointer (&ids);
}

/**
 * inb_store_add:
 * @self: a store open for writing
 * @request: a valid request; its photos are kept already
 * @product_id: (nullable): UUID of the product, made if it is not there; %NULL: the newest one with
 * that name, made if there is none
 * @product_name: what the product is called if it is made
 * @terms: what it costs and how it is served
 * @error: %INB_ERROR_CAP if the cap of a request or of the day does not allow it, and as
 * inb_database_prepare(); nothing is added then
 *
 * Adds one row a take, in PREPARING, in one transaction, durably. The cap is looked at in the same
 * transaction, so that two programs together cannot pass it.
 *
 * Returns: (transfer full) (nullable) (element-type utf8): ids of the jobs, in the order of takes
 */
GPtrArray *
inb_store_add (InbStore *self, const InbRequest *request, const char *product_id,
               const char *product_name, const InbTerms *terms, GError **error)
{
  g_autoptr (GPtrArray) ids = NULL;

  if (!inb_database_begin (self->database, error))
    return NULL;
  if (inb_store_check_cap (self, terms->reserve_micros * request->takes, error))
    ids = add_rows (self, request, product_id, product_name, terms, error);
  if (ids == NULL)
    {
      inb_database_rollback (self->database);
      return NULL;
    }
  return inb_database_commit (self->database, error) ? g_steal_pointer (&ids) : NULL;
}

static gboolean
finish_import (InbStore *self, const char *id, GError **error)
{
  g_autoptr (InbStatement) statement = inb_database_prepare (
      self->database,
      "UPDATE jobs SET state = 'DONE', started_us = ?2, finished_us = ?2, actual_micros = 0 "
      "WHERE id = ?1",
      error);

  if (statement == NULL)
    return FALSE;
  inb_database_bind_text (statement, 1, id);
  sqlite3_bind_int64 (statement, 2, g_get_real_time ());
  return inb_database_finish (self->database, statement, error);
}

/**
 * inb_store_add_import:
 * @self: a store open for writing, inside a transaction
 * @job: a job for a clip that was made elsewhere
 * @clip: its clip
 * @error: as inb_database_prepare()
 *
 * Returns: %TRUE if its row is written, in DONE; it is on the disk when the transaction is
 */
gboolean
inb_store_add_import (InbStore *self, InbJob *job, const InbClip *clip, GError **error)
{
  const InbTerms terms = { .estimate_micros = 0 };
  const char *id = inb_job_get_id (job);

  return insert_job (self, id, inb_job_get_product_id (job), inb_job_get_take (job), id, 0,
                     inb_job_get_created (job), inb_job_get_request (job), &terms, error) &&
         inb_store_set_clip (self, id, clip, error) && finish_import (self, id, error);
}
