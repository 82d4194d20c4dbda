/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-stage.h"

#include <glib/gi18n.h>

#include "jobs/inb-take-words.h"
#include "ui/inb-drag-out.h"
#include "ui/inb-stage-keys.h"
#include "ui/inb-stage-looks.h"
#include "ui/inb-transport.h"
#include "ui/inb-video-view.h"

/* Where the selected take is seen: its clip, looping, or the words about why there is none. */
struct _InbStage
{
  AdwBin parent_instance;

  InbJob *job;
  GSignalGroup *job_signals;
  InbPlayer *player;
  gboolean resume; /* it was playing when the stage went out of sight */

  GtkStack *pages;
  AdwStatusPage *empty;
  AdwStatusPage *working;
  GtkProgressBar *progress;
  GtkLabel *time_left;
  AdwStatusPage *message;
  GtkLabel *charged;
  InbVideoView *view;
  InbTransport *transport;
};

typedef enum
{
  PROP_JOB = 1,
} InbStageProperty;

static GParamSpec *props[PROP_JOB + 1];

G_DEFINE_FINAL_TYPE (InbStage, inb_stage, ADW_TYPE_BIN)

static void
enable_actions (InbStage *self, gboolean enabled)
{
  static const char *const names[] = { "stage.toggle-play", "stage.step", "stage.first",
                                       "stage.last" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), names[i], enabled);
}

/* Everything but the clip's own page lets go of the clip. */
static void
show_page (InbStage *self, const char *name)
{
  gboolean video = g_str_equal (name, "video");

  if (!video)
    inb_player_set_clip (self->player, NULL);
  enable_actions (self, video);
  gtk_stack_set_visible_child_name (self->pages, name);
}

static void
set_message (InbStage *self, const char *icon, const char *title, const char *words,
             const char *charged)
{
  g_autofree char *escaped = words != NULL ? g_markup_escape_text (words, -1) : NULL;

  adw_status_page_set_icon_name (self->message, icon);
  adw_status_page_set_title (self->message, title);
  adw_status_page_set_description (self->message, escaped);
  gtk_label_set_label (self->charged, charged != NULL ? charged : "");
  show_page (self, "message");
}

static const char *
get_charged_words (const InbJobFacts *facts)
{
  if (g_strcmp0 (facts->charged, "no") == 0)
    return _ ("Not charged");
  if (g_strcmp0 (facts->charged, "maybe") == 0)
    return _ ("Perhaps charged");
  if (g_strcmp0 (facts->charged, "yes") == 0)
    return _ ("Charged");
  return NULL;
}

static void
show_progress (InbStage *self)
{
  const InbTimeLeft *time_left = inb_job_follow_time (self->job, g_get_real_time ());
  double fraction = inb_job_get_fraction (self->job);
  g_autofree char *state = inb_take_words_dup_state (self->job);
  g_autofree char *left = inb_time_left_dup_words (time_left);

  adw_status_page_set_icon_name (self->working, "inbetween-working-symbolic");
  adw_status_page_set_title (self->working, state);
  gtk_widget_set_opacity (GTK_WIDGET (self->progress), fraction >= 0.0 ? 1.0 : 0.0);
  gtk_progress_bar_set_fraction (self->progress, MAX (fraction, 0.0));
  gtk_label_set_label (self->time_left, left != NULL ? left : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, left != NULL ? left : "", -1);
}

static gboolean
wants_motion (InbStage *self)
{
  gboolean animations;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &animations,
                NULL);
  return animations;
}

static void
show_clip (InbStage *self, const InbClip *clip)
{
  const InbClip *shown = inb_player_get_clip (self->player);
  /* Translators: spoken by a screen reader for the picture of a clip */
  g_autofree char *name = g_strdup_printf (_ ("Clip of take %u"), inb_job_get_take (self->job));

  if (shown != NULL && g_strcmp0 (shown->path, clip->path) == 0)
    return; /* other facts of the same take have changed */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  show_page (self, "video");
  inb_player_pause (self->player);
  inb_player_set_clip (self->player, clip);
  self->resume = wants_motion (self);
  if (self->resume && gtk_widget_get_mapped (GTK_WIDGET (self)))
    inb_player_play (self->player);
}

