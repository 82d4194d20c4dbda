/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "providers/inb-words.h"

#include <libintl.h>

/**
 * inb_words_translate:
 * @text: (nullable): what a file of data/ says to people, English
 *
 * Returns: (transfer none) (nullable): the same in the person's language, where it is known in it;
 * words of a file that a person added come back as they are
 */
const char *
inb_words_translate (const char *text)
{
  if (text == NULL || *text == '\0')
    return text; /* gettext would answer with the head of the catalogue */
  return dgettext (GETTEXT_PACKAGE, text);
}
