/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-draft.h"

/* One product and the form as the person left it. The widgets show it and write into it; Generate
 * makes a request of it. */
struct _InbDraft
{
  GObject parent_instance;

  char *root;
  char *product_id;
  char *product_name;
  InbPhotoSlot *start;
  InbPhotoSlot *last;
  InbFraming framing;
  char *focus_photo; /* sha256 of the photo on which the person chose the focus */
  char *prompt;
  guint long_clip;  /* 0: 5 s, 1: 10 s, as the toggles stand */
  guint more_takes; /* takes − 1 */
  char *obstacle;
};

typedef enum
{
  PROP_PRODUCT_NAME = 1,
  PROP_RATIO,
  PROP_FIT,
  PROP_FOCUS,
  PROP_PROMPT,
  PROP_DURATION_INDEX,
  PROP_TAKES_INDEX,
  PROP_OBSTACLE,
} InbDraftProperty;

static GParamSpec *props[PROP_OBSTACLE + 1];

G_DEFINE_FINAL_TYPE (InbDraft, inb_draft, G_TYPE_OBJECT)

static void
update_obstacle (InbDraft *self)
{
  g_autofree char *old = self->obstacle;

  self->obstacle = inb_draft_find_obstacle (self);
  if (g_strcmp0 (old, self->obstacle) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_OBSTACLE]);
}

static void
set_product_name (InbDraft *self, const char *name)
{
  g_autofree char *old = self->product_name;

  self->product_name = g_strdup (name);
  if (g_strcmp0 (old, name) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PRODUCT_NAME]);
}

static void
slot_changed_cb (InbDraft *self)
{
  InbPreview *preview = inb_photo_slot_get_preview (self->start);

  if (preview != NULL && self->product_name == NULL)
    {
      g_autofree char *name = inb_request_dup_product_name (inb_preview_get_name (preview));

      set_product_name (self, name);
    }
  update_obstacle (self);
}

/* A point chosen on one photo says nothing about another. */
static void
start_preview_changed_cb (InbDraft *self)
{
  InbPreview *preview = inb_photo_slot_get_preview (self->start);

  if (preview != NULL && self->focus_photo != NULL &&
      strcmp (self->focus_photo, inb_preview_get_sha256 (preview)) != 0)
    inb_draft_set_focus (self, -1.0, -1.0);
}

static gboolean
take_index (guint *field, const GValue *value)
{
  guint index = g_value_get_uint (value);

  if (*field == index)
    return FALSE;
  *field = index;
  return TRUE;
}

