/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-test.h"
#include "ui/inb-form-history.h"

typedef struct
{
  InbDraft *draft;
  guint n_changed;
} Fixture;

static void
changed_cb (Fixture *self)
{
  self->n_changed++;
}

static void
take_photo (InbPhotoSlot *slot, const char *name)
{
  g_autoptr (InbPreview) photo = ui_test_preview (name, 400, 300);

  inb_photo_slot_take_preview (slot, photo);
}

/* A form in which every field holds something. */
static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (InbRequest) request = inb_request_new ();

  self->draft = inb_draft_new ("/nonexistent");
  request->prompt = g_strdup ("push in");
  request->negative = g_strdup ("blur");
  request->guidance = 0.4;
  request->framing = (InbFraming){ INB_RATIO_16_9, INB_FIT_EXTEND, -1.0, -1.0 };
  request->takes = 2;
  g_free (request->provider);
  request->provider = g_strdup ("wavespeed");
  inb_draft_restore (self->draft, "product", "Blue mug", request);
  take_photo (inb_draft_get_start (self->draft), "mug.png");
  take_photo (inb_draft_get_last (self->draft), "side.png");
  g_signal_connect_swapped (self->draft, "changed", G_CALLBACK (changed_cb), self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  ui_test_let_go (self->draft);
}

static InbFormState *
read_state (InbDraft *draft)
{
  return inb_form_state_new (inb_draft_dup_request (draft, 0), inb_draft_get_loop (draft),
                             inb_draft_get_product_name (draft));
}

static void
replace_start (InbDraft *draft)
{
  take_photo (inb_draft_get_start (draft), "cup.png");
}

static void
replace_last (InbDraft *draft)
{
  take_photo (inb_draft_get_last (draft), "cup.png");
}

static void
clear_start (InbDraft *draft)
{
  inb_photo_slot_clear (inb_draft_get_start (draft));
}

static void
clear_last (InbDraft *draft)
{
  inb_photo_slot_clear (inb_draft_get_last (draft));
}

static void
loop (InbDraft *draft)
{
  inb_draft_set_loop (draft, TRUE);
}

static void
rename_product (InbDraft *draft)
{
  inb_draft_name_product (draft, "Red mug");
}

static void
change_ratio (InbDraft *draft)
{
  g_object_set (draft, "ratio", INB_RATIO_1_1, NULL);
}

static void
change_fit (InbDraft *draft)
{
  g_object_set (draft, "fit", INB_FIT_CROP, NULL);
}

static void
move_focus (InbDraft *draft)
{
  inb_draft_set_focus (draft, 0.2, 0.7);
}

static void
change_prompt (InbDraft *draft)
{
  inb_draft_set_prompt (draft, "push in slowly");
}

static void
change_negative (InbDraft *draft)
{
  inb_draft_set_negative (draft, NULL);
}

static void
change_guidance (InbDraft *draft)
{
  inb_draft_set_guidance (draft, 0.8);
}

static void
forget_guidance (InbDraft *draft)
{
  inb_draft_set_guidance (draft, -1.0);
}

static void
change_duration (InbDraft *draft)
{
  g_object_set (draft, "duration-index", 1, NULL);
}

static void
change_takes (InbDraft *draft)
{
  g_object_set (draft, "takes-index", 3, NULL);
}

static void
change_provider (InbDraft *draft)
{
  inb_draft_set_provider (draft, "novita");
}

static void
change_model (InbDraft *draft)
{
  inb_draft_set_model (draft, "kling-v2.5-turbo-std");
}

static void
change_resolution (InbDraft *draft)
{
  inb_draft_set_resolution (draft, "1080p");
}

static void
use_a_take (InbDraft *draft)
{
  g_autoptr (InbRequest) request = inb_request_new ();

  request->prompt = g_strdup ("orbit right");
  inb_draft_use (draft, request);
}

static const struct
{
  const char *name;
  void (*change) (InbDraft *draft);
} changes[] = {
  { "another start frame", replace_start },
  { "another last frame", replace_last },
  { "no start frame", clear_start },
  { "no last frame", clear_last },
  { "frames swapped", inb_draft_swap },
  { "loop", loop },
  { "name", rename_product },
  { "ratio", change_ratio },
  { "fit", change_fit },
  { "focus", move_focus },
  { "prompt", change_prompt },
  { "negative prompt", change_negative },
  { "guidance", change_guidance },
  { "no guidance", forget_guidance },
  { "duration", change_duration },
  { "takes", change_takes },
  { "provider", change_provider },
  { "model", change_model },
  { "resolution", change_resolution },
  { "settings of a take", use_a_take },
};

