/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "providers/inb-verdict.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/inb-error.h"
#include "net/inb-json-path.h"

/* Enough for a sentence or two of a service, and no wall of text; chosen. */
#define MAX_WORDS 300
/* Shorter ones could be words of a language; keys of the known services have 20 and more. */
#define MIN_SECRET 8

static gboolean
has_status (const InbErrorRule *rule, guint status)
{
  if (rule->statuses == NULL || rule->statuses->len == 0)
    return TRUE;
  for (guint i = 0; i < rule->statuses->len; i++)
    if (g_array_index (rule->statuses, guint, i) == status)
      return TRUE;
  return FALSE;
}

static gboolean
has_text (const InbErrorRule *rule, const char *text)
{
  g_autofree char *folded = NULL;
  g_autofree char *part = NULL;

  if (text == NULL || *text == '\0')
    return FALSE;
  if (rule->is != NULL && rule->is[0] != NULL &&
      !g_strv_contains ((const char *const *) rule->is, text))
    return FALSE;
  if (rule->contains == NULL)
    return TRUE;
  folded = g_utf8_casefold (text, -1);
  part = g_utf8_casefold (rule->contains, -1);
  return strstr (folded, part) != NULL;
}

/* Any of the texts at the rule's path will do. */
static gboolean
has_content (const InbErrorRule *rule, const InbAnswer *answer)
{
  g_autoptr (GPtrArray) found = NULL;

  if (rule->path == NULL)
    return TRUE;
  if (g_str_has_prefix (rule->path, "header:"))
    {
      g_autofree char *text = inb_answer_dup_text (answer, rule->path);

      return text != NULL && g_utf8_validate (text, -1, NULL) && has_text (rule, text);
    }
  if (answer->root == NULL)
    return FALSE;
  found = inb_json_path_find_all (answer->root, rule->path);
  for (guint i = 0; i < found->len; i++)
    {
      g_autofree char *text = inb_answer_dup_node_text (g_ptr_array_index (found, i));

      if (has_text (rule, text))
        return TRUE;
    }
  return FALSE;
}

static const InbErrorRule *
find_rule (const InbService *service, const InbAnswer *answer)
{
  for (guint i = 0; service->rules != NULL && i < service->rules->len; i++)
    {
      const InbErrorRule *rule = g_ptr_array_index (service->rules, i);

      if (has_status (rule, answer->status) && has_content (rule, answer))
        return rule;
    }
  return NULL;
}

/* Where no rule fits: what HTTP's numbers mean (RFC 9110, 15; RFC 6585 for 429). */
static int
get_code_for_status (guint status)
{
  switch (status)
    {
    case 401:
    case 403:
    case 407:
      return INB_ERROR_KEY;
    case 402:
      return INB_ERROR_MONEY;
    case 429:
      return INB_ERROR_RATE;
    case 400:
    case 411:
    case 413:
    case 414:
    case 415:
    case 422:
      return INB_ERROR_BAD_INPUT;
    case 410:
      return INB_ERROR_EXPIRED;
    case 404:
    case 405:
    case 408:
    case 409:
    case 424:
      return INB_ERROR_UNAVAILABLE;
    default:
      if (status >= 300 && status < 400) /* services do not lead on: a network in between does */
        return INB_ERROR_NETWORK;
      return status >= 500 ? INB_ERROR_UNAVAILABLE : INB_ERROR_FAILED;
    }
}

/* A service may repeat the key that it refuses. */
static char *
hide_secrets (const char *text, GHashTable *secrets)
{
  g_autofree char *hidden = g_strdup (text);
  GHashTableIter iter;
  gpointer secret;

  if (secrets == NULL)
    return g_steal_pointer (&hidden);
  g_hash_table_iter_init (&iter, secrets);
  while (g_hash_table_iter_next (&iter, NULL, &secret))
    if (strlen (secret) >= MIN_SECRET && strstr (hidden, secret) != NULL)
      {
        g_auto (GStrv) pieces = g_strsplit (hidden, secret, -1);

        g_free (hidden);
        hidden = g_strjoinv ("•••", pieces);
      }
  return g_steal_pointer (&hidden);
}

/**
 * inb_verdict_dup_words:
 * @values: whose keys must not appear
 * @text: (nullable): a service's own words, of any content
 *
 * Returns: (transfer full) (nullable): the words for people: one line, at most 300 characters,
 * without control characters, marks of direction, and keys; %NULL if nothing is left
 */
char *
inb_verdict_dup_words (const InbMessageValues *values, const char *text)
{
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;
  g_autofree char *hidden = valid != NULL ? hide_secrets (valid, values->secrets) : NULL;
  g_autoptr (GString) words = g_string_new (NULL);
  guint n_chars = 0;

  for (const char *p = hidden; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean blank = g_unichar_isspace (c);

      if (!blank && !g_unichar_isprint (c))
        continue;
      if (blank && (words->len == 0 || g_str_has_suffix (words->str, " ")))
        continue;
      if (n_chars++ == MAX_WORDS)
        {
          g_string_append_unichar (words, 0x2026); /* … */
          break;
        }
      g_string_append_unichar (words, blank ? ' ' : c);
    }
  g_strchomp (words->str);
  return *words->str != '\0' ? g_strdup (words->str) : NULL;
}

/**
 * inb_verdict_new:
 * @values: what the message was made of
 * @answer: one that is an error, or holds one
 *
 * Reads the provider file's rules in order; the first that fits wins. Without one the HTTP status
 * decides.
 *
 * Returns: (transfer full): why
 */
