/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inb-cli-render.h"

#include <glib/gi18n.h>

static void
add_understood (JsonBuilder *builder, const InbPrompt *prompt)
{
  json_builder_set_member_name (builder, "understood");
  json_builder_begin_array (builder);
  for (guint i = 0; i < prompt->understood->len; i++)
    {
      const InbUnderstood *understood = g_ptr_array_index (prompt->understood, i);

      json_builder_begin_object (builder);
      inb_json_add_string (builder, "words", understood->words);
      inb_json_add_string (builder, inb_move_is_effect (understood->move) ? "effect" : "move",
                           inb_move_to_string (understood->move));
      inb_json_add_double (builder, "amount", understood->amount);
      if (prompt->n_steps > 1 && inb_move_is_kept (understood->move))
        inb_json_add_int (builder, "step", understood->step + 1);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "ignored");
  json_builder_begin_array (builder);
  for (guint i = 0; prompt->ignored[i] != NULL; i++)
    json_builder_add_string_value (builder, prompt->ignored[i]);
  json_builder_end_array (builder);
}

static void
add_null (JsonBuilder *builder, const char *name)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_null_value (builder);
}

static const char *
origin_to_string (InbMatteOrigin origin)
{
  static const char *const names[] = { "none", "file", "alpha", "automatic" };

  return names[origin];
}

static gboolean
is_layered (const InbEngine *engine)
{
  const InbTransition *transition = inb_engine_get_transition (engine);

  return transition != NULL && transition->kind == INB_TRANSITION_LAYERED;
}

/* What is not known is null: nothing was looked for, or nothing was measured. */
static void
add_matte (JsonBuilder *builder, const InbEngine *engine)
{
  const InbMatte *matte = inb_engine_get_matte (engine);
  gboolean looked = matte != NULL && matte->origin != INB_MATTE_NONE;
  const char *reason =
      is_layered (engine) ? "" : _ ("Between two photos each is moved as one flat picture.");

  if (matte != NULL)
    reason = matte->reason != NULL ? matte->reason : "";
  json_builder_set_member_name (builder, "matte");
  json_builder_begin_object (builder);
  inb_json_add_string (builder, "origin",
                       origin_to_string (looked ? matte->origin : INB_MATTE_NONE));
  if (looked)
    inb_json_add_double (builder, "area", matte->area);
  else
    add_null (builder, "area");
  if (looked && matte->inliers >= 0.0)
    inb_json_add_double (builder, "inliers", matte->inliers);
  else
    add_null (builder, "inliers");
  inb_json_add_boolean (builder, "accepted", looked && matte->accepted);
  inb_json_add_string (builder, "reason", reason);
  json_builder_end_object (builder);
}

static void
add_notes (JsonBuilder *builder, const InbEngine *engine, gboolean alpha)
{
  json_builder_set_member_name (builder, "notes");
  json_builder_begin_array (builder);
  if (inb_engine_get_prompt (engine)->is_default)
    json_builder_add_string_value (
        builder, inb_prompt_get_amount (inb_engine_get_prompt (engine), INB_MOVE_PUSH) > 0.0
                     ? _ ("No word of the prompt names a move: a gentle push was taken.")
                     : _ ("No word of the prompt names a move, and a push was not wanted: the "
                          "camera stands still."));
  if (alpha)
    json_builder_add_string_value (builder,
                                   _ ("Transparent parts of the photo are shown on white."));
  if (inb_engine_get_n_layers (engine) == 1 &&
      inb_prompt_get_amount (inb_engine_get_prompt (engine), INB_MOVE_BACKGROUND_BLUR) > 0.0)
    json_builder_add_string_value (builder,
                                   _ ("The background cannot be told from the product: it is not "
                                      "blurred."));
  if (inb_engine_get_transition (engine) != NULL)
    json_builder_add_string_value (builder,
                                   inb_transition_get_reason (inb_engine_get_transition (engine)));
  json_builder_end_array (builder);
}

static void
add_transition (JsonBuilder *builder, const InbTransition *transition)
{
  if (transition == NULL)
    {
      add_null (builder, "transition");
      add_null (builder, "consistency");
      return;
    }
  inb_json_add_string (builder, "transition", inb_transition_kind_to_string (transition->kind));
  inb_json_add_double (builder, "consistency", transition->agreement.score);
  inb_json_add_double (builder, "photometric", transition->agreement.photometric);
  inb_json_add_double (builder, "displacement", transition->agreement.displacement);
  inb_json_add_double (builder, "folded", transition->agreement.folded);
  inb_json_add_double (builder, "torn", transition->agreement.torn);
  inb_json_add_double (builder, "lost", transition->agreement.lost);
}

