/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/inb-request.h"

#include <glib/gi18n.h>

#include "core/inb-error.h"

/**
 * inb_request_new:
 *
 * Returns: (transfer full): a request with the defaults of the command line: original framing by
 * crop, 5 s, one take, no guidance, the local engine; without a photo and a prompt it is not valid
 * yet
 */
InbRequest *
inb_request_new (void)
{
  InbRequest *self = g_new0 (InbRequest, 1);

  self->guidance = -1.0;
  self->duration_s = 5;
  self->framing = (InbFraming) INB_FRAMING_DEFAULT;
  self->takes = 1;
  self->provider = g_strdup ("local");
  return self;
}

/**
 * inb_request_copy:
 * @self: a request
 *
 * Returns: (transfer full): the same again
 */
InbRequest *
inb_request_copy (const InbRequest *self)
{
  InbRequest *copy = g_memdup2 (self, sizeof *self);

  copy->start = g_strdup (self->start);
  copy->start_name = g_strdup (self->start_name);
  copy->last = g_strdup (self->last);
  copy->last_name = g_strdup (self->last_name);
  copy->matte = g_strdup (self->matte);
  copy->prompt = g_strdup (self->prompt);
  copy->negative = g_strdup (self->negative);
  copy->resolution = g_strdup (self->resolution);
  copy->provider = g_strdup (self->provider);
  copy->route = g_strdup (self->route);
  copy->model = g_strdup (self->model);
  return copy;
}

/**
 * inb_request_free:
 * @self: (transfer full): a request
 */
void
inb_request_free (InbRequest *self)
{
  g_free (self->start);
  g_free (self->start_name);
  g_free (self->last);
  g_free (self->last_name);
  g_free (self->matte);
  g_free (self->prompt);
  g_free (self->negative);
  g_free (self->resolution);
  g_free (self->provider);
  g_free (self->route);
  g_free (self->model);
  g_free (self);
}

static gboolean
refuse_bytes (gboolean negative, GError **error)
{
  g_set_error_literal (
      error, INB_ERROR, INB_ERROR_BAD_INPUT,
      negative ? _ ("The negative prompt is not valid UTF-8 text. Type it again, or convert the "
                    "file it comes from.")
               : _ ("The prompt is not valid UTF-8 text. Type it again, or convert the file it "
                    "comes from."));
  return FALSE;
}

static gboolean
refuse_length (gboolean negative, glong n_chars, GError **error)
{
  g_set_error (error, INB_ERROR, INB_ERROR_BAD_INPUT,
               negative ? _ ("The negative prompt has %ld characters; at most %d are possible. "
                             "Shorten it.")
                        : _ ("The prompt has %ld characters; at most %d are possible. Shorten it."),
               n_chars, INB_MAX_PROMPT_CHARS);
  return FALSE;
}

static gboolean
validate_text (const char *text, gboolean negative, GError **error)
{
  if (!g_utf8_validate (text, -1, NULL))
    return refuse_bytes (negative, error);
  if (g_utf8_strlen (text, -1) > INB_MAX_PROMPT_CHARS)
    return refuse_length (negative, g_utf8_strlen (text, -1), error);
  return TRUE;
}

static gboolean
is_blank (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (!g_unichar_isspace (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

/**
 * inb_request_validate:
 * @self: a request
 * @error: %INB_ERROR_BAD_INPUT, in words that name what is wrong and what is possible
 *
 * Checks what holds for every provider. What only some can do (a last frame, guidance) is their
 * provider file's to say.
 *
 * Returns: %TRUE if it can be asked for
 */
gboolean
inb_request_validate (const InbRequest *self, GError **error)
{
  if (self->start == NULL)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_BAD_INPUT,
                           _ ("There is no start photo. Choose one first."));
      return FALSE;
    }
  if (self->prompt == NULL || (g_utf8_validate (self->prompt, -1, NULL) && is_blank (self->prompt)))
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_BAD_INPUT,
                           _ ("The prompt is empty. Say in a few words how it should move, for "
                              "example “slow push in”."));
      return FALSE;
    }
  if (!validate_text (self->prompt, FALSE, error))
    return FALSE;
  if (self->negative != NULL && !validate_text (self->negative, TRUE, error))
    return FALSE;
  if (self->duration_s != 5 && self->duration_s != 10)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_BAD_INPUT,
                   _ ("A clip lasts 5 or 10 seconds, not %u. Choose one of the two."),
                   self->duration_s);
      return FALSE;
    }
  if (self->takes < 1 || self->takes > INB_MAX_TAKES)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_BAD_INPUT,
                   _ ("Takes can be 1 to %d, not %u. Choose a number in between."), INB_MAX_TAKES,
                   self->takes);
      return FALSE;
    }
  if (self->guidance > 1.0 || (self->guidance < 0.0 && self->guidance != -1.0))
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_BAD_INPUT,
                           _ ("Guidance is a number from 0 to 1. Choose one in between."));
      return FALSE;
    }
  return TRUE;
}

/**
 * inb_request_dup_route:
 * @self: a request
 *
 * Returns: (transfer full): ids of its provider and of those to try after it, in order
 */
GStrv
inb_request_dup_route (const InbRequest *self)
{
  g_autofree char *list = self->route != NULL ? g_strconcat (self->provider, ",", self->route, NULL)
                                              : g_strdup (self->provider);

  return g_strsplit (list, ",", -1);
}

/**
 * inb_request_fit_name:
 * @name: a name that a person or a file gave
 *
 * Returns: (transfer full): valid UTF-8; what goes beyond 255 bytes is cut off
 */
char *
inb_request_fit_name (const char *name)
{
  char *fitting = g_utf8_make_valid (name, -1);

  if (strlen (fitting) > INB_MAX_NAME_BYTES)
    *g_utf8_find_prev_char (fitting, fitting + INB_MAX_NAME_BYTES) = '\0';
  return fitting;
}

/**
 * inb_request_dup_product_name:
 * @file_name: (nullable): name of the first photo's file, without its folder
 *
 * Returns: (transfer full): what the product is called until the person says otherwise: the name
 * without its ending, valid UTF-8, at most 255 bytes
 */
char *
inb_request_dup_product_name (const char *file_name)
{
  g_autofree char *name = g_utf8_make_valid (file_name != NULL ? file_name : "", -1);
  char *dot = strrchr (name, '.');

  if (dot != NULL && dot != name)
    *dot = '\0';
  g_strstrip (name);
  if (*name == '\0')
    return g_strdup (_ ("Untitled product"));
  return inb_request_fit_name (name);
}
