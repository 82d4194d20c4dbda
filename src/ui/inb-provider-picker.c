/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-provider-picker.h"

#include <glib/gi18n.h>

#include "core/inb-money.h"
#include "providers/inb-catalogue.h"
#include "providers/inb-words.h"
#include "ui/inb-widget.h"

/* Who makes the clip, and with which model where there are several; each with what a clip costs. */
struct _InbProviderPicker
{
  AdwBin parent_instance;

  InbDraft *draft;
  gboolean updating;

  AdwComboRow *provider;
  AdwComboRow *model;
  GPtrArray *provider_ids; /* char *, as they stand in the row */
  GPtrArray *model_ids;
  const InbProvider *listed; /* whose models they are */
};

G_DEFINE_FINAL_TYPE (InbProviderPicker, inb_provider_picker, ADW_TYPE_BIN)

/* "$0.35 for 5 s, $0.70 for 10 s" */
static char *
describe_price (const InbModel *model)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < model->durations_s->len; i++)
    {
      gint64 price = g_array_index (model->prices, gint64, i);
      g_autofree char *money = inb_money_format (price);

      if (price <= 0) /* free, or not published: true of a clip of any length */
        {
          g_string_assign (text, money);
          break;
        }
      g_string_append (text, text->len > 0 ? _ (", ") : "");
      /* Translators: the price of a clip and its length: “$0.35 for 5 s” */
      g_string_append_printf (text, _ ("%s for %u s"), money,
                              g_array_index (model->durations_s, guint, i));
    }
  return g_string_free (text, FALSE);
}

static char *
describe_provider (const InbProvider *provider)
{
  if (provider->kind == INB_PROVIDER_LOCAL)
    return g_strdup (_ ("free, offline"));
  return describe_price (g_ptr_array_index (provider->models, 0));
}

static char *
describe_model (const InbModel *model)
{
  g_autofree char *price = describe_price (model);

  /* Translators: resolution and price of a model: “720p, $0.21 for 5 s” */
  return g_strdup_printf (_ ("%s, %s"), model->resolution, price);
}

/* The second line of an item of either list. */
static char *
describe_item (InbProviderPicker *self, AdwComboRow *row, guint position)
{
  const InbProvider *provider = inb_draft_get_provider (self->draft);
  const InbModel *model;

  if (row == self->provider)
    {
      provider = inb_catalogue_find (g_ptr_array_index (self->provider_ids, position), NULL);
      return provider != NULL ? describe_provider (provider) : g_strdup (_ ("not there any more"));
    }
  if (provider == NULL || position >= self->model_ids->len)
    return g_strdup ("");
  model = inb_provider_get_model (provider, g_ptr_array_index (self->model_ids, position), NULL);
  return model != NULL ? describe_model (model) : g_strdup (_ ("not there any more"));
}

static GtkWidget *
new_line (const char *css_class)
{
  GtkWidget *label = gtk_label_new ("");

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 30);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
setup_item_cb (GtkListItemFactory *factory, GtkListItem *item, AdwComboRow *row)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *price = new_line ("caption");
  GtkWidget *check = gtk_image_new_from_icon_name ("object-select-symbolic");

  gtk_widget_add_css_class (price, "dim-label");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), new_line (NULL));
  gtk_box_append (GTK_BOX (words), price);
  gtk_box_append (GTK_BOX (line), words);
  gtk_box_append (GTK_BOX (line), check);
  gtk_widget_set_margin_top (line, 6);
  gtk_widget_set_margin_bottom (line, 6);
  gtk_list_item_set_child (item, line);
}

static void
bind_item_cb (GtkListItemFactory *factory, GtkListItem *item, AdwComboRow *row)
{
  InbProviderPicker *self = g_object_get_data (G_OBJECT (row), "picker");
  GtkWidget *line = gtk_list_item_get_child (item);
  GtkWidget *words = gtk_widget_get_first_child (line);
  GtkWidget *name = gtk_widget_get_first_child (words);
  guint position = gtk_list_item_get_position (item);
  g_autofree char *second = describe_item (self, row, position);

  gtk_label_set_label (GTK_LABEL (name),
                       gtk_string_object_get_string (gtk_list_item_get_item (item)));
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (words)), second);
  gtk_widget_set_opacity (gtk_widget_get_last_child (line),
                          adw_combo_row_get_selected (row) == position ? 1.0 : 0.0);
}

