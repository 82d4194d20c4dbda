/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "providers/inb-code-languages.h"
#include "providers/inb-code-text.h"

/* A module for node and nothing but its own fetch. */

static const char helpers[] =
    "\n// What is free is tried again; a paid request is sent once. The key goes to the service "
    "only.\n"
    "async function send(method, url, body, headers, tries = 1) {\n"
    "  for (let left = tries - 1; ; left--) {\n"
    "    let why\n"
    "    try {\n"
    "      const answer = await fetch(url, { method, headers, body, redirect: 'error' })\n"
    "      if (answer.ok) return answer\n"
    "      why = `${answer.status} ${await answer.text()}`\n"
    "      if (answer.status !== 429 && answer.status < 500) left = 0\n"
    "    } catch (error) {\n"
    "      why = `${error.cause ?? error}. If this was the paid request, it may have been "
    "accepted.`\n"
    "    }\n"
    "    if (left <= 0) throw new Error(`${method} ${url}: ${why}`)\n"
    "    await sleep(5000)\n"
    "  }\n"
    "}\n"
    "\n"
    "async function ask(method, url, body, more = {}, tries = 1) {\n"
    "  const headers = { ...sign(), ...more }\n"
    "  if (body !== undefined) headers['Content-Type'] = 'application/json'\n"
    "  return (await send(method, url, JSON.stringify(body), headers, tries)).json()\n"
    "}\n"
    "\n"
    "// The first of several places in an answer where something stands.\n"
    "function find(answer, ...paths) {\n"
    "  for (const path of paths) {\n"
    "    let value = answer\n"
    "    for (const step of path)\n"
    "      value = typeof value === 'object' && value !== null && Object.hasOwn(value, step) ? "
    "value[step] : undefined\n"
    "    if (value !== undefined && value !== null) return value\n"
    "  }\n"
    "}\n"
    "\n"
    "// The first address in what an answer holds.\n"
    "function address(value) {\n"
    "  if (typeof value === 'string') return /^https?:/.test(value) ? value : undefined\n"
    "  if (typeof value !== 'object' || value === null) return undefined\n"
    "  for (const item of Object.values(value)) if (address(item)) return address(item)\n"
    "}\n";

static const char token[] =
    "\n// A JSON web token, signed with the secret key.\n"
    "function token() {\n"
    "  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')\n"
    "  const now = Math.floor(Date.now() / 1000)\n"
    "  const claims = { iss: %s, exp: now + 1800, nbf: now - 5 }\n"
    "  const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`\n"
    "  return `${text}.${createHmac('sha256', %s).update(text).digest('base64url')}`\n"
    "}\n";

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
    g_string_append (code, "String(data.length)");
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
      gboolean escape = piece->variable && url && !g_str_has_prefix (piece->text, "kept.");

      g_string_append (code, i > 0 ? " + " : "");
      g_string_append (code, escape ? "encodeURIComponent(" : "");
      if (piece->variable)
        add_name (code, plan, piece->text);
      else
        inb_code_text_add_quoted (code, piece->text);
      g_string_append (code, escape ? ")" : "");
    }
}

static void
add_text (GString *code, const InbCodePlan *plan, const char *text)
{
  add_pieces (code, plan, text, FALSE);
}

static const InbCodeSyntax syntax = { "false", "true", "null", "data.length", 2, add_text };

static void
add_headers (GString *code, const InbCodePlan *plan, const GPtrArray *headers)
{
  g_string_append_c (code, '{');
  for (guint i = 0; i < headers->len; i++)
    {
      const InbHeader *header = g_ptr_array_index (headers, i);

      g_string_append (code, i > 0 ? ", " : " ");
      inb_code_text_add_quoted (code, header->name);
      g_string_append (code, ": ");
      add_text (code, plan, header->value);
    }
  g_string_append (code, headers->len > 0 ? " }" : "}");
}

