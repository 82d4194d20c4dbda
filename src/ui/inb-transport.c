/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-transport.h"

#include <glib/gi18n.h>

#include "ui/inb-fold-layout.h"

/* What a player is driven with: timeline, buttons, time and frame number. Its buttons activate the
 * actions of the stage around it. Time runs from left to right in every language. */
struct _InbTransport
{
  GtkWidget parent_instance;

  InbPlayer *player;
  gboolean following; /* the handle moves because the picture did */
  guint resume_id;    /* the timeline was moved while playing: plays on after a moment of rest */

  GtkAdjustment *adjustment; /* of the timeline */
  GtkWidget *timeline;
  GtkInscription *time;
  GtkInscription *frame;
  GtkWidget *play_button;
};

G_DEFINE_FINAL_TYPE (InbTransport, inb_transport, GTK_TYPE_WIDGET)

/* ms between the last move of the timeline and the playing on; chosen by eye */
#define RESUME_MS 250

static void
speak (InbTransport *self, const char *time, guint frame, guint n_frames)
{
  /* Translators: spoken by a screen reader: frame number, number of frames, then the time */
  g_autofree char *words = g_strdup_printf (_ ("Frame %u of %u, %s"), frame + 1, n_frames, time);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->timeline),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->frame), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
}

static void
set_handle (InbTransport *self)
{
  self->following = TRUE;
  gtk_adjustment_set_value (self->adjustment, inb_player_get_goal (self->player));
  self->following = FALSE;
}

/* Numbers of the picture that is shown; the handle of the timeline goes where the hand put it. */
static void
show_frame (InbTransport *self)
{
  const InbClip *clip = inb_player_get_clip (self->player);
  guint n_frames = inb_player_get_n_frames (self->player);
  guint frame = inb_player_get_frame (self->player);
  g_autofree char *numbers = NULL;
  g_autofree char *time = NULL;

  if (clip == NULL || n_frames == 0 || clip->fps_n == 0 || clip->fps_d == 0)
    return;
  time = inb_clip_format_time (clip, frame);
  /* Translators: frame number and number of frames, as short as editors write it: “f 58/150” */
  numbers = g_strdup_printf (_ ("f %u/%u"), frame + 1, n_frames);
  gtk_inscription_set_text (self->time, time);
  gtk_inscription_set_text (self->frame, numbers);
  set_handle (self);
  if (!inb_player_is_playing (self->player)) /* nobody wants to hear thirty numbers a second */
    speak (self, time, frame, n_frames);
}

static void
show_length (InbTransport *self)
{
  guint n_frames = inb_player_get_n_frames (self->player);
  g_autofree char *widest = g_strdup_printf (_ ("f %u/%u"), n_frames, n_frames);
  guint n_chars = (guint) g_utf8_strlen (widest, -1);

  self->following = TRUE; /* a shorter clip moves the handle too */
  gtk_adjustment_set_upper (self->adjustment, n_frames > 0 ? n_frames - 1 : 0);
  self->following = FALSE;
  gtk_inscription_set_min_chars (self->frame, n_chars);
  gtk_inscription_set_nat_chars (self->frame, n_chars + 1);
  show_frame (self);
}

