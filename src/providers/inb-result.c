/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "providers/inb-result.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "core/inb-error.h"
#include "core/inb-money.h"
#include "net/inb-address.h"
#include "net/inb-json-path.h"
#include "providers/inb-long-texts.h"
#include "providers/inb-verdict.h"

/* Where the finished clip is: addresses, or the clip itself. */

/* More than any of the services gives for one clip; chosen. */
#define MAX_URLS 16
#define MAX_URL_BYTES 8192
/* A year: longer than any service keeps a clip. */
#define MAX_LIFETIME_S (366 * G_GINT64_CONSTANT (86400))
/* Between 2020 and 2100, in ms since 1970. */
#define MIN_TIME_MS 1.5778368e12
#define MAX_TIME_MS 4.1024448e12
/* No clip of this kind costs a thousandth of it. */
#define MAX_DOLLARS 10000.0

typedef struct
{
  const InbMessageValues *values;
  const InbAnswer *answer;
  GPtrArray *urls;
  GBytes *clip;
  gboolean refused;     /* there was an address, but none that may be used */
  gboolean unsupported; /* there was a clip in a way that cannot be fetched */
} Search;

static void
take_url (Search *self, const char *url)
{
  const InbService *service = self->values->provider->service;
  const char *home = self->values->home;
  gboolean good = strlen (url) <= MAX_URL_BYTES && inb_address_check_url (url, home, NULL);

  if (good && service->result_hosts != NULL && (home == NULL || !inb_address_is_at (url, home)))
    good = inb_address_has_host (url, (const char *const *) service->result_hosts);
  self->refused = self->refused || !good;
  if (good && self->urls->len < MAX_URLS &&
      !g_ptr_array_find_with_equal_func (self->urls, url, g_str_equal, NULL))
    g_ptr_array_add (self->urls, g_strdup (url));
}

static const char *
get_string (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
                 json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static gboolean
is_web_address (const char *text)
{
  const char *scheme = text != NULL ? g_uri_peek_scheme (text) : NULL;

  return g_strcmp0 (scheme, "https") == 0 || g_strcmp0 (scheme, "http") == 0;
}

/* The first address in whatever stands there; answers are at most 32 levels deep. */
static const char *
find_address (JsonNode *node)
{
  const char *found = NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      JsonNode *member;

      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (found == NULL && json_object_iter_next_ordered (&iter, NULL, &member))
        found = find_address (member);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; found == NULL && i < json_array_get_length (array); i++)
        found = find_address (json_array_get_element (array, i));
    }
  else if (is_web_address (get_string (node)))
    found = get_string (node);
  return found;
}

static void
take_typed (Search *self, JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *url, *data;

  if (object == NULL)
    {
      if (is_web_address (get_string (node)))
        take_url (self, get_string (node));
      return;
    }
  url = get_string (json_object_get_member (object, "url"));
  data = get_string (json_object_get_member (object, "data"));
  if (url != NULL)
    take_url (self, url);
  else if (data != NULL && self->clip == NULL)
    self->clip = inb_long_texts_decode (self->answer->cut, data);
  else
    self->unsupported = TRUE;
}

/* A path that ends at a list means its elements. */
static void
take_plain (Search *self, JsonNode *node)
{
  const char *text = get_string (node);

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        if (get_string (json_array_get_element (array, i)) != NULL)
          take_url (self, get_string (json_array_get_element (array, i)));
    }
  else if (text != NULL && *text != '\0')
    take_url (self, text);
}

static void
take (Search *self, JsonNode *node)
{
  const char *url;

  switch (self->values->provider->service->result_kind)
    {
    case INB_RESULT_URL_OR_BASE64:
      take_typed (self, node);
      break;
    case INB_RESULT_FIRST_HTTP_STRING:
      url = find_address (node);
      if (url != NULL)
        take_url (self, url);
      break;
    case INB_RESULT_URL:
    case INB_RESULT_SECOND_GET:
    default:
      take_plain (self, node);
      break;
    }
}

