/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-order.h"

#include <glib/gi18n.h>

#include "core/inb-money.h"
#include "jobs/inb-route.h"
#include "providers/inb-catalogue.h"
#include "store/inb-files.h"
#include "store/inb-settings.h"

/* What Generate would ask for, what it costs and what stands against it: looked at again whenever
 * the form, the keys, the money or the disk change. It never asks for anything itself. */
struct _InbOrder
{
  GObject parent_instance;

  InbDraft *draft;
  InbQueue *queue;
  InbKeyBook *keys;
  gboolean keys_are_known;

  InbBudget budget;
  char **route; /* (nullable): ids, in the order of the providers' page */
  gint64 free_bytes;
  gboolean is_measuring;
  guint money_id; /* money is looked at soon */

  GPtrArray *checks;
  InbQuote quote;
  gboolean has_quote;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbOrder, inb_order, G_TYPE_OBJECT)

/* Rows may be written many times a second while jobs run; what was spent changes seldom. */
#define MONEY_MS 250

static void
look_at_slot (InbCheckedPhoto *photo, InbPhotoSlot *slot)
{
  InbPreview *preview = inb_photo_slot_get_preview (slot);

  *photo = (InbCheckedPhoto){ .presence = INB_PHOTO_ABSENT };
  switch (inb_photo_slot_get_state (slot))
    {
    case INB_SLOT_LOADING:
      photo->presence = INB_PHOTO_LOADING;
      break;
    case INB_SLOT_FAILED:
      photo->presence = INB_PHOTO_UNREADABLE;
      photo->problem = inb_photo_slot_get_error (slot);
      break;
    case INB_SLOT_READY:
      photo->presence = preview != NULL ? INB_PHOTO_THERE : INB_PHOTO_ABSENT;
      break;
    case INB_SLOT_EMPTY:
    default:
      break;
    }
  if (preview != NULL)
    photo->traits = *inb_preview_get_traits (preview);
}

/* Keyrings are left alone until a service is wanted. */
static void
want_keys (InbOrder *self, const InbRequest *request)
{
  const InbProvider *provider = inb_catalogue_find (request->provider, NULL);

  if (self->keys_are_known || provider == NULL || provider->service == NULL)
    return;
  self->keys_are_known = TRUE;
  inb_key_book_look (self->keys);
}

/**
 * inb_order_dup_request:
 * @self: an order
 * @seed: of the first take
 *
 * What the form asks for, and who is asked after its provider: the order of the providers' page.
 *
 * Returns: (transfer full): the request; valid only if the order is ready
 */
InbRequest *
inb_order_dup_request (InbOrder *self, guint32 seed)
{
  InbRequest *request = inb_draft_dup_request (self->draft, seed);

  if (request->last != NULL || !g_str_equal (request->provider, "local"))
    g_clear_pointer (&request->matte, g_free); /* nobody would look at it */
  g_clear_pointer (&request->route, g_free);
  if (self->route != NULL)
    request->route = inb_route_plan (request, (const char *const *) self->route,
                                     inb_key_book_get_all (self->keys));
  return request;
}

static void
look (InbOrder *self)
{
  g_autoptr (InbRequest) request = inb_order_dup_request (self, 0);
  InbSituation situation = { .request = request,
                             .budget = self->budget,
                             .keys = inb_key_book_get_all (self->keys),
                             .free_bytes = self->free_bytes };

  want_keys (self, request);
  look_at_slot (&situation.start, inb_draft_get_start (self->draft));
  look_at_slot (&situation.last, inb_draft_get_last (self->draft));
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  self->checks = inb_checks_run (&situation);
  self->has_quote = inb_quote_init (&self->quote, request, &self->budget, NULL);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
measure_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  gint64 *free_bytes = g_new (gint64, 1);

  *free_bytes = inb_files_get_free (task_data);
  g_task_return_pointer (task, free_bytes, g_free);
}

static void
measured_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  InbOrder *self = INB_ORDER (source);
  g_autofree gint64 *free_bytes = g_task_propagate_pointer (G_TASK (result), NULL);

  self->is_measuring = FALSE;
  if (self->free_bytes == *free_bytes)
    return;
  self->free_bytes = *free_bytes;
  look (self);
}

/* A folder may lie on a server that takes its time. */
static void
measure (InbOrder *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->is_measuring)
    return;
  self->is_measuring = TRUE;
  task = g_task_new (self, NULL, measured_cb, NULL);
  g_task_set_source_tag (task, measure);
  g_task_set_task_data (task, g_strdup (inb_draft_get_root (self->draft)), g_free);
  g_task_run_in_thread (task, measure_in_thread);
}

