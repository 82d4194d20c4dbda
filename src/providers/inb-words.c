/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "providers/inb-words.h"

#include <libintl.h>
#include <locale.h>

/**
 * inb_words_begin:
 *
 * To be called first by a program: from here on it speaks the person's language. Catalogues are
 * where they were installed, or where INBETWEEN_LOCALE_DIR says, for a program that is run where it
 * was built.
 */
void
inb_words_begin (void)
{
  const char *told = g_getenv ("INBETWEEN_LOCALE_DIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, told != NULL && *told != '\0' ? told : LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

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
