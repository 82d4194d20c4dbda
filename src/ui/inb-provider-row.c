/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-provider-row.h"

#include <glib/gi18n.h>

#include "jobs/inb-key-check.h"
#include "providers/inb-words.h"
#include "ui/inb-key-row.h"
#include "ui/inb-widget.h"

/* One service: its keys, whether it takes them, and all that is known of it. */
struct _InbProviderRow
{
  AdwExpanderRow parent_instance;

  const InbProvider *provider; /* lives as long as the program */
  GCancellable *cancellable;
  GPtrArray *places; /* InbKeyPlace of each credential */

  AdwActionRow *check_row;
  GtkButton *check;
  GtkSpinner *spinner;
  GPtrArray *fact_rows; /* AdwActionRow of each model, borrowed; none before it is opened */
  GPtrArray *facts;     /* the newest; %NULL before they are set */
};

enum
{
  SIGNAL_KEYS_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbProviderRow, inb_provider_row, ADW_TYPE_EXPANDER_ROW)

static void
say (InbProviderRow *self, const char *words)
{
  g_autofree char *markup = g_markup_escape_text (words, -1);

  adw_action_row_set_subtitle (self->check_row, markup);
}

static gboolean
is_there (InbProviderRow *self, const char *name)
{
  const GPtrArray *credentials = self->provider->service->credentials;

  for (guint i = 0; i < credentials->len; i++)
    {
      const InbCredential *credential = g_ptr_array_index (credentials, i);
      const InbKeyPlace *place = g_ptr_array_index (self->places, i);

      if (g_str_equal (credential->name, name))
        return place->source != INB_KEY_NONE;
    }
  return FALSE;
}

/* Whether one way to sign in is whole */
static gboolean
is_ready (InbProviderRow *self)
{
  const GPtrArray *ways = self->provider->service->sign_ins;

  for (guint i = 0; i < ways->len; i++)
    {
      const InbSignIn *way = g_ptr_array_index (ways, i);
      gboolean whole = TRUE;

      for (guint j = 0; way->with[j] != NULL; j++)
        whole = whole && is_there (self, way->with[j]);
      if (whole)
        return TRUE;
    }
  return FALSE;
}

static void
show_state (InbProviderRow *self)
{
  const char *words = _ ("No key yet");

  if (is_ready (self))
    words = _ ("Has a key");
  for (guint i = 0; i < self->places->len && is_ready (self); i++)
    {
      const InbKeyPlace *place = g_ptr_array_index (self->places, i);

      if (place->locked)
        words = _ ("Has a key; the keyring is locked");
      else if (place->source == INB_KEY_SESSION)
        words = _ ("Has a key until the program ends");
    }
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), words);
  gtk_widget_set_sensitive (GTK_WIDGET (self->check), is_ready (self));
}

/* Which credential a row for a key is about; such a row can live longer, while the keyring is
 * asked. */
typedef struct
{
  InbProviderRow *row; /* weak */
  guint index;
} Place;

static void
place_free (Place *self)
{
  g_clear_weak_pointer (&self->row);
  g_free (self);
}

static void
told_cb (const InbKeyPlace *place, const GError *error, gpointer user_data)
{
  Place *told = user_data;
  InbProviderRow *self = told->row;

  if (self == NULL)
    return;
  if (error != NULL)
    {
      say (self, error->message);
      return;
    }
  *(InbKeyPlace *) g_ptr_array_index (self->places, told->index) = *place;
  show_state (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      g_autofree char *where = inb_key_place_dup_words (place);

      say (self, where);
    }
  g_signal_emit (self, signals[SIGNAL_KEYS_CHANGED], 0);
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InbProviderRow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;
  InbKeyReport report = { 0 };

  if (inb_key_check_finish (result, &report, &error))
    words = inb_key_check_dup_words (self->provider, &report);
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  gtk_spinner_stop (self->spinner);
  gtk_widget_set_sensitive (GTK_WIDGET (self->check), TRUE);
  say (self, words != NULL ? words : error->message);
}

