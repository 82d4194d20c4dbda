/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-history-page.h"

#include <glib/gi18n.h>

#include "jobs/inb-history.h"
#include "providers/inb-catalogue.h"
#include "ui/inb-details.h"
#include "ui/inb-filter-button.h"
#include "ui/inb-history-row.h"
#include "ui/inb-split.h"
#include "ui/inb-wrap-layout.h"
#include "ui/inb-widget.h"

/* All takes there ever were, newest first: to search, to look at closely, to find the way back to
 * their product. What comes in while somebody looks moves nothing. */
struct _InbHistoryPage
{
  AdwBin parent_instance;

  InbQueue *queue;
  InbHistory *history;
  GtkMultiSelection *selection;
  InbDetails *details;
  guint details_id; /* the selection rests for a moment before its details are read */

  GtkEditable *search;
  InbFilterButton *group;
  InbFilterButton *provider;
  InbSplit *split;
  GtkStack *stack;
  GtkListView *list;
};

/* ms; a hand that holds the arrow key is faster (chosen) */
#define DETAILS_REST_MS 120

G_DEFINE_FINAL_TYPE (InbHistoryPage, inb_history_page, ADW_TYPE_BIN)

static void
show_state (InbHistoryPage *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->history));
  gboolean filtered = *gtk_editable_get_text (self->search) != '\0' ||
                      g_strcmp0 (inb_filter_button_get_selected (self->group), "all") != 0 ||
                      g_strcmp0 (inb_filter_button_get_selected (self->provider), "all") != 0;

  if (n_items == 0 && inb_history_is_loading (self->history))
    return;
  gtk_stack_set_visible_child_name (self->stack, n_items > 0 ? "list"
                                                 : filtered  ? "none"
                                                             : "empty");
}

static void
filter_cb (InbHistoryPage *self)
{
  const char *provider = inb_filter_button_get_selected (self->provider);
  InbHistoryFilter filter = { .text = gtk_editable_get_text (self->search),
                              .group = inb_filter_button_get_selected (self->group),
                              .provider = g_strcmp0 (provider, "all") != 0 ? provider : NULL };

  if (self->history == NULL)
    return;
  inb_history_set_filter (self->history, &filter);
  show_state (self);
}

static void
show_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  InbHistoryPage *self = INB_HISTORY_PAGE (widget);

  gtk_editable_set_text (self->search, "");
  inb_filter_button_set_selected (self->group, "all");
  inb_filter_button_set_selected (self->provider, "all");
  filter_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

/* The one that is selected, or NULL for none or several. */
static InbJob *
get_selected (InbHistoryPage *self)
{
  g_autoptr (GtkBitset) selected =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  g_autoptr (InbHistoryItem) item = NULL;

  if (gtk_bitset_get_size (selected) != 1)
    return NULL;
  item = g_list_model_get_item (G_LIST_MODEL (self->selection), gtk_bitset_get_minimum (selected));
  return item != NULL ? inb_history_item_get_job (item) : NULL;
}

static InbJob *
find_before (InbHistoryPage *self, InbJob *job)
{
  GListModel *jobs = G_LIST_MODEL (self->queue);
  InbJob *before = NULL;

  inb_queue_show_product (self->queue, inb_job_get_product_id (job), NULL);
  for (guint i = 0; i < g_list_model_get_n_items (jobs); i++)
    {
      g_autoptr (InbJob) other = g_list_model_get_item (jobs, i);

      if (strcmp (inb_job_get_product_id (other), inb_job_get_product_id (job)) == 0 &&
          inb_job_get_take (other) < inb_job_get_take (job) &&
          (before == NULL || inb_job_get_take (other) > inb_job_get_take (before)))
        before = other; /* the queue keeps it */
    }
  return before;
}

static gboolean
details_cb (gpointer user_data)
{
  InbHistoryPage *self = user_data;
  InbJob *job = get_selected (self);

  self->details_id = 0;
  if (job != NULL)
    inb_details_set_job (self->details, job, find_before (self, job));
  inb_split_set_has_side (self->split, job != NULL);
  return G_SOURCE_REMOVE;
}

static void
selection_cb (InbHistoryPage *self)
{
  if (self->details_id == 0)
    self->details_id = g_timeout_add (DETAILS_REST_MS, details_cb, self);
}