/* Caps, what is spent and the route lie in the store: not to be asked with every letter typed. */
static void
read_settings (InbOrder *self)
{
  g_autofree char *order_cap = NULL;

  if (self->queue == NULL)
    return;
  order_cap = inb_queue_get_text (self->queue, INB_SETTING_MAX_COST);
  self->budget.spent_micros = inb_queue_get_spent_today (self->queue);
  self->budget.day_cap_micros = inb_queue_get_day_cap (self->queue);
  self->budget.order_cap_micros =
      order_cap != NULL ? g_ascii_strtoll (order_cap, NULL, 10) : INB_MICROS_UNKNOWN;
  g_strfreev (self->route);
  self->route = inb_queue_get_route (self->queue);
}

static gboolean
money_cb (gpointer user_data)
{
  InbOrder *self = user_data;

  self->money_id = 0;
  inb_order_refresh (self);
  return G_SOURCE_REMOVE;
}

static void
written_cb (InbOrder *self)
{
  if (self->money_id == 0)
    self->money_id = g_timeout_add (MONEY_MS, money_cb, self);
}

static void
inb_order_dispose (GObject *object)
{
  InbOrder *self = INB_ORDER (object);

  g_clear_handle_id (&self->money_id, g_source_remove);
  g_clear_object (&self->draft);
  g_clear_object (&self->queue);
  g_clear_object (&self->keys);

  G_OBJECT_CLASS (inb_order_parent_class)->dispose (object);
}

static void
inb_order_finalize (GObject *object)
{
  InbOrder *self = INB_ORDER (object);

  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_clear_pointer (&self->route, g_strfreev);

  G_OBJECT_CLASS (inb_order_parent_class)->finalize (object);
}

