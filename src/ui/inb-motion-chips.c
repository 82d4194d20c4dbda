/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-motion-chips.h"

#include <glib/gi18n.h>

#include "ui/inb-wrap-layout.h"

/* Ways to move that a press writes into the form: the first few as chips, all of them with a
 * sentence behind "Need inspiration?". The chip whose words stand in the form is pressed. */
struct _InbMotionChips
{
  AdwBin parent_instance;

  InbDraft *draft;
  gboolean updating;

  GtkBox *wrap;
  GPtrArray *chips; /* GtkToggleButton, borrowed, in the motions' order */
  GtkMenuButton *more;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (InbMotionChips, inb_motion_chips, ADW_TYPE_BIN)

/* two lines of a form of 336 px; the others are one press away */
#define N_CHIPS 4

static const InbMotion *
get_motion (guint index)
{
  const GPtrArray *motions = inb_motion_get_all (NULL);

  return motions != NULL && index < motions->len ? g_ptr_array_index (motions, index) : NULL;
}

static void
update (InbMotionChips *self)
{
  const InbMotion *motion = inb_draft_get_motion (self->draft);

  self->updating = TRUE;
  for (guint i = 0; i < self->chips->len; i++)
    gtk_toggle_button_set_active (g_ptr_array_index (self->chips, i),
                                  motion != NULL && get_motion (i) == motion);
  self->updating = FALSE;
}

static void
use (InbMotionChips *self, const InbMotion *motion)
{
  inb_draft_use_motion (self->draft, motion, inb_draft_get_motion (self->draft));
  update (self); /* a pressed one stays so */
}

static void
chip_cb (InbMotionChips *self, GtkToggleButton *chip)
{
  guint index;

  if (!self->updating && g_ptr_array_find (self->chips, chip, &index))
    use (self, get_motion (index));
}

static void
row_cb (InbMotionChips *self, GtkListBoxRow *row)
{
  const InbMotion *motion = get_motion ((guint) gtk_list_box_row_get_index (row));

  gtk_menu_button_popdown (self->more);
  if (motion != NULL)
    use (self, motion);
}

static void
inb_motion_chips_dispose (GObject *object)
{
  g_clear_object (&INB_MOTION_CHIPS (object)->draft);

  G_OBJECT_CLASS (inb_motion_chips_parent_class)->dispose (object);
}

static void
inb_motion_chips_finalize (GObject *object)
{
  g_ptr_array_unref (INB_MOTION_CHIPS (object)->chips);

  G_OBJECT_CLASS (inb_motion_chips_parent_class)->finalize (object);
}

static void
inb_motion_chips_class_init (InbMotionChipsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = inb_motion_chips_dispose;
  object_class->finalize = inb_motion_chips_finalize;
}

static void
add_chip (InbMotionChips *self, const InbMotion *motion)
{
  GtkWidget *chip = gtk_toggle_button_new_with_label (_ (motion->title));

  gtk_widget_set_tooltip_text (chip, _ (motion->about));
  gtk_widget_add_css_class (chip, "chip");
  g_signal_connect_swapped (chip, "toggled", G_CALLBACK (chip_cb), self);
  g_ptr_array_add (self->chips, chip);
  gtk_box_append (self->wrap, chip);
}

static void
add_row (InbMotionChips *self, const InbMotion *motion)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (motion->title));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ (motion->about));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_list_box_append (self->list, row);
}

/* Made when it is opened: a third of the form's widgets would be in it. */
static void
make_list_cb (GtkMenuButton *button, gpointer user_data)
{
  InbMotionChips *self = user_data;
  const GPtrArray *motions = inb_motion_get_all (NULL);
  GtkWidget *popover, *scrolled;

  if (gtk_menu_button_get_popover (button) != NULL)
    return;
  popover = gtk_popover_new ();
  scrolled = gtk_scrolled_window_new ();
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Ways to move"), -1);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_cb), self);
  for (guint i = 0; motions != NULL && i < motions->len; i++)
    add_row (self, g_ptr_array_index (motions, i));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 440);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->list));
  gtk_widget_set_size_request (scrolled, 300, -1);
  gtk_popover_set_child (GTK_POPOVER (popover), scrolled);
  gtk_menu_button_set_popover (button, popover);
}

static void
add_more (InbMotionChips *self)
{
  GtkWidget *more = gtk_menu_button_new ();

  self->more = GTK_MENU_BUTTON (more);
  gtk_menu_button_set_create_popup_func (self->more, make_list_cb, self, NULL);
  gtk_menu_button_set_label (self->more, _ ("Need inspiration?"));
  gtk_widget_set_tooltip_text (more, _ ("All ways to move, each with a sentence"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (more), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Need inspiration?"), -1);
  gtk_widget_add_css_class (more, "chip");
  gtk_box_append (self->wrap, more);
}

static void
inb_motion_chips_init (InbMotionChips *self)
{
  const GPtrArray *motions = inb_motion_get_all (NULL);

  self->chips = g_ptr_array_new ();
  self->wrap = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  gtk_widget_set_layout_manager (GTK_WIDGET (self->wrap), inb_wrap_layout_new ());
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->wrap));
  for (guint i = 0; motions != NULL && i < MIN (motions->len, N_CHIPS); i++)
    add_chip (self, g_ptr_array_index (motions, i));
  add_more (self);
}

/**
 * inb_motion_chips_new:
 *
 * Returns: (transfer floating): chips without a draft
 */
GtkWidget *
inb_motion_chips_new (void)
{
  return g_object_new (INB_TYPE_MOTION_CHIPS, NULL);
}

/**
 * inb_motion_chips_set_draft:
 * @self: chips, once
 * @draft: what they write into
 */
void
inb_motion_chips_set_draft (InbMotionChips *self, InbDraft *draft)
{
  g_return_if_fail (INB_IS_MOTION_CHIPS (self) && self->draft == NULL);

  self->draft = g_object_ref (draft);
  g_signal_connect_object (draft, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
