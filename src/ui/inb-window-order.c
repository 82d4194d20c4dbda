/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "core/inb-money.h"
#include "jobs/inb-again.h"
#include "ui/inb-compat.h"
#include "ui/inb-window-private.h"

/* From Generate to rows in the queue: the only way there. What may cost money asks first where
 * something is unusual about it, and can be taken back for three seconds. */

/* An order on its way through the questions */
typedef struct
{
  InbWindow *window;
  InbRequest *request;
  char *product_id;
  char *product_name;
  InbQuote quote;
  char *first; /* id of the job that it would repeat */
} Order;

static void
order_free (Order *order)
{
  g_object_unref (order->window);
  inb_request_free (order->request);
  g_free (order->product_id);
  g_free (order->product_name);
  g_free (order->first);
  g_free (order);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Order, order_free)

/* Whether the window is still there; if so, the form can be used again. */
static gboolean
end_order (InbWindow *self)
{
  if (self->composer == NULL)
    return FALSE;
  inb_composer_set_busy (self->composer, FALSE);
  return TRUE;
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Order) order = user_data;
  InbWindow *self = order->window;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) jobs = inb_queue_add_finish (INB_QUEUE (source), result, &error);

  self->sending = FALSE;
  if (!end_order (self))
    return; /* the window was closed meanwhile; the jobs are safe in the queue */
  if (jobs == NULL)
    {
      inb_window_toast (self, error->message);
      return;
    }
  inb_order_refresh (inb_composer_get_order (self->composer));
  if (inb_quote_may_cost (&order->quote))
    inb_window_offer_undo (self, jobs, &order->quote);
  if (adw_flap_get_folded (self->form_flap))
    adw_flap_set_reveal_flap (self->form_flap, FALSE); /* make room for what was asked for */
}

static void
send (Order *order)
{
  InbWindow *self = order->window;

  self->sending = inb_quote_may_cost (&order->quote);
  self->undo_at_once = FALSE;
  self->undo_is_next = self->sending;
  inb_window_update_undo (self);
  inb_queue_add_async (self->queue, order->request, order->product_id, order->product_name,
                       self->sending ? INB_WINDOW_HOLD_S : 0, NULL, added_cb, order);
}

static Order *
order_new (InbWindow *self, InbRequest *request, const char *product_id, const char *product_name)
{
  Order *order = g_new0 (Order, 1);

  order->window = g_object_ref (self);
  order->request = request;
  order->product_id = g_strdup (product_id);
  order->product_name = g_strdup (product_name);
  return order;
}

/**
 * inb_window_send_order:
 * @self: a window with a queue
 * @request: what a person has agreed to pay for
 * @product_id: whose take it becomes
 * @product_name: (nullable): what the product is called
 *
 * Adds it without another question, but with the same three seconds to take it back. A cap still
 * refuses it, in words.
 */
void
inb_window_send_order (InbWindow *self, const InbRequest *request, const char *product_id,
                       const char *product_name)
{
  g_autoptr (Order) order = order_new (self, inb_request_copy (request), product_id, product_name);
  InbBudget budget = INB_BUDGET_INIT;
  g_autoptr (GError) error = NULL;

  if (!inb_quote_init (&order->quote, request, &budget, &error))
    {
      inb_window_toast (self, error->message);
      return;
    }
  inb_composer_set_busy (self->composer, TRUE);
  send (g_steal_pointer (&order));
}

static void
unpublished_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Order) order = user_data;

  if (inb_compat_ask_finish (result) && order->window->composer != NULL)
    send (g_steal_pointer (&order));
  else
    end_order (order->window);
}

/* What it will cost is known to the service alone. */
static void
ask_about_price (Order *order)
{
  const InbProvider *provider = inb_draft_get_provider (order->window->draft);
  g_autofree char *reserve = inb_money_format_sum (order->quote.reserve_micros);
  g_autofree char *label = NULL;
  /* Translators: a provider, a sum of money */
  g_autofree char *body = g_strdup_printf (
      _ ("%s bills your account there and publishes no price for this. Your caps reserve %s, the "
         "highest price that any service publishes for such clips; it may be more or less."),
      inb_provider_get_name (provider), reserve);

  label = g_strdup_printf (ngettext ("Spend on %u Clip", "Spend on %u Clips", order->quote.takes),
                           order->quote.takes);
  inb_compat_ask_async (GTK_WINDOW (order->window), _ ("Generate without knowing the price?"), body,
                        _ ("Cancel"), label, TRUE, unpublished_cb, order);
}

static void
go_on (Order *order)
{
  if (order->quote.verdict == INB_QUOTE_UNPUBLISHED)
    ask_about_price (order);
  else
    send (order);
}

enum
{
  AGAIN_CANCEL,
  AGAIN_SHOW,
  AGAIN_SPEND,
};

static void
again_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Order) order = user_data;
  InbWindow *self = order->window;
  guint answer = inb_compat_choose_finish (result);

  if (self->composer == NULL)
    return;
  if (answer == AGAIN_SPEND)
    {
      /* asked once, for as long as the first one is young */
      g_clear_pointer (&self->repeated, inb_request_free);
      self->repeated = inb_request_copy (order->request);
      self->repeated_us = g_get_monotonic_time ();
      go_on (g_steal_pointer (&order));
      return;
    }
  end_order (self);
  if (answer == AGAIN_SHOW)
    inb_window_open_take (self, order->first);
}

