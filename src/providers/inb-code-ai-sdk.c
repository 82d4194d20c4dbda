/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "providers/inb-code-languages.h"
#include "providers/inb-code-text.h"

/* The AI Gateway is shown with its own package, as its playground does (seed 000). The package
 * starts the job and asks for its state by itself; what it is given is the body of the submit. */

static void
add_text (GString *code, const InbCodePlan *plan, const char *text)
{
  g_autoptr (GPtrArray) pieces = inb_code_plan_split (plan, text);

  if (pieces->len == 0)
    g_string_append (code, "\"\"");
  for (guint i = 0; i < pieces->len; i++)
    {
      const InbCodePiece *piece = g_ptr_array_index (pieces, i);

      g_string_append (code, i > 0 ? " + " : "");
      if (piece->variable)
        g_string_append (code, piece->text);
      else
        inb_code_text_add_quoted (code, piece->text);
    }
}

static const InbCodeSyntax syntax = { "false", "true", "null", "0", 2, add_text };

/* Through another address the package has to be told where, and it fetches no clip from this
 * computer by itself. */
static void
add_home (GString *code, const InbCodePlan *plan)
{
  const char *key = ((const InbCodeKey *) g_ptr_array_index (plan->keys, 0))->variable;
  g_autofree char *address = g_strconcat (plan->order->home, "/v4/ai", NULL);

  g_string_append (code, "import { createGateway } from '@ai-sdk/gateway'\n\nconst gateway = "
                         "createGateway({ apiKey: process.env.");
  g_string_append (code, key);
  g_string_append (code, ", baseURL: ");
  inb_code_text_add_quoted (code, address);
  g_string_append (code, " })\nasync function download({ url }) {\n"
                         "  const answer = await fetch(url)\n"
                         "  return { data: new Uint8Array(await answer.arrayBuffer()), mediaType: "
                         "'video/mp4' }\n}\n");
}

static void
add_members (GString *code, const InbCodePlan *plan)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  json_object_iter_init_ordered (&iter, json_node_get_object (plan->submit->body));
  while (json_object_iter_next_ordered (&iter, &name, &member))
    if (strcmp (name, "prompt") != 0 && strcmp (name, "image") != 0)
      {
        g_string_append_printf (code, "    %s: ", name);
        inb_code_text_add_value (code, plan, member, 2, &syntax);
        g_string_append (code, ",\n");
      }
}

static void
add_picture (GString *code, const char *name, const InbCodePhoto *photo)
{
  g_string_append_printf (code, "const %s = (await readFile(", name);
  inb_code_text_add_quoted (code, photo->file);
  g_string_append (code, ")).toString('base64')\n");
}

static void
add_make_clip (GString *code, const InbCodePlan *plan)
{
  gboolean moved = plan->order->home != NULL;
  const char *slug = g_hash_table_lookup (plan->model->variables, "slug");

  g_string_append (code,
                   "\nasync function makeClip(clip) {\n"
                   "  if (existsSync(clip)) throw new Error(`${clip} is there already; nothing "
                   "was sent`)\n  const { video } = await generateVideo({\n    model: ");
  g_string_append (code, moved ? "gateway.video(" : "");
  inb_code_text_add_quoted (code, slug);
  g_string_append (code, moved ? "),\n    download,\n" : ",\n");
  g_string_append (code, "    prompt: { image: start, text: ");
  inb_code_text_add_quoted (code, plan->order->request->prompt);
  g_string_append (code, " },\n");
  add_members (code, plan);
  g_string_append_printf (code, "    poll: { intervalMs: %u, timeoutMs: 3600000 },\n",
                          (guint) (plan->every_s * 1000.0));
  g_string_append (code, "    maxRetries: 0, // a second try could be paid twice\n  })\n"
                         "  await writeFile(clip, video.uint8Array, { flag: 'wx' })\n"
                         "  console.log(clip)\n}\n\n");
}

/**
 * inb_code_add_ai_sdk:
 * @code: gets the program
 * @plan: what it does; of the AI Gateway
 */
void
inb_code_add_ai_sdk (GString *code, const InbCodePlan *plan)
{
  const InbCodeOrder *order = plan->order;

  inb_code_add_remarks (code, plan, "// ", "node ≥ 22, npm install ai");
  g_string_append (code, "import { existsSync } from 'node:fs'\n"
                         "import { readFile, writeFile } from 'node:fs/promises'\n"
                         "import { experimental_generateVideo as generateVideo } from 'ai'\n");
  if (order->home != NULL)
    add_home (code, plan);
  g_string_append_c (code, '\n');
  add_picture (code, "start", order->start);
  if (order->last != NULL)
    add_picture (code, "last", order->last);
  add_make_clip (code, plan);
  for (guint i = 0; i < order->request->takes; i++)
    {
      g_autofree char *clip = inb_code_plan_dup_clip (plan, i);

      g_string_append (code, "await makeClip(");
      inb_code_text_add_quoted (code, clip);
      g_string_append (code, ")\n");
    }
}
