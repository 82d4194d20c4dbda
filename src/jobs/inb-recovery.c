/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-recovery.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/inb-error.h"
#include "store/inb-files.h"
#include "store/inb-paths.h"

/* What lies in tmp/ and is nobody's we know of goes when nobody has written it for a day. */
#define FOREIGN_AGE_S (24 * 60 * 60)
/* Clips looked at in one go: 2 ms, while jobs wait for the thread (measured). */
#define CLIPS_AT_ONCE 200

static gboolean
move_to (InbStore *store, InbRow *row, InbJobState to, GError **error)
{
  InbMove move = { .to = to };

  return inb_store_move (store, inb_job_get_id (row->job), &move, error);
}

/* Back to the queue: it will be rendered again, from the same seed, so to the same clip. */
static gboolean
render_again (InbStore *store, InbRow *row, GError **error)
{
  inb_recovery_remove_files (inb_store_get_root (store), row);
  return move_to (store, row, INB_JOB_READY, error) &&
         inb_store_end_work (store, inb_job_get_id (row->job), error);
}

static gboolean
has_hash (const char *path, const char *sha256)
{
  g_autofree char *found = sha256 != NULL ? inb_files_hash (path, NULL, NULL) : NULL;

  return found != NULL && strcmp (found, sha256) == 0;
}

