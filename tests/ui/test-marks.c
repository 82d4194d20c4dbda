/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "inb-test-wait.h"
#include "ui-test.h"

#include <math.h>
#include <string.h>

#include "store/inb-paths.h"
#include "ui/inb-marks-canvas.h"
#include "ui/inb-preview-load.h"

static void
test_marks_lie_inside_the_brush_and_nowhere_else (void)
{
  g_autoptr (InbMarks) marks = inb_marks_new (2048, 1024);
  guint width, height;

  inb_marks_get_size (marks, &width, &height);
  g_assert_cmpuint (width, ==, 1024);
  g_assert_cmpuint (height, ==, 512);
  g_assert_true (inb_marks_are_empty (marks));
  inb_marks_paint (marks, 0.25, 0.5, 0.75, 0.5, 0.05, TRUE); /* 256…768, 256; 51.2 samples */
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        double away = hypot (x + 0.5 - CLAMP (x + 0.5, 256.0, 768.0), y + 0.5 - 256.0) - 51.2;

        if (away < -1.0)
          g_assert_cmpuint (inb_marks_get (marks, x, y), ==, 255);
        else if (away > 1.0)
          g_assert_cmpuint (inb_marks_get (marks, x, y), ==, 0);
      }
  g_assert_false (inb_marks_are_empty (marks));
}

static void
test_marks_of_a_small_photo_and_over_its_edge (void)
{
  g_autoptr (InbMarks) marks = inb_marks_new (40, 30);
  guint width, height;

  inb_marks_get_size (marks, &width, &height);
  g_assert_cmpuint (width, ==, 40);
  g_assert_cmpuint (height, ==, 30);
  inb_marks_paint (marks, 1.0, 1.0, 2.0, 3.0, 0.2, TRUE);
  g_assert_cmpuint (inb_marks_get (marks, 39, 29), ==, 255);
  g_assert_cmpuint (inb_marks_get (marks, 0, 0), ==, 0);
  inb_marks_paint (marks, -0.5, -0.5, -0.5, 0.0, 0.1, TRUE);
  g_assert_cmpuint (inb_marks_get (marks, 0, 0), ==, 0);
}

static void
test_marks_are_wiped_where_the_brush_goes (void)
{
  g_autoptr (InbMarks) marks = inb_marks_new (400, 300);

  inb_marks_paint (marks, 0.2, 0.5, 0.8, 0.5, 0.1, TRUE);
  inb_marks_paint (marks, 0.5, 0.5, 0.5, 0.5, 0.05, FALSE);
  g_assert_cmpuint (inb_marks_get (marks, 200, 150), ==, 0);
  g_assert_cmpuint (inb_marks_get (marks, 200, 150 + 18), ==, 0);
  g_assert_cmpuint (inb_marks_get (marks, 200, 150 + 22), ==, 255);
  g_assert_cmpuint (inb_marks_get (marks, 100, 150), ==, 255);
  inb_marks_clear (marks);
  g_assert_true (inb_marks_are_empty (marks));
}

static void
test_marks_go_back_step_by_step_forty_at_most (void)
{
  g_autoptr (InbMarks) marks = inb_marks_new (100, 100);
  guint n_steps = 0;

  g_assert_false (inb_marks_can_undo (marks));
  for (guint i = 0; i < 45; i++) /* a dot a step, along the diagonal */
    {
      inb_marks_begin (marks);
      inb_marks_paint (marks, (2 * i + 1.5) / 100, (2 * i + 1.5) / 100, (2 * i + 1.5) / 100,
                       (2 * i + 1.5) / 100, 0.01, TRUE);
    }
  inb_marks_undo (marks);
  g_assert_cmpuint (inb_marks_get (marks, 89, 89), ==, 0); /* the newest is gone */
  g_assert_cmpuint (inb_marks_get (marks, 87, 87), ==, 255);
  for (n_steps = 1; inb_marks_can_undo (marks); n_steps++)
    inb_marks_undo (marks);
  g_assert_cmpuint (n_steps, ==, 40);
  g_assert_cmpuint (inb_marks_get (marks, 9, 9), ==, 255); /* the oldest five stay */
  g_assert_cmpuint (inb_marks_get (marks, 11, 11), ==, 0);
  inb_marks_undo (marks);
  g_assert_cmpuint (inb_marks_get (marks, 9, 9), ==, 255);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  *(InbPreview **) user_data = inb_preview_load_finish (result, &error);
  g_assert_no_error (error);
}

static InbPreview *
load (const char *root, GBytes *bytes)
{
  g_autofree char *path = g_build_filename (root, "marks.png", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  InbPreview *preview = NULL;

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                      (gssize) g_bytes_get_size (bytes), NULL));
  inb_preview_load_file_async (root, file, "marks", NULL, loaded_cb, &preview);
  wait_until (preview != NULL);
  return preview;
}