static void
folded_cb (InbHistoryPage *self)
{
  inb_details_show_back (self->details, inb_split_is_folded (self->split));
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  InbHistoryPage *self = INB_HISTORY_PAGE (widget);

  inb_split_show_side (self->split, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
activate_cb (InbHistoryPage *self, guint position)
{
  g_autoptr (InbHistoryItem) item =
      g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  InbJob *job = item != NULL ? inb_history_item_get_job (item) : NULL;

  if (job != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.take", "(ss)", "open",
                                inb_job_get_id (job));
}

/* Does a thing with each one that is selected; they are collected first, since it may take them out
 * of the list. */
static void
each_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  InbHistoryPage *self = INB_HISTORY_PAGE (widget);
  g_autoptr (GtkBitset) selected =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      g_autoptr (InbHistoryItem) item =
          g_list_model_get_item (G_LIST_MODEL (self->selection), position);
      InbJob *job = item != NULL ? inb_history_item_get_job (item) : NULL;

      if (job != NULL)
        g_ptr_array_add (ids, g_strdup (inb_job_get_id (job)));
    }
  for (guint i = 0; i < ids->len; i++)
    gtk_widget_activate_action (widget, "win.take", "(ss)", g_variant_get_string (parameter, NULL),
                                g_ptr_array_index (ids, i));
}

/* What a key asks of the row that has the focus, or its cell has. */
static void
row_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkWidget *cell = gtk_root_get_focus (gtk_widget_get_root (widget));
  GtkWidget *row = cell != NULL ? gtk_widget_get_first_child (cell) : NULL;

  if (INB_IS_HISTORY_ROW (row))
    gtk_widget_activate_action (
        row, strcmp (name, "history.menu") == 0 ? "take.menu" : "take.rename", NULL);
}

static gboolean
inb_history_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (INB_HISTORY_PAGE (widget)->search));
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_grab_focus (widget);
}

/* Return goes on to what was found. */
static void
search_activate_cb (InbHistoryPage *self)
{
  gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
}

/* Escape takes the words away first, and leaves the page when there are none. */
static void
search_stopped_cb (InbHistoryPage *self)
{
  if (*gtk_editable_get_text (self->search) != '\0')
    gtk_editable_set_text (self->search, "");
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.back", NULL);
}

static void
setup_cb (InbHistoryPage *self, GtkListItem *cell)
{
  gtk_list_item_set_child (cell, inb_history_row_new ());
}

static void
bind_cb (InbHistoryPage *self, GtkListItem *cell)
{
  inb_history_row_set_item (INB_HISTORY_ROW (gtk_list_item_get_child (cell)),
                            gtk_list_item_get_item (cell));
}

static void
unbind_cb (InbHistoryPage *self, GtkListItem *cell)
{
  inb_history_row_set_item (INB_HISTORY_ROW (gtk_list_item_get_child (cell)), NULL);
}

static void
fill_filters (InbHistoryPage *self)
{
  const GPtrArray *providers = inb_catalogue_get_providers (NULL);

  inb_filter_button_set_name (self->group, _ ("Takes shown"));
  inb_filter_button_add (self->group, "all", C_ ("takes shown", "All"));
  inb_filter_button_add (self->group, "working", C_ ("takes shown", "At Work"));
  inb_filter_button_add (self->group, "done", C_ ("takes shown", "Done"));
  inb_filter_button_add (self->group, "failed", C_ ("takes shown", "Failed"));
  inb_filter_button_add (self->group, "accepted", C_ ("takes shown", "Accepted"));
  inb_filter_button_add (self->group, "rejected", C_ ("takes shown", "Rejected"));
  inb_filter_button_add (self->group, "deleted", C_ ("takes shown", "Deleted"));
  inb_filter_button_set_name (self->provider, _ ("Provider"));
  inb_filter_button_add (self->provider, "all", _ ("All Providers"));
  for (guint i = 0; providers != NULL && i < providers->len; i++)
    {
      const InbProvider *provider = g_ptr_array_index (providers, i);

      inb_filter_button_add (self->provider, provider->id, inb_provider_get_name (provider));
    }
  inb_filter_button_add (self->provider, "import", _ ("Imported"));
}

static void
fill_list (InbHistoryPage *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_swapped (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect_swapped (factory, "unbind", G_CALLBACK (unbind_cb), self);
  self->history = inb_history_new (self->queue);
  self->selection = gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->history)));
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_swapped (self->list, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (selection_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->history, "items-changed", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->history, "notify::loading", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
}

static void
inb_history_page_dispose (GObject *object)
{
  InbHistoryPage *self = INB_HISTORY_PAGE (object);

  g_clear_handle_id (&self->details_id, g_source_remove);
  if (self->list != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->list, self);
      gtk_list_view_set_model (self->list, NULL);
      gtk_list_view_set_factory (self->list, NULL);
    }
  gtk_widget_dispose_template (GTK_WIDGET (self), INB_TYPE_HISTORY_PAGE);
  g_clear_object (&self->selection);
  g_clear_object (&self->history);
  g_clear_object (&self->queue);

  G_OBJECT_CLASS (inb_history_page_parent_class)->dispose (object);
}

