/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-take-facts.h"

#include <glib/gi18n.h>

#include "core/inb-money.h"
#include "jobs/inb-take-words.h"
#include "providers/inb-catalogue.h"
#include "store/inb-store.h"

static void
add (GPtrArray *list, InbFactsSection section, const char *label, const char *value)
{
  InbTakeFact *fact;

  if (value == NULL || *value == '\0')
    return;
  fact = g_new0 (InbTakeFact, 1);
  fact->section = section;
  fact->label = g_strdup (label);
  fact->value = g_strdup (value);
  fact->is_id = section == INB_FACTS_IDS;
  g_ptr_array_add (list, fact);
}

static void
add_id (GPtrArray *list, InbFactsSection section, const char *label, const char *value)
{
  guint n_before = list->len;

  add (list, section, label, value);
  if (list->len > n_before)
    ((InbTakeFact *) g_ptr_array_index (list, n_before))->is_id = TRUE;
}

static void
add_taken (GPtrArray *list, InbFactsSection section, const char *label, char *value)
{
  g_autofree char *taken = value;

  add (list, section, label, taken);
}

static char *
dup_framing (const InbFraming *framing)
{
  const char *ratio =
      framing->ratio == INB_RATIO_ORIGINAL ? _ ("Original") : inb_ratio_to_string (framing->ratio);

  if (framing->ratio == INB_RATIO_ORIGINAL)
    return g_strdup (ratio);
  if (framing->fit == INB_FIT_EXTEND)
    /* Translators: %s is the shape of a picture: “16:9” */
    return g_strdup_printf (_ ("%s, background extended"), ratio);
  if (framing->focus_x < 0.0)
    return g_strdup_printf (_ ("%s, cropped"), ratio);
  return g_strdup_printf (_ ("%s, cropped around %.0f %% from the left, %.0f %% from the top"),
                          ratio, framing->focus_x * 100.0, framing->focus_y * 100.0);
}

static void
add_state (GPtrArray *list, InbJob *job)
{
  const InbJobFacts *facts = inb_job_get_facts (job);

  add_taken (list, INB_FACTS_STATE, _ ("State"), inb_take_words_dup_state (job));
  add (list, INB_FACTS_STATE, _ ("Name"), facts->name);
  add (list, INB_FACTS_STATE, _ ("Your mark"), inb_take_words_get_mark (facts->mark));
  add (list, INB_FACTS_STATE, _ ("What happened"), facts->error_message);
}

static void
add_settings (GPtrArray *list, InbJob *job)
{
  const InbRequest *request = inb_job_get_request (job);
  InbFactsSection to = INB_FACTS_SETTINGS;

  add (list, to, _ ("Start frame"), request->start_name);
  add (list, to, _ ("Last frame"), request->last_name);
  if (request->matte != NULL)
    add (list, to, _ ("Product area"), _ ("marked by hand"));
  add_taken (list, to, _ ("Framing"), dup_framing (&request->framing));
  add (list, to, _ ("Prompt"), request->prompt);
  add (list, to, _ ("Negative prompt"), request->negative);
  if (request->guidance >= 0.0)
    add_taken (list, to, _ ("Guidance"), g_strdup_printf ("%.2f", request->guidance));
  /* Translators: seconds */
  add_taken (list, to, _ ("Duration"), g_strdup_printf (_ ("%u s"), request->duration_s));
  add (list, to, _ ("Resolution"), request->resolution);
  add (list, to, _ ("Provider"), inb_take_words_get_provider (job));
  add (list, to, _ ("Model"), inb_take_words_get_model (job));
}

static void
add_costs (GPtrArray *list, InbJob *job)
{
  gint64 estimate = inb_job_get_estimate (job);

  if (estimate != 0)
    add_taken (list, INB_FACTS_COSTS, _ ("Estimated"), inb_money_format (estimate));
  add_taken (list, INB_FACTS_COSTS, C_ ("sum of money", "Charged"), inb_take_words_dup_money (job));
}

static char *
dup_time (gint64 us)
{
  g_autoptr (GDateTime) time =
      us > 0 ? g_date_time_new_from_unix_local (us / G_USEC_PER_SEC) : NULL;

  /* Translators: day and time of day, as strftime() writes them */
  return time != NULL ? g_date_time_format (time, _ ("%x %X")) : NULL;
}

static char *
dup_span (gint64 from_us, gint64 to_us)
{
  gint64 seconds = (to_us - from_us + G_USEC_PER_SEC / 2) / G_USEC_PER_SEC;

  if (from_us <= 0 || to_us < from_us)
    return NULL;
  if (seconds < 60)
    return g_strdup_printf (_ ("%u s"), (guint) seconds);
  /* Translators: minutes and seconds */
  return g_strdup_printf (_ ("%u min %u s"), (guint) (seconds / 60), (guint) (seconds % 60));
}

