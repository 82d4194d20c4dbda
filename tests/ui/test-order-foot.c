/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-test.h"
#include "ui/inb-check-row.h"
#include "ui/inb-checks-list.h"
#include "ui/inb-order-foot.h"

typedef struct
{
  char *root;
  InbDraft *draft;
  InbOrder *order;
  InbOrderFoot *foot;
  GtkWidget *window;
  guint n_wishes;
  InbFixKind elsewhere;
} Fixture;

static void
count_wish_cb (InbOrderFoot *foot, Fixture *self)
{
  self->n_wishes++;
}

static void
fix_cb (InbOrderFoot *foot, const InbFix *fix, Fixture *self)
{
  self->elsewhere = fix->kind;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *space = gtk_button_new_with_label ("before");

  self->root = ui_test_make_root ();
  self->draft = inb_draft_new (self->root);
  self->order = inb_order_new (self->draft);
  self->foot = INB_ORDER_FOOT (inb_order_foot_new ());
  inb_order_foot_set_order (self->foot, self->order);
  g_signal_connect (self->foot, "generate", G_CALLBACK (count_wish_cb), self);
  g_signal_connect (self->foot, "fix", G_CALLBACK (fix_cb), self);
  gtk_widget_set_vexpand (space, TRUE);
  gtk_box_append (GTK_BOX (box), space);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->foot));
  self->window = ui_test_show (box, 360, 500);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_object_ref (self->foot);
  ui_test_close (self->window);
  ui_test_let_go (self->foot);
  ui_test_let_go (self->order);
  ui_test_let_go (self->draft);
  ui_test_remove_root (self->root);
  g_free (self->root);
}

static void
take_photo (InbPhotoSlot *slot, const char *name, guint width, guint height, gboolean transparent)
{
  g_autoptr (InbPreview) preview = ui_test_preview (name, width, height);
  InbPhotoTraits traits = *inb_preview_get_traits (preview);

  traits.transparent = transparent;
  traits.bytes = 12000000;
  inb_preview_set_traits (preview, &traits);
  inb_photo_slot_take_preview (slot, preview);
}

static void
fill (Fixture *self, guint width, guint height)
{
  take_photo (inb_draft_get_start (self->draft), "mug.png", width, height, FALSE);
  inb_draft_set_prompt (self->draft, "slow push in");
}

static GtkWidget *
find_button (Fixture *self, const char *label)
{
  return ui_test_find (GTK_WIDGET (self->foot), GTK_TYPE_BUTTON, label);
}

static guint
count_rows (Fixture *self)
{
  GtkListBox *list = ui_test_find (GTK_WIDGET (self->foot), GTK_TYPE_LIST_BOX, NULL);
  guint n_rows = 0;

  while (gtk_list_box_get_row_at_index (list, (int) n_rows) != NULL)
    n_rows++;
  return n_rows;
}

static gboolean
is_list_shown (Fixture *self)
{
  return gtk_widget_get_visible (
      ui_test_find (GTK_WIDGET (self->foot), INB_TYPE_CHECKS_LIST, NULL));
}

static void
test_an_empty_form_says_what_comes_first (Fixture *self, gconstpointer data)
{
  GtkWidget *generate = find_button (self, "Generate · free");

  g_assert_false (gtk_widget_is_sensitive (generate));
  g_assert_nonnull (
      ui_test_find (GTK_WIDGET (self->foot), GTK_TYPE_LABEL, "Choose a start frame first"));
  g_assert_false (is_list_shown (self));
  take_photo (inb_draft_get_start (self->draft), "mug.png", 400, 300, FALSE);
  g_assert_nonnull (
      ui_test_find (GTK_WIDGET (self->foot), GTK_TYPE_LABEL, "Say how it should move"));
  inb_draft_set_prompt (self->draft, "slow push in");
  g_assert_true (gtk_widget_is_sensitive (generate));
  inb_order_foot_generate (self->foot);
  inb_order_foot_generate (self->foot);
  g_assert_cmpuint (self->n_wishes, ==, 1);
}

static void
test_busy_takes_no_other_order (Fixture *self, gconstpointer data)
{
  fill (self, 400, 300);
  inb_order_foot_set_busy (self->foot, TRUE);
  g_assert_false (gtk_widget_is_sensitive (find_button (self, "Generate · free")));
  inb_order_foot_generate (self->foot);
  g_assert_cmpuint (self->n_wishes, ==, 0);
  inb_order_foot_set_busy (self->foot, FALSE);
  g_assert_true (gtk_widget_is_sensitive (find_button (self, "Generate · free")));
}

/* Where Tab leads from the first widget of the window, as long as it leads anywhere */
static gboolean
is_reached_by_tab (Fixture *self, GtkWidget *wanted)
{
  gtk_window_set_focus (GTK_WINDOW (self->window), NULL);
  for (guint i = 0; i < 20; i++)
    {
      gtk_widget_child_focus (self->window, GTK_DIR_TAB_FORWARD);
      if (gtk_window_get_focus (GTK_WINDOW (self->window)) == wanted)
        return TRUE;
    }
  return FALSE;
}

