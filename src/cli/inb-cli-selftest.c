/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inb-cli-selftest.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>

#include "cli/inb-cli-wait.h"
#include "cli/inb-cli.h"
#include "core/inb-error.h"
#include "jobs/inb-worker.h"
#include "render/inb-codec-list.h"
#include "store/inb-files.h"
#include "store/inb-keys.h"
#include "store/inb-lock.h"
#include "store/inb-paths.h"
#include "store/inb-store.h"

/* The data folder in the temporary one is two folders deep, three with clips. */
#define DEPTH 5

static const struct
{
  const char *id;
  const char *name;
  InbCodecFormat format;
  gboolean writes;
  const char *missing;
} codecs[] = {
  { "encoder-h264", N_ ("encoder: H.264"), INB_CODEC_H264, TRUE,
    N_ ("The local engine writes WebM (VP9) instead. On Debian install gstreamer1.0-plugins-ugly; "
        "in Flatpak the extension org.freedesktop.Platform.codecs-extra.") },
  { "encoder-vp9", N_ ("encoder: VP9"), INB_CODEC_VP9, TRUE,
    N_ ("WebM cannot be written. On Debian install gstreamer1.0-plugins-good.") },
  { "encoder-jpeg", N_ ("encoder: JPEG"), INB_CODEC_JPEG, TRUE,
    N_ ("Posters cannot be made. On Debian install gstreamer1.0-plugins-good.") },
  { "decoder-h264", N_ ("decoder: H.264"), INB_CODEC_H264, FALSE,
    N_ ("Clips of the services cannot be checked and played. On Debian install "
        "gstreamer1.0-libav; in Flatpak the extension "
        "org.freedesktop.Platform.codecs-extra.") },
  { "decoder-vp9", N_ ("decoder: VP9"), INB_CODEC_VP9, FALSE,
    N_ ("WebM clips cannot be played. On Debian install gstreamer1.0-plugins-good.") },
  { "decoder-h265", N_ ("decoder: H.265"), INB_CODEC_H265, FALSE,
    N_ ("Clips in H.265 cannot be played; no service sends them by itself.") },
  { "decoder-av1", N_ ("decoder: AV1"), INB_CODEC_AV1, FALSE,
    N_ ("Clips in AV1 cannot be played; no service sends them by itself.") },
  { "decoder-aac", N_ ("decoder: AAC"), INB_CODEC_AAC, FALSE,
    N_ ("The sound of MP4 clips is not heard. On Debian install gstreamer1.0-libav.") },
  { "decoder-opus", N_ ("decoder: Opus"), INB_CODEC_OPUS, FALSE,
    N_ ("The sound of WebM clips is not heard. On Debian install gstreamer1.0-plugins-base.") },
};

/**
 * inb_cli_selftest_run:
 * @self: a run
 * @arguments: (array zero-terminated=1): a worker's command and options
 * @error: as inb_worker_run_finish()
 *
 * Returns: (transfer full) (nullable): what the worker printed
 */
JsonObject *
inb_cli_selftest_run (InbCliSelftest *self, const char *const *arguments, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  inb_worker_run_async (arguments, NULL, NULL, NULL, self->cancellable, inb_cli_wait_take_result_cb,
                        &result);
  return inb_worker_run_finish (inb_cli_wait_result (&result), error);
}

/* Written, closed, found whole again */
static gboolean
use_store (const char *root, GError **error)
{
  static const char nothing[] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  g_autoptr (InbRequest) request = inb_request_new ();
  g_autoptr (InbLock) lock = NULL;
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  InbStore *store;
  gint64 latest;
  gboolean whole;

  g_free (request->start);
  request->start = g_strdup (nothing); /* SHA-256 of no bytes */
  g_free (request->prompt);
  request->prompt = g_strdup ("slow push in");
  if (!inb_paths_make (root, error))
    return FALSE;
  lock = inb_lock_try (root, error);
  if (lock == NULL)
    return FALSE;
  store = inb_store_open (root, INB_DATABASE_WRITE, error);
  if (store == NULL)
    return FALSE;
  ids = inb_store_add (store, request, NULL, "Self-test", &(InbTerms){ 0, 0 }, error);
  inb_store_close (store);
  if (ids == NULL || (store = inb_store_open (root, INB_DATABASE_READ, error)) == NULL)
    return FALSE;
  whole = inb_database_check (inb_store_get_database (store), error);
  rows = whole ? inb_store_list (store, 0, &latest, error) : NULL;
  inb_store_close (store);
  if (rows == NULL || rows->len == 1)
    return rows != NULL;
  g_set_error_literal (error, INB_ERROR, INB_ERROR_STORE,
                       _ ("A job that was written is not there when it is read again."));
  return FALSE;
}

