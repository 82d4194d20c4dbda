/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keyring-tools.h"

#include <ftw.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>

#define NAME "org.freedesktop.secrets"
#define SERVICE_PATH "/org/freedesktop/secrets"
#define PATIENCE_MS 20000

static char *home;
static GSubprocess *bus;
static GSubprocess *daemon_process;
static GDBusConnection *side; /* our own way to the bus, beside the one under test */
static const KeyringLie *fake_lies;
static gint n_calls;

gboolean
keyring_tools_has_daemon (void)
{
  g_autofree char *path = g_find_program_in_path ("gnome-keyring-daemon");

  return path != NULL;
}

static void
make_home (void)
{
  static const char *const variables[][2] = { { "HOME", "." },
                                              { "XDG_RUNTIME_DIR", "run" },
                                              { "XDG_DATA_HOME", "data" },
                                              { "XDG_CONFIG_HOME", "config" } };

  home = g_dir_make_tmp ("inb-keys-XXXXXX", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (variables); i++)
    {
      g_autofree char *path = g_build_filename (home, variables[i][1], NULL);

      g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
      g_setenv (variables[i][0], path, TRUE);
    }
}

/* Whatever becomes of a test, its daemons end with it. */
static void
set_up_cb (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

static GSubprocess *
start (GSubprocessFlags flags, const char *const *words)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (flags | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  /* it is not under test: our switches of memory checks and warnings are not for it */
  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG");
  g_subprocess_launcher_unsetenv (launcher, "G_MESSAGES_DEBUG");
  g_subprocess_launcher_set_child_setup (launcher, set_up_cb, NULL, NULL);
  process = g_subprocess_launcher_spawnv (launcher, words, &error);
  g_assert_no_error (error);
  return process;
}

static void
connect_side (const char *address)
{
  g_autoptr (GError) error = NULL;

  side = g_dbus_connection_new_for_address_sync (address,
                                                 G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                     G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                 NULL, NULL, &error);
  g_assert_no_error (error);
}

static const char configuration[] =
    "<busconfig><type>session</type><keep_umask/><listen>unix:dir=%s</listen><auth>EXTERNAL</auth>"
    "<policy context='default'><allow send_destination='*' eavesdrop='true'/>"
    "<allow eavesdrop='true'/><allow own='*'/></policy></busconfig>";

void
keyring_tools_begin_bus (void)
{
  g_autofree char *text = NULL;
  g_autofree char *file = NULL;
  g_autofree char *address = NULL;
  g_autoptr (GDataInputStream) said = NULL;

  make_home ();
  text = g_strdup_printf (configuration, g_getenv ("XDG_RUNTIME_DIR"));
  file = g_build_filename (home, "session.conf", NULL);
  g_assert_true (g_file_set_contents (file, text, -1, NULL));
  bus = start (G_SUBPROCESS_FLAGS_STDOUT_PIPE,
               (const char *const[]){ "dbus-daemon", "--nofork", "--print-address=1",
                                      "--config-file", file, NULL });
  said = g_data_input_stream_new (g_subprocess_get_stdout_pipe (bus));
  address = g_data_input_stream_read_line (said, NULL, NULL, NULL);
  g_assert_nonnull (address);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", address, TRUE);
  connect_side (address);
}

/* As in a system service or a container: no address, and none to be guessed. */
void
keyring_tools_begin_without_bus (void)
{
  make_home ();
  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
  g_unsetenv ("DISPLAY");
}

const char *
keyring_tools_get_home (void)
{
  return home;
}

static int
remove_cb (const char *path, const struct stat *facts, int kind, struct FTW *where)
{
  return remove (path);
}

static void
stop (GSubprocess **process)
{
  g_subprocess_force_exit (*process);
  g_subprocess_wait (*process, NULL, NULL);
  g_clear_object (process);
}

void
keyring_tools_stop_daemon (void)
{
  stop (&daemon_process);
}

/* As when a person logs out while something runs on */
void
keyring_tools_stop_bus (void)
{
  g_dbus_connection_close_sync (side, NULL, NULL);
  g_clear_object (&side);
  stop (&bus);
}

/* The next test's bus is another one: nobody may hold on to this one. */
static void
expect_released (void)
{
  GDBusConnection *connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  gint64 until_us = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;
  gpointer weak = connection;

  if (connection == NULL)
    return;
  g_dbus_connection_set_exit_on_close (connection, FALSE);
  g_object_add_weak_pointer (G_OBJECT (connection), &weak);
  g_object_unref (connection);
  while (g_atomic_pointer_get (&weak) != NULL && g_get_monotonic_time () < until_us)
    g_main_context_iteration (NULL, FALSE); /* its own thread may be about to let go */
  g_assert_null (weak);
}

/* released: whether nobody may hold on to the bus any more */
static void
end (gboolean released)
{
  if (daemon_process != NULL)
    stop (&daemon_process);
  if (released)
    expect_released ();
  if (bus != NULL)
    keyring_tools_stop_bus ();
  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
  nftw (home, remove_cb, 16, FTW_DEPTH | FTW_PHYS);
  g_clear_pointer (&home, g_free);
}

void
keyring_tools_end (void)
{
  end (TRUE);
}

/* After a question that was left behind; the process has to end soon. */
void
keyring_tools_end_unanswered (void)
{
  end (FALSE);
}

static GVariant *
ask (const char *destination, const char *path, const char *interface, const char *member,
     GVariant *parameters)
{
  g_autoptr (GError) error = NULL;
  GVariant *answer =
      g_dbus_connection_call_sync (side, destination, path, interface, member, parameters, NULL,
                                   G_DBUS_CALL_FLAGS_NONE, PATIENCE_MS, NULL, &error);

  g_assert_no_error (error);
  return answer;
}

static void
appeared_cb (GDBusConnection *connection, const char *name, const char *owner, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

static void
wait_for_name (void)
{
  gboolean there = FALSE;
  guint watch = g_bus_watch_name_on_connection (side, NAME, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                                appeared_cb, NULL, &there, NULL);

  while (!there)
    g_main_context_iteration (NULL, TRUE);
  g_bus_unwatch_name (watch);
}

/* A real one whose default collection is open; the password is one line end. */
void
keyring_tools_start_daemon (void)
{
  GOutputStream *password;

  daemon_process = start (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE,
                          (const char *const[]){ "gnome-keyring-daemon", "--foreground",
                                                 "--components=secrets", "--unlock", NULL });
  password = g_subprocess_get_stdin_pipe (daemon_process);
  g_assert_true (g_output_stream_write_all (password, "\n", 1, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (password, NULL, NULL));
  wait_for_name ();
}

/* Nobody is there to ask a person for the password: every wish to unlock is refused. */
void
keyring_tools_lock (void)
{
  g_autoptr (GVariant) answer =
      ask (NAME, SERVICE_PATH, "org.freedesktop.Secret.Service", "Lock",
           g_variant_new_parsed ("([objectpath '/org/freedesktop/secrets/collection/login'],)"));

  g_assert_nonnull (answer);
}

guint
keyring_tools_count_items (const char *provider)
{
  g_autoptr (GVariant) answer =
      ask (NAME, SERVICE_PATH, "org.freedesktop.Secret.Service", "SearchItems",
           g_variant_new_parsed ("({'provider': %s},)", provider));
  g_autoptr (GVariant) open = g_variant_get_child_value (answer, 0);
  g_autoptr (GVariant) locked = g_variant_get_child_value (answer, 1);

  return (guint) (g_variant_n_children (open) + g_variant_n_children (locked));
}

static GVariant *
make_body (const KeyringLie *lie)
{
  g_autoptr (GString) text = g_string_new (lie->body);
  g_autoptr (GString) bytes = g_string_new ("[");
  g_autoptr (GError) error = NULL;
  GVariant *body;

  for (const char *byte = lie->secret; byte != NULL && *byte != '\0'; byte++)
    g_string_append_printf (bytes, "%sbyte 0x%02x", byte == lie->secret ? "" : ", ",
                            (guchar) *byte);
  g_string_append (bytes, "]");
  g_string_replace (text, "SECRET", bytes->str, 0);
  body = g_variant_parse (G_VARIANT_TYPE (lie->type), text->str, NULL, NULL, &error);
  g_assert_no_error (error);
  return body;
}

static GDBusMessage *
answer (GDBusMessage *message)
{
  for (const KeyringLie *lie = fake_lies; lie != NULL && lie->about != NULL; lie++)
    if (g_str_equal (lie->about, g_dbus_message_get_member (message)))
      {
        GDBusMessage *reply = g_dbus_message_new_method_reply (message);
        g_autoptr (GVariant) body = make_body (lie);

        g_dbus_message_set_body (reply, body);
        return reply;
      }
  return g_dbus_message_new_method_error_literal (
      message, "org.freedesktop.DBus.Error.UnknownMethod", "not in this play");
}

/* In the connection's own thread: every call to the keyring ends here. */
static GDBusMessage *
filter_cb (GDBusConnection *connection, GDBusMessage *message, gboolean incoming,
           gpointer user_data)
{
  g_autoptr (GDBusMessage) call = message;
  g_autoptr (GDBusMessage) reply = NULL;
  g_autoptr (GVariant) alg = NULL;

  if (!incoming || g_dbus_message_get_message_type (call) != G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    return g_steal_pointer (&call);
  g_atomic_int_inc (&n_calls);
  if (fake_lies == NULL)
    return NULL;
  /* a keyring without ciphers: the library then takes the plain way */
  if (g_str_equal (g_dbus_message_get_member (call), "OpenSession"))
    g_variant_get_child (g_dbus_message_get_body (call), 0, "@s", &alg);
  if (alg != NULL && !g_str_equal (g_variant_get_string (alg, NULL), "plain"))
    reply = g_dbus_message_new_method_error_literal (
        call, "org.freedesktop.DBus.Error.NotSupported", "plain only");
  else
    reply = answer (call);
  g_dbus_connection_send_message (connection, reply, G_DBUS_SEND_MESSAGE_FLAGS_NONE, NULL, NULL);
  return NULL;
}

void
keyring_tools_start_fake (const KeyringLie *lies)
{
  g_autoptr (GVariant) owned = NULL;

  fake_lies = lies;
  g_atomic_int_set (&n_calls, 0);
  g_dbus_connection_add_filter (side, filter_cb, NULL, NULL);
  owned = ask ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
               "RequestName", g_variant_new ("(su)", NAME, 0));
  g_assert_nonnull (owned);
}

guint
keyring_tools_count_calls (void)
{
  return (guint) g_atomic_int_get (&n_calls);
}

static const char *looked_for;
static GStrvBuilder *hits;

static int
look_cb (const char *path, const struct stat *facts, int kind, struct FTW *where)
{
  g_autofree char *bytes = NULL;
  gsize length = 0;

  if (kind == FTW_F && g_file_get_contents (path, &bytes, &length, NULL) &&
      memmem (bytes, length, looked_for, strlen (looked_for)) != NULL)
    g_strv_builder_add (hits, path);
  return 0;
}

/* Returns: paths of the files below a folder that hold a text. */
char **
keyring_tools_find_files_with (const char *folder, const char *text)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  looked_for = text;
  hits = builder;
  nftw (folder, look_cb, 16, FTW_PHYS);
  hits = NULL;
  return g_strv_builder_end (builder);
}
