/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inb-cli-order.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cli/inb-cli.h"
#include "core/inb-error.h"
#include "core/inb-money.h"
#include "jobs/inb-route.h"
#include "providers/inb-catalogue.h"

/* The options as they were typed. Texts are taken as bytes: what is not UTF-8 is refused in our own
 * words, whatever the locale. */
typedef struct
{
  char *last;
  char *prompt;
  char *matte;
  char *negative;
  char *guidance;
  char *duration;
  char *framing;
  char *fit;
  char *focus;
  char *resolution;
  char *takes;
  char *provider;
  char *model;
  char *seed;
  char *product;
  char *max_cost;
  char *output;
  char *as;
  char **photos;
  gboolean detach;
  gboolean trace;
  gboolean json;
} Options;

static void
options_clear (Options *self)
{
  char **texts[] = { &self->last,     &self->matte,      &self->prompt,  &self->negative,
                     &self->guidance, &self->duration,   &self->framing, &self->fit,
                     &self->focus,    &self->resolution, &self->takes,   &self->provider,
                     &self->model,    &self->seed,       &self->product, &self->max_cost,
                     &self->output,   &self->as };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (*texts[i]);
  g_strfreev (self->photos);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/**
 * inb_cli_order_clear:
 * @self: an order
 */
void
inb_cli_order_clear (InbCliOrder *self)
{
  g_free (self->start);
  g_free (self->last);
  g_free (self->matte);
  g_free (self->output);
  g_free (self->product);
  g_clear_pointer (&self->request, inb_request_free);
}

/* Digits and nothing else; -1 where it is none of that or too large */
static gint64
read_number (const char *text, gint64 max)
{
  guint64 number = 0;

  if (!g_ascii_string_to_unsigned (text, 10, 0, (guint64) max, &number, NULL))
    return -1;
  return (gint64) number;
}

static gboolean
read_numbers (const Options *options, InbRequest *request, GError **error)
{
  gint64 duration = 5, takes = 1, seed = 0;
  char *end = NULL;

  if (options->duration != NULL)
    duration = read_number (options->duration, 1000);
  if (duration < 0)
    return inb_cli_refuse (error, "--duration", options->duration, _ ("5 or 10"));
  if (options->takes != NULL)
    takes = read_number (options->takes, 1000);
  if (takes < 0)
    return inb_cli_refuse (error, "--takes", options->takes, _ ("a number from 1 to 4"));
  if (options->seed != NULL)
    seed = read_number (options->seed, G_MAXUINT32);
  if (seed < 0)
    return inb_cli_refuse (error, "--seed", options->seed, _ ("a number from 0 to 4294967295"));
  request->duration_s = (guint) duration;
  request->takes = (guint) takes;
  request->seed = (guint32) seed;
  if (options->guidance == NULL)
    return TRUE;
  request->guidance = g_ascii_strtod (options->guidance, &end);
  /* written so that NaN fails too */
  if (end == options->guidance || *end != '\0' ||
      !(request->guidance >= 0.0 && request->guidance <= 1.0))
    return inb_cli_refuse (error, "--guidance", options->guidance, _ ("a number from 0 to 1"));
  return TRUE;
}

static gboolean
read_framing (const Options *options, InbFraming *framing, GError **error)
{
  if (options->framing != NULL && !inb_ratio_from_string (options->framing, &framing->ratio))
    return inb_cli_refuse (error, "--framing", options->framing, _ ("original, 16:9, 9:16 or 1:1"));
  if (options->fit != NULL && !inb_fit_from_string (options->fit, &framing->fit))
    return inb_cli_refuse (error, "--fit", options->fit, _ ("crop or extend"));
  if (options->focus != NULL &&
      !inb_focus_from_string (options->focus, &framing->focus_x, &framing->focus_y))
    return inb_cli_refuse (error, "--focus", options->focus,
                           _ ("two numbers from 0 to 1, such as 0.5,0.3"));
  return TRUE;
}

static gboolean
read_words (const Options *options, InbCliOrder *self, GError **error)
{
  InbRequest *request = self->request;

  if (options->resolution != NULL && strcmp (options->resolution, "1080p") != 0 &&
      strcmp (options->resolution, "720p") != 0)
    return inb_cli_refuse (error, "--resolution", options->resolution, _ ("1080p or 720p"));
  if (options->max_cost != NULL && !inb_money_parse (options->max_cost, &self->max_cost))
    return inb_cli_refuse (error, "--max-cost", options->max_cost, _ ("dollars, such as 0.70"));
  if (options->product != NULL &&
      (*options->product == '\0' || strlen (options->product) > INB_MAX_NAME_BYTES ||
       !g_utf8_validate (options->product, -1, NULL)))
    return inb_cli_refuse (error, "--product", options->product,
                           _ ("a name of 1 to 255 bytes of UTF-8"));
  request->resolution = g_strdup (options->resolution);
  request->prompt = g_strdup (options->prompt);
  request->negative = g_strdup (options->negative);
  request->model = g_strdup (options->model);
  self->product = g_strdup (options->product);
  self->output = g_strdup (options->output);
  return TRUE;
}

static gboolean
read_photos (const Options *options, InbCliOrder *self, GError **error)
{
  guint n_photos = options->photos != NULL ? g_strv_length (options->photos) : 0;

  if (n_photos != 1)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_BAD_INPUT,
                           n_photos == 0
                               ? _ ("Name a photo; --help shows how.")
                               : _ ("Name one start photo; the last one goes with --last."));
      return FALSE;
    }
  self->start = g_strdup (options->photos[0]);
  self->last = g_strdup (options->last);
  self->matte = g_strdup (options->matte);
  /* stand in until the bytes are kept and have their hashes */
  self->request->start = g_strdup ("-");
  self->request->last = g_strdup (options->last != NULL ? "-" : NULL);
  return TRUE;
}

