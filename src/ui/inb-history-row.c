/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-history-row.h"

#include <glib/gi18n.h>

#include "jobs/inb-take-words.h"
#include "ui/inb-poster-view.h"
#include "ui/inb-take-actions.h"
#include "ui/inb-take-icon.h"

/* One take in the history, three lines whatever it is: rows of one height scroll evenly; only where
 * the window is narrow the last may take two. It is bound to one item after another. */
struct _InbHistoryRow
{
  AdwBin parent_instance;

  InbHistoryItem *item;
  InbJob *job; /* NULL until the item's page is read */
  GSignalGroup *item_signals;
  GSignalGroup *job_signals;
  guint name_id;

  InbPosterView *poster;
  GtkLabel *title;
  GtkLabel *prompt;
  GtkImage *state_icon;
  GtkLabel *state;
};

typedef enum
{
  PROP_JOB = 1,
} InbHistoryRowProperty;

static GParamSpec *props[PROP_JOB + 1];

/* characters in a tooltip: a prompt may have thousands, and the details show them all */
#define MOST_POINTED_AT 300

G_DEFINE_FINAL_TYPE (InbHistoryRow, inb_history_row, ADW_TYPE_BIN)

/* "Done · WaveSpeedAI · $0.35 · 14 Mar 2026" */
static char *
dup_line (InbJob *job)
{
  const InbJobFacts *facts = inb_job_get_facts (job);
  const char *mark = facts->state == INB_JOB_DONE ? inb_take_words_get_mark (facts->mark) : NULL;
  g_autoptr (GDateTime) time =
      g_date_time_new_from_unix_local (inb_job_get_created (job) / G_USEC_PER_SEC);
  /* Translators: a short date, as strftime() writes it */
  g_autofree char *date = time != NULL ? g_date_time_format (time, _ ("%e %b %Y")) : NULL;
  g_autofree char *state = inb_take_words_dup_state (job);
  g_autofree char *price = inb_take_words_dup_price (job);

  /* Translators: state, name of a provider, price, date */
  return g_strdup_printf (_ ("%s · %s · %s · %s"), mark != NULL ? mark : state,
                          inb_take_words_get_provider (job), price,
                          date != NULL ? g_strchug (date) : "");
}

static gboolean
name_cb (gpointer user_data)
{
  InbHistoryRow *self = user_data;
  GtkWidget *cell = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autofree char *spoken = NULL;
  g_autofree char *name = NULL;

  self->name_id = 0;
  if (cell == NULL)
    return G_SOURCE_REMOVE;
  spoken = self->job != NULL ? inb_take_words_dup_spoken (self->job, NULL) : NULL;
  if (spoken != NULL && inb_job_get_product_name (self->job) != NULL)
    /* Translators: spoken by a screen reader: name of a product, then “Take 3, Done, …” */
    name = g_strdup_printf (_ ("%s, %s"), inb_job_get_product_name (self->job), spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name != NULL     ? name
                                  : spoken != NULL ? spoken
                                                   : _ ("Being read"),
                                  -1);
  return G_SOURCE_REMOVE;
}

/* The list names its cells itself while it binds them: ours comes after. */
static void
name_cell (InbHistoryRow *self)
{
  if (self->name_id == 0)
    self->name_id = g_idle_add (name_cb, self);
}

/* Who points at words that are cut short reads more of them. */
static void
show_words (GtkLabel *label, const char *words)
{
  g_autofree char *most = NULL;

  gtk_label_set_label (label, words);
  if (g_utf8_strlen (words, -1) > MOST_POINTED_AT)
    {
      g_autofree char *begin = g_utf8_substring (words, 0, MOST_POINTED_AT);

      most = g_strconcat (begin, "…", NULL);
    }
  gtk_widget_set_tooltip_text (GTK_WIDGET (label), most != NULL ? most : words);
}

static void
show_state (InbHistoryRow *self)
{
  g_autofree char *line = dup_line (self->job);

  inb_take_icon_show (self->state_icon, self->job);
  show_words (self->state, line);
  inb_poster_view_set_job (self->poster, self->job);
  name_cell (self);
}