static void
add_call (GString *code, const InbCodePlan *plan, const InbCodeCall *call, guint depth, guint tries)
{
  g_string_append_printf (code, "await ask('%s', ", call->method);
  add_pieces (code, plan, call->url, TRUE);
  if (call->body != NULL)
    {
      g_string_append (code, ", ");
      inb_code_text_add_value (code, plan, call->body, depth, &syntax);
    }
  else if (call->headers->len > 0 || tries > 1)
    g_string_append (code, ", undefined");
  if (call->headers->len > 0 || tries > 1)
    {
      g_string_append (code, ", ");
      add_headers (code, plan, call->headers);
    }
  if (tries > 1)
    g_string_append_printf (code, ", %u", tries);
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
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  g_string_append (code, "  const form = new FormData()\n  form.append(");
  inb_code_text_add_quoted (code, upload->part);
  g_string_append (code, ", new Blob([data], { type: media }), name)\n");
  if (upload->fields != NULL && JSON_NODE_HOLDS_OBJECT (upload->fields))
    {
      json_object_iter_init_ordered (&iter, json_node_get_object (upload->fields));
      while (json_object_iter_next_ordered (&iter, &name, &value))
        {
          g_autofree char *text = json_to_string (value, FALSE);

          g_string_append (code, "  form.append(");
          inb_code_text_add_quoted (code, name);
          g_string_append (code, ", new Blob([");
          inb_code_text_add_quoted (code, text);
          g_string_append (code, "], { type: 'application/json' }))\n");
        }
    }
  g_string_append_printf (code, "  const answer = await (await send('%s', ", plan->ticket->method);
  add_pieces (code, plan, plan->ticket->url, TRUE);
  g_string_append (code, ", form, sign(), 5)).json()\n");
}

static void
add_put (GString *code, const InbUpload *upload)
{
  const char *method[] = { upload->put_method, NULL };
  const char *url[] = { upload->put_url, NULL };
  const char *headers[] = { upload->put_headers, NULL };

  g_string_append (code, "  const headers = new Headers({ 'content-type': media })\n");
  if (upload->put_headers != NULL)
    {
      g_string_append (code, "  for (const [name, value] of Object.entries(");
      add_find (code, headers);
      g_string_append (code, " ?? {})) headers.set(name, value)\n");
    }
  g_string_append (code, "  await send(");
  if (upload->put_method != NULL)
    {
      add_find (code, method);
      g_string_append (code, " ?? ");
    }
  g_string_append (code, "'PUT', ");
  add_find (code, url);
  g_string_append (code, ", data, headers, 5)\n");
}

static void
add_upload (GString *code, const InbCodePlan *plan)
{
  const char *path[] = { plan->service->upload->public_url, NULL };

  g_string_append (code, "\n// Puts a picture where the service can fetch it; free.\n"
                         "async function upload(data, media, name) {\n");
  if (plan->service->upload->kind == INB_UPLOAD_MULTIPART)
    add_form (code, plan);
  else
    {
      g_string_append (code, "  const answer = ");
      add_call (code, plan, plan->ticket, 1, 5);
      add_put (code, plan->service->upload);
    }
  g_string_append (code, "  return ");
  add_find (code, path);
  g_string_append (code, "\n}\n");
}

