/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-providers-page.h"

#include "providers/inb-catalogue.h"
#include "ui/inb-provider-row.h"
#include "ui/inb-provider-table.h"
#include "ui/inb-route-list.h"

/* px beside the table, as in the .ui */
#define MARGIN 12

/* All who can make a clip, side by side where there is room; their keys; and in which order they
 * are tried. */
struct _InbProvidersPage
{
  AdwBin parent_instance;

  InbQueue *queue;
  guint fit_id;
  GtkAdjustment *width; /* of what is seen: a widget with a layout manager is not told its own */
  GPtrArray *rows;      /* InbProviderRow, borrowed from the group */

  InbProviderTable *table;
  AdwPreferencesGroup *services;
  AdwPreferencesGroup *faults;
  InbRouteList *route;
};

G_DEFINE_FINAL_TYPE (InbProvidersPage, inb_providers_page, ADW_TYPE_BIN)

/* The table is there where it fits as a whole; the rows below say the same everywhere. Not
 * AdwSqueezer: in libadwaita 1.2 it takes no height for what it has just let in (measured). */
static gboolean
fits (InbProvidersPage *self)
{
  GtkWidget *grid = adw_bin_get_child (ADW_BIN (self->table));
  int needed = 0;

  gtk_widget_measure (grid, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &needed, NULL, NULL);
  return needed + 2 * MARGIN <= gtk_adjustment_get_page_size (self->width);
}

static gboolean
fit_cb (gpointer user_data)
{
  InbProvidersPage *self = user_data;

  self->fit_id = 0;
  gtk_widget_set_visible (GTK_WIDGET (self->table), fits (self));
  return G_SOURCE_REMOVE;
}

/* What is seen may not change while places are given out. */
static void
width_changed_cb (InbProvidersPage *self)
{
  if (self->table != NULL && self->fit_id == 0 &&
      gtk_widget_get_visible (GTK_WIDGET (self->table)) != fits (self))
    self->fit_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, fit_cb, self, NULL);
}

/* Sizes are known after the next frame. */
static void
text_size_changed_cb (InbProvidersPage *self)
{
  if (self->table != NULL && self->fit_id == 0)
    self->fit_id = g_idle_add_full (G_PRIORITY_LOW, fit_cb, self, NULL);
}

/* What this person has seen of a model so far: how often it went well at all, and how long a clip
 * of 5 s takes, or one of 10 s where there is none of those. */
static void
fill_figures (InbProvidersPage *self, InbProviderFacts *facts)
{
  static const guint durations_s[] = { 5, 10 };

  facts->median_us = -1;
  for (guint i = 0; i < G_N_ELEMENTS (durations_s); i++)
    {
      InbFigures figures;

      if (!inb_queue_get_figures (self->queue, facts->provider->id, facts->model->id,
                                  durations_s[i], &figures))
        continue;
      facts->n_done += figures.n_done;
      facts->n_failed += figures.n_failed;
      if (facts->median_us < 0)
        facts->median_us = figures.median_us;
    }
}

static GPtrArray *
make_facts (InbProvidersPage *self)
{
  const GPtrArray *providers = inb_catalogue_get_providers (NULL);
  GPtrArray *all = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; providers != NULL && i < providers->len; i++)
    {
      const InbProvider *provider = g_ptr_array_index (providers, i);

      for (guint j = 0; j < provider->models->len; j++)
        {
          InbProviderFacts *facts = g_new0 (InbProviderFacts, 1);

          facts->provider = provider;
          facts->model = g_ptr_array_index (provider->models, j);
          fill_figures (self, facts);
          g_ptr_array_add (all, facts);
        }
    }
  return all;
}

/* Each time the page is shown: clips may have been made since. */
static void
show_facts (InbProvidersPage *self)
{
  g_autoptr (GPtrArray) facts = make_facts (self);

  inb_provider_table_set_rows (self->table, facts);
  width_changed_cb (self);
  for (guint i = 0; i < self->rows->len; i++)
    inb_provider_row_set_facts (g_ptr_array_index (self->rows, i), facts);
}

