/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "clip-tools.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/inb-error.h"
#include "render/inb-boxes.h"
#include "render/inb-ebml.h"

/* A file in memory with these bytes. */
static int
open_bytes (const void *data, gsize length)
{
  int fd = memfd_create ("boxes", MFD_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, data, length), ==, (gssize) length);
  return fd;
}

static void
put_32 (GByteArray *to, guint32 value)
{
  guint32 big = GUINT32_TO_BE (value);

  g_byte_array_append (to, (const guint8 *) &big, 4);
}

/* Appends a box of @size bytes claimed, and returns where its size stands. */
static guint
put_box (GByteArray *to, const char *type, guint32 size)
{
  put_32 (to, size);
  g_byte_array_append (to, (const guint8 *) type, 4);
  return to->len - 8;
}

static void
end_box (GByteArray *to, guint start)
{
  guint32 big = GUINT32_TO_BE (to->len - start);

  memcpy (to->data + start, &big, 4);
}

static void
put_type (GByteArray *to)
{
  put_box (to, "ftyp", 16);
  g_byte_array_append (to, (const guint8 *) "isom\0\0\0\0", 8);
}

static void
put_media (GByteArray *to)
{
  put_box (to, "mdat", 16);
  g_byte_array_append (to, (const guint8 *) "pictures", 8);
}

static void
assert_refused (GByteArray *file, const char *because)
{
  int fd = open_bytes (file->data, file->len);
  g_autoptr (GError) error = NULL;
  InbBoxes boxes;

  g_assert_false (inb_boxes_walk (fd, "x.mp4", &boxes, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_BAD_CLIP);
  if (strstr (error->message, because) == NULL || strstr (error->message, "x.mp4") == NULL)
    g_error ("“%s” does not say “%s”", error->message, because);
  close (fd);
}

static void
test_whole_file_is_walked (void)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  InbBoxes boxes;
  int fd;

  put_type (file);
  put_box (file, "moov", 8);
  put_media (file);
  fd = open_bytes (file->data, file->len);
  g_assert_true (inb_boxes_walk (fd, "x.mp4", &boxes, &error));
  g_assert_no_error (error);
  g_assert_true (boxes.faststart);
  g_assert_cmpuint (boxes.n_boxes, ==, 3);
  close (fd);
}

static void
test_index_behind_media_is_no_faststart (void)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  InbBoxes boxes;
  int fd;

  put_type (file);
  put_media (file);
  put_box (file, "moov", 8);
  fd = open_bytes (file->data, file->len);
  g_assert_true (inb_boxes_walk (fd, "x.mp4", &boxes, NULL));
  g_assert_false (boxes.faststart);
  close (fd);
}

static void
test_missing_parts_are_refused (void)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();

  put_type (file);
  assert_refused (file, "no index");
  put_box (file, "moov", 8);
  assert_refused (file, "no pictures");
}

static void
test_depth_bomb_is_refused (void)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();

  put_type (file);
  for (guint left = 40; left > 0; left--)
    put_box (file, left == 40 ? "moov" : "mdia", left * 8);
  put_media (file);
  assert_refused (file, "nested too deeply");
}

static void
test_box_bomb_is_refused (void)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();

  put_type (file);
  for (guint n = 0; n < INB_BOXES_MAX + 1; n++)
    put_box (file, "free", 8);
  assert_refused (file, "too many parts");
}

static void
test_impossible_sizes_are_refused (void)
{
  static const guint32 sizes[] = { 2, 7, 9, 0x7fffffff, 0xffffffff };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GByteArray) file = g_byte_array_new ();

      put_type (file);
      put_box (file, "moov", 16);
      put_box (file, "trak", sizes[i]);
      put_media (file);
      assert_refused (file, sizes[i] < 8 ? "impossible size" : "larger than what holds it");
    }
}

static void
test_size_zero_inside_is_refused (void)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();

  put_type (file);
  put_box (file, "moov", 16);
  put_box (file, "trak", 0);
  put_media (file);
  assert_refused (file, "impossible size");
}

static void
test_size_zero_at_the_end_reaches_the_end (void)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  InbBoxes boxes;
  int fd;

  put_type (file);
  put_box (file, "moov", 8);
  put_box (file, "mdat", 0);
  put_32 (file, 0);
  fd = open_bytes (file->data, file->len);
  g_assert_true (inb_boxes_walk (fd, "x.mp4", &boxes, NULL));
  close (fd);
}