static void
add_times (GPtrArray *list, InbJob *job)
{
  const InbJobFacts *facts = inb_job_get_facts (job);
  gint64 began_us = facts->sent_us > 0 ? facts->sent_us : facts->started_us;

  add_taken (list, INB_FACTS_TIMES, _ ("Asked"), dup_time (inb_job_get_created (job)));
  add_taken (list, INB_FACTS_TIMES, _ ("Sent"), dup_time (facts->sent_us));
  add_taken (list, INB_FACTS_TIMES, _ ("Ended"), dup_time (facts->finished_us));
  add_taken (list, INB_FACTS_TIMES, _ ("Time taken"), dup_span (began_us, facts->finished_us));
}

static void
add_ids (GPtrArray *list, InbJob *job)
{
  const InbJobFacts *facts = inb_job_get_facts (job);

  add (list, INB_FACTS_IDS, _ ("Id of the job here"), inb_job_get_id (job));
  add (list, INB_FACTS_IDS, _ ("Id at the provider"), facts->remote_id);
  add (list, INB_FACTS_IDS, _ ("Id of the failed request"), facts->request_id);
}

static void
add_file (GPtrArray *list, const InbClip *clip)
{
  InbFactsSection to = INB_FACTS_FILE;

  if (clip == NULL)
    return;
  if (clip->size > 0)
    add_taken (list, to, _ ("Size"), g_format_size ((guint64) clip->size));
  if (clip->width > 0)
    add_taken (list, to, _ ("Picture"),
               /* Translators: width, height, frames a second */
               g_strdup_printf (_ ("%u × %u px, %.4g frames a second"), clip->width, clip->height,
                                (double) clip->fps_n / MAX (clip->fps_d, 1)));
  if (clip->n_frames > 0)
    add_taken (list, to, _ ("Frames"), g_strdup_printf ("%u", clip->n_frames));
  if (clip->codec != NULL && clip->container != NULL)
    /* Translators: how a video is written: codec, container: “h264 in mp4” */
    add_taken (list, to, _ ("Format"),
               g_strdup_printf (_ ("%s in %s"), clip->codec, clip->container));
  add_id (list, to, _ ("File"), clip->path);
  add_id (list, to, _ ("SHA-256"), clip->sha256);
}

/* What a service was asked for and answered, as it was noted. */
static void
add_requests (GPtrArray *list, GPtrArray *attempts)
{
  for (guint i = 0; i < attempts->len; i++)
    {
      const InbAttemptRow *attempt = g_ptr_array_index (attempts, i);
      const InbProvider *provider = inb_catalogue_find (attempt->provider, NULL);
      g_autofree char *label =
          g_strdup_printf (_ ("Request %u to %s"), attempt->number,
                           provider != NULL ? inb_provider_get_name (provider) : attempt->provider);
      g_autofree char *sent = dup_time (attempt->sent_us);
      g_autofree char *status =
          attempt->status != 0 ? g_strdup_printf (_ ("answered with status %u"), attempt->status)
                               : g_strdup (_ ("no whole answer"));

      add_taken (list, INB_FACTS_REQUESTS, label,
                 /* Translators: day and time, what was answered, a word for the outcome */
                 g_strdup_printf (_ ("%s, %s, %s"), sent != NULL ? sent : "", status,
                                  attempt->outcome != NULL ? attempt->outcome : _ ("open")));
      add_id (list, INB_FACTS_REQUESTS, _ ("Its id"), attempt->request_id);
    }
}

/**
 * inb_take_fact_free:
 * @self: (transfer full): a fact
 */
void
inb_take_fact_free (InbTakeFact *self)
{
  g_free (self->label);
  g_free (self->value);
  g_free (self);
}

/**
 * inb_take_facts_list:
 * @job: a take
 * @attempts: (nullable) (element-type InbAttemptRow): the paid requests for it
 *
 * All that is known of it for whoever looks closely: what was asked for, what it cost, when, its
 * ids, its file. What is not known is left out.
 *
 * Returns: (transfer full) (element-type InbTakeFact): facts, section after section
 */
GPtrArray *
inb_take_facts_list (InbJob *job, GPtrArray *attempts)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_take_fact_free);

  add_state (list, job);
  if (g_strcmp0 (inb_job_get_request (job)->provider, "import") != 0)
    {
      add_settings (list, job);
      add_costs (list, job);
    }
  add_times (list, job);
  add_ids (list, job);
  add_file (list, inb_job_get_clip (job));
  if (attempts != NULL)
    add_requests (list, attempts);
  return list;
}

/**
 * inb_facts_section_get_title:
 * @section: a section
 *
 * Returns: (transfer none): its heading
 */
const char *
inb_facts_section_get_title (InbFactsSection section)
{
  switch (section)
    {
    case INB_FACTS_SETTINGS:
      return _ ("Settings");
    case INB_FACTS_COSTS:
      return _ ("Cost");
    case INB_FACTS_TIMES:
      return _ ("Times");
    case INB_FACTS_IDS:
      return _ ("Ids");
    case INB_FACTS_FILE:
      return _ ("File");
    case INB_FACTS_REQUESTS:
      return _ ("Paid Requests");
    case INB_FACTS_STATE:
    default:
      return _ ("State");
    }
}
