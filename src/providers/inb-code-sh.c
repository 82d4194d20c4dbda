/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "providers/inb-code-languages.h"
#include "providers/inb-code-text.h"

/* A program for a POSIX shell with curl and jq. All of it stands between parentheses: pasted into
 * a terminal it is read whole before it begins, and its end does not close the terminal. */

static const char head[] = "stop() { printf '%s\\n' \"$*\" >&2; exit 1; }\n"
                           "read_answer() { printf '%s' \"$answer\" | jq \"$@\"; }\n";

static const char token[] =
    "\n# A JSON web token, signed with the secret key.\n"
    "part() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }\n"
    "token() {\n"
    "  now=$(date +%%s)\n"
    "  text=$(printf '{\"alg\":\"HS256\",\"typ\":\"JWT\"}' | part).$(\n"
    "    printf '{\"iss\":\"%%s\",\"exp\":%%d,\"nbf\":%%d}' \"$%s\" $((now + 1800)) $((now - 5)) | "
    "part)\n"
    "  printf '%%s.%%s' \"$text\" \"$(\n"
    "    printf '%%s' \"$text\" | openssl dgst -sha256 -hmac \"$%s\" -binary | part)\"\n"
    "}\n";

/* A name of the shell, of any name in a provider file */
static char *
dup_word (const char *name)
{
  return g_strcanon (g_strdup (name), G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS, '_');
}

static void
add_name (GString *code, const InbCodePlan *plan, const char *name)
{
  if (g_str_has_prefix (name, "key:"))
    g_string_append_printf (code, "${%s}",
                            inb_code_plan_get_variable (plan, name + strlen ("key:")));
  else if (strcmp (name, "jwt") == 0)
    g_string_append (code, "$(token)");
  else if (strcmp (name, "uuid") == 0 || strcmp (name, "idempotency_key") == 0)
    g_string_append (code, "${job}");
  else if (strcmp (name, "upload.size") == 0)
    g_string_append (code, "${size}");
  else
    {
      g_autofree char *word =
          dup_word (g_str_has_prefix (name, "upload.") ? name + strlen ("upload.") : name);

      g_string_append_printf (code, "${%s}", word);
    }
}

static void
add_escaped (GString *code, const char *text, const char *signs)
{
  for (; *text != '\0'; text++)
    {
      if (strchr (signs, *text) != NULL)
        g_string_append_c (code, '\\');
      g_string_append_c (code, *text);
    }
}

/* Between double quotes */
static void
add_word (GString *code, const InbCodePlan *plan, const char *text)
{
  g_autoptr (GPtrArray) pieces = inb_code_plan_split (plan, text);

  g_string_append_c (code, '"');
  for (guint i = 0; i < pieces->len; i++)
    {
      const InbCodePiece *piece = g_ptr_array_index (pieces, i);

      if (piece->variable)
        add_name (code, plan, piece->text);
      else
        add_escaped (code, piece->text, "\\\"$`");
    }
  g_string_append_c (code, '"');
}

/* A text of JSON that stands in a here-document: escaped once for each. A terminal would take "!"
 * for a line of its history. */
static void
add_json_piece (GString *code, const char *text)
{
  g_autoptr (GString) json = g_string_new (NULL);
  g_auto (GStrv) parts = NULL;
  g_autofree char *plain = NULL;

  inb_code_text_add_quoted (json, text);
  g_string_truncate (json, json->len - 1);
  parts = g_strsplit (json->str + 1, "!", -1);
  plain = g_strjoinv ("\\u0021", parts);
  add_escaped (code, plain, "\\$`");
}

/* An operation that is kept whole is JSON by itself. */
static gboolean
is_json (const InbCodePlan *plan, const GPtrArray *pieces)
{
  const InbCodePiece *piece = pieces->len == 1 ? g_ptr_array_index (pieces, 0) : NULL;

  return piece != NULL && piece->variable && strcmp (piece->text, "id") == 0 &&
         plan->service->id_json;
}

