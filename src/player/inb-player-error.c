/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "player/inb-player-error.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/inb-error.h"

/**
 * inb_player_error_dup_missing:
 * @message: (transfer none): any message of a pipeline's bus
 *
 * Returns: (transfer full) (nullable): what the missing piece would do, "H.264 (High Profile)
 * decoder" in the person's language, if @message says that a piece is missing
 */
char *
inb_player_error_dup_missing (GstMessage *message)
{
  const GstStructure *structure = gst_message_get_structure (message);

  if (GST_MESSAGE_TYPE (message) != GST_MESSAGE_ELEMENT || structure == NULL ||
      !gst_structure_has_name (structure, "missing-plugin"))
    return NULL;
  return g_strdup (gst_structure_get_string (structure, "name"));
}

/**
 * inb_player_error_is_sound:
 * @message: (transfer none): any message of a pipeline's bus
 *
 * Returns: whether it came from what plays sound: a clip without sound is better than none
 */
gboolean
inb_player_error_is_sound (GstMessage *message)
{
  GstObject *object = GST_MESSAGE_SRC (message);

  for (; object != NULL; object = GST_OBJECT_PARENT (object))
    {
      const char *klass = NULL;

      if (GST_IS_ELEMENT (object))
        klass = gst_element_get_metadata (GST_ELEMENT (object), GST_ELEMENT_METADATA_KLASS);
      if (klass != NULL && strstr (klass, "Sink") != NULL && strstr (klass, "Audio") != NULL)
        return TRUE;
    }
  return FALSE;
}

/**
 * inb_player_error_new:
 * @message: (transfer none): an error message of a pipeline's bus
 * @missing: (nullable): from inb_player_error_dup_missing()
 * @path: the clip's file
 *
 * Returns: (transfer full): the same for a person: %INB_ERROR_NO_CODEC, %INB_ERROR_NO_ACCESS or
 * %INB_ERROR_BAD_CLIP
 */
GError *
inb_player_error_new (GstMessage *message, const char *missing, const char *path)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autoptr (GError) error = NULL;

  gst_message_parse_error (message, &error, NULL);
  if (missing != NULL)
    return g_error_new (INB_ERROR, INB_ERROR_NO_CODEC,
                        /* Translators: %s is like "H.264 (High Profile) decoder" */
                        _ ("To play this clip a part is missing: %s. Install the package "
                           "gstreamer1.0-libav, or in Flatpak the extension "
                           "org.freedesktop.Platform.codecs-extra, and start again."),
                        missing);
  if (g_error_matches (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND))
    return g_error_new (INB_ERROR, INB_ERROR_NO_ACCESS,
                        _ ("The clip “%s” is no longer where it was kept. Generate it again, or "
                           "put the file back."),
                        name);
  if (error->domain == GST_RESOURCE_ERROR)
    return g_error_new (INB_ERROR, INB_ERROR_NO_ACCESS, _ ("The clip “%s” cannot be read: %s"),
                        name, error->message);
  return g_error_new (INB_ERROR, INB_ERROR_BAD_CLIP, _ ("The clip “%s” cannot be played: %s"), name,
                      error->message);
}
