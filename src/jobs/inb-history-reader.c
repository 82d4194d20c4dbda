/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-history-reader.h"

#include "store/inb-search.h"

/* Reads the table of jobs for a history, in a thread and through a connection of its own, so that
 * neither a search over 100,000 rows nor a page of them ever holds up the screen. The newest wish
 * comes first: a search for a newer filter interrupts an older one, and the page that was asked for
 * last is read next. Counts references: letters on their way hold one. */
struct _InbHistoryReader
{
  char *root;
  GMainContext *context; /* of whoever asks */
  InbHistoryReaderCallback callback;
  gpointer user_data;
  GThread *thread;

  GMutex mutex; /* for all below */
  GCond wanted;
  gboolean stopping;
  guint number; /* of the newest filter */
  InbHistoryFilter *asked;
  gboolean changes_asked;
  GQueue pages;           /* InbHistoryPage, the newest first */
  InbDatabase *searching; /* the thread's connection, while it may be interrupted */
};

struct _InbHistoryPage
{
  GArray *keys; /* gint64 */
  gint dropped;
};

typedef struct
{
  InbHistoryReader *reader;
  InbHistoryAnswer answer;
} Letter;

/* The thread's own */
typedef struct
{
  InbStore *store;
  InbHistoryFilter *filter;
  guint number;
  gint64 latest;
} Work;

static void
page_clear (gpointer data)
{
  g_array_unref (((InbHistoryPage *) data)->keys);
}

static void
page_unref (gpointer page)
{
  g_atomic_rc_box_release_full (page, page_clear);
}

/**
 * inb_history_page_drop:
 * @self: (transfer full): rows that were asked for and have come, or that nobody waits for any more
 */
void
inb_history_page_drop (InbHistoryPage *self)
{
  g_atomic_int_set (&self->dropped, 1);
  page_unref (self);
}

static void
reader_clear (gpointer data)
{
  InbHistoryReader *self = data;

  g_free (self->root);
  g_main_context_unref (self->context);
  g_clear_pointer (&self->asked, inb_history_filter_free);
  g_queue_clear_full (&self->pages, page_unref);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->wanted);
}

static void
letter_free (gpointer data)
{
  Letter *letter = data;

  g_clear_pointer (&letter->answer.keys, g_array_unref);
  g_clear_pointer (&letter->answer.changes, g_array_unref);
  g_clear_pointer (&letter->answer.rows, g_ptr_array_unref);
  g_clear_pointer (&letter->answer.page, page_unref);
  g_atomic_rc_box_release_full (letter->reader, reader_clear);
  g_free (letter);
}

static gboolean
deliver_cb (gpointer user_data)
{
  Letter *letter = user_data;

  if (letter->reader->callback != NULL)
    letter->reader->callback (&letter->answer, letter->reader->user_data);
  return G_SOURCE_REMOVE;
}

/* Takes what is in the answer. */
static void
post (InbHistoryReader *self, const InbHistoryAnswer *answer)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  Letter *letter = g_new0 (Letter, 1);

  letter->reader = g_atomic_rc_box_acquire (self);
  letter->answer = *answer;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver_cb, letter, letter_free);
  g_source_attach (source, self->context);
  /* cppcheck-suppress memleak ; the source frees the letter */
}

/* Without a mutex: from now on, until end_search(), an interruption is for this search. */
static gboolean
begin_search (InbHistoryReader *self, const Work *work)
{
  gboolean newest;

  g_mutex_lock (&self->mutex);
  newest = self->asked == NULL && !self->stopping;
  self->searching = newest ? inb_store_get_database (work->store) : NULL;
  g_mutex_unlock (&self->mutex);
  return newest;
}

static void
end_search (InbHistoryReader *self)
{
  g_mutex_lock (&self->mutex);
  self->searching = NULL;
  g_mutex_unlock (&self->mutex);
}

static gboolean
is_outdated (InbHistoryReader *self)
{
  gboolean outdated;

  g_mutex_lock (&self->mutex);
  outdated = self->asked != NULL || self->stopping;
  g_mutex_unlock (&self->mutex);
  return outdated;
}

static void
answer_keys (InbHistoryReader *self, Work *work)
{
  InbHistoryAnswer answer = { .filter = work->number };
  g_autoptr (GError) error = NULL;

  if (!begin_search (self, work))
    return;
  answer.keys = inb_search_list_keys (work->store, work->filter, &work->latest, &error);
  end_search (self);
  if (answer.keys == NULL && is_outdated (self))
    return;
  if (answer.keys == NULL)
    g_message ("%s", error->message);
  post (self, &answer);
}

static void
answer_changes (InbHistoryReader *self, Work *work)
{
  InbHistoryAnswer answer = { .filter = work->number };
  g_autoptr (GError) error = NULL;

  answer.changes = inb_search_list_changes (work->store, work->filter, &work->latest, &error);
  if (answer.changes == NULL)
    g_message ("%s", error->message);
  else
    post (self, &answer);
}

static void
answer_page (InbHistoryReader *self, Work *work, InbHistoryPage *page)
{
  InbHistoryAnswer answer = { .filter = work->number, .page = page };
  g_autoptr (GError) error = NULL;

  if (!g_atomic_int_get (&page->dropped))
    {
      answer.rows = inb_search_list_rows (work->store, (const gint64 *) (gpointer) page->keys->data,
                                          page->keys->len, &error);
      if (answer.rows == NULL)
        g_message ("%s", error->message);
    }
  post (self, &answer);
}

