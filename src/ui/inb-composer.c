/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-composer.h"

#include <glib/gi18n.h>

#include "ui/inb-choice.h"
#include "ui/inb-extra.h"
#include "ui/inb-fold-layout.h"
#include "ui/inb-frame-pair.h"
#include "ui/inb-guidance.h"
#include "ui/inb-motion-chips.h"
#include "ui/inb-order-foot.h"
#include "ui/inb-provider-picker.h"
#include "ui/inb-text-field.h"
#include "ui/inb-understood.h"

/* The form of one product. It shows a draft and writes into it; what Generate means is its window's
 * business. Nothing else in the form can ask for a clip. */
struct _InbComposer
{
  AdwBin parent_instance;

  InbDraft *draft;
  InbOrder *order;

  InbFramePair *frames;
  GtkWidget *framing_box;
  InbChoice *ratio;
  GtkWidget *fit_box;
  GtkCheckButton *crop;
  GtkCheckButton *extend;
  GtkWidget *prompt_box;
  InbMotionChips *motions;
  GtkLabel *counter;
  InbTextField *prompt;
  InbUnderstood *understood;
  InbExtra *negative_extra;
  InbTextField *negative;
  GtkLabel *negative_counter;
  InbExtra *guidance_extra;
  InbGuidance *guidance;
  GtkWidget *amount_box;
  InbChoice *duration;
  InbChoice *takes;
  InbProviderPicker *provider;
  InbOrderFoot *foot;
};

enum
{
  SIGNAL_GENERATE,
  SIGNAL_FIX,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbComposer, inb_composer, ADW_TYPE_BIN)

/* against the provider's own limit, where it states one: else the most that any takes */
static void
count (GtkLabel *label, const char *text, guint limit)
{
  guint max_chars = limit > 0 ? limit : INB_MAX_PROMPT_CHARS;
  glong length = g_utf8_strlen (text, -1);
  /* Translators: characters written / characters possible */
  g_autofree char *words = g_strdup_printf (_ ("%ld/%u"), length, max_chars);

  gtk_label_set_label (label, words);
  if (length > (glong) max_chars)
    gtk_widget_add_css_class (GTK_WIDGET (label), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (label), "error");
}

static void
update_texts (InbComposer *self)
{
  const InbProvider *provider = inb_draft_get_provider (self->draft);
  const char *negative = inb_draft_get_negative (self->draft);

  count (self->counter, inb_draft_get_prompt (self->draft),
         provider != NULL ? provider->prompt_chars : 0);
  count (self->negative_counter, negative, provider != NULL ? provider->negative_chars : 0);
  inb_extra_set_value (self->negative_extra, *negative != '\0' ? _ ("written") : NULL);
}

static void
update_guidance (InbComposer *self)
{
  double guidance = inb_draft_get_guidance (self->draft);
  g_autofree char *value = guidance >= 0.0 ? g_strdup_printf ("%.2f", guidance) : NULL;

  inb_extra_set_value (self->guidance_extra, value);
}

static void
update_durations (InbComposer *self)
{
  static const guint durations[] = { 5, 10 }; /* as the buttons stand */
  const InbModel *model = inb_draft_get_model (self->draft);

  for (guint i = 0; i < G_N_ELEMENTS (durations); i++)
    {
      gboolean possible = model == NULL;

      for (guint j = 0; model != NULL && j < model->durations_s->len; j++)
        possible |= g_array_index (model->durations_s, guint, j) == durations[i];
      inb_choice_set_possible (self->duration, i, possible);
    }
}

/* Before the first photo the form has nothing to be about. */
static void
update_form (InbComposer *self)
{
  InbSlotState start = inb_photo_slot_get_state (inb_draft_get_start (self->draft));
  InbSlotState last = inb_photo_slot_get_state (inb_draft_get_last (self->draft));
  gboolean begun = start == INB_SLOT_READY || start == INB_SLOT_LOADING ||
                   *inb_draft_get_prompt (self->draft) != '\0';
  InbFraming framing;

  inb_draft_get_framing (self->draft, &framing);
  gtk_widget_set_sensitive (self->framing_box, begun);
  /* a last photo of another shape is cut or continued too */
  gtk_widget_set_sensitive (self->fit_box, framing.ratio != INB_RATIO_ORIGINAL ||
                                               last == INB_SLOT_READY || last == INB_SLOT_LOADING);
  gtk_widget_set_sensitive (self->prompt_box, begun);
  gtk_widget_set_sensitive (self->amount_box, begun);
}

static void
update (InbComposer *self)
{
  update_form (self);
  update_durations (self);
  update_texts (self);
  update_guidance (self);
}

static void
generate_cb (InbComposer *self)
{
  g_signal_emit (self, signals[SIGNAL_GENERATE], 0);
}

static void
fix_cb (InbComposer *self, const InbFix *fix)
{
  g_signal_emit (self, signals[SIGNAL_FIX], 0, fix);
}

