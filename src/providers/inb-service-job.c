/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "providers/inb-service-file.h"

#include <string.h>

#define MAX_KEEP 8
#define MAX_WAIT_S 600
#define MAX_LIFETIME_S (10 * 366 * 86400)
#define NAME_CHARS "abcdefghijklmnopqrstuvwxyz0123456789_"
#define HEADER_PREFIX "header:"

static const char *const submit_words[] = { "plain", "start-or-sse" };
static const char *const word_names[] = { "queued", "running", "succeeded", "failed", "cancelled" };
static const char *const charged_words[] = { "maybe", "no" };
static const char *const result_words[] = { "url", "url-or-base64", "second-get",
                                            "first-http-string" };

static gboolean
read_accept (InbReader *reader, GArray *accept)
{
  const guint ok = 200;

  if (!inb_reader_ints (reader, "accept", 200, 299, accept))
    return FALSE;
  if (accept->len == 0)
    g_array_append_val (accept, ok);
  return TRUE;
}

/* "none", "header:NAME" or "lookup" */
static gboolean
read_idempotency (InbReader *reader, const InbScope *scope, InbService *self)
{
  const char *text = NULL;

  if (!inb_reader_string (reader, "idempotency", &text) ||
      !inb_reader_int_or_null (reader, "idempotency_s", MAX_LIFETIME_S, &self->idempotency_s))
    return FALSE;
  if (g_str_equal (text, "lookup"))
    self->idempotency = INB_IDEMPOTENCY_LOOKUP;
  if (g_str_equal (text, "lookup") || g_str_equal (text, "none"))
    return TRUE;
  if (!g_str_has_prefix (text, HEADER_PREFIX) ||
      !inb_scope_may_set (scope, text + strlen (HEADER_PREFIX)))
    return inb_reader_refuse (reader, "idempotency", "must be none, lookup, or header:NAME");
  self->idempotency = INB_IDEMPOTENCY_HEADER;
  self->idempotency_name = g_strdup (text + strlen (HEADER_PREFIX));
  return TRUE;
}

/* A path, or an object with a path and "as": "json" for an id that is kept whole */
static gboolean
read_id (InbReader *parent, InbService *self)
{
  static const char *const as_words[] = { "text", "json" };
  JsonNode *node = inb_reader_get (parent, "id");
  InbReader reader;
  guint as = 0;
  gboolean good;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return inb_reader_dup_path (parent, "id", &self->id_path);
  if (!inb_reader_enter (&reader, parent, "id"))
    return FALSE;
  good = inb_reader_dup_path (&reader, "path", &self->id_path) &&
         inb_reader_word (&reader, "as", as_words, G_N_ELEMENTS (as_words), &as);
  self->id_json = as == 1;
  return inb_reader_end (&reader) && good;
}

static gboolean
read_keep (InbReader *parent, InbService *self)
{
  g_autoptr (GList) members = NULL;
  InbReader reader;
  gboolean good = TRUE;

  if (inb_reader_is_null (parent, "keep"))
    return TRUE;
  if (!inb_reader_enter (&reader, parent, "keep"))
    return FALSE;
  self->keep = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  members = json_object_get_members (reader.object);
  if (g_list_length (members) > MAX_KEEP)
    good = inb_reader_refuse (parent, "keep", "may have at most %d members", MAX_KEEP);
  for (GList *link = members; link != NULL && good; link = link->next)
    {
      const char *name = link->data;
      char *path = NULL;

      if (strlen (name) > 32 || *name == '\0' || strspn (name, NAME_CHARS) != strlen (name))
        good = inb_reader_refuse (&reader, name, "may have lower case letters, digits and “_”");
      good = good && inb_reader_dup_path (&reader, name, &path);
      if (good)
        g_hash_table_insert (self->keep, g_strdup (name), path);
    }
  return inb_reader_end (&reader) && good;
}

