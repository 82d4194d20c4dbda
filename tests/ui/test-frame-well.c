/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-test.h"
#include "core/inb-error.h"
#include "store/inb-paths.h"
#include "ui/inb-frame-well.h"
#include "ui/inb-framing-preview.h"

typedef struct
{
  char *root;
  InbDraft *draft;
  InbPhotoSlot *start;
  InbPhotoSlot *last;
  InbFrameWell *well;
  InbFrameWell *last_well;
  GtkWidget *window;
  guint n_refused;
  char *refusal;
} Fixture;

static void
refused_cb (Fixture *self, const char *message)
{
  self->n_refused++;
  g_free (self->refusal);
  self->refusal = g_strdup (message);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autoptr (GError) error = NULL;

  self->root = ui_test_make_root ();
  inb_paths_make (self->root, &error);
  g_assert_no_error (error);
  self->draft = inb_draft_new (self->root);
  self->start = inb_draft_get_start (self->draft);
  self->last = inb_draft_get_last (self->draft);
  g_signal_connect_swapped (self->start, "refused", G_CALLBACK (refused_cb), self);
  self->well = INB_FRAME_WELL (inb_frame_well_new ());
  self->last_well = INB_FRAME_WELL (inb_frame_well_new ());
  inb_frame_well_set_draft (self->well, self->draft, self->start);
  inb_frame_well_set_draft (self->last_well, self->draft, self->last);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->well));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->last_well));
  self->window = ui_test_show (box, 400, 240);
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
  g_free (self->refusal);
}

static GFile *
write_photo (Fixture *self, const char *name)
{
  g_autofree char *path = ui_test_write_photo (self->root, name, 320, 200);

  return g_file_new_for_path (path);
}

static guint
count_kept (Fixture *self)
{
  g_autofree char *photo = inb_paths_dup_photo (self->root, "x");
  g_autofree char *folder = g_path_get_dirname (photo);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n_files = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n_files++;
  return n_files;
}

static const char *
get_page (InbFrameWell *well)
{
  return gtk_stack_get_visible_child_name (ui_test_find (GTK_WIDGET (well), GTK_TYPE_STACK, NULL));
}

static void
test_empty_wells_ask_for_the_start_first (Fixture *self, gconstpointer data)
{
  g_assert_cmpstr (get_page (self->well), ==, "empty");
  g_assert_true (gtk_widget_is_sensitive (GTK_WIDGET (self->well)));
  g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (self->last_well)));
}

static void
test_a_file_is_kept_and_shown (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) file = write_photo (self, "mug.png");
  guint width, height;

  inb_photo_slot_take_file (self->start, file);
  g_assert_cmpstr (get_page (self->well), ==, "loading");
  ui_test_wait_uint (self->start, "state", INB_SLOT_READY);
  g_assert_cmpstr (get_page (self->well), ==, "preview");
  g_assert_nonnull (ui_test_find (GTK_WIDGET (self->well), GTK_TYPE_LABEL, "\u2068mug.png\u2069"));
  inb_preview_get_size (inb_photo_slot_get_preview (self->start), &width, &height);
  g_assert_cmpuint (width, ==, 320);
  g_assert_cmpuint (height, ==, 200);
  g_assert_cmpuint (count_kept (self), ==, 1);
  g_assert_true (gtk_widget_is_sensitive (GTK_WIDGET (self->last_well)));
  g_assert_cmpstr (inb_draft_get_product_name (self->draft), ==, "mug");
}

static void
test_bytes_are_kept_and_shown (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) file = write_photo (self, "mug.png");
  g_autoptr (GBytes) bytes = g_file_load_bytes (file, NULL, NULL, NULL);

  inb_photo_slot_take_bytes (self->start, bytes, "Pasted photo");
  ui_test_wait_uint (self->start, "state", INB_SLOT_READY);
  g_assert_cmpuint (count_kept (self), ==, 1);
  g_assert_cmpstr (inb_photo_slot_get_name (self->start), ==, "Pasted photo");
}

static void
test_garbage_is_refused_in_words_and_not_kept (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("this is not a photo at all", 26);

  inb_photo_slot_take_bytes (self->start, bytes, "letter.jpg");
  ui_test_wait_uint (self->start, "state", INB_SLOT_FAILED);
  g_assert_cmpuint (self->n_refused, ==, 1);
  g_assert_nonnull (strstr (self->refusal, "letter.jpg"));
  g_assert_cmpstr (get_page (self->well), ==, "empty");
  while (count_kept (self) > 0) /* is being deleted */
    g_main_context_iteration (NULL, FALSE);
}