static void
check_store (InbCliSelftest *self)
{
  g_autofree char *root = g_build_filename (self->folder, "store", NULL);
  const char *name = _ ("store in a temporary folder");
  GError *error = NULL;

  if (use_store (root, &error))
    inb_cli_findings_add (self->findings, "store", name, INB_CLI_FINDING_OK,
                          _ ("a job was written, and read again"));
  else
    inb_cli_findings_add_error (self->findings, "store", name, TRUE, error);
}

/* A computer without a keyring is a usual one; keys have another place then. */
static void
check_keyring (InbCliSelftest *self)
{
  g_autoptr (GError) error = NULL;

  if (inb_keys_ask_keyring (&error))
    inb_cli_findings_add (self->findings, "keyring", _ ("keyring for keys"), INB_CLI_FINDING_OK,
                          _ ("answers; no key was read"));
  else
    inb_cli_findings_add (self->findings, "keyring", _ ("keyring for keys"),
                          INB_CLI_FINDING_MISSING, error->message);
}

static void
check_codec (InbCliSelftest *self, gsize i)
{
  GError *error = NULL;
  g_auto (GStrv) names = codecs[i].writes ? inb_codec_list_encoders (codecs[i].format, &error)
                                          : inb_codec_list_decoders (codecs[i].format, &error);
  g_autofree char *joined = names != NULL ? g_strjoinv (", ", names) : NULL;

  if (names == NULL)
    inb_cli_findings_add_error (self->findings, codecs[i].id, _ (codecs[i].name), TRUE, error);
  else
    inb_cli_findings_add (self->findings, codecs[i].id, _ (codecs[i].name),
                          names[0] != NULL ? INB_CLI_FINDING_OK : INB_CLI_FINDING_MISSING,
                          names[0] != NULL ? joined : _ (codecs[i].missing));
}

static void
check_all (InbCliSelftest *self)
{
  inb_cli_selftest_check_photos (self);
  inb_cli_selftest_check_clip (self);
  check_store (self);
  check_keyring (self);
  for (gsize i = 0; i < G_N_ELEMENTS (codecs); i++)
    check_codec (self, i);
}

static gboolean
parse (gboolean *json, int argc, char **argv, GError **error)
{
  g_auto (GStrv) rest = NULL;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, json, N_ ("Print one JSON document"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &rest, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_summary (
      context, _ ("Checks what this installation can do: reads photos of several kinds, makes a\n"
                  "clip and decodes it, opens a store, asks for the keyring, and lists encoders\n"
                  "and decoders. All of it in a temporary folder; no job, key or setting of yours\n"
                  "is touched, and nothing is sent.\n"
                  "Exit status: 0 what must work does, 1 something of it does not."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!inb_cli_parse (context, &argc, &argv, error))
    return FALSE;
  return rest == NULL ||
         inb_error_refuse (error, _ ("“%s” stands alone. This command takes options only."),
                           rest[0]);
}

static gboolean
interrupt_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_CONTINUE;
}

/**
 * inb_cli_selftest:
 * @argc: arguments
 * @argv: the arguments, the command's name first
 *
 * Returns: 0 if what must work does; 1 if not; 2 for a wrong usage; 130 if it was interrupted
 */
int
inb_cli_selftest (int argc, char **argv)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (InbCliFindings) findings = inb_cli_findings_new ();
  InbCliSelftest self = { NULL, cancellable, findings };
  gboolean json = inb_cli_wants_json (argc, argv);
  GError *error = NULL;

  g_log_writer_default_set_use_stderr (TRUE); /* standard output holds the result only */
  if (!parse (&json, argc, argv, &error))
    return inb_cli_fail (error, json);
  g_unix_signal_add (SIGINT, interrupt_cb, cancellable);
  g_unix_signal_add (SIGTERM, interrupt_cb, cancellable);
  self.folder = g_dir_make_tmp ("inbetween-selftest-XXXXXX", &error);
  if (self.folder == NULL)
    {
      error->domain = INB_ERROR;
      error->code = INB_ERROR_NO_ACCESS;
      g_prefix_error (&error, _ ("There is no room for temporary files; TMPDIR can name some. "));
      return inb_cli_fail (error, json);
    }
  check_all (&self);
  inb_files_remove_tree (self.folder, DEPTH);
  g_free (self.folder);
  if (g_cancellable_set_error_if_cancelled (cancellable, NULL))
    return inb_cli_fail (g_error_new_literal (INB_ERROR, INB_ERROR_CANCELLED, _ ("Cancelled.")),
                         json);
  inb_cli_findings_print (findings, json);
  return inb_cli_findings_are_good (findings) ? 0 : 1;
}
