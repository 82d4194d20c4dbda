/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-tools.h"

#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/inb-error.h"
#include "store/inb-database.h"
#include "store/inb-paths.h"
#include "store/inb-schema.h"

static InbDatabase *
open_database (const char *root)
{
  g_autoptr (GError) error = NULL;
  InbDatabase *database = inb_database_open (root, INB_DATABASE_WRITE, &error);

  g_assert_no_error (error);
  return database;
}

static void
test_a_new_database_is_durable_and_strict (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  g_autoptr (InbDatabase) database = open_database (root);
  g_autoptr (InbStatement) statement = inb_database_prepare (database, "PRAGMA journal_mode", NULL);
  g_autoptr (GError) error = NULL;
  gboolean has_row = FALSE;

  g_assert_true (inb_database_step (database, statement, &has_row, NULL) && has_row);
  g_assert_cmpstr ((const char *) sqlite3_column_text (statement, 0), ==, "wal");
  g_assert_cmpint (inb_database_get_int (database, "PRAGMA synchronous"), ==, 2); /* FULL */
  g_assert_cmpint (inb_database_get_int (database, "PRAGMA foreign_keys"), ==, 1);
  g_assert_cmpint (inb_database_get_int (database, "PRAGMA user_version"), ==, INB_SCHEMA_VERSION);
  g_assert_false (inb_database_run (
      database, "INSERT INTO products (id, name, created_us) VALUES ('p', 'n', 'not a number')",
      &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_STORE);
}

/* The file must be as it was, whatever was tried with it. */
static void
assert_refused_untouched (const char *root, const char *word)
{
  g_autofree char *path = inb_paths_dup_database (root);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize n_before = 0, n_after = 0;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_get_contents (path, &before, &n_before, NULL));
  g_assert_null (inb_database_open (root, INB_DATABASE_WRITE, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_STORE);
  g_assert_nonnull (strstr (error->message, path));
  g_assert_nonnull (strstr (error->message, word));
  g_assert_true (g_file_get_contents (path, &after, &n_after, NULL));
  g_assert_cmpmem (before, n_before, after, n_after);
}

static void
test_a_newer_schema_is_left_alone (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  InbDatabase *database = open_database (root);

  g_assert_true (inb_database_run (database, "PRAGMA user_version = 99", NULL));
  inb_database_close (database);
  assert_refused_untouched (root, "newer");
}

static void
test_a_foreign_database_is_left_alone (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  g_autofree char *path = inb_paths_dup_database (root);
  sqlite3 *foreign = NULL;

  g_assert_cmpint (sqlite3_open (path, &foreign), ==, SQLITE_OK);
  sqlite3_exec (foreign, "CREATE TABLE theirs (x)", NULL, NULL, NULL);
  sqlite3_close (foreign);
  assert_refused_untouched (root, "left as it is");
}

static void
test_no_database_is_left_alone (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  g_autofree char *letter = g_strnfill (5000, 'x');

  store_tools_put (root, "inbetween.db", letter);
  assert_refused_untouched (root, "damaged");
}

static void
test_damage_inside_is_found (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  g_autofree char *path = inb_paths_dup_database (root);
  g_autoptr (InbDatabase) database = open_database (root);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *sql =
          g_strdup_printf ("INSERT INTO products (id, name, created_us) VALUES ('%u-%s', 'a rather "
                           "long name to fill pages with', 0)",
                           i, path);

      g_assert_true (inb_database_run (database, sql, NULL));
    }
  g_clear_pointer (&database, inb_database_close);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_cmpuint (length, >, 8 * 4096);
  memset (bytes + 6 * 4096, 0x55, length - 7 * 4096);
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
  database = inb_database_open (root, INB_DATABASE_READ, &error);
  if (database != NULL)
    inb_database_check (database, &error);
  g_assert_error (error, INB_ERROR, INB_ERROR_STORE);
  g_assert_nonnull (strstr (error->message, "damaged"));
}

