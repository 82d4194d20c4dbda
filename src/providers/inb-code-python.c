/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "providers/inb-code-languages.h"
#include "providers/inb-code-text.h"

/* A program for python3 and nothing but its standard library. */

static const char helpers[] =
    "\n\nclass NoRedirect(urllib.request.HTTPRedirectHandler):  # the key goes to the service "
    "only\n"
    "    def redirect_request(self, *_):\n"
    "        return None\n"
    "\n\n"
    "service = urllib.request.build_opener(NoRedirect)\n"
    "\n\n"
    "def send(method, url, data, headers, tries=1):\n"
    "    \"\"\"What is free is tried again; a paid request is sent once.\"\"\"\n"
    "    for left in reversed(range(tries)):\n"
    "        try:\n"
    "            request = urllib.request.Request(url, data, headers, method=method)\n"
    "            with service.open(request, timeout=300) as answer:\n"
    "                return answer.read()\n"
    "        except urllib.error.HTTPError as error:\n"
    "            if not left or (error.code != 429 and error.code < 500):\n"
    "                sys.exit(f\"{method} {url}: {error.code} "
    "{error.read().decode(errors='replace')}\")\n"
    "        except OSError as error:\n"
    "            if not left:\n"
    "                sys.exit(f\"{method} {url}: {error}. If this was the paid request, it may "
    "have been "
    "accepted.\")\n"
    "        time.sleep(5)\n"
    "\n\n"
    "def ask(method, url, body=None, more={}, tries=1):\n"
    "    headers = {**sign(), **more}\n"
    "    if body is not None:\n"
    "        headers[\"Content-Type\"] = \"application/json\"\n"
    "        body = json.dumps(body).encode()\n"
    "    return json.loads(send(method, url, body, headers, tries))\n"
    "\n\n"
    "def find(answer, *paths):\n"
    "    \"\"\"The first of several places in an answer where something stands.\"\"\"\n"
    "    for path in paths:\n"
    "        value = answer\n"
    "        for step in path:\n"
    "            if isinstance(value, dict) and isinstance(step, str):\n"
    "                value = value.get(step)\n"
    "            elif isinstance(value, list) and isinstance(step, int) and step < len(value):\n"
    "                value = value[step]\n"
    "            else:\n"
    "                value = None\n"
    "        if value is not None:\n"
    "            return value\n"
    "    return None\n"
    "\n\n"
    "def address(value):\n"
    "    \"\"\"The first address in what an answer holds.\"\"\"\n"
    "    if isinstance(value, str):\n"
    "        return value if value.split(\"://\")[0] in (\"https\", \"http\") else None\n"
    "    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) "
    "else []\n"
    "    return next(filter(None, map(address, items)), None)\n";

static const char token[] =
    "\n\ndef token():\n"
    "    \"\"\"A JSON web token, signed with the secret key.\"\"\"\n"
    "    def part(data):\n"
    "        return base64.urlsafe_b64encode(data).rstrip(b\"=\")\n"
    "\n"
    "    now = int(time.time())\n"
    "    claims = {\"iss\": %s, \"exp\": now + 1800, \"nbf\": now - 5}\n"
    "    text = part(json.dumps({\"alg\": \"HS256\", \"typ\": \"JWT\"}).encode()) "
    "+ b\".\" + part(json.dumps(claims).encode())\n"
    "    return (text + b\".\" + part(hmac.digest(%s.encode(), text, "
    "\"sha256\"))).decode()\n";

static void
add_name (GString *code, const InbCodePlan *plan, const char *name)
{
  if (g_str_has_prefix (name, "key:"))
    g_string_append (code, inb_code_plan_get_variable (plan, name + strlen ("key:")));
  else if (strcmp (name, "jwt") == 0)
    g_string_append (code, "token()");
  else if (strcmp (name, "uuid") == 0 || strcmp (name, "idempotency_key") == 0)
    g_string_append (code, "job");
  else if (g_str_has_prefix (name, "kept."))
    {
      g_string_append (code, "kept[");
      inb_code_text_add_quoted (code, name + strlen ("kept."));
      g_string_append_c (code, ']');
    }
  else if (strcmp (name, "upload.size") == 0)
    g_string_append (code, "str(len(data))");
  else
    g_string_append (code, g_str_has_prefix (name, "upload.") ? name + strlen ("upload.") : name);
}

