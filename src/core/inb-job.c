/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/inb-job.h"

/* One output clip on its way, as the screen and the commands see it: a row of the store, followed.
 */
struct _InbJob
{
  GObject parent_instance;

  char *id;
  char *product_id;
  char *product_name;
  guint take;
  InbRequest *request;
  gint64 created_us;
  gint64 estimate_micros;

  InbJobFacts facts; /* its strings and clip are owned */
  InbTimeLeft left;
};

typedef enum
{
  PROP_STATE = 1,
  PROP_PROGRESS,
  PROP_CLIP,
  PROP_TAKE,
  PROP_PRODUCT_NAME,
  PROP_DELETED,
  PROP_MARK,
  PROP_NAME,
} InbJobProperty;

static GParamSpec *props[PROP_NAME + 1];

G_DEFINE_FINAL_TYPE (InbJob, inb_job, G_TYPE_OBJECT)

static void
clear_facts (InbJobFacts *facts)
{
  g_free ((char *) facts->error_name);
  g_free ((char *) facts->error_message);
  g_free ((char *) facts->charged);
  g_free ((char *) facts->request_id);
  g_free ((char *) facts->remote_id);
  g_free ((char *) facts->name);
  if (facts->clip != NULL)
    inb_clip_free ((InbClip *) facts->clip);
  *facts = (InbJobFacts){ 0 };
}

static void
inb_job_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  InbJob *self = INB_JOB (object);

  switch ((InbJobProperty) prop_id)
    {
    case PROP_STATE:
      g_value_set_uint (value, self->facts.state);
      break;
    case PROP_PROGRESS:
      g_value_set_double (value, self->facts.progress);
      break;
    case PROP_CLIP:
      g_value_set_boxed (value, self->facts.clip);
      break;
    case PROP_TAKE:
      g_value_set_uint (value, self->take);
      break;
    case PROP_PRODUCT_NAME:
      g_value_set_string (value, self->product_name);
      break;
    case PROP_DELETED:
      g_value_set_boolean (value, self->facts.deleted);
      break;
    case PROP_MARK:
      g_value_set_int (value, self->facts.mark);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->facts.name);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
inb_job_finalize (GObject *object)
{
  InbJob *self = INB_JOB (object);

  clear_facts (&self->facts);
  g_free (self->id);
  g_free (self->product_id);
  g_free (self->product_name);
  inb_request_free (self->request);

  G_OBJECT_CLASS (inb_job_parent_class)->finalize (object);
}

