/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "providers/inb-motion.h"

#include <string.h>

#include "core/inb-error.h"
#include "providers/inb-reader.h"

#define FOLDER "/io/github/inbetween/Inbetween/motions/"
#define PLACEHOLDER "{product}"
#define UNNAMED "the product"

#define ID_CHARS "abcdefghijklmnopqrstuvwxyz0123456789-"
#define MAX_ID 32
#define MAX_TITLE 24
#define MAX_ABOUT 100
/* room for a product's name of 255 bytes within 2500 characters */
#define MAX_PROMPT 1000
#define MAX_NEGATIVE 500
#define MAX_LOCAL 200
#define MAX_ORDER 1000

typedef struct
{
  GPtrArray *motions;
  GError *error;
} Motions;

/**
 * inb_motion_free:
 * @self: (transfer full): a motion
 */
void
inb_motion_free (InbMotion *self)
{
  g_free (self->id);
  g_free (self->title);
  g_free (self->about);
  g_free (self->prompt);
  g_free (self->negative);
  g_free (self->local);
  g_free (self);
}

static gboolean
read_id (InbReader *reader, const char *file, char **id)
{
  if (!inb_reader_dup_text (reader, "id", MAX_ID, id))
    return FALSE;
  if (strspn (*id, ID_CHARS) == strlen (*id) && g_str_has_prefix (file, *id) &&
      g_str_equal (file + strlen (*id), ".json"))
    return TRUE;
  return inb_reader_refuse (reader, "id", "must be the file's name");
}

static gboolean
read_guidance (InbReader *reader, double *guidance)
{
  JsonNode *node = inb_reader_get (reader, "guidance");
  GType type = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node)
                                                            : G_TYPE_INVALID;

  if (type == G_TYPE_DOUBLE || type == G_TYPE_INT64)
    *guidance = json_node_get_double (node);
  else
    *guidance = -1.0;
  if (*guidance >= 0.0 && *guidance <= 1.0)
    return TRUE;
  return inb_reader_refuse (reader, "guidance", "must be a number from 0 to 1");
}

/* One place for the product, and nothing else in braces. */
static gboolean
check_prompt (InbReader *reader, const char *prompt)
{
  const char *place = strstr (prompt, PLACEHOLDER);

  if (place == NULL || strpbrk (place + strlen (PLACEHOLDER), "{}") != NULL ||
      strcspn (prompt, "{}") != (gsize) (place - prompt))
    return inb_reader_refuse (reader, "prompt", "must name " PLACEHOLDER " once, and no other");
  return TRUE;
}

static gboolean
read_members (InbReader *reader, const char *file, InbMotion *self)
{
  static const char *const ends[] = { "free", "start", "last" };
  gint64 format = 0, order = 0;
  guint end = 0;

  if (!inb_reader_int (reader, "format", 1, 1, &format) || !read_id (reader, file, &self->id) ||
      !inb_reader_int (reader, "order", 1, MAX_ORDER, &order) ||
      !inb_reader_dup_text (reader, "title", MAX_TITLE, &self->title) ||
      !inb_reader_dup_text (reader, "about", MAX_ABOUT, &self->about) ||
      !inb_reader_dup_text (reader, "prompt", MAX_PROMPT, &self->prompt) ||
      !check_prompt (reader, self->prompt) ||
      !inb_reader_dup_text (reader, "negative", MAX_NEGATIVE, &self->negative) ||
      !read_guidance (reader, &self->guidance) ||
      !inb_reader_dup_text (reader, "local", MAX_LOCAL, &self->local) ||
      !inb_reader_word (reader, "ends_on", ends, G_N_ELEMENTS (ends), &end))
    return FALSE;
  self->order = (guint) order;
  self->end = (InbMotionEnd) end;
  return TRUE;
}

/**
 * inb_motion_read:
 * @bytes: a motion file
 * @name: its name: its id and ".json"
 * @error: %INB_ERROR_BAD_INPUT naming file, member and reason; a member that is not known is a
 * fault too
 *
 * Returns: (transfer full) (nullable): the motion
 */