static gboolean
was_repeated (InbWindow *self, const InbRequest *request)
{
  return self->repeated != NULL && inb_again_is_same (self->repeated, request) &&
         g_get_monotonic_time () - self->repeated_us < INB_AGAIN_S * G_USEC_PER_SEC;
}

static void
ask_about_repeat (Order *order, InbJob *first)
{
  g_autofree char *price = inb_quote_dup_price (&order->quote);
  gint64 age_us = g_get_real_time () - inb_job_get_created (first);
  guint minutes = (guint) CLAMP (age_us / (60 * G_USEC_PER_SEC), 0, INB_AGAIN_S / 60);
  g_autofree char *when =
      minutes == 0
          ? g_strdup (_ ("less than a minute ago"))
          : g_strdup_printf (ngettext ("%u minute ago", "%u minutes ago", minutes), minutes);
  g_autofree char *body = NULL;
  g_autofree char *show = g_strdup_printf (_ ("Show Take %u"), inb_job_get_take (first));
  g_autofree char *again = NULL;
  const char *labels[] = { _ ("Cancel"), show, NULL, NULL };

  if (order->quote.order_micros >= 0)
    {
      /* Translators: number of a take, “4 minutes ago”, a sum of money or “at most” one */
      body = g_strdup_printf (_ ("Take %u was made of the same photo and words, with the same "
                                 "settings, %s. Another one costs again: %s."),
                              inb_job_get_take (first), when, price);
      /* Translators: a sum of money */
      again = g_strdup_printf (_ ("Spend %s"), price);
    }
  else
    {
      /* Translators: number of a take, “4 minutes ago” */
      body = g_strdup_printf (_ ("Take %u was made of the same photo and words, with the same "
                                 "settings, %s. Another one costs again; how much is not "
                                 "published."),
                              inb_job_get_take (first), when);
      again = g_strdup (_ ("Generate Again"));
    }
  labels[AGAIN_SPEND] = again;
  order->first = g_strdup (inb_job_get_id (first));
  inb_compat_choose_async (GTK_WINDOW (order->window), _ ("Generate the same again?"), body, labels,
                           again_cb, order);
}

static void
over_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InbWindow) self = user_data;
  gboolean change = inb_compat_ask_finish (result);

  if (end_order (self) && change)
    inb_window_change_caps (self);
}

/* A cap refuses; only a person changes it, elsewhere. */
static void
tell_about_cap (InbWindow *self, const InbQuote *quote)
{
  g_autofree char *refusal =
      inb_quote_dup_refusal (quote, inb_order_get_budget (inb_composer_get_order (self->composer)));
  /* Translators: a sentence before this one says what the cap is */
  g_autofree char *body = g_strdup_printf (
      _ ("%s Nothing was sent or charged. Ask for fewer clips, or change the cap."), refusal);

  inb_compat_ask_async (GTK_WINDOW (self),
                        quote->verdict == INB_QUOTE_OVER_DAY ? _ ("Over today's cap")
                                                             : _ ("Over the cap of one order"),
                        body, _ ("Cancel"), _ ("Change Caps…"), FALSE, over_cb,
                        g_object_ref (self));
}

/* The one place that asks for clips. */
void
inb_window_generate_cb (InbWindow *self)
{
  InbOrder *current = inb_composer_get_order (self->composer);
  g_autoptr (InbJob) first = NULL;
  Order *order;

  if (self->queue == NULL)
    return;
  inb_order_refresh (current); /* another window or command may have spent meanwhile */
  if (!inb_order_is_ready (current))
    return;
  inb_composer_set_busy (self->composer, TRUE);
  if (inb_quote_is_over (inb_order_get_quote (current)))
    {
      tell_about_cap (self, inb_order_get_quote (current));
      return;
    }
  /* each take of a product has its own seed, and the same take again the same */
  order =
      order_new (self, inb_order_dup_request (current, inb_takes_get_highest (self->takes)),
                 inb_draft_get_product_id (self->draft), inb_draft_get_product_name (self->draft));
  order->quote = *inb_order_get_quote (current);
  if (inb_quote_may_cost (&order->quote) && !was_repeated (self, order->request))
    first = inb_again_find (G_LIST_MODEL (self->queue), order->request, g_get_real_time ());
  if (first != NULL)
    ask_about_repeat (order, first);
  else
    go_on (order);
}

/* Where caps and storage are changed */
void
inb_window_change_caps (InbWindow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "app.preferences", NULL);
}

/* What a check offers that is not in the form */
static void
fix_cb (InbWindow *self, const InbFix *fix)
{
  switch ((int) fix->kind)
    {
    case INB_FIX_CHOOSE_START:
    case INB_FIX_CHOOSE_LAST:
      inb_composer_choose_photo (self->composer, fix->kind == INB_FIX_CHOOSE_LAST);
      break;
    case INB_FIX_ADD_KEY:
      inb_window_show_page (self, "providers");
      break;
    case INB_FIX_RAISE_CAP:
    case INB_FIX_MAKE_ROOM:
      inb_window_change_caps (self);
      break;
    default:
      break;
    }
}

