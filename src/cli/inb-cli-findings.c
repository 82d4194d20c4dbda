/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli/inb-cli-findings.h"

#include <glib/gi18n.h>

#include "cli/inb-cli.h"
#include "core/inb-error.h"

typedef struct
{
  char *id;
  char *name;
  InbCliFinding finding;
  char *detail;
} Row;

struct _InbCliFindings
{
  GPtrArray *rows;
};

/* as JSON writes them */
static const char *const states[] = {
  [INB_CLI_FINDING_OK] = "ok",
  [INB_CLI_FINDING_MISSING] = "missing",
  [INB_CLI_FINDING_FAILED] = "failed",
};

static void
row_free (gpointer data)
{
  Row *row = data;

  g_free (row->id);
  g_free (row->name);
  g_free (row->detail);
  g_free (row);
}

/**
 * inb_cli_findings_new:
 *
 * A table of checks, in the order in which they are added.
 *
 * Returns: (transfer full): an empty one
 */
InbCliFindings *
inb_cli_findings_new (void)
{
  InbCliFindings *self = g_new0 (InbCliFindings, 1);

  self->rows = g_ptr_array_new_with_free_func (row_free);
  return self;
}

/**
 * inb_cli_findings_free:
 * @self: (transfer full): a table
 */
void
inb_cli_findings_free (InbCliFindings *self)
{
  g_ptr_array_unref (self->rows);
  g_free (self);
}

/**
 * inb_cli_findings_add:
 * @self: a table
 * @id: names the check for programs
 * @name: names it for a person, translated
 * @finding: how it came out
 * @detail: what was found, translated, one line
 */
void
inb_cli_findings_add (InbCliFindings *self, const char *id, const char *name, InbCliFinding finding,
                      const char *detail)
{
  Row *row = g_new0 (Row, 1);

  row->id = g_strdup (id);
  row->name = g_strdup (name);
  row->finding = finding;
  row->detail = g_strdelimit (g_strdup (detail), "\n", ' ');
  g_ptr_array_add (self->rows, row);
}

/**
 * inb_cli_findings_add_error:
 * @self: a table
 * @id: names the check for programs
 * @name: names it for a person, translated
 * @needed: whether the program is of no use without: then what is not installed is a failure too
 * @error: (transfer full): why it does not work
 */
void
inb_cli_findings_add_error (InbCliFindings *self, const char *id, const char *name, gboolean needed,
                            GError *error)
{
  gboolean missing = g_error_matches (error, INB_ERROR, INB_ERROR_NO_CODEC);

  inb_cli_findings_add (self, id, name,
                        missing && !needed ? INB_CLI_FINDING_MISSING : INB_CLI_FINDING_FAILED,
                        error->message);
  g_error_free (error);
}

/**
 * inb_cli_findings_are_good:
 * @self: a table
 *
 * Returns: whether nothing failed that must work
 */
gboolean
inb_cli_findings_are_good (InbCliFindings *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (((Row *) self->rows->pdata[i])->finding == INB_CLI_FINDING_FAILED)
      return FALSE;
  return TRUE;
}

static const char *
get_word (InbCliFinding finding)
{
  switch (finding)
    {
    case INB_CLI_FINDING_OK:
      return C_ ("check", "ok");
    case INB_CLI_FINDING_MISSING:
      return C_ ("check", "missing");
    case INB_CLI_FINDING_FAILED:
      return C_ ("check", "failed");
    default:
      g_assert_not_reached ();
    }
}

/* Columns count characters as a terminal shows them, which is not what printf counts. */
static int
get_width (const char *text)
{
  int width = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      width += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
    }
  return width;
}

static void
print_row (const Row *row, int word_width, int name_width)
{
  const char *word = get_word (row->finding);

  g_print ("%s%*s  %s%*s  %s\n", word, word_width - get_width (word), "", row->name,
           name_width - get_width (row->name), "", row->detail);
}

static void
print_table (InbCliFindings *self)
{
  int word_width = 0, name_width = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = self->rows->pdata[i];

      word_width = MAX (word_width, get_width (get_word (row->finding)));
      name_width = MAX (name_width, get_width (row->name));
    }
  for (guint i = 0; i < self->rows->len; i++)
    print_row (self->rows->pdata[i], word_width, name_width);
  g_print ("\n%s\n", inb_cli_findings_are_good (self)
                         ? _ ("What must work does.")
                         : _ ("Not all that must work does: see the lines with “failed”."));
}

static void
print_json (InbCliFindings *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  inb_json_add_string (builder, "version", PACKAGE_VERSION);
  inb_json_add_boolean (builder, "good", inb_cli_findings_are_good (self));
  json_builder_set_member_name (builder, "checks");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = self->rows->pdata[i];

      json_builder_begin_object (builder);
      inb_json_add_string (builder, "id", row->id);
      inb_json_add_string (builder, "name", row->name);
      inb_json_add_string (builder, "state", states[row->finding]);
      inb_json_add_string (builder, "detail", row->detail);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  inb_cli_print_json (builder);
}

/**
 * inb_cli_findings_print:
 * @self: a table
 * @json: one document for programs, instead of a table for a person
 */
void
inb_cli_findings_print (InbCliFindings *self, gboolean json)
{
  if (json)
    print_json (self);
  else
    print_table (self);
}
