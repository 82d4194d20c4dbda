/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/inb-task.h"

static GMutex mutex;
static GCond changed;
static gboolean is_answered;

/* A thread that is slow to let go: it returns, and holds its task until the answer is read. */
static gpointer
work (gpointer data)
{
  g_autoptr (GTask) task = data;

  g_task_return_boolean (task, TRUE);
  g_mutex_lock (&mutex);
  while (!is_answered)
    g_cond_wait (&changed, &mutex);
  g_mutex_unlock (&mutex);
  return NULL;
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GMainLoop *loop = user_data;

  g_assert_true (G_IS_LIST_STORE (source));
  g_assert_true (g_task_propagate_boolean (G_TASK (result), NULL));
  g_main_loop_quit (loop);
}

static void
gone_cb (gpointer where, GObject *source)
{
  *(GThread **) where = g_thread_self ();
}

static void
test_task_does_not_end_its_source_in_the_thread (void)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  GListStore *source = g_list_store_new (G_TYPE_OBJECT);
  GTask *task = inb_task_new (source, NULL, answered_cb, loop);
  GThread *thread, *where = NULL;

  g_object_weak_ref (G_OBJECT (source), gone_cb, &where);
  g_object_unref (source);
  thread = g_thread_new ("work", work, task);
  g_main_loop_run (loop);
  g_mutex_lock (&mutex);
  is_answered = TRUE;
  g_cond_signal (&changed);
  g_mutex_unlock (&mutex);
  g_thread_join (thread);
  g_assert_true (where == g_thread_self ());
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/task/source-ends-where-it-was-asked",
                   test_task_does_not_end_its_source_in_the_thread);
  return g_test_run ();
}
