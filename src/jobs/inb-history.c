/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-history.h"

#include "jobs/inb-history-reader.h"
#include "jobs/inb-queue-private.h"
#include "jobs/inb-take-words.h"
#include "store/inb-search.h"

/* Rows are read so many at a time: a screenful and some. Chosen; one takes 2 to 4 ms. */
#define PAGE 100
/* So many pages are kept, beside what the screen holds itself: 2,000 jobs are about 6 MB. Chosen.
 */
#define MAX_PAGES 20
/* From so many rows written at once on, the list is read anew. */
#define MANY_CHANGES 200

/* All jobs there ever were, newest first, as far as a filter wants them. Of 100,000 jobs only the
 * order is in memory (16 bytes each) and the pages that were looked at last. Items are placeholders
 * until their page has been read; one that somebody holds stays the same object, also when it
 * scrolls out of sight and back, or when others come in above it. */
struct _InbHistory
{
  GObject parent_instance;

  InbQueue *queue;
  InbHistoryReader *reader;
  InbHistoryFilter *filter;
  guint asked;        /* number of the filter that is asked for */
  guint shown;        /* number of the filter that the places are of */
  GArray *places;     /* InbSearchKey */
  GHashTable *by_key; /* key of a row → InbHistoryItem, not owned */
  GQueue pages;       /* Page, the one asked for last first */
};

/* Items that were asked for together, held so that they last a while */
typedef struct
{
  GPtrArray *items;
  InbHistoryPage *waits; /* (nullable): for their rows */
} Page;

typedef enum
{
  PROP_N_ITEMS = 1,
  PROP_LOADING,
} InbHistoryProperty;

static GParamSpec *props[PROP_LOADING + 1];

static void inb_history_list_model_init (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (InbHistory, inb_history, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      inb_history_list_model_init))

/* Nobody holds it any more. */
static void
item_gone_cb (gpointer user_data, GObject *item)
{
  InbHistory *self = user_data;
  gint64 key = inb_history_item_get_key ((InbHistoryItem *) item);

  g_hash_table_remove (self->by_key, &key);
}

static InbHistoryItem *
make_item (InbHistory *self, gint64 key)
{
  InbHistoryItem *item = inb_history_item_new (key);

  g_object_weak_ref (G_OBJECT (item), item_gone_cb, self);
  g_hash_table_insert (self->by_key, g_memdup2 (&key, sizeof key), item);
  return item;
}

/* A row is read only as long as somebody waits for it. */
static gboolean
is_held_elsewhere (Page *page)
{
  for (guint i = 0; i < page->items->len; i++)
    if (G_OBJECT (g_ptr_array_index (page->items, i))->ref_count > 1)
      return TRUE;
  return FALSE;
}

static void
page_free (Page *self)
{
  g_clear_pointer (&self->waits, inb_history_page_drop);
  g_ptr_array_unref (self->items);
  g_free (self);
}

/* The page that was asked for longest ago and that nobody else needs. */
static void
forget_pages (InbHistory *self)
{
  GList *link = self->pages.tail;

  while (link != NULL && self->pages.length > MAX_PAGES)
    {
      GList *previous = link->prev;
      Page *page = link->data;

      if (page->waits == NULL || !is_held_elsewhere (page))
        {
          g_queue_delete_link (&self->pages, link);
          page_free (page);
        }
      link = previous;
    }
}

/* Asks for the rows around a place, as far as they are not here or on their way. */
static InbHistoryItem *
ask_for_page (InbHistory *self, guint position)
{
  guint first = position - position % PAGE;
  guint end = MIN (first + PAGE, self->places->len);
  GArray *keys = g_array_sized_new (FALSE, FALSE, sizeof (gint64), PAGE);
  Page *page = g_new0 (Page, 1);
  InbHistoryItem *wanted = NULL;

  page->items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = first; i < end; i++)
    {
      gint64 key = g_array_index (self->places, InbSearchKey, i).key;
      InbHistoryItem *item = g_hash_table_lookup (self->by_key, &key);

      if (item != NULL)
        continue;
      item = make_item (self, key);
      g_ptr_array_add (page->items, item);
      g_array_append_val (keys, key);
      if (i == position)
        wanted = item;
    }
  page->waits = inb_history_reader_ask_rows (self->reader, keys);
  g_queue_push_head (&self->pages, page);
  forget_pages (self);
  return wanted;
}