static guint
find_id (GPtrArray *ids, const char *id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_strcmp0 (g_ptr_array_index (ids, i), id) == 0)
      return i;
  return GTK_INVALID_LIST_POSITION;
}

static void
append_item (GtkStringList *names, GPtrArray *ids, const char *name, const char *id)
{
  gtk_string_list_append (names, name);
  g_ptr_array_add (ids, g_strdup (id));
}

static GtkStringList *
list_providers (GPtrArray *ids)
{
  const GPtrArray *providers = inb_catalogue_get_providers (NULL);
  GtkStringList *names = gtk_string_list_new (NULL);

  for (guint i = 0; providers != NULL && i < providers->len; i++)
    {
      const InbProvider *provider = g_ptr_array_index (providers, i);

      append_item (names, ids, inb_provider_get_name (provider), provider->id);
    }
  return names;
}

static GtkStringList *
list_models (const InbProvider *provider, GPtrArray *ids)
{
  GtkStringList *names = gtk_string_list_new (NULL);

  for (guint i = 0; provider != NULL && i < provider->models->len; i++)
    {
      const InbModel *model = g_ptr_array_index (provider->models, i);

      append_item (names, ids, inb_model_get_name (model), model->id);
    }
  return names;
}

/* A kept form may name one whose file is gone: it is listed too, so that it can be changed. */
static void
fill (AdwComboRow *row, GtkStringList *names, GPtrArray *ids, const char *current)
{
  if (find_id (ids, current) == GTK_INVALID_LIST_POSITION)
    append_item (names, ids, current, current);
  adw_combo_row_set_model (row, G_LIST_MODEL (names));
}

static void
show_provider (InbProviderPicker *self, const char *current)
{
  if (find_id (self->provider_ids, current) == GTK_INVALID_LIST_POSITION)
    {
      g_autoptr (GtkStringList) names = NULL;

      g_ptr_array_set_size (self->provider_ids, 0);
      names = list_providers (self->provider_ids);
      fill (self->provider, names, self->provider_ids, current);
    }
  adw_combo_row_set_selected (self->provider, find_id (self->provider_ids, current));
}

static void
show_model (InbProviderPicker *self, const char *current)
{
  const InbProvider *provider = inb_draft_get_provider (self->draft);
  const InbModel *first = provider != NULL ? g_ptr_array_index (provider->models, 0) : NULL;
  const char *id = current != NULL ? current : first != NULL ? first->id : "";

  if (provider != self->listed || find_id (self->model_ids, id) == GTK_INVALID_LIST_POSITION)
    {
      g_autoptr (GtkStringList) names = NULL;

      g_ptr_array_set_size (self->model_ids, 0);
      names = list_models (provider, self->model_ids);
      fill (self->model, names, self->model_ids, id);
      self->listed = provider;
    }
  adw_combo_row_set_selected (self->model, find_id (self->model_ids, id));
  gtk_widget_set_visible (GTK_WIDGET (self->model), self->model_ids->len > 1);
}

/* @spoken: what a screen reader says: “Provider, WaveSpeedAI” */
static void
show_row (AdwComboRow *row, const char *name, const char *subtitle, char *spoken)
{
  g_autofree char *label = spoken;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  inb_widget_name (GTK_WIDGET (row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  subtitle, -1);
}

static void
show_rows (InbProviderPicker *self, const char *provider_id, const char *model_id)
{
  const InbProvider *provider = inb_draft_get_provider (self->draft);
  const InbModel *model = inb_draft_get_model (self->draft);
  const char *name = provider != NULL ? inb_provider_get_name (provider) : provider_id;
  const char *model_name = model != NULL      ? inb_model_get_name (model)
                           : model_id != NULL ? model_id
                                              : "";
  g_autofree char *price = NULL;
  g_autofree char *clips = NULL;

  /* Translators: %s is “1080p” or “720p” */
  if (model != NULL)
    clips = g_strdup_printf (_ ("clips of %s"), model->resolution);
  if (provider == NULL)
    price = g_strdup (_ ("not there any more"));
  else if (provider->kind == INB_PROVIDER_LOCAL || model == NULL)
    price = describe_provider (provider);
  else
    price = describe_price (model);
  show_row (self->provider, name, price, g_strdup_printf (_ ("Provider, %s"), name));
  show_row (self->model, model_name, clips != NULL ? clips : _ ("not there any more"),
            g_strdup_printf (_ ("Model, %s"), model_name));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->provider),
                               provider != NULL ? inb_words_translate (provider->note) : NULL);
}