static gboolean
read_fallback (InbReader *parent, const InbScope *scope, InbService *self)
{
  InbReader reader;
  gboolean good;

  if (self->submit_kind == INB_SUBMIT_PLAIN)
    return TRUE;
  good = inb_scope_enter_call (scope, &reader, parent, "fallback", &self->fallback);
  if (self->fallback == NULL)
    return good && inb_reader_refuse (parent, "fallback", "must be an object");
  return inb_reader_end (&reader) && good;
}

/* What must stand in any good answer, where HTTP alone does not tell good from bad */
static gboolean
read_ok (InbReader *root, InbService *self)
{
  g_auto (GStrv) is = NULL;
  InbReader reader;
  gboolean good;

  if (inb_reader_is_null (root, "ok"))
    return TRUE;
  if (!inb_reader_enter (&reader, root, "ok"))
    return FALSE;
  good = inb_reader_dup_path (&reader, "path", &self->ok_path) &&
         inb_reader_dup_values (&reader, "is", &is);
  if (good && g_strv_length (is) != 1)
    good = inb_reader_refuse (&reader, "is", "must be one text or whole number");
  if (good)
    self->ok_is = g_strdup (is[0]);
  return inb_reader_end (&reader) && good;
}

/**
 * inb_service_file_read_submit:
 * @root: a reader of the whole file
 * @scope: its names
 * @self: takes what is read
 *
 * Reads the paid call.
 *
 * Returns: %FALSE after a fault
 */
gboolean
inb_service_file_read_submit (InbReader *root, InbScope *scope, InbService *self)
{
  InbReader reader;
  guint kind = INB_SUBMIT_PLAIN;
  gboolean good;

  if (!read_ok (root, self) || !inb_reader_enter (&reader, root, "submit"))
    return FALSE;
  scope->values = INB_SCOPE_REQUEST | INB_SCOPE_JOB;
  good = (inb_reader_is_null (&reader, "kind") ||
          inb_reader_word (&reader, "kind", submit_words, G_N_ELEMENTS (submit_words), &kind)) &&
         inb_scope_read_call (scope, &reader, &self->submit);
  self->submit_kind = (InbSubmitKind) kind;
  good = good && read_accept (&reader, self->accept) && read_idempotency (&reader, scope, self) &&
         read_id (&reader, self) && read_keep (&reader, self) &&
         read_fallback (&reader, scope, self);
  if (good && self->submit.body == NULL)
    good = inb_reader_refuse (&reader, "body", "must be an object");
  return inb_reader_end (&reader) && good;
}

static gboolean
read_words (InbReader *parent, InbService *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  InbReader reader;
  gboolean good = TRUE;

  if (!inb_reader_enter (&reader, parent, "words"))
    return FALSE;
  for (guint i = 0; i < INB_N_WORDS && good; i++)
    {
      good = inb_reader_dup_texts (&reader, word_names[i], 16, &self->words[i]);
      for (guint j = 0; good && self->words[i][j] != NULL; j++)
        if (!g_hash_table_add (seen, self->words[i][j]))
          good = inb_reader_refuse (&reader, word_names[i], "“%s” means something else already",
                                    self->words[i][j]);
    }
  if (good && self->words[INB_WORD_SUCCEEDED][0] == NULL)
    good = inb_reader_refuse (&reader, "succeeded", "must name a word");
  return inb_reader_end (&reader) && good;
}

static gboolean
read_flags (InbReader *parent, InbService *self)
{
  InbReader reader;
  gboolean good;

  if (inb_reader_is_null (parent, "flags"))
    return TRUE;
  if (!inb_reader_enter (&reader, parent, "flags"))
    return FALSE;
  good = inb_reader_dup_path_or_null (&reader, "nsfw", &self->nsfw_path);
  return inb_reader_end (&reader) && good;
}