/* the screen lists the photo's own shape last, core/ first */
static gboolean
ratio_to_index (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  g_value_set_uint (to, (g_value_get_uint (from) + INB_N_RATIOS - 1) % INB_N_RATIOS);
  return TRUE;
}

static gboolean
index_to_ratio (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  g_value_set_uint (to, (g_value_get_uint (from) + 1) % INB_N_RATIOS);
  return TRUE;
}

static gboolean
fit_to_active (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  g_value_set_boolean (to, g_value_get_uint (from) == GPOINTER_TO_UINT (user_data));
  return TRUE;
}

static gboolean
active_to_fit (GBinding *binding, const GValue *from, GValue *to, gpointer user_data)
{
  if (!g_value_get_boolean (from))
    return FALSE; /* the other button says what is chosen */
  g_value_set_uint (to, GPOINTER_TO_UINT (user_data));
  return TRUE;
}

static void
bind_draft (InbComposer *self)
{
  GBindingFlags both = G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE;

  g_object_bind_property_full (self->draft, "ratio", self->ratio, "selected", both, ratio_to_index,
                               index_to_ratio, NULL, NULL);
  g_object_bind_property_full (self->draft, "fit", self->crop, "active", both, fit_to_active,
                               active_to_fit, GUINT_TO_POINTER (INB_FIT_CROP), NULL);
  g_object_bind_property_full (self->draft, "fit", self->extend, "active", both, fit_to_active,
                               active_to_fit, GUINT_TO_POINTER (INB_FIT_EXTEND), NULL);
  g_object_bind_property (self->draft, "duration-index", self->duration, "selected", both);
  g_object_bind_property (self->draft, "takes-index", self->takes, "selected", both);
  g_object_bind_property (self->draft, "prompt", self->prompt, "text", both);
  g_object_bind_property (self->draft, "negative", self->negative, "text", both);
}

static void
fill_choices (InbComposer *self)
{
  inb_choice_add (self->ratio, _ ("16:9"), _ ("Framing 16 to 9"));
  inb_choice_add (self->ratio, _ ("9:16"), _ ("Framing 9 to 16"));
  inb_choice_add (self->ratio, _ ("1:1"), _ ("Framing 1 to 1"));
  inb_choice_add (self->ratio, _ ("Original"), _ ("Framing of the photo itself"));
  inb_choice_add (self->duration, _ ("5 s"), _ ("Duration 5 seconds"));
  inb_choice_add (self->duration, _ ("10 s"), _ ("Duration 10 seconds"));
  for (guint i = 1; i <= INB_MAX_TAKES; i++)
    {
      /* Translators: a number of takes, on a button */
      g_autofree char *label = g_strdup_printf (_ ("%u"), i);
      g_autofree char *spoken = g_strdup_printf (ngettext ("%u take", "%u takes", i), i);

      inb_choice_add (self->takes, label, spoken);
    }
}

static void
inb_composer_dispose (GObject *object)
{
  InbComposer *self = INB_COMPOSER (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), INB_TYPE_COMPOSER);
  g_clear_object (&self->order);
  g_clear_object (&self->draft);

  G_OBJECT_CLASS (inb_composer_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, InbComposer, frames);
  gtk_widget_class_bind_template_child (widget_class, InbComposer, framing_box);
  gtk_widget_class_bind_template_child (widget_class, InbComposer, ratio);
  gtk_widget_class_bind_template_child (widget_class, InbComposer, fit_box);
  gtk_widget_class_bind_template_child (widget_class, InbComposer, crop);
  gtk_widget_class_bind_template_child (widget_class, InbComposer, extend);
  gtk_widget_class_bind_template_child (widget_class, InbComposer, prompt_box);
  gtk_widget_class_bind_template_child (widget_class, InbComposer, motions);
  gtk_widget_class_bind_template_child (widget_class, InbComposer, counter);
  gtk_widget_class_bind_template_child (widget_class, InbComposer, prompt);
  gtk_widget_class_bind_template_child (widget_class, InbComposer, understood);
  gtk_widget_class_bind_template_child (widget_class, InbComposer, negative_extra);
  gtk_widget_class_bind_template_child (widget_class, InbComposer, negative);
  gtk_widget_class_bind_template_child (widget_class, InbComposer, negative_counter);
  gtk_widget_class_bind_template_child (widget_class, InbComposer, guidance_extra);
  gtk_widget_class_bind_template_child (widget_class, InbComposer, guidance);
  gtk_widget_class_bind_template_child (widget_class, InbComposer, amount_box);
  gtk_widget_class_bind_template_child (widget_class, InbComposer, duration);
  gtk_widget_class_bind_template_child (widget_class, InbComposer, takes);
  gtk_widget_class_bind_template_child (widget_class, InbComposer, provider);
  gtk_widget_class_bind_template_child (widget_class, InbComposer, foot);
}

