/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kills one local job at many points of its life, or fills the disk from there on, starts again,
 * and looks what became of it.
 *
 * usage: kill-sweep CLI WORKER SHIM PHOTO [POINTS]
 *
 * A first run, not killed, tells through the shim which calls there are. Then each round runs
 * `generate` in a session and data folder of its own and has the shim kill it at one of them, every
 * other time together with its worker; `jobs resume --wait` must bring the job to its one clip. The
 * phase of a kill is the state of the row that is found afterwards, or "commit" where it fell into
 * a write of the database. After that the disk is full from such a call on, for a quarter as many
 * points: the command must end with status 1, and with room again the job must reach its clip. */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/inb-files.h"
#include "store/inb-paths.h"
#include "store/inb-store.h"

/* s until a process that should have ended is called one that outlived its parent */
#define PATIENCE_S 300

typedef enum
{
  PHASE_KEEP,
  PHASE_PREPARE,
  PHASE_RENDER,
  PHASE_RENAME,
  PHASE_COMMIT,
  PHASE_AFTER,
  N_PHASES,
} Phase;

static const char *const phase_names[] = {
  "keep", "prepare", "render", "rename", "commit", "after"
};
/* Shares of the points, in percent; "after" comes by itself */
static const guint shares[] = { 8, 20, 26, 24, 22, 0 };

typedef struct
{
  guint kills;
  guint done;
  guint nothing; /* killed before there was a job, and there is none */
  guint lost;
  guint doubled;
  guint debris;
  guint other;
} Tally;

typedef struct
{
  const char *cli;
  const char *worker;
  const char *shim;
  const char *photo;
  GArray *events[N_PHASES]; /* numbers of calls, by the phase they are expected in */
  GHashTable *commits;      /* those that write the database */
  Tally tally[N_PHASES];
  Tally filled;
  guint n_events;
  guint n_missed; /* runs that ended before the call they should have died at */
} Sweep;

/* What the shim is to do in one run */
typedef struct
{
  const char *log;
  const char *what; /* SHIM_KILL_AT or SHIM_FULL_AT */
  long at;
} Order;

static int
remove_cb (const char *path, const struct stat *facts, int kind, struct FTW *where)
{
  return remove (path);
}

static void
remove_tree (const char *path)
{
  nftw (path, remove_cb, 16, FTW_DEPTH | FTW_PHYS);
}

static char *
make_folder (void)
{
  char *folder = g_dir_make_tmp ("inb-sweep-XXXXXX", NULL);

  if (folder == NULL)
    g_error ("no temporary folder");
  return folder;
}

static void
set_number (const char *name, long number)
{
  g_autofree char *text = g_strdup_printf ("%ld", number);

  g_setenv (name, text, TRUE);
}

/* In the child: the program in a session of its own, quiet, with the shim if it is to be killed */
G_NORETURN static void
become (const Sweep *self, const char *home, const Order *order, char **arguments)
{
  int null = open ("/dev/null", O_RDWR);

  setsid ();
  dup2 (null, STDIN_FILENO);
  dup2 (null, STDOUT_FILENO);
  dup2 (null, STDERR_FILENO);
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_setenv ("INBETWEEN_CLI", self->worker, TRUE);
  if (order != NULL)
    {
      g_setenv ("LD_PRELOAD", self->shim, TRUE);
      g_setenv ("SHIM_ROOT", home, TRUE);
      if (order->log != NULL)
        g_setenv ("SHIM_LOG", order->log, TRUE);
      if (order->what != NULL)
        set_number (order->what, order->at);
      if (order->at % 2 == 1)
        g_setenv ("SHIM_HARD", "1", TRUE);
    }
  execv (self->cli, arguments);
  _exit (127);
}

