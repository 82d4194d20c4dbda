/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-settings-source.h"

#include "core/inb-name-template.h"

/* What a person likes about the window. What spends money is not here but in the store. */

static GSettings *
open_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema =
      source != NULL ? g_settings_schema_source_lookup (source, APP_ID, TRUE) : NULL;

  /* an older schema of the same name, installed elsewhere, would end the program at the first
   * key it lacks */
  if (schema == NULL || !g_settings_schema_has_key (schema, "stage-background"))
    return NULL;
  return g_settings_new_full (schema, NULL, NULL);
}

/**
 * inb_settings_source_get:
 *
 * Returns: (transfer none) (nullable): the one set of settings, %NULL where their schema is not
 * installed (a program run from its build folder): defaults hold then and nothing is remembered
 */
GSettings *
inb_settings_source_get (void)
{
  static GSettings *settings;
  static gsize looked;

  if (g_once_init_enter (&looked))
    {
      settings = open_settings ();
      g_once_init_leave (&looked, 1);
    }
  return settings;
}

static char *
dup_string (const char *key)
{
  GSettings *settings = inb_settings_source_get ();
  g_autofree char *text = settings != NULL ? g_settings_get_string (settings, key) : NULL;

  return text != NULL && *text != '\0' ? g_steal_pointer (&text) : NULL;
}

/**
 * inb_settings_source_dup_folder:
 *
 * Returns: (transfer full) (nullable): absolute path of the folder that clips are saved to; it need
 * not be there. %NULL inside a sandbox until a person has chosen one: its home is thrown away
 */
char *
inb_settings_source_dup_folder (void)
{
  g_autofree char *folder = dup_string ("delivery-folder");
  const char *videos = g_get_user_special_dir (G_USER_DIRECTORY_VIDEOS);

  if (folder != NULL && g_path_is_absolute (folder))
    return g_steal_pointer (&folder);
  if (g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    return NULL;
  return g_build_filename (videos != NULL ? videos : g_get_home_dir (), "Inbetween", NULL);
}

/**
 * inb_settings_source_dup_template:
 *
 * Returns: (transfer full): what a saved clip is called, for inb_name_template_expand()
 */
char *
inb_settings_source_dup_template (void)
{
  g_autofree char *text = dup_string ("name-template");

  if (text != NULL && inb_name_template_check (text, NULL))
    return g_steal_pointer (&text);
  return g_strdup (INB_NAME_TEMPLATE_DEFAULT);
}

/**
 * inb_settings_source_get_playback:
 * @playback: (out): how clips are played
 */
void
inb_settings_source_get_playback (InbPlayback *playback)
{
  GSettings *settings = inb_settings_source_get ();

  *playback = (InbPlayback) INB_PLAYBACK_DEFAULT;
  if (settings == NULL)
    return;
  playback->loop = g_settings_get_boolean (settings, "play-loop");
  playback->muted = g_settings_get_boolean (settings, "play-muted");
  playback->rate = g_settings_get_double (settings, "play-rate");
}

/**
 * inb_settings_source_dup_background:
 *
 * Returns: (transfer full): "black", "grey", "white" or "checker": what is behind a clip
 */
char *
inb_settings_source_dup_background (void)
{
  g_autofree char *name = dup_string ("stage-background");

  return name != NULL ? g_steal_pointer (&name) : g_strdup ("grey");
}
