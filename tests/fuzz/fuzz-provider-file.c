/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <libsoup/soup.h>
#include <string.h>

#include "fuzz.h"
#include "providers/inb-messages.h"
#include "providers/inb-provider-file.h"

/* What a person's own provider file may say. One that is taken must not lead a key anywhere but to
 * its own hosts. */

static void
make_all (const InbProvider *provider)
{
  g_autoptr (GHashTable) secrets = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (InbRequest) request = inb_request_new ();
  InbPicture picture = { (char *) "/nonexistent", (char *) "image/png",
                         (char *) "https://a.example/p.png" };
  InbMessageValues values = { .provider = provider, .secrets = secrets, .request = request };

  g_free (request->prompt);
  request->prompt = g_strdup ("a mug");
  request->duration_s = 5;
  for (guint i = 0; i < provider->service->credentials->len; i++)
    {
      const InbCredential *credential = g_ptr_array_index (provider->service->credentials, i);

      g_hash_table_insert (secrets, credential->name, (gpointer) "canary-0123456789");
    }
  values.model = g_ptr_array_index (provider->models, 0);
  values.start = &picture;
  values.job_id = "job";
  values.remote_id = "@evil.example/";
  values.kept = "{\"poll\":\"https://evil.example/\",\"status\":\"//evil.example\"}";
  for (guint step = 0; step <= INB_STEP_CHECK; step++)
    {
      g_autoptr (InbMessage) message = inb_messages_make (&values, (InbStep) step, NULL);
      g_autoptr (GUri) uri =
          message != NULL ? g_uri_parse (message->url, SOUP_HTTP_URI_FLAGS, NULL) : NULL;

      if (message == NULL)
        continue;
      g_assert_null (strstr (message->url, "canary"));
      g_assert_true (uri == NULL || g_strcmp0 (g_uri_get_host (uri), "evil.example") != 0);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (InbProvider) provider = inb_provider_file_read_own (bytes, "fuzz.json", &error);
  g_autoptr (InbProvider) built_in = inb_provider_file_read (bytes, "fuzz.json", NULL);

  g_assert_true ((provider == NULL) == (error != NULL));
  g_assert_true (built_in == NULL || built_in->models->len > 0);
  if (provider != NULL && provider->service != NULL)
    make_all (provider);
  return 0;
}
