/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "inb-test-wait.h"
#include "ui-test.h"

#include <string.h>

#include "store/inb-paths.h"
#include "ui/inb-frame-well.h"
#include "ui/inb-marks-canvas.h"
#include "ui/inb-marks-window.h"

typedef struct
{
  char *root;
  InbDraft *draft;
  InbPhotoSlot *start;
  InbFrameWell *well;
  GtkWidget *window;
  GtkWidget *editor;
} Fixture;

/* A red box before a grey wall, which the engine finds; @shade makes it another photo. */
static GFile *
write_photo (Fixture *self, const char *name, guint8 shade)
{
  g_autofree char *path = g_build_filename (self->root, name, NULL);
  guint8 *pixels = g_malloc (480 * 320 * 3);
  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, 480 * 320 * 3);
  g_autoptr (GdkTexture) texture = NULL;

  for (guint y = 0; y < 320; y++)
    for (guint x = 0; x < 480; x++)
      {
        gboolean inside = x >= 180 && x < 300 && y >= 90 && y < 250;
        guint8 *px = pixels + (y * 480 + x) * 3;

        px[0] = inside ? 200 : shade;
        px[1] = px[2] = inside ? 20 : shade;
      }
  texture = gdk_memory_texture_new (480, 320, GDK_MEMORY_R8G8B8, bytes, 480 * 3);
  g_assert_true (gdk_texture_save_to_png (texture, path));
  return g_file_new_for_path (path);
}

static void
take_photo (Fixture *self, const char *name, guint8 shade)
{
  g_autoptr (GFile) file = write_photo (self, name, shade);

  inb_photo_slot_take_file (self->start, file);
  wait_until (inb_photo_slot_get_state (self->start) == INB_SLOT_READY &&
              g_strcmp0 (inb_photo_slot_get_name (self->start), name) == 0);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->root = ui_test_make_root ();
  inb_paths_make (self->root, &error);
  g_assert_no_error (error);
  self->draft = inb_draft_new (self->root);
  inb_draft_set_provider (self->draft, "local");
  self->start = inb_draft_get_start (self->draft);
  self->well = INB_FRAME_WELL (inb_frame_well_new ());
  inb_frame_well_set_draft (self->well, self->draft, self->start);
  self->window = ui_test_show (GTK_WIDGET (self->well), 400, 300);
  take_photo (self, "box.png", 215);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_object_ref (self->well);
  ui_test_close (self->window);
  ui_test_let_go (self->well);
  ui_test_let_go (self->draft);
  ui_test_remove_root (self->root);
  g_free (self->root);
}

static GtkWidget *
find_editor (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (INB_IS_MARKS_WINDOW (window))
        return window;
    }
  return NULL;
}

/* By its button; returns what is marked once nothing is looked for any more */
static InbMarks *
open_editor (Fixture *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self->well), "well.mark", NULL);
  self->editor = find_editor ();
  g_assert_nonnull (self->editor);
  ui_test_wait_sensitive (ui_test_find (self->editor, GTK_TYPE_BUTTON, "_Find"));
  return inb_marks_canvas_get_marks (ui_test_find (self->editor, INB_TYPE_MARKS_CANVAS, NULL));
}

/* As a person does; the editor has gone then. */
static void
act (Fixture *self, const char *action)
{
  g_object_add_weak_pointer (G_OBJECT (self->editor), (gpointer *) &self->editor);
  gtk_widget_activate_action (self->editor, action, NULL);
  if (!g_str_equal (action, "marks.clear") && !g_str_equal (action, "marks.undo"))
    wait_until (self->editor == NULL); /* whole: it does not live on in secret */
  else
    g_object_remove_weak_pointer (G_OBJECT (self->editor), (gpointer *) &self->editor);
}

static void
paint (Fixture *self, double x, double y)
{
  InbMarksCanvas *canvas = ui_test_find (self->editor, INB_TYPE_MARKS_CANVAS, NULL);

  inb_marks_begin (inb_marks_canvas_get_marks (canvas));
  inb_marks_paint (inb_marks_canvas_get_marks (canvas), x, y, x, y, 0.05, TRUE);
  inb_marks_canvas_changed (canvas);
}

static void
mark (Fixture *self)
{
  open_editor (self);
  paint (self, 0.1, 0.1);
  act (self, "marks.done");
  g_assert_nonnull (inb_draft_get_matte (self->draft));
}

static void
test_it_opens_with_what_is_found (Fixture *self, gconstpointer data)
{
  InbMarks *marks = open_editor (self);

  g_assert_cmpuint (inb_marks_get (marks, 240, 170), >, 200); /* the box */
  g_assert_cmpuint (inb_marks_get (marks, 30, 30), <, 50);    /* the wall */
  act (self, "window.close");
  g_assert_null (inb_draft_get_matte (self->draft));
}

static void
test_done_is_kept_and_shown_again (Fixture *self, gconstpointer data)
{
  g_autofree char *path = NULL;
  InbMarks *marks;

  mark (self);
  path = inb_paths_dup_photo (self->root, inb_draft_get_matte (self->draft));
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  marks = open_editor (self);
  wait_until (!inb_marks_are_empty (marks));
  g_assert_cmpuint (inb_marks_get (marks, 48, 32), ==, 255); /* what was painted */
  g_assert_cmpuint (inb_marks_get (marks, 450, 300), ==, 0);
  act (self, "window.close");
}

