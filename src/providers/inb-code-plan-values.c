/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "providers/inb-code-plan.h"

/* What the languages ask a plan. */

#define MARK_DIGITS 2

static void
piece_free (InbCodePiece *self)
{
  g_free (self->text);
  g_free (self);
}

static void
add_piece (GPtrArray *pieces, const char *text, gsize length, gboolean variable)
{
  InbCodePiece *piece;

  if (length == 0)
    return;
  piece = g_new0 (InbCodePiece, 1);
  piece->text = g_strndup (text, length);
  piece->variable = variable;
  g_ptr_array_add (pieces, piece);
}

/**
 * inb_code_plan_split:
 * @self: a plan
 * @text: of one of its calls
 *
 * Returns: (transfer full) (element-type InbCodePiece): what the text is put together of; no piece
 * is empty
 */
GPtrArray *
inb_code_plan_split (const InbCodePlan *self, const char *text)
{
  GPtrArray *pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) piece_free);
  g_autofree char *size = g_strdup_printf ("%" G_GINT64_FORMAT, self->size_mark);
  gsize length = strlen (self->nonce);

  while (*text != '\0')
    {
      const char *mark = strstr (text, self->nonce);
      const char *number = strstr (text, size);
      gboolean is_size = number != NULL && (mark == NULL || number < mark);
      const char *at = is_size ? number : mark != NULL ? mark : text + strlen (text);

      add_piece (pieces, text, (gsize) (at - text), FALSE);
      text = at;
      if (is_size)
        {
          add_piece (pieces, "upload.size", strlen ("upload.size"), TRUE);
          text += strlen (size);
        }
      else if (mark != NULL)
        {
          guint index = (guint) g_ascii_strtoull (mark + length + 1, NULL, 10);
          const char *name = g_ptr_array_index (self->names, index);

          add_piece (pieces, name, strlen (name), TRUE);
          text += length + 1 + MARK_DIGITS;
        }
    }
  return pieces;
}

static gboolean
call_has (const InbCodeCall *call, const char *mark)
{
  g_autofree char *body = NULL;

  if (call == NULL)
    return FALSE;
  body = call->body != NULL ? json_to_string (call->body, FALSE) : NULL;
  for (guint i = 0; i < call->headers->len; i++)
    if (strstr (((const InbHeader *) g_ptr_array_index (call->headers, i))->value, mark) != NULL)
      return TRUE;
  return strstr (call->url, mark) != NULL || (body != NULL && strstr (body, mark) != NULL);
}

/**
 * inb_code_plan_uses:
 * @self: a plan
 * @name: of a value, such as "job"
 *
 * Returns: whether one of its calls has it
 */
gboolean
inb_code_plan_uses (const InbCodePlan *self, const char *name)
{
  g_autofree char *mark = NULL;

  for (guint i = 0; i < self->names->len; i++)
    if (strcmp (g_ptr_array_index (self->names, i), name) == 0)
      mark = g_strdup_printf ("%s-%02u", self->nonce, i);
  return mark != NULL && (call_has (self->submit, mark) || call_has (self->poll, mark) ||
                          call_has (self->second, mark) || call_has (self->ticket, mark));
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * inb_code_plan_list_kept:
 * @self: a plan
 *
 * Returns: (transfer container) (element-type utf8): names of what is kept of the submit's answer
 * and needed later, sorted
 */
GPtrArray *
inb_code_plan_list_kept (const InbCodePlan *self)
{
  GPtrArray *names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name;

  if (self->service->keep == NULL)
    return names;
  g_hash_table_iter_init (&iter, self->service->keep);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      g_autofree char *full = g_strconcat ("kept.", name, NULL);

      if (inb_code_plan_uses (self, full))
        g_ptr_array_add (names, name);
    }
  g_ptr_array_sort (names, compare_names);
  return names;
}

/**
 * inb_code_plan_get_variable:
 * @self: a plan
 * @credential: one of the keys that it reads
 *
 * Returns: (transfer none): name of the environment variable
 */
const char *
inb_code_plan_get_variable (const InbCodePlan *self, const char *credential)
{
  for (guint i = 0; i < self->keys->len; i++)
    {
      const InbCodeKey *key = g_ptr_array_index (self->keys, i);

      if (strcmp (key->credential, credential) == 0)
        return key->variable;
    }
  g_return_val_if_reached ("");
}

/**
 * inb_code_plan_dup_clip:
 * @self: a plan
 * @take: from 0
 *
 * Returns: (transfer full): the file its clip goes to
 */
char *
inb_code_plan_dup_clip (const InbCodePlan *self, guint take)
{
  const char *dot = strrchr (self->clip, '.');
  const char *slash = strrchr (self->clip, '/');
  gsize length = dot != NULL && (slash == NULL || slash < dot) ? (gsize) (dot - self->clip)
                                                               : strlen (self->clip);

  if (self->order->request->takes < 2)
    return g_strdup (self->clip);
  return g_strdup_printf ("%.*s-%u%s", (int) length, self->clip, take + 1, self->clip + length);
}

/**
 * inb_code_plan_needs_job:
 * @self: a plan
 *
 * Returns: whether the program makes an id of its own for each clip
 */
gboolean
inb_code_plan_needs_job (const InbCodePlan *self)
{
  return inb_code_plan_uses (self, "job") || inb_code_plan_uses (self, "uuid") ||
         inb_code_plan_uses (self, "idempotency_key");
}

/**
 * inb_code_plan_signs:
 * @self: a plan
 *
 * Returns: whether the program makes tokens out of two keys
 */
gboolean
inb_code_plan_signs (const InbCodePlan *self)
{
  return self->sign_in != NULL && self->sign_in->kind == INB_SIGN_IN_KLING_JWT;
}

/**
 * inb_code_plan_takes_address:
 * @self: a plan
 * @photo: one of its photos
 *
 * Returns: whether the service fetches it from where it is
 */
gboolean
inb_code_plan_takes_address (const InbCodePlan *self, const InbCodePhoto *photo)
{
  return photo->url != NULL && (self->service->accepts_url || self->service->send == INB_IMAGE_URL);
}

/**
 * inb_code_plan_get_file_name:
 * @photo: a photo
 *
 * Returns: (transfer none): what a service is told that its file is called
 */
const char *
inb_code_plan_get_file_name (const InbCodePhoto *photo)
{
  return g_str_has_suffix (photo->media, "/png")    ? "frame.png"
         : g_str_has_suffix (photo->media, "/webp") ? "frame.webp"
                                                    : "frame.jpg";
}