static void
add_text (GString *code, const InbCodePlan *plan, const char *text)
{
  g_autoptr (GPtrArray) pieces = inb_code_plan_split (plan, text);
  gboolean json = is_json (plan, pieces);

  g_string_append (code, json ? "" : "\"");
  for (guint i = 0; i < pieces->len; i++)
    {
      const InbCodePiece *piece = g_ptr_array_index (pieces, i);

      if (piece->variable)
        add_name (code, plan, piece->text);
      else
        add_json_piece (code, piece->text);
    }
  g_string_append (code, json ? "" : "\"");
}

static const InbCodeSyntax syntax = { "false", "true", "null", "${size}", 2, add_text };

/* jq cannot read these after a dot. */
static gboolean
is_plain_name (const char *name)
{
  static const char *const words[] = { "and",    "as",      "catch",   "def",     "elif",
                                       "else",   "end",     "foreach", "if",      "or",
                                       "import", "include", "label",   "module",  "not",
                                       "try",    "reduce",  "then",    "__loc__", NULL };

  return strchr (name, '-') == NULL && !g_ascii_isdigit (*name) && !g_strv_contains (words, name);
}

static void
add_jq_path (GString *code, const char *path)
{
  g_string_append (code, *path == '[' ? "(." : "(");
  while (*path != '\0')
    {
      gsize length = strcspn (path, path[0] == '[' ? "]" : ".[");
      g_autofree char *step = g_strndup (path, length);

      if (*path == '[')
        g_string_append_printf (code, "[%s]", step[1] == '*' ? "0" : step + 1);
      else
        g_string_append_printf (code, is_plain_name (step) ? ".%s" : ".\"%s\"", step);
      path += length;
      path += strspn (path, "].");
    }
  g_string_append (code, ")?");
}

/* $(… jq …): what stands at the first of several places. Not "first": in jq 1.6 a "?" within takes
 * its end for an error (measured). */
static void
add_find (GString *code, const char *options, const char *const *paths, const char *then)
{
  g_string_append_printf (code, "$(read_answer %s '[", options);
  for (guint i = 0; paths != NULL && paths[i] != NULL; i++)
    {
      g_string_append (code, i > 0 ? ", " : "");
      add_jq_path (code, paths[i]);
    }
  if (paths == NULL || paths[0] == NULL)
    g_string_append (code, "empty");
  g_string_append_printf (code, " | select(. != null)%s][0] // empty')", then);
}

static void
add_headers (GString *code, const InbCodePlan *plan, const GPtrArray *headers)
{
  for (guint i = 0; i < headers->len; i++)
    {
      const InbHeader *header = g_ptr_array_index (headers, i);
      g_autofree char *line = g_strdup_printf ("%s: %s", header->name, header->value);

      g_string_append (code, " \\\n    --header ");
      add_word (code, plan, line);
    }
}

/* NAME() { api … } : a here-document inside $( ) is more than some shells can read */
static void
add_call (GString *code, const InbCodePlan *plan, const char *name, const InbCodeCall *call,
          const char *options)
{
  g_string_append_printf (code, "%s() {\n  api %s ", name, call->method);
  add_word (code, plan, call->url);
  g_string_append (code, options);
  add_headers (code, plan, call->headers);
  if (call->body != NULL)
    {
      g_string_append (code,
                       " \\\n    --header \"Content-Type: application/json\" --data-binary @- "
                       "<<JSON\n");
      inb_code_text_add_value (code, plan, call->body, 0, &syntax);
      g_string_append (code, "\nJSON");
    }
  g_string_append (code, "\n}\n");
}

#define FREE " --fail --retry 5 --retry-connrefused"
#define PAID " --fail-with-body"

