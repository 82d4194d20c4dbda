/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "inb-test-wait.h"
#include "player/inb-preview-reel.h"
#include "ui-test.h"
#include "ui/inb-live-preview.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* enough for a pan to be seen: 1.2 s */
#define SOME_FRAMES 30

typedef struct
{
  char *root;
  InbDraft *draft;
  InbFramingPreview *place;
  GtkWidget *caption;
  GtkWidget *window;
  InbLivePreview *live;
} Fixture;

static void
set_animations (gboolean on)
{
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", on, NULL);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  InbPhotoSlot *start;
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;

  set_animations (TRUE);
  self->root = ui_test_make_root ();
  path = ui_test_write_photo (self->root, "mug.png", 1600, 900);
  file = g_file_new_for_path (path);
  self->draft = inb_draft_new (self->root);
  start = inb_draft_get_start (self->draft);
  self->place = INB_FRAMING_PREVIEW (inb_framing_preview_new ());
  self->caption = gtk_label_new (NULL);
  gtk_widget_set_vexpand (GTK_WIDGET (self->place), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->place));
  gtk_box_append (GTK_BOX (box), self->caption);
  inb_framing_preview_set_draft (self->place, self->draft, start);
  self->live = inb_live_preview_new (self->draft, self->place, GTK_LABEL (self->caption));
  self->window = ui_test_show (box, 640, 400);
  inb_photo_slot_take_file (start, file);
  wait_until (inb_photo_slot_get_state (start) == INB_SLOT_READY &&
              inb_photo_slot_get_sha256 (start) != NULL);
}

static guint
count_workers (void)
{
  g_autoptr (GDir) proc = g_dir_open ("/proc", 0, NULL);
  const char *name;
  guint n_workers = 0;

  while ((name = g_dir_read_name (proc)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc", name, "stat", NULL);
      g_autofree char *text = NULL;
      int parent = 0;

      if (g_ascii_isdigit (*name) && g_file_get_contents (path, &text, NULL, NULL) &&
          sscanf (strrchr (text, ')') + 1, " %*c %d", &parent) == 1 && parent == getpid ())
        n_workers++;
    }
  return n_workers;
}

static void
assert_nothing_is_left (Fixture *self)
{
  g_autofree char *path = g_build_filename (self->root, "tmp", NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  wait_until (count_workers () == 0);
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    g_assert_false (g_str_has_prefix (name, "preview-"));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  InbPreviewWorker *worker = g_object_ref (inb_live_preview_get_worker (self->live));

  inb_live_preview_close (self->live);
  ui_test_let_go (self->live);
  ui_test_let_go (worker);
  assert_nothing_is_left (self);
  ui_test_close (self->window);
  ui_test_let_go (self->draft);
  ui_test_remove_root (self->root);
  g_free (self->root);
  set_animations (FALSE);
}

static guint
get_n_shown (Fixture *self)
{
  return inb_live_preview_get_n_shown (self->live);
}

static guint
get_n_started (Fixture *self)
{
  return inb_preview_worker_get_n_started (inb_live_preview_get_worker (self->live));
}

/* The share of red, the left half of the photo, in the picture's middle row */
static double
read_red (GdkTexture *texture)
{
  int width = gdk_texture_get_width (texture), height = gdk_texture_get_height (texture);
  g_autofree guint8 *pixels = g_malloc ((gsize) width * (gsize) height * 4);
  const guint8 *row = pixels + (gsize) (height / 2) * (gsize) width * 4;
  int n_red = 0;

  gdk_texture_download (texture, pixels, (gsize) width * 4);
  for (int x = 0; x < width; x++)
    n_red += row[x * 4 + 2] > 128 && row[x * 4] < 128;
  return (double) n_red / width;
}

/* Waits for the clip of the word that is in the form now, as far as it shows where it goes. */
static double
see_move (Fixture *self, guint n_started)
{
  wait_until (get_n_started (self) >= n_started &&
              !inb_preview_worker_is_busy (inb_live_preview_get_worker (self->live)));
  wait_until (get_n_shown (self) < SOME_FRAMES / 2 && get_n_shown (self) > 0);
  wait_until (get_n_shown (self) >= SOME_FRAMES);
  return read_red (inb_framing_preview_get_motion (self->place));
}

static void
test_a_changed_word_changes_the_frame (Fixture *self, gconstpointer data)
{
  gint64 began_us, seen_us;
  double red;

  g_assert_null (inb_framing_preview_get_motion (self->place));
  inb_draft_set_prompt (self->draft, "pan left");
  wait_until (get_n_shown (self) >= SOME_FRAMES);
  red = read_red (inb_framing_preview_get_motion (self->place));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (self->caption)), ==,
                   "Preview by the local engine");
  began_us = g_get_monotonic_time ();
  inb_draft_set_prompt (self->draft, "pan right");
  g_assert_nonnull (inb_framing_preview_get_motion (self->place)); /* no blink between words */
  wait_until (get_n_shown (self) < SOME_FRAMES);
  seen_us = g_get_monotonic_time ();
  g_test_message ("%.0f ms from a changed word to its first frame",
                  (double) (seen_us - began_us) / 1000.0);
  wait_until (get_n_shown (self) >= SOME_FRAMES + 1);
  g_test_message ("%.1f frames a second",
                  SOME_FRAMES * 1e6 / (double) (g_get_monotonic_time () - seen_us));
  g_assert_cmpfloat (fabs (red - read_red (inb_framing_preview_get_motion (self->place))), >, 0.02);
  g_assert_cmpuint (get_n_started (self), ==, 2);
  ui_test_screenshot (self->window, "live-preview");
}