static void
test_huge_64_bit_sizes_are_refused (void)
{
  static const guint64 sizes[] = { 0, 15, G_MAXINT64, G_MAXUINT64 - 8, G_MAXUINT64 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GByteArray) file = g_byte_array_new ();

      put_type (file);
      put_box (file, "moov", 8);
      put_box (file, "mdat", 1);
      put_32 (file, (guint32) (sizes[i] >> 32));
      put_32 (file, (guint32) sizes[i]);
      assert_refused (file, sizes[i] < 16 ? "impossible size" : "not whole");
    }
}

/* A file with one track whose table is @type with @words behind its flags. */
static GByteArray *
file_with_table (const char *parent, const char *type, const guint32 *words, guint n_words)
{
  GByteArray *file = g_byte_array_new ();
  guint moov;
  guint trak;
  guint mdia;
  guint minf;
  guint holder;
  guint table;

  put_type (file);
  put_media (file);
  moov = put_box (file, "moov", 0);
  trak = put_box (file, "trak", 0);
  mdia = put_box (file, "mdia", 0);
  minf = put_box (file, "minf", 0);
  holder = put_box (file, parent, 0);
  table = put_box (file, type, 0);
  put_32 (file, 0);
  for (guint i = 0; i < n_words; i++)
    put_32 (file, words[i]);
  end_box (file, table);
  end_box (file, holder);
  end_box (file, minf);
  end_box (file, mdia);
  end_box (file, trak);
  end_box (file, moov);
  return file;
}

static void
test_media_in_another_file_is_refused (void)
{
  const guint32 words[] = { 1, 12, 0x75726c20 /* "url " */, 0 };
  g_autoptr (GByteArray) file = file_with_table ("dinf", "dref", words, G_N_ELEMENTS (words));

  assert_refused (file, "in another file");
}

static void
test_offset_behind_the_end_is_refused (void)
{
  const guint32 words[] = { 2, 16, 100000 };
  const guint32 long_words[] = { 1, 1, 0 };
  g_autoptr (GByteArray) file = file_with_table ("stbl", "stco", words, G_N_ELEMENTS (words));
  g_autoptr (GByteArray) long_file =
      file_with_table ("stbl", "co64", long_words, G_N_ELEMENTS (long_words));

  assert_refused (file, "behind its end");
  assert_refused (long_file, "behind its end");
}

static void
test_table_that_claims_too_much_is_refused (void)
{
  const guint32 count[] = { 0xffffffff, 16 };
  const guint32 sizes[] = { 0, 1000000, 5 };
  const guint32 common[] = { 0x10000, 0x10000 };
  g_autoptr (GByteArray) stco = file_with_table ("stbl", "stco", count, 2);
  g_autoptr (GByteArray) stts = file_with_table ("stbl", "stts", count, 2);
  g_autoptr (GByteArray) stsz = file_with_table ("stbl", "stsz", sizes, 3);
  g_autoptr (GByteArray) many = file_with_table ("stbl", "stsz", common, 2);
  g_autoptr (GByteArray) dref = file_with_table ("dinf", "dref", count, 2);

  assert_refused (stco, "claims more than it holds");
  assert_refused (stts, "claims more than it holds");
  assert_refused (stsz, "claims more than it holds");
  assert_refused (many, "more bytes than it has");
  assert_refused (dref, "claims more than it holds");
}

static void
read_clip (const char *container, char **data, gsize *length)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  int fd = g_file_open_tmp ("inbetween-XXXXXX", &name, &error);

  g_assert_no_error (error);
  close (fd);
  clip_make (name, container, 64, 36, 5);
  g_assert_true (g_file_get_contents (name, data, length, NULL));
  g_assert_cmpint (unlink (name), ==, 0);
}

static void
test_clip_cut_anywhere_is_refused (void)
{
  g_autofree char *data = NULL;
  gsize length;
  InbBoxes boxes;
  int fd;

  read_clip ("mp4", &data, &length);
  fd = open_bytes (data, length);
  g_assert_true (inb_boxes_walk (fd, "x.mp4", &boxes, NULL));
  g_assert_cmpuint (boxes.n_samples, ==, 5);
  g_assert_cmpuint (boxes.n_tracks, ==, 1);
  g_assert_false (boxes.trimmed);
  for (gsize at = length - 1; at > 0; at--)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (ftruncate (fd, (off_t) at), ==, 0);
      g_assert_false (inb_boxes_walk (fd, "x.mp4", &boxes, &error));
      g_assert_error (error, INB_ERROR, INB_ERROR_BAD_CLIP);
    }
  close (fd);
}