/* "text" + value + "text" */
static void
add_pieces (GString *code, const InbCodePlan *plan, const char *text, gboolean url)
{
  g_autoptr (GPtrArray) pieces = inb_code_plan_split (plan, text);

  if (pieces->len == 0)
    g_string_append (code, "\"\"");
  for (guint i = 0; i < pieces->len; i++)
    {
      const InbCodePiece *piece = g_ptr_array_index (pieces, i);
      gboolean whole = g_str_has_prefix (piece->text, "kept.") || !piece->variable;

      g_string_append (code, i > 0 ? " + " : "");
      if (!piece->variable)
        inb_code_text_add_quoted (code, piece->text);
      else if (url && !whole)
        g_string_append (code, "urllib.parse.quote(str(");
      if (piece->variable)
        add_name (code, plan, piece->text);
      if (piece->variable && url && !whole)
        g_string_append (code, "), safe=\"\")");
    }
}

static void
add_text (GString *code, const InbCodePlan *plan, const char *text)
{
  add_pieces (code, plan, text, FALSE);
}

static const InbCodeSyntax syntax = { "False", "True", "None", "len(data)", 4, add_text };

static void
add_headers (GString *code, const InbCodePlan *plan, const GPtrArray *headers)
{
  g_string_append_c (code, '{');
  for (guint i = 0; i < headers->len; i++)
    {
      const InbHeader *header = g_ptr_array_index (headers, i);

      g_string_append (code, i > 0 ? ", " : "");
      inb_code_text_add_quoted (code, header->name);
      g_string_append (code, ": ");
      add_text (code, plan, header->value);
    }
  g_string_append_c (code, '}');
}

/* ask("POST", url, {…}, {…}) */
static void
add_call (GString *code, const InbCodePlan *plan, const InbCodeCall *call, guint depth, guint tries)
{
  g_string_append_printf (code, "ask(\"%s\", ", call->method);
  add_pieces (code, plan, call->url, TRUE);
  if (call->body != NULL)
    {
      g_string_append (code, ", ");
      inb_code_text_add_value (code, plan, call->body, depth, &syntax);
    }
  if (call->headers->len > 0)
    {
      g_string_append (code, call->body != NULL ? ", " : ", None, ");
      add_headers (code, plan, call->headers);
    }
  if (tries > 1)
    g_string_append_printf (code, ", tries=%u", tries);
  g_string_append (code, ")\n");
}

static void
add_find (GString *code, const char *const *paths)
{
  g_string_append (code, "find(answer");
  inb_code_text_add_paths (code, paths);
  g_string_append_c (code, ')');
}

static void
add_form (GString *code, const InbCodePlan *plan)
{
  const InbUpload *upload = plan->service->upload;
  g_autofree char *fields = upload->fields != NULL ? json_to_string (upload->fields, FALSE) : NULL;

  g_string_append (code, "    boundary = uuid.uuid4().hex\n    form = ((f'--{boundary}\\r\\n"
                         "Content-Disposition: form-data; name=' + json.dumps(");
  inb_code_text_add_quoted (code, upload->part);
  g_string_append (code, ") + f'; filename=\"{name}\"\\r\\nContent-Type: {media}\\r\\n\\r\\n')"
                         ".encode() + data + b'\\r\\n')\n    for field, value in json.loads(");
  inb_code_text_add_quoted (code, fields != NULL ? fields : "{}");
  g_string_append (code,
                   ").items():\n        form += (f'--{boundary}\\r\\nContent-Disposition: "
                   "form-data; name=\"{field}\"\\r\\nContent-Type: application/json\\r\\n\\r\\n'"
                   " + json.dumps(value) + '\\r\\n').encode()\n"
                   "    form += f'--{boundary}--\\r\\n'.encode()\n    answer = json.loads("
                   "send(");
  g_string_append_printf (code, "\"%s\", ", plan->ticket->method);
  add_pieces (code, plan, plan->ticket->url, TRUE);
  g_string_append (code, ", form, {**sign(), \"Content-Type\": "
                         "f'multipart/form-data; boundary={boundary}'}, 5))\n");
}

static void
add_put (GString *code, const InbUpload *upload)
{
  const char *method[] = { upload->put_method, NULL };
  const char *url[] = { upload->put_url, NULL };
  const char *headers[] = { upload->put_headers, NULL };

  g_string_append (code, "    headers = {\"content-type\": media}\n");
  if (upload->put_headers != NULL)
    {
      g_string_append (code, "    headers.update({k.lower(): v for k, v in (");
      add_find (code, headers);
      g_string_append (code, " or {}).items()})\n");
    }
  g_string_append (code, "    send(");
  if (upload->put_method != NULL)
    {
      add_find (code, method);
      g_string_append (code, " or ");
    }
  g_string_append (code, "\"PUT\", ");
  add_find (code, url);
  g_string_append (code, ", data, headers, 5)\n");
}

