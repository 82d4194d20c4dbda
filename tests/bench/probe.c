/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A look inside a GTK program from outside, for benchmarks and tests: loaded with LD_PRELOAD, it
 * keeps its counts in the file that INB_PROBE names, mapped, so that they can be read while the
 * program runs and nothing in it knows of them.
 *
 * The file holds numbers of 64 bits in this order: when the first frame was painted; when the
 * program first had nothing more to do after that; the processor time of the main thread up to each
 * of the two; frames painted; turns of the main loop; and N_BINS counts, one a millisecond, of how
 * long a turn kept the main loop from listening. Times are ns, the first two of CLOCK_MONOTONIC. */
#include <dlfcn.h>
#include <fcntl.h>
#include <gtk/gtk.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define N_BINS 4096
/* waiting so long, in ms, is having nothing to do: a frame is 17 ms */
#define REST_MS 50

typedef struct
{
  gint64 first_frame_ns;
  gint64 settled_ns;
  gint64 first_frame_cpu_ns;
  gint64 settled_cpu_ns;
  gint64 n_frames;
  gint64 n_turns;
  gint64 bins[N_BINS];
} Counts;

static Counts *counts;
static gint64 woken_ns;

static gint64
read_clock (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);
  return (gint64) time.tv_sec * 1000000000 + time.tv_nsec;
}

static int
counting_poll (GPollFD *fds, guint n_fds, int timeout_ms)
{
  gint64 before = read_clock (CLOCK_MONOTONIC);
  int n_ready;

  if (woken_ns != 0)
    {
      counts->bins[MIN ((before - woken_ns) / 1000000, N_BINS - 1)]++;
      counts->n_turns++;
    }
  n_ready = poll ((struct pollfd *) (void *) fds, n_fds, timeout_ms);
  woken_ns = read_clock (CLOCK_MONOTONIC);
  if (counts->settled_ns == 0 && counts->first_frame_ns != 0 &&
      woken_ns - before > REST_MS * (gint64) 1000000)
    {
      counts->settled_ns = before;
      counts->settled_cpu_ns = read_clock (CLOCK_THREAD_CPUTIME_ID);
    }
  return n_ready;
}

static void
painted_cb (GdkFrameClock *clock, gpointer user_data)
{
  counts->n_frames++;
  if (counts->first_frame_ns != 0)
    return;
  counts->first_frame_ns = read_clock (CLOCK_MONOTONIC);
  counts->first_frame_cpu_ns = read_clock (CLOCK_THREAD_CPUTIME_ID);
}

__attribute__ ((visibility ("default"))) void
gtk_window_present (GtkWindow *window)
{
  void (*present) (GtkWindow *) = dlsym (RTLD_NEXT, "gtk_window_present");
  GdkSurface *surface;

  present (window);
  surface = gtk_native_get_surface (GTK_NATIVE (window));
  if (counts == NULL || surface == NULL || g_object_get_data (G_OBJECT (surface), "inb-probe"))
    return;
  g_object_set_data (G_OBJECT (surface), "inb-probe", surface);
  g_signal_connect_after (gdk_surface_get_frame_clock (surface), "paint", G_CALLBACK (painted_cb),
                          NULL);
}

__attribute__ ((constructor)) static void
begin (void)
{
  const char *path = getenv ("INB_PROBE");
  int fd = path != NULL ? open (path, O_RDWR | O_CREAT, 0600) : -1;

  unsetenv ("LD_PRELOAD"); /* its workers are not looked at */
  unsetenv ("INB_PROBE");
  if (fd < 0)
    return;
  if (ftruncate (fd, sizeof (Counts)) == 0)
    counts = mmap (NULL, sizeof (Counts), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close (fd);
  if (counts == NULL || counts == MAP_FAILED)
    abort ();
  g_main_context_set_poll_func (g_main_context_default (), counting_poll);
}