static void
test_the_last_of_ten_quick_changes_wins (Fixture *self, gconstpointer data)
{
  static const char *const words[] = { "pan right", "pan left" };
  double left, right;

  inb_draft_set_prompt (self->draft, "pan left");
  left = see_move (self, 1);
  for (guint i = 0; i < 10; i++)
    {
      inb_draft_set_prompt (self->draft, words[(i + 1) % 2]);
      ui_test_run_idle ();
    }
  inb_draft_set_prompt (self->draft, "pan right");
  right = see_move (self, 2);
  g_assert_cmpuint (get_n_started (self), <=, 3);
  g_assert_cmpfloat (fabs (left - right), >, 0.02);
  /* a worker that has begun is given up too */
  inb_draft_set_prompt (self->draft, "pan left slowly");
  wait_until (get_n_started (self) > 2);
  inb_draft_set_prompt (self->draft, "pan left");
  g_assert_cmpfloat (fabs (see_move (self, 4) - left), <, 0.01);
}

/* One that never ends by itself: its parent has to. */
static char *
write_endless_worker (Fixture *self)
{
  char *path = g_build_filename (self->root, "endless", NULL);

  g_assert_true (g_file_set_contents (path, "#!/bin/sh\nexec sleep 1000\n", -1, NULL));
  g_assert_cmpint (g_chmod (path, 0700), ==, 0);
  return path;
}

static void
test_a_former_worker_is_killed_and_closing_ends_the_last (Fixture *self, gconstpointer data)
{
  g_autofree char *program = g_strdup (g_getenv ("INBETWEEN_CLI"));
  g_autofree char *endless = write_endless_worker (self);

  inb_draft_set_prompt (self->draft, "slow push in");
  wait_until (get_n_shown (self) > 0 && count_workers () == 0); /* the frame is there */
  g_setenv ("INBETWEEN_CLI", endless, TRUE);
  inb_draft_set_prompt (self->draft, "pan right");
  wait_until (get_n_started (self) == 2);
  inb_draft_set_prompt (self->draft, "pan left");
  wait_until (get_n_started (self) == 3 && count_workers () == 1);
  inb_live_preview_close (self->live);
  g_assert_null (inb_framing_preview_get_motion (self->place));
  wait_until (count_workers () == 0);
  inb_draft_set_prompt (self->draft, "pull out");
  ui_test_paint (self->window);
  g_assert_false (inb_preview_worker_is_busy (inb_live_preview_get_worker (self->live)));
  g_setenv ("INBETWEEN_CLI", program, TRUE);
}

static GtkGesture *
find_drag (Fixture *self)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (self->place));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_GESTURE_DRAG (controller))
        return GTK_GESTURE (controller);
    }
  g_assert_not_reached ();
}

