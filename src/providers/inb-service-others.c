/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "providers/inb-service-file.h"

#include "core/inb-error.h"
#include "net/inb-json-path.h"

#define MAX_RULES 40
#define MAX_MATCHES 8

/* Words of a provider file, and what a person can do about each */
static const char *const class_words[] = {
  "key", "money", "plan", "rate", "input", "content", "unavailable", "network", "expired", "unknown"
};
static const int class_codes[] = {
  INB_ERROR_KEY,       INB_ERROR_MONEY,   INB_ERROR_PLAN,        INB_ERROR_RATE,
  INB_ERROR_BAD_INPUT, INB_ERROR_CONTENT, INB_ERROR_UNAVAILABLE, INB_ERROR_NETWORK,
  INB_ERROR_EXPIRED,   INB_ERROR_UNKNOWN,
};

/* Paths in an item of the history, and what must stand there if they are there */
static gboolean
read_match (InbReader *parent, const InbScope *scope, InbService *self)
{
  g_autoptr (GList) members = NULL;

  if (!inb_scope_read_template (scope, parent, "match", &self->history_match))
    return FALSE;
  if (self->history_match == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (self->history_match))
    return inb_reader_refuse (parent, "match", "must be an object");
  members = json_object_get_members (json_node_get_object (self->history_match));
  if (g_list_length (members) > MAX_MATCHES)
    return inb_reader_refuse (parent, "match", "may have at most %d members", MAX_MATCHES);
  for (GList *link = members; link != NULL; link = link->next)
    {
      g_autoptr (GError) problem = NULL;

      if (!inb_json_path_check (link->data, &problem))
        return inb_reader_refuse (parent, "match", "%s", problem->message);
    }
  return TRUE;
}

static gboolean
read_history (InbReader *root, InbScope *scope, InbService *self)
{
  InbReader reader;
  gboolean good;

  scope->values = INB_SCOPE_WINDOW | INB_SCOPE_REQUEST | INB_SCOPE_JOB;
  good = inb_scope_enter_call (scope, &reader, root, "history", &self->history);
  if (self->history == NULL)
    return good;
  good = good && inb_reader_dup_path (&reader, "items", &self->history_items) &&
         inb_reader_dup_path (&reader, "id", &self->history_id) &&
         inb_reader_dup_path_or_null (&reader, "created", &self->history_created) &&
         read_match (&reader, scope, self);
  return inb_reader_end (&reader) && good;
}

static gboolean
read_lookup (InbReader *root, InbScope *scope, InbService *self)
{
  InbReader reader;
  gboolean good;

  scope->values = INB_SCOPE_JOB;
  good = inb_scope_enter_call (scope, &reader, root, "lookup", &self->lookup);
  if (self->lookup != NULL)
    {
      good = good && inb_reader_dup_path (&reader, "id", &self->lookup_id);
      good = inb_reader_end (&reader) && good;
    }
  if (good && self->lookup == NULL && self->idempotency == INB_IDEMPOTENCY_LOOKUP)
    return inb_reader_refuse (root, "lookup", "must be there where idempotency is lookup");
  return good;
}

static gboolean
read_balance (InbReader *root, InbScope *scope, InbService *self)
{
  static const char *const dollars[] = { "USD" };
  InbReader reader;
  guint currency = 0;
  gboolean good;

  scope->values = 0;
  good = inb_scope_enter_call (scope, &reader, root, "balance", &self->balance);
  if (self->balance == NULL)
    return good;
  good = good && inb_reader_dup_path (&reader, "amount", &self->balance_path) &&
         inb_reader_word (&reader, "currency", dollars, G_N_ELEMENTS (dollars), &currency);
  return inb_reader_end (&reader) && good;
}

static gboolean
read_plain (InbReader *root, const InbScope *scope, const char *name, InbCall **call)
{
  InbReader reader;
  gboolean good = inb_scope_enter_call (scope, &reader, root, name, call);

  if (*call == NULL)
    return good;
  return inb_reader_end (&reader) && good;
}

/**
 * inb_service_file_read_others:
 * @root: a reader of the whole file
 * @scope: its names
 * @self: takes what is read
 *
 * Reads the calls that a service may or may not have.
 *
 * Returns: %FALSE after a fault
 */
