/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "providers/inb-model-file.h"

#include <string.h>

#include "core/inb-money.h"

#define MAX_MODELS 32
#define MAX_SECONDS 60
#define MAX_VARIABLES 16
#define MAX_NAME 60
#define MAX_SENTENCE 400
#define MAX_CLIP_MICROS (G_GINT64_CONSTANT (1000) * INB_MICROS_PER_DOLLAR)
#define ID_CHARS "abcdefghijklmnopqrstuvwxyz0123456789-."
#define NAME_CHARS "abcdefghijklmnopqrstuvwxyz0123456789_"
#define VALUE_CHARS G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-._/:"

static const char *const resolution_words[] = { "1080p", "720p" };

/**
 * inb_model_file_read_words:
 * @parent: a reader
 * @name: a member that may be missing or null: a sentence by language; English must be there
 * @words: (out) (transfer full) (nullable): the sentence
 *
 * Returns: %FALSE after a fault
 */
gboolean
inb_model_file_read_words (InbReader *parent, const char *name, char **words)
{
  InbReader reader;
  gboolean good;

  if (inb_reader_is_null (parent, name))
    return TRUE;
  if (!inb_reader_enter (&reader, parent, name))
    return FALSE;
  good = inb_reader_dup_text (&reader, "en", MAX_SENTENCE, words);
  return inb_reader_end (&reader) && good;
}

static gboolean
read_features (InbReader *reader, InbModel *model)
{
  InbReader reasons;
  gboolean good = TRUE;

  for (guint i = 0; i < INB_N_FEATURES && good; i++)
    {
      const char *words[] = { "no", "ignored", "unproven", "yes" };
      guint index = 0;

      good = inb_reader_word (reader, inb_feature_to_string ((InbFeature) i), words,
                              G_N_ELEMENTS (words), &index);
      model->can[i] = (InbCapability) index;
    }
  if (!good || inb_reader_is_null (reader, "reasons"))
    return good;
  if (!inb_reader_enter (&reasons, reader, "reasons"))
    return FALSE;
  for (guint i = 0; i < INB_N_FEATURES && good; i++)
    good = inb_model_file_read_words (&reasons, inb_feature_to_string ((InbFeature) i),
                                      &model->reasons[i]);
  return inb_reader_end (&reasons) && good;
}

static gboolean
read_durations (InbReader *reader, InbModel *model)
{
  JsonArray *array = NULL;

  if (!inb_reader_array (reader, "durations_s", &array))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      guint seconds;

      if (json_node_get_value_type (node) != G_TYPE_INT64 || json_node_get_int (node) < 1 ||
          json_node_get_int (node) > MAX_SECONDS)
        return inb_reader_refuse (reader, "durations_s", "may hold whole seconds from 1 to %d",
                                  MAX_SECONDS);
      seconds = (guint) json_node_get_int (node);
      g_array_append_val (model->durations_s, seconds);
    }
  return TRUE;
}

static gboolean
read_clip_micros (InbReader *parent, InbModel *model)
{
  InbReader reader;
  gboolean good = TRUE;

  if (!inb_reader_enter (&reader, parent, "clip_micros"))
    return FALSE;
  for (guint i = 0; i < model->durations_s->len && good; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", g_array_index (model->durations_s, guint, i));

      good = inb_reader_int (&reader, name, 0, MAX_CLIP_MICROS,
                             &g_array_index (model->prices, gint64, i));
    }
  return inb_reader_end (&reader) && good;
}

static gboolean
read_price (InbReader *parent, InbModel *model)
{
  const gint64 unknown = INB_MICROS_UNKNOWN;
  const char *dollars[] = { "USD" };
  guint currency = 0;
  InbReader reader;
  gboolean good;

  for (guint i = 0; i < model->durations_s->len; i++)
    g_array_append_val (model->prices, unknown);
  if (inb_reader_is_null (parent, "price"))
    return TRUE;
  if (!inb_reader_enter (&reader, parent, "price"))
    return FALSE;
  good = inb_reader_word (&reader, "currency", dollars, 1, &currency) &&
         inb_reader_dup_text (&reader, "source", MAX_SENTENCE, &model->price_source) &&
         read_clip_micros (&reader, model);
  return inb_reader_end (&reader) && good;
}

/* Values of placeholders: they may stand in addresses, so no character in them has a meaning there
 * but the slash. */
static gboolean
read_variable (InbReader *reader, const char *name, InbModel *model)
{
  const char *value = NULL;

  if (*name == '\0' || strlen (name) > 32 || strspn (name, NAME_CHARS) != strlen (name))
    return inb_reader_refuse (reader, name, "may have lower case letters, digits and “_”");
  if (!inb_reader_string (reader, name, &value))
    return FALSE;
  if (strlen (value) > 200 || strspn (value, VALUE_CHARS) != strlen (value) ||
      strstr (value, "..") != NULL || strstr (value, "//") != NULL || *value == '/')
    return inb_reader_refuse (reader, name, "may have letters, digits and - . _ / : only");
  g_hash_table_insert (model->variables, g_strdup (name), g_strdup (value));
  return TRUE;
}