static void
update (InbProviderPicker *self)
{
  g_autofree char *provider = NULL;
  g_autofree char *model = NULL;

  g_object_get (self->draft, "provider", &provider, "model", &model, NULL);
  self->updating = TRUE;
  show_provider (self, provider);
  show_model (self, model);
  self->updating = FALSE;
  show_rows (self, provider, model);
}

static void
provider_chosen_cb (InbProviderPicker *self)
{
  guint selected = adw_combo_row_get_selected (self->provider);

  if (!self->updating && selected < self->provider_ids->len)
    inb_draft_set_provider (self->draft, g_ptr_array_index (self->provider_ids, selected));
}

static void
model_chosen_cb (InbProviderPicker *self)
{
  guint selected = adw_combo_row_get_selected (self->model);

  if (!self->updating && selected < self->model_ids->len)
    inb_draft_set_model (self->draft, g_ptr_array_index (self->model_ids, selected));
}

static void
inb_provider_picker_dispose (GObject *object)
{
  g_clear_object (&INB_PROVIDER_PICKER (object)->draft);

  G_OBJECT_CLASS (inb_provider_picker_parent_class)->dispose (object);
}

static void
inb_provider_picker_finalize (GObject *object)
{
  InbProviderPicker *self = INB_PROVIDER_PICKER (object);

  g_ptr_array_unref (self->provider_ids);
  g_ptr_array_unref (self->model_ids);

  G_OBJECT_CLASS (inb_provider_picker_parent_class)->finalize (object);
}

static void
inb_provider_picker_class_init (InbProviderPickerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = inb_provider_picker_dispose;
  object_class->finalize = inb_provider_picker_finalize;
}

static void
setup_nothing_cb (GtkListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *label = gtk_label_new ("");

  gtk_widget_set_visible (label, FALSE);
  gtk_list_item_set_child (item, label);
}

static AdwComboRow *
make_row (InbProviderPicker *self)
{
  AdwComboRow *row = ADW_COMBO_ROW (adw_combo_row_new ());
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkListItemFactory) nothing = gtk_signal_list_item_factory_new ();

  /* the name is the row's title: beside one it would be cut short */
  g_signal_connect (nothing, "setup", G_CALLBACK (setup_nothing_cb), NULL);
  adw_combo_row_set_factory (row, nothing);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  g_object_set_data (G_OBJECT (row), "picker", self);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_item_cb), row);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_item_cb), row);
  adw_combo_row_set_list_factory (row, factory);
  return row;
}

static void
inb_provider_picker_init (InbProviderPicker *self)
{
  GtkWidget *list = gtk_list_box_new ();

  self->provider_ids = g_ptr_array_new_with_free_func (g_free);
  self->model_ids = g_ptr_array_new_with_free_func (g_free);
  self->provider = make_row (self);
  self->model = make_row (self);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Provider and model"), -1);
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (self->provider));
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (self->model));
  adw_bin_set_child (ADW_BIN (self), list);
  g_signal_connect_swapped (self->provider, "notify::selected", G_CALLBACK (provider_chosen_cb),
                            self);
  g_signal_connect_swapped (self->model, "notify::selected", G_CALLBACK (model_chosen_cb), self);
}

/**
 * inb_provider_picker_new:
 *
 * Returns: (transfer floating): rows without a draft
 */
GtkWidget *
inb_provider_picker_new (void)
{
  return g_object_new (INB_TYPE_PROVIDER_PICKER, NULL);
}

/**
 * inb_provider_picker_set_draft:
 * @self: a picker, once
 * @draft: whose provider and model it shows and changes
 */
void
inb_provider_picker_set_draft (InbProviderPicker *self, InbDraft *draft)
{
  g_return_if_fail (INB_IS_PROVIDER_PICKER (self) && self->draft == NULL);

  self->draft = g_object_ref (draft);
  g_signal_connect_object (draft, "notify::provider", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "notify::model", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