static void
add_api (GString *code, const InbCodePlan *plan)
{
  g_string_append (code, "\n# METHOD URL: asks the service, and nobody else.\napi() {\n"
                         "  method=$1 url=$2\n  shift 2\n"
                         "  curl --silent --show-error --globoff --request \"$method\" --url "
                         "\"$url\"");
  add_headers (code, plan, plan->headers);
  g_string_append (code, " \"$@\"\n}\n\n");
}

static void
add_form (GString *code, const InbCodePlan *plan)
{
  const InbUpload *upload = plan->service->upload;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  g_string_append_printf (code, "  answer=$(api %s ", plan->ticket->method);
  add_word (code, plan, plan->ticket->url);
  g_string_append (code, " --fail-with-body \\\n    --form \"");
  add_escaped (code, upload->part, "\\\"$`");
  g_string_append (code, "=@-;type=$media;filename=$name\"");
  if (upload->fields != NULL && JSON_NODE_HOLDS_OBJECT (upload->fields))
    {
      json_object_iter_init_ordered (&iter, json_node_get_object (upload->fields));
      while (json_object_iter_next_ordered (&iter, &name, &value))
        {
          g_autofree char *text = json_to_string (value, FALSE);
          g_autofree char *field = g_strdup_printf ("%s=%s;type=application/json", name, text);

          g_string_append (code, " --form ");
          inb_code_text_add_shell (code, field);
        }
    }
  g_string_append (code, " < \"$file\") || stop \"$answer\"\n");
}

/* Exactly the headers of the ticket: a signature covers them. */
static void
add_put (GString *code, const InbUpload *upload)
{
  const char *method[] = { upload->put_method, NULL };
  const char *url[] = { upload->put_url, NULL };

  g_string_append (code, "  read_answer -r --arg media \"$media\" '{\"content-type\": $media}");
  if (upload->put_headers != NULL)
    {
      g_string_append (code, " + (");
      add_jq_path (code, upload->put_headers);
      g_string_append (code, " // {} | with_entries(.key |= ascii_downcase))");
    }
  g_string_append (code, "\n    | to_entries[] | \"\\(.key): \\(.value)\"' |\n"
                         "    curl --silent --show-error --fail --globoff --header @- --request ");
  if (upload->put_method != NULL)
    {
      g_string_append_c (code, '"');
      add_find (code, "-r", method, "");
      g_string_append_c (code, '"');
    }
  else
    g_string_append (code, "PUT");
  g_string_append (code, " \\\n      --data-binary \"@$file\" --output /dev/null --url \"");
  add_find (code, "-r", url, "");
  g_string_append (code, "\" || stop \"the upload did not arrive\"\n");
}

static void
add_upload (GString *code, const InbCodePlan *plan)
{
  const char *path[] = { plan->service->upload->public_url, NULL };
  gboolean form = plan->service->upload->kind == INB_UPLOAD_MULTIPART;

  if (!form)
    add_call (code, plan, "ticket", plan->ticket, FREE);
  g_string_append (code,
                   "\n# FILE MEDIA NAME: puts a picture where the service can fetch it; free.\n"
                   "upload() {\n  file=$1 media=$2 name=$3\n");
  if (form)
    add_form (code, plan);
  else
    {
      g_string_append (code, "  size=$(wc -c < \"$file\" | tr -d ' ')\n"
                             "  answer=$(ticket) || stop \"no place for the picture\"\n");
      add_put (code, plan->service->upload);
    }
  g_string_append (code, "  address=");
  add_find (code, "-c", path, " | strings");
  g_string_append (code, "\n  [ -n \"$address\" ] || stop \"$answer\"\n"
                         "  address=${address#\\\"} address=${address%\\\"} # as JSON has it\n}\n");
}