static void
inb_composer_class_init (InbComposerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = inb_composer_dispose;

  /* InbComposer::generate: the person wants what the draft says, now; at most once a second */
  signals[SIGNAL_GENERATE] = g_signal_new ("generate", INB_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 0);
  /* InbComposer::fix: the person wants a fix that is not in the form (InbFix, until the handler
   * returns) */
  signals[SIGNAL_FIX] = g_signal_new ("fix", INB_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                      NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);

  g_type_ensure (INB_TYPE_CHOICE);
  g_type_ensure (INB_TYPE_EXTRA);
  g_type_ensure (INB_TYPE_FOLD_LAYOUT);
  g_type_ensure (INB_TYPE_FRAME_PAIR);
  g_type_ensure (INB_TYPE_GUIDANCE);
  g_type_ensure (INB_TYPE_MOTION_CHIPS);
  g_type_ensure (INB_TYPE_ORDER_FOOT);
  g_type_ensure (INB_TYPE_PROVIDER_PICKER);
  g_type_ensure (INB_TYPE_TEXT_FIELD);
  g_type_ensure (INB_TYPE_UNDERSTOOD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/inbetween/Inbetween/ui/inb-composer.ui");
  bind_children (widget_class);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_FORM);
}

static void
inb_composer_init (InbComposer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_choices (self);
  g_signal_connect_swapped (self->foot, "generate", G_CALLBACK (generate_cb), self);
  g_signal_connect_swapped (self->foot, "fix", G_CALLBACK (fix_cb), self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Form"),
                                  -1);
}

/**
 * inb_composer_new:
 *
 * Returns: (transfer floating): a form without a draft
 */
GtkWidget *
inb_composer_new (void)
{
  return g_object_new (INB_TYPE_COMPOSER, NULL);
}

/**
 * inb_composer_set_draft:
 * @self: a form, once
 * @draft: what it shows and changes
 */
void
inb_composer_set_draft (InbComposer *self, InbDraft *draft)
{
  g_return_if_fail (INB_IS_COMPOSER (self) && self->draft == NULL);

  self->draft = g_object_ref (draft);
  inb_frame_pair_set_draft (self->frames, draft);
  inb_understood_set_draft (self->understood, draft);
  inb_motion_chips_set_draft (self->motions, draft);
  inb_extra_set_draft (self->negative_extra, draft, INB_FEATURE_NEGATIVE);
  inb_extra_set_draft (self->guidance_extra, draft, INB_FEATURE_GUIDANCE);
  inb_guidance_set_draft (self->guidance, draft);
  inb_provider_picker_set_draft (self->provider, draft);
  bind_draft (self);
  self->order = inb_order_new (draft);
  inb_order_foot_set_order (self->foot, self->order);
  g_signal_connect_object (draft, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * inb_composer_get_order:
 * @self: a form with a draft
 *
 * Returns: (transfer none): what Generate would ask for
 */
InbOrder *
inb_composer_get_order (InbComposer *self)
{
  return self->order;
}

/**
 * inb_composer_choose_well:
 * @self: a form with a draft
 * @focus: (nullable): the widget that has the focus
 *
 * Returns: (transfer none) (nullable): the well that a pasted photo goes to: the focused one, else
 * the first that is empty; %NULL if both are filled
 */
InbFrameWell *
inb_composer_choose_well (InbComposer *self, GtkWidget *focus)
{
  return inb_frame_pair_choose_well (self->frames, focus);
}

/**
 * inb_composer_choose_photo:
 * @self: a form with a draft
 * @last: whether it is for the last frame
 *
 * Lets the person choose a file.
 */
void
inb_composer_choose_photo (InbComposer *self, gboolean last)
{
  g_return_if_fail (INB_IS_COMPOSER (self));
  gtk_widget_activate_action (GTK_WIDGET (inb_frame_pair_get_well (self->frames, last)),
                              "well.choose", NULL);
}

/**
 * inb_composer_generate:
 * @self: a form with a draft
 *
 * What the button does, for the one key that does the same.
 */
void
inb_composer_generate (InbComposer *self)
{
  g_return_if_fail (INB_IS_COMPOSER (self));
  inb_order_foot_generate (self->foot);
}

/**
 * inb_composer_set_busy:
 * @self: a form with a draft
 * @busy: whether a request is on its way into the queue; no other is taken until it is there
 */
void
inb_composer_set_busy (InbComposer *self, gboolean busy)
{
  g_return_if_fail (INB_IS_COMPOSER (self));

  inb_order_foot_set_busy (self->foot, busy);
}

/**
 * inb_composer_focus_prompt:
 * @self: a form
 */
void
inb_composer_focus_prompt (InbComposer *self)
{
  g_return_if_fail (INB_IS_COMPOSER (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->prompt));
}
