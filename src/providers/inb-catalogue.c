/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "providers/inb-catalogue.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/inb-error.h"
#include "providers/inb-own-files.h"
#include "providers/inb-provider-file.h"

#define FOLDER "/io/github/inbetween/Inbetween/providers/"

typedef struct
{
  GPtrArray *providers;
  GPtrArray *faults;
  GError *error;
} Catalogue;

/* Set by main() before there are threads */
static char *own_folder;

/* The local engine first, then by name: so they stand in lists. */
static int
compare (gconstpointer a, gconstpointer b)
{
  const InbProvider *first = *(InbProvider *const *) a;
  const InbProvider *second = *(InbProvider *const *) b;

  if (first->kind != second->kind)
    return first->kind == INB_PROVIDER_LOCAL ? -1 : 1;
  return g_utf8_collate (first->name, second->name);
}

static InbProvider *
read_one (const char *name, GError **error)
{
  g_autofree char *path = g_strconcat (FOLDER, name, NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autoptr (InbProvider) provider =
      bytes != NULL ? inb_provider_file_read (bytes, name, error) : NULL;

  if (provider == NULL)
    return NULL;
  if (g_str_has_prefix (name, provider->id) && g_str_equal (name + strlen (provider->id), ".json"))
    return g_steal_pointer (&provider);
  g_set_error (error, INB_ERROR, INB_ERROR_BAD_INPUT, _ ("Provider file “%s”, %s: %s."), name, "id",
               "must be the file's name");
  return NULL;
}

static gpointer
read_all (gpointer unused)
{
  Catalogue *self = g_new0 (Catalogue, 1);
  g_auto (GStrv) names =
      g_resources_enumerate_children (FOLDER, G_RESOURCE_LOOKUP_FLAGS_NONE, &self->error);

  self->providers = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_provider_free);
  for (guint i = 0; names != NULL && names[i] != NULL && self->error == NULL; i++)
    {
      InbProvider *provider =
          g_str_has_suffix (names[i], ".json") ? read_one (names[i], &self->error) : NULL;

      if (provider != NULL)
        g_ptr_array_add (self->providers, provider);
    }
  self->faults = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  if (own_folder != NULL && self->error == NULL)
    inb_own_files_read (own_folder, self->providers, self->faults);
  g_ptr_array_sort (self->providers, compare);
  return self;
}

static Catalogue *
get (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, read_all, NULL);
}

/**
 * inb_catalogue_set_folder:
 * @folder: where a person's own provider files lie; it need not exist
 *
 * To be called by main(), before anything else of the catalogue: it is read once, so that a
 * provider cannot change under a job. A file that was added counts from the next start.
 */
void
inb_catalogue_set_folder (const char *folder)
{
  g_free (own_folder);
  own_folder = g_strdup (folder);
}

/**
 * inb_catalogue_get_faults:
 *
 * Returns: (transfer none) (element-type GError): why some of a person's own files are not among
 * the providers
 */
const GPtrArray *
inb_catalogue_get_faults (void)
{
  return get ()->faults;
}

/**
 * inb_catalogue_get_providers:
 * @error: %INB_ERROR_BAD_INPUT for a faulty file, naming file, path and reason
 *
 * Read once, from the program's own resources and the folder of inb_catalogue_set_folder(); from
 * any thread.
 *
 * Returns: (transfer none) (nullable) (element-type InbProvider): all of them, the local engine
 * first
 */
const GPtrArray *
inb_catalogue_get_providers (GError **error)
{
  Catalogue *self = get ();

  if (self->error == NULL)
    return self->providers;
  g_propagate_error (error, g_error_copy (self->error));
  return NULL;
}

static char *
list_ids (const GPtrArray *providers)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < providers->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                            ((InbProvider *) g_ptr_array_index (providers, i))->id);
  return g_string_free (text, FALSE);
}

/**
 * inb_catalogue_find:
 * @id: id of a provider
 * @error: %INB_ERROR_BAD_INPUT if there is none, naming those there are
 *
 * Returns: (transfer none) (nullable): the provider, for the life of the program
 */
const InbProvider *
inb_catalogue_find (const char *id, GError **error)
{
  const GPtrArray *providers = inb_catalogue_get_providers (error);
  g_autofree char *known = NULL;

  if (providers == NULL)
    return NULL;
  for (guint i = 0; i < providers->len; i++)
    {
      const InbProvider *provider = g_ptr_array_index (providers, i);

      if (g_strcmp0 (provider->id, id) == 0)
        return provider;
    }
  known = list_ids (providers);
  g_set_error (error, INB_ERROR, INB_ERROR_BAD_INPUT,
               _ ("There is no provider “%s”. Choose one of: %s."), id, known);
  return NULL;
}

/**
 * inb_catalogue_get_limits:
 * @id: id of a provider
 * @limits: (out): what it takes as a frame
 * @error: as inb_catalogue_find()
 *
 * Returns: %TRUE if there is such a provider
 */
gboolean
inb_catalogue_get_limits (const char *id, InbLimits *limits, GError **error)
{
  const InbProvider *provider = inb_catalogue_find (id, error);

  if (provider == NULL)
    return FALSE;
  *limits = provider->limits;
  return TRUE;
}