static void
add_picture (GString *code, const InbCodePlan *plan, const char *name, const InbCodePhoto *photo)
{
  const InbService *service = plan->service;
  gboolean upload = service->send == INB_IMAGE_UPLOAD;

  g_string_append_printf (code, "const %s = ", name);
  if (inb_code_plan_takes_address (plan, photo))
    inb_code_text_add_quoted (code, photo->url);
  else if (service->send == INB_IMAGE_URL)
    g_string_append (code, "getVariable('PHOTO_URL')");
  else
    {
      g_string_append (code, upload ? "await upload(await readFile(" : "(await readFile(");
      inb_code_text_add_quoted (code, photo->file);
      g_string_append_c (code, ')');
      if (upload)
        g_string_append_printf (code, ", '%s', '%s')", photo->media,
                                inb_code_plan_get_file_name (photo));
      else
        g_string_append (code, ").toString('base64')");
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
  g_string_append (code, "].includes(status)");
}

static void
add_id (GString *code, const InbCodePlan *plan)
{
  const InbService *service = plan->service;
  const char *path[] = { service->id_path, NULL };
  g_autoptr (GPtrArray) kept = inb_code_plan_list_kept (plan);

  g_string_append (code, "  const id = ");
  add_find (code, path);
  g_string_append (code, "\n  if (id === undefined) throw new Error(`not accepted: "
                         "${JSON.stringify(answer)}`)\n  console.error('accepted:', id)\n");
  if (kept->len > 0)
    g_string_append (code, "  const kept = {}\n");
  for (guint i = 0; i < kept->len; i++)
    {
      const char *name = g_ptr_array_index (kept, i);
      const char *paths[] = { g_hash_table_lookup (service->keep, name), NULL };

      g_string_append (code, "  kept[");
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

  g_string_append_printf (
      code, "  await sleep(%u)\n  for (;;) {\n    answer = ", (guint) (plan->first_s * 1000.0));
  add_call (code, plan, plan->poll, 2, 5);
  g_string_append (code, "    const status = ");
  add_find (code, (const char *const *) service->status_paths);
  g_string_append (code, "\n    if (");
  add_words (code, service->words[INB_WORD_SUCCEEDED], NULL);
  g_string_append (code, ") break\n    if (status === undefined || ");
  add_words (code, service->words[INB_WORD_FAILED], service->words[INB_WORD_CANCELLED]);
  g_string_append_printf (code,
                          ")\n      throw new Error(`${status}: ${message(answer)}`)\n"
                          "    await sleep(%u)\n  }\n",
                          (guint) (plan->every_s * 1000.0));
  if (plan->second != NULL)
    {
      g_string_append (code, "  answer = ");
      add_call (code, plan, plan->second, 1, 5);
    }
}

static void
add_result (GString *code, const InbService *service)
{
  g_string_append (code, "  const found = ");
  add_find (code, (const char *const *) service->result_paths);
  g_string_append (code, "\n  let video\n");
  if (service->result_kind == INB_RESULT_URL_OR_BASE64)
    g_string_append (code, "  if (found?.data) video = Buffer.from(found.data, 'base64')\n");
  g_string_append (code, service->result_kind == INB_RESULT_URL_OR_BASE64 ? "  else " : "  ");
  g_string_append (code, "if (address(found)) video = Buffer.from(await (await "
                         "fetch(address(found))).arrayBuffer()) // without the key\n"
                         "  else throw new Error(`no clip: ${message(answer)}`)\n"
                         "  await writeFile(clip, video, { flag: 'wx' })\n"
                         "  console.log(clip)\n}\n\n");
}

static void
add_make_clip (GString *code, const InbCodePlan *plan)
{
  g_string_append (code, "\nconst message = (answer) => JSON.stringify(");
  add_find (code, (const char *const *) plan->service->message_paths);
  g_string_append (code,
                   " ?? answer)\n\n// Makes one clip; this is what is paid for.\n"
                   "async function makeClip(clip, start, last) {\n"
                   "  if (existsSync(clip)) throw new Error(`${clip} is there already; nothing "
                   "was sent`)\n");
  if (inb_code_plan_needs_job (plan))
    g_string_append (code, "  const job = randomUUID()\n");
  g_string_append (code, "  let answer = ");
  add_call (code, plan, plan->submit, 1, 1);
  add_id (code, plan);
  add_wait (code, plan);
  add_result (code, plan->service);
}

static void
add_imports (GString *code, const InbCodePlan *plan)
{
  gboolean signs = inb_code_plan_signs (plan);
  gboolean makes_ids = inb_code_plan_needs_job (plan);

  if (signs || makes_ids)
    g_string_append_printf (code, "import { %s%s%s } from 'node:crypto'\n",
                            signs ? "createHmac" : "", signs && makes_ids ? ", " : "",
                            makes_ids ? "randomUUID" : "");
  g_string_append (code,
                   "import { existsSync } from 'node:fs'\n"
                   "import { readFile, writeFile } from 'node:fs/promises'\n\n"
                   "const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))\n\n"
                   "function getVariable(name) {\n"
                   "  if (!process.env[name]) throw new Error(`${name} is not set; nothing was "
                   "sent`)\n  return process.env[name]\n}\n\n");
}

static void
add_sign (GString *code, const InbCodePlan *plan)
{
  for (guint i = 0; i < plan->keys->len; i++)
    {
      const InbCodeKey *key = g_ptr_array_index (plan->keys, i);

      g_string_append_printf (code, "const %s = getVariable('%s')\n", key->variable, key->variable);
    }
  g_string_append (code, helpers);
  if (inb_code_plan_signs (plan))
    g_string_append_printf (code, token, inb_code_plan_get_variable (plan, "access_key"),
                            inb_code_plan_get_variable (plan, "secret_key"));
  g_string_append (code, "\n// What shows the service who asks.\nconst sign = () => (");
  add_headers (code, plan, plan->headers);
  g_string_append (code, ")\n");
}

/**
 * inb_code_add_javascript:
 * @code: gets the program
 * @plan: what it does
 */
void
inb_code_add_javascript (GString *code, const InbCodePlan *plan)
{
  const InbCodeOrder *order = plan->order;

  inb_code_add_remarks (code, plan, "// ", "node ≥ 18");
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

      g_string_append (code, "await makeClip(");
      inb_code_text_add_quoted (code, clip);
      g_string_append (code, order->last != NULL ? ", start, last)\n" : ", start)\n");
    }
}