static void
test_dragging_shows_the_still (Fixture *self, gconstpointer data)
{
  GtkGesture *drag = find_drag (self);

  g_object_set (self->draft, "ratio", INB_RATIO_1_1, NULL);
  inb_draft_set_prompt (self->draft, "pan left");
  wait_until (get_n_shown (self) > 0);
  g_assert_nonnull (inb_framing_preview_get_motion (self->place));
  g_signal_emit_by_name (drag, "drag-begin", 300.0, 150.0);
  g_assert_null (inb_framing_preview_get_motion (self->place));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (self->caption)), ==, "");
  g_signal_emit_by_name (drag, "drag-update", 20.0, 0.0);
  g_assert_false (inb_preview_worker_is_busy (inb_live_preview_get_worker (self->live)));
  g_signal_emit_by_name (drag, "drag-end", 20.0, 0.0);
  wait_until (inb_framing_preview_get_motion (self->place) != NULL);
  inb_draft_set_focus (self->draft, 0.4, 0.5); /* as the arrow keys do */
  g_assert_null (inb_framing_preview_get_motion (self->place));
  wait_until (inb_framing_preview_get_motion (self->place) != NULL);
}

static void
assert_at_rest (Fixture *self)
{
  ui_test_paint (self->window);
  g_assert_null (inb_framing_preview_get_motion (self->place));
  g_assert_false (inb_preview_worker_is_busy (inb_live_preview_get_worker (self->live)));
}

static void
test_only_where_it_is_seen_and_wanted (Fixture *self, gconstpointer data)
{
  assert_at_rest (self); /* there is no word yet */
  inb_draft_set_prompt (self->draft, "  \n");
  assert_at_rest (self);
  set_animations (FALSE);
  inb_draft_set_prompt (self->draft, "pan left");
  assert_at_rest (self);
  gtk_widget_set_visible (GTK_WIDGET (self->place), FALSE);
  set_animations (TRUE);
  assert_at_rest (self);
  g_assert_cmpuint (get_n_started (self), ==, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->place), TRUE);
  wait_until (inb_framing_preview_get_motion (self->place) != NULL);
  set_animations (FALSE);
  assert_at_rest (self);
}

static void
test_a_product_that_comes_is_still_until_it_is_worked_at (Fixture *self, gconstpointer data)
{
  InbPhotoSlot *start = inb_draft_get_start (self->draft);
  g_autoptr (InbRequest) request = NULL;

  inb_draft_set_prompt (self->draft, "pan left");
  request = inb_draft_dup_request (self->draft, 0);
  inb_draft_restore (self->draft, "mug", "Mug", request);
  wait_until (inb_photo_slot_get_state (start) == INB_SLOT_READY);
  assert_at_rest (self);
  g_assert_cmpuint (get_n_started (self), ==, 0);
  inb_draft_set_prompt (self->draft, "pan right");
  wait_until (inb_framing_preview_get_motion (self->place) != NULL);
}

static void
test_a_job_has_the_processor_to_itself (Fixture *self, gconstpointer data)
{
  g_autoptr (GListStore) jobs = g_list_store_new (INB_TYPE_JOB);
  g_autoptr (InbJob) job = ui_test_job ("product", 1, INB_JOB_RUNNING);

  inb_live_preview_set_jobs (self->live, G_LIST_MODEL (jobs));
  inb_draft_set_prompt (self->draft, "pan left");
  wait_until (inb_framing_preview_get_motion (self->place) != NULL);
  g_list_store_append (jobs, job);
  assert_at_rest (self);
  ui_test_set_job (job, INB_JOB_DONE, 1.0, NULL);
  wait_until (inb_framing_preview_get_motion (self->place) != NULL);
}

static void
test_a_failing_worker_shows_nothing (Fixture *self, gconstpointer data)
{
  g_autofree char *program = g_strdup (g_getenv ("INBETWEEN_CLI"));

  inb_draft_set_prompt (self->draft, "pan left");
  wait_until (get_n_shown (self) > 0);
  g_setenv ("INBETWEEN_CLI", "/bin/false", TRUE);
  inb_draft_set_prompt (self->draft, "pan right");
  wait_until (get_n_started (self) == 2);
  wait_until (inb_framing_preview_get_motion (self->place) == NULL);
  g_setenv ("INBETWEEN_CLI", program, TRUE);
  inb_draft_set_prompt (self->draft, "pan left");
  wait_until (inb_framing_preview_get_motion (self->place) != NULL);
}