/* A photo larger than the preview, one of the preview's size and a tall one */
static void
test_marks_come_back_as_they_were_printed (void)
{
  static const guint sizes[][2] = { { 3000, 2000 }, { 640, 480 }, { 500, 1100 } };
  g_autofree char *root = ui_test_make_root ();
  g_autoptr (GError) error = NULL;

  inb_paths_make (root, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (InbMarks) marks = inb_marks_new (sizes[i][0], sizes[i][1]);
      g_autoptr (InbMarks) back = inb_marks_new (sizes[i][0], sizes[i][1]);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GBytes) same = NULL;
      g_autoptr (InbPreview) picture = NULL;
      guint width, height, worst = 0;

      inb_marks_paint (marks, 0.2, 0.3, 0.7, 0.6, 0.1, TRUE);
      inb_marks_paint (marks, 0.5, 0.4, 0.5, 0.5, 0.03, FALSE);
      bytes = inb_marks_print (marks);
      same = inb_marks_print (marks);
      g_assert_true (g_bytes_equal (bytes, same));
      picture = load (root, bytes);
      inb_marks_take (back, picture);
      inb_marks_get_size (marks, &width, &height);
      for (guint y = 0; y < height; y++)
        for (guint x = 0; x < width; x++)
          worst = MAX (worst, (guint) ABS ((int) inb_marks_get (marks, x, y) -
                                           (int) inb_marks_get (back, x, y)));
      g_test_message ("%u × %u: %u of 255", width, height, worst);
      g_assert_cmpuint (worst, <=, 2);
    }
  ui_test_remove_root (root);
}

/* Where its key would go: the widget's own bindings, by their trigger. */
static void
press (GtkWidget *widget, guint key, GdkModifierType state)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      guint n = GTK_IS_SHORTCUT_CONTROLLER (controller)
                    ? g_list_model_get_n_items (G_LIST_MODEL (controller))
                    : 0;

      for (guint j = 0; j < n; j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);
          GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

          if (!GTK_IS_KEYVAL_TRIGGER (trigger) ||
              gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) != key ||
              gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger)) != state)
            continue;
          g_assert_true (gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut),
                                                       GTK_SHORTCUT_ACTION_EXCLUSIVE, widget,
                                                       gtk_shortcut_get_arguments (shortcut)));
          return;
        }
    }
  g_error ("no key %u there", key);
}

static void
count_cb (guint *n_painted)
{
  (*n_painted)++;
}

static void
test_canvas_paints_by_keyboard (void)
{
  InbMarksCanvas *canvas = g_object_new (INB_TYPE_MARKS_CANVAS, NULL);
  g_autoptr (InbPreview) photo = ui_test_preview ("mug.png", 400, 300);
  GtkWidget *widget = GTK_WIDGET (canvas);
  GtkWidget *window;
  guint n_painted = 0;
  InbMarks *marks;

  inb_marks_canvas_set_photo (canvas, photo);
  marks = inb_marks_canvas_get_marks (canvas);
  g_signal_connect_swapped (canvas, "painted", G_CALLBACK (count_cb), &n_painted);
  window = ui_test_show (widget, 640, 480);
  press (widget, GDK_KEY_space, 0); /* a dot in the middle */
  g_assert_cmpuint (inb_marks_get (marks, 200, 150), ==, 255);
  g_assert_cmpuint (inb_marks_get (marks, 200 + 14, 150), ==, 0);
  g_assert_cmpuint (n_painted, ==, 1);
  for (guint i = 0; i < 10; i++)
    press (widget, GDK_KEY_Left, 0); /* moves, paints nothing */
  g_assert_cmpuint (inb_marks_get (marks, 120, 150), ==, 0);
  g_assert_cmpuint (n_painted, ==, 1);
  press (widget, GDK_KEY_Left, GDK_SHIFT_MASK);
  g_assert_cmpuint (inb_marks_get (marks, 116, 150), ==, 255);
  press (widget, GDK_KEY_Down, GDK_SHIFT_MASK);
  press (widget, GDK_KEY_Down, GDK_SHIFT_MASK);
  g_assert_cmpuint (inb_marks_get (marks, 112, 162), ==, 255);
  inb_marks_canvas_set_brush (canvas, 0.03, FALSE);
  press (widget, GDK_KEY_space, 0);
  g_assert_cmpuint (inb_marks_get (marks, 112, 162), ==, 0);
  inb_marks_undo (marks);
  g_assert_cmpuint (inb_marks_get (marks, 112, 162), ==, 255);
  ui_test_close (window);
}

/* The marks are where the photo is drawn, and nowhere beside it. */
static void
test_canvas_shows_marks_as_a_tint (void)
{
  g_autoptr (InbMarks) marks = inb_marks_new (40, 30);
  g_autoptr (GdkTexture) tint = NULL;
  guint8 pixels[40 * 30 * 4];

  inb_marks_paint (marks, 0.5, 0.5, 0.5, 0.5, 0.2, TRUE);
  tint = inb_marks_make_tint (marks, &(GdkRGBA){ 1.0f, 0.0f, 0.0f, 1.0f });
  gdk_texture_download (tint, pixels, 40 * 4);
  g_assert_cmpuint (pixels[(15 * 40 + 20) * 4 + 3], >, 100); /* B G R A: seen through */
  g_assert_cmpuint (pixels[(15 * 40 + 20) * 4 + 3], <, 200);
  g_assert_cmpuint (pixels[(15 * 40 + 20) * 4 + 2], >, 100);
  g_assert_cmpuint (pixels[(15 * 40 + 20) * 4 + 1], ==, 0);
  g_assert_cmpuint (pixels[3], ==, 0);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/marks/inside-the-brush", test_marks_lie_inside_the_brush_and_nowhere_else);
  g_test_add_func ("/marks/small-and-over-the-edge", test_marks_of_a_small_photo_and_over_its_edge);
  g_test_add_func ("/marks/wiped", test_marks_are_wiped_where_the_brush_goes);
  g_test_add_func ("/marks/forty-steps", test_marks_go_back_step_by_step_forty_at_most);
  g_test_add_func ("/marks/printed-and-taken", test_marks_come_back_as_they_were_printed);
  g_test_add_func ("/marks/keyboard", test_canvas_paints_by_keyboard);
  g_test_add_func ("/marks/tint", test_canvas_shows_marks_as_a_tint);
  return g_test_run ();
}