static void
test_every_change_is_one_step_back (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (InbFormState) before = read_state (self->draft);
      g_autoptr (InbFormState) changed = NULL;
      g_autoptr (InbFormState) after = NULL;
      g_autoptr (InbFormState) again = NULL;
      guint n_changed = self->n_changed;

      g_test_message ("%s", changes[i].name);
      changes[i].change (self->draft);
      changed = read_state (self->draft);
      g_assert_false (inb_form_state_equal (before, changed));
      g_assert_cmpuint (self->n_changed, >, n_changed);
      inb_draft_undo (self->draft);
      after = read_state (self->draft);
      g_assert_true (inb_form_state_equal (before, after));
      inb_draft_redo (self->draft);
      again = read_state (self->draft);
      g_assert_true (inb_form_state_equal (changed, again));
      inb_draft_undo (self->draft);
      inb_draft_end_step (self->draft);
    }
}

static void
test_all_changes_are_undone_one_after_the_other (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) states =
      g_ptr_array_new_with_free_func ((GDestroyNotify) inb_form_state_free);

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      InbFormState *before = read_state (self->draft);
      g_autoptr (InbFormState) after = NULL;

      changes[i].change (self->draft);
      inb_draft_end_step (self->draft);
      after = read_state (self->draft);
      if (inb_form_state_equal (before, after)) /* after the others it is none */
        inb_form_state_free (before);
      else
        g_ptr_array_add (states, before);
    }
  g_assert_cmpuint (states->len, >=, G_N_ELEMENTS (changes) - 3);
  for (guint i = states->len; i > 0; i--)
    {
      g_autoptr (InbFormState) now = NULL;

      inb_draft_undo (self->draft);
      now = read_state (self->draft);
      g_assert_true (inb_form_state_equal (now, g_ptr_array_index (states, i - 1)));
    }
}

static void
test_changes_of_a_step_are_undone_at_once (Fixture *self, gconstpointer data)
{
  g_autoptr (InbFormState) before = read_state (self->draft);
  g_autoptr (InbFormState) after = NULL;

  inb_draft_begin_step (self->draft);
  inb_draft_set_prompt (self->draft, "seamless loop");
  inb_draft_set_negative (self->draft, "cuts");
  inb_draft_set_guidance (self->draft, 0.7);
  inb_draft_set_loop (self->draft, TRUE);
  inb_draft_end_step (self->draft);
  inb_draft_undo (self->draft);
  after = read_state (self->draft);
  g_assert_true (inb_form_state_equal (before, after));
}

static void
test_another_product_has_its_own_steps (Fixture *self, gconstpointer data)
{
  inb_draft_set_prompt (self->draft, "pan left");
  inb_draft_reset (self->draft);
  g_assert_cmpint (inb_draft_get_undo_time (self->draft), ==, 0);
  inb_draft_undo (self->draft);
  g_assert_cmpstr (inb_draft_get_prompt (self->draft), ==, "");
}

static void
test_a_loop_follows_its_start_frame (Fixture *self, gconstpointer data)
{
  g_autoptr (InbRequest) request = NULL;

  inb_draft_set_loop (self->draft, TRUE);
  take_photo (inb_draft_get_start (self->draft), "cup.png");
  request = inb_draft_dup_request (self->draft, 0);
  g_assert_cmpstr (request->start_name, ==, "cup.png");
  g_assert_cmpstr (request->last, ==, request->start);
  g_assert_true (inb_draft_get_loop (self->draft));
}

static void
test_a_last_frame_of_its_own_ends_the_loop (Fixture *self, gconstpointer data)
{
  inb_draft_set_loop (self->draft, TRUE);
  take_photo (inb_draft_get_last (self->draft), "side.png");
  g_assert_false (inb_draft_get_loop (self->draft));
  inb_draft_set_loop (self->draft, TRUE);
  inb_photo_slot_clear (inb_draft_get_last (self->draft));
  g_assert_false (inb_draft_get_loop (self->draft));
}

static void
test_a_kept_loop_is_one_again (Fixture *self, gconstpointer data)
{
  g_autoptr (InbRequest) request = NULL;
  g_autoptr (InbRequest) again = NULL;

  inb_draft_set_loop (self->draft, TRUE);
  request = inb_draft_dup_request (self->draft, 0);
  inb_draft_reset (self->draft);
  g_assert_false (inb_draft_get_loop (self->draft));
  inb_draft_restore (self->draft, "product", "Blue mug", request);
  g_assert_true (inb_draft_get_loop (self->draft));
  again = inb_draft_dup_request (self->draft, 0);
  g_assert_cmpstr (again->last, ==, request->start);
}

