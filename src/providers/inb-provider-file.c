/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "providers/inb-provider-file.h"

#include <string.h>

#include "core/inb-money.h"
#include "providers/inb-reader.h"

#define MAX_MODELS 32
#define MAX_SECONDS 60
#define MAX_CLIP_MICROS (G_GINT64_CONSTANT (1000) * INB_MICROS_PER_DOLLAR)
#define ID_CHARS "abcdefghijklmnopqrstuvwxyz0123456789-."

static const char *const format_words[] = { "jpeg", "png", "webp" };
static const InbImageFormats format_bits[] = { INB_IMAGE_JPEG, INB_IMAGE_PNG, INB_IMAGE_WEBP };
static const char *const resolution_words[] = { "1080p", "720p" };
static const char *const kind_words[] = { "local" };

static gboolean
read_formats (InbReader *reader, InbImageFormats *formats)
{
  JsonArray *array = NULL;

  if (!inb_reader_array (reader, "formats", &array))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      const char *word =
          json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
      guint known = 0;

      while (known < G_N_ELEMENTS (format_words) && g_strcmp0 (format_words[known], word) != 0)
        known++;
      if (known == G_N_ELEMENTS (format_words))
        return inb_reader_refuse (reader, "formats", "may name jpeg, png and webp");
      *formats |= format_bits[known];
    }
  return TRUE;
}

static double
get_number (JsonArray *array, guint index)
{
  JsonNode *node = json_array_get_element (array, index);

  if (json_node_get_value_type (node) != G_TYPE_INT64 &&
      json_node_get_value_type (node) != G_TYPE_DOUBLE)
    return 0.0;
  return json_node_get_double (node);
}

static gboolean
read_ratio (InbReader *reader, InbLimits *limits)
{
  JsonArray *array = NULL;

  if (inb_reader_is_null (reader, "ratio"))
    return TRUE;
  if (!inb_reader_array (reader, "ratio", &array))
    return FALSE;
  if (json_array_get_length (array) == 2)
    {
      limits->min_ratio = get_number (array, 0);
      limits->max_ratio = get_number (array, 1);
    }
  if (limits->min_ratio > 0.0 && limits->max_ratio >= limits->min_ratio &&
      limits->max_ratio <= 1000.0)
    return TRUE;
  return inb_reader_refuse (reader, "ratio", "must be two numbers, the smaller first");
}

static gboolean
read_image (InbReader *parent, InbLimits *limits)
{
  gint64 min_side = 0, max_side = 0;
  InbReader reader;
  gboolean good;

  if (!inb_reader_enter (&reader, parent, "image"))
    return FALSE;
  good = read_formats (&reader, &limits->formats) && read_ratio (&reader, limits) &&
         inb_reader_int_or_null (&reader, "max_bytes", G_MAXINT32, &limits->max_bytes) &&
         inb_reader_int_or_null (&reader, "min_side_px", 32767, &min_side) &&
         inb_reader_int_or_null (&reader, "max_side_px", 32767, &max_side) &&
         (inb_reader_is_null (&reader, "alpha") ||
          inb_reader_boolean (&reader, "alpha", &limits->alpha));
  limits->min_side = (guint) min_side;
  limits->max_side = (guint) max_side;
  return inb_reader_end (&reader) && good;
}

static gboolean
read_limits (InbReader *parent, InbProvider *self)
{
  gint64 prompt_chars = 0, negative_chars = 0;
  InbReader reader;
  gboolean good;

  if (!inb_reader_enter (&reader, parent, "limits"))
    return FALSE;
  good = inb_reader_int_or_null (&reader, "prompt_chars", 100000, &prompt_chars) &&
         inb_reader_int_or_null (&reader, "negative_chars", 100000, &negative_chars) &&
         read_image (&reader, &self->limits);
  self->prompt_chars = (guint) prompt_chars;
  self->negative_chars = (guint) negative_chars;
  return inb_reader_end (&reader) && good;
}

/* Texts by language; English is the one that must be there. */
static gboolean
read_words (InbReader *parent, const char *name, char **words)
{
  const char *text = NULL;
  InbReader reader;
  gboolean good;

  if (inb_reader_is_null (parent, name))
    return TRUE;
  if (!inb_reader_enter (&reader, parent, name))
    return FALSE;
  good = inb_reader_string (&reader, "en", &text);
  *words = g_strdup (text);
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
    good = read_words (&reasons, inb_feature_to_string ((InbFeature) i), &model->reasons[i]);
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
  const char *source = NULL;
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
         inb_reader_string (&reader, "source", &source) && read_clip_micros (&reader, model);
  model->price_source = g_strdup (source);
  return inb_reader_end (&reader) && good;
}

static gboolean
read_model (InbReader *reader, InbModel *model)
{
  gint64 takes = 1, typical = 0;
  guint resolution = 0;
  const char *id = NULL, *name = NULL;
  gboolean good =
      inb_reader_string (reader, "id", &id) && inb_reader_string (reader, "name", &name) &&
      inb_reader_word (reader, "resolution", resolution_words, G_N_ELEMENTS (resolution_words),
                       &resolution) &&
      inb_reader_int (reader, "takes_per_submit", 1, INB_MAX_TAKES, &takes) &&
      inb_reader_int_or_null (reader, "typical_s", 86400, &typical) &&
      read_durations (reader, model) && read_features (reader, model) && read_price (reader, model);

  model->id = g_strdup (id);
  model->name = g_strdup (name);
  model->resolution = g_strdup (resolution_words[resolution]);
  model->takes_per_submit = (guint) takes;
  model->typical_s = (guint) typical;
  return good;
}

