/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-checks-list.h"

#include "ui/inb-check-row.h"

/* What was found about the form, the heaviest first. A list that says the same stays as it is, with
 * the focus in it. */
struct _InbChecksList
{
  AdwBin parent_instance;

  GPtrArray *fixes; /* element-type InbFix: two of each row, copies */
  char *said;       /* all that is shown, to see whether it changes */

  GtkListBox *list;
};

enum
{
  SIGNAL_FIX,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbChecksList, inb_checks_list, ADW_TYPE_BIN)

static void
fix_free (gpointer data)
{
  inb_fix_clear (data);
  g_free (data);
}

static InbFix *
fix_copy (const InbFix *fix)
{
  InbFix *copy = g_new (InbFix, 1);

  *copy = *fix;
  copy->label = g_strdup (fix->label);
  copy->provider = g_strdup (fix->provider);
  copy->model = g_strdup (fix->model);
  return copy;
}

/* What is still to be filled in stands beside Generate, not among the findings. */
static gboolean
is_shown (const InbCheck *check)
{
  return check->weight != INB_CHECK_WANTING;
}

static char *
list_words (const GPtrArray *checks)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < checks->len; i++)
    {
      const InbCheck *check = g_ptr_array_index (checks, i);

      if (is_shown (check))
        g_string_append_printf (words, "%u %s\n%s\n%s\n%s\n", (guint) check->rule, check->text,
                                check->why, check->fixes[0].label, check->fixes[1].label);
    }
  return g_string_free (words, FALSE);
}

static void
row_fix_cb (InbCheckRow *row, guint which, InbChecksList *self)
{
  guint index = (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) * INB_MAX_FIXES + which;
  g_autoptr (InbChecksList) kept = g_object_ref (self);
  InbFix *fix = fix_copy (g_ptr_array_index (self->fixes, index));

  g_signal_emit (self, signals[SIGNAL_FIX], 0, fix); /* the row may be gone after this */
  fix_free (fix);
}

/* About three findings, in whatever size text has; the rest is scrolled to. */
#define LINES 11
#define MOST_PX 320
#define LEAST_PX 44

static int
get_most (GtkWidget *widget)
{
  PangoFontMetrics *metrics =
      pango_context_get_metrics (gtk_widget_get_pango_context (widget), NULL, NULL);
  int line = PANGO_PIXELS (pango_font_metrics_get_height (metrics));

  pango_font_metrics_unref (metrics);
  return CLAMP (LINES * line, LEAST_PX, MOST_PX);
}

/* A scrolled window asks for the height that its child would have at any width; this one for that
 * at the width there is, where texts take a second line. */
static void
measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
         int *minimum_baseline, int *natural_baseline)
{
  InbChecksList *self = INB_CHECKS_LIST (widget);

  *minimum_baseline = *natural_baseline = -1;
  /* its width is the same at any height; newer GTK warns where it is asked for at one it cannot
   * have */
  gtk_widget_measure (GTK_WIDGET (self->list), orientation,
                      orientation == GTK_ORIENTATION_HORIZONTAL ? -1 : for_size, minimum, natural,
                      NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;
  *natural = CLAMP (*natural, LEAST_PX, get_most (widget));
  *minimum = LEAST_PX;
}

static void
allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));

  if (child != NULL)
    gtk_widget_allocate (child, width, height, baseline, NULL);
}

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* The row with the focus in it; the focus leaves it. A row that goes with the focus would stay in
 * the memory of the boxes around it, and Tab would stop there from then on. */
static int
leave (InbChecksList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    return -1;
  row = gtk_widget_get_ancestor (focus, INB_TYPE_CHECK_ROW);
  gtk_root_set_focus (root, NULL);
  return row != NULL ? (int) inb_check_row_get_rule (INB_CHECK_ROW (row)) : -1;
}

static void
come_back (InbChecksList *self, int rule)
{
  GtkListBoxRow *row;

  for (int i = 0; rule >= 0 && (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if ((int) inb_check_row_get_rule (INB_CHECK_ROW (row)) == rule)
      {
        gtk_widget_grab_focus (GTK_WIDGET (row));
        return;
      }
}

/* Which rules had their longer text open, as bits */
static guint64
clear (InbChecksList *self)
{
  guint64 open = 0;
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    {
      if (inb_check_row_get_open (INB_CHECK_ROW (row)))
        open |= G_GUINT64_CONSTANT (1) << inb_check_row_get_rule (INB_CHECK_ROW (row));
      gtk_list_box_remove (self->list, GTK_WIDGET (row));
    }
  g_ptr_array_set_size (self->fixes, 0);
  return open;
}

static void
add (InbChecksList *self, const InbCheck *check, guint64 open)
{
  GtkWidget *row = inb_check_row_new (check);

  inb_check_row_set_open (INB_CHECK_ROW (row), (open >> check->rule & 1) != 0);
  g_signal_connect (row, "fix", G_CALLBACK (row_fix_cb), self);
  for (guint i = 0; i < INB_MAX_FIXES; i++)
    g_ptr_array_add (self->fixes, fix_copy (&check->fixes[i]));
  gtk_list_box_append (self->list, row);
}

static void
inb_checks_list_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), INB_TYPE_CHECKS_LIST);

  G_OBJECT_CLASS (inb_checks_list_parent_class)->dispose (object);
}

static void
inb_checks_list_finalize (GObject *object)
{
  InbChecksList *self = INB_CHECKS_LIST (object);

  g_ptr_array_unref (self->fixes);
  g_free (self->said);

  G_OBJECT_CLASS (inb_checks_list_parent_class)->finalize (object);
}

static void
inb_checks_list_class_init (InbChecksListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = inb_checks_list_dispose;
  object_class->finalize = inb_checks_list_finalize;

  /* InbChecksList::fix: the person wants it (InbFix, until the handler returns) */
  signals[SIGNAL_FIX] = g_signal_new ("fix", INB_TYPE_CHECKS_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                      NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/inbetween/Inbetween/ui/inb-checks-list.ui");
  gtk_widget_class_bind_template_child (widget_class, InbChecksList, list);
}

static void
inb_checks_list_init (InbChecksList *self)
{
  self->fixes = g_ptr_array_new_with_free_func (fix_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_layout_manager (GTK_WIDGET (self),
                                 gtk_custom_layout_new (get_request_mode, measure, allocate));
}

/**
 * inb_checks_list_new:
 *
 * Returns: (transfer floating): an empty list
 */
GtkWidget *
inb_checks_list_new (void)
{
  return g_object_new (INB_TYPE_CHECKS_LIST, NULL);
}

/**
 * inb_checks_list_set_checks:
 * @self: a list
 * @checks: (element-type InbCheck): of inb_checks_run(); not kept
 *
 * Shows them; what is only still to do is left out, and so is the list when nothing is left.
 */
void
inb_checks_list_set_checks (InbChecksList *self, const GPtrArray *checks)
{
  g_autofree char *said = list_words (checks);
  guint64 open;
  int rule;

  g_return_if_fail (INB_IS_CHECKS_LIST (self));

  if (g_strcmp0 (said, self->said) == 0)
    return;
  g_free (self->said);
  self->said = g_steal_pointer (&said);
  rule = leave (self);
  open = clear (self);
  for (guint i = 0; i < checks->len; i++)
    if (is_shown (g_ptr_array_index (checks, i)))
      add (self, g_ptr_array_index (checks, i), open);
  gtk_widget_set_visible (GTK_WIDGET (self), *self->said != '\0');
  come_back (self, rule);
}