/* Runs it to its end, and waits for every worker it left: they end with it, or this hangs. */
static int
run (const Sweep *self, const char *home, const Order *order, const char *first, ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  const char *word;
  int status = 0, found;
  va_list words;
  pid_t child, ended;

  g_ptr_array_add (arguments, (gpointer) self->cli);
  va_start (words, first);
  for (word = first; word != NULL; word = va_arg (words, const char *))
    g_ptr_array_add (arguments, (gpointer) word);
  va_end (words);
  g_ptr_array_add (arguments, NULL);
  child = fork ();
  if (child == 0)
    become (self, home, order, (char **) arguments->pdata);
  alarm (PATIENCE_S);
  while ((ended = wait (&found)) > 0 || errno == EINTR)
    if (ended == child)
      status = found;
  alarm (0);
  return status;
}

static int
generate (const Sweep *self, const char *home, const Order *order)
{
  return run (self, home, order, "generate", self->photo, "--prompt", "slow push in", "--product",
              "mug", NULL);
}

static Phase
expect (const char *kind, const char *path)
{
  if (strstr (path, "inbetween.db") != NULL)
    return PHASE_COMMIT;
  if (strstr (path, "/frames") != NULL || strstr (path, "job-frame") != NULL)
    return PHASE_PREPARE;
  if (strstr (path, "job-clip") != NULL)
    return PHASE_RENDER;
  if (strstr (path, "keep-") != NULL || strstr (path, "/photos") != NULL)
    return PHASE_KEEP;
  return PHASE_RENAME;
}

static void
read_log (Sweep *self, const char *log)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  Phase now = PHASE_PREPARE; /* what the workers' progress belongs to */

  if (!g_file_get_contents (log, &text, NULL, NULL))
    g_error ("the shim wrote no log");
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; **line != '\0'; line++)
    {
      g_auto (GStrv) words = g_strsplit (*line, " ", 3);
      long number = atol (words[0]);
      Phase phase = strcmp (words[1], "progress") == 0 ? now : expect (words[1], words[2]);

      if (strcmp (words[1], "rename") == 0 && phase == PHASE_PREPARE)
        now = PHASE_RENDER;
      if (phase == PHASE_RENDER && strcmp (words[1], "fsync") == 0)
        now = PHASE_RENAME;
      if (phase == PHASE_COMMIT)
        g_hash_table_add (self->commits, GINT_TO_POINTER ((int) number + 1));
      g_array_append_val (self->events[phase], number);
      self->n_events++;
    }
}

/* The row as the killed process left it, read from a copy: looking must not mend anything. */
static gboolean
find_state (const char *home, InbJobState *state)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *root = g_build_filename (home, "inbetween", NULL);
  g_autofree char *database = inb_paths_dup_database (root);
  g_autofree char *log = inb_paths_dup_log (root);
  g_autofree char *database_copy = inb_paths_dup_database (folder);
  g_autofree char *log_copy = inb_paths_dup_log (folder);
  g_autoptr (InbStore) store = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  gint64 latest = 0;
  gboolean found = FALSE;

  if (inb_files_copy (database, database_copy, NULL, NULL))
    {
      inb_files_copy (log, log_copy, NULL, NULL);
      store = inb_store_open (folder, INB_DATABASE_READ, NULL);
    }
  if (store != NULL)
    rows = inb_store_list (store, 0, &latest, NULL);
  if (rows != NULL && rows->len > 0)
    {
      *state = inb_job_get_state (((InbRow *) g_ptr_array_index (rows, 0))->job);
      found = TRUE;
    }
  g_clear_pointer (&store, inb_store_close);
  remove_tree (folder);
  return found;
}

static Phase
find_phase (const Sweep *self, const char *home, long kill_at)
{
  InbJobState state = INB_JOB_PREPARING;

  if (g_hash_table_contains (self->commits, GINT_TO_POINTER ((int) kill_at + 1)))
    return PHASE_COMMIT;
  if (!find_state (home, &state))
    return PHASE_KEEP;
  if (state == INB_JOB_DONE)
    return PHASE_AFTER;
  if (state == INB_JOB_PREPARING)
    return PHASE_PREPARE;
  return state == INB_JOB_VERIFYING ? PHASE_RENAME : PHASE_RENDER;
}