InbMotion *
inb_motion_read (GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (InbMotion) self = g_new0 (InbMotion, 1);
  g_autoptr (JsonObject) root = NULL;
  g_autoptr (GError) problem = NULL;
  gsize length = 0;
  const char *text = g_bytes_get_data (bytes, &length);
  InbReader reader;
  gboolean good;

  root = inb_json_parse_object (text, (gssize) length, &problem);
  if (root == NULL)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_BAD_INPUT, "%s: %s", name, problem->message);
      return NULL;
    }
  inb_reader_begin (&reader, name, root, error);
  good = read_members (&reader, name, self);
  return inb_reader_end (&reader) && good ? g_steal_pointer (&self) : NULL;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const InbMotion *first = *(InbMotion *const *) a;
  const InbMotion *second = *(InbMotion *const *) b;

  return (int) first->order - (int) second->order;
}

static gpointer
read_all (gpointer unused)
{
  Motions *self = g_new0 (Motions, 1);
  g_auto (GStrv) names =
      g_resources_enumerate_children (FOLDER, G_RESOURCE_LOOKUP_FLAGS_NONE, &self->error);

  self->motions = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_motion_free);
  for (guint i = 0; names != NULL && names[i] != NULL && self->error == NULL; i++)
    {
      g_autofree char *path = g_strconcat (FOLDER, names[i], NULL);
      g_autoptr (GBytes) bytes =
          g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, &self->error);
      InbMotion *motion = bytes != NULL ? inb_motion_read (bytes, names[i], &self->error) : NULL;

      if (motion != NULL)
        g_ptr_array_add (self->motions, motion);
    }
  g_ptr_array_sort (self->motions, compare);
  return self;
}

/**
 * inb_motion_get_all:
 * @error: as inb_motion_read()
 *
 * Read once, from the program's own resources; from any thread.
 *
 * Returns: (transfer none) (nullable) (element-type InbMotion): all of them in their order
 */
const GPtrArray *
inb_motion_get_all (GError **error)
{
  static GOnce once = G_ONCE_INIT;
  Motions *self = g_once (&once, read_all, NULL);

  if (self->error == NULL)
    return self->motions;
  g_propagate_error (error, g_error_copy (self->error));
  return NULL;
}

/* "{product} turns …" to "The product turns …" or "Blue mug turns …" */
static char *
put_in (const char *prompt, const char *product)
{
  const char *place = strstr (prompt, PLACEHOLDER);
  const char *name = product != NULL && *product != '\0' ? product : UNNAMED;
  char *text = g_strdup_printf ("%.*s%s%s", (int) (place - prompt), prompt, name,
                                place + strlen (PLACEHOLDER));

  if (name != product) /* a name is written as its owner writes it */
    *text = g_ascii_toupper (*text);
  return text;
}

static gboolean
does (const InbModel *model, InbFeature feature)
{
  return model->can[feature] == INB_CAPABILITY_YES ||
         model->can[feature] == INB_CAPABILITY_UNPROVEN;
}

/**
 * inb_motion_fill:
 * @self: a motion
 * @provider: who will make it
 * @model: with which of its models
 * @product: (nullable): what the product is called; %NULL: "the product"
 * @form: (inout): whose prompt, negative prompt and guidance become the motion's
 *
 * Writes only what @model does something with: what it ignores is empty, so that the form can be
 * asked for as it is. What the motion ends on is left to the caller.
 */
void
inb_motion_fill (const InbMotion *self, const InbProvider *provider, const InbModel *model,
                 const char *product, InbRequest *form)
{
  g_free (form->prompt);
  g_free (form->negative);
  form->prompt = provider->kind == INB_PROVIDER_LOCAL ? g_strdup (self->local)
                                                      : put_in (self->prompt, product);
  form->negative = does (model, INB_FEATURE_NEGATIVE) ? g_strdup (self->negative) : NULL;
  form->guidance = does (model, INB_FEATURE_GUIDANCE) ? self->guidance : -1.0;
}

/**
 * inb_motion_fits:
 * @self: a motion
 * @provider: as inb_motion_fill()
 * @model: the same
 * @product: the same
 * @form: a form
 *
 * Returns: whether @form holds exactly what inb_motion_fill() writes
 */
gboolean
inb_motion_fits (const InbMotion *self, const InbProvider *provider, const InbModel *model,
                 const char *product, const InbRequest *form)
{
  g_autoptr (InbRequest) wanted = inb_request_new ();

  inb_motion_fill (self, provider, model, product, wanted);
  return g_strcmp0 (wanted->prompt, form->prompt) == 0 &&
         g_strcmp0 (wanted->negative, form->negative) == 0 &&
         G_APPROX_VALUE (wanted->guidance, form->guidance, 0.001);
}