static void
add_keys (GtkWidget *list)
{
  static const struct
  {
    guint key;
    const char *word;
  } keys[] = { { GDK_KEY_Delete, "delete" }, { GDK_KEY_a, "accept" }, { GDK_KEY_e, "reject" } };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, 0),
                                                gtk_named_action_new ("history.each"));

      gtk_shortcut_set_arguments (shortcut, g_variant_new_string (keys[i].word));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (
          gtk_alternative_trigger_new (gtk_keyval_trigger_new (GDK_KEY_Menu, 0),
                                       gtk_keyval_trigger_new (GDK_KEY_F10, GDK_SHIFT_MASK)),
          gtk_named_action_new ("history.menu")));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_F2, 0),
                                                          gtk_named_action_new ("history.rename")));
  gtk_widget_add_controller (list, controller);
}

static void
inb_history_page_class_init (InbHistoryPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = inb_history_page_dispose;
  widget_class->grab_focus = inb_history_page_grab_focus;
  widget_class->focus = inb_widget_focus_bin;

  g_type_ensure (INB_TYPE_FILTER_BUTTON);
  g_type_ensure (INB_TYPE_SPLIT);
  g_type_ensure (INB_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/inbetween/Inbetween/ui/inb-history-page.ui");
  gtk_widget_class_bind_template_child (widget_class, InbHistoryPage, search);
  gtk_widget_class_bind_template_child (widget_class, InbHistoryPage, group);
  gtk_widget_class_bind_template_child (widget_class, InbHistoryPage, provider);
  gtk_widget_class_bind_template_child (widget_class, InbHistoryPage, split);
  gtk_widget_class_bind_template_child (widget_class, InbHistoryPage, stack);
  gtk_widget_class_bind_template_child (widget_class, InbHistoryPage, list);
  gtk_widget_class_install_action (widget_class, "history.show-all", NULL, show_all_action);
  gtk_widget_class_install_action (widget_class, "history.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "history.each", "s", each_action);
  gtk_widget_class_install_action (widget_class, "history.menu", NULL, row_action);
  gtk_widget_class_install_action (widget_class, "history.rename", NULL, row_action);
  gtk_widget_class_install_action (widget_class, "history.search", NULL, search_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "history.search",
                                       NULL);
}

static void
inb_history_page_init (InbHistoryPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  inb_split_set_content (self->split, GTK_WIDGET (self->stack));
  add_keys (GTK_WIDGET (self->list));
  fill_filters (self);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (filter_cb), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (search_activate_cb), self);
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (search_stopped_cb), self);
  g_signal_connect_swapped (self->group, "notify::selected", G_CALLBACK (filter_cb), self);
  g_signal_connect_swapped (self->provider, "notify::selected", G_CALLBACK (filter_cb), self);
}

/**
 * inb_history_page_new:
 * @queue: where the jobs are
 *
 * Returns: (transfer floating): the whole history; its rows activate win.take
 */
GtkWidget *
inb_history_page_new (InbQueue *queue)
{
  InbHistoryPage *self = g_object_new (INB_TYPE_HISTORY_PAGE, NULL);

  self->queue = g_object_ref (queue);
  self->details = INB_DETAILS (inb_details_new (queue, "history.back"));
  inb_split_set_side (self->split, GTK_WIDGET (self->details));
  g_signal_connect_swapped (self->split, "notify::folded", G_CALLBACK (folded_cb), self);
  folded_cb (self);
  fill_list (self);
  show_state (self);
  return GTK_WIDGET (self);
}

/**
 * inb_history_page_show_details:
 * @self: a history
 * @job: one of its takes
 *
 * Where there is no room beside the list, they take its place.
 */
void
inb_history_page_show_details (InbHistoryPage *self, InbJob *job)
{
  g_return_if_fail (INB_IS_HISTORY_PAGE (self));

  g_clear_handle_id (&self->details_id, g_source_remove);
  inb_details_set_job (self->details, job, find_before (self, job));
  inb_split_set_has_side (self->split, TRUE);
  inb_split_show_side (self->split, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->details));
}