/* frame n is as light as n */
static GInputStream *
make_clip (guint n_frames)
{
  GByteArray *clip = g_byte_array_new ();
  const char *header = "YUV4MPEG2 W2 H2 F24:1 Ip A1:1 C420mpeg2 XCOLORRANGE=LIMITED\n";
  g_autoptr (GBytes) bytes = NULL;

  g_byte_array_append (clip, (const guint8 *) header, (guint) strlen (header));
  for (guint i = 0; i < n_frames; i++)
    {
      guint8 luma = (guint8) (16 + i);
      guint8 frame[] = { 'F', 'R', 'A', 'M', 'E', '\n', luma, luma, luma, luma, 128, 128 };

      g_byte_array_append (clip, frame, sizeof frame);
    }
  bytes = g_byte_array_free_to_bytes (clip);
  return g_memory_input_stream_new_from_bytes (bytes);
}

static guint
play (InbPreviewReel *reel)
{
  guint lightest = 0;

  for (gint64 now_us = 1; !inb_preview_reel_is_over (reel); now_us += 1000)
    {
      GdkTexture *texture;
      guint8 pixels[2 * 2 * 4];

      g_main_context_iteration (NULL, FALSE);
      inb_preview_reel_advance (reel, now_us);
      texture = inb_preview_reel_get_texture (reel);
      if (texture == NULL)
        continue;
      gdk_texture_download (texture, pixels, 2 * 4);
      lightest = MAX (lightest, pixels[0]);
    }
  return lightest;
}

static void
test_a_reel_plays_twice_and_rests_on_its_first_frame (void)
{
  g_autoptr (GInputStream) clip = make_clip (48);
  InbPreviewReel *reel = inb_preview_reel_new (clip, 48);
  guint8 pixels[2 * 2 * 4];

  g_assert_cmpuint (play (reel), >, 0);
  gdk_texture_download (inb_preview_reel_get_texture (reel), pixels, 2 * 4);
  g_assert_cmpuint (pixels[0], ==, 0);
  g_assert_cmpuint (inb_preview_reel_get_n_shown (reel), <=, 48 * 2 + 1);
  ui_test_let_go (reel);
}

static void
test_half_a_clip_is_none (void)
{
  g_autoptr (GInputStream) clip = make_clip (2);
  g_autoptr (GInputStream) nothing = make_clip (0);
  InbPreviewReel *half = inb_preview_reel_new (clip, 48);
  InbPreviewReel *none = inb_preview_reel_new (nothing, 48);

  play (half);
  play (none);
  g_assert_null (inb_preview_reel_get_texture (none));
  ui_test_let_go (half);
  ui_test_let_go (none);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

#define ADD(path, function) \
  g_test_add ("/live-preview/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("a-changed-word-changes-the-frame", test_a_changed_word_changes_the_frame);
  ADD ("the-last-of-ten-quick-changes-wins", test_the_last_of_ten_quick_changes_wins);
  ADD ("a-former-worker-is-killed-and-closing-ends-the-last",
       test_a_former_worker_is_killed_and_closing_ends_the_last);
  ADD ("dragging-shows-the-still", test_dragging_shows_the_still);
  ADD ("only-where-it-is-seen-and-wanted", test_only_where_it_is_seen_and_wanted);
  ADD ("a-product-that-comes-is-still-until-it-is-worked-at",
       test_a_product_that_comes_is_still_until_it_is_worked_at);
  ADD ("a-job-has-the-processor-to-itself", test_a_job_has_the_processor_to_itself);
  ADD ("a-failing-worker-shows-nothing", test_a_failing_worker_shows_nothing);
#undef ADD
  g_test_add_func ("/live-preview/a-reel-plays-twice-and-rests-on-its-first-frame",
                   test_a_reel_plays_twice_and_rests_on_its_first_frame);
  g_test_add_func ("/live-preview/half-a-clip-is-none", test_half_a_clip_is_none);
  return g_test_run ();
}