static GType
inb_history_get_item_type (GListModel *model)
{
  return INB_TYPE_HISTORY_ITEM;
}

static guint
inb_history_get_n_items (GListModel *model)
{
  return INB_HISTORY (model)->places->len;
}

static gpointer
inb_history_get_item (GListModel *model, guint position)
{
  InbHistory *self = INB_HISTORY (model);
  InbHistoryItem *item;
  gint64 key;

  if (position >= self->places->len)
    return NULL;
  key = g_array_index (self->places, InbSearchKey, position).key;
  item = g_hash_table_lookup (self->by_key, &key);
  return g_object_ref (item != NULL ? item : ask_for_page (self, position));
}

static void
inb_history_list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = inb_history_get_item_type;
  interface->get_n_items = inb_history_get_n_items;
  interface->get_item = inb_history_get_item;
}

static void
tell (InbHistory *self, guint position, guint n_removed, guint n_added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
  if (n_removed != n_added)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_ITEMS]);
}

static void
take_keys (InbHistory *self, InbHistoryAnswer *answer)
{
  guint n_before = self->places->len;

  if (answer->filter != self->asked)
    return;
  self->shown = answer->filter;
  if (answer->keys != NULL)
    {
      g_array_unref (self->places);
      self->places = g_steal_pointer (&answer->keys);
      tell (self, 0, n_before, self->places->len);
    }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADING]);
}

/* Where a place is, or belongs. */
static guint
find_place (InbHistory *self, const InbSearchKey *place, gboolean *found)
{
  guint low = 0, high = self->places->len;

  *found = FALSE;
  while (low < high && !*found)
    {
      guint middle = low + (high - low) / 2;
      int order = inb_search_compare (&g_array_index (self->places, InbSearchKey, middle), place);

      *found = order == 0;
      if (order == 0)
        low = middle;
      else if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
take_change (InbHistory *self, const InbSearchChange *change, GArray *keys)
{
  gboolean found;
  guint position = find_place (self, &change->place, &found);

  /* its job was perhaps read before this was written, and known to nobody else */
  if (g_hash_table_contains (self->by_key, &change->place.key))
    g_array_append_val (keys, change->place.key);
  if (change->wanted && !found)
    {
      g_array_insert_val (self->places, position, change->place);
      tell (self, position, 0, 1);
    }
  else if (!change->wanted && found)
    {
      g_array_remove_index (self->places, position);
      tell (self, position, 1, 0);
    }
}

static void
take_changes (InbHistory *self, GArray *changes, guint filter)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (filter != self->shown || filter != self->asked)
    return; /* the keys that are to come know of them */
  if (changes->len > MANY_CHANGES)
    {
      self->asked = inb_history_reader_ask_keys (self->reader, self->filter);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADING]);
    }
  for (guint i = 0; i < changes->len; i++)
    if (changes->len <= MANY_CHANGES)
      take_change (self, &g_array_index (changes, InbSearchChange, i), keys);
    else
      {
        gint64 key = g_array_index (changes, InbSearchChange, i).place.key;

        if (g_hash_table_contains (self->by_key, &key))
          g_array_append_val (keys, key);
      }
  if (keys->len > 0)
    inb_history_reader_ask_again (self->reader, g_array_ref (keys));
}

static void
take_rows (InbHistory *self, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      InbRow *row = g_ptr_array_index (rows, i);
      InbHistoryItem *item = g_hash_table_lookup (self->by_key, &row->key);
      g_autoptr (InbHistoryItem) keep = item != NULL ? g_object_ref (item) : NULL;
      g_autoptr (InbJob) job = item != NULL ? inb_queue_adopt (self->queue, row) : NULL;

      if (item != NULL)
        inb_history_item_set_job (item, job);
    }
}

static void
end_wait (InbHistory *self, InbHistoryPage *waits)
{
  for (GList *link = self->pages.head; link != NULL; link = link->next)
    {
      Page *page = link->data;

      if (page->waits == waits)
        g_clear_pointer (&page->waits, inb_history_page_drop);
    }
  forget_pages (self);
}