static void
add_picture (GString *code, const InbCodePlan *plan, const char *name, const InbCodePhoto *photo)
{
  InbImageSend send = plan->service->send;

  if (inb_code_plan_takes_address (plan, photo))
    {
      g_string_append_printf (code, "%s=", name);
      inb_code_text_add_shell (code, photo->url);
    }
  else if (send == INB_IMAGE_URL)
    g_string_append_printf (code, "%s=${PHOTO_URL:?is not set; nothing was sent}", name);
  else if (send == INB_IMAGE_UPLOAD)
    g_string_append_printf (code, "upload \"$%s_file\" %s %s\n%s=$address", name, photo->media,
                            inb_code_plan_get_file_name (photo), name);
  else
    g_string_append_printf (code, "%s=$(base64 < \"$%s_file\" | tr -d '\\n')", name, name);
  g_string_append_c (code, '\n');
}

static void
add_file (GString *code, const InbCodePlan *plan, const char *name, const InbCodePhoto *photo)
{
  if (inb_code_plan_takes_address (plan, photo) || plan->service->send == INB_IMAGE_URL)
    return;
  g_string_append_printf (code, "%s_file=", name);
  inb_code_text_add_file (code, photo->file);
  g_string_append_printf (code,
                          "\n[ -s \"$%s_file\" ] || stop \"$%s_file cannot be read; nothing was "
                          "sent.\"\n",
                          name, name);
}

static void
add_kept (GString *code, const InbCodePlan *plan)
{
  g_autoptr (GPtrArray) kept = inb_code_plan_list_kept (plan);

  for (guint i = 0; i < kept->len; i++)
    {
      const char *name = g_ptr_array_index (kept, i);
      const char *paths[] = { g_hash_table_lookup (plan->service->keep, name), NULL };
      g_autofree char *word = dup_word (name);

      g_string_append_printf (code, "  kept_%s=", word);
      add_find (code, "-r", paths, "");
      g_string_append_c (code, '\n');
    }
}

/* In addresses an id is escaped; one that is JSON goes back as it came. */
static void
add_submit (GString *code, const InbCodePlan *plan)
{
  const InbService *service = plan->service;
  const char *id[] = { service->id_path, NULL };

  g_string_append (code,
                   "\n# CLIP: makes one clip; this is what is paid for.\nmake_clip() {\n"
                   "  clip=$1\n  [ ! -e \"$clip\" ] || stop \"$clip is there already; nothing "
                   "was sent.\"\n");
  if (inb_code_plan_needs_job (plan))
    g_string_append (code, "  job=$(cat /proc/sys/kernel/random/uuid 2> /dev/null || uuidgen)\n");
  g_string_append (code,
                   "  answer=$(submit) || stop \"$answer\" \"If no answer came, it may have been "
                   "accepted.\"\n  id=");
  add_find (code, service->id_json ? "-c" : "-r", id, service->id_json ? "" : " | tostring | @uri");
  g_string_append (code, "\n  [ -n \"$id\" ] || stop \"not accepted: $answer\"\n"
                         "  echo \"accepted: $id\" >&2\n");
  add_kept (code, plan);
}

static void
add_case (GString *code, char *const *words, const char *then)
{
  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    {
      g_string_append (code, i > 0 ? " | " : "      ");
      inb_code_text_add_shell (code, words[i]);
    }
  if (words != NULL && words[0] != NULL)
    g_string_append_printf (code, ") %s ;;\n", then);
}

static void
add_wait (GString *code, const InbCodePlan *plan)
{
  const InbService *service = plan->service;
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (code,
                          "  sleep %s\n  while :; do\n    answer=$(poll) || stop \"It goes on "
                          "there as $id.\"\n    status=",
                          g_ascii_formatd (number, sizeof number, "%g", plan->first_s));
  add_find (code, "-r", (const char *const *) service->status_paths, "");
  g_string_append (code, "\n    case $status in\n");
  add_case (code, service->words[INB_WORD_SUCCEEDED], "break");
  add_case (code, service->words[INB_WORD_FAILED], "stop \"$status: $(message)\"");
  add_case (code, service->words[INB_WORD_CANCELLED], "stop \"$status: $(message)\"");
  g_string_append_printf (code, "      '') stop \"$answer\" ;;\n    esac\n    sleep %s\n  done\n",
                          g_ascii_formatd (number, sizeof number, "%g", plan->every_s));
  if (plan->second != NULL)
    g_string_append (code, "  answer=$(result) || stop \"$(message)\"\n");
}