static void
test_garbage_does_not_push_out_a_photo (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("neither is this", 15);
  g_autoptr (InbPreview) photo = ui_test_preview ("mug.png", 400, 300);

  inb_photo_slot_take_preview (self->start, photo);
  inb_photo_slot_take_bytes (self->start, bytes, "letter.jpg");
  ui_test_wait_uint (self->start, "state", INB_SLOT_READY);
  g_assert_cmpuint (self->n_refused, ==, 1);
  g_assert_true (inb_photo_slot_get_preview (self->start) == photo);
}

static void
test_a_missing_file_and_a_folder_are_refused (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) missing = g_file_new_for_path ("/nonexistent/mug.png");
  g_autoptr (GFile) folder = g_file_new_for_path (self->root);

  inb_photo_slot_take_file (self->start, missing);
  ui_test_wait_uint (self->start, "state", INB_SLOT_FAILED);
  g_assert_nonnull (strstr (self->refusal, "mug.png"));
  inb_photo_slot_take_file (self->start, folder);
  ui_test_wait_uint (self->start, "state", INB_SLOT_FAILED);
  g_assert_cmpuint (self->n_refused, ==, 2);
}

static void
test_the_newest_photo_wins (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) first = write_photo (self, "first.png");
  g_autoptr (GFile) second = write_photo (self, "second.png");

  inb_photo_slot_take_file (self->start, first);
  inb_photo_slot_take_file (self->start, second);
  ui_test_wait_uint (self->start, "state", INB_SLOT_READY);
  g_assert_cmpstr (inb_photo_slot_get_name (self->start), ==, "second.png");
  g_assert_cmpuint (self->n_refused, ==, 0);
}

static void
test_clear_while_reading_leaves_nothing (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) file = write_photo (self, "mug.png");
  g_autoptr (InbPreview) other = ui_test_preview ("other.png", 400, 300);

  inb_photo_slot_take_file (self->start, file);
  gtk_widget_activate_action (GTK_WIDGET (self->well), "well.clear", NULL);
  g_assert_cmpuint (inb_photo_slot_get_state (self->start), ==, INB_SLOT_EMPTY);
  /* its late answer must not land */
  inb_photo_slot_take_file (self->last, file);
  ui_test_wait_uint (self->last, "state", INB_SLOT_READY);
  g_assert_cmpuint (inb_photo_slot_get_state (self->start), ==, INB_SLOT_EMPTY);
  g_assert_cmpuint (self->n_refused, ==, 0);
}

static void
test_two_files_fill_both_wells (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  InbIncoming incoming = { files, NULL };

  g_ptr_array_add (files, write_photo (self, "front.png"));
  g_ptr_array_add (files, write_photo (self, "side.png"));
  inb_frame_well_take (self->well, &incoming, NULL);
  ui_test_wait_uint (self->start, "state", INB_SLOT_READY);
  ui_test_wait_uint (self->last, "state", INB_SLOT_READY);
  g_assert_cmpstr (inb_photo_slot_get_name (self->start), ==, "front.png");
  g_assert_cmpstr (inb_photo_slot_get_name (self->last), ==, "side.png");
}

static void
test_swap_exchanges_them (Fixture *self, gconstpointer data)
{
  g_autoptr (InbPreview) front = ui_test_preview ("front.png", 400, 300);
  g_autoptr (InbPreview) side = ui_test_preview ("side.png", 400, 300);

  inb_photo_slot_take_preview (self->start, front);
  inb_photo_slot_take_preview (self->last, side);
  inb_photo_slot_swap (self->start, self->last);
  g_assert_cmpstr (inb_photo_slot_get_name (self->start), ==, "side.png");
  g_assert_cmpstr (inb_photo_slot_get_name (self->last), ==, "front.png");
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static InbIncoming *
paste (Fixture *self, GdkContentProvider *provider, GError **error)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (self->window);
  g_autoptr (GAsyncResult) result = NULL;

  gdk_clipboard_set_content (clipboard, provider);
  g_object_unref (provider);
  inb_incoming_read_async (G_OBJECT (clipboard), NULL, read_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return inb_incoming_read_finish (result, error);
}

static void
test_files_pictures_and_paths_are_read (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/photos/mug.png");
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\x89PNG", 4);
  GdkFileList *list = gdk_file_list_new_from_array (&file, 1);
  g_autoptr (InbIncoming) files = NULL;
  g_autoptr (InbIncoming) picture = NULL;
  g_autoptr (InbIncoming) text = NULL;
  g_autoptr (GError) error = NULL;

  files = paste (self, gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, list), &error);
  g_assert_no_error (error);
  g_assert_true (g_file_equal (g_ptr_array_index (files->files, 0), file));
  picture = paste (self, gdk_content_provider_new_for_bytes ("image/png", bytes), &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (picture->bytes, bytes));
  text = paste (self, gdk_content_provider_new_typed (G_TYPE_STRING, "file:///photos/mug.png\r\n"),
                &error);
  g_assert_no_error (error);
  g_assert_true (g_file_equal (g_ptr_array_index (text->files, 0), file));
  g_boxed_free (GDK_TYPE_FILE_LIST, list);
}

