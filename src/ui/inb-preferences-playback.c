/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-preferences-playback.h"

#include <glib/gi18n.h>

#include "ui/inb-settings-source.h"

/* How clips are played when they are selected, and what is behind them. */
struct _InbPreferencesPlayback
{
  AdwPreferencesGroup parent_instance;

  GtkSwitch *loop;
  GtkSwitch *muted;
  AdwComboRow *rate;
  AdwComboRow *background;
};

G_DEFINE_FINAL_TYPE (InbPreferencesPlayback, inb_preferences_playback, ADW_TYPE_PREFERENCES_GROUP)

/* What players offer (GNOME's from 0.5 to 2), and a slow one for looking closely */
static const double rates[] = { 0.25, 0.5, 1.0, 1.25, 1.5, 2.0 };

static void
rate_cb (InbPreferencesPlayback *self)
{
  GSettings *settings = inb_settings_source_get ();
  guint selected = adw_combo_row_get_selected (self->rate);

  if (settings != NULL && selected < G_N_ELEMENTS (rates))
    g_settings_set_double (settings, "play-rate", rates[selected]);
}

static void
background_cb (InbPreferencesPlayback *self)
{
  GSettings *settings = inb_settings_source_get ();

  if (settings != NULL)
    g_settings_set_enum (settings, "stage-background",
                         (int) adw_combo_row_get_selected (self->background));
}

static guint
find_rate (double rate)
{
  guint nearest = 0;

  for (guint i = 1; i < G_N_ELEMENTS (rates); i++)
    if (ABS (rates[i] - rate) < ABS (rates[nearest] - rate))
      nearest = i;
  return nearest;
}

static void
fill_rates (InbPreferencesPlayback *self, double rate)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    {
      /* Translators: a speed: “0.5×” */
      g_autofree char *text = g_strdup_printf (_ ("%g×"), rates[i]);

      gtk_string_list_append (words, text);
    }
  g_signal_handlers_block_by_func (self->rate, rate_cb, self);
  adw_combo_row_set_model (self->rate, G_LIST_MODEL (words));
  adw_combo_row_set_selected (self->rate, find_rate (rate));
  g_signal_handlers_unblock_by_func (self->rate, rate_cb, self);
}

static void
inb_preferences_playback_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), INB_TYPE_PREFERENCES_PLAYBACK);

  G_OBJECT_CLASS (inb_preferences_playback_parent_class)->dispose (object);
}

static void
inb_preferences_playback_class_init (InbPreferencesPlaybackClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = inb_preferences_playback_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/inbetween/Inbetween/ui/inb-preferences-playback.ui");
  gtk_widget_class_bind_template_child (widget_class, InbPreferencesPlayback, loop);
  gtk_widget_class_bind_template_child (widget_class, InbPreferencesPlayback, muted);
  gtk_widget_class_bind_template_child (widget_class, InbPreferencesPlayback, rate);
  gtk_widget_class_bind_template_child (widget_class, InbPreferencesPlayback, background);
  gtk_widget_class_bind_template_callback (widget_class, rate_cb);
  gtk_widget_class_bind_template_callback (widget_class, background_cb);
}

static void
inb_preferences_playback_init (InbPreferencesPlayback *self)
{
  GSettings *settings = inb_settings_source_get ();
  int background = settings != NULL ? g_settings_get_enum (settings, "stage-background") : 1;
  InbPlayback playback;

  inb_settings_source_get_playback (&playback);
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_rates (self, playback.rate);
  adw_combo_row_set_selected (self->background, (guint) background);
  gtk_widget_set_sensitive (GTK_WIDGET (self), settings != NULL);
  if (settings == NULL)
    return;
  g_settings_bind (settings, "play-loop", self->loop, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "play-muted", self->muted, "active", G_SETTINGS_BIND_DEFAULT);
}