static void
add_result (GString *code, const InbService *service)
{
  const char *const *paths = (const char *const *) service->result_paths;
  gboolean base64 = service->result_kind == INB_RESULT_URL_OR_BASE64;

  g_string_append (code, "  url=");
  add_find (code, "-r", paths, " | .. | strings | select(test(\"^https?://\"))");
  if (base64)
    {
      g_string_append (code, "\n  data=");
      add_find (code, "-r", paths, " | .data? | strings");
      g_string_append (code, "\n  if [ -z \"$url\" ] && [ -n \"$data\" ]; then\n"
                             "    printf '%s' \"$data\" | base64 -d > \"$clip\"\n"
                             "    echo \"$clip\"\n    return\n  fi");
    }
  g_string_append (code, "\n  [ -n \"$url\" ] || stop \"no clip: $(message)\"\n"
                         "  curl --silent --show-error --fail --location --globoff --retry 5 "
                         "--output \"$clip\" --url \"$url\"\n  echo \"$clip\"\n}\n\n");
}

static void
add_checks (GString *code, const InbCodePlan *plan)
{
  gboolean signs = inb_code_plan_signs (plan);

  g_string_append (code, "(\nset -eu\n");
  for (guint i = 0; i < plan->keys->len; i++)
    g_string_append_printf (code, ": \"${%s:?is not set; nothing was sent}\"\n",
                            ((const InbCodeKey *) g_ptr_array_index (plan->keys, i))->variable);
  g_string_append (code, head);
  g_string_append_printf (code,
                          "for tool in curl jq%s; do\n"
                          "  command -v $tool > /dev/null || stop \"$tool is not installed; "
                          "nothing was sent.\"\ndone\n",
                          signs ? " openssl" : "");
  add_file (code, plan, "start", plan->order->start);
  if (plan->order->last != NULL)
    add_file (code, plan, "last", plan->order->last);
  if (signs)
    {
      g_string_append_printf (code, token, inb_code_plan_get_variable (plan, "access_key"),
                              inb_code_plan_get_variable (plan, "secret_key"));
    }
}

/**
 * inb_code_add_sh:
 * @code: gets the program
 * @plan: what it does
 */
void
inb_code_add_sh (GString *code, const InbCodePlan *plan)
{
  g_string_append (code, "#!/bin/sh\n");
  inb_code_add_remarks (code, plan, "# ", "curl, jq");
  add_checks (code, plan);
  add_api (code, plan);
  add_call (code, plan, "submit", plan->submit, PAID);
  add_call (code, plan, "poll", plan->poll, FREE);
  if (plan->second != NULL)
    add_call (code, plan, "result", plan->second, FREE);
  g_string_append (code, "message() { printf '%s' \"");
  add_find (code, "-r", (const char *const *) plan->service->message_paths, "");
  g_string_append (code, "\"; }\n");
  if (plan->ticket != NULL)
    add_upload (code, plan);
  add_submit (code, plan);
  add_wait (code, plan);
  add_result (code, plan->service);
  add_picture (code, plan, "start", plan->order->start);
  if (plan->order->last != NULL)
    add_picture (code, plan, "last", plan->order->last);
  for (guint i = 0; i < plan->order->request->takes; i++)
    {
      g_autofree char *clip = inb_code_plan_dup_clip (plan, i);

      g_string_append (code, "make_clip ");
      inb_code_text_add_file (code, clip);
      g_string_append_c (code, '\n');
    }
  g_string_append (code, ")\n");
}
