/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-check-row.h"

#include <glib/gi18n.h>

#include "ui/inb-widget.h"

/* One check: its weight as an icon and a word, what is the matter, why on demand, and what mends
 * it. */
struct _InbCheckRow
{
  GtkListBoxRow parent_instance;

  InbRule rule;

  GtkImage *icon;
  GtkLabel *text;
  GtkToggleButton *why_button;
  GtkWidget *revealer;
  GtkLabel *why;
  GtkBox *fixes;
};

enum
{
  SIGNAL_FIX,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbCheckRow, inb_check_row, GTK_TYPE_LIST_BOX_ROW)

static const char *
get_icon (InbCheckWeight weight)
{
  switch (weight)
    {
    case INB_CHECK_BLOCKS:
      return "dialog-error-symbolic";
    case INB_CHECK_WARNING:
      return "dialog-warning-symbolic";
    case INB_CHECK_WANTING:
    case INB_CHECK_NOTE:
    default:
      return "dialog-information-symbolic";
    }
}

static const char *
get_css_class (InbCheckWeight weight)
{
  return weight == INB_CHECK_BLOCKS ? "error" : weight == INB_CHECK_WARNING ? "warning" : "note";
}

static void
fix_clicked_cb (GtkButton *button, InbCheckRow *self)
{
  g_signal_emit (self, signals[SIGNAL_FIX], 0,
                 GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "inb-fix")));
}

/* A label that wraps: two of them stand side by side in a narrow form with large text. */
static void
add_fix (InbCheckRow *self, const char *text, guint which)
{
  GtkWidget *button = gtk_button_new_with_label (text);
  GtkLabel *label = GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button)));

  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_natural_wrap_mode (label, GTK_NATURAL_WRAP_NONE);
  gtk_label_set_justify (label, GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (button, "caption");
  g_object_set_data (G_OBJECT (button), "inb-fix", GUINT_TO_POINTER (which));
  g_signal_connect (button, "clicked", G_CALLBACK (fix_clicked_cb), self);
  gtk_box_append (self->fixes, button);
  gtk_widget_set_visible (GTK_WIDGET (self->fixes), TRUE);
}

/* Not shown, it is not read and not reached either. */
static void
why_toggled_cb (InbCheckRow *self)
{
  if (gtk_toggle_button_get_active (self->why_button))
    gtk_widget_set_visible (self->revealer, TRUE);
}

static void
revealed_cb (InbCheckRow *self)
{
  gtk_widget_set_visible (self->revealer, gtk_toggle_button_get_active (self->why_button));
}

static void
inb_check_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), INB_TYPE_CHECK_ROW);

  G_OBJECT_CLASS (inb_check_row_parent_class)->dispose (object);
}

static void
inb_check_row_class_init (InbCheckRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = inb_check_row_dispose;

  /* InbCheckRow::fix: the person wants the fix of that index */
  signals[SIGNAL_FIX] = g_signal_new ("fix", INB_TYPE_CHECK_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                      NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/inbetween/Inbetween/ui/inb-check-row.ui");
  gtk_widget_class_bind_template_child (widget_class, InbCheckRow, icon);
  gtk_widget_class_bind_template_child (widget_class, InbCheckRow, text);
  gtk_widget_class_bind_template_child (widget_class, InbCheckRow, why_button);
  gtk_widget_class_bind_template_child (widget_class, InbCheckRow, revealer);
  gtk_widget_class_bind_template_child (widget_class, InbCheckRow, why);
  gtk_widget_class_bind_template_child (widget_class, InbCheckRow, fixes);
}

static void
inb_check_row_init (InbCheckRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->why_button, "toggled", G_CALLBACK (why_toggled_cb), self);
  g_signal_connect_swapped (self->revealer, "notify::child-revealed", G_CALLBACK (revealed_cb),
                            self);
}

static void
name (InbCheckRow *self, const InbCheck *check)
{
  const char *weight = inb_check_weight_get_words (check->weight);
  g_autofree char *markup = g_markup_printf_escaped ("<b>%s</b>  %s", weight, check->text);
  /* Translators: the weight of a check, such as “Warning”, and what is the matter */
  g_autofree char *spoken = g_strdup_printf (_ ("%s: %s"), weight, check->text);
  /* Translators: %s is what is the matter */
  g_autofree char *why = g_strdup_printf (_ ("Why: %s"), check->text);

  gtk_label_set_markup (self->text, markup);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  inb_widget_name (GTK_WIDGET (self->why_button), why);
  if (check->why != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    check->why, -1);
}

/**
 * inb_check_row_new:
 * @check: what it shows; not kept
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
inb_check_row_new (const InbCheck *check)
{
  InbCheckRow *self = g_object_new (INB_TYPE_CHECK_ROW, NULL);

  self->rule = check->rule;
  gtk_image_set_from_icon_name (self->icon, get_icon (check->weight));
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), get_css_class (check->weight));
  name (self, check);
  gtk_label_set_label (self->why, check->why != NULL ? check->why : "");
  gtk_widget_set_visible (GTK_WIDGET (self->why_button), check->why != NULL);
  for (guint i = 0; i < INB_MAX_FIXES; i++)
    if (check->fixes[i].kind != INB_FIX_NONE)
      add_fix (self, check->fixes[i].label, i);
  return GTK_WIDGET (self);
}

/**
 * inb_check_row_get_rule:
 * @self: a row
 *
 * Returns: whose finding it shows
 */
InbRule
inb_check_row_get_rule (InbCheckRow *self)
{
  return self->rule;
}

/**
 * inb_check_row_get_open:
 * @self: a row
 *
 * Returns: whether the longer text is shown
 */
gboolean
inb_check_row_get_open (InbCheckRow *self)
{
  return gtk_toggle_button_get_active (self->why_button);
}

/**
 * inb_check_row_set_open:
 * @self: a row
 * @open: whether the longer text is shown
 */
void
inb_check_row_set_open (InbCheckRow *self, gboolean open)
{
  gtk_toggle_button_set_active (self->why_button, open);
}