static void
test_done_with_nothing_marked_forgets (Fixture *self, gconstpointer data)
{
  InbMarks *marks;

  mark (self);
  marks = open_editor (self);
  wait_until (!inb_marks_are_empty (marks));
  act (self, "marks.clear");
  g_assert_true (inb_marks_are_empty (marks));
  act (self, "marks.undo");
  g_assert_false (inb_marks_are_empty (marks));
  act (self, "marks.clear");
  act (self, "marks.done");
  g_assert_null (inb_draft_get_matte (self->draft));
}

static void
test_cancel_changes_nothing (Fixture *self, gconstpointer data)
{
  g_autofree char *before = NULL;

  mark (self);
  before = g_strdup (inb_draft_get_matte (self->draft));
  open_editor (self);
  paint (self, 0.9, 0.9);
  act (self, "window.close");
  g_assert_cmpstr (inb_draft_get_matte (self->draft), ==, before);
  open_editor (self);
  paint (self, 0.9, 0.9);
  gtk_widget_activate_action (self->editor, "marks.done", NULL); /* is being kept */
  act (self, "window.close");
  g_assert_cmpstr (inb_draft_get_matte (self->draft), ==, before);
}

static void
test_undo_of_the_form_brings_marks_back (Fixture *self, gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  mark (self);
  first = g_strdup (inb_draft_get_matte (self->draft));
  open_editor (self);
  paint (self, 0.9, 0.9);
  act (self, "marks.done");
  second = g_strdup (inb_draft_get_matte (self->draft));
  g_assert_cmpstr (second, !=, first);
  inb_draft_undo (self->draft);
  g_assert_cmpstr (inb_draft_get_matte (self->draft), ==, first);
  inb_draft_undo (self->draft);
  g_assert_null (inb_draft_get_matte (self->draft));
  inb_draft_redo (self->draft);
  inb_draft_redo (self->draft);
  g_assert_cmpstr (inb_draft_get_matte (self->draft), ==, second);
}

static void
test_another_start_photo_forgets_marks (Fixture *self, gconstpointer data)
{
  mark (self);
  take_photo (self, "another.png", 120);
  g_assert_null (inb_draft_get_matte (self->draft));
}

static void
test_swap_forgets_marks (Fixture *self, gconstpointer data)
{
  g_autoptr (InbPreview) side = ui_test_preview ("side.png", 480, 320);

  mark (self);
  inb_photo_slot_take_preview (inb_draft_get_last (self->draft), side);
  g_assert_nonnull (inb_draft_get_matte (self->draft));
  inb_draft_swap (self->draft);
  g_assert_null (inb_draft_get_matte (self->draft));
}

static GtkWidget *
find_button (GtkWidget *from)
{
  if (GTK_IS_BUTTON (from) &&
      g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (from)), "well.mark") == 0)
    return from;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
assert_button (Fixture *self, gboolean sensitive, const char *words)
{
  GtkWidget *button = find_button (GTK_WIDGET (self->well));

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_get_visible (button));
  g_assert_cmpint (gtk_widget_is_sensitive (button), ==, sensitive);
  g_assert_cmpstr (gtk_widget_get_tooltip_text (button), ==, words);
}

static void
test_the_button_says_what_is_and_why_not (Fixture *self, gconstpointer data)
{
  g_autoptr (InbPreview) side = ui_test_preview ("side.png", 480, 320);

  assert_button (self, TRUE, "Mark the Product Area…");
  mark (self);
  assert_button (self, TRUE, "Product Area: Marked by Hand…");
  inb_draft_set_provider (self->draft, "fal");
  assert_button (self, FALSE, "Product Area: for the Local Engine Only");
  inb_draft_set_provider (self->draft, "local");
  assert_button (self, TRUE, "Product Area: Marked by Hand…");
  inb_photo_slot_take_preview (inb_draft_get_last (self->draft), side);
  assert_button (self, FALSE, "Product Area: Only Without a Last Frame");
  inb_photo_slot_clear (inb_draft_get_last (self->draft));
  assert_button (self, TRUE, "Product Area: Marked by Hand…");
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

#define ADD(path, function) \
  g_test_add ("/marks-window/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("opens-with-what-is-found", test_it_opens_with_what_is_found);
  ADD ("done-is-kept-and-shown-again", test_done_is_kept_and_shown_again);
  ADD ("done-with-nothing-marked-forgets", test_done_with_nothing_marked_forgets);
  ADD ("cancel-changes-nothing", test_cancel_changes_nothing);
  ADD ("undo-of-the-form-brings-marks-back", test_undo_of_the_form_brings_marks_back);
  ADD ("another-start-photo-forgets-marks", test_another_start_photo_forgets_marks);
  ADD ("swap-forgets-marks", test_swap_forgets_marks);
  ADD ("the-button-says-what-is-and-why-not", test_the_button_says_what_is_and_why_not);
#undef ADD
  return g_test_run ();
}