static void
test_addresses_are_taken_as_they_are (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InbIncoming) incoming = paste (
      self,
      gdk_content_provider_new_typed (G_TYPE_STRING, "https://example.org/a%20b/mug.jpg?x=1%2F2\r\n"
                                                     "https://example.org/side.jpg\r\n"),
      &error);
  g_autofree char *url = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (incoming->files->len, ==, 2);
  url = g_file_get_uri (g_ptr_array_index (incoming->files, 0));
  g_assert_cmpstr (url, ==, "https://example.org/a%20b/mug.jpg?x=1%2F2");
}

/* A page is dragged by its address, a picture in it comes with its bytes. */
static void
test_a_picture_goes_before_its_address (Fixture *self, gconstpointer data)
{
  static const char list[] = "https://example.org/shop.html\r\n";
  g_autoptr (GBytes) address = g_bytes_new_static (list, sizeof list - 1);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\x89PNG", 4);
  GdkContentProvider *both[] = { gdk_content_provider_new_for_bytes ("text/uri-list", address),
                                 gdk_content_provider_new_for_bytes ("image/png", bytes) };
  g_autoptr (GError) error = NULL;
  g_autoptr (InbIncoming) incoming =
      paste (self, gdk_content_provider_new_union (both, G_N_ELEMENTS (both)), &error);

  g_assert_no_error (error);
  g_assert_nonnull (incoming->bytes);
}

static void
test_prose_is_refused_in_words (Fixture *self, gconstpointer data)
{
  static const char *const texts[] = { "slow push in", "", "Note: a blue mug", "data:image/png,x",
                                       "see https://example.org/mug.jpg" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (
          paste (self, gdk_content_provider_new_typed (G_TYPE_STRING, texts[i]), &error));
      g_assert_cmpstr (inb_error_get_name (error), ==, "input");
    }
}

/* Nothing of this computer's network is asked for, whoever gives the address. */
static void
test_private_addresses_are_refused_in_words (Fixture *self, gconstpointer data)
{
  static const char *const urls[] = { "http://example.org/mug.jpg", "https://127.0.0.1/mug.jpg",
                                      "https://10.0.0.1/mug.jpg", "https://localhost/mug.jpg" };

  for (guint i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_autoptr (GFile) file = g_file_new_for_uri (urls[i]);

      inb_photo_slot_take_file (self->start, file);
      ui_test_wait_uint (self->start, "state", INB_SLOT_FAILED);
      g_assert_nonnull (inb_photo_slot_get_error (self->start));
      inb_photo_slot_clear (self->start);
    }
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

#define ADD(path, function) \
  g_test_add ("/frame-well/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("empty-wells-ask-for-the-start-first", test_empty_wells_ask_for_the_start_first);
  ADD ("a-file-is-kept-and-shown", test_a_file_is_kept_and_shown);
  ADD ("bytes-are-kept-and-shown", test_bytes_are_kept_and_shown);
  ADD ("garbage-is-refused-in-words-and-not-kept", test_garbage_is_refused_in_words_and_not_kept);
  ADD ("garbage-does-not-push-out-a-photo", test_garbage_does_not_push_out_a_photo);
  ADD ("a-missing-file-and-a-folder-are-refused", test_a_missing_file_and_a_folder_are_refused);
  ADD ("the-newest-photo-wins", test_the_newest_photo_wins);
  ADD ("clear-while-reading-leaves-nothing", test_clear_while_reading_leaves_nothing);
  ADD ("two-files-fill-both-wells", test_two_files_fill_both_wells);
  ADD ("swap-exchanges-them", test_swap_exchanges_them);
  ADD ("files-pictures-and-paths-are-read", test_files_pictures_and_paths_are_read);
  ADD ("addresses-are-taken-as-they-are", test_addresses_are_taken_as_they_are);
  ADD ("a-picture-goes-before-its-address", test_a_picture_goes_before_its_address);
  ADD ("prose-is-refused-in-words", test_prose_is_refused_in_words);
  ADD ("private-addresses-are-refused-in-words", test_private_addresses_are_refused_in_words);
#undef ADD
  return g_test_run ();
}