static void
add_upload (GString *code, const InbCodePlan *plan)
{
  const char *path[] = { plan->service->upload->public_url, NULL };

  g_string_append (code, "\n\ndef upload(data, media, name):\n"
                         "    \"\"\"Puts a picture where the service can fetch it; free.\"\"\"\n");
  if (plan->service->upload->kind == INB_UPLOAD_MULTIPART)
    add_form (code, plan);
  else
    {
      g_string_append (code, "    answer = ");
      add_call (code, plan, plan->ticket, 1, 5);
      add_put (code, plan->service->upload);
    }
  g_string_append (code, "    return ");
  add_find (code, path);
  g_string_append_c (code, '\n');
}

static void
add_picture (GString *code, const InbCodePlan *plan, const char *name, const InbCodePhoto *photo)
{
  const InbService *service = plan->service;

  g_string_append_printf (code, "%s = ", name);
  if (inb_code_plan_takes_address (plan, photo))
    inb_code_text_add_quoted (code, photo->url);
  else if (service->send == INB_IMAGE_URL)
    g_string_append_printf (code, "os.environ[\"PHOTO_URL\"]");
  else
    {
      g_string_append (code, service->send == INB_IMAGE_UPLOAD ? "upload(open("
                                                               : "base64.b64encode(open(");
      inb_code_text_add_quoted (code, photo->file);
      g_string_append (code, ", \"rb\").read()");
      if (service->send == INB_IMAGE_UPLOAD)
        g_string_append_printf (code, ", \"%s\", \"%s\")", photo->media,
                                inb_code_plan_get_file_name (photo));
      else
        g_string_append (code, ").decode()");
    }
  g_string_append_c (code, '\n');
}

static void
add_words (GString *code, char *const *words, char *const *others)
{
  const char *gap = "";

  g_string_append_c (code, '[');
  for (guint i = 0; words != NULL && words[i] != NULL; i++, gap = ", ")
    {
      g_string_append (code, gap);
      inb_code_text_add_quoted (code, words[i]);
    }
  for (guint i = 0; others != NULL && others[i] != NULL; i++, gap = ", ")
    {
      g_string_append (code, gap);
      inb_code_text_add_quoted (code, others[i]);
    }
  g_string_append_c (code, ']');
}

static void
add_id (GString *code, const InbCodePlan *plan)
{
  const InbService *service = plan->service;
  const char *path[] = { service->id_path, NULL };
  g_autoptr (GPtrArray) kept = inb_code_plan_list_kept (plan);

  g_string_append (code, "    id = ");
  add_find (code, path);
  g_string_append (code, "\n    if id is None:\n        sys.exit(f\"not accepted: {answer}\")\n"
                         "    print(\"accepted:\", id, file=sys.stderr)\n");
  if (kept->len > 0)
    g_string_append (code, "    kept = {}\n");
  for (guint i = 0; i < kept->len; i++)
    {
      const char *name = g_ptr_array_index (kept, i);
      const char *paths[] = { g_hash_table_lookup (service->keep, name), NULL };

      g_string_append (code, "    kept[");
      inb_code_text_add_quoted (code, name);
      g_string_append (code, "] = ");
      add_find (code, paths);
      g_string_append_c (code, '\n');
    }
}

static void
add_wait (GString *code, const InbCodePlan *plan)
{
  const InbService *service = plan->service;
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (code, "    time.sleep(%s)\n    while True:\n        answer = ",
                          g_ascii_formatd (number, sizeof number, "%g", plan->first_s));
  add_call (code, plan, plan->poll, 2, 5);
  g_string_append (code, "        status = ");
  add_find (code, (const char *const *) service->status_paths);
  g_string_append (code, "\n        if status in ");
  add_words (code, service->words[INB_WORD_SUCCEEDED], NULL);
  g_string_append (code, ":\n            break\n        if status is None or status in ");
  add_words (code, service->words[INB_WORD_FAILED], service->words[INB_WORD_CANCELLED]);
  g_string_append (code, ":\n            sys.exit(f\"{status}: {");
  g_string_append (code, "message(answer)}\")\n");
  g_string_append_printf (code, "        time.sleep(%s)\n",
                          g_ascii_formatd (number, sizeof number, "%g", plan->every_s));
  if (plan->second != NULL)
    {
      g_string_append (code, "    answer = ");
      add_call (code, plan, plan->second, 1, 5);
    }
}

