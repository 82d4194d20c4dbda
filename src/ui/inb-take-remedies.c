/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-take-remedies.h"

#include <glib/gi18n.h>

#include "core/inb-money.h"
#include "jobs/inb-remedy.h"

/* beside the bits of InbRemedy */
#define HAS_ID (1u << 31)

static void
add_button (GtkBox *box, const char *label, const char *spoken, const char *action)
{
  GtkWidget *text = gtk_label_new (label);
  GtkWidget *button = gtk_button_new ();

  /* prices and long words wrap instead of being cut */
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_justify (GTK_LABEL (text), GTK_JUSTIFY_CENTER);
  gtk_button_set_child (GTK_BUTTON (button), text);
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  -1);
  gtk_box_append (box, button);
}

static void
add_priced (GtkBox *box, InbJob *job, const char *label, const char *spoken, const char *action)
{
  g_autofree char *price = inb_money_format (inb_remedy_get_cost (job));
  /* Translators: a button: what it does, what it costs */
  g_autofree char *text = g_strdup_printf (_ ("%s · %s"), label, price);
  g_autofree char *name =
      g_strdup_printf (_ ("%s, take %u, %s"), spoken, inb_job_get_take (job), price);

  add_button (box, text, name, action);
}

static void
add_plain (GtkBox *box, InbJob *job, const char *label, const char *action)
{
  /* Translators: spoken by a screen reader: a button and the number of a take */
  g_autofree char *name = g_strdup_printf (_ ("%s, take %u"), label, inb_job_get_take (job));

  add_button (box, label, name, action);
}

static gboolean
has_id (InbJob *job)
{
  const InbJobFacts *facts = inb_job_get_facts (job);

  return facts->request_id != NULL || facts->remote_id != NULL;
}

/**
 * inb_take_remedies_fill:
 * @box: empty or filled before
 * @job: a take
 *
 * Fills it with a button for each thing that can be done about a take that is not well: what it
 * costs stands on it. They activate the actions “take.…” of a parent of @box.
 */
void
inb_take_remedies_fill (GtkBox *box, InbJob *job)
{
  guint remedy = inb_remedy_find (job, g_get_real_time ());
  guint shown = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (box), "inb-remedy"));
  GtkWidget *child;

  if (has_id (job))
    remedy |= HAS_ID;
  if (remedy == shown && remedy != 0)
    return; /* a button with the focus stays */
  g_object_set_data (G_OBJECT (box), "inb-remedy", GUINT_TO_POINTER (remedy));
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
  if ((remedy & INB_REMEDY_UNDO) != 0)
    add_plain (box, job, _ ("Undo"), "take.cancel");
  if ((remedy & INB_REMEDY_RESUME) != 0)
    add_priced (box, job, _ ("Resume"), _ ("Resume"), "take.resume");
  if ((remedy & INB_REMEDY_RETRY) != 0)
    add_priced (box, job, _ ("Try Again"), _ ("Try Again"), "take.retry");
  if ((remedy & INB_REMEDY_ORDER) != 0)
    add_priced (box, job, _ ("Try Again"), _ ("Try Again"), "take.order");
  if ((remedy & INB_REMEDY_ASK) != 0)
    add_plain (box, job, _ ("Ask Again"), "take.ask");
  if ((remedy & INB_REMEDY_GIVE_UP) != 0)
    add_plain (box, job, _ ("Give Up"), "take.give-up");
  if ((remedy & INB_REMEDY_RESEND) != 0)
    add_plain (box, job, _ ("Send Again · may pay twice"), "take.resend");
  if ((remedy & INB_REMEDY_RESTORE) != 0)
    add_plain (box, job, _ ("Restore"), "take.restore");
  if ((remedy & HAS_ID) != 0 &&
      (remedy & (INB_REMEDY_ORDER | INB_REMEDY_RESEND | INB_REMEDY_RETRY)) != 0)
    add_plain (box, job, _ ("Copy Id"), "take.copy-id");
  gtk_widget_set_visible (GTK_WIDGET (box), gtk_widget_get_first_child (GTK_WIDGET (box)) != NULL);
}