static void
inb_order_class_init (InbOrderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = inb_order_dispose;
  object_class->finalize = inb_order_finalize;

  /* InbOrder::changed: checks, quote or budget may be others now */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", INB_TYPE_ORDER, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
inb_order_init (InbOrder *self)
{
  self->budget = (InbBudget) INB_BUDGET_INIT;
  self->free_bytes = -1;
  self->keys = inb_key_book_new ();
}

/**
 * inb_order_new:
 * @draft: the form
 *
 * Returns: (transfer full): what Generate would ask for; without a queue nothing is spent or capped
 */
InbOrder *
inb_order_new (InbDraft *draft)
{
  InbOrder *self = g_object_new (INB_TYPE_ORDER, NULL);

  self->draft = g_object_ref (draft);
  g_signal_connect_object (draft, "changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->keys, "changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  look (self);
  return self;
}

/**
 * inb_order_set_queue:
 * @self: an order, once
 * @queue: where it would go; knows the money and the caps
 */
void
inb_order_set_queue (InbOrder *self, InbQueue *queue)
{
  g_return_if_fail (INB_IS_ORDER (self) && self->queue == NULL);

  self->queue = g_object_ref (queue);
  g_signal_connect_object (queue, "written", G_CALLBACK (written_cb), self, G_CONNECT_SWAPPED);
  inb_order_refresh (self);
}

/**
 * inb_order_set_budget:
 * @self: an order without a queue
 * @budget: what is spent and allowed
 */
void
inb_order_set_budget (InbOrder *self, const InbBudget *budget)
{
  g_return_if_fail (INB_IS_ORDER (self));

  self->budget = *budget;
  look (self);
}

/**
 * inb_order_refresh:
 * @self: an order
 *
 * Looks at the money and at the route now, and at the disk.
 */
void
inb_order_refresh (InbOrder *self)
{
  g_return_if_fail (INB_IS_ORDER (self));

  g_clear_handle_id (&self->money_id, g_source_remove);
  read_settings (self);
  measure (self);
  look (self);
}

/**
 * inb_order_look_for_keys:
 * @self: an order
 *
 * Where keys were looked for before, they may be others now.
 */
void
inb_order_look_for_keys (InbOrder *self)
{
  g_return_if_fail (INB_IS_ORDER (self));

  if (self->keys_are_known)
    inb_key_book_look (self->keys);
}

/**
 * inb_order_get_keys:
 * @self: an order
 *
 * Returns: (transfer none): for which services there is a key; whoever sets or removes one has it
 * look again
 */
InbKeyBook *
inb_order_get_keys (InbOrder *self)
{
  return self->keys;
}

/**
 * inb_order_get_checks:
 * @self: an order
 *
 * Returns: (transfer none) (element-type InbCheck): as inb_checks_run(); until the next
 * #InbOrder::changed
 */
const GPtrArray *
inb_order_get_checks (InbOrder *self)
{
  return self->checks;
}

/**
 * inb_order_get_quote:
 * @self: an order
 *
 * Returns: (transfer none) (nullable): what it costs; %NULL where its provider is gone
 */
const InbQuote *
inb_order_get_quote (InbOrder *self)
{
  return self->has_quote ? &self->quote : NULL;
}

/**
 * inb_order_get_budget:
 * @self: an order
 *
 * Returns: (transfer none): what is spent and allowed
 */
const InbBudget *
inb_order_get_budget (InbOrder *self)
{
  return &self->budget;
}

/**
 * inb_order_is_ready:
 * @self: an order
 *
 * Returns: %TRUE if nothing keeps it from being asked for; a cap may still refuse it, in words
 */
gboolean
inb_order_is_ready (InbOrder *self)
{
  return self->has_quote && inb_checks_get_obstacle (self->checks) == NULL;
}

/**
 * inb_order_get_hint:
 * @self: an order
 *
 * Returns: (transfer none) (nullable): what is still to be filled in, or being read; %NULL if
 * nothing is
 */
const char *
inb_order_get_hint (InbOrder *self)
{
  const InbCheck *first = NULL;

  for (guint i = 0; i < self->checks->len; i++)
    {
      const InbCheck *check = g_ptr_array_index (self->checks, i);

      if (check->weight == INB_CHECK_WANTING && (first == NULL || check->rule < first->rule))
        first = check;
    }
  return first != NULL ? first->text : NULL;
}

/**
 * inb_order_dup_label:
 * @self: an order
 *
 * Returns: (transfer full): what Generate reads
 */
char *
inb_order_dup_label (InbOrder *self)
{
  return self->has_quote ? inb_quote_dup_label (&self->quote) : g_strdup (_ ("Generate"));
}

/**
 * inb_order_dup_day:
 * @self: an order
 *
 * Returns: (transfer full) (nullable): the provider and what was spent today
 */
char *
inb_order_dup_day (InbOrder *self)
{
  const InbProvider *provider = inb_draft_get_provider (self->draft);

  return provider != NULL ? inb_quote_dup_day (provider, &self->budget) : NULL;
}

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  /* a person who does not give the password has said so; the check stays where it is */
  inb_key_book_unlock_finish (INB_KEY_BOOK (source), result, NULL);
}

/* Field by field: a photo that is just being read is not in the request yet and must not go. */
static void
fill_in (InbOrder *self, const InbRequest *request)
{
  InbDraft *draft = self->draft;

  inb_draft_begin_step (draft);
  inb_draft_set_prompt (draft, request->prompt);
  inb_draft_set_negative (draft, request->negative);
  inb_draft_set_guidance (draft, request->guidance);
  inb_draft_set_provider (draft, request->provider);
  inb_draft_set_model (draft, request->model);
  inb_draft_set_resolution (draft, request->resolution);
  g_object_set (draft, "ratio", request->framing.ratio, "fit", request->framing.fit,
                "duration-index", request->duration_s == 10 ? 1 : 0, "takes-index",
                request->takes - 1, NULL);
  inb_draft_end_step (draft);
}

static void
remove_last (InbOrder *self)
{
  inb_draft_begin_step (self->draft);
  inb_draft_set_loop (self->draft, FALSE);
  inb_photo_slot_clear (inb_draft_get_last (self->draft));
  inb_draft_end_step (self->draft);
}

/**
 * inb_order_apply:
 * @self: an order
 * @fix: of one of its checks
 *
 * Mends the form, as one step that can be undone, or has the keyring unlocked.
 *
 * Returns: %FALSE if the fix is elsewhere: whoever shows the check knows where
 */
gboolean
inb_order_apply (InbOrder *self, const InbFix *fix)
{
  g_autoptr (InbRequest) request = inb_draft_dup_request (self->draft, 0);

  if (fix->kind == INB_FIX_UNLOCK)
    {
      inb_key_book_unlock_async (self->keys, fix->provider, unlocked_cb, NULL);
      return TRUE;
    }
  if (fix->kind == INB_FIX_REMOVE_LAST)
    {
      remove_last (self);
      return TRUE;
    }
  if (!inb_fix_apply (fix, request))
    return FALSE;
  fill_in (self, request);
  return TRUE;
}
