/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>

#include <adwaita.h>

#include "inb-test-wait.h"
#include "store/inb-paths.h"
#include "ui/inb-draft.h"
#include "ui/inb-frame-well.h"

/* From the moment a photo is given to the start frame's place until it is painted there, and how
 * long the screen stood still meanwhile; beside GTK's own picture, which decodes where it stands.
 * usage: bench-drop ROUNDS PHOTO… */

static gint64 painted_us;
static gint64 last_turn_us;
static gint64 longest_us;

static void
after_paint_cb (GdkFrameClock *clock, gpointer user_data)
{
  painted_us = g_get_monotonic_time ();
}

/* Comes round as often as the main loop lets it: what lies between two is a standstill. */
static gboolean
turn_cb (gpointer user_data)
{
  gint64 now = g_get_monotonic_time ();

  longest_us = MAX (longest_us, now - last_turn_us);
  last_turn_us = now;
  return G_SOURCE_CONTINUE;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static void
tell (const char *what, GArray *took_ms, GArray *still_ms)
{
  g_array_sort (took_ms, compare);
  g_array_sort (still_ms, compare);
  g_print (
      "  %-12s painted after: median %6.1f ms   p95 %6.1f ms   stood still: at most %6.1f ms\n",
      what, g_array_index (took_ms, double, took_ms->len / 2),
      g_array_index (took_ms, double, took_ms->len * 95 / 100),
      g_array_index (still_ms, double, still_ms->len - 1));
}

static void
begin (gint64 *start_us)
{
  painted_us = 0;
  longest_us = 0;
  *start_us = last_turn_us = g_get_monotonic_time ();
}

static void
note (gint64 start_us, GArray *took_ms, GArray *still_ms)
{
  double took = (double) (painted_us - start_us) / 1000.0;
  double still = (double) longest_us / 1000.0;

  g_array_append_val (took_ms, took);
  g_array_append_val (still_ms, still);
}

static void
measure_well (InbPhotoSlot *slot, GFile *file, guint n_rounds)
{
  g_autoptr (GArray) took_ms = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) still_ms = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < n_rounds; i++)
    {
      gint64 start_us;

      inb_photo_slot_clear (slot);
      begin (&start_us);
      inb_photo_slot_take_file (slot, file);
      wait_until (inb_photo_slot_get_state (slot) != INB_SLOT_LOADING);
      if (inb_photo_slot_get_state (slot) != INB_SLOT_READY)
        g_error ("%s", inb_photo_slot_get_error (slot));
      painted_us = 0;
      wait_until (painted_us != 0);
      note (start_us, took_ms, still_ms);
    }
  tell ("frame's place", took_ms, still_ms);
}

static void
measure_picture (GtkPicture *picture, GFile *file, guint n_rounds)
{
  g_autoptr (GArray) took_ms = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) still_ms = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < n_rounds; i++)
    {
      gint64 start_us;

      gtk_picture_set_file (picture, NULL);
      begin (&start_us);
      gtk_picture_set_file (picture, file);
      if (gtk_picture_get_paintable (picture) == NULL)
        {
          g_print ("  GtkPicture   cannot read it\n");
          return;
        }
      painted_us = 0;
      wait_until (painted_us != 0);
      note (start_us, took_ms, still_ms);
    }
  tell ("GtkPicture", took_ms, still_ms);
}

int
main (int argc, char **argv)
{
  g_autofree char *root = g_dir_make_tmp ("inb-bench-XXXXXX", NULL);
  g_autoptr (InbDraft) draft = NULL;
  InbFrameWell *well;
  GtkWidget *window, *box, *picture;
  guint n_rounds;

  if (argc < 3)
    {
      g_printerr ("usage: bench-drop ROUNDS PHOTO…\n");
      return EXIT_FAILURE;
    }
  adw_init ();
  n_rounds = (guint) atoi (argv[1]);
  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  picture = gtk_picture_new ();
  inb_paths_make (root, NULL);
  draft = inb_draft_new (root);
  well = INB_FRAME_WELL (inb_frame_well_new ());
  inb_frame_well_set_draft (well, draft, inb_draft_get_start (draft));
  window = gtk_window_new ();
  gtk_widget_set_size_request (picture, 160, 160);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (well));
  gtk_box_append (GTK_BOX (box), picture);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_set_default_size (GTK_WINDOW (window), 400, 240);
  gtk_window_present (GTK_WINDOW (window));
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (after_paint_cb),
                    NULL);
  wait_until (painted_us != 0);
  g_timeout_add_full (G_PRIORITY_HIGH, 2, turn_cb, NULL, NULL);
  for (int i = 2; i < argc; i++)
    {
      g_autoptr (GFile) file = g_file_new_for_commandline_arg (argv[i]);
      g_autofree char *name = g_file_get_basename (file);

      g_print ("%s\n", name);
      measure_well (inb_draft_get_start (draft), file, n_rounds);
      measure_picture (GTK_PICTURE (picture), file, MIN (n_rounds, 5));
    }
  gtk_window_destroy (GTK_WINDOW (window));
  return EXIT_SUCCESS;
}