static void
show_playing (InbTransport *self)
{
  gboolean playing = inb_player_is_playing (self->player) || self->resume_id != 0;
  const char *words = playing ? _ ("Pause") : _ ("Play");
  /* Translators: a button's tooltip: what it does, then its key */
  g_autofree char *tip = g_strdup_printf (_ ("%s (Space)"), words);

  gtk_button_set_icon_name (GTK_BUTTON (self->play_button), playing
                                                                ? "media-playback-pause-symbolic"
                                                                : "media-playback-start-symbolic");
  /* a new icon is a new child, with the direction of the language */
  gtk_widget_set_direction (gtk_button_get_child (GTK_BUTTON (self->play_button)),
                            GTK_TEXT_DIR_LTR);
  gtk_widget_set_tooltip_text (self->play_button, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->play_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
  show_frame (self);
}

static gboolean
resume_cb (gpointer user_data)
{
  InbTransport *self = user_data;

  if (gtk_widget_has_css_class (self->timeline, "dragging"))
    return G_SOURCE_CONTINUE;
  self->resume_id = 0;
  inb_player_play (self->player);
  return G_SOURCE_REMOVE;
}

/* Stands still under the hand: a playing clip would run away from it. */
static gboolean
change_value_cb (InbTransport *self, GtkScrollType scroll, double value)
{
  gboolean resume;

  if (self->player == NULL)
    return TRUE;
  resume = self->resume_id != 0 || inb_player_is_playing (self->player);
  g_clear_handle_id (&self->resume_id, g_source_remove);
  if (resume)
    self->resume_id = g_timeout_add (RESUME_MS, resume_cb, self);
  inb_player_pause (self->player);
  inb_player_seek (self->player,
                   (guint) CLAMP (value + 0.5, 0.0, gtk_adjustment_get_upper (self->adjustment)));
  set_handle (self);
  return TRUE;
}

/* A screen reader sets the value without a word to the handler above. */
static void
value_cb (InbTransport *self)
{
  double value = gtk_adjustment_get_value (self->adjustment);

  if (!self->following && self->player != NULL &&
      (guint) (value + 0.5) != inb_player_get_goal (self->player))
    change_value_cb (self, GTK_SCROLL_JUMP, value);
}

static void
turn (GtkWidget *widget)
{
  GtkWidget *child;

  gtk_widget_set_direction (widget, GTK_TEXT_DIR_LTR);
  for (child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    turn (child);
}

static void
let_go (InbTransport *self)
{
  g_clear_handle_id (&self->resume_id, g_source_remove);
  if (self->player != NULL)
    g_signal_handlers_disconnect_by_data (self->player, self);
  g_clear_object (&self->player);
}

static void
inb_transport_dispose (GObject *object)
{
  GtkWidget *child;

  let_go (INB_TRANSPORT (object));
  gtk_widget_dispose_template (GTK_WIDGET (object), INB_TYPE_TRANSPORT);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child); /* a child without a name is not the template's to drop */

  G_OBJECT_CLASS (inb_transport_parent_class)->dispose (object);
}

static void
inb_transport_class_init (InbTransportClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = inb_transport_dispose;

  g_type_ensure (INB_TYPE_FOLD_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/inbetween/Inbetween/ui/inb-transport.ui");
  gtk_widget_class_bind_template_child (widget_class, InbTransport, timeline);
  gtk_widget_class_bind_template_child (widget_class, InbTransport, time);
  gtk_widget_class_bind_template_child (widget_class, InbTransport, frame);
  gtk_widget_class_bind_template_child (widget_class, InbTransport, play_button);
  gtk_widget_class_bind_template_callback (widget_class, change_value_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "transport");
}

static void
inb_transport_init (InbTransport *self)
{
  GtkLayoutManager *layout;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->adjustment = gtk_range_get_adjustment (GTK_RANGE (self->timeline));
  g_signal_connect_object (self->adjustment, "value-changed", G_CALLBACK (value_cb), self,
                           G_CONNECT_SWAPPED);
  layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  turn (GTK_WIDGET (self));
}

/**
 * inb_transport_set_player:
 * @self: a transport
 * @player: (nullable) (transfer none): what it drives and follows
 */
void
inb_transport_set_player (InbTransport *self, InbPlayer *player)
{
  g_return_if_fail (INB_IS_TRANSPORT (self));

  let_go (self);
  if (player == NULL)
    return;
  self->player = g_object_ref (player);
  g_signal_connect_swapped (player, "notify::frame", G_CALLBACK (show_frame), self);
  g_signal_connect_swapped (player, "notify::n-frames", G_CALLBACK (show_length), self);
  g_signal_connect_swapped (player, "notify::playing", G_CALLBACK (show_playing), self);
  show_length (self);
  show_playing (self);
}
