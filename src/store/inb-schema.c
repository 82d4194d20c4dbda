/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/inb-schema.h"

/* Step n turns a database of version n into one of n + 1, inside one transaction. A step that was
 * ever released is never changed; a new one is added below.
 *
 * jobs: one row an output clip. Times are µs since 1970 by the wall clock, money is micro-dollars,
 * paths are relative to the data folder. "change" counts up with every write of a row, so that a
 * reader asks only for what is new to it. "wish" is what a person wants and the runner has not yet
 * done. "key_source" and "base_url" say with what the job was asked for: only a runner with the
 * same may serve it. The clip's columns are filled in while it is verified, before it has its final
 * name. */
const char *const inb_schema_steps[INB_SCHEMA_VERSION] = {
  "PRAGMA application_id = 0x496e6274;"
  "PRAGMA user_version = 1;"
  "CREATE TABLE products ("
  "  id TEXT PRIMARY KEY,"
  "  name TEXT NOT NULL,"
  "  created_us INTEGER NOT NULL"
  ") STRICT;"
  "CREATE INDEX products_by_name ON products (name, created_us);"
  "CREATE TABLE jobs ("
  "  id TEXT PRIMARY KEY,"
  "  product_id TEXT NOT NULL REFERENCES products (id),"
  "  take INTEGER NOT NULL,"
  "  batch_id TEXT NOT NULL,"
  "  batch_index INTEGER NOT NULL,"
  "  change INTEGER NOT NULL,"
  "  created_us INTEGER NOT NULL,"
  "  start_photo TEXT NOT NULL,"
  "  start_name TEXT,"
  "  last_photo TEXT,"
  "  last_name TEXT,"
  "  prompt TEXT NOT NULL,"
  "  negative TEXT,"
  "  guidance REAL,"
  "  duration_s INTEGER NOT NULL,"
  "  ratio TEXT NOT NULL,"
  "  fit TEXT NOT NULL,"
  "  focus_x REAL,"
  "  focus_y REAL,"
  "  resolution TEXT,"
  "  takes INTEGER NOT NULL,"
  "  provider TEXT NOT NULL,"
  "  model TEXT,"
  "  seed INTEGER NOT NULL,"
  "  key_source TEXT,"
  "  base_url TEXT,"
  "  state TEXT NOT NULL,"
  "  wish TEXT,"
  "  paused INTEGER NOT NULL DEFAULT 0,"
  "  progress REAL,"
  "  started_us INTEGER NOT NULL DEFAULT 0,"
  "  finished_us INTEGER NOT NULL DEFAULT 0,"
  "  error_class TEXT,"
  "  error_message TEXT,"
  "  remote_id TEXT,"
  "  request_id TEXT,"
  "  estimate_micros INTEGER,"
  "  actual_micros INTEGER,"
  "  charged TEXT NOT NULL DEFAULT 'no',"
  "  start_frame TEXT,"
  "  last_frame TEXT,"
  "  part TEXT,"
  "  clip TEXT,"
  "  sha256 TEXT,"
  "  size INTEGER,"
  "  proxy TEXT,"
  "  poster TEXT,"
  "  container TEXT,"
  "  codec TEXT,"
  "  matrix TEXT,"
  "  width INTEGER,"
  "  height INTEGER,"
  "  n_frames INTEGER,"
  "  fps_n INTEGER,"
  "  fps_d INTEGER,"
  "  duration_ns INTEGER,"
  "  UNIQUE (product_id, take)"
  ") STRICT;"
  "CREATE INDEX jobs_by_time ON jobs (created_us DESC, id);"
  "CREATE INDEX jobs_by_change ON jobs (change);"
  "CREATE INDEX jobs_at_work ON jobs (created_us) WHERE state NOT IN ('DONE', 'REJECTED',"
  "  'FAILED_LOCAL', 'FAILED_REMOTE', 'EXPIRED', 'CANCELLED_UNSENT', 'CANCELLED_REMOTE',"
  "  'MISSING_FILE');",

  /* Hosted jobs. approved_us: when a person agreed to pay, approved_by: in which run of
   * a program; no other run sends it before it is asked again. attempts: one row a paid request
   * that may have left this computer, committed before its first byte; whole is committed before
   * its last one; what came of it is filled in later, or never, if this computer stopped in
   * between.
   */
  "PRAGMA user_version = 2;"
  "ALTER TABLE jobs ADD COLUMN approved_us INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE jobs ADD COLUMN approved_by TEXT;"
  "ALTER TABLE jobs ADD COLUMN idempotency_key TEXT;"
  "ALTER TABLE jobs ADD COLUMN start_url TEXT;"
  "ALTER TABLE jobs ADD COLUMN last_url TEXT;"
  "ALTER TABLE jobs ADD COLUMN urls_expire_us INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE jobs ADD COLUMN kept TEXT;"
  "ALTER TABLE jobs ADD COLUMN remote_word TEXT;"
  "ALTER TABLE jobs ADD COLUMN result_url TEXT;"
  "ALTER TABLE jobs ADD COLUMN result_expires_us INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE jobs ADD COLUMN etag TEXT;"
  "ALTER TABLE jobs ADD COLUMN route TEXT;"
  "ALTER TABLE jobs ADD COLUMN reserve_micros INTEGER NOT NULL DEFAULT 0;"
  "CREATE TABLE attempts ("
  "  job_id TEXT NOT NULL REFERENCES jobs (id),"
  "  number INTEGER NOT NULL,"
  "  provider TEXT NOT NULL,"
  "  key_mark TEXT NOT NULL,"
  "  idempotency_key TEXT NOT NULL,"
  "  body_sha256 TEXT NOT NULL,"
  "  body_size INTEGER NOT NULL,"
  "  sent_us INTEGER NOT NULL,"
  "  whole INTEGER NOT NULL DEFAULT 0,"
  "  answered_us INTEGER,"
  "  outcome TEXT,"
  "  status INTEGER,"
  "  request_id TEXT,"
  "  answer TEXT,"
  "  PRIMARY KEY (job_id, number)"
  ") STRICT;"
  "CREATE INDEX attempts_by_key ON attempts (key_mark, sent_us);"
  "CREATE INDEX jobs_by_remote_id ON jobs (provider, remote_id) WHERE remote_id IS NOT NULL;"
  "CREATE TABLE settings ("
  "  name TEXT PRIMARY KEY,"
  "  value TEXT NOT NULL"
  ") STRICT;",

  /* What a person does beside asking for clips. products.draft: the form as it was last left, JSON;
   * a product that only has a draft and no name yet is called ''. deleted_us: hidden since then;
   * gone_us: its files were given up then, while the row and what it cost stay. hold_us: the paid
   * request does not leave before. jobs_in_history covers what a page over all jobs filters by, so
   * that its order is read without the rows themselves. */
  "PRAGMA user_version = 3;"
  "ALTER TABLE products ADD COLUMN changed_us INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE products ADD COLUMN draft TEXT;"
  "UPDATE products SET changed_us = max(created_us, coalesce((SELECT max(jobs.created_us) "
  "  FROM jobs WHERE product_id = products.id), 0));"
  "CREATE INDEX products_by_change ON products (changed_us);"
  "ALTER TABLE jobs ADD COLUMN deleted_us INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE jobs ADD COLUMN gone_us INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE jobs ADD COLUMN mark INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE jobs ADD COLUMN hold_us INTEGER NOT NULL DEFAULT 0;"
  "CREATE INDEX jobs_in_history ON jobs (created_us, deleted_us, state, mark, provider,"
  "  product_id);"
  "CREATE INDEX jobs_by_outcome ON jobs (provider, model, duration_s, state, finished_us);"
  "CREATE INDEX jobs_deleted ON jobs (deleted_us) WHERE deleted_us > 0 AND gone_us = 0;",

  /* jobs.name: what a person calls a take beside its number */
  "PRAGMA user_version = 4;"
  "ALTER TABLE jobs ADD COLUMN name TEXT;",

  /* jobs.matte: hash of the picture in photos/ in which a person marked the product */
  "PRAGMA user_version = 5;"
  "ALTER TABLE jobs ADD COLUMN matte TEXT;",
};