static void
test_photos_count_while_they_are_read_again (Fixture *self, gconstpointer data)
{
  g_autoptr (InbRequest) request = ui_test_request ();
  g_autoptr (InbRequest) again = NULL;

  request->last = g_strdup (request->start);
  request->last[0] ^= 1;
  request->last_name = g_strdup ("side.png");
  inb_draft_restore (self->draft, "product", "Blue mug", request);
  again = inb_draft_dup_request (self->draft, 0);
  g_assert_cmpstr (again->start, ==, request->start);
  g_assert_cmpstr (again->start_name, ==, request->start_name);
  g_assert_cmpstr (again->last, ==, request->last);
  g_assert_cmpstr (again->last_name, ==, request->last_name);
}

static void
test_a_new_provider_keeps_the_tier (Fixture *self, gconstpointer data)
{
  inb_draft_set_model (self->draft, "kling-v2.5-turbo-std");
  inb_draft_set_provider (self->draft, "kling");
  g_assert_cmpstr (inb_draft_get_model (self->draft)->resolution, ==, "720p");
  inb_draft_set_provider (self->draft, "novita");
  g_assert_cmpstr (inb_draft_get_model (self->draft)->resolution, ==, "1080p");
}

static void
test_what_a_provider_cannot_do_stays_filled_in (Fixture *self, gconstpointer data)
{
  g_autoptr (InbRequest) request = NULL;

  inb_draft_set_provider (self->draft, "local");
  request = inb_draft_dup_request (self->draft, 0);
  g_assert_cmpstr (request->negative, ==, "blur");
  g_assert_cmpfloat (request->guidance, ==, 0.4);
  g_assert_nonnull (request->last);
  g_assert_nonnull (inb_draft_get_obstacle (self->draft));
  inb_draft_set_negative (self->draft, NULL);
  inb_draft_set_guidance (self->draft, -1.0);
  g_assert_null (inb_draft_get_obstacle (self->draft));
}

static void
test_a_provider_that_is_gone_is_said (Fixture *self, gconstpointer data)
{
  inb_draft_set_provider (self->draft, "gone");
  g_assert_null (inb_draft_get_provider (self->draft));
  g_assert_null (inb_draft_get_model (self->draft));
  g_assert_nonnull (strstr (inb_draft_get_obstacle (self->draft), "gone"));
}

static void
test_a_long_name_is_cut_at_a_character (Fixture *self, gconstpointer data)
{
  g_autofree char *name = g_strnfill (INB_MAX_NAME_BYTES + 1, 'x');

  memcpy (name + INB_MAX_NAME_BYTES - 1, "ä", strlen ("ä"));
  inb_draft_name_product (self->draft, name);
  g_assert_cmpuint (strlen (inb_draft_get_product_name (self->draft)), ==, INB_MAX_NAME_BYTES - 1);
  g_assert_true (g_utf8_validate (inb_draft_get_product_name (self->draft), -1, NULL));
}

static const InbMotion *
find_motion (const char *id)
{
  const GPtrArray *motions = inb_motion_get_all (NULL);

  for (guint i = 0; i < motions->len; i++)
    if (g_str_equal (((InbMotion *) g_ptr_array_index (motions, i))->id, id))
      return g_ptr_array_index (motions, i);
  g_assert_not_reached ();
}

static void
test_a_motion_is_one_step (Fixture *self, gconstpointer data)
{
  const InbMotion *loop_motion = find_motion ("seamless-loop");
  g_autoptr (InbFormState) before = read_state (self->draft);
  g_autoptr (InbFormState) after = NULL;

  inb_draft_use_motion (self->draft, loop_motion, NULL);
  g_assert_true (inb_draft_get_motion (self->draft) == loop_motion);
  g_assert_true (inb_draft_get_loop (self->draft));
  g_assert_cmpstr (inb_draft_get_negative (self->draft), ==, loop_motion->negative);
  g_assert_cmpfloat (inb_draft_get_guidance (self->draft), ==, loop_motion->guidance);
  g_assert_true (g_str_has_prefix (inb_draft_get_prompt (self->draft), "Blue mug and camera"));
  inb_draft_undo (self->draft);
  after = read_state (self->draft);
  g_assert_true (inb_form_state_equal (before, after));
}

static void
test_the_next_motion_takes_the_loop_away (Fixture *self, gconstpointer data)
{
  const InbMotion *loop_motion = find_motion ("seamless-loop");

  inb_draft_use_motion (self->draft, loop_motion, NULL);
  inb_draft_use_motion (self->draft, find_motion ("orbit"), loop_motion);
  g_assert_false (inb_draft_get_loop (self->draft));
  inb_draft_set_loop (self->draft, TRUE); /* a person's own stays */
  inb_draft_use_motion (self->draft, find_motion ("push-in"), find_motion ("orbit"));
  g_assert_true (inb_draft_get_loop (self->draft));
}

