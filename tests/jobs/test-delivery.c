/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "core/inb-error.h"
#include "inb-test-wait.h"
#include "jobs/inb-delivery.h"
#include "jobs/inb-gather.h"

typedef struct
{
  char *folder;
  InbJob *job;
} Fixture;

static char *
write_file (Fixture *self, const char *name, const char *text)
{
  char *path = g_build_filename (self->folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (InbRequest) request = inb_request_new ();
  g_autoptr (InbClip) clip = inb_clip_new ();
  InbJobFacts facts = { .state = INB_JOB_DONE, .progress = 1.0, .actual_micros = -1 };

  self->folder = g_dir_make_tmp ("inb-delivery-XXXXXX", NULL);
  request->start_name = g_strdup ("mug.png");
  clip->path = write_file (self, "kept/0123.mp4", "moving pictures");
  clip->width = 1080;
  clip->height = 1920;
  facts.clip = clip;
  self->job = inb_job_new ("one", "mug", 3, request, 1, 0);
  inb_job_set_product_name (self->job, "Blue/mug");
  inb_job_set_facts (self->job, &facts);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_object_unref (self->job);
  remove_tree (self->folder);
  g_free (self->folder);
}

static void
take_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static char *
save (Fixture *self, const char *name, GError **error)
{
  g_autofree char *folder = g_build_filename (self->folder, name, NULL);
  g_autoptr (GAsyncResult) result = NULL;

  inb_delivery_save_async (self->job, folder, "{product}_{aspect}_v{take}", take_result_cb,
                           &result);
  wait_until (result != NULL);
  return inb_delivery_save_finish (result, error);
}

static void
assert_saved (const char *path, const char *name)
{
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *text = NULL;

  g_assert_cmpstr (base, ==, name);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "moving pictures");
}

static void
test_a_clip_gets_its_name_and_overwrites_nothing (Fixture *self, gconstpointer data)
{
  g_autofree char *there = write_file (self, "out/Blue-mug_9x16_v3 (2).mp4", "somebody else's");
  g_autofree char *first = save (self, "out", NULL);
  g_autofree char *second = save (self, "out", NULL);
  g_autofree char *text = NULL;

  assert_saved (first, "Blue-mug_9x16_v3.mp4");
  assert_saved (second, "Blue-mug_9x16_v3 (3).mp4");
  g_assert_true (g_file_get_contents (there, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "somebody else's");
}

static void
test_a_folder_is_made_and_one_that_cannot_be_is_named (Fixture *self, gconstpointer data)
{
  g_autofree char *file = write_file (self, "file", "no folder");
  g_autofree char *saved = save (self, "new/folder", NULL);
  g_autoptr (GError) error = NULL;

  assert_saved (saved, "Blue-mug_9x16_v3.mp4");
  g_assert_null (save (self, "file", &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_NO_ACCESS);
  g_assert_nonnull (strstr (error->message, "file"));
}

static void
test_saving_as_replaces_what_the_person_chose (Fixture *self, gconstpointer data)
{
  g_autofree char *there = write_file (self, "out/chosen.mp4", "old");
  g_autoptr (GFile) target = g_file_new_for_path (there);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *path = NULL;

  inb_delivery_save_as_async (self->job, target, take_result_cb, &result);
  wait_until (result != NULL);
  path = inb_delivery_save_finish (result, NULL);
  assert_saved (path, "chosen.mp4");
}

static void
test_what_is_lent_has_no_bytes_of_its_own_and_is_taken_back (Fixture *self, gconstpointer data)
{
  const char *clip = inb_job_get_clip (self->job)->path;
  g_autofree char *folder = g_build_filename (self->folder, "outgoing", NULL);
  g_autofree char *lent = inb_delivery_lend (clip, folder, "mug.mp4", NULL);
  g_autofree char *again = inb_delivery_lend (clip, folder, "mug.mp4", NULL);
  struct stat kept, given;

  assert_saved (lent, "mug.mp4");
  g_assert_cmpstr (lent, !=, again);
  g_assert_cmpint (stat (clip, &kept), ==, 0);
  g_assert_cmpint (stat (lent, &given), ==, 0);
  g_assert_cmpuint (kept.st_ino, ==, given.st_ino);
  inb_delivery_take_back (folder);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (clip, G_FILE_TEST_EXISTS));
}

static GPtrArray *
gather (Fixture *self, const char *const *names, GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GAsyncResult) result = NULL;

  for (; *names != NULL; names++)
    g_ptr_array_add (files, g_file_new_build_filename (self->folder, *names, NULL));
  inb_gather_photos_async (files, NULL, take_result_cb, &result);
  wait_until (result != NULL);
  return inb_gather_photos_finish (result, error);
}

static void
test_a_folder_becomes_its_photos_as_a_person_counts (Fixture *self, gconstpointer data)
{
  static const char *const made[] = { "in/mug 10.jpg", "in/mug 2.JPG",  "in/.hidden.png",
                                      "in/notes.txt",  "in/deep/a.png", "single.webp" };
  const char *names[] = { "single.webp", "in", "missing.png", NULL };
  static const char *const found[] = { "single.webp", "mug 2.JPG", "mug 10.jpg", "missing.png" };
  g_autoptr (GPtrArray) photos = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (made); i++)
    g_free (write_file (self, made[i], "x"));
  photos = gather (self, names, NULL);
  g_assert_cmpuint (photos->len, ==, G_N_ELEMENTS (found));
  for (guint i = 0; i < photos->len; i++)
    {
      g_autofree char *base = g_file_get_basename (g_ptr_array_index (photos, i));

      g_assert_cmpstr (base, ==, found[i]);
    }
}

static void
test_a_folder_without_photos_is_refused_in_words (Fixture *self, gconstpointer data)
{
  const char *names[] = { "kept", NULL };
  g_autoptr (GError) error = NULL;

  g_assert_null (gather (self, names, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_BAD_INPUT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) \
  g_test_add ("/delivery/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("a-clip-gets-its-name-and-overwrites-nothing",
       test_a_clip_gets_its_name_and_overwrites_nothing);
  ADD ("a-folder-is-made-and-one-that-cannot-be-is-named",
       test_a_folder_is_made_and_one_that_cannot_be_is_named);
  ADD ("saving-as-replaces-what-the-person-chose", test_saving_as_replaces_what_the_person_chose);
  ADD ("what-is-lent-has-no-bytes-of-its-own-and-is-taken-back",
       test_what_is_lent_has_no_bytes_of_its_own_and_is_taken_back);
  ADD ("a-folder-becomes-its-photos-as-a-person-counts",
       test_a_folder_becomes_its_photos_as_a_person_counts);
  ADD ("a-folder-without-photos-is-refused-in-words",
       test_a_folder_without_photos_is_refused_in_words);
#undef ADD
  return g_test_run ();
}
