/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-preferences-spending.h"

#include <glib/gi18n.h>

#include "core/inb-money.h"
#include "ui/inb-toast.h"

/* What may be spent. In force when the person says so with the button of the row or Enter: a cap of
 * 1 on the way to 10 would be as wrong as none on the way to another. */
struct _InbPreferencesSpending
{
  AdwPreferencesGroup parent_instance;

  InbQueue *queue;

  AdwActionRow *spent;
  AdwEntryRow *day;
  AdwEntryRow *request;
};

G_DEFINE_FINAL_TYPE (InbPreferencesSpending, inb_preferences_spending, ADW_TYPE_PREFERENCES_GROUP)

#define REQUEST_CAP "max-cost-micros"

/* "10", "0.35": as inb_money_parse() reads it; empty for no cap */
static char *
dup_amount (gint64 micros)
{
  g_autofree char *money = micros > 0 ? inb_money_format (micros) : NULL;
  gsize length;

  if (micros < 0)
    return g_strdup ("");
  if (money == NULL)
    return g_strdup ("0");
  length = strlen (money);
  if (g_str_has_suffix (money, ".00"))
    money[length - 3] = '\0';
  return g_strdup (money + 1); /* without the currency's sign */
}

static gint64
get_request_cap (InbPreferencesSpending *self)
{
  g_autofree char *text = inb_queue_get_text (self->queue, REQUEST_CAP);
  gint64 micros;

  return text != NULL && g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, &micros, NULL) ? micros
                                                                                           : -1;
}

static void
show_spent (InbPreferencesSpending *self)
{
  gint64 spent = inb_queue_get_spent_today (self->queue);
  gint64 cap = inb_queue_get_day_cap (self->queue);
  g_autofree char *spent_text = spent > 0 ? inb_money_format (spent) : g_strdup ("$0.00");
  g_autofree char *cap_text = cap > 0 ? inb_money_format (cap) : g_strdup ("$0.00");
  /* Translators: money spent, then the cap: “$1.40 of $10.00” */
  g_autofree char *words = cap >= 0 ? g_strdup_printf (_ ("%s of %s"), spent_text, cap_text)
                                    : g_strdup_printf (_ ("%s, no cap"), spent_text);

  adw_action_row_set_subtitle (self->spent, words);
}

static gboolean
read_amount (AdwEntryRow *row, gint64 *micros)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (row)));

  g_strstrip (text);
  *micros = -1;
  return *text == '\0' || inb_money_parse (*text == '$' ? text + 1 : text, micros);
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InbPreferencesSpending) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean good = inb_queue_change_finish (INB_QUEUE (source), result, &error);

  if (self->spent == NULL)
    return; /* closed meanwhile */
  if (!good)
    inb_toast_show_in (GTK_WIDGET (self), error->message);
  show_spent (self);
}

static void
refuse (InbPreferencesSpending *self, AdwEntryRow *row)
{
  gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  inb_toast_show_in (
      GTK_WIDGET (self),
      _ ("Type an amount in dollars with a point, like 10 or 2.50, or nothing for no cap. "
         "The former cap stays."));
}

static void
day_applied_cb (InbPreferencesSpending *self)
{
  gint64 micros;

  if (read_amount (self->day, &micros))
    inb_queue_set_day_cap_async (self->queue, micros, changed_cb, g_object_ref (self));
  else
    refuse (self, self->day);
}

static void
request_applied_cb (InbPreferencesSpending *self)
{
  g_autofree char *text = NULL;
  gint64 micros;

  if (!read_amount (self->request, &micros))
    {
      refuse (self, self->request);
      return;
    }
  text = micros >= 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, micros) : NULL;
  inb_queue_set_text_async (self->queue, REQUEST_CAP, text, changed_cb, g_object_ref (self));
}

static void
day_typed_cb (InbPreferencesSpending *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->day), "error");
}

static void
request_typed_cb (InbPreferencesSpending *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->request), "error");
}

static void
inb_preferences_spending_dispose (GObject *object)
{
  InbPreferencesSpending *self = INB_PREFERENCES_SPENDING (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), INB_TYPE_PREFERENCES_SPENDING);
  g_clear_object (&self->queue);

  G_OBJECT_CLASS (inb_preferences_spending_parent_class)->dispose (object);
}

static void
inb_preferences_spending_class_init (InbPreferencesSpendingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = inb_preferences_spending_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/inbetween/Inbetween/ui/inb-preferences-spending.ui");
  gtk_widget_class_bind_template_child (widget_class, InbPreferencesSpending, spent);
  gtk_widget_class_bind_template_child (widget_class, InbPreferencesSpending, day);
  gtk_widget_class_bind_template_child (widget_class, InbPreferencesSpending, request);
  gtk_widget_class_bind_template_callback (widget_class, day_applied_cb);
  gtk_widget_class_bind_template_callback (widget_class, day_typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, request_applied_cb);
  gtk_widget_class_bind_template_callback (widget_class, request_typed_cb);
}

static void
inb_preferences_spending_init (InbPreferencesSpending *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The text that is shown is not one that was typed: no button to apply it. */
static void
show_amount (AdwEntryRow *row, gint64 micros)
{
  g_autofree char *text = dup_amount (micros);

  adw_entry_row_set_show_apply_button (row, FALSE);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  adw_entry_row_set_show_apply_button (row, TRUE);
}

/**
 * inb_preferences_spending_set_queue:
 * @self: a group, once
 * @queue: where caps are kept
 */
void
inb_preferences_spending_set_queue (InbPreferencesSpending *self, InbQueue *queue)
{
  g_return_if_fail (INB_IS_PREFERENCES_SPENDING (self) && self->queue == NULL);

  self->queue = g_object_ref (queue);
  show_amount (self->day, inb_queue_get_day_cap (queue));
  show_amount (self->request, get_request_cap (self));
  show_spent (self);
}