static void
test_a_motion_speaks_to_each_provider (Fixture *self, gconstpointer data)
{
  const InbMotion *motion = find_motion ("seamless-loop");

  inb_draft_use_motion (self->draft, motion, NULL);
  inb_draft_set_provider (self->draft, "local");
  g_assert_cmpstr (inb_draft_get_prompt (self->draft), ==, motion->local);
  g_assert_cmpstr (inb_draft_get_negative (self->draft), ==, "");
  g_assert_cmpfloat (inb_draft_get_guidance (self->draft), ==, -1.0);
  g_assert_true (inb_draft_get_loop (self->draft));
  g_assert_null (inb_draft_get_obstacle (self->draft));
  inb_draft_set_provider (self->draft, "novita"); /* which has no last frame */
  g_assert_cmpstr (inb_draft_get_negative (self->draft), ==, motion->negative);
  g_assert_false (inb_draft_get_loop (self->draft));
  g_assert_null (inb_draft_get_obstacle (self->draft));
}

static void
test_changed_words_stay_a_persons_own (Fixture *self, gconstpointer data)
{
  inb_draft_use_motion (self->draft, find_motion ("orbit"), NULL);
  inb_draft_set_prompt (self->draft, "orbit, but mine");
  g_assert_null (inb_draft_get_motion (self->draft));
  inb_draft_set_provider (self->draft, "local");
  g_assert_cmpstr (inb_draft_get_prompt (self->draft), ==, "orbit, but mine");
  g_assert_cmpstr (inb_draft_get_negative (self->draft), !=, "");
}

static void
test_a_file_name_is_no_name_of_a_product (Fixture *self, gconstpointer data)
{
  inb_draft_name_product (self->draft, "mug"); /* as mug.png made it */
  inb_draft_use_motion (self->draft, find_motion ("turntable"), NULL);
  g_assert_true (g_str_has_prefix (inb_draft_get_prompt (self->draft), "The product turns"));
}

static void
test_a_kept_photo_that_cannot_be_read_stays_in_the_form (Fixture *self, gconstpointer data)
{
  g_autoptr (InbRequest) request = ui_test_request ();
  g_autoptr (InbRequest) again = NULL;

  inb_draft_restore (self->draft, "product", "Blue mug", request);
  ui_test_wait_uint (inb_draft_get_start (self->draft), "state", INB_SLOT_FAILED);
  again = inb_draft_dup_request (self->draft, 0);
  g_assert_cmpstr (again->start, ==, request->start);
  g_assert_nonnull (inb_draft_get_obstacle (self->draft));
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);

#define ADD(path, function) g_test_add ("/draft/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("every-change-is-one-step-back", test_every_change_is_one_step_back);
  ADD ("all-changes-are-undone-one-after-the-other",
       test_all_changes_are_undone_one_after_the_other);
  ADD ("changes-of-a-step-are-undone-at-once", test_changes_of_a_step_are_undone_at_once);
  ADD ("another-product-has-its-own-steps", test_another_product_has_its_own_steps);
  ADD ("a-loop-follows-its-start-frame", test_a_loop_follows_its_start_frame);
  ADD ("a-last-frame-of-its-own-ends-the-loop", test_a_last_frame_of_its_own_ends_the_loop);
  ADD ("a-kept-loop-is-one-again", test_a_kept_loop_is_one_again);
  ADD ("photos-count-while-they-are-read-again", test_photos_count_while_they_are_read_again);
  ADD ("a-new-provider-keeps-the-tier", test_a_new_provider_keeps_the_tier);
  ADD ("what-a-provider-cannot-do-stays-filled-in", test_what_a_provider_cannot_do_stays_filled_in);
  ADD ("a-provider-that-is-gone-is-said", test_a_provider_that_is_gone_is_said);
  ADD ("a-long-name-is-cut-at-a-character", test_a_long_name_is_cut_at_a_character);
  ADD ("a-motion-is-one-step", test_a_motion_is_one_step);
  ADD ("the-next-motion-takes-the-loop-away", test_the_next_motion_takes_the_loop_away);
  ADD ("a-motion-speaks-to-each-provider", test_a_motion_speaks_to_each_provider);
  ADD ("changed-words-stay-a-persons-own", test_changed_words_stay_a_persons_own);
  ADD ("a-file-name-is-no-name-of-a-product", test_a_file_name_is_no_name_of_a_product);
  ADD ("a-kept-photo-that-cannot-be-read-stays-in-the-form",
       test_a_kept_photo_that_cannot_be_read_stays_in_the_form);
#undef ADD
  return g_test_run ();
}
