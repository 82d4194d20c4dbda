/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-stage-keys.h"

#include "ui/inb-stage.h"

/* Where a key of the stage works, besides on the stage itself. */
typedef enum
{
  FIELD_TEXT_ONLY, /* everywhere but where text is written */
  FIELD_BUTTONS,   /* nor where Space activates what has the focus */
  FIELD_LISTS,     /* in lists, which have no use for it */
  FIELD_STAGE,     /* nowhere else */
} Field;

static const struct
{
  guint keyval;
  GdkModifierType modifiers;
  Field field;
  const char *action;
  int n_frames; /* of stage.step, else 0 */
} keys[] = {
  { GDK_KEY_space, 0, FIELD_BUTTONS, "stage.toggle-play", 0 },
  { GDK_KEY_k, 0, FIELD_TEXT_ONLY, "stage.toggle-play", 0 },
  { GDK_KEY_comma, 0, FIELD_TEXT_ONLY, "stage.step", -1 },
  { GDK_KEY_period, 0, FIELD_TEXT_ONLY, "stage.step", 1 },
  { GDK_KEY_Left, 0, FIELD_LISTS, "stage.step", -1 },
  { GDK_KEY_Right, 0, FIELD_LISTS, "stage.step", 1 },
  { GDK_KEY_Left, GDK_SHIFT_MASK, FIELD_LISTS, "stage.step", -10 },
  { GDK_KEY_Right, GDK_SHIFT_MASK, FIELD_LISTS, "stage.step", 10 },
  { GDK_KEY_Home, 0, FIELD_STAGE, "stage.first", 0 },
  { GDK_KEY_End, 0, FIELD_STAGE, "stage.last", 0 },
};

static gboolean
is_in (GtkWidget *widget, GType type)
{
  return g_type_is_a (G_OBJECT_TYPE (widget), type) ||
         gtk_widget_get_ancestor (widget, type) != NULL;
}

static gboolean
is_in_list (GtkWidget *focus)
{
  return is_in (focus, GTK_TYPE_LIST_BOX) || is_in (focus, GTK_TYPE_LIST_VIEW) ||
         is_in (focus, GTK_TYPE_GRID_VIEW);
}

static gboolean
takes_space (GtkWidget *focus)
{
  return GTK_IS_BUTTON (focus) || GTK_IS_CHECK_BUTTON (focus) || GTK_IS_SWITCH (focus) ||
         GTK_IS_EXPANDER (focus) || GTK_IS_DROP_DOWN (focus) || GTK_IS_MENU_BUTTON (focus);
}

/* Whether the widget with the focus leaves the key to the stage. */
static gboolean
leaves_key (GtkWidget *stage, GtkWidget *focus, Field field)
{
  if (focus == NULL)
    return TRUE;
  if (is_in (focus, GTK_TYPE_EDITABLE) || is_in (focus, GTK_TYPE_TEXT_VIEW) ||
      is_in (focus, GTK_TYPE_POPOVER))
    return FALSE;
  switch (field)
    {
    case FIELD_TEXT_ONLY:
      return TRUE;
    case FIELD_BUTTONS:
      return !takes_space (focus);
    case FIELD_LISTS:
      return gtk_widget_is_ancestor (focus, stage) || is_in_list (focus);
    case FIELD_STAGE:
      return gtk_widget_is_ancestor (focus, stage);
    default:
      g_return_val_if_reached (FALSE);
    }
}

static gboolean
key_cb (GtkWidget *stage, GVariant *args, gpointer user_data)
{
  guint i = GPOINTER_TO_UINT (user_data);
  GtkRoot *root = gtk_widget_get_root (stage);

  if (root == NULL || !gtk_widget_get_mapped (stage) ||
      inb_player_get_clip (inb_stage_get_player (INB_STAGE (stage))) == NULL ||
      !leaves_key (stage, gtk_root_get_focus (root), keys[i].field))
    return FALSE;
  if (keys[i].n_frames != 0)
    return gtk_widget_activate_action (stage, keys[i].action, "i", keys[i].n_frames);
  return gtk_widget_activate_action (stage, keys[i].action, NULL);
}

/**
 * inb_stage_keys_add:
 * @stage: an #InbStage
 *
 * Makes single keys act on the clip on the stage, if there is one, from anywhere in its window, in
 * the capture phase: before lists and buttons see them, but never before a text field does. Space
 * stays with a button reached by Tab, the arrows with whatever else they move.
 */
void
inb_stage_keys_add (GtkWidget *stage)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller),
                                     GTK_SHORTCUT_SCOPE_GLOBAL);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (controller),
        gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].keyval, keys[i].modifiers),
                          gtk_callback_action_new (key_cb, GUINT_TO_POINTER (i), NULL)));
  gtk_widget_add_controller (stage, controller);
}
