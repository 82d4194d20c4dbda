/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inb-cli-key-input.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "core/inb-error.h"
#include "store/inb-keys.h"

/* Four times the longest key there is; more is some other file. Chosen. */
#define MAX_BYTES 4096

static struct termios loud;

/* Ctrl+C while nothing is shown must not leave a terminal that shows nothing. */
static void
interrupted_cb (int number)
{
  tcsetattr (STDIN_FILENO, TCSANOW, &loud);
  signal (number, SIG_DFL);
  raise (number);
}

/* Returns: whether standard input is a terminal, which shows nothing of what is typed now. */
static gboolean
begin_silence (void)
{
  static const int numbers[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
  const struct sigaction action = { .sa_handler = interrupted_cb };
  struct termios silent;

  if (!isatty (STDIN_FILENO) || tcgetattr (STDIN_FILENO, &loud) != 0)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    sigaction (numbers[i], &action, NULL);
  silent = loud;
  silent.c_lflag &= ~(tcflag_t) (ECHO | ECHONL);
  return tcsetattr (STDIN_FILENO, TCSAFLUSH, &silent) == 0;
}

/* Reads to the end, on a terminal to the end of the line. Returns: bytes read; −1 on failure */
static gssize
read_bytes (char *bytes, gsize size, gboolean one_line)
{
  gsize length = 0;

  while (length < size)
    {
      gssize n = read (STDIN_FILENO, bytes + length, size - length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return -1;
      length += (gsize) n;
      if (n == 0 || (one_line && memchr (bytes, '\n', length) != NULL))
        break;
    }
  return (gssize) length;
}

static void
strip_line_end (char *bytes, gsize *length)
{
  if (*length > 0 && bytes[*length - 1] == '\n')
    (*length)--;
  if (*length > 0 && bytes[*length - 1] == '\r')
    (*length)--;
  bytes[*length] = '\0';
}

static char *
take (char *bytes, gsize length, GError **error)
{
  if (length > MAX_BYTES)
    {
      inb_error_refuse (error, _ ("That is more than %d bytes, so it cannot be a key."), MAX_BYTES);
      return NULL;
    }
  strip_line_end (bytes, &length);
  if (length == 0)
    {
      inb_error_refuse (error,
                        _ ("No key came on standard input. Type it when asked, or give a file: "
                           "“inbetween-cli keys set ID < file”."));
      return NULL;
    }
  if (strlen (bytes) != length)
    {
      inb_error_refuse (error, _ ("That is no text, so it cannot be a key."));
      return NULL;
    }
  return inb_keys_check (bytes, error) ? inb_keys_copy (bytes) : NULL;
}

/**
 * inb_cli_key_input_read:
 * @label: what is asked for on a terminal
 * @error: %INB_ERROR_BAD_INPUT for what cannot be a key
 *
 * Reads a key from standard input: all of it but a line end, on a terminal one line that is not
 * shown. It is never an argument: those can be read by every program of the computer.
 *
 * Returns: (transfer full) (nullable): the key, freed by inb_keys_free()
 */
char *
inb_cli_key_input_read (const char *label, GError **error)
{
  char bytes[MAX_BYTES + 2] = { 0 };
  gboolean is_silent = begin_silence ();
  gssize length;
  int saved_errno;
  char *key;

  if (is_silent)
    /* Translators: a provider and a kind of key. The space at the end stays. */
    g_printerr (_ ("%s (it is not shown): "), label);
  length = read_bytes (bytes, MAX_BYTES + 1, is_silent);
  saved_errno = errno;
  if (is_silent)
    {
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &loud);
      g_printerr ("\n");
    }
  if (length < 0)
    {
      g_propagate_error (error, inb_error_new_for_errno (saved_errno, _ ("standard input")));
      return NULL;
    }
  key = take (bytes, (gsize) length, error);
  explicit_bzero (bytes, sizeof bytes);
  return key;
}