/* "a,b,c": the first is asked, the others where it accepted nothing. The local engine can be first
 * or last of nothing: it never refuses, and it costs nothing to ask for it alone. */
static gboolean
read_provider (const Options *options, InbRequest *request, GError **error)
{
  const char *list = options->provider != NULL ? options->provider : "local";
  g_auto (GStrv) ids = g_strsplit (list, ",", 2);
  g_auto (GStrv) all = g_strsplit (list, ",", -1);

  for (guint i = 0; all[i] != NULL; i++)
    {
      if (inb_catalogue_find (all[i], error) == NULL)
        return FALSE;
      if (g_str_equal (all[i], "local") && g_strv_length (all) > 1)
        return inb_cli_refuse (error, "--provider", list,
                               _ ("“local” alone, or services in the order to try them"));
    }
  if (all[0] == NULL)
    return inb_cli_refuse (error, "--provider", list, _ ("the ID of a provider"));
  g_free (request->provider);
  request->provider = g_strdup (ids[0]);
  request->route = g_strdup (ids[1]);
  return TRUE;
}

/* Where a service sells tiers, the resolution names one. */
static void
choose_tier (InbRequest *request)
{
  const InbProvider *provider = inb_catalogue_find (request->provider, NULL);

  if (request->model != NULL || request->resolution == NULL || provider == NULL)
    return;
  for (guint i = 0; i < provider->models->len; i++)
    {
      const InbModel *model = g_ptr_array_index (provider->models, i);

      if (g_str_equal (model->resolution, request->resolution))
        {
          request->model = g_strdup (model->id);
          return;
        }
    }
}

static gboolean
read_all (const Options *options, InbCliOrder *self, GError **error)
{
  gint64 reserve_micros;

  self->detach = options->detach;
  self->trace = options->trace;
  if (options->detach && options->output != NULL)
    {
      g_set_error_literal (
          error, INB_ERROR, INB_ERROR_BAD_INPUT,
          _ ("--detach ends before there is a clip to write. Leave --output out."));
      return FALSE;
    }
  if (!read_photos (options, self, error) || !read_numbers (options, self->request, error) ||
      !read_framing (options, &self->request->framing, error) ||
      !read_words (options, self, error) || !inb_request_validate (self->request, error) ||
      !read_provider (options, self->request, error))
    return FALSE;
  if (options->matte != NULL && !g_str_equal (self->request->provider, "local"))
    return inb_error_refuse (
        error, _ ("“--matte” is for the local engine; a service finds the product itself. Leave it "
                  "out."));
  if (options->matte != NULL && options->last != NULL)
    return inb_error_refuse (error,
                             _ ("A matte goes with one photo. Leave --matte or --last away."));
  if (options->seed != NULL && !g_str_equal (self->request->provider, "local"))
    return inb_error_refuse (error,
                             _ ("“--seed” does nothing with a service: it makes another clip each "
                                "time. Leave it out."));
  choose_tier (self->request);
  return inb_route_check (self->request, &reserve_micros, error);
}