static void
search (Search *self)
{
  char **paths = self->values->provider->service->result_paths;

  for (guint i = 0; paths != NULL && paths[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) found = inb_json_path_find_all (self->answer->root, paths[i]);

      for (guint j = 0; j < found->len; j++)
        take (self, g_ptr_array_index (found, j));
      if (self->urls->len > 0 || self->clip != NULL)
        return;
    }
}

/* When the clip is gone at the service; by the service's own clock where the answer tells it. */
static gint64
read_expiry (const InbService *service, const InbAnswer *answer)
{
  gint64 now_us = answer->reply->date_us > 0 ? answer->reply->date_us : g_get_real_time ();
  gint64 lifetime_s = service->result_lifetime_s;
  double number = 0.0;

  if (inb_answer_get_number (answer, service->result_expires_path, &number) &&
      number >= MIN_TIME_MS && number <= MAX_TIME_MS)
    return (gint64) number * 1000;
  /* "0" was seen where nothing is stated */
  if (inb_answer_get_number (answer, service->result_lifetime_path, &number) && number >= 1.0 &&
      number <= (double) MAX_LIFETIME_S)
    lifetime_s = (gint64) number;
  return lifetime_s > 0 ? now_us + lifetime_s * G_USEC_PER_SEC : 0;
}

static gint64
read_cost (const InbService *service, const InbAnswer *answer)
{
  double dollars = 0.0;

  if (!inb_answer_get_number (answer, service->cost_path, &dollars) || dollars < 0.0 ||
      dollars > MAX_DOLLARS)
    return -1;
  return (gint64) llround (dollars * (double) INB_MICROS_PER_DOLLAR);
}

static GError *
make_error (const Search *self)
{
  const char *name = self->values->provider->name;

  if (self->refused)
    return g_error_new (INB_ERROR, INB_ERROR_NETWORK,
                        _ ("%s made the clip, but says that it lies at an address that may not be "
                           "asked. The clip was charged; ask the service's support."),
                        name);
  if (self->unsupported)
    return g_error_new (INB_ERROR, INB_ERROR_FAILED,
                        _ ("%s made the clip, but delivers it in a way that is not known here. The "
                           "clip was charged; look for it in your account there."),
                        name);
  return g_error_new (INB_ERROR, INB_ERROR_FAILED,
                      _ ("%s says that the clip is ready, but not where it is. It may have been "
                         "charged; look for it in your account there."),
                      name);
}

/**
 * inb_report_new:
 * @state: where the job is
 *
 * Returns: (transfer full): a report that says nothing else
 */
InbReport *
inb_report_new (InbRemoteState state)
{
  InbReport *self = g_new0 (InbReport, 1);

  self->state = state;
  self->progress = -1.0;
  self->actual_micros = -1;
  self->wait_s = -1;
  return self;
}

/**
 * inb_result_read:
 * @values: what the message was made of
 * @answer: one of a service that says the job has succeeded
 *
 * Addresses that may not be asked (not https, inside a private network, not at one of the result
 * hosts) are left out.
 *
 * Returns: (transfer full): a report with addresses, or the clip, or an error that tells why there
 * is neither
 */
InbReport *
inb_result_read (const InbMessageValues *values, const InbAnswer *answer)
{
  const InbService *service = values->provider->service;
  InbReport *self = inb_report_new (INB_REMOTE_SUCCEEDED);
  Search found = { .values = values, .answer = answer };

  found.urls = g_ptr_array_new_with_free_func (g_free);
  if (answer->root != NULL)
    search (&found);
  self->clip = found.clip;
  if (found.urls->len == 0 && found.clip == NULL)
    self->error = make_error (&found);
  g_ptr_array_add (found.urls, NULL);
  self->urls = (char **) g_ptr_array_free (found.urls, FALSE);
  self->expires_us = read_expiry (service, answer);
  self->actual_micros = read_cost (service, answer);
  self->request_id = inb_answer_dup_request_id (answer, service);
  return self;
}
