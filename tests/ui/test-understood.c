/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-test.h"
#include "store/inb-paths.h"
#include "ui/inb-understood.h"

typedef struct
{
  char *root;
  InbDraft *draft;
  InbUnderstood *line;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;

  self->root = ui_test_make_root ();
  g_assert_true (inb_paths_make (self->root, NULL));
  path = ui_test_write_photo (self->root, "mug.png", 640, 480);
  file = g_file_new_for_path (path);
  self->draft = inb_draft_new (self->root);
  self->line = INB_UNDERSTOOD (inb_understood_new ());
  inb_understood_set_draft (self->line, self->draft);
  self->window = ui_test_show (GTK_WIDGET (self->line), 300, 100);
  inb_photo_slot_take_file (inb_draft_get_start (self->draft), file);
  ui_test_wait_uint (inb_draft_get_start (self->draft), "state", INB_SLOT_READY);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_object_ref (self->line);
  ui_test_close (self->window);
  g_assert_finalize_object (self->line);
  g_assert_finalize_object (self->draft);
  ui_test_remove_root (self->root);
  g_free (self->root);
}

static void
wait_for_words (Fixture *self, const char *words)
{
  while (strstr (inb_understood_get_text (self->line), words) == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_moves_and_unused_words_are_named (Fixture *self, gconstpointer data)
{
  inb_draft_set_prompt (self->draft, "pan left over splashing water");
  wait_for_words (self, "Camera: pan left.");
  wait_for_words (self, "splashing, water");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (self->line)));
}

static void
test_light_and_air_are_named (Fixture *self, gconstpointer data)
{
  inb_draft_set_prompt (self->draft, "light sweep, then push in with dust");
  wait_for_words (self, "Camera: push. Light and air: light sweep, dust.");
}

static void
test_words_without_a_move_are_said (Fixture *self, gconstpointer data)
{
  inb_draft_set_prompt (self->draft, "make it nice");
  wait_for_words (self, "No camera move in these words");
}

static void
test_the_last_prompt_is_the_one_explained (Fixture *self, gconstpointer data)
{
  inb_draft_set_prompt (self->draft, "pan left");
  wait_for_words (self, "pan left");
  inb_draft_set_prompt (self->draft, "tilt up");
  inb_draft_set_prompt (self->draft, "pan right");
  wait_for_words (self, "pan right");
  inb_draft_set_prompt (self->draft, "");
  g_assert_cmpstr (inb_understood_get_text (self->line), ==, "");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (self->line)));
}

static void
test_leaving_while_it_is_asked_is_harmless (Fixture *self, gconstpointer data)
{
  inb_draft_set_prompt (self->draft, "pan left"); /* tear_down comes before the answer */
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

#define ADD(path, function) \
  g_test_add ("/understood/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("moves-and-unused-words-are-named", test_moves_and_unused_words_are_named);
  ADD ("light-and-air-are-named", test_light_and_air_are_named);
  ADD ("words-without-a-move-are-said", test_words_without_a_move_are_said);
  ADD ("the-last-prompt-is-the-one-explained", test_the_last_prompt_is_the_one_explained);
  ADD ("leaving-while-it-is-asked-is-harmless", test_leaving_while_it_is_asked_is_harmless);
#undef ADD
  return g_test_run ();
}