static GOptionContext *
make_context (Options *self, gboolean writes_code)
{
  GOptionEntry frames[] = {
    { "last", 0, 0, G_OPTION_ARG_FILENAME, &self->last, N_ ("End on this photo"), N_ ("PHOTO") },
    { "matte", 0, 0, G_OPTION_ARG_FILENAME, &self->matte,
      N_ ("A picture of the photo's shape, white where it shows the product; the local engine "
          "finds it itself otherwise"),
      N_ ("FILE") },
    { "prompt", 'p', 0, G_OPTION_ARG_FILENAME, &self->prompt,
      N_ ("How it should move, 1 to 2500 characters"), N_ ("TEXT") },
    { "negative", 0, 0, G_OPTION_ARG_FILENAME, &self->negative, N_ ("What should not be"),
      N_ ("TEXT") },
    { "guidance", 0, 0, G_OPTION_ARG_STRING, &self->guidance,
      N_ ("How closely to keep to the prompt"), "0…1" },
    { "duration", 0, 0, G_OPTION_ARG_STRING, &self->duration,
      N_ ("Seconds of the clip: 5 (default) or 10"), "5|10" },
    { "framing", 0, 0, G_OPTION_ARG_STRING, &self->framing,
      N_ ("Shape: original (default), 16:9, 9:16 or 1:1"), "original|16:9|9:16|1:1" },
    { "fit", 0, 0, G_OPTION_ARG_STRING, &self->fit,
      N_ ("crop (default): cut the photo; extend: continue its background"), "crop|extend" },
    { "focus", 0, 0, G_OPTION_ARG_STRING, &self->focus,
      N_ ("What a crop keeps in view, from 0,0 (top left) to 1,1"), "X,Y" },
    { "resolution", 0, 0, G_OPTION_ARG_STRING, &self->resolution,
      N_ ("1080p or 720p, where the provider has a choice"), "1080p|720p" },
    { "takes", 0, 0, G_OPTION_ARG_STRING, &self->takes, N_ ("How many clips (default: 1)"), "1…4" },
    G_OPTION_ENTRY_NULL,
  };
  GOptionEntry others[] = {
    { "provider", 0, 0, G_OPTION_ARG_STRING, &self->provider,
      N_ ("Who makes the clip (default: local, free and offline); of several the next is asked "
          "where one accepts nothing"),
      "ID[,ID…]" },
    { "model", 0, 0, G_OPTION_ARG_STRING, &self->model,
      N_ ("One of the provider's models (default: its first)"), "ID" },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &self->seed,
      N_ ("The same seed gives the same clip; more takes count up from it (default: 0)"), "N" },
    G_OPTION_ENTRY_NULL,
  };
  GOptionEntry runs[] = {
    { "product", 0, 0, G_OPTION_ARG_FILENAME, &self->product,
      N_ ("Name of the product the takes belong to (default: the photo's name)"), N_ ("NAME") },
    { "max-cost", 0, 0, G_OPTION_ARG_STRING, &self->max_cost,
      N_ ("Refuse if all takes together cost more than this"), "USD" },
    { "detach", 0, 0, G_OPTION_ARG_NONE, &self->detach,
      N_ ("Do not wait; “inbetween-cli jobs” tells what became of it"), NULL },
    { "trace", 0, 0, G_OPTION_ARG_NONE, &self->trace,
      N_ ("Tell of each message to a service: no key, prompt or signed address"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  GOptionEntry writes[] = {
    { "as", 0, 0, G_OPTION_ARG_STRING, &self->as, N_ ("In which language (default: curl)"),
      "curl|javascript|python|command" },
    G_OPTION_ENTRY_NULL,
  };
  GOptionEntry ends[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &self->output,
      N_ ("Copy the clip there; nothing is overwritten"), N_ ("FILE|FOLDER") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json, N_ ("Print one JSON document"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &self->photos, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  GOptionContext *context = g_option_context_new (_ ("PHOTO|ADDRESS --prompt TEXT"));

  g_option_context_add_main_entries (context, frames, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, others, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, writes_code ? writes : runs, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, ends, GETTEXT_PACKAGE);
  return context;
}

/**
 * inb_cli_order_parse:
 * @self: (out caller-allocates): the order; to be cleared also after an error, when @json is valid
 * @argc: arguments
 * @argv: the arguments, the command's name first
 * @error: %INB_ERROR_BAD_INPUT, in one sentence that says what is possible
 *
 * Reads the command line and checks all that can be known without reading the photos: nothing is
 * kept or written before the order is right.
 *
 * Returns: %TRUE if it can be carried out
 */
gboolean
inb_cli_order_parse (InbCliOrder *self, int argc, char **argv, GError **error)
{
  g_auto (Options) options = { 0 };
  g_autoptr (GOptionContext) context = make_context (&options, FALSE);

  *self = (InbCliOrder){ .max_cost = -1 };
  self->request = inb_request_new ();
  g_option_context_set_summary (
      context, _ ("Makes clips from a photo and says where they are. Ctrl+C cancels.\n"
                  "The words for a move: push, pull, pan, tilt, roll, orbit, handheld, static; "
                  "slow, fast."));
  g_option_context_set_description (
      context,
      _ ("Examples:\n"
         "  inbetween-cli generate shoe.jpg --prompt \"slow push in\" --output shoe.mp4\n"
         "  inbetween-cli generate front.jpg --last side.jpg --prompt \"orbit to the right\" \\\n"
         "      --duration 10 --framing 9:16 --takes 2 --output clips/\n\n"
         "Several takes with a file name become NAME-1.mp4, NAME-2.mp4, …; in a folder they are\n"
         "called after the product and the take.\n"
         "Exit status: 0 done, 1 failed, 2 wrong usage or a photo that cannot be used, 3 unclear "
         "or\n"
         "still running, 4 refused by a cap, 130 interrupted."));
  self->json = inb_cli_wants_json (argc, argv);
  return inb_cli_parse (context, &argc, &argv, error) && read_all (&options, self, error);
}

/**
 * inb_cli_order_parse_for_code:
 * @self: (out caller-allocates): the order; to be cleared also after an error, when @json is valid
 * @as: (out): the language
 * @argc: arguments
 * @argv: the arguments, the command's name first
 * @error: %INB_ERROR_BAD_INPUT, in one sentence that says what is possible
 *
 * The same for an order that is written down instead of carried out.
 *
 * Returns: %TRUE if it could be carried out
 */
gboolean
inb_cli_order_parse_for_code (InbCliOrder *self, InbCodeLanguage *as, int argc, char **argv,
                              GError **error)
{
  g_auto (Options) options = { 0 };
  g_autoptr (GOptionContext) context = make_context (&options, TRUE);

  *self = (InbCliOrder){ .max_cost = -1 };
  *as = INB_CODE_CURL;
  self->request = inb_request_new ();
  g_option_context_set_summary (
      context, _ ("Prints a program that makes the clips of a request at its service, in the "
                  "language you choose.\nNothing is sent. The program reads the key from an "
                  "environment variable, and each of its runs is paid."));
  g_option_context_set_description (
      context, _ ("Example:\n"
                  "  inbetween-cli request shoe.jpg --prompt \"slow push in\" --provider wavespeed "
                  "--as python"));
  self->json = inb_cli_wants_json (argc, argv);
  if (!inb_cli_parse (context, &argc, &argv, error))
    return FALSE;
  if (options.as != NULL && !inb_code_language_from_string (options.as, as))
    return inb_cli_refuse (error, "--as", options.as, _ ("curl, javascript, python or command"));
  return read_all (&options, self, error);
}
