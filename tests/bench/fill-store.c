/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes a data folder with many finished jobs, without making a clip.
 * usage: fill-store FOLDER JOBS */
#include "config.h"

#include <stdlib.h>

#include "store/inb-paths.h"
#include "store/inb-store.h"

#define TAKES_A_PRODUCT 20

/* Every column of the first job as it is, but for those that tell jobs apart. */
static char *
dup_columns (InbDatabase *database, gboolean values)
{
  static const char *const own[][2] = {
    { "id", "printf('%08x', n.n) || substr (t.id, 9)" },
    { "product_id", "printf('p%07d', n.n / 20)" },
    { "take", "n.n % 20 + 1" },
    { "batch_id", "printf('%08x', n.n) || substr (t.id, 9)" },
    { "change", "t.change + n.n" },
    { "created_us", "t.created_us - n.n * 60000000" },
    { "finished_us", "t.created_us - n.n * 60000000 + 30000000" },
    { "state", "'DONE'" },
    { "prompt", "t.prompt || ' ' || n.n" },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (InbStatement) statement =
      inb_database_prepare (database, "SELECT name FROM pragma_table_info ('jobs')", &error);
  GString *columns = g_string_new (NULL);
  gboolean has_row = FALSE;

  while (inb_database_step (database, statement, &has_row, &error) && has_row)
    {
      const char *name = (const char *) sqlite3_column_text (statement, 0);
      const char *value = NULL;

      for (guint i = 0; i < G_N_ELEMENTS (own); i++)
        if (g_str_equal (own[i][0], name))
          value = own[i][1];
      g_string_append_printf (columns, "%s%s%s", columns->len > 0 ? ", " : "",
                              values && value == NULL ? "t." : "",
                              values && value != NULL ? value : name);
    }
  g_assert_no_error (error);
  return g_string_free (columns, FALSE);
}

static void
fill (InbDatabase *database, int n_jobs)
{
  g_autofree char *names = dup_columns (database, FALSE);
  g_autofree char *values = dup_columns (database, TRUE);
  g_autofree char *sql = g_strdup_printf (
      "BEGIN IMMEDIATE;"
      "INSERT INTO products (id, name, created_us) WITH RECURSIVE n (n) AS (SELECT 0 UNION ALL "
      "SELECT n + 1 FROM n"
      "  WHERE n < %d) SELECT printf ('p%%07d', n), 'Product ' || n, t.created_us - n * 1000000"
      "  FROM n, (SELECT * FROM products LIMIT 1) t;"
      "INSERT INTO jobs (%s) WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n"
      "  WHERE n < %d) SELECT %s FROM n, (SELECT * FROM jobs LIMIT 1) t;"
      "UPDATE jobs SET state = 'DONE', finished_us = created_us + 30000000;"
      "COMMIT;"
      "PRAGMA wal_checkpoint (TRUNCATE);",
      n_jobs / TAKES_A_PRODUCT + 1, names, n_jobs - 1, values);
  g_autoptr (GError) error = NULL;

  if (n_jobs > 1)
    inb_database_run (database, sql, &error);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_autoptr (InbRequest) request = inb_request_new ();
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GError) error = NULL;
  InbStore *store;

  if (argc != 3)
    return EXIT_FAILURE;
  inb_paths_make (argv[1], &error);
  g_assert_no_error (error);
  store = inb_store_open (argv[1], INB_DATABASE_WRITE, &error);
  g_assert_no_error (error);
  request->start = g_strnfill (64, 'a');
  request->start_name = g_strdup ("mug front.jpg");
  request->prompt = g_strdup ("slow push in, soft light");
  ids = inb_store_add (store, request, NULL, "Mug",
                       &(InbTerms){ .estimate_micros = 0, .reserve_micros = 0 }, &error);
  g_assert_no_error (error);
  fill (inb_store_get_database (store), atoi (argv[2]));
  inb_store_close (store);
  return EXIT_SUCCESS;
}