static void
test_webm_cut_anywhere_is_refused (void)
{
  g_autofree char *data = NULL;
  gsize length;
  int fd;

  read_clip ("webm", &data, &length);
  fd = open_bytes (data, length);
  g_assert_true (inb_ebml_walk (fd, "x.webm", NULL));
  for (gsize at = length - 1; at > 0; at--)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (ftruncate (fd, (off_t) at), ==, 0);
      g_assert_false (inb_ebml_walk (fd, "x.webm", &error));
      g_assert_error (error, INB_ERROR, INB_ERROR_BAD_CLIP);
    }
  close (fd);
}

/* The same mutations each time; whatever comes, the walk ends with a verdict. */
static void
test_mutations_get_a_verdict (void)
{
  const char *const containers[] = { "mp4", "webm" };
  guint n_refused = 0;

  for (gsize c = 0; c < G_N_ELEMENTS (containers); c++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (20);
      g_autofree char *data = NULL;
      gsize length;
      int fd;

      read_clip (containers[c], &data, &length);
      fd = open_bytes (data, length);
      for (guint n = 0; n < 5000; n++)
        {
          g_autoptr (GError) error = NULL;
          guint8 bytes[4];
          off_t at = g_rand_int_range (random, 0, (gint32) MIN (length - 4, 1000));
          gsize n_bytes = (gsize) g_rand_int_range (random, 1, 5);
          gboolean good;
          InbBoxes boxes;

          for (gsize i = 0; i < sizeof bytes; i++)
            bytes[i] = g_rand_boolean (random) ? (guint8) g_rand_int (random) : 0xff;
          g_assert_cmpint (pwrite (fd, bytes, n_bytes, at), ==, (gssize) n_bytes);
          good =
              c == 0 ? inb_boxes_walk (fd, "x", &boxes, &error) : inb_ebml_walk (fd, "x", &error);
          g_assert_true (good == (error == NULL));
          n_refused += !good;
          g_assert_cmpint (pwrite (fd, data + at, n_bytes, at), ==, (gssize) n_bytes);
        }
      close (fd);
    }
  g_assert_cmpuint (n_refused, >, 500);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/boxes/whole-file-is-walked", test_whole_file_is_walked);
  g_test_add_func ("/boxes/index-behind-media-is-no-faststart",
                   test_index_behind_media_is_no_faststart);
  g_test_add_func ("/boxes/missing-parts-are-refused", test_missing_parts_are_refused);
  g_test_add_func ("/boxes/depth-bomb-is-refused", test_depth_bomb_is_refused);
  g_test_add_func ("/boxes/box-bomb-is-refused", test_box_bomb_is_refused);
  g_test_add_func ("/boxes/impossible-sizes-are-refused", test_impossible_sizes_are_refused);
  g_test_add_func ("/boxes/size-zero-inside-is-refused", test_size_zero_inside_is_refused);
  g_test_add_func ("/boxes/size-zero-at-the-end-reaches-the-end",
                   test_size_zero_at_the_end_reaches_the_end);
  g_test_add_func ("/boxes/huge-64-bit-sizes-are-refused", test_huge_64_bit_sizes_are_refused);
  g_test_add_func ("/boxes/media-in-another-file-is-refused",
                   test_media_in_another_file_is_refused);
  g_test_add_func ("/boxes/offset-behind-the-end-is-refused",
                   test_offset_behind_the_end_is_refused);
  g_test_add_func ("/boxes/table-that-claims-too-much-is-refused",
                   test_table_that_claims_too_much_is_refused);
  g_test_add_func ("/boxes/clip-cut-anywhere-is-refused", test_clip_cut_anywhere_is_refused);
  g_test_add_func ("/boxes/webm-cut-anywhere-is-refused", test_webm_cut_anywhere_is_refused);
  g_test_add_func ("/boxes/mutations-get-a-verdict", test_mutations_get_a_verdict);
  return g_test_run ();
}