static void
inb_draft_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  InbDraft *self = INB_DRAFT (object);

  switch ((InbDraftProperty) prop_id)
    {
    case PROP_PRODUCT_NAME:
      g_value_set_string (value, self->product_name);
      break;
    case PROP_RATIO:
      g_value_set_uint (value, self->framing.ratio);
      break;
    case PROP_FIT:
      g_value_set_uint (value, self->framing.fit);
      break;
    case PROP_FOCUS:
      g_value_set_boolean (value, self->framing.focus_x >= 0.0);
      break;
    case PROP_PROMPT:
      g_value_set_string (value, self->prompt);
      break;
    case PROP_DURATION_INDEX:
      g_value_set_uint (value, self->long_clip);
      break;
    case PROP_TAKES_INDEX:
      g_value_set_uint (value, self->more_takes);
      break;
    case PROP_OBSTACLE:
      g_value_set_string (value, self->obstacle);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
inb_draft_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  InbDraft *self = INB_DRAFT (object);
  guint ratio = self->framing.ratio, fit = self->framing.fit;
  gboolean changed = FALSE;

  switch ((InbDraftProperty) prop_id)
    {
    case PROP_RATIO:
      changed = take_index (&ratio, value);
      self->framing.ratio = (InbRatio) ratio;
      break;
    case PROP_FIT:
      changed = take_index (&fit, value);
      self->framing.fit = (InbFit) fit;
      break;
    case PROP_PROMPT:
      inb_draft_set_prompt (self, g_value_get_string (value));
      break;
    case PROP_DURATION_INDEX:
      changed = take_index (&self->long_clip, value);
      break;
    case PROP_TAKES_INDEX:
      changed = take_index (&self->more_takes, value);
      break;
    case PROP_PRODUCT_NAME:
    case PROP_FOCUS:
    case PROP_OBSTACLE:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
  if (changed)
    g_object_notify_by_pspec (object, pspec);
}

static void
inb_draft_dispose (GObject *object)
{
  InbDraft *self = INB_DRAFT (object);

  g_clear_object (&self->start);
  g_clear_object (&self->last);

  G_OBJECT_CLASS (inb_draft_parent_class)->dispose (object);
}

static void
inb_draft_finalize (GObject *object)
{
  InbDraft *self = INB_DRAFT (object);

  g_free (self->root);
  g_free (self->product_id);
  g_free (self->product_name);
  g_free (self->focus_photo);
  g_free (self->prompt);
  g_free (self->obstacle);

  G_OBJECT_CLASS (inb_draft_parent_class)->finalize (object);
}

static void
inb_draft_class_init (InbDraftClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GParamFlags both = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = inb_draft_get_property;
  object_class->set_property = inb_draft_set_property;
  object_class->dispose = inb_draft_dispose;
  object_class->finalize = inb_draft_finalize;

  props[PROP_PRODUCT_NAME] = g_param_spec_string ("product-name", NULL, NULL, NULL, read);
  props[PROP_RATIO] =
      g_param_spec_uint ("ratio", NULL, NULL, 0, INB_N_RATIOS - 1, INB_RATIO_ORIGINAL, both);
  props[PROP_FIT] =
      g_param_spec_uint ("fit", NULL, NULL, INB_FIT_CROP, INB_FIT_EXTEND, INB_FIT_CROP, both);
  /* whether the person moved the focus; notified at every move */
  props[PROP_FOCUS] = g_param_spec_boolean ("focus", NULL, NULL, FALSE, read);
  props[PROP_PROMPT] = g_param_spec_string ("prompt", NULL, NULL, "", both);
  props[PROP_DURATION_INDEX] = g_param_spec_uint ("duration-index", NULL, NULL, 0, 1, 0, both);
  props[PROP_TAKES_INDEX] =
      g_param_spec_uint ("takes-index", NULL, NULL, 0, INB_MAX_TAKES - 1, 0, both);
  /* what stands between this and Generate, in words; NULL: nothing */
  props[PROP_OBSTACLE] = g_param_spec_string ("obstacle", NULL, NULL, NULL, read);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
inb_draft_init (InbDraft *self)
{
  self->product_id = g_uuid_string_random ();
  self->prompt = g_strdup ("");
  self->framing = (InbFraming) INB_FRAMING_DEFAULT;
}

static void
watch_slot (InbDraft *self, InbPhotoSlot *slot)
{
  g_signal_connect_object (slot, "notify::state", G_CALLBACK (slot_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * inb_draft_new:
 * @root: the data folder
 *
 * Returns: (transfer full): an empty form for a new product
 */
InbDraft *
inb_draft_new (const char *root)
{
  InbDraft *self = g_object_new (INB_TYPE_DRAFT, NULL);

  self->root = g_strdup (root);
  self->start = inb_photo_slot_new (root);
  self->last = inb_photo_slot_new (root);
  watch_slot (self, self->start);
  watch_slot (self, self->last);
  g_signal_connect_object (self->start, "notify::preview", G_CALLBACK (start_preview_changed_cb),
                           self, G_CONNECT_SWAPPED);
  update_obstacle (self);
  return self;
}

static void
notify_form (InbDraft *self)
{
  for (guint i = PROP_RATIO; i <= PROP_TAKES_INDEX; i++)
    g_object_notify_by_pspec (G_OBJECT (self), props[i]);
}

/**
 * inb_draft_reset:
 * @self: a draft
 *
 * Begins a new product with an empty form.
 */
void
inb_draft_reset (InbDraft *self)
{
  g_free (self->product_id);
  self->product_id = g_uuid_string_random ();
  g_free (self->prompt);
  self->prompt = g_strdup ("");
  self->framing = (InbFraming) INB_FRAMING_DEFAULT;
  g_clear_pointer (&self->focus_photo, g_free);
  self->long_clip = 0;
  self->more_takes = 0;
  inb_photo_slot_clear (self->start);
  inb_photo_slot_clear (self->last);
  set_product_name (self, NULL);
  notify_form (self);
  update_obstacle (self);
}

/**
 * inb_draft_restore:
 * @self: a draft
 * @product_id: UUID of the product
 * @product_name: (nullable): what it is called
 * @request: the last thing that was asked for
 *
 * Fills the form as it stood when @request was made.
 */
void
inb_draft_restore (InbDraft *self, const char *product_id, const char *product_name,
                   const InbRequest *request)
{
  inb_draft_reset (self);
  g_free (self->product_id);
  self->product_id = g_strdup (product_id);
  set_product_name (self, product_name);
  if (request->start != NULL)
    inb_photo_slot_take_kept (self->start, request->start, request->start_name);
  if (request->last != NULL)
    inb_photo_slot_take_kept (self->last, request->last, request->last_name);
  g_free (self->prompt);
  self->prompt = g_strdup (request->prompt != NULL ? request->prompt : "");
  self->framing = request->framing;
  g_free (self->focus_photo);
  self->focus_photo = g_strdup (request->framing.focus_x >= 0.0 ? request->start : NULL);
  self->long_clip = request->duration_s == 10 ? 1 : 0;
  self->more_takes = CLAMP (request->takes, 1, INB_MAX_TAKES) - 1;
  notify_form (self);
  update_obstacle (self);
}

/**
 * inb_draft_get_root:
 * @self: a draft
 *
 * Returns: (transfer none): the data folder its photos are kept in
 */
const char *
inb_draft_get_root (InbDraft *self)
{
  return self->root;
}

/**
 * inb_draft_get_start:
 * @self: a draft
 *
 * Returns: (transfer none): the place of the start frame
 */
InbPhotoSlot *
inb_draft_get_start (InbDraft *self)
{
  return self->start;
}

/**
 * inb_draft_get_last:
 * @self: a draft
 *
 * Returns: (transfer none): the place of the last frame
 */
InbPhotoSlot *
inb_draft_get_last (InbDraft *self)
{
  return self->last;
}

/**
 * inb_draft_get_product_id:
 * @self: a draft
 *
 * Returns: (transfer none): UUID of the product
 */
const char *
inb_draft_get_product_id (InbDraft *self)
{
  return self->product_id;
}

/**
 * inb_draft_get_product_name:
 * @self: a draft
 *
 * Returns: (transfer none) (nullable): what it is called; %NULL before the first photo
 */
const char *
inb_draft_get_product_name (InbDraft *self)
{
  return self->product_name;
}

/**
 * inb_draft_name_product:
 * @self: a draft
 * @name: what it is called from now on
 */
void
inb_draft_name_product (InbDraft *self, const char *name)
{
  set_product_name (self, name);
}

/**
 * inb_draft_get_framing:
 * @self: a draft
 * @framing: (out): for both frames; a focus of −1 until the person moved it
 */
void
inb_draft_get_framing (InbDraft *self, InbFraming *framing)
{
  *framing = self->framing;
}

/**
 * inb_draft_set_focus:
 * @self: a draft
 * @x: 0…1 of the photo's width; −1: the attention point
 * @y: the same of its height
 */
void
inb_draft_set_focus (InbDraft *self, double x, double y)
{
  gboolean chosen = x >= 0.0 && y >= 0.0;
  InbPreview *preview = inb_photo_slot_get_preview (self->start);

  self->framing.focus_x = chosen ? CLAMP (x, 0.0, 1.0) : -1.0;
  self->framing.focus_y = chosen ? CLAMP (y, 0.0, 1.0) : -1.0;
  g_free (self->focus_photo);
  self->focus_photo =
      g_strdup (chosen && preview != NULL ? inb_preview_get_sha256 (preview) : NULL);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FOCUS]);
}

/**
 * inb_draft_set_prompt:
 * @self: a draft
 * @prompt: (nullable): how it should move, of any length
 */
void
inb_draft_set_prompt (InbDraft *self, const char *prompt)
{
  g_autofree char *old = self->prompt;

  self->prompt = g_strdup (prompt != NULL ? prompt : "");
  if (strcmp (old, self->prompt) == 0)
    return;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROMPT]);
  update_obstacle (self);
}

/**
 * inb_draft_get_prompt:
 * @self: a draft
 *
 * Returns: (transfer none): how it should move
 */
const char *
inb_draft_get_prompt (InbDraft *self)
{
  return self->prompt;
}

/**
 * inb_draft_get_duration:
 * @self: a draft
 *
 * Returns: s, 5 or 10
 */
guint
inb_draft_get_duration (InbDraft *self)
{
  return self->long_clip != 0 ? 10 : 5;
}

/**
 * inb_draft_get_takes:
 * @self: a draft
 *
 * Returns: 1 to 4
 */
guint
inb_draft_get_takes (InbDraft *self)
{
  return self->more_takes + 1;
}

/**
 * inb_draft_get_obstacle:
 * @self: a draft
 *
 * Returns: (transfer none) (nullable): what is missing, for a person; %NULL if nothing is
 */
const char *
inb_draft_get_obstacle (InbDraft *self)
{
  return self->obstacle;
}

/**
 * inb_draft_is_ready:
 * @self: a draft
 *
 * Returns: %TRUE if it can be asked for
 */
gboolean
inb_draft_is_ready (InbDraft *self)
{
  return self->obstacle == NULL;
}
