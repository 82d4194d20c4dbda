/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "providers/inb-provider-file.h"

#include <string.h>

#include "providers/inb-model-file.h"
#include "providers/inb-service-file.h"

#define MAX_NAME 60
#define ID_CHARS "abcdefghijklmnopqrstuvwxyz0123456789-"

static const char *const format_words[] = { "jpeg", "png", "webp" };
static const InbImageFormats format_bits[] = { INB_IMAGE_JPEG, INB_IMAGE_PNG, INB_IMAGE_WEBP };
static const char *const kind_words[] = { "local", "hosted" };

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

/* What a service takes from one key */
static gboolean
read_rates (InbReader *reader, InbService *service)
{
  gint64 creates = 0, at_once = 0;

  if (!inb_reader_int_or_null (reader, "creates_per_minute", 100000, &creates) ||
      !inb_reader_int_or_null (reader, "at_once", 10000, &at_once))
    return FALSE;
  service->creates_per_minute = (guint) creates;
  service->at_once = (guint) at_once;
  return TRUE;
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
  if (self->service != NULL)
    good = good && read_rates (&reader, self->service);
  return inb_reader_end (&reader) && good;
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
read_identity (InbReader *reader, InbProvider *self)
{
  const char *id = NULL;
  gint64 format = 0;

  if (!inb_reader_int (reader, "format", 1, 1, &format) || !inb_reader_string (reader, "id", &id))
    return FALSE;
  if (strlen (id) > 64 || strspn (id, ID_CHARS) != strlen (id) || *id == '-')
    return inb_reader_refuse (reader, "id", "may have lower case letters, digits and dashes");
  self->id = g_strdup (id);
  return inb_reader_dup_text (reader, "name", MAX_NAME, &self->name);
}

static gboolean
read_kind (InbReader *reader, InbProvider *self)
{
  guint kind = INB_PROVIDER_HOSTED;

  if (!inb_reader_is_null (reader, "kind") &&
      !inb_reader_word (reader, "kind", kind_words, G_N_ELEMENTS (kind_words), &kind))
    return FALSE;
  self->kind = (InbProviderKind) kind;
  if (self->kind == INB_PROVIDER_HOSTED)
    self->service = inb_service_new ();
  return self->service != NULL || !self->own ||
         inb_reader_refuse (reader, "kind", "must be hosted in a file of your own");
}

/* Whether a body, as text, has the placeholder of a value. */
static gboolean
uses (const char *body, const char *name)
{
  g_autofree char *begin = g_strconcat ("{", name, NULL);
  const char *at = strstr (body, begin);

  while (at != NULL && strchr ("?:}", at[strlen (begin)]) == NULL)
    at = strstr (at + 1, begin);
  return at != NULL;
}

/* A file that promises what its messages do not say would drop it in silence. */
static gboolean
check_promises (InbReader *reader, const InbProvider *self)
{
  static const struct
  {
    InbFeature feature;
    const char *value;
  } promises[] = {
    { INB_FEATURE_LAST_FRAME, "last" },
    { INB_FEATURE_GUIDANCE, "guidance" },
    { INB_FEATURE_NEGATIVE, "negative" },
  };
  static const char *const needed[] = { "prompt", "start", "duration" };
  g_autofree char *body = json_to_string (self->service->submit.body, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    if (!uses (body, needed[i]))
      return inb_reader_refuse (reader, "submit.body", "has no {%s}", needed[i]);
  for (guint i = 0; i < self->models->len; i++)
    {
      const InbModel *model = g_ptr_array_index (self->models, i);
      g_autofree char *place = g_strdup_printf ("models[%u]", i);

      if (model->takes_per_submit > 1 && !uses (body, "takes"))
        return inb_reader_refuse (reader, place,
                                  "makes several takes, but submit.body has no {takes}");
      for (guint j = 0; j < G_N_ELEMENTS (promises); j++)
        if (model->can[promises[j].feature] >= INB_CAPABILITY_UNPROVEN &&
            !uses (body, promises[j].value))
          return inb_reader_refuse (reader, place, "offers %s, but submit.body has no {%s?}",
                                    inb_feature_to_string (promises[j].feature), promises[j].value);
    }
  return TRUE;
}

static gboolean
read_root (InbReader *reader, InbProvider *self)
{
  g_autoptr (GHashTable) variables = NULL;

  if (!read_identity (reader, self) || !read_kind (reader, self) ||
      !read_address (reader, "site", &self->site) ||
      !read_address (reader, "keys_page", &self->keys_page) || !read_limits (reader, self) ||
      !inb_model_file_read_all (reader, self) || !read_privacy (reader, self) ||
      !inb_model_file_read_words (reader, "notes", &self->note))
    return FALSE;
  if (self->service == NULL)
    return TRUE;
  variables = inb_model_file_list_variables (self);
  return inb_service_file_read (reader, self->service, variables, self->own) &&
         check_promises (reader, self);
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

static InbProvider *
read_bytes (GBytes *bytes, const char *file, gboolean own, GError **error)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (bytes, &length);
  g_autoptr (InbProvider) self = g_new0 (InbProvider, 1);
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GError) problem = NULL;
  InbReader reader;
  gboolean good;

  self->models = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_model_free);
  self->own = own;
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
  return read_bytes (bytes, file, FALSE, error);
}

/**
 * inb_provider_file_read_own:
 * @bytes: as inb_provider_file_read()
 * @file: its name, for messages
 * @error: as inb_provider_file_read()
 *
 * Reads a file that a person added: it can only describe a hosted service, and names no environment
 * variables, so that it cannot make this program send another program's keys somewhere.
 *
 * Returns: (transfer full) (nullable): the provider, marked as a person's own
 */
InbProvider *
inb_provider_file_read_own (GBytes *bytes, const char *file, GError **error)
{
  return read_bytes (bytes, file, TRUE, error);
}