static guint n_files;

static int
count_cb (const char *path, const struct stat *facts, int kind, struct FTW *where)
{
  n_files += kind == FTW_F;
  return 0;
}

static guint
count (const char *home, const char *folder)
{
  g_autofree char *path = g_build_filename (home, "inbetween", folder, NULL);

  n_files = 0;
  nftw (path, count_cb, 16, FTW_PHYS);
  return n_files;
}

static gboolean
is_whole (InbStore *store)
{
  g_autoptr (InbStatement) statement = inb_database_prepare (
      inb_store_get_database (store),
      "SELECT 1 FROM pragma_integrity_check WHERE integrity_check <> 'ok'", NULL);
  gboolean has_row = TRUE;

  return statement != NULL &&
         inb_database_step (inb_store_get_database (store), statement, &has_row, NULL) && !has_row;
}

static gboolean
is_done (const InbRow *row)
{
  const InbClip *clip = inb_job_get_clip (row->job);
  g_autofree char *sha256 = clip != NULL ? inb_files_hash (clip->path, NULL, NULL) : NULL;

  return inb_job_get_state (row->job) == INB_JOB_DONE && sha256 != NULL &&
         strcmp (sha256, clip->sha256) == 0;
}

static void
judge (const char *home, Tally *tally)
{
  g_autofree char *root = g_build_filename (home, "inbetween", NULL);
  g_autoptr (InbStore) store = inb_store_open (root, INB_DATABASE_READ, NULL);
  g_autoptr (GPtrArray) rows = NULL;
  gint64 latest = 0;
  guint n_jobs;

  if (store != NULL && is_whole (store))
    rows = inb_store_list (store, 0, &latest, NULL);
  if (rows == NULL)
    {
      tally->lost++;
      return;
    }
  n_jobs = rows->len;
  if (n_jobs == 0)
    tally->nothing++;
  else if (n_jobs > 1 || count (home, "clips") > 2)
    tally->doubled++;
  else if (is_done (g_ptr_array_index (rows, 0)) && count (home, "photos") == 1)
    tally->done++;
  else
    tally->lost++;
  if (count (home, "tmp") > 0 || count (home, "clips") != 2 * n_jobs ||
      count (home, "proxies") != n_jobs || count (home, "posters") != n_jobs)
    tally->debris++;
}

static void
kill_once (Sweep *self, long kill_at)
{
  g_autofree char *home = make_folder ();
  Order order = { .what = "SHIM_KILL_AT", .at = kill_at };
  int status = generate (self, home, &order);
  Tally *tally;

  if (!WIFSIGNALED (status)) /* this run wrote its progress less often than the first one */
    {
      self->n_missed++;
      remove_tree (home);
      return;
    }
  tally = &self->tally[find_phase (self, home, kill_at)];
  tally->kills++;
  status = run (self, home, NULL, "jobs", "resume", "--wait", NULL);
  if (!WIFEXITED (status) || WEXITSTATUS (status) != 0)
    tally->other++;
  judge (home, tally);
  remove_tree (home);
}

static char *
find_id (const char *home)
{
  g_autofree char *root = g_build_filename (home, "inbetween", NULL);
  g_autoptr (InbStore) store = inb_store_open (root, INB_DATABASE_READ, NULL);
  g_autoptr (GPtrArray) rows = NULL;
  gint64 latest = 0;

  if (store != NULL)
    rows = inb_store_list (store, 0, &latest, NULL);
  if (rows == NULL || rows->len == 0)
    return NULL;
  return g_strdup (inb_job_get_id (((InbRow *) g_ptr_array_index (rows, 0))->job));
}

