/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How evenly the page of the history scrolls over a data folder of many jobs: from the top down
 * as a hand flings it, then jumps to anywhere.
 * usage: bench-history-page FOLDER */
#include "config.h"

#include <stdlib.h>
#include <time.h>

#include "ui/inb-history-page.h"

#define N_FRAMES 600
#define N_JUMPS 100
/* px a frame: eight rows, faster than anybody reads */
#define FLING 560

typedef struct
{
  GMainLoop *loop;
  GtkAdjustment *adjustment;
  GRand *random;
  GArray *times; /* ms of each frame, from its begin to its end */
  GArray *work;  /* ms of the processor in it: what a busy machine does not change */
  gint64 began_us;
  gint64 began_cpu_us;
  guint n_frames;
} Bench;

static gint64
read_cpu_us (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static void
before_paint_cb (GdkFrameClock *clock, Bench *self)
{
  self->began_us = g_get_monotonic_time ();
  self->began_cpu_us = read_cpu_us ();
}

static void
after_paint_cb (GdkFrameClock *clock, Bench *self)
{
  double ms = (double) (g_get_monotonic_time () - self->began_us) / 1000.0;

  double work = (double) (read_cpu_us () - self->began_cpu_us) / 1000.0;

  g_array_append_val (self->times, ms);
  g_array_append_val (self->work, work);
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  Bench *self = user_data;
  double upper = gtk_adjustment_get_upper (self->adjustment);
  double value = gtk_adjustment_get_value (self->adjustment);

  if (self->n_frames++ >= N_FRAMES + N_JUMPS)
    {
      g_main_loop_quit (self->loop);
      return G_SOURCE_REMOVE;
    }
  if (self->n_frames > N_FRAMES)
    value = g_rand_double_range (self->random, 0.0, upper);
  else
    value += FLING;
  gtk_adjustment_set_value (self->adjustment, value);
  return G_SOURCE_CONTINUE;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double one = *(const double *) a, other = *(const double *) b;

  return one < other ? -1 : one > other ? 1 : 0;
}

static void
report (GArray *times, const char *what, guint from, guint n)
{
  g_autoptr (GArray) part = g_array_new (FALSE, FALSE, sizeof (double));

  g_array_append_vals (part, &g_array_index (times, double, from), n);
  g_array_sort (part, compare);
  g_print ("%s: %u frames, median %.1f ms, 95 %% %.1f ms, longest %.1f ms\n", what, n,
           g_array_index (part, double, n / 2), g_array_index (part, double, n * 95 / 100),
           g_array_index (part, double, n - 1));
}

static GtkWidget *
find (GtkWidget *from, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (from), type))
    return from;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InbQueue) queue = NULL;
  Bench self = { 0 };
  GtkWidget *window, *list;
  GdkFrameClock *clock;
  gint64 began_us;
  gint64 began_cpu_us;
  double opened_ms, opened_work_ms;

  if (argc != 2)
    return EXIT_FAILURE;
  adw_init ();
  queue = inb_queue_open (argv[1], INB_QUEUE_FOLLOW, &error);
  g_assert_no_error (error);
  window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 700);
  began_us = g_get_monotonic_time ();
  began_cpu_us = read_cpu_us ();
  gtk_window_set_child (GTK_WINDOW (window), inb_history_page_new (queue));
  gtk_window_present (GTK_WINDOW (window));
  opened_ms = (double) (g_get_monotonic_time () - began_us) / 1000.0;
  opened_work_ms = (double) (read_cpu_us () - began_cpu_us) / 1000.0;
  list = find (window, GTK_TYPE_LIST_VIEW);
  self.loop = g_main_loop_new (NULL, FALSE);
  self.random = g_rand_new_with_seed (1);
  self.times = g_array_new (FALSE, FALSE, sizeof (double));
  self.work = g_array_new (FALSE, FALSE, sizeof (double));
  self.adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));
  while (g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list)))) ==
         0)
    g_main_context_iteration (NULL, TRUE);
  clock = gtk_widget_get_frame_clock (window);
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), &self);
  g_signal_connect_after (clock, "after-paint", G_CALLBACK (after_paint_cb), &self);
  gtk_widget_add_tick_callback (list, tick_cb, &self, NULL);
  g_main_loop_run (self.loop);

  g_print ("%u jobs, page made in %.0f ms (processor %.0f ms)\n",
           g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list)))),
           opened_ms, opened_work_ms);
  report (self.times, "flung", 1, N_FRAMES - 1);
  report (self.work, "flung, processor", 1, N_FRAMES - 1);
  report (self.times, "jumps", N_FRAMES, MIN (N_JUMPS, self.times->len - N_FRAMES));
  report (self.work, "jumps, processor", N_FRAMES, MIN (N_JUMPS, self.times->len - N_FRAMES));
  gtk_window_destroy (GTK_WINDOW (window));
  inb_queue_close (queue);
  g_main_loop_unref (self.loop);
  g_rand_free (self.random);
  g_array_unref (self.times);
  g_array_unref (self.work);
  return EXIT_SUCCESS;
}
