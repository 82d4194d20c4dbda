/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-stage-looks.h"

#include "ui/inb-settings-source.h"

static const char *const backgrounds[] = { "black", "grey", "white", "checker" };

static void
show_background (GtkWidget *view)
{
  g_autofree char *name = inb_settings_source_dup_background ();

  for (guint i = 0; i < G_N_ELEMENTS (backgrounds); i++)
    if (g_str_equal (backgrounds[i], name))
      gtk_widget_add_css_class (view, backgrounds[i]);
    else
      gtk_widget_remove_css_class (view, backgrounds[i]);
}

static void
set_playback (InbPlayer *player)
{
  InbPlayback playback;

  inb_settings_source_get_playback (&playback);
  inb_player_set_playback (player, &playback);
}

/**
 * inb_stage_looks_follow:
 * @view: what is behind and around the clip; gets a style class named after the background
 * @player: what plays the clip
 *
 * Shows and plays as the settings say, now and whenever they change.
 */
void
inb_stage_looks_follow (GtkWidget *view, InbPlayer *player)
{
  GSettings *settings = inb_settings_source_get ();

  show_background (view);
  set_playback (player);
  if (settings == NULL)
    return;
  g_signal_connect_object (settings, "changed::stage-background", G_CALLBACK (show_background),
                           view, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::play-loop", G_CALLBACK (set_playback), player,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::play-muted", G_CALLBACK (set_playback), player,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::play-rate", G_CALLBACK (set_playback), player,
                           G_CONNECT_SWAPPED);
}
