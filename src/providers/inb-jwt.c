/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "providers/inb-jwt.h"

#include <string.h>

#include "net/inb-json.h"

#define HEADER "{\"alg\":\"HS256\",\"typ\":\"JWT\"}"
/* Kling's authentication page, read 2026-11: valid for half an hour, and from a little before now,
 * for a clock that is ahead of theirs. */
#define VALID_S 1800
#define EARLY_S 5
#define DIGEST_BYTES 32

/* Base64 as RFC 7515 has it: "-" and "_" for "+" and "/", nothing at the end. */
static void
append_base64url (GString *text, const guchar *data, gsize length)
{
  g_autofree char *encoded = g_base64_encode (data, length);

  g_strdelimit (encoded, "+", '-');
  g_strdelimit (encoded, "/", '_');
  encoded[strcspn (encoded, "=")] = '\0';
  g_string_append (text, encoded);
}

static char *
make_claims (const char *access_key, gint64 now_s)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  inb_json_add_string (builder, "iss", access_key);
  inb_json_add_int (builder, "exp", now_s + VALID_S);
  inb_json_add_int (builder, "nbf", now_s - EARLY_S);
  json_builder_end_object (builder);
  return inb_json_builder_print (builder, FALSE);
}

/**
 * inb_jwt_new:
 * @access_key: who asks
 * @secret_key: what signs; stays here
 * @now_s: s since 1970
 *
 * A JSON web token (RFC 7519) as Kling's own API wants it: signed with HMAC-SHA256, valid from 5 s
 * before now for 30 minutes and 5 s.
 *
 * Returns: (transfer full): three parts with dots between them
 */
char *
inb_jwt_new (const char *access_key, const char *secret_key, gint64 now_s)
{
  GString *token = g_string_new (NULL);
  g_autofree char *claims = make_claims (access_key, now_s);
  g_autoptr (GHmac) hmac =
      g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) secret_key, strlen (secret_key));
  guint8 digest[DIGEST_BYTES];
  gsize length = sizeof digest;

  append_base64url (token, (const guchar *) HEADER, strlen (HEADER));
  g_string_append_c (token, '.');
  append_base64url (token, (const guchar *) claims, strlen (claims));
  g_hmac_update (hmac, (const guchar *) token->str, (gssize) token->len);
  g_hmac_get_digest (hmac, digest, &length);
  g_string_append_c (token, '.');
  append_base64url (token, digest, length);
  return g_string_free (token, FALSE);
}
