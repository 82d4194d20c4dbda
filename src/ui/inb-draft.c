/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-draft-private.h"

/* One product and the form as the person left it: a request in the making. The widgets show it and
 * write into it; Generate makes a request of it. */

static GParamSpec *props[PROP_OBSTACLE + 1];

enum
{
  SIGNAL_CHANGED,
  SIGNAL_PRODUCT_LEAVES,
  SIGNAL_PRODUCT_COMES,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbDraft, inb_draft, G_TYPE_OBJECT)

/* Tells what is different now, in this order: the properties, what follows from them, the whole. */
void
inb_draft_notify (InbDraft *self, InbDraftProperty first, InbDraftProperty last)
{
  g_autofree char *old = g_steal_pointer (&self->obstacle);

  self->obstacle = inb_draft_find_obstacle (self);
  for (guint i = first; i <= last && i < PROP_OBSTACLE; i++)
    g_object_notify_by_pspec (G_OBJECT (self), props[i]);
  if (g_strcmp0 (old, self->obstacle) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_OBSTACLE]);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
slot_changed_cb (InbDraft *self)
{
  inb_draft_notify (self, PROP_OBSTACLE, PROP_OBSTACLE);
}

void
inb_draft_tell_product (InbDraft *self, gboolean comes)
{
  g_signal_emit (self, signals[comes ? SIGNAL_PRODUCT_COMES : SIGNAL_PRODUCT_LEAVES], 0);
}

static gboolean
is_same_photo (InbPreview *one, InbPreview *other)
{
  return one != NULL && other != NULL &&
         strcmp (inb_preview_get_sha256 (one), inb_preview_get_sha256 (other)) == 0;
}

/* A point chosen on one photo says nothing about another, nor does what was painted on it. */
static void
forget_photo (InbDraft *self, InbPreview *preview)
{
  if (self->matte_photo != NULL &&
      strcmp (self->matte_photo, inb_preview_get_sha256 (preview)) != 0)
    inb_draft_set_matte (self, NULL);
  if (self->focus_photo != NULL &&
      strcmp (self->focus_photo, inb_preview_get_sha256 (preview)) != 0)
    inb_draft_set_focus (self, -1.0, -1.0);
}

static void
start_preview_changed_cb (InbDraft *self)
{
  InbPreview *preview = inb_photo_slot_get_preview (self->start);

  inb_draft_begin_step (self);
  if (preview != NULL && self->product_name == NULL)
    {
      self->product_name = inb_request_dup_product_name (inb_preview_get_name (preview));
      inb_draft_touched (self, PROP_PRODUCT_NAME);
    }
  if (preview != NULL)
    forget_photo (self, preview);
  if (self->loop && preview != NULL) /* a loop ends on the new one */
    inb_photo_slot_take_preview (self->last, preview);
  else if (self->loop)
    inb_photo_slot_clear (self->last);
  inb_draft_saw (self, preview);
  inb_draft_end_step (self);
}

/* A last frame of its own, or none, is no loop. */
static void
last_preview_changed_cb (InbDraft *self)
{
  InbPreview *start = inb_photo_slot_get_preview (self->start);
  InbPreview *last = inb_photo_slot_get_preview (self->last);

  inb_draft_begin_step (self);
  if (self->loop && !is_same_photo (start, last) && (start != NULL || last != NULL))
    {
      self->loop = FALSE;
      inb_draft_touched (self, PROP_LOOP);
    }
  inb_draft_saw (self, last);
  inb_draft_end_step (self);
}

