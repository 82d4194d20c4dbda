/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/inb-error.h"
#include "providers/inb-own-files.h"

typedef struct
{
  char *folder;
  GPtrArray *providers;
  GPtrArray *faults;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = g_dir_make_tmp ("inb-own-XXXXXX", NULL);
  self->providers = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_provider_free);
  self->faults = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
  g_ptr_array_unref (self->providers);
  g_ptr_array_unref (self->faults);
}

static char *
dup_acme (void)
{
  g_autofree char *path =
      g_build_filename (g_getenv ("INB_TEST_PROVIDER_FILES"), "acme.json", NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
put (Fixture *self, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* The good file with another id, under the name that goes with it */
static void
put_as (Fixture *self, const char *id)
{
  g_autofree char *acme = dup_acme ();
  g_autoptr (GString) text = g_string_new (acme);
  g_autofree char *member = g_strdup_printf ("\"id\": \"%s\"", id);
  g_autofree char *name = g_strconcat (id, ".json", NULL);

  g_assert_cmpuint (g_string_replace (text, "\"id\": \"acme\"", member, 1), ==, 1);
  put (self, name, text->str);
}

static void
read_all (Fixture *self)
{
  g_ptr_array_set_size (self->providers, 0);
  g_ptr_array_set_size (self->faults, 0);
  inb_own_files_read (self->folder, self->providers, self->faults);
  for (guint i = 0; i < self->faults->len; i++)
    g_test_message ("%s", ((GError *) g_ptr_array_index (self->faults, i))->message);
}

static const char *
get_id (Fixture *self, guint index)
{
  g_assert_cmpuint (index, <, self->providers->len);
  return ((InbProvider *) g_ptr_array_index (self->providers, index))->id;
}

static void
assert_fault (Fixture *self, guint index, const char *file, const char *says)
{
  const GError *fault;

  g_assert_cmpuint (index, <, self->faults->len);
  fault = g_ptr_array_index (self->faults, index);
  g_assert_error (fault, INB_ERROR, INB_ERROR_BAD_INPUT);
  g_assert_nonnull (strstr (fault->message, file));
  g_assert_nonnull (strstr (fault->message, says));
}

static void
test_a_file_is_found_and_gone_again (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "acme.json", NULL);

  read_all (self);
  g_assert_cmpuint (self->providers->len, ==, 0);
  put_as (self, "acme");
  read_all (self);
  g_assert_cmpstr (get_id (self, 0), ==, "acme");
  g_assert_true (((InbProvider *) g_ptr_array_index (self->providers, 0))->own);
  g_assert_cmpuint (self->faults->len, ==, 0);
  g_assert_cmpint (g_remove (path), ==, 0);
  read_all (self);
  g_assert_cmpuint (self->providers->len, ==, 0);
}

static void
test_a_folder_that_is_missing_is_no_fault (Fixture *self, gconstpointer data)
{
  inb_own_files_read ("/nonexistent/inbetween/providers", self->providers, self->faults);
  g_assert_cmpuint (self->providers->len, ==, 0);
  g_assert_cmpuint (self->faults->len, ==, 0);
}

static void
test_a_faulty_file_does_not_hide_the_others (Fixture *self, gconstpointer data)
{
  put_as (self, "acme");
  put (self, "bad.json", "{");
  put (self, "empty.json", "");
  put (self, "notes.txt", "not for us");
  put (self, ".hidden.json", "{");
  put_as (self, "zebra");
  read_all (self);
  g_assert_cmpuint (self->providers->len, ==, 2);
  g_assert_cmpstr (get_id (self, 0), ==, "acme");
  g_assert_cmpstr (get_id (self, 1), ==, "zebra");
  g_assert_cmpuint (self->faults->len, ==, 2);
  assert_fault (self, 0, "bad.json", "Not a JSON object");
  assert_fault (self, 1, "empty.json", "Not a JSON object");
}

static void
test_an_id_that_is_taken_is_refused (Fixture *self, gconstpointer data)
{
  InbProvider *taken = g_new0 (InbProvider, 1);

  put_as (self, "wavespeed");
  taken->id = g_strdup ("wavespeed");
  taken->models = g_ptr_array_new ();
  g_ptr_array_add (self->providers, taken);
  inb_own_files_read (self->folder, self->providers, self->faults);
  g_assert_cmpuint (self->providers->len, ==, 1);
  assert_fault (self, 0, "wavespeed.json", "belongs to a provider of this program");
}

static void
test_an_id_that_is_not_the_name_is_refused (Fixture *self, gconstpointer data)
{
  g_autofree char *acme = dup_acme ();

  put (self, "other.json", acme);
  put (self, "acme.json.json", acme);
  read_all (self);
  g_assert_cmpuint (self->providers->len, ==, 0);
  assert_fault (self, 0, "acme.json.json", "must be the file's name");
  assert_fault (self, 1, "other.json", "must be the file's name");
}

static void
test_only_ordinary_files_are_read (Fixture *self, gconstpointer data)
{
  g_autofree char *link = g_build_filename (self->folder, "link.json", NULL);
  g_autofree char *loose = g_build_filename (self->folder, "loose.json", NULL);
  g_autofree char *pipe_path = g_build_filename (self->folder, "pipe.json", NULL);
  g_autofree char *folder = g_build_filename (self->folder, "folder.json", NULL);
  g_autofree char *acme =
      g_build_filename (g_getenv ("INB_TEST_PROVIDER_FILES"), "acme.json", NULL);

  g_assert_cmpint (symlink (acme, link), ==, 0);
  g_assert_cmpint (symlink ("/nonexistent", loose), ==, 0);
  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  read_all (self);
  g_assert_cmpuint (self->providers->len, ==, 0);
  g_assert_cmpuint (self->faults->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    assert_fault (self, i, ".json", "ordinary file");
}

static void
test_a_large_file_is_not_read_whole (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "large.json", NULL);

  put (self, "large.json", "{");
  g_assert_cmpint (truncate (path, G_GOFFSET_CONSTANT (8) << 30), ==, 0); /* a hole of 8 GiB */
  read_all (self);
  assert_fault (self, 0, "large.json", "64 KiB");
}

static void
test_sixty_four_files_are_enough (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < 66; i++)
    {
      g_autofree char *name = g_strdup_printf ("p%02u.json", i);

      put (self, name, "{}");
    }
  read_all (self);
  g_assert_cmpuint (self->faults->len, ==, 64 + 1);
  assert_fault (self, 63, "p63.json", "format");
  assert_fault (self, 64, self->folder, "64");
}

static void
test_a_name_is_told_without_moving_the_cursor (Fixture *self, gconstpointer data)
{
  put (self, "\x1b[2J\xff.json", "{}");
  read_all (self);
  assert_fault (self, 0, "\\033[2J\\377.json", "lower case");
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/own-files/a-file-is-found-and-gone-again", test_a_file_is_found_and_gone_again);
  add ("/own-files/a-folder-that-is-missing-is-no-fault",
       test_a_folder_that_is_missing_is_no_fault);
  add ("/own-files/a-faulty-file-does-not-hide-the-others",
       test_a_faulty_file_does_not_hide_the_others);
  add ("/own-files/an-id-that-is-taken-is-refused", test_an_id_that_is_taken_is_refused);
  add ("/own-files/an-id-that-is-not-the-name-is-refused",
       test_an_id_that_is_not_the_name_is_refused);
  add ("/own-files/only-ordinary-files-are-read", test_only_ordinary_files_are_read);
  add ("/own-files/a-large-file-is-not-read-whole", test_a_large_file_is_not_read_whole);
  add ("/own-files/sixty-four-files-are-enough", test_sixty_four_files_are_enough);
  add ("/own-files/a-name-is-told-without-moving-the-cursor",
       test_a_name_is_told_without_moving_the_cursor);
  return g_test_run ();
}