static gboolean
read_models (InbReader *parent, InbProvider *self)
{
  JsonArray *array = NULL;

  if (!inb_reader_array (parent, "models", &array))
    return FALSE;
  if (json_array_get_length (array) > MAX_MODELS)
    return inb_reader_refuse (parent, "models", "may hold at most %d models", MAX_MODELS);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      InbModel *model = g_new0 (InbModel, 1);
      InbReader reader;
      gboolean good;

      model->durations_s = g_array_new (FALSE, FALSE, sizeof (guint));
      model->prices = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_ptr_array_add (self->models, model);
      if (!inb_reader_enter_element (&reader, parent, "models", array, i))
        return FALSE;
      good = read_model (&reader, model);
      if (!inb_reader_end (&reader) || !good)
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_tristate (InbReader *reader, const char *name, int *value)
{
  gboolean yes = FALSE;

  *value = -1;
  if (inb_reader_is_null (reader, name))
    return TRUE;
  if (!inb_reader_boolean (reader, name, &yes))
    return FALSE;
  *value = yes;
  return TRUE;
}

static gboolean
read_privacy (InbReader *parent, InbProvider *self)
{
  InbReader reader;
  gboolean good;

  if (!inb_reader_enter (&reader, parent, "privacy"))
    return FALSE;
  good = read_tristate (&reader, "zero_data_retention", &self->zero_data_retention) &&
         read_tristate (&reader, "no_training", &self->no_training);
  return inb_reader_end (&reader) && good;
}

static gboolean
read_address (InbReader *reader, const char *name, char **address)
{
  g_autofree char *scheme = NULL;
  const char *text = NULL;

  if (!inb_reader_string_or_null (reader, name, &text))
    return FALSE;
  scheme = text != NULL ? g_uri_parse_scheme (text) : NULL;
  if (text != NULL && g_strcmp0 (scheme, "https") != 0)
    return inb_reader_refuse (reader, name, "must be an https address");
  *address = g_strdup (text);
  return TRUE;
}

static gboolean
read_root (InbReader *reader, InbProvider *self)
{
  const char *id = NULL, *name = NULL;
  gint64 format = 0;
  guint kind = 0;

  if (!inb_reader_int (reader, "format", 1, 1, &format) || !inb_reader_string (reader, "id", &id))
    return FALSE;
  self->id = g_strdup (id);
  if (strlen (id) > 64 || strspn (id, ID_CHARS) != strlen (id))
    return inb_reader_refuse (reader, "id", "may have lower case letters, digits and dashes");
  if (!inb_reader_string (reader, "name", &name))
    return FALSE;
  self->name = g_strdup (name);
  self->kind = INB_PROVIDER_LOCAL;
  return inb_reader_word (reader, "kind", kind_words, G_N_ELEMENTS (kind_words), &kind) &&
         read_address (reader, "site", &self->site) &&
         read_address (reader, "keys_page", &self->keys_page) && read_limits (reader, self) &&
         read_models (reader, self) && read_privacy (reader, self) &&
         read_words (reader, "notes", &self->note);
}

static InbProvider *
refuse_text (const char *file, GError **error, const char *reason)
{
  g_autoptr (JsonObject) nothing = json_object_new ();
  InbReader reader;

  inb_reader_begin (&reader, file, nothing, error);
  inb_reader_refuse (&reader, NULL, "%s", reason);
  inb_reader_end (&reader);
  return NULL;
}

/**
 * inb_provider_file_read:
 * @bytes: the file: one JSON object, UTF-8, at most 64 KiB
 * @file: its name, for messages
 * @error: %INB_ERROR_BAD_INPUT, naming file, path and reason
 *
 * Reads one provider file strictly: every member is checked, one that is not known is a fault. The
 * format is described in data/providers/README.md.
 *
 * Returns: (transfer full) (nullable): the provider
 */
InbProvider *
inb_provider_file_read (GBytes *bytes, const char *file, GError **error)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (bytes, &length);
  g_autoptr (InbProvider) self = g_new0 (InbProvider, 1);
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GError) problem = NULL;
  InbReader reader;
  gboolean good;

  self->models = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_model_free);
  if (length > INB_PROVIDER_MAX_BYTES)
    return refuse_text (file, error, "is larger than 64 KiB");
  if (text == NULL || !g_utf8_validate_len (text, length, NULL))
    return refuse_text (file, error, "is not UTF-8 text");
  object = inb_json_parse_object (text, (gssize) length, &problem);
  if (object == NULL)
    return refuse_text (file, error, problem->message);
  inb_reader_begin (&reader, file, object, &problem);
  good = read_root (&reader, self);
  good = inb_reader_end (&reader) && good;
  if (good)
    return g_steal_pointer (&self);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}