gboolean
inb_service_file_read_others (InbReader *root, InbScope *scope, InbService *self)
{
  scope->values = INB_SCOPE_REMOTE | INB_SCOPE_JOB;
  if (!read_plain (root, scope, "cancel", &self->cancel) || !read_history (root, scope, self) ||
      !read_lookup (root, scope, self) || !read_balance (root, scope, self))
    return FALSE;
  scope->values = 0;
  return read_plain (root, scope, "check", &self->check);
}

/* Where a rule looks: a path, or "header:NAME" */
static gboolean
read_place (InbReader *reader, InbErrorRule *rule)
{
  g_auto (GStrv) paths = NULL;

  if (!inb_reader_dup_paths (reader, "path", TRUE, &paths))
    return FALSE;
  if (g_strv_length (paths) > 1)
    return inb_reader_refuse (reader, "path", "must be one path");
  rule->path = g_strdup (paths[0]);
  return TRUE;
}

static gboolean
read_when (InbReader *parent, InbErrorRule *rule)
{
  InbReader reader;
  gboolean good;

  if (!inb_reader_enter (&reader, parent, "when"))
    return FALSE;
  good = inb_reader_ints (&reader, "status", 200, 599, rule->statuses) &&
         read_place (&reader, rule) && inb_reader_dup_values (&reader, "is", &rule->is) &&
         (inb_reader_is_null (&reader, "contains") ||
          inb_reader_dup_text (&reader, "contains", 100, &rule->contains));
  if (good && rule->statuses->len == 0 && rule->path == NULL)
    good = inb_reader_refuse (parent, "when", "must have a status or a path");
  if (good && rule->path == NULL && (rule->is[0] != NULL || rule->contains != NULL))
    good = inb_reader_refuse (&reader, "path", "must be there with “is” or “contains”");
  return inb_reader_end (&reader) && good;
}

static gboolean
read_rule (InbReader *reader, InbService *self)
{
  static const char *const accepted_words[] = { "no", "maybe" };
  InbErrorRule *rule = g_new0 (InbErrorRule, 1);
  guint class = 0, accepted = 0;

  rule->statuses = g_array_new (FALSE, FALSE, sizeof (guint));
  rule->sent = -1;
  g_ptr_array_add (self->rules, rule);
  if (!read_when (reader, rule) ||
      !inb_reader_word (reader, "class", class_words, G_N_ELEMENTS (class_words), &class))
    return FALSE;
  rule->code = class_codes[class];
  if (inb_reader_is_null (reader, "accepted"))
    return TRUE;
  if (!inb_reader_word (reader, "accepted", accepted_words, G_N_ELEMENTS (accepted_words),
                        &accepted))
    return FALSE;
  rule->sent = (int) accepted;
  return TRUE;
}

static gboolean
read_rules (InbReader *parent, InbService *self)
{
  JsonArray *array = NULL;
  gboolean good = TRUE;

  if (inb_reader_is_null (parent, "rules"))
    return TRUE;
  if (!inb_reader_array (parent, "rules", &array))
    return FALSE;
  if (json_array_get_length (array) > MAX_RULES)
    return inb_reader_refuse (parent, "rules", "may have at most %d rules", MAX_RULES);
  for (guint i = 0; i < json_array_get_length (array) && good; i++)
    {
      InbReader reader;

      if (!inb_reader_enter_element (&reader, parent, "rules", array, i))
        return FALSE;
      good = read_rule (&reader, self);
      good = inb_reader_end (&reader) && good;
    }
  return good;
}

/**
 * inb_service_file_read_errors:
 * @root: a reader of the whole file
 * @self: takes what is read
 *
 * Reads how a refusal is understood.
 *
 * Returns: %FALSE after a fault
 */
gboolean
inb_service_file_read_errors (InbReader *root, InbService *self)
{
  InbReader reader;
  gboolean good;

  if (!inb_reader_enter (&reader, root, "errors"))
    return FALSE;
  good = inb_reader_dup_paths (&reader, "message", FALSE, &self->error_messages) &&
         inb_reader_dup_paths (&reader, "request_id", TRUE, &self->request_ids) &&
         read_rules (&reader, self);
  return inb_reader_end (&reader) && good;
}
