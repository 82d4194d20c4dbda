/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "providers/inb-code.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "core/inb-error.h"
#include "core/inb-money.h"
#include "providers/inb-catalogue.h"
#include "providers/inb-code-languages.h"

static const char *const names[] = { "curl", "javascript", "python", "command" };

G_STATIC_ASSERT (G_N_ELEMENTS (names) == INB_N_CODE_LANGUAGES);

/**
 * inb_code_language_to_string:
 * @language: a language
 *
 * Returns: (transfer none): its word on the command line
 */
const char *
inb_code_language_to_string (InbCodeLanguage language)
{
  return names[language];
}

/**
 * inb_code_language_from_string:
 * @text: a word
 * @language: (out): the language; untouched on failure
 *
 * Returns: %FALSE if there is none of that name
 */
gboolean
inb_code_language_from_string (const char *text, InbCodeLanguage *language)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i], text) == 0)
      {
        *language = (InbCodeLanguage) i;
        return TRUE;
      }
  return FALSE;
}

/**
 * inb_code_guess_media:
 * @file: name of a file
 *
 * Looks at its first 12 bytes, by the signatures of the PNG specification (5.2), JPEG (ITU-T T.81,
 * B.1.1.3) and WebP's container (RFC 9649, 2.4).
 *
 * Returns: (transfer none): "image/png", "image/jpeg" or "image/webp"; "image/jpeg" for what cannot
 * be read or is none of these: a service would refuse it
 */
const char *
inb_code_guess_media (const char *file)
{
  guchar first[12] = { 0 };
  FILE *stream = fopen (file, "rbe");
  gsize n_read = stream != NULL ? fread (first, 1, sizeof first, stream) : 0;

  if (stream != NULL)
    fclose (stream);
  if (n_read == sizeof first && memcmp (first, "\x89PNG\r\n\x1a\n", 8) == 0)
    return "image/png";
  if (n_read == sizeof first && memcmp (first, "RIFF", 4) == 0 &&
      memcmp (first + 8, "WEBP", 4) == 0)
    return "image/webp";
  return "image/jpeg";
}

/* The AI Gateway has a package of its own that its users know. */
static gboolean
has_ai_sdk (const InbCodePlan *plan)
{
  return plan->service->submit_kind == INB_SUBMIT_START_OR_SSE && !plan->provider->own;
}

/**
 * inb_code_write:
 * @order: what is asked for
 * @language: in which language
 * @error: %INB_ERROR_NOBODY for the local engine in any language but %INB_CODE_COMMAND;
 * %INB_ERROR_BAD_INPUT for a value that the service cannot be given, or a file name that is not
 * UTF-8
 *
 * Writes a complete program that makes the clips of a request at its (first) service: it uploads
 * the photo where the service wants an address, submits, asks until the clip is there, and writes
 * it to a file. It reads the photo from its file, and the keys from environment variables; no key
 * is in it. What it submits is what this program would submit for the same request and frames. A
 * request for several takes pays for each of them.
 *
 * Returns: (transfer full) (nullable): the program, UTF-8, with a line end at its end
 */
char *
inb_code_write (const InbCodeOrder *order, InbCodeLanguage language, GError **error)
{
  g_autoptr (GString) code = g_string_new (NULL);
  g_autoptr (InbCodePlan) plan = NULL;

  if (language == INB_CODE_COMMAND)
    return inb_code_write_command (order);
  plan = inb_code_plan_new (order, error);
  if (plan == NULL)
    return NULL;
  if (language == INB_CODE_CURL)
    inb_code_add_sh (code, plan);
  else if (language == INB_CODE_PYTHON)
    inb_code_add_python (code, plan);
  else if (has_ai_sdk (plan))
    inb_code_add_ai_sdk (code, plan);
  else
    inb_code_add_javascript (code, plan);
  return g_strdup (code->str);
}

/**
 * inb_code_dup_cost:
 * @request: what is asked for; its provider need not be there any more
 *
 * Returns: (transfer full): "Runs 1 paid task · $0.35 each time"
 */
char *
inb_code_dup_cost (const InbRequest *request)
{
  const InbProvider *provider = inb_catalogue_find (request->provider, NULL);
  const InbModel *model =
      provider != NULL ? inb_provider_get_model (provider, request->model, NULL) : NULL;
  gint64 micros =
      model != NULL ? inb_model_get_price (model, request->duration_s) : INB_MICROS_UNKNOWN;
  g_autofree char *price = inb_money_format (micros > 0 ? micros * request->takes : micros);

  if (provider != NULL && provider->service == NULL)
    return g_strdup (_ ("Runs on this computer · free"));
  if (micros < 0)
    return g_strdup_printf (ngettext ("Runs %u paid task · price not published",
                                      "Runs %u paid tasks · price not published", request->takes),
                            request->takes);
  return g_strdup_printf (
      /* Translators: a number of tasks; dollars for all of them. */
      ngettext ("Runs %u paid task · %s each time", "Runs %u paid tasks · %s each time",
                request->takes),
      request->takes, price);
}
