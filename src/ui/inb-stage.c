/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-stage.h"

#include <glib/gi18n.h>

/* Where the selected take is seen: its clip, looping, or the words about why there is none. */
struct _InbStage
{
  AdwBin parent_instance;

  InbJob *job;
};

typedef enum
{
  PROP_JOB = 1,
} InbStageProperty;

static GParamSpec *props[PROP_JOB + 1];

G_DEFINE_FINAL_TYPE (InbStage, inb_stage, ADW_TYPE_BIN)

static void
inb_stage_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch ((InbStageProperty) prop_id)
    {
    case PROP_JOB:
      g_value_set_object (value, INB_STAGE (object)->job);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
inb_stage_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  switch ((InbStageProperty) prop_id)
    {
    case PROP_JOB:
      inb_stage_set_job (INB_STAGE (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
inb_stage_dispose (GObject *object)
{
  g_clear_object (&INB_STAGE (object)->job);

  G_OBJECT_CLASS (inb_stage_parent_class)->dispose (object);
}

static void
inb_stage_class_init (InbStageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = inb_stage_get_property;
  object_class->set_property = inb_stage_set_property;
  object_class->dispose = inb_stage_dispose;

  props[PROP_JOB] =
      g_param_spec_object ("job", NULL, NULL, INB_TYPE_JOB,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
inb_stage_init (InbStage *self)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("Your clip will appear here"));
  adw_bin_set_child (ADW_BIN (self), page);
}

/**
 * inb_stage_new:
 *
 * Returns: (transfer floating): a stage that shows no take
 */
GtkWidget *
inb_stage_new (void)
{
  return g_object_new (INB_TYPE_STAGE, NULL);
}

/**
 * inb_stage_set_job:
 * @self: a stage
 * @job: (nullable) (transfer none): the take to show and follow
 */
void
inb_stage_set_job (InbStage *self, InbJob *job)
{
  g_return_if_fail (INB_IS_STAGE (self));

  if (g_set_object (&self->job, job))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_JOB]);
}

/**
 * inb_stage_get_job:
 * @self: a stage
 *
 * Returns: (transfer none) (nullable): the take that is shown
 */
InbJob *
inb_stage_get_job (InbStage *self)
{
  g_return_val_if_fail (INB_IS_STAGE (self), NULL);

  return self->job;
}
