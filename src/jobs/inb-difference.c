/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/inb-difference.h"

#include <glib/gi18n.h>

#include "jobs/inb-difference-text.h"
#include "providers/inb-catalogue.h"

static void
tell (GPtrArray *list, char *sentence)
{
  if (sentence != NULL)
    g_ptr_array_add (list, sentence);
}

static gboolean
is_set (const char *text)
{
  return text != NULL && *text != '\0';
}

/* Photos are the same where their bytes are; a name is for people. */
static char *
tell_photo (gboolean last, const char *before, const char *before_name, const char *after,
            const char *after_name)
{
  const char *old = before_name != NULL ? before_name : before;
  const char *new = after_name != NULL ? after_name : after;

  if (g_strcmp0 (before, after) == 0)
    return NULL;
  if (before == NULL)
    return g_strdup_printf (_ ("Last frame \u2068%s\u2069 added"), new);
  if (after == NULL)
    return g_strdup (_ ("Last frame removed"));
  if (g_strcmp0 (old, new) == 0)
    return g_strdup_printf (last ? _ ("Last frame \u2068%s\u2069 is another picture")
                                 : _ ("Start frame \u2068%s\u2069 is another picture"),
                            new);
  return g_strdup_printf (last ? _ ("Last frame \u2068%2$s\u2069 instead of \u2068%1$s\u2069")
                               : _ ("Start frame \u2068%2$s\u2069 instead of \u2068%1$s\u2069"),
                          old, new);
}

static char *
tell_prompt (const char *before, const char *after)
{
  g_autofree char *change = inb_difference_of_texts (before, after);

  /* Translators: %s tells what changed in it: “‘slow’ became ‘fast’” */
  return change != NULL ? g_strdup_printf (_ ("Prompt: %s"), change) : NULL;
}

static char *
tell_matte (const char *before, const char *after)
{
  if (g_strcmp0 (before, after) == 0)
    return NULL;
  return g_strdup (after == NULL    ? _ ("product found, not marked")
                   : before == NULL ? _ ("product marked by hand")
                                    : _ ("product marked anew"));
}

static char *
tell_negative (const char *before, const char *after)
{
  g_autofree char *change = NULL;

  if (!is_set (before) && !is_set (after))
    return NULL;
  if (!is_set (before))
    return g_strdup_printf (_ ("Negative prompt: ‘%s’ added"), after);
  if (!is_set (after))
    return g_strdup (_ ("Negative prompt removed"));
  change = inb_difference_of_texts (before, after);
  /* Translators: %s tells what changed in it: “‘slow’ became ‘fast’” */
  return change != NULL ? g_strdup_printf (_ ("Negative prompt: %s"), change) : NULL;
}

static char *
tell_guidance (double before, double after)
{
  if (G_APPROX_VALUE (before, after, 0.0005))
    return NULL;
  if (after < 0.0)
    return g_strdup (_ ("Guidance left to the provider"));
  if (before < 0.0)
    return g_strdup_printf (_ ("Guidance %.2f"), after);
  return g_strdup_printf (_ ("Guidance %.2f instead of %.2f"), after, before);
}

static char *
tell_duration (guint before, guint after)
{
  if (before == after)
    return NULL;
  return g_strdup_printf (_ ("%u s instead of %u s"), after, before);
}

static const char *
get_ratio_words (InbRatio ratio)
{
  return ratio == INB_RATIO_ORIGINAL ? _ ("the photo’s own shape") : inb_ratio_to_string (ratio);
}

static char *
tell_ratio (const InbFraming *before, const InbFraming *after)
{
  if (before->ratio == after->ratio)
    return NULL;
  /* Translators: shapes of a picture, such as “9:16” */
  return g_strdup_printf (_ ("%s instead of %s"), get_ratio_words (after->ratio),
                          get_ratio_words (before->ratio));
}

static char *
tell_fit (const InbFraming *before, const InbFraming *after)
{
  if (before->fit != after->fit)
    return g_strdup (after->fit == INB_FIT_CROP ? _ ("Cropped instead of extended")
                                                : _ ("Background extended instead of cropped"));
  if (!G_APPROX_VALUE (before->focus_x, after->focus_x, 0.0005) ||
      !G_APPROX_VALUE (before->focus_y, after->focus_y, 0.0005))
    return g_strdup (_ ("Focus point moved"));
  return NULL;
}

static char *
tell_resolution (const char *before, const char *after)
{
  if (g_strcmp0 (before, after) == 0)
    return NULL;
  if (after == NULL)
    return g_strdup (_ ("Resolution left to the provider"));
  if (before == NULL)
    return g_strdup_printf (_ ("Resolution %s"), after);
  return g_strdup_printf (_ ("%s instead of %s"), after, before);
}

static const char *
name_provider (const char *id)
{
  const InbProvider *provider = inb_catalogue_find (id, NULL);

  return provider != NULL ? inb_provider_get_name (provider) : id;
}

static const char *
name_model (const char *provider_id, const char *id)
{
  const InbProvider *provider = inb_catalogue_find (provider_id, NULL);
  const InbModel *model = provider != NULL ? inb_provider_get_model (provider, id, NULL) : NULL;

  return model != NULL ? inb_model_get_name (model) : id != NULL ? id : "";
}

static char *
tell_provider (const InbRequest *before, const InbRequest *after)
{
  if (g_strcmp0 (before->provider, after->provider) != 0)
    return g_strdup_printf (_ ("%s instead of %s"), name_provider (after->provider),
                            name_provider (before->provider));
  if (g_strcmp0 (name_model (before->provider, before->model),
                 name_model (after->provider, after->model)) != 0)
    return g_strdup_printf (_ ("%s instead of %s"), name_model (after->provider, after->model),
                            name_model (before->provider, before->model));
  return NULL;
}

/**
 * inb_difference_list:
 * @before: what was asked for
 * @after: what was asked for later
 *
 * What a person would have had to change in the form. The number of takes, the route and the seed
 * are not of a take.
 *
 * Returns: (transfer full) (element-type utf8): phrases without a full stop, in the order of the
 * form; empty where both ask for the same
 */
GPtrArray *
inb_difference_list (const InbRequest *before, const InbRequest *after)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);

  tell (list,
        tell_photo (FALSE, before->start, before->start_name, after->start, after->start_name));
  tell (list, tell_photo (TRUE, before->last, before->last_name, after->last, after->last_name));
  tell (list, tell_ratio (&before->framing, &after->framing));
  tell (list, tell_fit (&before->framing, &after->framing));
  tell (list, tell_matte (before->matte, after->matte));
  tell (list, tell_prompt (before->prompt, after->prompt));
  tell (list, tell_negative (before->negative, after->negative));
  tell (list, tell_guidance (before->guidance, after->guidance));
  tell (list, tell_duration (before->duration_s, after->duration_s));
  tell (list, tell_resolution (before->resolution, after->resolution));
  tell (list, tell_provider (before, after));
  return list;
}

/**
 * inb_difference_describe:
 * @before: what was asked for
 * @after: what was asked for later
 *
 * Returns: (transfer full): "Prompt: ‘slow’ became ‘fast’; 10 s instead of 5 s", or that nothing
 * but chance differs
 */
char *
inb_difference_describe (const InbRequest *before, const InbRequest *after)
{
  g_autoptr (GPtrArray) list = inb_difference_list (before, after);

  if (list->len == 0)
    return g_strdup (_ ("Asked for the same; only chance differs"));
  g_ptr_array_add (list, NULL);
  /* Translators: between two changes of the form */
  return g_strjoinv (_ ("; "), (char **) list->pdata);
}
