/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-form.h"

#include "jobs/inb-sidecar.h"

/**
 * inb_form_print:
 * @form: what the form holds; it may be incomplete
 *
 * Returns: (transfer full): it as JSON, for the store; the members of the notes beside a clip, and
 * how many takes
 */
char *
inb_form_print (const InbRequest *form)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  inb_sidecar_add_request (builder, form);
  inb_json_add_int (builder, "takes", form->takes);
  json_builder_end_object (builder);
  return inb_json_builder_print (builder, FALSE);
}

static void
read_text (JsonObject *object, const char *name, char **text)
{
  const char *value = inb_json_get_string (object, name);

  if (value == NULL)
    return;
  g_free (*text);
  *text = g_strdup (value);
}

static void
read_framing (JsonObject *object, InbFraming *framing)
{
  const char *ratio = inb_json_get_string (object, "framing");
  const char *fit = inb_json_get_string (object, "fit");
  JsonArray *focus = inb_json_get_array (object, "focus");

  if (ratio != NULL)
    inb_ratio_from_string (ratio, &framing->ratio);
  if (fit != NULL)
    inb_fit_from_string (fit, &framing->fit);
  if (focus == NULL || json_array_get_length (focus) != 2)
    return;
  framing->focus_x = CLAMP (json_array_get_double_element (focus, 0), 0.0, 1.0);
  framing->focus_y = CLAMP (json_array_get_double_element (focus, 1), 0.0, 1.0);
}

/**
 * inb_form_parse:
 * @text: (nullable): what inb_form_print() gave, perhaps of another version
 *
 * What is missing or not understood is as in a new form: a draft is never worth a failure.
 *
 * Returns: (transfer full) (nullable): the form; %NULL if there is none
 */
InbRequest *
inb_form_parse (const char *text)
{
  g_autoptr (JsonObject) object = text != NULL ? inb_json_parse_object (text, -1, NULL) : NULL;
  InbRequest *form;

  if (object == NULL)
    return NULL;
  form = inb_request_new ();
  read_text (object, "start_photo", &form->start);
  read_text (object, "start_name", &form->start_name);
  read_text (object, "last_photo", &form->last);
  read_text (object, "last_name", &form->last_name);
  read_text (object, "matte", &form->matte);
  read_text (object, "prompt", &form->prompt);
  read_text (object, "negative", &form->negative);
  read_text (object, "resolution", &form->resolution);
  read_text (object, "provider", &form->provider);
  read_text (object, "model", &form->model);
  form->guidance = inb_json_get_double (object, "guidance", -1.0);
  if (form->guidance > 1.0 || form->guidance < 0.0)
    form->guidance = -1.0;
  form->duration_s = inb_json_get_int (object, "duration_s", 5) == 10 ? 10 : 5;
  form->takes = (guint) CLAMP (inb_json_get_int (object, "takes", 1), 1, INB_MAX_TAKES);
  form->seed = (guint32) inb_json_get_int (object, "seed", 0);
  read_framing (object, &form->framing);
  return form;
}
