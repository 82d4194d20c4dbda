/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/inb-pixels.h"

static void
test_pixels_formats_know_their_sizes (void)
{
  g_assert_cmpuint (inb_pixel_format_get_n_bytes (INB_PIXELS_RGB8), ==, 3);
  g_assert_cmpuint (inb_pixel_format_get_n_bytes (INB_PIXELS_RGBA8), ==, 4);
  g_assert_cmpuint (inb_pixel_format_get_n_bytes (INB_PIXELS_RGB16), ==, 6);
  g_assert_cmpuint (inb_pixel_format_get_n_bytes (INB_PIXELS_RGBA16), ==, 8);
  g_assert_cmpuint (inb_pixel_format_get_n_channels (INB_PIXELS_RGB16), ==, 3);
  g_assert_cmpuint (inb_pixel_format_get_n_channels (INB_PIXELS_RGBA8), ==, 4);
}

static void
test_pixels_hold_a_reference (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("abcdefghijkl", 12);
  InbPixels *pixels = inb_pixels_new (2, 2, 6, INB_PIXELS_RGB8, bytes);

  g_assert_true (pixels->bytes == bytes);
  g_assert_cmpuint (pixels->stride, ==, 6);
  inb_pixels_free (pixels);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), 12, "abcdefghijkl", 12);
}

/* A caller's mistake: told, and nothing is read past the end. */
static void
test_pixels_refuse_memory_that_is_too_short (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("abcdefghijkl", 12);

  if (g_test_subprocess ())
    {
      inb_pixels_new (2, 3, 6, INB_PIXELS_RGB8, bytes);
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*inb_pixels_new*failed*");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pixels/formats-know-their-sizes", test_pixels_formats_know_their_sizes);
  g_test_add_func ("/pixels/hold-a-reference", test_pixels_hold_a_reference);
  g_test_add_func ("/pixels/refuse-memory-that-is-too-short",
                   test_pixels_refuse_memory_that_is_too_short);
  return g_test_run ();
}
