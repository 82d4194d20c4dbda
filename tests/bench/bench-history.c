/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a long history costs: the same program on a store without a job and on one with many.
 *
 * usage: bench-history [JOBS] */
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "jobs/inb-history.h"
#include "jobs/inb-queue.h"
#include "store/inb-figures.h"
#include "store/inb-paths.h"
#include "store/inb-search.h"

#define ROUNDS 7

static GMainContext *context;

/* Processor time of all threads: what a machine that others use does not falsify. */
static double
get_cpu_ms (void)
{
  struct timespec used;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &used);
  return (double) used.tv_sec * 1e3 + (double) used.tv_nsec / 1e6;
}

static gint64
get_now_us (void)
{
  return (gint64) (get_cpu_ms () * 1e3);
}

static double
get_ms (gint64 began_us)
{
  return get_cpu_ms () - (double) began_us / 1e3;
}

static void
check (gboolean good, const GError *error)
{
  if (good)
    return;
  fprintf (stderr, "%s\n", error != NULL ? error->message : "failed");
  exit (1);
}

static char *
make_store (guint n_jobs)
{
  char *root = g_dir_make_tmp ("inb-bench-XXXXXX", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (InbStore) store = NULL;
  g_autofree char *sql = g_strdup_printf (
      "PRAGMA synchronous = OFF; BEGIN;"
      "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < %u) "
      "INSERT INTO products (id, name, created_us) SELECT 'product-' || i, "
      "CASE i %% 4 WHEN 0 THEN 'Кружка синяя ' WHEN 1 THEN 'Blue mug ' WHEN 2 THEN 'Tasse ' ELSE "
      "'Lamp ' END || i, i FROM n;"
      "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < %u) "
      "INSERT INTO jobs (id, product_id, take, batch_id, batch_index, change, created_us, "
      "start_photo, start_name, prompt, negative, duration_s, ratio, fit, takes, provider, model, "
      "seed, state, charged, started_us, finished_us, clip, sha256, size, proxy, poster, "
      "container, "
      "codec, matrix, width, height, n_frames, fps_n, fps_d, duration_ns, idempotency_key, "
      "start_url, remote_id) "
      "SELECT printf ('%%08x-1111-4222-8333-%%012x', i * 2654435761 %% 4294967296, i), "
      "'product-' || (1 + i / 20), 1 + i %% 20, 'b', 0, i, 1700000000000000 + i * 60000000, "
      "hex (randomblob (32)), 'mug front.jpg', "
      "CASE i %% 10 WHEN 0 THEN 'медленный наезд камеры на синюю кружку, мягкий свет, пар' ELSE "
      "'slow push in on the blue mug, soft window light from the left, steam rises, the background "
      "stays still, number ' END || i, 'blur, distortion, low quality', "
      "5, '16:9', 'crop', 1, CASE i %% 5 WHEN 0 THEN 'wavespeed' WHEN 1 THEN 'fal' ELSE 'local' "
      "END, 'kling-2.5-turbo', i, CASE i %% 25 WHEN 0 THEN 'FAILED_REMOTE' ELSE 'DONE' END, 'no', "
      "1700000000000000 + i * 60000000, 1700000100000000 + i * 60000000, "
      "printf ('clips/2025/01/%%08x-1111-4222-8333-%%012x.mp4', i * 2654435761 %% 4294967296, i), "
      "hex (randomblob (32)), 9000000, printf ('proxies/%%08x-1111.mp4', i), "
      "printf ('posters/%%08x-1111.png', i), 'mp4', 'h264', 'bt709', 1920, 1080, 150, 30, 1, "
      "5000000000, printf ('%%08x-1111-4222-8333-%%012x', i, i), "
      "'https' || '://storage.example.com/frames/' || hex (randomblob (32)), hex (randomblob (16)) "
      "FROM n; COMMIT; PRAGMA wal_checkpoint (TRUNCATE);",
      1 + n_jobs / 20 + 1, n_jobs);

  check (inb_paths_make (root, &error), error);
  store = inb_store_open (root, INB_DATABASE_WRITE, &error);
  check (store != NULL, error);
  if (n_jobs > 0)
    check (inb_database_run (inb_store_get_database (store), sql, &error), error);
  return root;
}

static int
compare (const void *a, const void *b)
{
  double first = *(const double *) a, second = *(const double *) b;

  return (first > second) - (first < second);
}

static double
get_median (double *times)
{
  qsort (times, ROUNDS, sizeof *times, compare);
  return times[ROUNDS / 2];
}

static double
time_open (const char *root)
{
  double times[ROUNDS];

  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 began_us = get_now_us ();
      g_autoptr (InbQueue) queue = inb_queue_open (root, INB_QUEUE_FOLLOW, &error);
      g_autoptr (InbProduct) product = NULL;

      check (queue != NULL, error);
      product = inb_queue_dup_product (queue, NULL, NULL);
      if (product != NULL)
        inb_queue_show_product (queue, product->id, NULL);
      times[i] = get_ms (began_us);
    }
  return get_median (times);
}

static void
wait_for_keys (InbHistory *history)
{
  while (inb_history_is_loading (history))
    g_main_context_iteration (context, TRUE);
}

