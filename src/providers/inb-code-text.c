/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "providers/inb-code-text.h"

#include <string.h>

/* Texts of strangers inside programs: prompts, file names, and what a person's own provider file
 * says. Each goes through one of these, so that none can end its quotes or its comment. */

/* What changes how a text looks without being seen in it: controls of direction (Unicode 15,
 * "Bidi_Control") and the line ends that only some languages know. */
static gboolean
is_hidden (gunichar letter)
{
  return letter < 0x20 || (letter >= 0x7f && letter < 0xa0) || letter == 0x61c ||
         (letter >= 0x200b && letter <= 0x200f) || (letter >= 0x2028 && letter <= 0x202e) ||
         (letter >= 0x2066 && letter <= 0x2069) || letter == 0xfeff;
}

static void
add_letter (GString *code, gunichar letter)
{
  switch (letter)
    {
    case '"':
    case '\\':
      g_string_append_c (code, '\\');
      g_string_append_unichar (code, letter);
      break;
    case '\n':
      g_string_append (code, "\\n");
      break;
    case '\r':
      g_string_append (code, "\\r");
      break;
    case '\t':
      g_string_append (code, "\\t");
      break;
    default:
      if (is_hidden (letter))
        g_string_append_printf (code, "\\u%04x", letter);
      else
        g_string_append_unichar (code, letter);
    }
}

/**
 * inb_code_text_add_quoted:
 * @code: gets it
 * @text: UTF-8
 *
 * Writes the text between double quotes, with escapes that JSON, JavaScript and Python all read
 * alike.
 */
void
inb_code_text_add_quoted (GString *code, const char *text)
{
  g_string_append_c (code, '"');
  for (; *text != '\0'; text = g_utf8_next_char (text))
    add_letter (code, g_utf8_get_char (text));
  g_string_append_c (code, '"');
}

/**
 * inb_code_text_add_shell:
 * @code: gets it
 * @text: any bytes
 *
 * Writes the text as one word of a POSIX shell, in quotes where it needs any.
 */
void
inb_code_text_add_shell (GString *code, const char *text)
{
  static const char plain[] = G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "_./:,-";
  g_autofree char *quoted = g_shell_quote (text);

  g_string_append (code, *text != '\0' && strspn (text, plain) == strlen (text) ? text : quoted);
}

/**
 * inb_code_text_add_file:
 * @code: gets it
 * @file: name of a file
 *
 * The same of a file, which no command can take for an option.
 */
void
inb_code_text_add_file (GString *code, const char *file)
{
  g_autofree char *safe = *file == '-' ? g_strconcat ("./", file, NULL) : NULL;

  inb_code_text_add_shell (code, safe != NULL ? safe : file);
}

/**
 * inb_code_text_dup_comment:
 * @text: UTF-8
 *
 * Returns: (transfer full): the same in one line, and nothing in it that is not seen
 */
char *
inb_code_text_dup_comment (const char *text)
{
  g_autoptr (GString) clean = g_string_new (NULL);

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar letter = g_utf8_get_char (text);

      g_string_append_unichar (clean, is_hidden (letter) ? ' ' : letter);
    }
  return g_strdup (clean->str);
}

/* "data.outputs[*]" → ["data", "outputs", 0]: of several clips the first is the one that was asked
 * for. */
void
inb_code_text_add_path (GString *code, const char *path)
{
  const char *gap = "";

  g_string_append_c (code, '[');
  while (*path != '\0')
    {
      gsize length = strcspn (path, path[0] == '[' ? "]" : ".[");
      g_autofree char *step = g_strndup (path, length);

      g_string_append (code, gap);
      gap = ", ";
      if (*path == '[')
        g_string_append (code, step[1] == '*' ? "0" : step + 1);
      else
        inb_code_text_add_quoted (code, step);
      path += length;
      path += strspn (path, "].");
    }
  g_string_append_c (code, ']');
}

/**
 * inb_code_text_add_paths:
 * @code: gets them
 * @paths: (array zero-terminated): of a provider file
 *
 * Writes them as arguments: lists of member names and indices, which JavaScript and Python read
 * alike.
 */
void
inb_code_text_add_paths (GString *code, const char *const *paths)
{
  for (guint i = 0; paths != NULL && paths[i] != NULL; i++)
    {
      g_string_append (code, ", ");
      inb_code_text_add_path (code, paths[i]);
    }
}

static void
add_break (GString *code, guint depth, const InbCodeSyntax *syntax)
{
  g_string_append_printf (code, "\n%*s", (int) (depth * syntax->indent), "");
}

static void
add_object (GString *code, const InbCodePlan *plan, JsonObject *object, guint depth,
            const InbCodeSyntax *syntax)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;
  const char *gap = "";

  if (json_object_get_size (object) == 0)
    {
      g_string_append (code, "{}");
      return;
    }
  g_string_append_c (code, '{');
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      g_string_append (code, gap);
      gap = ",";
      add_break (code, depth + 1, syntax);
      syntax->add_text (code, plan, name);
      g_string_append (code, ": ");
      inb_code_text_add_value (code, plan, member, depth + 1, syntax);
    }
  add_break (code, depth, syntax);
  g_string_append_c (code, '}');
}

static void
add_array (GString *code, const InbCodePlan *plan, JsonArray *array, guint depth,
           const InbCodeSyntax *syntax)
{
  g_string_append_c (code, '[');
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_string_append (code, i > 0 ? ", " : "");
      inb_code_text_add_value (code, plan, json_array_get_element (array, i), depth + 1, syntax);
    }
  g_string_append_c (code, ']');
}

static void
add_plain (GString *code, const InbCodePlan *plan, JsonNode *value, const InbCodeSyntax *syntax)
{
  GType type = json_node_get_value_type (value);
  g_autofree char *number = NULL;

  if (type == G_TYPE_STRING)
    syntax->add_text (code, plan, json_node_get_string (value));
  else if (type == G_TYPE_BOOLEAN)
    g_string_append (code, json_node_get_boolean (value) ? syntax->yes : syntax->no);
  else if ((type == G_TYPE_INT64 && json_node_get_int (value) == plan->size_mark) ||
           (type == G_TYPE_DOUBLE && (gint64) json_node_get_double (value) == plan->size_mark))
    g_string_append (code, syntax->size);
  else
    {
      number = json_to_string (value, FALSE);
      g_string_append (code, number);
    }
}

/**
 * inb_code_text_add_value:
 * @code: gets it
 * @plan: what the marks in it belong to
 * @value: a body, or a part of it
 * @depth: how far it stands to the right
 * @syntax: of the language
 *
 * Writes JSON as the language has it, on lines of its own.
 */
void
inb_code_text_add_value (GString *code, const InbCodePlan *plan, JsonNode *value, guint depth,
                         const InbCodeSyntax *syntax)
{
  if (JSON_NODE_HOLDS_OBJECT (value))
    add_object (code, plan, json_node_get_object (value), depth, syntax);
  else if (JSON_NODE_HOLDS_ARRAY (value))
    add_array (code, plan, json_node_get_array (value), depth, syntax);
  else if (JSON_NODE_HOLDS_NULL (value))
    g_string_append (code, syntax->nothing);
  else
    add_plain (code, plan, value, syntax);
}
