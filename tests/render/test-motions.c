/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "providers/inb-motion.h"
#include "render/inb-prompt.h"

/* The local words of each motion, as the engine itself reads them. */

static void
test_the_engine_understands_every_word (void)
{
  const GPtrArray *motions = inb_motion_get_all (NULL);

  g_assert_nonnull (motions);
  for (guint i = 0; i < motions->len; i++)
    {
      const InbMotion *motion = g_ptr_array_index (motions, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (InbPrompt) prompt = inb_prompt_new (motion->local, &error);

      g_assert_no_error (error);
      g_test_message ("%s: %s", motion->id, motion->local);
      g_assert_false (prompt->is_default);
      g_assert_cmpuint (g_strv_length (prompt->ignored), ==, 0);
    }
}

static void
test_no_two_move_alike (void)
{
  const GPtrArray *motions = inb_motion_get_all (NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_nonnull (motions);
  for (guint i = 0; i < motions->len; i++)
    {
      const InbMotion *motion = g_ptr_array_index (motions, i);

      g_assert_true (g_hash_table_add (seen, motion->local));
      g_assert_true (g_hash_table_add (seen, motion->prompt));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/motions/the-engine-understands-every-word",
                   test_the_engine_understands_every_word);
  g_test_add_func ("/motions/no-two-move-alike", test_no_two_move_alike);
  return g_test_run ();
}
