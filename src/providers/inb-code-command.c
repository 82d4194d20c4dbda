/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "providers/inb-code-languages.h"
#include "providers/inb-code-text.h"

/* The same order for our own command line. */

static void
add_option (GString *code, const char *name, const char *value)
{
  if (value == NULL)
    return;
  g_string_append_printf (code, " \\\n  --%s ", name);
  inb_code_text_add_shell (code, value);
}

static void
add_number (GString *code, const char *name, double value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  add_option (code, name, g_ascii_formatd (number, sizeof number, "%g", value));
}

static void
add_framing (GString *code, const InbFraming *framing)
{
  g_autofree char *focus = inb_focus_to_string (framing->focus_x, framing->focus_y);

  if (framing->ratio != INB_RATIO_ORIGINAL)
    add_option (code, "framing", inb_ratio_to_string (framing->ratio));
  if (framing->fit != INB_FIT_CROP)
    add_option (code, "fit", inb_fit_to_string (framing->fit));
  if (focus != NULL)
    add_option (code, "focus", focus);
}

/**
 * inb_code_write_command:
 * @order: what is asked for; its photos are files as they came, not prepared frames
 *
 * Returns: (transfer full): "inbetween-cli generate …", for a POSIX shell
 */
char *
inb_code_write_command (const InbCodeOrder *order)
{
  const InbRequest *request = order->request;
  g_autoptr (GString) code = g_string_new ("inbetween-cli generate ");
  g_autofree char *route = request->route != NULL
                               ? g_strjoin (",", request->provider, request->route, NULL)
                               : g_strdup (request->provider);

  inb_code_text_add_file (code, order->start->file);
  if (order->last != NULL)
    {
      g_string_append (code, " --last ");
      inb_code_text_add_file (code, order->last->file);
    }
  if (order->matte != NULL)
    {
      g_string_append (code, " --matte ");
      inb_code_text_add_file (code, order->matte);
    }
  add_option (code, "prompt", request->prompt);
  add_option (code, "negative", request->negative);
  if (request->guidance >= 0.0)
    add_number (code, "guidance", request->guidance);
  add_number (code, "duration", request->duration_s);
  add_framing (code, &request->framing);
  add_option (code, "resolution", request->resolution);
  if (request->takes > 1)
    add_number (code, "takes", request->takes);
  add_option (code, "provider", route);
  add_option (code, "model", request->model);
  if (g_str_equal (request->provider, "local") && request->seed != 0)
    add_number (code, "seed", request->seed);
  add_option (code, "product", order->product);
  if (order->clip != NULL)
    {
      g_string_append (code, " \\\n  --output ");
      inb_code_text_add_file (code, order->clip);
    }
  g_string_append_c (code, '\n');
  return g_strdup (code->str);
}

/**
 * inb_code_dup_frame_command:
 * @order: what is asked for
 *
 * Returns: (transfer full): the command that makes the start frame as this program would send it,
 * in one line
 */
char *
inb_code_dup_frame_command (const InbCodeOrder *order)
{
  g_autoptr (GString) code = g_string_new ("inbetween-cli photo ");
  g_auto (GStrv) lines = NULL;

  inb_code_text_add_file (code, order->start->file);
  add_framing (code, &order->request->framing);
  add_option (code, "limits", order->request->provider);
  add_option (code, "output", "frame.png");
  lines = g_strsplit (code->str, " \\\n ", -1);
  return g_strjoinv ("", lines);
}