static void
add_explanation (JsonBuilder *builder, const InbEngine *engine, gboolean alpha)
{
  add_understood (builder, inb_engine_get_prompt (engine));
  inb_json_add_string (builder, "ease", inb_ease_to_string (inb_engine_get_ease (engine)));
  inb_json_add_int (builder, "layers", is_layered (engine) ? 2 : inb_engine_get_n_layers (engine));
  add_matte (builder, engine);
  add_transition (builder, inb_engine_get_transition (engine));
  inb_json_add_double (builder, "crop", inb_engine_get_crop (engine));
  inb_json_add_boolean (builder, "default", inb_engine_get_prompt (engine)->is_default);
  add_notes (builder, engine, alpha);
}

/**
 * inb_cli_render_print_explanation:
 * @engine: what was asked for
 * @alpha: whether a photo has transparent parts
 *
 * Prints the document of --explain.
 */
void
inb_cli_render_print_explanation (const InbEngine *engine, gboolean alpha)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_explanation (builder, engine, alpha);
  json_builder_end_object (builder);
  inb_cli_print_json (builder);
}

static void
print_json (const InbEngine *engine, const InbCliRenderResult *result, gboolean alpha)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  inb_json_add_string (builder, "path", result->path);
  inb_json_add_string (builder, "container", result->container);
  inb_json_add_string (builder, "encoder", result->encoder);
  inb_json_add_int (builder, "width", result->width);
  inb_json_add_int (builder, "height", result->height);
  inb_json_add_int (builder, "fps", result->fps);
  inb_json_add_int (builder, "frames", result->n_frames);
  inb_json_add_double (builder, "duration_s", (double) result->n_frames / result->fps);
  inb_json_add_int (builder, "bytes", result->bytes);
  add_explanation (builder, engine, alpha);
  json_builder_end_object (builder);
  inb_cli_print_json (builder);
}

/**
 * inb_cli_render_dup_words:
 * @prompt: a prompt that was read
 *
 * Returns: (transfer full): lines for a person, indented: which words name which move, and which
 * name none
 */
char *
inb_cli_render_dup_words (const InbPrompt *prompt)
{
  GString *text = g_string_new (NULL);
  g_autofree char *ignored = g_strjoinv (", ", prompt->ignored);

  for (guint i = 0; i < prompt->understood->len; i++)
    {
      const InbUnderstood *understood = g_ptr_array_index (prompt->understood, i);

      /* Translators: words of the prompt, and the camera move they name. */
      g_string_append_printf (text, _ ("  “%s”: %s\n"),
                              *understood->words != '\0' ? understood->words : _ ("no move named"),
                              inb_move_to_string (understood->move));
    }
  if (*ignored != '\0')
    g_string_append_printf (text, _ ("  ignored: %s\n"), ignored);
  return g_string_free (text, FALSE);
}

/**
 * inb_cli_render_print_result:
 * @engine: what was rendered
 * @result: the clip
 * @alpha: whether a photo has transparent parts
 * @json: whether one JSON document is wanted
 *
 * On standard error where the clip itself goes to standard output.
 */
void
inb_cli_render_print_result (const InbEngine *engine, const InbCliRenderResult *result,
                             gboolean alpha, gboolean json)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *name = g_filename_display_name (result->path);
  g_autofree char *words = inb_cli_render_dup_words (inb_engine_get_prompt (engine));

  if (json)
    {
      print_json (engine, result, alpha);
      return;
    }
  /* Translators: a file, width, height, number of frames, frames a second, the encoder's name. */
  g_string_append_printf (text, _ ("%s: %u×%u, %u frames, %u a second, by %s\n"), name,
                          result->width, result->height, result->n_frames, result->fps,
                          result->encoder);
  g_string_append (text, words);
  if (g_str_equal (result->path, "-"))
    g_printerr ("%s", text->str);
  else
    g_print ("%s", text->str);
}

static void
add_pair (JsonBuilder *builder, const char *name, guint first, guint second)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  json_builder_add_int_value (builder, first);
  json_builder_add_int_value (builder, second);
  json_builder_end_array (builder);
}

/**
 * inb_cli_render_make_path:
 * @engine: what was asked for
 * @request: the same
 *
 * Returns: (transfer full): the document of --path
 */
GBytes *
inb_cli_render_make_path (const InbEngine *engine, const InbEngineRequest *request)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  add_pair (builder, "photo", request->photo_width[0], request->photo_height[0]);
  add_pair (builder, "size", request->width, request->height);
  json_builder_set_member_name (builder, "frames");
  json_builder_begin_array (builder);
  for (guint frame = 0; frame < request->n_frames; frame++)
    {
      double matrix[9];

      inb_engine_get_matrix (engine, frame, matrix);
      json_builder_begin_array (builder);
      for (guint i = 0; i < 9; i++)
        json_builder_add_double_value (builder, matrix[i]);
      json_builder_end_array (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  text = inb_json_builder_print (builder, FALSE);
  return g_bytes_new (text, strlen (text));
}