static void
inb_job_class_init (InbJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = inb_job_get_property;
  object_class->finalize = inb_job_finalize;

  props[PROP_STATE] =
      g_param_spec_uint ("state", NULL, NULL, 0, INB_JOB_MISSING_FILE, INB_JOB_PREPARING, flags);
  props[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, -1.0, 1.0, -1.0, flags);
  props[PROP_CLIP] = g_param_spec_boxed ("clip", NULL, NULL, INB_TYPE_CLIP, flags);
  props[PROP_TAKE] = g_param_spec_uint ("take", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_PRODUCT_NAME] = g_param_spec_string ("product-name", NULL, NULL, NULL, flags);
  props[PROP_DELETED] = g_param_spec_boolean ("deleted", NULL, NULL, FALSE, flags);
  props[PROP_MARK] = g_param_spec_int ("mark", NULL, NULL, -1, 1, 0, flags);
  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
inb_job_init (InbJob *self)
{
  self->facts.state = INB_JOB_PREPARING;
  self->facts.progress = -1.0;
  self->facts.actual_micros = -1;
  self->left = (InbTimeLeft) INB_TIME_LEFT_INIT;
}

/**
 * inb_job_new:
 * @id: UUID of the row
 * @product_id: UUID of its product
 * @take: number within the product, from 1
 * @request: (transfer none): what was asked for; copied
 * @created_us: wall clock, µs since 1970
 * @estimate_micros: micro-dollars quoted before, 0 for free, −1 for unknown
 *
 * Returns: (transfer full): a job in PREPARING
 */
InbJob *
inb_job_new (const char *id, const char *product_id, guint take, const InbRequest *request,
             gint64 created_us, gint64 estimate_micros)
{
  InbJob *self = g_object_new (INB_TYPE_JOB, NULL);

  self->id = g_strdup (id);
  self->product_id = g_strdup (product_id);
  self->take = take;
  self->request = inb_request_copy (request);
  self->created_us = created_us;
  self->estimate_micros = estimate_micros;
  return self;
}

/**
 * inb_job_set_facts:
 * @self: a job
 * @facts: (transfer none): what is so now; copied
 *
 * Takes over a fresh reading of the row; every property that the screen may bind to is notified.
 */
void
inb_job_set_facts (InbJob *self, const InbJobFacts *facts)
{
  gboolean deleted_changes = facts->deleted != self->facts.deleted;
  gboolean mark_changes = facts->mark != self->facts.mark;
  gboolean name_changes = g_strcmp0 (facts->name, self->facts.name) != 0;
  InbJobFacts copy = *facts;

  copy.error_name = g_strdup (facts->error_name);
  copy.error_message = g_strdup (facts->error_message);
  copy.charged = g_strdup (facts->charged);
  copy.request_id = g_strdup (facts->request_id);
  copy.remote_id = g_strdup (facts->remote_id);
  copy.name = g_strdup (facts->name);
  copy.clip = facts->clip != NULL ? inb_clip_copy (facts->clip) : NULL;
  clear_facts (&self->facts);
  self->facts = copy;

  g_object_freeze_notify (G_OBJECT (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CLIP]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROGRESS]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
  if (deleted_changes)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DELETED]);
  if (mark_changes)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MARK]);
  if (name_changes)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NAME]);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * inb_job_set_progress:
 * @self: a job
 * @progress: 0…1; −1 where nothing is known
 */
void
inb_job_set_progress (InbJob *self, double progress)
{
  if (G_APPROX_VALUE (self->facts.progress, progress, 0.001))
    return;
  self->facts.progress = progress;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROGRESS]);
}

/**
 * inb_job_set_product_name:
 * @self: a job
 * @name: what its product is called now
 */
void
inb_job_set_product_name (InbJob *self, const char *name)
{
  g_autofree char *old = self->product_name;

  self->product_name = g_strdup (name);
  if (g_strcmp0 (old, name) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PRODUCT_NAME]);
}

/**
 * inb_job_go_elsewhere:
 * @self: a job
 * @provider: id of the provider it is at now
 * @model: (nullable): id of its model there
 * @estimate_micros: micro-dollars; −1 unknown
 *
 * A service accepted nothing, and the next one of its route has it.
 */
void
inb_job_go_elsewhere (InbJob *self, const char *provider, const char *model, gint64 estimate_micros)
{
  if (g_str_equal (self->request->provider, provider))
    return;
  g_free (self->request->provider);
  g_free (self->request->model);
  self->request->provider = g_strdup (provider);
  self->request->model = g_strdup (model);
  self->estimate_micros = estimate_micros;
  self->left.typical_us = -1;
}

/**
 * inb_job_set_typical:
 * @self: a job
 * @typical_us: µs work like it takes from experience; −1 where there is none
 */
void
inb_job_set_typical (InbJob *self, gint64 typical_us)
{
  self->left.typical_us = typical_us;
}

/* Whether nobody knows yet that anything was begun: nothing honest can be said of its time. */
static gboolean
is_unanswered (InbJobState state)
{
  return state == INB_JOB_SUBMITTING || state == INB_JOB_UNKNOWN || state == INB_JOB_RECONCILING;
}