static void
test_a_fix_mends_the_form_and_hands_the_focus_on (Fixture *self, gconstpointer data)
{
  GtkWidget *generate, *fix;

  inb_draft_set_provider (self->draft, "wavespeed");
  fill (self, 3000, 1000);
  generate = find_button (self, "Generate · $0.35");
  g_assert_false (gtk_widget_is_sensitive (generate));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (generate), ==, "Frame is too wide: 3000×1000 px");
  g_assert_cmpuint (count_rows (self), ==, 2); /* and the photo has 12 MB */
  ui_test_screenshot (self->window, "order-foot-problem");
  fix = find_button (self, "Use 16:9");
  g_assert_true (gtk_widget_grab_focus (fix));
  g_signal_emit_by_name (fix, "clicked");
  g_assert_true (gtk_widget_is_sensitive (generate));
  g_assert_cmpuint (count_rows (self), ==, 1);
  g_assert_nonnull (gtk_window_get_focus (GTK_WINDOW (self->window)));
  g_assert_true (is_reached_by_tab (self, generate));
  /* one step of the form, taken back at once */
  inb_draft_undo (self->draft);
  g_assert_cmpuint (count_rows (self), ==, 2);
}

static void
test_the_last_finding_takes_the_list_along (Fixture *self, gconstpointer data)
{
  GtkWidget *fix;

  fill (self, 400, 300);
  take_photo (inb_draft_get_last (self->draft), "side.png", 300, 400, FALSE);
  g_assert_true (is_list_shown (self));
  fix = find_button (self, "Extend Background");
  g_assert_true (gtk_widget_grab_focus (fix));
  g_signal_emit_by_name (fix, "clicked");
  g_assert_false (is_list_shown (self));
  g_assert_true (is_reached_by_tab (self, find_button (self, "Generate · free")));
}

static void
test_why_stays_open_while_other_things_change (Fixture *self, gconstpointer data)
{
  InbCheckRow *row;

  inb_draft_set_provider (self->draft, "wavespeed");
  fill (self, 400, 300);
  row = ui_test_find (GTK_WIDGET (self->foot), INB_TYPE_CHECK_ROW, NULL);
  inb_check_row_set_open (row, TRUE);
  ui_test_paint (self->window);
  ui_test_screenshot (self->window, "order-foot-why");
  inb_draft_set_prompt (self->draft, "slow push in, then stop");
  g_assert_true (ui_test_find (GTK_WIDGET (self->foot), INB_TYPE_CHECK_ROW, NULL) == row);
  inb_photo_slot_clear (inb_draft_get_start (self->draft));
  fill (self, 3000, 1000);
  g_assert_cmpuint (count_rows (self), ==, 2);
  for (row = ui_test_find (GTK_WIDGET (self->foot), INB_TYPE_CHECK_ROW, NULL);
       inb_check_row_get_rule (row) != INB_RULE_PHOTO_TOO_LARGE;
       row = INB_CHECK_ROW (gtk_widget_get_next_sibling (GTK_WIDGET (row))))
    g_assert_false (inb_check_row_get_open (row));
}

static void
test_a_cap_asks_and_its_fixes_are_elsewhere_too (Fixture *self, gconstpointer data)
{
  InbBudget budget = { .day_cap_micros = 800000, .order_cap_micros = -1 };

  inb_draft_set_provider (self->draft, "wavespeed");
  take_photo (inb_draft_get_start (self->draft), "mug.png", 400, 300, TRUE);
  inb_draft_set_prompt (self->draft, "slow push in");
  g_object_set (self->draft, "takes-index", 2, NULL);
  g_assert_nonnull (find_button (self, "Generate 3 clips · $1.05"));
  inb_order_set_budget (self->order, &budget);
  g_assert_true (gtk_widget_is_sensitive (find_button (self, "Over today's cap…")));
  ui_test_screenshot (self->window, "order-foot-cap");
  g_signal_emit_by_name (find_button (self, "Change Caps…"), "clicked");
  g_assert_cmpint (self->elsewhere, ==, INB_FIX_RAISE_CAP);
  g_signal_emit_by_name (find_button (self, "Use 2 Takes"), "clicked");
  g_assert_nonnull (find_button (self, "Generate 2 clips · $0.70"));
}

static void
set_text_scale (double scale)
{
  GtkSettings *settings = gtk_settings_get_default ();

  g_object_set (settings, "gtk-xft-dpi", (int) (96 * 1024 * scale), NULL);
}

static void
test_large_text_wraps_in_a_narrow_foot (Fixture *self, gconstpointer data)
{
  int minimum = 0;

  set_text_scale (2.0);
  inb_draft_set_provider (self->draft, "novita");
  fill (self, 3000, 1000);
  take_photo (inb_draft_get_last (self->draft), "side.png", 1000, 3000, TRUE);
  ui_test_paint (self->window);
  gtk_widget_measure (GTK_WIDGET (self->foot), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                      NULL);
  ui_test_screenshot (self->window, "order-foot-large");
  set_text_scale (1.0);
  g_assert_cmpint (minimum, <=, 360);
}

int
main (int argc, char **argv)
{
  static const char *const keys[] = { "WAVESPEED_API_KEY", "NOVITA_API_KEY", "KLINGAI_API_KEY" };

  ui_test_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    g_setenv (keys[i], "a-key-of-a-test-0123456789", TRUE);

#define ADD(name, func) g_test_add ("/order-foot/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("empty-form-says-what-comes-first", test_an_empty_form_says_what_comes_first);
  ADD ("busy-takes-no-other-order", test_busy_takes_no_other_order);
  ADD ("fix-mends-and-hands-the-focus-on", test_a_fix_mends_the_form_and_hands_the_focus_on);
  ADD ("last-finding-takes-the-list-along", test_the_last_finding_takes_the_list_along);
  ADD ("why-stays-open", test_why_stays_open_while_other_things_change);
  ADD ("cap-asks", test_a_cap_asks_and_its_fixes_are_elsewhere_too);
  ADD ("large-text-wraps", test_large_text_wraps_in_a_narrow_foot);
  return g_test_run ();
}