/* One thing of what is wanted; waits for there to be one. */
static gboolean
do_next (InbHistoryReader *self, Work *work)
{
  InbHistoryFilter *asked;
  InbHistoryPage *page = NULL;
  gboolean stopping;

  g_mutex_lock (&self->mutex);
  while (!self->stopping && self->asked == NULL && g_queue_is_empty (&self->pages) &&
         !(self->changes_asked && work->filter != NULL))
    g_cond_wait (&self->wanted, &self->mutex);
  stopping = self->stopping;
  asked = g_steal_pointer (&self->asked);
  if (asked != NULL)
    work->number = self->number;
  else
    page = g_queue_pop_head (&self->pages);
  if (page == NULL)
    self->changes_asked = FALSE; /* new keys tell of them too */
  g_mutex_unlock (&self->mutex);

  if (stopping)
    g_clear_pointer (&asked, inb_history_filter_free);
  else if (asked != NULL)
    {
      g_clear_pointer (&work->filter, inb_history_filter_free);
      work->filter = asked;
      answer_keys (self, work);
    }
  else if (page != NULL)
    answer_page (self, work, page);
  else
    answer_changes (self, work);
  return !stopping;
}

static gpointer
run (gpointer data)
{
  InbHistoryReader *self = data;
  g_autoptr (GError) error = NULL;
  Work work = { .store = inb_store_open (self->root, INB_DATABASE_READ, &error) };

  if (work.store != NULL && inb_search_begin (work.store, &error))
    while (do_next (self, &work))
      ;
  else
    {
      g_message ("%s", error->message);
      g_mutex_lock (&self->mutex);
      work.number = self->number;
      g_mutex_unlock (&self->mutex);
      post (self, &(InbHistoryAnswer){ .filter = work.number });
    }
  g_clear_pointer (&work.store, inb_store_close);
  g_clear_pointer (&work.filter, inb_history_filter_free);
  return NULL;
}

/**
 * inb_history_reader_new:
 * @root: the data folder
 * @callback: called on the thread-default main context of the caller
 * @user_data: for @callback
 *
 * Returns: (transfer full): a reader that was asked for nothing yet
 */
InbHistoryReader *
inb_history_reader_new (const char *root, InbHistoryReaderCallback callback, gpointer user_data)
{
  InbHistoryReader *self = g_atomic_rc_box_new0 (InbHistoryReader);

  self->root = g_strdup (root);
  self->context = g_main_context_ref_thread_default ();
  self->callback = callback;
  self->user_data = user_data;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->wanted);
  g_queue_init (&self->pages);
  self->thread = g_thread_new ("history", run, self);
  return self;
}

/**
 * inb_history_reader_free:
 * @self: (transfer full): a reader, in the thread that made it
 *
 * Interrupts what it reads; nothing is told any more.
 */
void
inb_history_reader_free (InbHistoryReader *self)
{
  g_mutex_lock (&self->mutex);
  self->stopping = TRUE;
  if (self->searching != NULL)
    inb_database_interrupt (self->searching);
  g_cond_signal (&self->wanted);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);
  self->callback = NULL;
  g_atomic_rc_box_release_full (self, reader_clear);
}

/**
 * inb_history_reader_ask_keys:
 * @self: a reader
 * @filter: which jobs are wanted from now on
 *
 * Asks for every place; a search for an older filter ends. Changes are told of this filter then.
 *
 * Returns: number of the filter, which stands in the answers
 */
guint
inb_history_reader_ask_keys (InbHistoryReader *self, const InbHistoryFilter *filter)
{
  guint number;

  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->asked, inb_history_filter_free);
  self->asked = inb_history_filter_copy (filter);
  number = ++self->number;
  if (self->searching != NULL)
    inb_database_interrupt (self->searching);
  g_cond_signal (&self->wanted);
  g_mutex_unlock (&self->mutex);
  return number;
}

/**
 * inb_history_reader_ask_changes:
 * @self: a reader
 *
 * Asks for what was written since it looked last.
 */
void
inb_history_reader_ask_changes (InbHistoryReader *self)
{
  g_mutex_lock (&self->mutex);
  self->changes_asked = TRUE;
  g_cond_signal (&self->wanted);
  g_mutex_unlock (&self->mutex);
}

/**
 * inb_history_reader_ask_rows:
 * @self: a reader
 * @keys: (transfer full) (element-type gint64): keys of rows
 *
 * Returns: (transfer full): what it is asked for with, to be given to inb_history_page_drop()
 */
InbHistoryPage *
inb_history_reader_ask_rows (InbHistoryReader *self, GArray *keys)
{
  InbHistoryPage *page = g_atomic_rc_box_new0 (InbHistoryPage);

  page->keys = keys;
  g_mutex_lock (&self->mutex);
  g_queue_push_head (&self->pages, g_atomic_rc_box_acquire (page));
  g_cond_signal (&self->wanted);
  g_mutex_unlock (&self->mutex);
  return page;
}

/**
 * inb_history_reader_ask_again:
 * @self: a reader
 * @keys: (transfer full) (element-type gint64): keys of rows that were written since they were read
 *
 * As inb_history_reader_ask_rows(), for good.
 */
void
inb_history_reader_ask_again (InbHistoryReader *self, GArray *keys)
{
  page_unref (inb_history_reader_ask_rows (self, keys));
}
