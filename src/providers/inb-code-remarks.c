/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "core/inb-money.h"
#include "providers/inb-code-languages.h"
#include "providers/inb-code-text.h"

/* What stands above a program: what it does, what it costs, what it needs, and what of it this
 * program would do otherwise. */

typedef struct
{
  GString *code;
  const char *mark;
} Remarks;

static void add (Remarks *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Each remark is one line of its own, whatever is in it. */
static void
add (Remarks *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  g_autofree char *clean = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  clean = inb_code_text_dup_comment (text);
  g_string_append_printf (self->code, "%s%s\n", self->mark, clean);
}

static void
add_cost (Remarks *self, const InbCodePlan *plan)
{
  const InbRequest *request = plan->order->request;
  gint64 micros = inb_model_get_price (plan->model, request->duration_s);
  g_autofree char *price = inb_money_format (micros);

  if (micros < 0)
    add (self,
         ngettext ("Each run makes %u paid task. What it costs is not published.",
                   "Each run makes %u paid tasks. What they cost is not published.",
                   request->takes),
         request->takes);
  else
    add (self,
         /* Translators: a number of tasks, dollars, who says so. */
         ngettext ("Each run makes %u paid task: %s (%s).",
                   "Each run makes %u paid tasks, %s each (%s).", request->takes),
         request->takes, price, plan->model->price_source != NULL ? plan->model->price_source : "");
}

static void
add_photo (Remarks *self, const InbCodePlan *plan)
{
  const InbCodeOrder *order = plan->order;
  g_autofree char *command = inb_code_dup_frame_command (order);

  if (plan->service->send == INB_IMAGE_URL)
    add (self,
         _ ("The service fetches the photo from a public https address: put it there, and the "
            "address into the variable PHOTO_URL."));
  else if (order->start->url != NULL && plan->service->accepts_url)
    add (self, _ ("The service fetches the photo from its address itself, as it is there."));
  else if (order->start->prepared)
    add (self,
         _ ("The photo is a frame that Inbetween has made: upright, framed (%s), without "
            "metadata, as it is sent by Inbetween itself."),
         inb_ratio_to_string (order->request->framing.ratio));
  else
    {
      add (self, _ ("The photo is sent as it is. Inbetween itself sends a frame of it: upright, in "
                    "sRGB, framed, without metadata. To send the same, name the file of:"));
      add (self, "  %s", command);
    }
}

static void
add_keys (Remarks *self, const InbCodePlan *plan)
{
  for (guint i = 0; i < plan->keys->len; i++)
    {
      const InbCodeKey *key = g_ptr_array_index (plan->keys, i);

      if (plan->provider->keys_page != NULL)
        /* Translators: an environment variable, an address. */
        add (self, _ ("The key is read from the variable %s; keys are made at %s"), key->variable,
             plan->provider->keys_page);
      else
        /* Translators: an environment variable. */
        add (self, _ ("The key is read from the variable %s."), key->variable);
    }
}

/**
 * inb_code_add_remarks:
 * @code: gets them
 * @plan: what the program does
 * @mark: begins a comment
 * @needs: what has to be installed
 */
void
inb_code_add_remarks (GString *code, const InbCodePlan *plan, const char *mark, const char *needs)
{
  const InbRequest *request = plan->order->request;
  Remarks self = { code, mark };

  /* Translators: a service, a model, seconds, names of programs. */
  add (&self, _ ("%s, %s, %u s. Needs %s."), plan->provider->name, plan->model->name,
       request->duration_s, needs);
  add_cost (&self, plan);
  add_photo (&self, plan);
  add_keys (&self, plan);
  if (request->route != NULL)
    add (&self,
         _ ("Where this service accepts nothing, Inbetween tries %s next; this program does "
            "not."),
         request->route);
  g_string_append_c (code, '\n');
}