static void
fill_once (Sweep *self, long full_at)
{
  g_autofree char *home = make_folder ();
  g_autofree char *id = NULL;
  Order order = { .what = "SHIM_FULL_AT", .at = full_at };
  int status = generate (self, home, &order);
  Tally *tally = &self->filled;

  tally->kills++;
  if (!WIFEXITED (status) || WEXITSTATUS (status) > 1)
    tally->other++;
  id = find_id (home);
  run (self, home, NULL, "jobs", "resume", "--wait", NULL);
  if (id != NULL)
    run (self, home, NULL, "jobs", "resume", "--wait", id, NULL);
  judge (home, tally);
  remove_tree (home);
}

static void
learn (Sweep *self)
{
  g_autofree char *home = make_folder ();
  g_autofree char *folder = make_folder ();
  g_autofree char *log = g_build_filename (folder, "log", NULL);
  Order order = { .log = log };
  int status = generate (self, home, &order);

  if (!WIFEXITED (status) || WEXITSTATUS (status) != 0)
    g_error ("the job fails without any kill: status %d", status);
  read_log (self, log);
  remove_tree (home);
  remove_tree (folder);
}

static void
print_line (const char *name, const Tally *tally)
{
  printf ("# %-8s %5u %5u %7u %5u %7u %6u %5u\n", name, tally->kills, tally->done, tally->nothing,
          tally->lost, tally->doubled, tally->debris, tally->other);
}

static gboolean
is_good (const Tally *tally)
{
  return tally->lost + tally->doubled + tally->debris + tally->other == 0 &&
         tally->done + tally->nothing == tally->kills;
}

static int
print (const Sweep *self)
{
  guint n_kills = 0;
  gboolean good = TRUE;

  printf ("# %-8s %5s %5s %7s %5s %7s %6s %5s\n", "phase", "kills", "done", "no job", "lost",
          "doubled", "debris", "other");
  for (guint i = 0; i < N_PHASES; i++)
    {
      const Tally *tally = &self->tally[i];

      print_line (phase_names[i], tally);
      n_kills += tally->kills;
      good =
          good && is_good (tally) && (tally->nothing == 0 || i == PHASE_KEEP || i == PHASE_COMMIT);
    }
  for (guint i = PHASE_PREPARE; i <= PHASE_COMMIT; i++)
    good = good && self->tally[i].kills >= MIN (10, n_kills / 7);
  good = good && self->n_missed * 10 <= n_kills;
  print_line ("full", &self->filled);
  printf ("# %u runs ended before the call they should have died at\n", self->n_missed);
  printf ("%s 1 /sweep/%u-kills-lose-nothing-and-leave-nothing\n", good ? "ok" : "not ok", n_kills);
  printf ("%s 2 /sweep/%u-full-disks-lose-nothing\n1..2\n",
          is_good (&self->filled) ? "ok" : "not ok", self->filled.kills);
  return good && is_good (&self->filled) ? 0 : 1;
}

int
main (int argc, char **argv)
{
  Sweep self = { 0 };
  guint n_points = argc > 5 ? (guint) atoi (argv[5]) : 80;

  if (argc < 5)
    {
      fprintf (stderr, "usage: kill-sweep CLI WORKER SHIM PHOTO [POINTS]\n");
      return 2;
    }
  self.cli = argv[1];
  self.worker = argv[2];
  self.shim = argv[3];
  self.photo = argv[4];
  self.commits = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < N_PHASES; i++)
    self.events[i] = g_array_new (FALSE, FALSE, sizeof (long));
  prctl (PR_SET_CHILD_SUBREAPER, 1); /* so that orphaned workers are ours to wait for */
  learn (&self);
  for (guint i = 0; i < PHASE_AFTER; i++)
    for (guint j = 0; j < n_points * shares[i] / 100 && self.events[i]->len > 0; j++)
      {
        guint n_events = self.events[i]->len;
        guint n_wanted = n_points * shares[i] / 100;
        guint place = n_wanted <= n_events ? j * n_events / n_wanted : j % n_events;

        kill_once (&self, g_array_index (self.events[i], long, place));
      }
  for (guint i = 0; i < n_points / 4; i++)
    fill_once (&self, (long) (i * self.n_events / (n_points / 4)));
  return print (&self);
}