/* Large icons are drawings, and reading one is a twentieth of the program's start: not before it is
 * seen. */
static void
show_empty (InbStage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    adw_status_page_set_icon_name (self->empty, "video-x-generic-symbolic");
  show_page (self, "empty");
}

static void
show_job (InbStage *self)
{
  const InbJobFacts *facts;
  g_autofree char *state = NULL;

  if (self->job == NULL)
    {
      show_empty (self);
      return;
    }
  facts = inb_job_get_facts (self->job);
  state = inb_take_words_dup_state (self->job);
  if (facts->state == INB_JOB_DONE && facts->clip != NULL && !facts->gone)
    show_clip (self, facts->clip);
  else if (facts->gone)
    set_message (self, "user-trash-symbolic", _ ("The clip is gone"),
                 _ ("Its file was cleaned up. What it was made of and what it cost is kept."),
                 NULL);
  else if (facts->state == INB_JOB_MISSING_FILE)
    set_message (self, "dialog-error-symbolic", state,
                 _ ("The clip’s file is no longer where it was kept. Generate it again, or put the "
                    "file back."),
                 NULL);
  else if (inb_job_state_is_cancelled (facts->state))
    set_message (self, "action-unavailable-symbolic", state, NULL, get_charged_words (facts));
  else if (inb_job_state_is_failure (facts->state))
    set_message (self, "dialog-error-symbolic", state, facts->error_message,
                 get_charged_words (facts));
  else
    {
      inb_player_prepare (self->player);
      show_progress (self);
      show_page (self, "progress");
    }
}

static void
error_cb (InbStage *self)
{
  const GError *error = inb_player_get_error (self->player);
  g_autofree char *words = NULL;

  if (error == NULL)
    return;
  words = g_strdup (error->message); /* leaving the clip forgets it */
  set_message (self, "dialog-error-symbolic", _ ("This clip cannot be played"), words, NULL);
}

static void
clicked_cb (InbStage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  gtk_widget_activate_action (GTK_WIDGET (self), "stage.toggle-play", NULL);
}

static void
toggle_play_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  InbStage *self = INB_STAGE (widget);

  if (inb_player_is_playing (self->player))
    inb_player_pause (self->player);
  else
    inb_player_play (self->player);
}

static void
step_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  inb_player_step (INB_STAGE (widget)->player, g_variant_get_int32 (parameter));
}

static void
first_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  inb_player_seek (INB_STAGE (widget)->player, 0);
}

static void
last_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  InbStage *self = INB_STAGE (widget);

  inb_player_pause (self->player); /* it would be the first again in no time */
  inb_player_seek (self->player, G_MAXUINT);
}

static void
inb_stage_map (GtkWidget *widget)
{
  InbStage *self = INB_STAGE (widget);

  GTK_WIDGET_CLASS (inb_stage_parent_class)->map (widget);
  if (self->job == NULL)
    show_empty (self);
  if (self->resume)
    inb_player_play (self->player);
}

static void
inb_stage_unmap (GtkWidget *widget)
{
  InbStage *self = INB_STAGE (widget);

  self->resume = inb_player_is_playing (self->player);
  inb_player_pause (self->player);
  GTK_WIDGET_CLASS (inb_stage_parent_class)->unmap (widget);
}