static gboolean
read_variables (InbReader *parent, InbModel *model)
{
  g_autoptr (GList) members = NULL;
  InbReader reader;
  gboolean good = TRUE;

  if (inb_reader_is_null (parent, "variables"))
    return TRUE;
  if (!inb_reader_enter (&reader, parent, "variables"))
    return FALSE;
  model->variables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  members = json_object_get_members (reader.object);
  if (g_list_length (members) > MAX_VARIABLES)
    good = inb_reader_refuse (parent, "variables", "may have at most %d members", MAX_VARIABLES);
  for (GList *link = members; link != NULL && good; link = link->next)
    good = read_variable (&reader, link->data, model);
  return inb_reader_end (&reader) && good;
}

static gboolean
read_identity (InbReader *reader, InbModel *model)
{
  const char *id = NULL, *released = NULL;
  guint resolution = 0;

  if (!inb_reader_string (reader, "id", &id))
    return FALSE;
  if (strlen (id) > 64 || strspn (id, ID_CHARS) != strlen (id))
    return inb_reader_refuse (reader, "id", "may have lower case letters, digits, dashes and dots");
  model->id = g_strdup (id);
  if (!inb_reader_dup_text (reader, "name", MAX_NAME, &model->name) ||
      !inb_reader_string_or_null (reader, "released", &released) ||
      !inb_reader_word (reader, "resolution", resolution_words, G_N_ELEMENTS (resolution_words),
                        &resolution))
    return FALSE;
  if (released != NULL && (strlen (released) != 10 || strspn (released, G_CSET_DIGITS "-") != 10))
    return inb_reader_refuse (reader, "released", "must be a day such as 2025-09-23");
  model->released = g_strdup (released);
  model->resolution = g_strdup (resolution_words[resolution]);
  return TRUE;
}

static gboolean
read_model (InbReader *reader, InbModel *model)
{
  gint64 takes = 1, typical = 0;
  gboolean good = read_identity (reader, model) &&
                  inb_reader_int (reader, "takes_per_submit", 1, INB_MAX_TAKES, &takes) &&
                  inb_reader_int_or_null (reader, "typical_s", 86400, &typical) &&
                  read_durations (reader, model) && read_features (reader, model) &&
                  read_price (reader, model) && read_variables (reader, model);

  model->takes_per_submit = (guint) takes;
  model->typical_s = (guint) typical;
  return good;
}

static guint
count_variables (const InbModel *model)
{
  return model->variables != NULL ? g_hash_table_size (model->variables) : 0;
}

/* A placeholder must have a value whichever model is chosen. */
static gboolean
check_model (InbReader *reader, const InbProvider *self, const InbModel *model)
{
  const InbModel *first = g_ptr_array_index (self->models, 0);
  GHashTableIter iter;
  gpointer name;

  for (guint i = 0; i + 1 < self->models->len; i++)
    if (g_str_equal (((InbModel *) g_ptr_array_index (self->models, i))->id, model->id))
      return inb_reader_refuse (reader, "id", "“%s” is there twice", model->id);
  if (count_variables (first) != count_variables (model))
    return inb_reader_refuse (reader, "variables", "must have the names of the first model");
  if (model->variables == NULL)
    return TRUE;
  g_hash_table_iter_init (&iter, model->variables);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_hash_table_contains (first->variables, name))
      return inb_reader_refuse (reader, "variables", "must have the names of the first model");
  return TRUE;
}

/**
 * inb_model_file_list_variables:
 * @self: a provider with its models
 *
 * Returns: (transfer container) (element-type utf8): names that every model has a value for
 */
GHashTable *
inb_model_file_list_variables (const InbProvider *self)
{
  GHashTable *names = g_hash_table_new (g_str_hash, g_str_equal);
  const InbModel *first = g_ptr_array_index (self->models, 0);
  GHashTableIter iter;
  gpointer name;

  if (first->variables == NULL)
    return names;
  g_hash_table_iter_init (&iter, first->variables);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_hash_table_add (names, name);
  return names;
}

/**
 * inb_model_file_read_all:
 * @root: a reader of the whole file
 * @self: takes the models
 *
 * Returns: %FALSE after a fault
 */
gboolean
inb_model_file_read_all (InbReader *root, InbProvider *self)
{
  JsonArray *array = NULL;

  if (!inb_reader_array (root, "models", &array))
    return FALSE;
  if (json_array_get_length (array) > MAX_MODELS)
    return inb_reader_refuse (root, "models", "may hold at most %d models", MAX_MODELS);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      InbModel *model = g_new0 (InbModel, 1);
      InbReader reader;
      gboolean good;

      model->durations_s = g_array_new (FALSE, FALSE, sizeof (guint));
      model->prices = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_ptr_array_add (self->models, model);
      if (!inb_reader_enter_element (&reader, root, "models", array, i))
        return FALSE;
      good = read_model (&reader, model) && check_model (&reader, self, model);
      if (!inb_reader_end (&reader) || !good)
        return FALSE;
    }
  return TRUE;
}