static gboolean
read_waits (InbReader *reader, InbService *self)
{
  gint64 first = 0, every = 0;

  if (!inb_reader_int (reader, "first_s", 1, MAX_WAIT_S, &first) ||
      !inb_reader_int (reader, "every_s", 1, MAX_WAIT_S, &every))
    return FALSE;
  self->poll_first_s = (guint) first;
  self->poll_every_s = (guint) every;
  return TRUE;
}

static gboolean
read_status (InbReader *reader, InbService *self)
{
  guint charged = 0;

  if (!inb_reader_dup_paths (reader, "status", FALSE, &self->status_paths) ||
      !inb_reader_dup_paths (reader, "message", FALSE, &self->message_paths) ||
      !inb_reader_dup_path_or_null (reader, "progress", &self->progress_path) ||
      !inb_reader_dup_path_or_null (reader, "actual_cost", &self->cost_path))
    return FALSE;
  if (self->status_paths[0] == NULL)
    return inb_reader_refuse (reader, "status", "must be a path or a list of paths");
  if (!inb_reader_is_null (reader, "charged_failed") &&
      !inb_reader_word (reader, "charged_failed", charged_words, G_N_ELEMENTS (charged_words),
                        &charged))
    return FALSE;
  self->charged_failed = g_strdup (charged_words[charged]);
  return TRUE;
}

/**
 * inb_service_file_read_poll:
 * @root: a reader of the whole file
 * @scope: its names
 * @self: takes what is read
 *
 * Reads the free call that asks for a job's state.
 *
 * Returns: %FALSE after a fault
 */
gboolean
inb_service_file_read_poll (InbReader *root, InbScope *scope, InbService *self)
{
  InbReader reader;
  gboolean good;

  if (!inb_reader_enter (&reader, root, "poll"))
    return FALSE;
  scope->values = INB_SCOPE_REMOTE | INB_SCOPE_JOB;
  good = inb_scope_read_call (scope, &reader, &self->poll) &&
         read_accept (&reader, self->poll_accept) && read_waits (&reader, self) &&
         read_status (&reader, self) && read_words (&reader, self) && read_flags (&reader, self);
  return inb_reader_end (&reader) && good;
}

static gboolean
read_second (InbReader *parent, const InbScope *scope, InbService *self)
{
  InbReader reader;
  gboolean good;

  if (self->result_kind != INB_RESULT_SECOND_GET)
    return TRUE;
  good = inb_scope_enter_call (scope, &reader, parent, "second", &self->second);
  if (self->second == NULL)
    return good && inb_reader_refuse (parent, "second", "must be an object");
  return inb_reader_end (&reader) && good;
}

/**
 * inb_service_file_read_result:
 * @root: a reader of the whole file
 * @scope: its names
 * @self: takes what is read
 *
 * Reads where the clip is found, and how long.
 *
 * Returns: %FALSE after a fault
 */
gboolean
inb_service_file_read_result (InbReader *root, InbScope *scope, InbService *self)
{
  InbReader reader;
  guint kind = INB_RESULT_URL;
  gboolean good;

  if (!inb_reader_enter (&reader, root, "result"))
    return FALSE;
  scope->values = INB_SCOPE_REMOTE | INB_SCOPE_JOB;
  good = inb_reader_is_null (&reader, "kind") ||
         inb_reader_word (&reader, "kind", result_words, G_N_ELEMENTS (result_words), &kind);
  self->result_kind = (InbResultKind) kind;
  good = good && inb_reader_dup_paths (&reader, "urls", FALSE, &self->result_paths) &&
         read_second (&reader, scope, self) &&
         inb_reader_int_or_null (&reader, "lifetime_s", MAX_LIFETIME_S, &self->result_lifetime_s) &&
         inb_reader_dup_path_or_null (&reader, "lifetime", &self->result_lifetime_path) &&
         inb_reader_dup_path_or_null (&reader, "expires", &self->result_expires_path);
  if (good && self->result_paths[0] == NULL)
    good = inb_reader_refuse (&reader, "urls", "must be a path or a list of paths");
  return inb_reader_end (&reader) && good;
}