static void
test_readers_may_not_write (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  g_autoptr (GError) error = NULL;
  g_autoptr (InbDatabase) database = inb_database_open (root, INB_DATABASE_READ, &error);

  g_assert_no_error (error);
  g_assert_true (inb_database_check (database, &error));
  g_assert_false (inb_database_run (database, "DELETE FROM jobs", &error));
}

static void
test_many_may_open_a_new_one_at_once (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  g_autoptr (InbDatabase) database = NULL;

  for (guint i = 0; i < 8; i++)
    if (fork () == 0)
      {
        InbDatabase *mine = inb_database_open (root, INB_DATABASE_WRITE, NULL);
        g_autofree char *sql = g_strdup_printf (
            "INSERT INTO products (id, name, created_us) VALUES ('%u', 'n', 0)", i);

        _exit (mine == NULL || !inb_database_run (mine, sql, NULL));
      }
  for (guint i = 0; i < 8; i++)
    {
      int status = 1;

      g_assert_cmpint (wait (&status), >, 0);
      g_assert_cmpint (status, ==, 0);
    }
  database = open_database (root);
  g_assert_cmpint (inb_database_get_int (database, "SELECT count(*) FROM products"), ==, 8);
}

static int
open_readonly (const char *root)
{
  g_autoptr (GError) error = NULL;

  return inb_database_open (root, INB_DATABASE_WRITE, &error) != NULL ||
         !g_error_matches (error, INB_ERROR, INB_ERROR_NO_ACCESS);
}

static void
test_a_folder_that_can_only_be_read (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();

  g_assert_cmpint (chmod (root, 0555), ==, 0);
  g_assert_true (store_tools_as_nobody (open_readonly, root));
  inb_database_close (open_database (root)); /* as root, or not at all */
  g_assert_true (store_tools_as_nobody (open_readonly, root));
  g_assert_cmpint (chmod (root, 0700), ==, 0);
}

static void
test_a_commit_on_a_full_disk_is_undone (void)
{
  g_autoptr (StoreRoot) root = store_tools_make_root ();
  g_autoptr (InbDatabase) database = open_database (root);
  g_autoptr (GError) error = NULL;
  gint64 n_pages = inb_database_get_int (database, "PRAGMA page_count");
  g_autofree char *limit = g_strdup_printf ("PRAGMA max_page_count = %d", (int) n_pages);
  g_autofree char *long_text = g_strnfill (100000, 'x');
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO products (id, name, created_us) VALUES ('p', '%s', 0)", long_text);

  g_assert_true (inb_database_run (database, limit, NULL)); /* SQLITE_FULL, as from a full disk */
  g_assert_true (inb_database_begin (database, NULL));
  g_assert_false (inb_database_run (database, sql, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_NO_SPACE);
  inb_database_rollback (database);
  g_assert_cmpint (inb_database_get_int (database, "SELECT count(*) FROM products"), ==, 0);
  g_assert_true (inb_database_check (database, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/database/a-new-database-is-durable-and-strict",
                   test_a_new_database_is_durable_and_strict);
  g_test_add_func ("/database/a-newer-schema-is-left-alone", test_a_newer_schema_is_left_alone);
  g_test_add_func ("/database/a-foreign-database-is-left-alone",
                   test_a_foreign_database_is_left_alone);
  g_test_add_func ("/database/no-database-is-left-alone", test_no_database_is_left_alone);
  g_test_add_func ("/database/damage-inside-is-found", test_damage_inside_is_found);
  g_test_add_func ("/database/readers-may-not-write", test_readers_may_not_write);
  g_test_add_func ("/database/many-may-open-a-new-one-at-once",
                   test_many_may_open_a_new_one_at_once);
  g_test_add_func ("/database/a-folder-that-can-only-be-read", test_a_folder_that_can_only_be_read);
  g_test_add_func ("/database/a-commit-on-a-full-disk-is-undone",
                   test_a_commit_on_a_full_disk_is_undone);
  return g_test_run ();
}