static gboolean
exists (const char *path)
{
  return path != NULL && g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

/* The names are given in this order: poster, proxy, notes, clip. So where the clip has its final
 * name, all is there and only the last transaction is missing. */
static gboolean
is_settled (const InbRow *row)
{
  const InbClip *clip = row->clip;

  return clip != NULL && exists (clip->path) && exists (clip->proxy) && exists (clip->poster) &&
         has_hash (clip->path, clip->sha256);
}

static gboolean
recover_verifying (InbStore *store, InbRow *row, GError **error)
{
  if (is_settled (row))
    return move_to (store, row, INB_JOB_DONE, error);
  if (exists (row->part))
    return inb_store_end_work (store, inb_job_get_id (row->job), error);
  return render_again (store, row, error);
}

static gboolean
recover_row (InbStore *store, InbRow *row, GError **error)
{
  InbJobState state = inb_job_get_state (row->job);

  if (row->cancel)
    return inb_recovery_cancel (store, inb_job_get_id (row->job), error);
  if (state == INB_JOB_RUNNING)
    return render_again (store, row, error);
  if (state == INB_JOB_VERIFYING)
    return recover_verifying (store, row, error);
  if (inb_job_get_facts (row->job)->started_us != 0)
    return inb_store_end_work (store, inb_job_get_id (row->job), error);
  return TRUE;
}

/* The program stopped before the last bytes of the paid request left: what left before is no
 * request. So it is as unsent as it was, and like all that is it waits for its person. */
static gboolean
take_back (InbStore *store, InbRow *row, GError **error)
{
  InbAttemptEnd end = { .outcome = "not sent" };
  InbMove ready = { .to = INB_JOB_READY, .attempt_end = &end };

  return inb_store_move (store, inb_job_get_id (row->job), &ready, error);
}

/* A paid request was on its way, or its answer was looked for, when the program stopped. */
static gboolean
recover_sent (InbStore *store, InbRow *row, GError **error)
{
  g_autoptr (GError) lost = g_error_new_literal (
      INB_ERROR, INB_ERROR_UNKNOWN,
      _ ("The program stopped before the service's answer was noted; it may have been charged. It "
         "is being looked up."));
  InbRemoteChange change = INB_REMOTE_CHANGE_INIT;
  InbMove unknown = { .to = INB_JOB_UNKNOWN, .failure = lost, .remote = &change };

  change.charged = "maybe";
  return inb_store_move (store, inb_job_get_id (row->job), &unknown, error);
}

/**
 * inb_recovery_settle_sent:
 * @store: open for writing; the lock of its data folder is held
 * @row: a job in SUBMITTING or RECONCILING whose answer nobody waits for any more
 * @error: as inb_store_move()
 *
 * Makes it UNKNOWN, or READY where the request never left to its last byte.
 *
 * Returns: %TRUE if it is on the disk
 */
gboolean
inb_recovery_settle_sent (InbStore *store, InbRow *row, GError **error)
{
  gboolean half = inb_job_get_state (row->job) == INB_JOB_SUBMITTING && !row->remote.whole;

  return half ? take_back (store, row, error) : recover_sent (store, row, error);
}

static gboolean
recover_hosted (InbStore *store, InbRow *row, GError **error)
{
  switch ((int) inb_job_get_state (row->job))
    {
    case INB_JOB_PREPARING:
    case INB_JOB_UPLOADING:
    case INB_JOB_READY:
      return !row->cancel || move_to (store, row, INB_JOB_CANCELLED_UNSENT, error);
    case INB_JOB_SUBMITTING:
    case INB_JOB_RECONCILING:
      return inb_recovery_settle_sent (store, row, error);
    case INB_JOB_VERIFYING:
      return !is_settled (row) || move_to (store, row, INB_JOB_DONE, error);
    default:
      return TRUE;
    }
}

/* Somebody is still writing it: the writer holds a lock on it. */
static gboolean
is_locked (const char *path)
{
  int fd = open (path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  gboolean locked;

  if (fd < 0)
    return FALSE;
  locked = flock (fd, LOCK_EX | LOCK_NB) != 0;
  if (!locked)
    unlink (path); /* under the lock: a writer that comes now sees that its file has no name */
  close (fd);
  return locked;
}

static void
sweep_one (const char *path, const char *name)
{
  struct stat facts;

  if (g_str_has_prefix (name, "keep-"))
    is_locked (path);
  else if (g_str_has_prefix (name, "job-"))
    unlink (path); /* only the one who runs jobs makes these, and that is us now */
  else if (lstat (path, &facts) == 0 && time (NULL) - facts.st_mtime > FOREIGN_AGE_S)
    unlink (path);
}

/**
 * inb_recovery_sweep:
 * @root: the data folder, whose lock is held
 * @keep: (element-type utf8): paths that stay
 *
 * Removes what killed processes left in tmp/.
 */
void
inb_recovery_sweep (const char *root, GPtrArray *keep)
{
  g_autofree char *folder = inb_paths_dup_temporary (root, "");
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = inb_paths_dup_temporary (root, name);

      if (!g_ptr_array_find_with_equal_func (keep, path, g_str_equal, NULL))
        sweep_one (path, name);
    }
}

static void
keep_part (GPtrArray *keep, const InbRow *row)
{
  if (exists (row->part))
    g_ptr_array_add (keep, g_strdup (row->part));
}

static gboolean
recover_local_jobs (InbStore *store, GPtrArray *keep, GError **error)
{
  g_autoptr (GPtrArray) rows = inb_store_list_at_work (store, "local", error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      if (!recover_row (store, g_ptr_array_index (rows, i), error))
        return FALSE;
      keep_part (keep, g_ptr_array_index (rows, i));
    }
  return rows != NULL;
}

static gboolean
recover_hosted_jobs (InbStore *store, GPtrArray *keep, GError **error)
{
  g_autoptr (GPtrArray) rows = inb_store_list_hosted (store, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      if (!recover_hosted (store, g_ptr_array_index (rows, i), error))
        return FALSE;
      keep_part (keep, g_ptr_array_index (rows, i));
    }
  return rows != NULL && inb_store_pause_unsent (store, error);
}

/**
 * inb_recovery_run:
 * @store: open for writing; the lock of its data folder is held
 * @hosted: whether nobody works on jobs of services; else they and tmp/ are left alone
 * @error: as inb_store_move()
 *
 * Makes good what the last holder of the lock left behind, however it ended. Jobs of the local
 * engine: PREPARING and READY stay, RUNNING goes back to READY, VERIFYING is verified again or, if
 * only the last commit was missing, becomes DONE; wishes to cancel are carried out. Jobs of
 * services: what was not sent is paused unless this run was asked for it, what was sent without a
 * noted answer becomes UNKNOWN, all else goes on. Then tmp/ is swept. The clips are looked at by
 * inb_recovery_look_at_clips().
 *
 * Returns: %TRUE if all of it is on the disk
 */
gboolean
inb_recovery_run (InbStore *store, gboolean hosted, GError **error)
{
  g_autoptr (GPtrArray) keep = g_ptr_array_new_with_free_func (g_free);

  if (!recover_local_jobs (store, keep, error) ||
      (hosted && !recover_hosted_jobs (store, keep, error)))
    return FALSE;
  if (hosted)
    inb_recovery_sweep (inb_store_get_root (store), keep);
  return TRUE;
}

static gboolean
look_at_clip (InbStore *store, const InbClipRow *row, GError **error)
{
  InbMove move = { .to = row->missing ? INB_JOB_DONE : INB_JOB_MISSING_FILE };

  if (row->missing ? !exists (row->path) || !has_hash (row->path, row->sha256) : exists (row->path))
    return TRUE;
  return inb_store_move (store, row->id, &move, error);
}

/**
 * inb_recovery_look_at_clips:
 * @store: open for writing; the lock of its data folder is held
 * @key: (inout): 0 to begin with; the last row that was looked at; −1 when all were
 * @error: as inb_store_move()
 *
 * Looks at the next few hundred finished clips: one whose file is gone becomes MISSING_FILE, one
 * that is back DONE. What a person deleted or gave up is not missed.
 *
 * Returns: %TRUE if what was found is on the disk
 */
gboolean
inb_recovery_look_at_clips (InbStore *store, gint64 *key, GError **error)
{
  g_autoptr (GPtrArray) rows = inb_store_list_clips (store, *key, CLIPS_AT_ONCE, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const InbClipRow *row = g_ptr_array_index (rows, i);

      if (!look_at_clip (store, row, error))
        return FALSE;
      *key = row->key;
    }
  if (rows != NULL && rows->len < CLIPS_AT_ONCE)
    *key = -1;
  return rows != NULL;
}

/**
 * inb_recovery_cancel:
 * @store: open for writing; the lock of its data folder is held
 * @job_id: UUID of a job nobody works on
 * @error: as inb_store_move()
 *
 * Returns: %TRUE if it is CANCELLED_UNSENT and its unfinished file is gone
 */
gboolean
inb_recovery_cancel (InbStore *store, const char *job_id, GError **error)
{
  g_autoptr (InbRow) row = inb_store_get (store, job_id, error);

  if (row == NULL)
    return FALSE;
  if (inb_job_state_is_final (inb_job_get_state (row->job)))
    return TRUE;
  inb_recovery_remove_files (inb_store_get_root (store), row);
  return move_to (store, row, INB_JOB_CANCELLED_UNSENT, error);
}

/**
 * inb_recovery_put_back:
 * @store: open for writing; the lock of its data folder is held
 * @row: a job whose work was stopped
 * @error: as inb_store_move()
 *
 * Leaves a job so that the next runner goes on with it: a render begins again, a whole clip is
 * verified again.
 *
 * Returns: %TRUE if it waits now
 */
gboolean
inb_recovery_put_back (InbStore *store, InbRow *row, GError **error)
{
  if (inb_job_get_state (row->job) == INB_JOB_RUNNING)
    return render_again (store, row, error);
  return inb_store_end_work (store, inb_job_get_id (row->job), error);
}

static void
remove_file (const char *path)
{
  if (path != NULL)
    unlink (path);
}

/**
 * inb_recovery_remove_files:
 * @root: the data folder
 * @row: a job that was cancelled, failed or is rendered again; never one that is DONE
 *
 * Removes what was made of its clip so far. Its frames stay: other takes use them.
 */
void
inb_recovery_remove_files (const char *root, const InbRow *row)
{
  g_autofree char *notes =
      inb_paths_dup_clip (root, inb_job_get_created (row->job), inb_job_get_id (row->job), "json");

  remove_file (row->part);
  if (row->clip == NULL)
    return;
  remove_file (row->clip->path);
  remove_file (row->clip->proxy);
  remove_file (row->clip->poster);
  remove_file (notes);
}
