/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "providers/inb-service.h"

static void
credential_free (InbCredential *self)
{
  g_free (self->name);
  g_free (self->label);
  g_strfreev (self->env);
  g_free (self);
}

static void
sign_in_free (InbSignIn *self)
{
  g_strfreev (self->with);
  g_clear_pointer (&self->headers, json_node_unref);
  g_free (self);
}

static void
error_rule_free (InbErrorRule *self)
{
  g_clear_pointer (&self->statuses, g_array_unref);
  g_free (self->path);
  g_strfreev (self->is);
  g_free (self->contains);
  g_free (self);
}

static void
upload_free (InbUpload *self)
{
  inb_call_clear (&self->ticket);
  g_free (self->put_method);
  g_free (self->put_url);
  g_free (self->put_headers);
  g_free (self->part);
  g_clear_pointer (&self->fields, json_node_unref);
  g_free (self->public_url);
  g_free (self);
}

/**
 * inb_call_clear:
 * @self: a call
 *
 * Frees what it holds, not the struct.
 */
void
inb_call_clear (InbCall *self)
{
  g_clear_pointer (&self->method, g_free);
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->headers, json_node_unref);
  g_clear_pointer (&self->body, json_node_unref);
}

/**
 * inb_call_free:
 * @self: (nullable) (transfer full): a call
 */
void
inb_call_free (InbCall *self)
{
  if (self == NULL)
    return;
  inb_call_clear (self);
  g_free (self);
}

/**
 * inb_service_new:
 *
 * Returns: (transfer full): a service that says nothing yet: lists are there and empty, words and
 * paths are %NULL
 */
InbService *
inb_service_new (void)
{
  InbService *self = g_new0 (InbService, 1);

  self->hosts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->credentials = g_ptr_array_new_with_free_func ((GDestroyNotify) credential_free);
  self->sign_ins = g_ptr_array_new_with_free_func ((GDestroyNotify) sign_in_free);
  self->accept = g_array_new (FALSE, FALSE, sizeof (guint));
  self->poll_accept = g_array_new (FALSE, FALSE, sizeof (guint));
  self->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) error_rule_free);
  return self;
}

static void
free_submit (InbService *self)
{
  inb_call_clear (&self->submit);
  inb_call_free (self->fallback);
  g_array_unref (self->accept);
  g_free (self->ok_path);
  g_free (self->ok_is);
  g_free (self->idempotency_name);
  g_free (self->id_path);
  g_clear_pointer (&self->keep, g_hash_table_unref);
}

static void
free_poll (InbService *self)
{
  inb_call_clear (&self->poll);
  g_array_unref (self->poll_accept);
  g_strfreev (self->status_paths);
  for (guint i = 0; i < INB_N_WORDS; i++)
    g_strfreev (self->words[i]);
  g_strfreev (self->message_paths);
  g_free (self->progress_path);
  g_free (self->nsfw_path);
  g_free (self->cost_path);
  g_free (self->charged_failed);
  g_strfreev (self->result_paths);
  inb_call_free (self->second);
  g_free (self->result_lifetime_path);
  g_free (self->result_expires_path);
}

static void
free_others (InbService *self)
{
  inb_call_free (self->cancel);
  inb_call_free (self->history);
  g_free (self->history_items);
  g_free (self->history_id);
  g_free (self->history_created);
  g_clear_pointer (&self->history_match, json_node_unref);
  inb_call_free (self->lookup);
  g_free (self->lookup_id);
  inb_call_free (self->balance);
  g_free (self->balance_path);
  inb_call_free (self->check);
  g_strfreev (self->error_messages);
  g_strfreev (self->request_ids);
  g_ptr_array_unref (self->rules);
}

/**
 * inb_service_free:
 * @self: (nullable) (transfer full): a service
 */
void
inb_service_free (InbService *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->hosts);
  g_strfreev (self->result_hosts);
  g_ptr_array_unref (self->credentials);
  g_clear_pointer (&self->headers, json_node_unref);
  g_ptr_array_unref (self->sign_ins);
  g_clear_pointer (&self->upload, upload_free);
  free_submit (self);
  free_poll (self);
  free_others (self);
  g_free (self);
}