static void
show_title (InbHistoryRow *self)
{
  const char *product = inb_job_get_product_name (self->job);
  g_autofree char *title = inb_take_words_dup_title (self->job, product != NULL ? product : "");

  show_words (self->title, title);
  name_cell (self);
}

/* A place of the same size until its words are there. */
static void
show_nothing (InbHistoryRow *self)
{
  show_words (self->title, "…");
  show_words (self->prompt, "");
  show_words (self->state, "");
  gtk_image_clear (self->state_icon);
  inb_poster_view_set_job (self->poster, NULL);
}

static void
show_job (InbHistoryRow *self)
{
  InbJob *job = self->item != NULL ? inb_history_item_get_job (self->item) : NULL;

  if (!g_set_object (&self->job, job) && job != NULL)
    return;
  g_signal_group_set_target (self->job_signals, job);
  if (job == NULL)
    {
      show_nothing (self);
      return;
    }
  show_title (self);
  show_words (self->prompt, inb_job_get_request (job)->prompt);
  show_state (self);
}

static void
inb_history_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch ((InbHistoryRowProperty) prop_id)
    {
    case PROP_JOB:
      g_value_set_object (value, INB_HISTORY_ROW (object)->job);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
inb_history_row_dispose (GObject *object)
{
  InbHistoryRow *self = INB_HISTORY_ROW (object);

  g_clear_handle_id (&self->name_id, g_source_remove);
  g_clear_object (&self->item_signals);
  g_clear_object (&self->job_signals);
  inb_take_actions_drop_menu (GTK_WIDGET (self));
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), INB_TYPE_HISTORY_ROW);
  g_clear_object (&self->item);
  g_clear_object (&self->job);

  G_OBJECT_CLASS (inb_history_row_parent_class)->dispose (object);
}

static void
inb_history_row_class_init (InbHistoryRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = inb_history_row_get_property;
  object_class->dispose = inb_history_row_dispose;

  props[PROP_JOB] = g_param_spec_object ("job", NULL, NULL, INB_TYPE_JOB,
                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  g_type_ensure (INB_TYPE_POSTER_VIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/inbetween/Inbetween/ui/inb-history-row.ui");
  gtk_widget_class_bind_template_child (widget_class, InbHistoryRow, poster);
  gtk_widget_class_bind_template_child (widget_class, InbHistoryRow, title);
  gtk_widget_class_bind_template_child (widget_class, InbHistoryRow, prompt);
  gtk_widget_class_bind_template_child (widget_class, InbHistoryRow, state_icon);
  gtk_widget_class_bind_template_child (widget_class, InbHistoryRow, state);
  inb_take_actions_install (widget_class);
}

static void
inb_history_row_init (InbHistoryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  inb_take_actions_add_menu (GTK_WIDGET (self));
  self->item_signals = g_signal_group_new (INB_TYPE_HISTORY_ITEM);
  g_signal_group_connect_swapped (self->item_signals, "notify::job", G_CALLBACK (show_job), self);
  self->job_signals = g_signal_group_new (INB_TYPE_JOB);
  g_signal_group_connect_swapped (self->job_signals, "notify::state", G_CALLBACK (show_state),
                                  self);
  g_signal_group_connect_swapped (self->job_signals, "notify::product-name",
                                  G_CALLBACK (show_title), self);
  g_signal_group_connect_swapped (self->job_signals, "notify::name", G_CALLBACK (show_title), self);
  show_nothing (self);
}

/**
 * inb_history_row_new:
 *
 * Returns: (transfer floating): a row of nothing
 */
GtkWidget *
inb_history_row_new (void)
{
  return g_object_new (INB_TYPE_HISTORY_ROW, NULL);
}

/**
 * inb_history_row_set_item:
 * @self: a row
 * @item: (nullable): what to show and to follow
 */
void
inb_history_row_set_item (InbHistoryRow *self, InbHistoryItem *item)
{
  g_return_if_fail (INB_IS_HISTORY_ROW (self));

  g_set_object (&self->item, item);
  g_signal_group_set_target (self->item_signals, item);
  show_job (self);
}