/* The bar's button has said what it costs. */
static void
resume_cb (InbWindow *self, const char *job_id)
{
  inb_queue_resume_async (self->queue, job_id, inb_window_changed_cb, g_object_ref (self));
}

/* Coming back from where keys, caps and the route are set, or from another program: they may be
 * others now. */
static void
look_again (InbWindow *self)
{
  InbOrder *order = inb_composer_get_order (self->composer);

  inb_order_refresh (order);
  inb_order_look_for_keys (order);
}

static void
active_cb (InbWindow *self)
{
  self->held_key = 0; /* its release went elsewhere */
  if (self->queue != NULL && gtk_window_is_active (GTK_WINDOW (self)))
    look_again (self);
}

static void
page_shown_cb (InbWindow *self)
{
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), "work") == 0)
    look_again (self);
}

static char *
find_news (InbWindow *self, InbOrder *order)
{
  const GPtrArray *checks = inb_order_get_checks (order);
  const InbCheck *first = checks->len > 0 ? g_ptr_array_index (checks, 0) : NULL;
  g_autofree char *price = NULL;

  if (first != NULL && first->weight != INB_CHECK_WANTING && first->weight >= INB_CHECK_WARNING)
    /* Translators: the weight of a check, such as “Warning”, and what is the matter */
    return g_strdup_printf (_ ("%s: %s"), inb_check_weight_get_words (first->weight), first->text);
  if (!inb_order_is_ready (order))
    return NULL;
  price = inb_quote_dup_price (inb_order_get_quote (order));
  /* Translators: %s is “free”, “$1.05” or “price not published” */
  return g_strdup_printf (_ ("Price: %s"), price);
}

/* What changed in the foot of the form is said where a screen reader listens: the heaviest finding,
 * or the new price. */
static void
order_changed_cb (InbWindow *self)
{
  g_autofree char *news = find_news (self, inb_composer_get_order (self->composer));

  inb_window_update_title (self);
  if (news == NULL || g_strcmp0 (news, self->order_news) == 0)
    return;
  if (self->order_news != NULL) /* the first is no change */
    inb_window_say (self, news);
  g_free (self->order_news);
  self->order_news = g_steal_pointer (&news);
}

static void
draft_changed_cb (InbWindow *self)
{
  self->undo_is_next = FALSE;
  inb_window_say_no_more (self);
}

/* A draft is there: what it would cost can be said. */
void
inb_window_connect_order (InbWindow *self)
{
  g_signal_connect_swapped (self->composer, "generate", G_CALLBACK (inb_window_generate_cb), self);
  g_signal_connect_swapped (self->composer, "fix", G_CALLBACK (fix_cb), self);
  g_signal_connect_swapped (self->resume_bar, "resume", G_CALLBACK (resume_cb), self);
  g_signal_connect_object (inb_composer_get_order (self->composer), "changed",
                           G_CALLBACK (order_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft, "changed", G_CALLBACK (draft_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->pages, "notify::visible-child-name", G_CALLBACK (page_shown_cb),
                            self);
  g_signal_connect (self, "notify::is-active", G_CALLBACK (active_cb), NULL);
}

/* A queue is there: what is spent is known, and what happened while nobody looked. */
void
inb_window_set_order_queue (InbWindow *self)
{
  inb_order_set_queue (inb_composer_get_order (self->composer), self->queue);
  inb_resume_bar_set_jobs (self->resume_bar, G_LIST_MODEL (self->queue));
  self->away = inb_away_new (self);
}

void
inb_window_dispose_order (InbWindow *self)
{
  g_clear_pointer (&self->away, inb_away_free);
  g_clear_handle_id (&self->undo_id, g_source_remove);
  g_clear_pointer (&self->undoable, g_ptr_array_unref);
  g_clear_pointer (&self->repeated, inb_request_free);
  g_clear_pointer (&self->order_news, g_free);
}

static gboolean
is_activating (guint keyval)
{
  return keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter ||
         keyval == GDK_KEY_space || keyval == GDK_KEY_KP_Space;
}

/* Ctrl+Return is the only key that spends, and holding it down asks once. A button that has the
 * focus is pressed once by a key that is held down, too, however long. */
gboolean
inb_window_key_pressed_cb (InbWindow *self, guint keyval, guint keycode, GdkModifierType state)
{
  gboolean repeated = self->held_key == keyval;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (!is_activating (keyval))
    return GDK_EVENT_PROPAGATE;
  self->held_key = keyval;
  if ((keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter) &&
      (state & gtk_accelerator_get_default_mod_mask ()) == GDK_CONTROL_MASK)
    {
      if (!repeated)
        inb_composer_generate (self->composer);
      return GDK_EVENT_STOP;
    }
  return repeated && GTK_IS_BUTTON (focus) ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

void
inb_window_key_released_cb (InbWindow *self, guint keyval)
{
  if (self->held_key == keyval)
    self->held_key = 0;
}
