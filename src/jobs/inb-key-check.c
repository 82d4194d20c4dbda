/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-key-check.h"

#include <glib/gi18n.h>

#include "core/inb-money.h"
#include "jobs/inb-secrets.h"
#include "net/inb-http.h"
#include "providers/inb-answers.h"

/* Whether a service takes the key that is there: one free question that only a good key gets an
 * answer to, and, where there is one, a second about the balance. */
typedef struct
{
  const InbProvider *provider;
  InbSecrets *secrets;
  InbHttp *http;
  InbKeyReport report;
} Check;

static void
check_free (Check *self)
{
  g_clear_pointer (&self->http, inb_http_free);
  g_clear_pointer (&self->secrets, inb_secrets_free);
  g_free (self);
}

static void
fill_values (const Check *self, InbMessageValues *values)
{
  *values = (InbMessageValues){ .provider = self->provider,
                                .model = g_ptr_array_index (self->provider->models, 0),
                                .home = self->secrets->home,
                                .secrets = self->secrets->values };
}

static void
succeed (GTask *task)
{
  const Check *self = g_task_get_task_data (task);

  g_task_return_pointer (task, g_memdup2 (&self->report, sizeof self->report), g_free);
}

/* FALSE: the message could not be made, and nothing was sent. */
static gboolean
ask (GTask *task, InbStep step, GAsyncReadyCallback callback, GError **error)
{
  const Check *self = g_task_get_task_data (task);
  g_autoptr (InbMessage) message = NULL;
  InbMessageValues values;

  fill_values (self, &values);
  message = inb_messages_make (&values, step, error);
  if (message == NULL)
    return FALSE;
  inb_http_send_async (self->http, message, NULL, NULL, g_task_get_cancellable (task), callback,
                       g_object_ref (task));
  return TRUE;
}

/* The balance is an extra: where it cannot be had, the check is as good without. */
static void
balance_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Check *self = g_task_get_task_data (task);
  g_autoptr (InbReply) reply = inb_http_send_finish (result, NULL, NULL);
  g_autoptr (GError) problem = NULL;
  InbMessageValues values;

  if (reply != NULL)
    {
      fill_values (self, &values);
      self->report.balance_micros = inb_answers_read_balance (&values, reply, &problem);
      self->report.knows_balance = problem == NULL;
    }
  succeed (task);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Check *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (InbReply) reply = inb_http_send_finish (result, NULL, &error);
  InbMessageValues values;

  fill_values (self, &values);
  if (reply == NULL || !inb_answers_read_check (&values, reply, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  self->report.checked = TRUE;
  if (!inb_messages_has_step (self->provider, INB_STEP_BALANCE) ||
      !ask (task, INB_STEP_BALANCE, balance_cb, NULL))
    succeed (task);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Check *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  self->secrets = inb_secrets_load_finish (result, &error);
  if (self->secrets == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  self->report.source = self->secrets->source;
  if (!inb_messages_has_step (self->provider, INB_STEP_CHECK))
    {
      succeed (task);
      return;
    }
  self->http = inb_http_new ();
  if (!ask (task, INB_STEP_CHECK, answered_cb, &error))
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * inb_key_check_async:
 * @provider: a hosted provider; lives as long as the program
 * @cancellable: (nullable): ends the wait
 * @callback: (scope async): called on the thread-default main context of the caller
 * @user_data: for @callback
 *
 * Asks the service something that is free and that only a good key gets an answer to. The keyring
 * is read in a thread; its password may be asked for.
 */
void
inb_key_check_async (const InbProvider *provider, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Check *self = g_new0 (Check, 1);

  g_return_if_fail (provider->service != NULL);

  self->provider = provider;
  g_task_set_source_tag (task, inb_key_check_async);
  g_task_set_task_data (task, self, (GDestroyNotify) check_free);
  inb_secrets_load_async (provider, cancellable, loaded_cb, g_steal_pointer (&task));
}

/**
 * inb_key_check_finish:
 * @result: of inb_key_check_async()
 * @report: (out caller-allocates): what the service says; its source is %INB_KEY_NONE where the
 * error is that there is no key
 * @error: %INB_ERROR_KEY if there is none, or the service does not take it; others as
 * inb_secrets_load(), inb_http_send_finish() and inb_answers_read_check()
 *
 * Returns: %TRUE if the service takes the key, or has no free way to try it
 */
gboolean
inb_key_check_finish (GAsyncResult *result, InbKeyReport *report, GError **error)
{
  const Check *self = g_task_get_task_data (G_TASK (result));
  g_autofree InbKeyReport *told = NULL;

  *report = self->report;
  told = g_task_propagate_pointer (G_TASK (result), error);
  return told != NULL;
}

/**
 * inb_key_check_dup_words:
 * @provider: the one that was asked
 * @report: a good one
 *
 * Returns: (transfer full): one sentence for people
 */
char *
inb_key_check_dup_words (const InbProvider *provider, const InbKeyReport *report)
{
  if (!report->checked)
    return g_strdup_printf (
        /* Translators: a provider. */
        _ ("There is a key for %s. The service has no free way to try it, so it was not asked; the "
           "first clip will show whether the key is good."),
        inb_provider_get_name (provider));
  if (report->knows_balance)
    {
      g_autofree char *left = inb_money_format_sum (report->balance_micros);

      /* Translators: a provider, a sum of money. */
      return g_strdup_printf (_ ("%s takes the key; %s are left."),
                              inb_provider_get_name (provider), left);
    }
  /* Translators: a provider. */
  return g_strdup_printf (_ ("%s takes the key."), inb_provider_get_name (provider));
}