static void
inb_stage_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch ((InbStageProperty) prop_id)
    {
    case PROP_JOB:
      g_value_set_object (value, INB_STAGE (object)->job);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
inb_stage_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  switch ((InbStageProperty) prop_id)
    {
    case PROP_JOB:
      inb_stage_set_job (INB_STAGE (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
inb_stage_dispose (GObject *object)
{
  InbStage *self = INB_STAGE (object);

  if (self->player != NULL)
    {
      inb_video_view_set_player (self->view, NULL);
      inb_transport_set_player (self->transport, NULL);
      g_signal_handlers_disconnect_by_data (self->player, self);
    }
  g_clear_object (&self->player);
  g_clear_object (&self->job_signals);
  g_clear_object (&self->job);

  /* AdwBin drops the template's one child by itself, and would not find it any more. */
  G_OBJECT_CLASS (inb_stage_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/inbetween/Inbetween/ui/inb-stage.ui");
  gtk_widget_class_bind_template_child (widget_class, InbStage, pages);
  gtk_widget_class_bind_template_child (widget_class, InbStage, empty);
  gtk_widget_class_bind_template_child (widget_class, InbStage, working);
  gtk_widget_class_bind_template_child (widget_class, InbStage, progress);
  gtk_widget_class_bind_template_child (widget_class, InbStage, time_left);
  gtk_widget_class_bind_template_child (widget_class, InbStage, message);
  gtk_widget_class_bind_template_child (widget_class, InbStage, charged);
  gtk_widget_class_bind_template_child (widget_class, InbStage, view);
  gtk_widget_class_bind_template_child (widget_class, InbStage, transport);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
}

static void
inb_stage_class_init (InbStageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = inb_stage_get_property;
  object_class->set_property = inb_stage_set_property;
  object_class->dispose = inb_stage_dispose;
  widget_class->map = inb_stage_map;
  widget_class->unmap = inb_stage_unmap;

  props[PROP_JOB] =
      g_param_spec_object ("job", NULL, NULL, INB_TYPE_JOB,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  g_type_ensure (INB_TYPE_VIDEO_VIEW);
  g_type_ensure (INB_TYPE_TRANSPORT);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "stage.toggle-play", NULL, toggle_play_action);
  gtk_widget_class_install_action (widget_class, "stage.step", "i", step_action);
  gtk_widget_class_install_action (widget_class, "stage.first", NULL, first_action);
  gtk_widget_class_install_action (widget_class, "stage.last", NULL, last_action);
}

static InbJob *
find_job (GtkWidget *view)
{
  GtkWidget *stage = gtk_widget_get_ancestor (view, INB_TYPE_STAGE);

  return stage != NULL ? INB_STAGE (stage)->job : NULL;
}

static void
inb_stage_init (InbStage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->player = inb_player_new ();
  g_signal_connect_swapped (self->player, "notify::error", G_CALLBACK (error_cb), self);
  inb_video_view_set_player (self->view, self->player);
  inb_transport_set_player (self->transport, self->player);
  self->job_signals = g_signal_group_new (INB_TYPE_JOB);
  g_signal_group_connect_swapped (self->job_signals, "notify::state", G_CALLBACK (show_job), self);
  g_signal_group_connect_swapped (self->job_signals, "notify::progress", G_CALLBACK (show_progress),
                                  self);
  inb_stage_keys_add (GTK_WIDGET (self));
  inb_stage_looks_follow (GTK_WIDGET (self->view), self->player);
  inb_drag_out_add_take (GTK_WIDGET (self->view), find_job);
  show_job (self);
}

/**
 * inb_stage_new:
 *
 * Returns: (transfer floating): a stage that shows no take
 */
GtkWidget *
inb_stage_new (void)
{
  return g_object_new (INB_TYPE_STAGE, NULL);
}

/**
 * inb_stage_set_job:
 * @self: a stage
 * @job: (nullable) (transfer none): the take to show and follow
 *
 * A finished take plays in a loop at once; where animations are switched off it waits at its first
 * frame.
 */
void
inb_stage_set_job (InbStage *self, InbJob *job)
{
  g_return_if_fail (INB_IS_STAGE (self));
  g_return_if_fail (job == NULL || INB_IS_JOB (job));

  if (!g_set_object (&self->job, job))
    return;
  g_signal_group_set_target (self->job_signals, job);
  show_job (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_JOB]);
}

/**
 * inb_stage_get_job:
 * @self: a stage
 *
 * Returns: (transfer none) (nullable): the take that is shown
 */
InbJob *
inb_stage_get_job (InbStage *self)
{
  g_return_val_if_fail (INB_IS_STAGE (self), NULL);

  return self->job;
}

/**
 * inb_stage_get_player:
 * @self: a stage
 *
 * Returns: (transfer none): what plays the clip
 */
InbPlayer *
inb_stage_get_player (InbStage *self)
{
  g_return_val_if_fail (INB_IS_STAGE (self), NULL);

  return self->player;
}
