/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-test.h"
#include "ui/inb-framing-preview.h"

typedef struct
{
  InbDraft *draft;
  InbFramingPreview *preview;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (InbPreview) photo = ui_test_preview ("mug.png", 400, 300);

  self->draft = inb_draft_new ("/nonexistent");
  inb_photo_slot_take_preview (inb_draft_get_start (self->draft), photo);
  self->preview = INB_FRAMING_PREVIEW (inb_framing_preview_new ());
  inb_framing_preview_set_draft (self->preview, self->draft, inb_draft_get_start (self->draft));
  self->window = ui_test_show (GTK_WIDGET (self->preview), 400, 300);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_object_ref (self->preview);
  ui_test_close (self->window);
  ui_test_let_go (self->preview);
  ui_test_let_go (self->draft);
}

static void
assert_rect (const InbRect *rect, double x, double y, double width, double height)
{
  g_assert_cmpfloat_with_epsilon (rect->x, x, 0.6);
  g_assert_cmpfloat_with_epsilon (rect->y, y, 0.6);
  g_assert_cmpfloat_with_epsilon (rect->width, width, 0.6);
  g_assert_cmpfloat_with_epsilon (rect->height, height, 0.6);
}

static void
test_original_shows_the_whole_photo (Fixture *self, gconstpointer data)
{
  InbRect shown, frame;

  g_assert_true (inb_framing_preview_get_rects (self->preview, &shown, &frame));
  assert_rect (&shown, 0, 0, 400, 300);
  assert_rect (&frame, 0, 0, 400, 300);
}

static void
test_crop_lies_where_core_says (Fixture *self, gconstpointer data)
{
  InbRect shown, frame, window;
  InbFraming framing;

  g_object_set (self->draft, "ratio", INB_RATIO_1_1, NULL);
  inb_draft_set_focus (self->draft, 0.4, 0.5);
  inb_draft_get_framing (self->draft, &framing);
  inb_framing_get_window (&framing, 1.0, 400, 300, &window);
  g_assert_true (inb_framing_preview_get_rects (self->preview, &shown, &frame));
  assert_rect (&shown, 0, 0, 400, 300);
  assert_rect (&frame, window.x, window.y, window.width, window.height);
  assert_rect (&frame, 10, 0, 300, 300);
}

static void
test_extension_is_the_frame_itself (Fixture *self, gconstpointer data)
{
  InbRect shown, frame;

  g_object_set (self->draft, "ratio", INB_RATIO_1_1, "fit", INB_FIT_EXTEND, NULL);
  g_assert_true (inb_framing_preview_get_rects (self->preview, &shown, &frame));
  assert_rect (&shown, 50, 0, 300, 300);
  assert_rect (&frame, 50, 0, 300, 300);
}

static guint32
read_pixel (const guint8 *pixels, gsize stride, int x, int y)
{
  return ((const guint32 *) (const void *) (pixels + (gsize) y * stride))[x] & 0xffffff;
}

static guint8 *
read_screen (Fixture *self, gsize *stride)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (self->preview));
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  guint8 *pixels;

  gdk_paintable_snapshot (paintable, snapshot, 400, 300);
  node = gtk_snapshot_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (self->window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, 400, 300));
  *stride = 400 * 4;
  pixels = g_malloc (300 * *stride);
  gdk_texture_download (texture, pixels, *stride);
  return pixels;
}

static void
test_pixels_are_the_photo_and_its_background (Fixture *self, gconstpointer data)
{
  g_autofree guint8 *pixels = NULL;
  gsize stride;

  g_object_set (self->draft, "ratio", INB_RATIO_1_1, "fit", INB_FIT_EXTEND, NULL);
  ui_test_paint (self->window);
  pixels = read_screen (self, &stride);
  /* 300 × 300 at 50, 0; the photo of 4:3 is 300 × 225 in its middle */
  g_assert_cmphex (read_pixel (pixels, stride, 200, 10), ==, 0x808080);
  g_assert_cmphex (read_pixel (pixels, stride, 200, 290), ==, 0x808080);
  g_assert_cmphex (read_pixel (pixels, stride, 100, 150), ==, 0xff0000);
  g_assert_cmphex (read_pixel (pixels, stride, 300, 150), ==, 0x0000ff);
}