static void
check_cb (InbProviderRow *self)
{
  /* Translators: a provider. */
  g_autofree char *words =
      g_strdup_printf (_ ("Asking %s…"), inb_provider_get_name (self->provider));

  say (self, words);
  gtk_spinner_start (self->spinner);
  gtk_widget_set_sensitive (GTK_WIDGET (self->check), FALSE);
  inb_key_check_async (self->provider, self->cancellable, checked_cb, g_object_ref (self));
}

static void
add_check (InbProviderRow *self)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Check"));
  GtkWidget *spinner =
      g_object_new (GTK_TYPE_SPINNER, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  /* Translators: a provider. */
  g_autofree char *name =
      g_strdup_printf (_ ("Check the key of %s"), inb_provider_get_name (self->provider));

  self->check_row = ADW_ACTION_ROW (row);
  self->check = GTK_BUTTON (button);
  self->spinner = GTK_SPINNER (spinner);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Check the key; this is free"));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  inb_widget_name (button, name);
  g_signal_connect_object (button, "clicked", G_CALLBACK (check_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spinner);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
}

static void
add_keys (InbProviderRow *self)
{
  const GPtrArray *credentials = self->provider->service->credentials;

  for (guint i = 0; i < credentials->len; i++)
    {
      Place *place = g_new0 (Place, 1);
      GtkWidget *row;

      g_set_weak_pointer (&place->row, self);
      place->index = i;
      g_ptr_array_add (self->places, g_new0 (InbKeyPlace, 1));
      row = inb_key_row_new (self->provider, g_ptr_array_index (credentials, i), told_cb, place);
      g_object_set_data_full (G_OBJECT (row), "inb-place", place, (GDestroyNotify) place_free);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
    }
}

static void
add_facts (InbProviderRow *self)
{
  for (guint i = 0; i < self->provider->models->len; i++)
    {
      const InbModel *model = g_ptr_array_index (self->provider->models, i);
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *title = g_markup_escape_text (inb_model_get_name (model), -1);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
      gtk_widget_set_focusable (row, TRUE);
      g_ptr_array_add (self->fact_rows, row);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
    }
}

static void
add_link (InbProviderRow *self, const char *title, const char *address)
{
  GtkWidget *row, *button;
  g_autofree char *name = NULL;
  g_autofree char *markup = NULL;

  if (address == NULL)
    return;
  row = adw_action_row_new ();
  button = gtk_link_button_new_with_label (address, _ ("Open"));
  markup = g_markup_escape_text (address, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), markup);
  /* Translators: a kind of page, a provider. */
  name = g_strdup_printf (C_ ("page of a provider", "%s of %s"), title,
                          inb_provider_get_name (self->provider));
  inb_widget_name (button, name);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, address);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
}

static void
add_note (InbProviderRow *self)
{
  GtkWidget *row;
  g_autofree char *markup = NULL;

  if (self->provider->note == NULL)
    return;
  row = adw_action_row_new ();
  markup = g_markup_escape_text (inb_words_translate (self->provider->note), -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), markup);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
}

static void
set_facts (AdwActionRow *row, const InbProviderFacts *facts)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *markup = NULL;

  for (int i = INB_FACT_PRICE_5; i < INB_N_FACTS; i++)
    {
      g_autofree char *title =
          g_strdelimit (g_strdup (inb_provider_facts_get_title ((InbFact) i)), "\n", ' ');
      g_autofree char *value = inb_provider_facts_dup_text (facts, (InbFact) i);
      g_autofree char *details = inb_provider_facts_dup_details (facts, (InbFact) i);

      /* Translators: a fact, such as "Last frame", and what is so. */
      g_string_append_printf (text, _ ("%s: %s"), title, value);
      if (details != NULL)
        g_string_append_printf (text, " (%s)", details);
      g_string_append (text, i + 1 < INB_N_FACTS ? "\n" : "");
    }
  markup = g_markup_escape_text (text->str, -1);
  adw_action_row_set_subtitle (row, markup);
}