static void
answer_cb (InbHistoryAnswer *answer, gpointer user_data)
{
  g_autoptr (InbHistory) self = g_object_ref (user_data);

  if (answer->changes != NULL)
    take_changes (self, answer->changes, answer->filter);
  else if (answer->page == NULL)
    take_keys (self, answer);
  if (answer->rows != NULL)
    take_rows (self, answer->rows);
  if (answer->page != NULL)
    end_wait (self, answer->page);
}

static void
written_cb (InbHistory *self)
{
  if (self->reader != NULL)
    inb_history_reader_ask_changes (self->reader);
}

static void
inb_history_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  InbHistory *self = INB_HISTORY (object);

  switch ((InbHistoryProperty) prop_id)
    {
    case PROP_N_ITEMS:
      g_value_set_uint (value, self->places->len);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, inb_history_is_loading (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
let_go_of_items (InbHistory *self)
{
  GHashTableIter iter;
  gpointer item;

  g_queue_clear_full (&self->pages, (GDestroyNotify) page_free);
  g_hash_table_iter_init (&iter, self->by_key);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    g_object_weak_unref (item, item_gone_cb, self);
  g_hash_table_remove_all (self->by_key);
}

static void
inb_history_dispose (GObject *object)
{
  InbHistory *self = INB_HISTORY (object);

  g_clear_pointer (&self->reader, inb_history_reader_free);
  let_go_of_items (self);
  g_clear_object (&self->queue);

  G_OBJECT_CLASS (inb_history_parent_class)->dispose (object);
}

static void
inb_history_finalize (GObject *object)
{
  InbHistory *self = INB_HISTORY (object);

  g_array_unref (self->places);
  g_hash_table_unref (self->by_key);
  inb_history_filter_free (self->filter);

  G_OBJECT_CLASS (inb_history_parent_class)->finalize (object);
}

static void
inb_history_class_init (InbHistoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = inb_history_get_property;
  object_class->dispose = inb_history_dispose;
  object_class->finalize = inb_history_finalize;

  props[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
inb_history_init (InbHistory *self)
{
  self->places = g_array_new (FALSE, FALSE, sizeof (InbSearchKey));
  self->by_key = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->filter = inb_history_filter_copy (&(InbHistoryFilter){ 0 });
  g_queue_init (&self->pages);
}

/**
 * inb_history_new:
 * @queue: the jobs
 *
 * Returns: (transfer full): all of them but the deleted ones; none until the thread has read their
 * order
 */
InbHistory *
inb_history_new (InbQueue *queue)
{
  InbHistory *self = g_object_new (INB_TYPE_HISTORY, NULL);

  self->queue = g_object_ref (queue);
  self->reader = inb_history_reader_new (inb_queue_get_root (queue), answer_cb, self);
  self->asked = inb_history_reader_ask_keys (self->reader, self->filter);
  g_signal_connect_object (queue, "written", G_CALLBACK (written_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * inb_history_set_filter:
 * @self: a history
 * @filter: which jobs it has from now on; its names are those of the catalogue
 *
 * The jobs of the former filter stay until the new ones are known.
 */
void
inb_history_set_filter (InbHistory *self, const InbHistoryFilter *filter)
{
  g_auto (GStrv) names = inb_take_words_list_providers ();
  InbHistoryFilter named = *filter;

  g_return_if_fail (INB_IS_HISTORY (self));
  named.names = (const char *const *) names; /* what is read on the screen can be looked for */
  if (inb_history_filter_equal (self->filter, &named))
    return;
  inb_history_filter_free (self->filter);
  self->filter = inb_history_filter_copy (&named);
  self->asked = inb_history_reader_ask_keys (self->reader, self->filter);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADING]);
}

/**
 * inb_history_is_loading:
 * @self: a history
 *
 * Returns: %TRUE while it looks for the jobs that its filter wants
 */
gboolean
inb_history_is_loading (InbHistory *self)
{
  g_return_val_if_fail (INB_IS_HISTORY (self), FALSE);
  return self->asked != self->shown;
}