InbVerdict *
inb_verdict_new (const InbMessageValues *values, const InbAnswer *answer)
{
  const InbService *service = values->provider->service;
  const InbErrorRule *rule = find_rule (service, answer);
  g_autofree char *text = inb_answer_dup_first_text (answer, service->error_messages);
  InbVerdict *self = g_new0 (InbVerdict, 1);

  self->ruled = rule != NULL;
  self->by_content = rule != NULL && rule->path != NULL;
  self->code = rule != NULL ? rule->code : get_code_for_status (answer->status);
  self->sent = rule != NULL ? rule->sent : -1;
  self->words = inb_verdict_dup_words (values, text);
  self->request_id = inb_answer_dup_request_id (answer, service);
  return self;
}

/**
 * inb_verdict_free:
 * @self: (transfer full): a verdict
 */
void
inb_verdict_free (InbVerdict *self)
{
  g_free (self->words);
  g_free (self->request_id);
  g_free (self);
}

/* What happened; %s is the service. */
static const char *
get_event (int code)
{
  switch (code)
    {
    case INB_ERROR_KEY:
      return _ ("%s does not accept the key.");
    case INB_ERROR_MONEY:
      return _ ("The account at %s has no money left.");
    case INB_ERROR_PLAN:
      return _ ("The account at %s does not include this model.");
    case INB_ERROR_RATE:
      return _ ("%s takes no more requests right now.");
    case INB_ERROR_BAD_INPUT:
      return _ ("%s did not accept what was asked for.");
    case INB_ERROR_CONTENT:
      return _ ("The content policy of %s refused the photo or the prompt.");
    case INB_ERROR_UNAVAILABLE:
      return _ ("%s is out of order.");
    case INB_ERROR_NETWORK:
      return _ ("%s gave no answer that can be read.");
    case INB_ERROR_EXPIRED:
      return _ ("%s no longer has the clip.");
    case INB_ERROR_UNKNOWN:
      return _ ("Whether %s accepted the request is not known.");
    default:
      return _ ("%s could not do it.");
    }
}

/* The way out. */
static const char *
get_way_out (int code, InbCharge charge)
{
  switch (code)
    {
    case INB_ERROR_KEY:
      return _ ("Set another key.");
    case INB_ERROR_MONEY:
      return _ ("Top up the account, or choose another service.");
    case INB_ERROR_PLAN:
      return _ ("Take another plan there, or choose another service.");
    case INB_ERROR_RATE:
      return _ ("It goes on by itself later.");
    case INB_ERROR_BAD_INPUT:
      return _ ("Change the request, or choose another service.");
    case INB_ERROR_CONTENT:
      return _ ("Change the photo or the prompt.");
    case INB_ERROR_EXPIRED:
      return _ ("Ask the service's support with the ids of the job.");
    case INB_ERROR_UNKNOWN:
      return _ ("Do not send it again before it is settled: it would be paid twice.");
    case INB_ERROR_UNAVAILABLE:
    case INB_ERROR_NETWORK:
      if (charge == INB_CHARGE_UNTOLD)
        return _ ("It goes on by itself later.");
      return _ ("Try again later, or choose another service.");
    default:
      return _ ("Try again, or choose another service.");
    }
}

static const char *
get_charge (InbCharge charge)
{
  switch (charge)
    {
    case INB_CHARGE_NONE:
      return _ ("Nothing was charged.");
    case INB_CHARGE_MAYBE:
      return _ ("It may have been charged.");
    case INB_CHARGE_UNTOLD:
    default:
      return NULL;
    }
}

static GError *
make_error (const InbMessageValues *values, int code, const char *words, const char *request_id,
            InbCharge charge)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) pieces = g_strsplit (get_event (code), "%s", 2);
  g_autofree char *event = g_strjoinv (values->provider->name, pieces);
  const char *money = get_charge (charge);

  g_string_append (text, event);
  if (words != NULL)
    {
      g_string_append_c (text, ' ');
      /* Translators: the service's own words. */
      g_string_append_printf (text, _ ("It says: “%s”."), words);
    }
  if (money != NULL)
    g_string_append_printf (text, " %s", money);
  g_string_append_printf (text, " %s", get_way_out (code, charge));
  if (request_id != NULL)
    {
      g_string_append_c (text, ' ');
      /* Translators: what a service calls one exchange, for its support. */
      g_string_append_printf (text, _ ("Request id: %s."), request_id);
    }
  return g_error_new_literal (INB_ERROR, code, text->str);
}

/**
 * inb_verdict_make_error:
 * @self: a verdict
 * @values: what the message was made of
 * @code: one of #InbError: the verdict's own, or %INB_ERROR_UNKNOWN where it proves nothing
 * @charge: what is known about money
 *
 * Returns: (transfer full): an error whose text says what happened, what the service says, about
 * money, and the way out
 */
GError *
inb_verdict_make_error (const InbVerdict *self, const InbMessageValues *values, int code,
                        InbCharge charge)
{
  return make_error (values, code, self->words, self->request_id, charge);
}

/**
 * inb_verdict_make_failure:
 * @values: what the message was made of
 * @code: one of #InbError
 * @failure: (nullable): why there is no answer
 * @charge: what is known about money
 *
 * Returns: (transfer full): the same where there is no whole answer
 */
GError *
inb_verdict_make_failure (const InbMessageValues *values, int code, const GError *failure,
                          InbCharge charge)
{
  g_autofree char *words =
      failure != NULL ? inb_verdict_dup_words (values, failure->message) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  GError *error = make_error (values, code, NULL, NULL, charge);

  if (words == NULL)
    return error;
  g_string_append_printf (text, "%s (%s)", error->message, words);
  g_free (error->message);
  error->message = g_strdup (text->str);
  return error;
}