static void
add_services (InbProvidersPage *self)
{
  const GPtrArray *providers = inb_catalogue_get_providers (NULL);

  for (guint i = 0; providers != NULL && i < providers->len; i++)
    {
      GtkWidget *row = inb_provider_row_new (g_ptr_array_index (providers, i));

      g_ptr_array_add (self->rows, row);
      adw_preferences_group_add (self->services, row);
    }
}

static void
add_faults (InbProvidersPage *self)
{
  const GPtrArray *faults = inb_catalogue_get_faults ();

  for (guint i = 0; i < faults->len; i++)
    {
      const GError *fault = g_ptr_array_index (faults, i);
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *markup = g_markup_escape_text (fault->message, -1);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), markup);
      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
      gtk_widget_set_focusable (row, TRUE);
      adw_preferences_group_add (self->faults, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->faults), faults->len > 0);
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InbProvidersPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (inb_queue_change_finish (INB_QUEUE (source), result, &error) || self->route == NULL)
    return;
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->route), error->message);
}

static void
route_changed_cb (InbProvidersPage *self)
{
  g_auto (GStrv) route = inb_route_list_dup_route (self->route);

  inb_queue_set_route_async (self->queue, (const char *const *) route, kept_cb,
                             g_object_ref (self));
}

static void
inb_providers_page_map (GtkWidget *widget)
{
  show_facts (INB_PROVIDERS_PAGE (widget));

  GTK_WIDGET_CLASS (inb_providers_page_parent_class)->map (widget);
}

static void
inb_providers_page_dispose (GObject *object)
{
  InbProvidersPage *self = INB_PROVIDERS_PAGE (object);

  g_clear_handle_id (&self->fit_id, g_source_remove);
  g_clear_object (&self->queue);
  gtk_widget_dispose_template (GTK_WIDGET (self), INB_TYPE_PROVIDERS_PAGE);

  G_OBJECT_CLASS (inb_providers_page_parent_class)->dispose (object);
}

static void
inb_providers_page_finalize (GObject *object)
{
  g_ptr_array_unref (INB_PROVIDERS_PAGE (object)->rows);

  G_OBJECT_CLASS (inb_providers_page_parent_class)->finalize (object);
}

static void
inb_providers_page_class_init (InbProvidersPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = inb_providers_page_dispose;
  object_class->finalize = inb_providers_page_finalize;
  widget_class->map = inb_providers_page_map;

  g_type_ensure (INB_TYPE_PROVIDER_TABLE);
  g_type_ensure (INB_TYPE_ROUTE_LIST);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/inbetween/Inbetween/ui/inb-providers-page.ui");
  gtk_widget_class_bind_template_child (widget_class, InbProvidersPage, table);
  gtk_widget_class_bind_template_child (widget_class, InbProvidersPage, services);
  gtk_widget_class_bind_template_child (widget_class, InbProvidersPage, faults);
  gtk_widget_class_bind_template_child (widget_class, InbProvidersPage, route);
}

static void
inb_providers_page_init (InbProvidersPage *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->width = gtk_scrolled_window_get_hadjustment (
      GTK_SCROLLED_WINDOW (adw_bin_get_child (ADW_BIN (self))));
  g_signal_connect_object (self->width, "notify::page-size", G_CALLBACK (width_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_settings_get_default (), "notify::gtk-xft-dpi",
                           G_CALLBACK (text_size_changed_cb), self, G_CONNECT_SWAPPED);
  add_services (self);
  add_faults (self);
}

/**
 * inb_providers_page_new:
 * @queue: whose figures and order it shows
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
inb_providers_page_new (InbQueue *queue)
{
  InbProvidersPage *self = g_object_new (INB_TYPE_PROVIDERS_PAGE, NULL);
  g_auto (GStrv) route = NULL;

  self->queue = g_object_ref (queue);
  route = inb_queue_get_route (queue);
  inb_route_list_set_route (self->route, (const char *const *) route);
  g_signal_connect_object (self->route, "changed", G_CALLBACK (route_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
