/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-test.h"
#include "ui/inb-text-field.h"
#include "ui/inb-wrap-layout.h"

typedef struct
{
  InbTextField *field;
  GtkTextBuffer *buffer;
  guint n_changed;
} Fixture;

static void
changed_cb (Fixture *self)
{
  self->n_changed++;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  GtkTextView *view;

  self->field = INB_TEXT_FIELD (g_object_ref_sink (inb_text_field_new ()));
  view = ui_test_find (GTK_WIDGET (self->field), GTK_TYPE_TEXT_VIEW, NULL);
  self->buffer = gtk_text_view_get_buffer (view);
  g_signal_connect_swapped (self->field, "notify::text", G_CALLBACK (changed_cb), self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  ui_test_let_go (self->field);
}

static int
get_cursor (Fixture *self)
{
  int position;

  g_object_get (self->buffer, "cursor-position", &position, NULL);
  return position;
}

static void
test_only_what_differs_is_written (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *before;
    const char *after;
    int cursor;
  } cases[] = {
    { "slow pan left", "slow pan right", 13 },
    { "slow pan left", "pan left", 0 },
    { "pan", "pan left", 8 },
    { "aaa", "aaaa", 4 },
    { "größer", "großer", 3 },
    { "äöü", "", 0 },
    { "", "日本", 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      inb_text_field_set_text (self->field, cases[i].before);
      self->n_changed = 0;
      inb_text_field_set_text (self->field, cases[i].after);
      g_assert_cmpstr (inb_text_field_get_text (self->field), ==, cases[i].after);
      g_assert_cmpint (get_cursor (self), ==, cases[i].cursor);
      g_assert_cmpuint (self->n_changed, ==, 1);
      inb_text_field_set_text (self->field, cases[i].after);
      g_assert_cmpuint (self->n_changed, ==, 1);
    }
}

static void
test_typed_text_is_told (Fixture *self, gconstpointer data)
{
  gtk_text_buffer_insert_at_cursor (self->buffer, "pan", -1);
  g_assert_cmpstr (inb_text_field_get_text (self->field), ==, "pan");
  g_assert_cmpuint (self->n_changed, ==, 1);
}

static void
test_it_has_no_history_of_its_own (Fixture *self, gconstpointer data)
{
  gtk_text_buffer_insert_at_cursor (self->buffer, "pan", -1);
  g_assert_false (gtk_text_buffer_get_can_undo (self->buffer));
}

/* Chips: side by side while there is room, each as wide as it likes, from the reading side on. */
static void
test_a_line_goes_on_in_the_next (Fixture *self, gconstpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *children[3];
  GtkWidget *window;
  graphene_rect_t bounds[3];

  gtk_widget_set_layout_manager (box, inb_wrap_layout_new ());
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      children[i] = gtk_label_new ("");
      gtk_widget_set_size_request (children[i], 100, 30);
      gtk_box_append (GTK_BOX (box), children[i]);
    }
  window = ui_test_show (box, 230, 200);
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    g_assert_true (gtk_widget_compute_bounds (children[i], box, &bounds[i]));
  g_assert_cmpfloat (bounds[1].origin.y, ==, bounds[0].origin.y);
  g_assert_cmpfloat (bounds[1].origin.x, >=, bounds[0].origin.x + 100);
  g_assert_cmpfloat (bounds[2].origin.y, >=, bounds[0].origin.y + 30);
  g_assert_cmpfloat (bounds[2].origin.x, ==, bounds[0].origin.x);
  gtk_widget_set_direction (box, GTK_TEXT_DIR_RTL);
  ui_test_paint (window);
  g_assert_true (gtk_widget_compute_bounds (children[0], box, &bounds[0]));
  g_assert_true (gtk_widget_compute_bounds (children[1], box, &bounds[1]));
  g_assert_cmpfloat (bounds[0].origin.x, >=, bounds[1].origin.x + 100);
  ui_test_close (window);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

#define ADD(path, function) \
  g_test_add ("/text-field/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("only-what-differs-is-written", test_only_what_differs_is_written);
  ADD ("typed-text-is-told", test_typed_text_is_told);
  ADD ("it-has-no-history-of-its-own", test_it_has_no_history_of_its_own);
  ADD ("a-line-goes-on-in-the-next", test_a_line_goes_on_in_the_next);
#undef ADD
  return g_test_run ();
}