static void
inb_draft_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  InbDraft *self = INB_DRAFT (object);
  const InbRequest *form = self->form;

  switch ((InbDraftProperty) prop_id)
    {
    case PROP_PRODUCT_NAME:
      g_value_set_string (value, self->product_name);
      break;
    case PROP_RATIO:
      g_value_set_uint (value, form->framing.ratio);
      break;
    case PROP_FIT:
      g_value_set_uint (value, form->framing.fit);
      break;
    case PROP_FOCUS:
      g_value_set_boolean (value, form->framing.focus_x >= 0.0);
      break;
    case PROP_MATTE:
      g_value_set_string (value, form->matte);
      break;
    case PROP_PROMPT:
      g_value_set_string (value, form->prompt);
      break;
    case PROP_NEGATIVE:
      g_value_set_string (value, inb_draft_get_negative (self));
      break;
    case PROP_GUIDANCE:
      g_value_set_double (value, form->guidance);
      break;
    case PROP_DURATION_INDEX:
      g_value_set_uint (value, form->duration_s == 10 ? 1 : 0);
      break;
    case PROP_TAKES_INDEX:
      g_value_set_uint (value, form->takes - 1);
      break;
    case PROP_LOOP:
      g_value_set_boolean (value, self->loop);
      break;
    case PROP_PROVIDER:
      g_value_set_string (value, form->provider);
      break;
    case PROP_MODEL:
      g_value_set_string (value, form->model);
      break;
    case PROP_RESOLUTION:
      g_value_set_string (value, form->resolution);
      break;
    case PROP_OBSTACLE:
      g_value_set_string (value, self->obstacle);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
set_number (InbDraft *self, InbDraftProperty property, guint *field, guint number)
{
  if (*field == number)
    return;
  *field = number;
  inb_draft_touched (self, property);
}

static void
set_framing (InbDraft *self, InbDraftProperty property, guint number)
{
  InbFraming *framing = &self->form->framing;

  if (number == (property == PROP_RATIO ? (guint) framing->ratio : (guint) framing->fit))
    return;
  if (property == PROP_RATIO)
    framing->ratio = (InbRatio) number;
  else
    framing->fit = (InbFit) number;
  inb_draft_touched (self, property);
}

static void
inb_draft_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  InbDraft *self = INB_DRAFT (object);
  InbRequest *form = self->form;

  switch ((InbDraftProperty) prop_id)
    {
    case PROP_PRODUCT_NAME:
      inb_draft_name_product (self, g_value_get_string (value));
      break;
    case PROP_RATIO:
      set_framing (self, PROP_RATIO, g_value_get_uint (value));
      break;
    case PROP_FIT:
      set_framing (self, PROP_FIT, g_value_get_uint (value));
      break;
    case PROP_PROMPT:
      inb_draft_set_prompt (self, g_value_get_string (value));
      break;
    case PROP_NEGATIVE:
      inb_draft_set_negative (self, g_value_get_string (value));
      break;
    case PROP_GUIDANCE:
      inb_draft_set_guidance (self, g_value_get_double (value));
      break;
    case PROP_DURATION_INDEX:
      set_number (self, PROP_DURATION_INDEX, &form->duration_s, g_value_get_uint (value) ? 10 : 5);
      break;
    case PROP_TAKES_INDEX:
      set_number (self, PROP_TAKES_INDEX, &form->takes, g_value_get_uint (value) + 1);
      break;
    case PROP_LOOP:
      inb_draft_set_loop (self, g_value_get_boolean (value));
      break;
    case PROP_PROVIDER:
      inb_draft_set_provider (self, g_value_get_string (value));
      break;
    case PROP_MODEL:
      inb_draft_set_model (self, g_value_get_string (value));
      break;
    case PROP_RESOLUTION:
      inb_draft_set_resolution (self, g_value_get_string (value));
      break;
    case PROP_FOCUS:
    case PROP_MATTE:
    case PROP_OBSTACLE:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
inb_draft_dispose (GObject *object)
{
  InbDraft *self = INB_DRAFT (object);

  g_clear_object (&self->start);
  g_clear_object (&self->last);
  g_clear_pointer (&self->seen, g_ptr_array_unref);

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
  g_free (self->matte_photo);
  g_free (self->obstacle);
  inb_request_free (self->form);
  inb_form_history_free (self->history);

  G_OBJECT_CLASS (inb_draft_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GParamFlags both = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  props[PROP_PRODUCT_NAME] = g_param_spec_string ("product-name", NULL, NULL, NULL, both);
  props[PROP_RATIO] =
      g_param_spec_uint ("ratio", NULL, NULL, 0, INB_N_RATIOS - 1, INB_RATIO_ORIGINAL, both);
  props[PROP_FIT] =
      g_param_spec_uint ("fit", NULL, NULL, INB_FIT_CROP, INB_FIT_EXTEND, INB_FIT_CROP, both);
  /* whether the person moved the focus; notified at every move */
  props[PROP_FOCUS] = g_param_spec_boolean ("focus", NULL, NULL, FALSE, read);
  /* hash of the picture in which the person marked the product; NULL: not marked */
  props[PROP_MATTE] = g_param_spec_string ("matte", NULL, NULL, NULL, read);
  props[PROP_PROMPT] = g_param_spec_string ("prompt", NULL, NULL, "", both);
  props[PROP_NEGATIVE] = g_param_spec_string ("negative", NULL, NULL, "", both);
  /* 0…1; −1: as the provider has it */
  props[PROP_GUIDANCE] = g_param_spec_double ("guidance", NULL, NULL, -1.0, 1.0, -1.0, both);
  props[PROP_DURATION_INDEX] = g_param_spec_uint ("duration-index", NULL, NULL, 0, 1, 0, both);
  props[PROP_TAKES_INDEX] =
      g_param_spec_uint ("takes-index", NULL, NULL, 0, INB_MAX_TAKES - 1, 0, both);
  props[PROP_LOOP] = g_param_spec_boolean ("loop", NULL, NULL, FALSE, both);
  props[PROP_PROVIDER] = g_param_spec_string ("provider", NULL, NULL, "local", both);
  props[PROP_MODEL] = g_param_spec_string ("model", NULL, NULL, NULL, both);
  props[PROP_RESOLUTION] = g_param_spec_string ("resolution", NULL, NULL, NULL, both);
  /* what stands between this and Generate, in words; NULL: nothing */
  props[PROP_OBSTACLE] = g_param_spec_string ("obstacle", NULL, NULL, NULL, read);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
add_signal (guint signal, const char *name)
{
  signals[signal] =
      g_signal_new (name, INB_TYPE_DRAFT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
inb_draft_class_init (InbDraftClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = inb_draft_get_property;
  object_class->set_property = inb_draft_set_property;
  object_class->dispose = inb_draft_dispose;
  object_class->finalize = inb_draft_finalize;
  install_properties (object_class);

  /* InbDraft::changed: something that is filled in, or what a photo's place does, is different now;
   * after the property was notified and the obstacle is known */
  add_signal (SIGNAL_CHANGED, "changed");
  /* InbDraft::product-leaves: another product is about to take this one's place */
  add_signal (SIGNAL_PRODUCT_LEAVES, "product-leaves");
  /* InbDraft::product-comes: it has; what is in the form is not new */
  add_signal (SIGNAL_PRODUCT_COMES, "product-comes");
}

static void
inb_draft_init (InbDraft *self)
{
  self->product_id = g_uuid_string_random ();
  self->form = inb_request_new ();
  self->form->prompt = g_strdup ("");
  self->history = inb_form_history_new ();
  self->seen = g_ptr_array_new_with_free_func (g_object_unref);
}

static void
watch_slot (InbDraft *self, InbPhotoSlot *slot, GCallback preview_changed_cb)
{
  g_signal_connect_object (slot, "notify::preview", preview_changed_cb, self, G_CONNECT_SWAPPED);
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
  watch_slot (self, self->start, G_CALLBACK (start_preview_changed_cb));
  watch_slot (self, self->last, G_CALLBACK (last_preview_changed_cb));
  inb_draft_begin_history (self);
  inb_draft_notify (self, PROP_OBSTACLE, PROP_OBSTACLE);
  return self;
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
 * @name: what it is called from now on; what goes beyond 255 bytes is cut off
 */
void
inb_draft_name_product (InbDraft *self, const char *name)
{
  g_autofree char *fitting = name != NULL ? inb_request_fit_name (name) : NULL;

  if (g_strcmp0 (self->product_name, fitting) == 0)
    return;
  g_free (self->product_name);
  self->product_name = g_steal_pointer (&fitting);
  inb_draft_touched (self, PROP_PRODUCT_NAME);
}