static double
time_history (InbQueue *queue)
{
  double times[ROUNDS];

  for (guint i = 0; i < ROUNDS; i++)
    {
      gint64 began_us = get_now_us ();
      g_autoptr (InbHistory) history = inb_history_new (queue);
      g_autoptr (InbHistoryItem) item = NULL;

      wait_for_keys (history);
      item = g_list_model_get_item (G_LIST_MODEL (history), 0);
      while (item != NULL && inb_history_item_get_job (item) == NULL)
        g_main_context_iteration (context, TRUE);
      times[i] = get_ms (began_us);
    }
  return get_median (times);
}

static void
time_search (InbHistory *history, const char *text, const char *group)
{
  double times[ROUNDS];

  for (guint i = 0; i < ROUNDS; i++)
    {
      gint64 began_us;

      inb_history_set_filter (history, &(InbHistoryFilter){ .provider = "nobody" });
      wait_for_keys (history);
      began_us = get_now_us ();
      inb_history_set_filter (history, &(InbHistoryFilter){ .text = text, .group = group });
      wait_for_keys (history);
      times[i] = get_ms (began_us);
    }
  printf ("search %-24s %-9s %7.1f ms, %u found\n", text != NULL ? text : "(no words)",
          group != NULL ? group : "all", get_median (times),
          g_list_model_get_n_items (G_LIST_MODEL (history)));
}

/* A row further down each time; none of them was read before. */
static void
time_pages (InbHistory *history, guint n_jobs)
{
  double times[ROUNDS];

  for (guint i = 0; i < ROUNDS; i++)
    {
      gint64 began_us = get_now_us ();
      g_autoptr (InbHistoryItem) item =
          g_list_model_get_item (G_LIST_MODEL (history), n_jobs / (ROUNDS + 1) * (i + 1));

      while (inb_history_item_get_job (item) == NULL)
        g_main_context_iteration (context, TRUE);
      times[i] = get_ms (began_us);
    }
  printf ("page of 100 rows, anywhere        %7.1f ms\n", get_median (times));
}

/* Everything is looked at once, as by a person who drags the scroll bar down. */
static void
time_walk (InbHistory *history, guint n_jobs)
{
  gint64 began_us = get_now_us ();
  struct rusage before, after;
  double worst = 0.0;

  getrusage (RUSAGE_SELF, &before);
  for (guint i = 0; i < n_jobs; i += 25)
    {
      gint64 get_us = get_now_us ();
      g_autoptr (InbHistoryItem) item = g_list_model_get_item (G_LIST_MODEL (history), i);

      worst = MAX (worst, get_ms (get_us));
      while (g_main_context_iteration (context, FALSE))
        ;
    }
  getrusage (RUSAGE_SELF, &after);
  printf (
      "scrolling through all             %7.1f ms, longest get_item %.2f ms, memory + %ld KiB\n",
      get_ms (began_us), worst, after.ru_maxrss - before.ru_maxrss);
}

static void
time_figures (InbQueue *queue)
{
  double times[ROUNDS];
  InbFigures figures;

  for (guint i = 0; i < ROUNDS; i++)
    {
      gint64 began_us = get_now_us ();

      inb_queue_get_figures (queue, "local", "kling-2.5-turbo", 5, &figures);
      times[i] = get_ms (began_us);
    }
  printf ("figures of %u done, %u failed  %7.1f ms, median %.1f s\n", figures.n_done,
          figures.n_failed, get_median (times), (double) figures.median_us / 1e6);
  for (guint i = 0; i < ROUNDS; i++)
    {
      gint64 began_us = get_now_us ();

      inb_queue_get_spent_today (queue);
      times[i] = get_ms (began_us);
    }
  printf ("spent today                       %7.2f ms\n", get_median (times));
}

static void
time_parts (const char *root)
{
  g_autoptr (InbStore) store = inb_store_open (root, INB_DATABASE_READ, NULL);
  gint64 began_us = get_now_us ();

  inb_database_check (inb_store_get_database (store), NULL);
  printf ("reading every page for damage     %7.1f ms\n", get_ms (began_us));
}

static void
remove_store (char *root)
{
  g_autofree char *command = g_strdup_printf ("rm -r '%s'", root);

  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
  g_free (root);
}

int
main (int argc, char **argv)
{
  guint n_jobs = argc > 1 ? (guint) atoi (argv[1]) : 100000;
  char *empty = make_store (0);
  char *full = make_store (n_jobs);
  g_autoptr (InbQueue) queue = NULL;
  g_autoptr (InbHistory) history = NULL;
  double open_empty, open_full;

  context = g_main_context_default ();
  open_empty = time_open (empty);
  open_full = time_open (full);
  printf ("open, no job                      %7.1f ms\n", open_empty);
  printf ("open, %6u jobs                 %7.1f ms, %.2f times as long\n", n_jobs, open_full,
          open_full / open_empty);
  time_parts (full);
  queue = inb_queue_open (full, INB_QUEUE_FOLLOW, NULL);
  printf ("history to its first jobs         %7.1f ms\n", time_history (queue));
  history = inb_history_new (queue);
  wait_for_keys (history);
  time_pages (history, n_jobs);
  time_walk (history, n_jobs);
  time_search (history, NULL, "failed");
  time_search (history, "blue mug steam", NULL);
  time_search (history, "КРУЖКУ", NULL);
  time_search (history, "number 99999", "done");
  time_figures (queue);
  g_clear_object (&history);
  g_clear_object (&queue);
  remove_store (empty);
  remove_store (full);
  return 0;
}
