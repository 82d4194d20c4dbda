/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-codecs.h"

#include <errno.h>
#include <glib/gi18n.h>

#include "core/inb-error.h"

/**
 * inb_codecs_init:
 * @error: %INB_ERROR_FAILED if GStreamer cannot start
 *
 * Starts GStreamer, once a process. Called late: reading the registry takes 8 ms, building it where
 * there is none 365 ms (measured), and y4m needs neither.
 *
 * Returns: %FALSE if nothing of GStreamer can be used
 */
gboolean
inb_codecs_init (GError **error)
{
  g_autoptr (GError) gst_error = NULL;

  if (gst_init_check (NULL, NULL, &gst_error))
    return TRUE;
  g_set_error (error, INB_ERROR, INB_ERROR_FAILED,
               _ ("GStreamer, which reads and writes clips, does not start: %s."),
               gst_error != NULL ? gst_error->message : "gst_init");
  return FALSE;
}

/**
 * inb_codecs_has:
 * @factory: name of an element
 *
 * Rank NONE counts as missing for encoders, decoders and parsers, so that whoever disables one
 * (GST_PLUGIN_FEATURE_RANK=x264enc:NONE) is obeyed here as in automatic plugging. GStreamer has to
 * be started.
 *
 * Returns: whether the element may be used
 */
gboolean
inb_codecs_has (const char *factory)
{
  g_autoptr (GstElementFactory) found = gst_element_factory_find (factory);

  return found != NULL && gst_plugin_feature_get_rank (GST_PLUGIN_FEATURE (found)) != GST_RANK_NONE;
}

/**
 * inb_codecs_has_all:
 * @factories: (array zero-terminated=1): names of elements
 *
 * Returns: whether each may be used
 */
gboolean
inb_codecs_has_all (const char *const *factories)
{
  for (; *factories != NULL; factories++)
    if (!inb_codecs_has (*factories))
      return FALSE;
  return TRUE;
}

/**
 * inb_codecs_error_new:
 * @message: an error message of a pipeline
 * @what: the file, as the person knows it
 *
 * Returns: (transfer full): %INB_ERROR_NO_SPACE for a full disk, %INB_ERROR_NO_CODEC for an element
 * that is not installed, else %INB_ERROR_FAILED with GStreamer's words
 */
GError *
inb_codecs_error_new (GstMessage *message, const char *what)
{
  g_autoptr (GError) gst_error = NULL;
  g_autofree char *debug = NULL;

  gst_message_parse_error (message, &gst_error, &debug);
  if (g_error_matches (gst_error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NO_SPACE_LEFT) ||
      (debug != NULL && strstr (debug, g_strerror (ENOSPC)) != NULL))
    return inb_error_new_for_errno (ENOSPC, what);
  if (g_error_matches (gst_error, GST_CORE_ERROR, GST_CORE_ERROR_MISSING_PLUGIN) ||
      g_error_matches (gst_error, GST_STREAM_ERROR, GST_STREAM_ERROR_CODEC_NOT_FOUND))
    return g_error_new (INB_ERROR, INB_ERROR_NO_CODEC, _ ("“%s” needs what is not installed: %s"),
                        what, gst_error->message);
  return g_error_new (INB_ERROR, INB_ERROR_FAILED, _ ("“%s” failed: %s"), what, gst_error->message);
}
