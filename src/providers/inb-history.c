/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "providers/inb-answers.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "core/inb-error.h"
#include "net/inb-json-path.h"
#include "providers/inb-answer.h"
#include "providers/inb-message-values.h"
#include "providers/inb-template.h"
#include "providers/inb-verdict.h"

/* A job whose answer was lost is looked for at the service. "It is not there" may lead to a second
 * payment, so it is said only where the answer has the shape of a list and does not hold it. */

/* Times between 2020 and 2100: in s, in ms, in µs since 1970. */
#define MIN_S 1577836800.0
#define MAX_S 4102444800.0

/**
 * inb_found_free:
 * @self: (transfer full): a job
 */
void
inb_found_free (InbFound *self)
{
  g_free (self->remote_id);
  g_free (self);
}

static gint64
read_number_time (double number)
{
  static const double units[] = { 1.0, 1e3, 1e6 };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (number >= MIN_S * units[i] && number <= MAX_S * units[i])
      return (gint64) (number * (1e6 / units[i]));
  return 0;
}

/* µs since 1970; 0 for what is no time. A time without a zone is taken as UTC. */
static gint64
read_time (JsonNode *node)
{
  g_autofree char *text = inb_answer_dup_node_text (node);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = NULL;
  char *end = NULL;
  double number;

  if (text == NULL || *text == '\0')
    return 0;
  number = g_ascii_strtod (text, &end);
  if (*end == '\0' && isfinite (number))
    return read_number_time (number);
  time = g_date_time_new_from_iso8601 (text, utc);
  if (time == NULL)
    return 0;
  return g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time);
}

/* Numbers are the same however they are written, texts to the letter. */
static gboolean
is_same (JsonNode *given, JsonNode *wanted)
{
  g_autofree char *a = inb_answer_dup_node_text (given);
  g_autofree char *b = inb_answer_dup_node_text (wanted);
  char *end_a = NULL, *end_b = NULL;
  double x, y;

  if (a == NULL || b == NULL)
    return FALSE;
  if (strcmp (a, b) == 0)
    return TRUE;
  x = g_ascii_strtod (a, &end_a);
  y = g_ascii_strtod (b, &end_b);
  return end_a != a && *end_a == '\0' && end_b != b && *end_b == '\0' && fabs (x - y) < 1e-9;
}

/* What stands in the item must be what was asked for; what does not stand there says nothing. */
static gboolean
matches (JsonNode *item, JsonNode *wanted)
{
  JsonObjectIter iter;
  const char *path;
  JsonNode *value;

  if (wanted == NULL)
    return TRUE;
  json_object_iter_init (&iter, json_node_get_object (wanted));
  while (json_object_iter_next (&iter, &path, &value))
    {
      JsonNode *given = inb_json_path_find (item, path);

      if (given != NULL && JSON_NODE_HOLDS_VALUE (given) && !is_same (given, value))
        return FALSE;
    }
  return TRUE;
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  const InbFound *first = *(InbFound *const *) a;
  const InbFound *second = *(InbFound *const *) b;

  return (first->created_us < second->created_us) - (first->created_us > second->created_us);
}

static void
take_item (const InbMessageValues *values, JsonNode *item, JsonNode *wanted, GPtrArray *found,
           gint64 *oldest_us)
{
  const InbService *service = values->provider->service;
  g_autofree char *id = inb_answer_dup_id (
      service->history_id != NULL ? inb_json_path_find (item, service->history_id) : NULL);
  JsonNode *created =
      service->history_created != NULL ? inb_json_path_find (item, service->history_created) : NULL;
  gint64 created_us = created != NULL ? read_time (created) : 0;
  InbFound *job;

  if (created_us > 0 && (*oldest_us == 0 || created_us < *oldest_us))
    *oldest_us = created_us;
  if (id == NULL || !matches (item, wanted))
    return;
  if (created_us > 0 && ((values->since_us > 0 && created_us < values->since_us) ||
                         (values->until_us > 0 && created_us > values->until_us)))
    return;
  job = g_new0 (InbFound, 1);
  job->remote_id = g_steal_pointer (&id);
  job->created_us = created_us;
  g_ptr_array_add (found, job);
}

