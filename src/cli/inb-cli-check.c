/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inb-cli-check.h"

#include <glib/gi18n.h>

#include "cli/inb-cli.h"
#include "core/inb-error.h"
#include "core/inb-money.h"
#include "jobs/inb-secrets.h"
#include "net/inb-http.h"
#include "providers/inb-answers.h"

#define NO_KEY 2

/* What a service was asked, free of charge */
typedef struct
{
  InbMessageValues values;
  InbSecrets *secrets;
  GMainContext *context;
  InbHttp *http;
  gboolean knows_balance;
  gint64 balance_micros;
} Check;

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static InbReply *
ask (Check *self, InbStep step, GError **error)
{
  g_autoptr (InbMessage) message = inb_messages_make (&self->values, step, error);
  g_autoptr (GAsyncResult) result = NULL;

  if (message == NULL)
    return NULL;
  inb_http_send_async (self->http, message, NULL, NULL, NULL, answered_cb, &result);
  while (result == NULL)
    g_main_context_iteration (self->context, TRUE);
  return inb_http_send_finish (result, NULL, error);
}

/* The balance is an extra: where it cannot be had, the check is as good without. */
static void
look_at_balance (Check *self)
{
  g_autoptr (InbReply) reply = NULL;
  g_autoptr (GError) problem = NULL;

  if (!inb_messages_has_step (self->values.provider, INB_STEP_BALANCE))
    return;
  reply = ask (self, INB_STEP_BALANCE, NULL);
  if (reply == NULL)
    return;
  self->balance_micros = inb_answers_read_balance (&self->values, reply, &problem);
  self->knows_balance = problem == NULL;
}

static gboolean
check_key (Check *self, GError **error)
{
  g_autoptr (InbReply) reply = ask (self, INB_STEP_CHECK, error);

  if (reply == NULL || !inb_answers_read_check (&self->values, reply, error))
    return FALSE;
  look_at_balance (self);
  return TRUE;
}

static void
print (const Check *self, gboolean checked)
{
  const InbProvider *provider = self->values.provider;

  if (!checked)
    /* Translators: a provider. */
    g_print (
        _ ("There is a key for %s. The service has no free way to try it, so it was not asked; "
           "the first clip will show whether the key is good.\n"),
        provider->name);
  else if (self->knows_balance)
    /* Translators: a provider, dollars. */
    g_print (_ ("%s takes the key; $%.2f are left.\n"), provider->name,
             (double) self->balance_micros / (double) INB_MICROS_PER_DOLLAR);
  else
    /* Translators: a provider. */
    g_print (_ ("%s takes the key.\n"), provider->name);
}

static void
print_json (const Check *self, gboolean checked)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  inb_json_add_string (builder, "id", self->values.provider->id);
  inb_json_add_boolean (builder, "ready", TRUE);
  inb_json_add_boolean (builder, "checked", checked);
  inb_json_add_string (builder, "key_source", inb_key_source_to_string (self->secrets->source));
  json_builder_set_member_name (builder, "balance_micros");
  if (self->knows_balance)
    json_builder_add_int_value (builder, self->balance_micros);
  else
    json_builder_add_null_value (builder);
  json_builder_end_object (builder);
  inb_cli_print_json (builder);
}

static void
begin (Check *self, const InbProvider *provider)
{
  self->context = g_main_context_new ();
  g_main_context_push_thread_default (self->context);
  self->http = inb_http_new ();
  self->values.provider = provider;
  self->values.model = g_ptr_array_index (provider->models, 0);
  self->values.home = self->secrets->home;
  self->values.secrets = self->secrets->values;
}

static void
end (Check *self)
{
  inb_http_free (self->http);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);
  g_main_context_unref (self->context);
  inb_secrets_free (self->secrets);
}

/**
 * inb_cli_check:
 * @provider: a hosted provider
 * @json: whether to print one JSON document
 *
 * Asks the service something that is free and that only a good key gets an answer to.
 *
 * Returns: the exit status: 0 the key is good, or the service has no free way to try it; 1 it is
 * refused, or the service could not be reached; 2 there is no key
 */
int
inb_cli_check (const InbProvider *provider, gboolean json)
{
  Check self = { 0 };
  GError *error = NULL;
  gboolean can_check = inb_messages_has_step (provider, INB_STEP_CHECK);
  gboolean good;

  self.secrets = inb_secrets_load (provider, &error);
  if (self.secrets == NULL)
    {
      inb_cli_fail (error, json);
      return NO_KEY;
    }
  begin (&self, provider);
  good = !can_check || check_key (&self, &error);
  if (good && json)
    print_json (&self, can_check);
  else if (good)
    print (&self, can_check);
  end (&self);
  if (good)
    return 0;
  inb_cli_fail (error, json);
  return 1;
}
