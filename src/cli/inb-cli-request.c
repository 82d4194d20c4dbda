/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inb-cli.h"

#include <glib/gi18n.h>

#include "cli/inb-cli-order.h"
#include "core/inb-error.h"
#include "jobs/inb-fetch.h"
#include "jobs/inb-home.h"
#include "jobs/inb-secret-name.h"
#include "photo/inb-photo-file.h"
#include "providers/inb-catalogue.h"

/* What a photo is called in the program; an address only where the service fetches it itself. */
static gboolean
describe_photo (const char *given, const InbProvider *provider, InbCodePhoto *photo, char **name,
                GError **error)
{
  const InbService *service = provider->service;
  g_autoptr (InbPhotoFile) file = NULL;

  photo->file = given;
  if (inb_fetch_is_address (given))
    {
      if (service != NULL && !service->accepts_url && service->send != INB_IMAGE_URL)
        return inb_error_refuse (
            error, _ ("%s fetches no photos from addresses. Save it to a file, and name the file."),
            provider->name);
      photo->file = *name = inb_fetch_dup_name (given);
      photo->url = given;
      photo->media = "image/jpeg";
      return TRUE;
    }
  file = inb_photo_file_open (given, given, error);
  photo->media = inb_code_guess_media (given);
  return file != NULL;
}

static void
print (const InbCliOrder *order, InbCodeLanguage language, const char *code)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (!order->json)
    {
      g_print ("%s", code);
      return;
    }
  json_builder_begin_object (builder);
  inb_json_add_string (builder, "language", inb_code_language_to_string (language));
  inb_json_add_string (builder, "provider", order->request->provider);
  inb_json_add_int (builder, "paid_tasks", order->request->takes);
  inb_json_add_string (builder, "code", code);
  json_builder_end_object (builder);
  inb_cli_print_json (builder);
}

static gboolean
write_code (const InbCliOrder *order, InbCodeLanguage language, GError **error)
{
  const InbRequest *request = order->request;
  const InbProvider *provider = inb_catalogue_find (request->provider, error);
  InbCodePhoto start = { 0 }, last = { 0 };
  g_autofree char *start_name = NULL;
  g_autofree char *last_name = NULL;
  g_autofree char *home = NULL;
  g_autofree char *code = NULL;
  InbCodeOrder written = { .request = request, .start = &start, .clip = order->output };

  if (provider == NULL || !describe_photo (order->start, provider, &start, &start_name, error) ||
      (order->last != NULL && !describe_photo (order->last, provider, &last, &last_name, error)) ||
      (provider->service != NULL && !inb_home_find (provider, &home, error)))
    return FALSE;
  written.last = order->last != NULL ? &last : NULL;
  written.matte = order->matte;
  written.home = home;
  written.sign_in = inb_secret_name_find_sign_in (provider);
  if (language == INB_CODE_COMMAND)
    {
      start.file = order->start; /* our own command fetches addresses too */
      last.file = order->last;
    }
  code = inb_code_write (&written, language, error);
  if (code == NULL)
    return FALSE;
  print (order, language, code);
  return TRUE;
}

/**
 * inb_cli_request:
 * @argc: arguments
 * @argv: the arguments, the command's name first
 *
 * Prints a program that does what "generate" would do with the same arguments.
 *
 * Returns: 0; 2 for a wrong usage, or a request that cannot be written as a program
 */
int
inb_cli_request (int argc, char **argv)
{
  g_auto (InbCliOrder) order = { 0 };
  InbCodeLanguage language;
  GError *error = NULL;

  if (!inb_cli_order_parse_for_code (&order, &language, argc, argv, &error) ||
      !write_code (&order, language, &error))
    return inb_cli_fail (error, order.json);
  return 0;
}