/* The list itself, which the path "…[*]" goes through; %NULL if there is no list. */
static JsonArray *
find_list (const InbAnswer *answer, const char *path)
{
  g_autofree char *base = g_strdup (path);
  JsonNode *node;

  if (g_str_has_suffix (base, "[*]"))
    base[strlen (base) - strlen ("[*]")] = '\0';
  if (answer->root == NULL)
    return NULL;
  node = *base != '\0' ? inb_json_path_find (answer->root, base) : answer->root;
  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static GError *
make_error (const InbMessageValues *values, const InbAnswer *answer)
{
  g_autoptr (InbVerdict) verdict = inb_verdict_new (values, answer);
  gboolean readable = !answer->page && (!inb_answer_is_success (answer) || verdict->ruled);

  return inb_verdict_make_error (verdict, values, readable ? verdict->code : INB_ERROR_NETWORK,
                                 INB_CHARGE_UNTOLD);
}

/**
 * inb_answers_read_history:
 * @values: what the message was made of, with the request and the window of time
 * @reply: a whole answer
 * @oldest_us: (out): when the oldest job of this page was made, of whomever; 0 if the page is empty
 * or does not say: an older page may hold more
 * @error: what kept the list from being read; never for an empty list
 *
 * Returns: (transfer full) (nullable) (element-type InbFound): jobs made within the window, or at a
 * time that is not told, of which nothing that is told differs from the request; newest first
 */
GPtrArray *
inb_answers_read_history (const InbMessageValues *values, const InbReply *reply, gint64 *oldest_us,
                          GError **error)
{
  const InbService *service = values->provider->service;
  g_autoptr (InbAnswer) answer = inb_answer_new (reply);
  g_autoptr (GHashTable) table = NULL;
  g_autoptr (JsonNode) wanted = NULL;
  GPtrArray *found;
  JsonArray *list = NULL;

  *oldest_us = 0;
  if (inb_answer_is_success (answer) && inb_answer_is_ok (answer, service) &&
      service->history_items != NULL)
    list = find_list (answer, service->history_items);
  if (list == NULL)
    {
      g_propagate_error (error, make_error (values, answer));
      return NULL;
    }
  if (service->history_match != NULL)
    {
      table = inb_message_values_make_table (values);
      wanted = inb_template_fill (service->history_match, table, error);
      if (wanted == NULL)
        return NULL;
    }
  found = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_found_free);
  for (guint i = 0; i < json_array_get_length (list); i++)
    take_item (values, json_array_get_element (list, i), wanted, found, oldest_us);
  g_ptr_array_sort (found, compare_newest_first);
  return found;
}

/* Whether the place where the job would be is there and empty: null, {}, [], or missing in an
 * answer that carries the service's mark of a good one. */
static gboolean
is_empty_at (const InbAnswer *answer, const InbService *service)
{
  const char *dot = strpbrk (service->lookup_id, ".[");
  g_autofree char *name =
      dot != NULL ? g_strndup (service->lookup_id, (gsize) (dot - service->lookup_id)) : NULL;
  JsonNode *node;

  if (!inb_answer_is_object (answer) || name == NULL || *name == '\0')
    return FALSE;
  node = json_object_get_member (json_node_get_object (answer->root), name);
  if (node == NULL)
    return service->ok_path != NULL;
  if (JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_object_get_size (json_node_get_object (node)) == 0;
  return JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) == 0;
}

/* The service's own word that it has no such job. */
static gboolean
says_missing (const InbMessageValues *values, const InbAnswer *answer)
{
  g_autoptr (InbVerdict) verdict = NULL;

  if (answer->page || !inb_answer_is_object (answer))
    return FALSE;
  verdict = inb_verdict_new (values, answer);
  return verdict->code == INB_ERROR_EXPIRED || (answer->status == 404 && !verdict->by_content);
}

/**
 * inb_answers_read_lookup:
 * @values: what the message was made of
 * @reply: a whole answer
 * @remote_id: (out) (transfer full) (nullable): the service's id of our job; %NULL: it has none
 * @error: what kept the answer from being read
 *
 * "There is none" is believed from JSON only: 404, an error of class "expired", or an empty place
 * where the job would be.
 *
 * Returns: whether the service has told
 */
gboolean
inb_answers_read_lookup (const InbMessageValues *values, const InbReply *reply, char **remote_id,
                         GError **error)
{
  const InbService *service = values->provider->service;
  g_autoptr (InbAnswer) answer = inb_answer_new (reply);

  *remote_id = NULL;
  if (inb_answer_is_success (answer) && inb_answer_is_ok (answer, service))
    {
      *remote_id = inb_answer_dup_id (inb_answer_find (answer, service->lookup_id));
      if (*remote_id != NULL || is_empty_at (answer, service))
        return TRUE;
    }
  else if (says_missing (values, answer))
    return TRUE;
  g_propagate_error (error, make_error (values, answer));
  return FALSE;
}
