/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-extra.h"

#include <glib/gi18n.h>

#include "providers/inb-words.h"

/* A part of the form that few need and not every provider does: closed at first, its title says
 * what it holds. Where the provider does nothing with it, it says so and takes no input; what was
 * filled in stays. */
struct _InbExtra
{
  AdwBin parent_instance;

  InbDraft *draft;
  InbFeature feature;
  char *title;
  char *value;

  GtkExpander *expander;
  GtkLabel *heading;
  GtkLabel *state; /* beside it: what is set, or that it is of no use here */
  GtkLabel *note;
  GtkBox *box;
  GtkWidget *content;
};

typedef enum
{
  PROP_TITLE = 1,
  PROP_CONTENT,
} InbExtraProperty;

static GParamSpec *props[PROP_CONTENT + 1];

G_DEFINE_FINAL_TYPE (InbExtra, inb_extra, ADW_TYPE_BIN)

static void
show_note (InbExtra *self, const char *reason)
{
  gtk_label_set_label (self->note, reason != NULL ? reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), reason != NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->expander), reason);
}

static void
name_for_readers (InbExtra *self)
{
  const char *state = gtk_label_get_label (self->state);
  g_autofree char *spoken = NULL;

  if (*state != '\0')
    /* Translators: spoken by a screen reader: “Guidance, 0.50” */
    spoken = g_strdup_printf (_ ("%s, %s"), self->title, state);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->expander), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken != NULL ? spoken : self->title, -1);
}

static void
update (InbExtra *self)
{
  const InbProvider *provider = inb_draft_get_provider (self->draft);
  const InbModel *model = inb_draft_get_model (self->draft);
  gboolean usable = inb_draft_find_reason (self->draft, self->feature) == NULL;
  g_autofree char *unused = NULL;

  if (!usable)
    /* Translators: %s is a provider that does nothing with this part of the form */
    unused = g_strdup_printf (_ ("not with %s"), inb_provider_get_name (provider));
  gtk_label_set_label (self->state, !usable ? unused : self->value != NULL ? self->value : "");
  if (usable)
    gtk_widget_remove_css_class (GTK_WIDGET (self->heading), "dim-label");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->heading), "dim-label");
  name_for_readers (self);
  gtk_widget_set_sensitive (self->content, usable);
  show_note (self, model != NULL ? inb_words_translate (model->reasons[self->feature]) : NULL);
}

static void
set_content (InbExtra *self, GtkWidget *content)
{
  g_return_if_fail (self->content == NULL && content != NULL);

  self->content = content;
  gtk_box_prepend (self->box, content);
}

static void
inb_extra_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  InbExtra *self = INB_EXTRA (object);

  switch ((InbExtraProperty) prop_id)
    {
    case PROP_TITLE:
      g_free (self->title);
      self->title = g_value_dup_string (value);
      gtk_label_set_label (self->heading, self->title);
      break;
    case PROP_CONTENT:
      set_content (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
inb_extra_dispose (GObject *object)
{
  g_clear_object (&INB_EXTRA (object)->draft);

  G_OBJECT_CLASS (inb_extra_parent_class)->dispose (object);
}

static void
inb_extra_finalize (GObject *object)
{
  InbExtra *self = INB_EXTRA (object);

  g_free (self->title);
  g_free (self->value);

  G_OBJECT_CLASS (inb_extra_parent_class)->finalize (object);
}

static void
inb_extra_class_init (InbExtraClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = inb_extra_set_property;
  object_class->dispose = inb_extra_dispose;
  object_class->finalize = inb_extra_finalize;

  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  props[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static GtkLabel *
new_label (const char *css_class)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (""));

  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (label, 0.0f);
  gtk_widget_add_css_class (GTK_WIDGET (label), css_class);
  return label;
}

static GtkWidget *
make_title (InbExtra *self)
{
  GtkWidget *title = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

  gtk_label_set_xalign (self->state, 1.0f);
  gtk_widget_set_hexpand (GTK_WIDGET (self->state), TRUE);
  gtk_box_append (GTK_BOX (title), GTK_WIDGET (self->heading));
  gtk_box_append (GTK_BOX (title), GTK_WIDGET (self->state));
  return title;
}

static void
inb_extra_init (InbExtra *self)
{
  self->title = g_strdup ("");
  self->heading = new_label ("heading");
  self->state = new_label ("caption");
  self->note = new_label ("caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->state), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->note), "dim-label");
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_widget_set_margin_top (GTK_WIDGET (self->box), 6);
  gtk_box_append (self->box, GTK_WIDGET (self->note));
  self->expander = GTK_EXPANDER (gtk_expander_new (NULL));
  gtk_expander_set_label_widget (self->expander, make_title (self));
  gtk_expander_set_child (self->expander, GTK_WIDGET (self->box));
  /* GTK 4.18 looks for the focus in what a closed one holds, and finds it in no window */
  g_object_bind_property (self->expander, "expanded", self->box, "can-focus",
                          G_BINDING_SYNC_CREATE);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->expander));
}

/**
 * inb_extra_new:
 *
 * Returns: (transfer floating): a closed part of the form without a draft
 */
GtkWidget *
inb_extra_new (void)
{
  return g_object_new (INB_TYPE_EXTRA, NULL);
}

/**
 * inb_extra_set_draft:
 * @self: a part of the form, once
 * @draft: the form
 * @feature: what a provider must do for it to be of use
 */
void
inb_extra_set_draft (InbExtra *self, InbDraft *draft, InbFeature feature)
{
  g_return_if_fail (INB_IS_EXTRA (self) && self->draft == NULL);

  self->draft = g_object_ref (draft);
  self->feature = feature;
  g_signal_connect_object (draft, "notify::provider", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "notify::model", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * inb_extra_set_value:
 * @self: a part of the form with a draft
 * @value: (nullable): what is set in it, in a word or two; %NULL: nothing
 */
void
inb_extra_set_value (InbExtra *self, const char *value)
{
  g_return_if_fail (INB_IS_EXTRA (self) && self->draft != NULL);

  g_free (self->value);
  self->value = g_strdup (value);
  update (self);
}
