/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-fix.h"

#include <string.h>

/* A text is cut between two words if the last one is not longer than this: 1% of a prompt. */
#define LONGEST_WORD 25

static char *
shorten (const char *text, guint max_chars)
{
  g_autofree char *cut = NULL;
  char *space;

  if (text == NULL || g_utf8_strlen (text, -1) <= (glong) max_chars)
    return g_strdup (text);
  cut = g_utf8_substring (text, 0, max_chars);
  space = strrchr (cut, ' ');
  if (space != NULL && space != cut && strlen (space) <= LONGEST_WORD)
    *space = '\0';
  return g_steal_pointer (&cut);
}

static void
replace (char **text, char *with)
{
  g_free (*text);
  *text = with;
}

/**
 * inb_fix_apply:
 * @self: a fix
 * @request: what is changed
 *
 * Returns: %FALSE if it is not the request that has to change; it is as it was then
 */
gboolean
inb_fix_apply (const InbFix *self, InbRequest *request)
{
  switch (self->kind)
    {
    case INB_FIX_FRAMING:
      request->framing.ratio = self->framing.ratio;
      request->framing.fit = self->framing.fit;
      return TRUE;
    case INB_FIX_SHORTEN_PROMPT:
      replace (&request->prompt, shorten (request->prompt, self->number));
      return TRUE;
    case INB_FIX_SHORTEN_NEGATIVE:
      replace (&request->negative, shorten (request->negative, self->number));
      return TRUE;
    case INB_FIX_CLEAR_NEGATIVE:
      replace (&request->negative, NULL);
      return TRUE;
    case INB_FIX_RESET_GUIDANCE:
      request->guidance = -1.0;
      return TRUE;
    case INB_FIX_CLEAR_RESOLUTION:
      replace (&request->resolution, NULL);
      return TRUE;
    case INB_FIX_DURATION:
      request->duration_s = self->number;
      return TRUE;
    case INB_FIX_TAKES:
      request->takes = self->number;
      return TRUE;
    case INB_FIX_REMOVE_LAST:
      replace (&request->last, NULL);
      replace (&request->last_name, NULL);
      return TRUE;
    case INB_FIX_PROVIDER:
      replace (&request->provider, g_strdup (self->provider));
      replace (&request->model, g_strdup (self->model));
      return TRUE;
    case INB_FIX_NONE:
    case INB_FIX_CHOOSE_START:
    case INB_FIX_CHOOSE_LAST:
    case INB_FIX_ADD_KEY:
    case INB_FIX_UNLOCK:
    case INB_FIX_RAISE_CAP:
    case INB_FIX_MAKE_ROOM:
    default:
      return FALSE;
    }
}

/**
 * inb_fix_clear:
 * @self: a fix; becomes none
 */
void
inb_fix_clear (InbFix *self)
{
  g_free (self->label);
  g_free (self->provider);
  g_free (self->model);
  *self = (InbFix){ 0 };
}