/**
 * inb_job_follow_time:
 * @self: a job
 * @now_us: wall clock, µs since 1970
 *
 * Looks at the clock for it. Of the engine here there is progress; of a service there is
 * experience, and only where there is none what it tells of itself. Every place that shows the job
 * says the same of it.
 *
 * Returns: (transfer none): what is said of it now, valid until the next look
 */
const InbTimeLeft *
inb_job_follow_time (InbJob *self, gint64 now_us)
{
  const InbJobFacts *facts = &self->facts;
  gboolean hosted = g_strcmp0 (self->request->provider, "local") != 0;
  gboolean ended = inb_job_state_is_final (facts->state) || is_unanswered (facts->state);
  gint64 began_us = hosted ? facts->sent_us : facts->started_us;

  inb_time_left_follow (&self->left, ended || facts->paused ? 0 : began_us, now_us,
                        hosted && self->left.typical_us > 0 ? -1.0 : facts->progress);
  return &self->left;
}

/**
 * inb_job_get_fraction:
 * @self: a job
 *
 * Returns: 0…1: how far it is, by the last inb_job_follow_time() or by what it tells of itself; −1
 * where nothing is known or it has ended
 */
double
inb_job_get_fraction (InbJob *self)
{
  double fraction = MAX (self->left.fraction, self->facts.progress);

  return inb_job_state_is_final (self->facts.state) ? -1.0 : MIN (fraction, 1.0);
}

/**
 * inb_job_get_id:
 * @self: a job
 *
 * Returns: (transfer none): its UUID
 */
const char *
inb_job_get_id (InbJob *self)
{
  return self->id;
}

/**
 * inb_job_get_product_id:
 * @self: a job
 *
 * Returns: (transfer none): UUID of its product
 */
const char *
inb_job_get_product_id (InbJob *self)
{
  return self->product_id;
}

/**
 * inb_job_get_product_name:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): what its product is called
 */
const char *
inb_job_get_product_name (InbJob *self)
{
  return self->product_name;
}

/**
 * inb_job_get_take:
 * @self: a job
 *
 * Returns: its number within the product, from 1
 */
guint
inb_job_get_take (InbJob *self)
{
  return self->take;
}

/**
 * inb_job_get_request:
 * @self: a job
 *
 * Returns: (transfer none): what was asked for
 */
const InbRequest *
inb_job_get_request (InbJob *self)
{
  return self->request;
}

/**
 * inb_job_get_created:
 * @self: a job
 *
 * Returns: wall clock, µs since 1970
 */
gint64
inb_job_get_created (InbJob *self)
{
  return self->created_us;
}

/**
 * inb_job_get_estimate:
 * @self: a job
 *
 * Returns: micro-dollars quoted before; 0 free, −1 unknown
 */
gint64
inb_job_get_estimate (InbJob *self)
{
  return self->estimate_micros;
}

/**
 * inb_job_get_facts:
 * @self: a job
 *
 * Returns: (transfer none): all that changes, valid until the next change
 */
const InbJobFacts *
inb_job_get_facts (InbJob *self)
{
  return &self->facts;
}

/**
 * inb_job_get_state:
 * @self: a job
 *
 * Returns: where it is
 */
InbJobState
inb_job_get_state (InbJob *self)
{
  return self->facts.state;
}

/**
 * inb_job_is_at_rest:
 * @self: a job
 *
 * Returns: %TRUE if it will not move by itself: it has ended, or it waits for a person
 */
gboolean
inb_job_is_at_rest (InbJob *self)
{
  g_return_val_if_fail (INB_IS_JOB (self), TRUE);
  return inb_job_state_is_final (self->facts.state) || self->facts.paused;
}

/**
 * inb_job_get_progress:
 * @self: a job
 *
 * Returns: 0…1 of the present work, −1 where nothing is known
 */
double
inb_job_get_progress (InbJob *self)
{
  return self->facts.progress;
}

/**
 * inb_job_get_clip:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): the finished clip
 */
const InbClip *
inb_job_get_clip (InbJob *self)
{
  return self->facts.clip;
}