static void
show_facts (InbProviderRow *self)
{
  for (guint i = 0; i < self->fact_rows->len; i++)
    for (guint j = 0; self->facts != NULL && j < self->facts->len; j++)
      {
        const InbProviderFacts *facts = g_ptr_array_index (self->facts, j);

        if (facts->model == g_ptr_array_index (self->provider->models, i))
          set_facts (g_ptr_array_index (self->fact_rows, i), facts);
      }
}

/* What is only read in an open row is made when it is opened: nine rows would cost the page a tenth
 * of a second. */
static void
expanded_cb (InbProviderRow *self)
{
  if (self->fact_rows->len > 0)
    return;
  if (self->provider->service != NULL)
    add_link (self, _ ("Page with your keys"), self->provider->keys_page);
  add_link (self, _ ("Website and terms"), self->provider->site);
  add_facts (self);
  show_facts (self);
}

static void
inb_provider_row_dispose (GObject *object)
{
  InbProviderRow *self = INB_PROVIDER_ROW (object);

  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (inb_provider_row_parent_class)->dispose (object);
}

static void
inb_provider_row_finalize (GObject *object)
{
  InbProviderRow *self = INB_PROVIDER_ROW (object);

  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->places);
  g_ptr_array_unref (self->fact_rows);
  g_clear_pointer (&self->facts, g_ptr_array_unref);

  G_OBJECT_CLASS (inb_provider_row_parent_class)->finalize (object);
}

static void
inb_provider_row_class_init (InbProviderRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = inb_provider_row_dispose;
  object_class->finalize = inb_provider_row_finalize;

  /* InbProviderRow::keys-changed: it is known where a key is, or no longer is */
  signals[SIGNAL_KEYS_CHANGED] =
      g_signal_new ("keys-changed", INB_TYPE_PROVIDER_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 0);
}

static void
inb_provider_row_init (InbProviderRow *self)
{
  self->cancellable = g_cancellable_new ();
  self->places = g_ptr_array_new_with_free_func (g_free);
  self->fact_rows = g_ptr_array_new ();
}

/**
 * inb_provider_row_new:
 * @provider: any; lives as long as the program
 *
 * Returns: (transfer floating): a row that opens to all that is known of it
 */
GtkWidget *
inb_provider_row_new (const InbProvider *provider)
{
  InbProviderRow *self = g_object_new (INB_TYPE_PROVIDER_ROW, NULL);
  g_autofree char *title = g_markup_escape_text (inb_provider_get_name (provider), -1);

  self->provider = provider;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  if (provider->service == NULL)
    adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), _ ("Needs no key"));
  add_note (self);
  if (provider->service != NULL)
    {
      add_keys (self);
      add_check (self);
      show_state (self);
    }
  g_signal_connect (self, "notify::expanded", G_CALLBACK (expanded_cb), NULL);
  return GTK_WIDGET (self);
}

/**
 * inb_provider_row_set_facts:
 * @self: a row
 * @rows: (element-type InbProviderFacts): of all providers, not to change any more; each model
 * finds its own
 */
void
inb_provider_row_set_facts (InbProviderRow *self, GPtrArray *rows)
{
  g_return_if_fail (INB_IS_PROVIDER_ROW (self));

  g_clear_pointer (&self->facts, g_ptr_array_unref);
  self->facts = g_ptr_array_ref (rows);
  show_facts (self);
}

/**
 * inb_provider_row_get_provider:
 * @self: a row
 *
 * Returns: (transfer none): who it is about
 */
const InbProvider *
inb_provider_row_get_provider (InbProviderRow *self)
{
  g_return_val_if_fail (INB_IS_PROVIDER_ROW (self), NULL);
  return self->provider;
}
