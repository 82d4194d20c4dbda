/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/inb-error.h"
#include "render/inb-farm.h"

#define FRAME_BYTES 4

typedef struct
{
  guint n_taken;
  guint stop_at; /* 0: never */
  GCancellable *cancellable;
  GPtrArray *kept;
  int n_drawn;
} Field;

static void
draw_cb (guint frame, guint8 *into, gpointer user_data)
{
  Field *self = user_data;

  g_atomic_int_inc (&self->n_drawn);
  memcpy (into, &frame, FRAME_BYTES);
}

static gboolean
take_cb (guint frame, GBytes *bytes, gpointer user_data, GError **error)
{
  Field *self = user_data;
  guint drawn;

  memcpy (&drawn, g_bytes_get_data (bytes, NULL), FRAME_BYTES);
  g_assert_cmpuint (frame, ==, self->n_taken);
  g_assert_cmpuint (drawn, ==, frame);
  self->n_taken++;
  if (self->kept != NULL)
    g_ptr_array_add (self->kept, g_bytes_ref (bytes));
  if (self->n_taken != self->stop_at)
    return TRUE;
  if (self->cancellable != NULL)
    {
      g_cancellable_cancel (self->cancellable);
      return TRUE;
    }
  g_set_error_literal (error, INB_ERROR, INB_ERROR_NO_SPACE, "full");
  return FALSE;
}

static void
test_frames_leave_in_order (void)
{
  for (guint n_threads = 1; n_threads <= 9; n_threads += 4)
    for (guint n_frames = 0; n_frames < 50; n_frames += 7)
      {
        Field field = { 0 };
        g_autoptr (GError) error = NULL;

        g_assert_true (inb_farm_run (n_threads, n_frames, FRAME_BYTES, draw_cb, &field, take_cb,
                                     &field, NULL, &error));
        g_assert_no_error (error);
        g_assert_cmpuint (field.n_taken, ==, n_frames);
        g_assert_cmpint (field.n_drawn, ==, (int) n_frames);
      }
}

static void
test_a_taker_may_keep_frames (void)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  Field field = { .kept = kept };

  g_assert_true (inb_farm_run (2, 40, FRAME_BYTES, draw_cb, &field, take_cb, &field, NULL, NULL));
  for (guint i = 0; i < kept->len; i++)
    {
      guint drawn;

      memcpy (&drawn, g_bytes_get_data (g_ptr_array_index (kept, i), NULL), FRAME_BYTES);
      g_assert_cmpuint (drawn, ==, i);
    }
}

static void
test_an_error_stops_it (void)
{
  Field field = { .stop_at = 5 };
  g_autoptr (GError) error = NULL;

  g_assert_false (
      inb_farm_run (3, 1000, FRAME_BYTES, draw_cb, &field, take_cb, &field, NULL, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_NO_SPACE);
  g_assert_cmpuint (field.n_taken, ==, 5);
  g_assert_cmpint (field.n_drawn, <, 20);
}

static void
test_cancelling_stops_it (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Field field = { .stop_at = 5, .cancellable = cancellable };
  g_autoptr (GError) error = NULL;

  g_assert_false (
      inb_farm_run (3, 1000, FRAME_BYTES, draw_cb, &field, take_cb, &field, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (field.n_taken, ==, 5);
}

static void
count_cb (guint task, gpointer user_data)
{
  int *counts = user_data;

  g_atomic_int_inc (&counts[task]);
}

static void
test_each_task_is_done_once (void)
{
  int counts[101] = { 0 };

  inb_farm_each (4, 100, count_cb, counts);
  for (guint i = 0; i < 100; i++)
    g_assert_cmpint (counts[i], ==, 1);
  g_assert_cmpint (counts[100], ==, 0);
  inb_farm_each (4, 0, count_cb, counts);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/farm/frames-leave-in-order", test_frames_leave_in_order);
  g_test_add_func ("/farm/a-taker-may-keep-frames", test_a_taker_may_keep_frames);
  g_test_add_func ("/farm/an-error-stops-it", test_an_error_stops_it);
  g_test_add_func ("/farm/cancelling-stops-it", test_cancelling_stops_it);
  g_test_add_func ("/farm/each-task-is-done-once", test_each_task_is_done_once);
  return g_test_run ();
}
