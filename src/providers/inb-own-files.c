/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "providers/inb-own-files.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/inb-error.h"
#include "providers/inb-provider-file.h"

/* Chosen: more than anybody has accounts; beyond it names are not even collected. */
#define MAX_FILES 64
#define MAX_NAMES 1024
#define SUFFIX ".json"

/* A file that can be read to its bound and is one: not a link to somewhere else, not a pipe that
 * never ends. */
static GBytes *
read_bounded (int folder, const char *name, GError **error)
{
  g_autofree char *data = NULL;
  gsize length = 0;
  struct stat status;
  int fd = openat (folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  gssize got = 1;

  if (fd < 0 || fstat (fd, &status) != 0 || !S_ISREG (status.st_mode))
    {
      int saved_errno = fd < 0 ? errno : EINVAL;

      if (fd >= 0)
        close (fd);
      g_set_error (error, INB_ERROR, INB_ERROR_BAD_INPUT, _ ("Provider file “%s”, %s: %s."), name,
                   _ ("the whole of it"),
                   saved_errno == ELOOP || saved_errno == EINVAL
                       ? _ ("must be an ordinary file, not a link or a folder")
                       : g_strerror (saved_errno));
      return NULL;
    }
  data = g_malloc (INB_PROVIDER_MAX_BYTES + 1);
  while (length <= INB_PROVIDER_MAX_BYTES && got != 0)
    {
      got = read (fd, data + length, INB_PROVIDER_MAX_BYTES + 1 - length);
      if (got < 0 && errno != EINTR)
        break;
      length += got > 0 ? (gsize) got : 0;
    }
  if (got < 0)
    g_propagate_error (error, inb_error_new_for_errno (errno, name));
  close (fd);
  return got < 0 ? NULL : g_bytes_new_take (g_steal_pointer (&data), length);
}

static gboolean
is_there (const GPtrArray *providers, const char *id)
{
  for (guint i = 0; i < providers->len; i++)
    if (g_str_equal (((InbProvider *) g_ptr_array_index (providers, i))->id, id))
      return TRUE;
  return FALSE;
}

static InbProvider *
read_one (int folder, const char *name, const GPtrArray *providers, GError **error)
{
  g_autoptr (GBytes) bytes = read_bounded (folder, name, error);
  g_autoptr (InbProvider) provider =
      bytes != NULL ? inb_provider_file_read_own (bytes, name, error) : NULL;
  const char *reason = NULL;

  if (provider == NULL)
    return NULL;
  if (is_there (providers, provider->id))
    reason = _ ("belongs to a provider of this program; choose another");
  else if (!g_str_has_prefix (name, provider->id) ||
           !g_str_equal (name + strlen (provider->id), SUFFIX))
    reason = _ ("must be the file's name");
  if (reason == NULL)
    return g_steal_pointer (&provider);
  g_set_error (error, INB_ERROR, INB_ERROR_BAD_INPUT, _ ("Provider file “%s”, %s: %s."), name, "id",
               reason);
  return NULL;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* Names as they can be shown: letters, digits, dashes and dots. */
static gboolean
is_plain (const char *name)
{
  return strlen (name) <= 64 + strlen (SUFFIX) &&
         strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_.") == strlen (name);
}

static GPtrArray *
list_names (const char *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && names->len < MAX_NAMES && (name = g_dir_read_name (dir)) != NULL)
    if (*name != '.' && g_str_has_suffix (name, SUFFIX))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

static void
read_named (int folder, const char *name, GPtrArray *providers, GPtrArray *faults)
{
  GError *fault = NULL;
  InbProvider *provider = NULL;
  g_autofree char *shown = g_strescape (name, NULL);

  if (is_plain (name))
    provider = read_one (folder, name, providers, &fault);
  else
    g_set_error (&fault, INB_ERROR, INB_ERROR_BAD_INPUT, _ ("Provider file “%.100s”, %s: %s."),
                 shown, _ ("the whole of it"),
                 _ ("its name may have lower case letters, digits and dashes, and ends in .json"));
  if (provider != NULL)
    g_ptr_array_add (providers, provider);
  else
    g_ptr_array_add (faults, fault);
}

/**
 * inb_own_files_read:
 * @folder: a folder that need not exist
 * @providers: (element-type InbProvider): those there are already; what is found is put to it
 * @faults: (element-type GError): %INB_ERROR_BAD_INPUT or %INB_ERROR_NO_ACCESS for each file that
 * cannot be used, naming file, path and reason, are put to it
 *
 * Reads what a person added: NAME.json, at most 64 files in the order of their names, each at most
 * 64 KiB and an ordinary file. One that is faulty does not hide the others.
 */
void
inb_own_files_read (const char *folder, GPtrArray *providers, GPtrArray *faults)
{
  g_autoptr (GPtrArray) names = list_names (folder);
  int fd = names->len > 0 ? open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;

  if (fd < 0)
    return;
  for (guint i = 0; i < names->len && i < MAX_FILES; i++)
    read_named (fd, g_ptr_array_index (names, i), providers, faults);
  if (names->len > MAX_FILES)
    g_ptr_array_add (faults, g_error_new (INB_ERROR, INB_ERROR_BAD_INPUT,
                                          _ ("“%s” has more than %d provider files. Only the first "
                                             "by name are read."),
                                          folder, MAX_FILES));
  close (fd);
}
