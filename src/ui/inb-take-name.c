/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-take-name.h"

#include <glib/gi18n.h>

/* A field beside a take for what a person calls it. Return or the button takes it, Escape leaves it
 * as it was; the window's Undo takes it back. */

#define JOB "inb-named-job"

static void
take_name (GtkEntry *entry)
{
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (entry), GTK_TYPE_POPOVER);
  InbJob *job = g_object_get_data (G_OBJECT (popover), JOB);
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));

  gtk_widget_activate_action (popover, "win.name-take", "(ss)", inb_job_get_id (job), name);
  gtk_popover_popdown (GTK_POPOVER (popover));
}

static gboolean
unparent_cb (gpointer popover)
{
  if (gtk_widget_get_parent (popover) != NULL)
    gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

/* while it closes, the focus still goes back through its parent */
static void
closed_cb (GtkWidget *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent_cb, g_object_ref (popover), g_object_unref);
}

static GtkWidget *
create_entry (InbJob *job, const char *label)
{
  GtkWidget *entry = gtk_entry_new ();
  const char *name = inb_job_get_facts (job)->name;

  gtk_entry_set_max_length (GTK_ENTRY (entry), 100);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("Not named yet"));
  gtk_editable_set_text (GTK_EDITABLE (entry), name != NULL ? name : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect (entry, "activate", G_CALLBACK (take_name), NULL);
  return entry;
}

static GtkWidget *
create_content (InbJob *job)
{
  g_autofree char *label = g_strdup_printf (_ ("Name of take %u"), inb_job_get_take (job));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *heading = gtk_label_new (label);
  GtkWidget *entry = create_entry (job, label);
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Rename"));

  gtk_label_set_xalign (GTK_LABEL (heading), 0.0f);
  gtk_widget_add_css_class (heading, "heading");
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_set_hexpand (entry, TRUE);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (take_name), entry);
  gtk_box_append (GTK_BOX (line), entry);
  gtk_box_append (GTK_BOX (line), button);
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), line);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 6);
  return box;
}

/**
 * inb_take_name_popup:
 * @widget: what shows the take, inside a window that has win.name-take
 * @job: the take
 *
 * Asks for its name, which may be empty, and activates win.name-take with its id and the name.
 */
void
inb_take_name_popup (GtkWidget *widget, InbJob *job)
{
  GtkWidget *popover = gtk_popover_new ();
  GdkRectangle at = { gtk_widget_get_width (widget) / 2, MIN (gtk_widget_get_height (widget), 48),
                      1, 1 };

  g_object_set_data_full (G_OBJECT (popover), JOB, g_object_ref (job), g_object_unref);
  gtk_popover_set_child (GTK_POPOVER (popover), create_content (job));
  gtk_widget_set_parent (popover, widget);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &at);
  gtk_accessible_update_property (GTK_ACCESSIBLE (popover), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Rename Take"), -1);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
  gtk_popover_popup (GTK_POPOVER (popover)); /* the field gets the focus, with all of it selected */
}