static void
test_what_is_cut_is_dimmed (Fixture *self, gconstpointer data)
{
  g_autofree guint8 *pixels = NULL;
  gsize stride;

  g_object_set (self->draft, "ratio", INB_RATIO_9_16, NULL);
  inb_draft_set_focus (self->draft, 0.5, 0.5);
  ui_test_paint (self->window);
  pixels = read_screen (self, &stride);
  g_assert_cmphex (read_pixel (pixels, stride, 150, 150), ==, 0xff0000);
  g_assert_cmphex (read_pixel (pixels, stride, 250, 150), ==, 0x0000ff);
  g_assert_cmpuint (read_pixel (pixels, stride, 20, 150) >> 16, <, 0x80);
  g_assert_cmpuint (read_pixel (pixels, stride, 380, 150) & 0xff, <, 0x80);
}

static void
press (Fixture *self, const char *keys)
{
  g_autoptr (GtkShortcutTrigger) trigger = gtk_shortcut_trigger_parse_string (keys);
  GListModel *controllers = gtk_widget_observe_controllers (GTK_WIDGET (self->preview));
  gboolean done = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !done; i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      for (guint j = 0; GTK_IS_SHORTCUT_CONTROLLER (controller) &&
                        j < g_list_model_get_n_items (G_LIST_MODEL (controller)) && !done;
           j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);

          if (gtk_shortcut_trigger_equal (gtk_shortcut_get_trigger (shortcut), trigger))
            done = gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0,
                                                 GTK_WIDGET (self->preview),
                                                 gtk_shortcut_get_arguments (shortcut));
        }
    }
  g_object_unref (controllers);
  g_assert_true (done);
}

static void
test_arrow_keys_move_the_crop_and_stop_at_the_edge (Fixture *self, gconstpointer data)
{
  InbRect shown, frame;
  InbFraming framing;

  g_object_set (self->draft, "ratio", INB_RATIO_1_1, NULL);
  inb_draft_set_focus (self->draft, 0.5, 0.5);
  press (self, "Right");
  g_assert_true (inb_framing_preview_get_rects (self->preview, &shown, &frame));
  assert_rect (&frame, 54, 0, 300, 300);
  for (guint i = 0; i < 5; i++)
    press (self, "<Shift>Right");
  g_assert_true (inb_framing_preview_get_rects (self->preview, &shown, &frame));
  assert_rect (&frame, 100, 0, 300, 300);
  press (self, "Left"); /* acts at once: the focus did not run away */
  g_assert_true (inb_framing_preview_get_rects (self->preview, &shown, &frame));
  assert_rect (&frame, 96, 0, 300, 300);
  inb_draft_get_framing (self->draft, &framing);
  g_assert_cmpfloat (framing.focus_x, <, 0.65);
}

static void
test_last_frame_takes_the_shape_of_the_start (Fixture *self, gconstpointer data)
{
  g_autoptr (InbPreview) tall = ui_test_preview ("tall.png", 300, 600);
  InbPhotoSlot *last = inb_draft_get_last (self->draft);
  InbRect shown, frame;

  inb_photo_slot_take_preview (last, tall);
  inb_framing_preview_set_draft (self->preview, self->draft, last);
  g_assert_true (inb_framing_preview_get_rects (self->preview, &shown, &frame));
  g_assert_cmpfloat_with_epsilon (frame.width / frame.height, 4.0 / 3.0, 0.02);
}

static void
test_without_a_photo_nothing_is_drawn (Fixture *self, gconstpointer data)
{
  InbRect shown, frame;

  inb_photo_slot_clear (inb_draft_get_start (self->draft));
  g_assert_false (inb_framing_preview_get_rects (self->preview, &shown, &frame));
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

#define ADD(path, function) \
  g_test_add ("/framing-preview/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("original-shows-the-whole-photo", test_original_shows_the_whole_photo);
  ADD ("crop-lies-where-core-says", test_crop_lies_where_core_says);
  ADD ("extension-is-the-frame-itself", test_extension_is_the_frame_itself);
  ADD ("pixels-are-the-photo-and-its-background", test_pixels_are_the_photo_and_its_background);
  ADD ("what-is-cut-is-dimmed", test_what_is_cut_is_dimmed);
  ADD ("arrow-keys-move-the-crop-and-stop-at-the-edge",
       test_arrow_keys_move_the_crop_and_stop_at_the_edge);
  ADD ("last-frame-takes-the-shape-of-the-start", test_last_frame_takes_the_shape_of_the_start);
  ADD ("without-a-photo-nothing-is-drawn", test_without_a_photo_nothing_is_drawn);
#undef ADD
  return g_test_run ();
}