static void
add_result (GString *code, const InbService *service)
{
  g_string_append (code, "    found = ");
  add_find (code, (const char *const *) service->result_paths);
  if (service->result_kind == INB_RESULT_URL_OR_BASE64)
    g_string_append (code, "\n    if isinstance(found, dict) and \"data\" in found:\n"
                           "        video = base64.b64decode(found[\"data\"])\n"
                           "    elif address(found):\n"
                           "        video = urllib.request.urlopen(address(found)).read()\n"
                           "    else:\n        sys.exit(f\"no clip: {message(answer)}\")\n");
  else
    g_string_append (
        code, "\n    if not address(found):\n"
              "        sys.exit(f\"no clip: {message(answer)}\")\n"
              "    video = urllib.request.urlopen(address(found)).read()  # without the key\n");
  g_string_append (code, "    with open(clip, \"xb\") as file:\n        file.write(video)\n"
                         "    print(clip)\n\n\n");
}

static void
add_make_clip (GString *code, const InbCodePlan *plan)
{
  g_string_append (code, "\n\ndef message(answer):\n    return ");
  add_find (code, (const char *const *) plan->service->message_paths);
  g_string_append (code, " or answer\n\n\ndef make_clip(clip, start, last=None):\n"
                         "    if os.path.exists(clip):\n"
                         "        sys.exit(f\"{clip} is there already; nothing was sent\")\n");
  g_string_append (code, inb_code_plan_needs_job (plan)
                             ? "    job = str(uuid.uuid4())\n    answer = "
                             : "    answer = ");
  add_call (code, plan, plan->submit, 1, 1);
  add_id (code, plan);
  add_wait (code, plan);
  add_result (code, plan->service);
}

static void
add_imports (GString *code, const InbCodePlan *plan)
{
  const InbService *service = plan->service;
  gboolean form = service->upload != NULL && service->upload->kind == INB_UPLOAD_MULTIPART;
  gboolean token_is_made = inb_code_plan_signs (plan);

  g_string_append (code, "import ");
  if (token_is_made || service->send == INB_IMAGE_BASE64 || service->send == INB_IMAGE_DATA_URI ||
      service->result_kind == INB_RESULT_URL_OR_BASE64)
    g_string_append (code, "base64, ");
  if (token_is_made)
    g_string_append (code, "hmac, ");
  g_string_append (code, "json, os, sys, time, urllib.error, urllib.parse, urllib.request");
  g_string_append (code, form || inb_code_plan_needs_job (plan) ? ", uuid\n\n" : "\n\n");
}

static void
add_sign (GString *code, const InbCodePlan *plan)
{
  for (guint i = 0; i < plan->keys->len; i++)
    {
      const InbCodeKey *key = g_ptr_array_index (plan->keys, i);

      g_string_append_printf (code, "%s = os.environ[\"%s\"]\n", key->variable, key->variable);
    }
  g_string_append (code, helpers);
  if (inb_code_plan_signs (plan))
    {
      g_string_append_printf (code, token, inb_code_plan_get_variable (plan, "access_key"),
                              inb_code_plan_get_variable (plan, "secret_key"));
    }
  g_string_append (code, "\n\ndef sign():\n    \"\"\"What shows the service who asks.\"\"\"\n"
                         "    return ");
  add_headers (code, plan, plan->headers);
  g_string_append_c (code, '\n');
}

/**
 * inb_code_add_python:
 * @code: gets the program
 * @plan: what it does
 */
void
inb_code_add_python (GString *code, const InbCodePlan *plan)
{
  const InbCodeOrder *order = plan->order;

  g_string_append (code, "#!/usr/bin/env python3\n");
  inb_code_add_remarks (code, plan, "# ", "python3");
  add_imports (code, plan);
  add_sign (code, plan);
  if (plan->ticket != NULL)
    add_upload (code, plan);
  add_make_clip (code, plan);
  add_picture (code, plan, "start", order->start);
  if (order->last != NULL)
    add_picture (code, plan, "last", order->last);
  for (guint i = 0; i < order->request->takes; i++)
    {
      g_autofree char *clip = inb_code_plan_dup_clip (plan, i);

      g_string_append (code, "make_clip(");
      inb_code_text_add_quoted (code, clip);
      g_string_append (code, order->last != NULL ? ", start, last)\n" : ", start)\n");
    }
}
