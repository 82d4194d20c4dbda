/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "inb-test-wait.h"
#include "ui-house.h"
#include "ui/inb-transport.h"

/* Every room at every size of window and of text, in both directions: nothing cut off, nothing over
 * something else, every target large enough, and time runs from left to right. */

#define MIN_TARGET 36 /* px, of interface rule M-15 */

/* px that a window may miss the wanted size by and still be worth a second look */
#define SLACK 400

static const struct
{
  int width;
  int height;
} sizes[] = { { 360, 600 }, { 1024, 600 }, { 1280, 800 }, { 2560, 1440 } };

static const double text_scales[] = { 1.0, 1.5, 2.0 };

typedef struct
{
  GtkWidget *window;
  const char *where; /* size, text and direction that are looked at */
  gboolean targets;
  GPtrArray *leaves; /* what must not lie over each other */
  GHashTable *faults;
} Audit;

/* How a person would know it. */
static const char *
get_words (GtkWidget *widget)
{
  const char *words = NULL;

  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget));
  if (GTK_IS_BUTTON (widget))
    words = gtk_button_get_label (GTK_BUTTON (widget));
  if (words == NULL)
    words = gtk_widget_get_tooltip_text (widget);
  return words != NULL ? words : "";
}

static void
report (Audit *self, GtkWidget *widget, const char *what)
{
  const char *text = get_words (widget);
  GtkWidget *parent = gtk_widget_get_parent (widget);
  char *fault = g_strdup_printf ("%s: %s “%s” in %s (%s)", what, G_OBJECT_TYPE_NAME (widget), text,
                                 parent != NULL ? G_OBJECT_TYPE_NAME (parent) : "-",
                                 gtk_widget_get_css_name (parent != NULL ? parent : widget));

  if (!g_hash_table_contains (self->faults, fault))
    g_hash_table_insert (self->faults, fault, g_strdup (self->where));
  else
    g_free (fault);
}

/* Whoever points at it or asks for it reads the whole. */
static gboolean
is_whole_elsewhere (GtkWidget *widget)
{
  for (guint i = 0; i < 4 && widget != NULL; i++, widget = gtk_widget_get_parent (widget))
    if (gtk_widget_get_tooltip_text (widget) != NULL || ADW_IS_WINDOW_TITLE (widget))
      return TRUE;
  return FALSE;
}

static gboolean
lets_scroll (GtkWidget *widget, GtkOrientation orientation)
{
  GtkPolicyType policies[2];
  GtkWidget *scrolled;

  if (!GTK_IS_SCROLLABLE (widget))
    return FALSE;
  scrolled = gtk_widget_get_parent (widget);
  if (!GTK_IS_SCROLLED_WINDOW (scrolled))
    return TRUE;
  gtk_scrolled_window_get_policy (GTK_SCROLLED_WINDOW (scrolled), &policies[0], &policies[1]);
  return policies[orientation] != GTK_POLICY_NEVER;
}

static gboolean
is_inside (GtkWidget *widget)
{
  gboolean across = TRUE, down = TRUE;

  for (GtkWidget *around = gtk_widget_get_parent (widget); around != NULL && (across || down);
       around = gtk_widget_get_parent (around))
    {
      graphene_rect_t box;

      if (!gtk_widget_compute_bounds (widget, around, &box))
        return FALSE;
      /* a popover is a surface of its own: it may be larger than the window */
      if (GTK_IS_NATIVE (around) || gtk_widget_get_overflow (around) == GTK_OVERFLOW_HIDDEN)
        {
          across = across && !lets_scroll (around, GTK_ORIENTATION_HORIZONTAL);
          down = down && !lets_scroll (around, GTK_ORIENTATION_VERTICAL);
          if (across && (box.origin.x < -1 ||
                         box.origin.x + box.size.width > gtk_widget_get_width (around) + 1))
            return FALSE;
          if (down && (box.origin.y < -1 ||
                       box.origin.y + box.size.height > gtk_widget_get_height (around) + 1))
            return FALSE;
        }
      if (GTK_IS_NATIVE (around))
        return TRUE;
    }
  return TRUE;
}

static void
look_at_label (Audit *self, GtkLabel *label)
{
  GtkWidget *widget = GTK_WIDGET (label);
  PangoLayout *layout = gtk_label_get_layout (label);
  int width, height;

  if (*gtk_label_get_text (label) == '\0' || gtk_widget_get_opacity (widget) == 0.0)
    return;
  g_ptr_array_add (self->leaves, widget);
  if (pango_layout_is_ellipsized (layout) && !is_whole_elsewhere (widget))
    report (self, widget, "cut short");
  pango_layout_get_pixel_size (layout, &width, &height);
  if (width > gtk_widget_get_width (widget) + 1 || height > gtk_widget_get_height (widget) + 1)
    report (self, widget, "larger than its place");
}

static gboolean
is_target (GtkWidget *widget)
{
  GtkWidget *row = gtk_widget_get_ancestor (widget, GTK_TYPE_LIST_BOX_ROW);

  if (row != NULL && row != widget && gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row)) &&
      (GTK_IS_SWITCH (widget) || GTK_IS_CHECK_BUTTON (widget)))
    return FALSE; /* the row is */
  if (GTK_IS_LIST_BOX_ROW (widget))
    return gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (widget));
  return GTK_IS_BUTTON (widget) || GTK_IS_SWITCH (widget) || GTK_IS_CHECK_BUTTON (widget) ||
         GTK_IS_SCALE (widget) || GTK_IS_ENTRY (widget) || GTK_IS_SPIN_BUTTON (widget) ||
         GTK_IS_SEARCH_ENTRY (widget);
}

static void
look_at_target (Audit *self, GtkWidget *widget)
{
  graphene_rect_t box;
  g_autofree char *what = NULL;

  if (!self->targets || !gtk_widget_compute_bounds (widget, self->window, &box))
    return;
  if (box.size.width >= MIN_TARGET - 0.5 && box.size.height >= MIN_TARGET - 0.5)
    return;
  what = g_strdup_printf ("a target of %.0f×%.0f px", box.size.width, box.size.height);
  report (self, widget, what);
}

static void
visit_cb (GtkWidget *widget, gpointer user_data)
{
  Audit *self = user_data;

  if (GTK_IS_LABEL (widget))
    look_at_label (self, GTK_LABEL (widget));
  if (is_target (widget))
    {
      g_ptr_array_add (self->leaves, widget);
      look_at_target (self, widget);
    }
  if ((GTK_IS_LABEL (widget) || is_target (widget)) && !is_inside (widget))
    report (self, widget, "beyond the edge");
  if (INB_IS_TRANSPORT (widget) && gtk_widget_get_direction (widget) != GTK_TEXT_DIR_LTR)
    report (self, widget, "time runs backwards");
}

/* Toasts, overlays and popovers are meant to lie over things. */
static GtkWidget *
get_layer (GtkWidget *widget)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (GTK_IS_OVERLAY (widget) || GTK_IS_POPOVER (widget) ||
        strcmp (gtk_widget_get_css_name (widget), "toast") == 0)
      return widget;
  return NULL;
}

static gboolean
overlap (Audit *self, GtkWidget *a, GtkWidget *b)
{
  graphene_rect_t first, second, both;

  if (gtk_widget_is_ancestor (a, b) || gtk_widget_is_ancestor (b, a) ||
      get_layer (a) != get_layer (b))
    return FALSE;
  return ui_house_get_seen (a, self->window, &first) &&
         ui_house_get_seen (b, self->window, &second) &&
         graphene_rect_intersection (&first, &second, &both) && both.size.width > 2 &&
         both.size.height > 2;
}

static void
look_for_overlaps (Audit *self)
{
  for (guint i = 0; i < self->leaves->len; i++)
    for (guint j = i + 1; j < self->leaves->len; j++)
      {
        GtkWidget *a = g_ptr_array_index (self->leaves, i);
        GtkWidget *b = g_ptr_array_index (self->leaves, j);

        if (overlap (self, a, b))
          {
            report (self, GTK_IS_LABEL (a) ? a : b, "over something else");
            if (g_test_verbose ())
              g_test_message ("“%s” (%s) and “%s” (%s)", get_words (a), G_OBJECT_TYPE_NAME (a),
                              get_words (b), G_OBJECT_TYPE_NAME (b));
          }
      }
}

/* The smallest part that asks for so much. */
static GtkWidget *
find_culprit (GtkWidget *widget, GtkOrientation orientation, int limit)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int min = 0;
      int width = orientation == GTK_ORIENTATION_VERTICAL && gtk_widget_get_width (child) > 0
                      ? gtk_widget_get_allocated_width (child)
                      : -1;

      if (gtk_widget_should_layout (child))
        gtk_widget_measure (child, orientation, width, &min, NULL, NULL, NULL);
      if (g_test_verbose ())
        g_test_message ("%s in %s: %d", G_OBJECT_TYPE_NAME (child), G_OBJECT_TYPE_NAME (widget),
                        min);
      if (min > limit)
        return find_culprit (child, orientation, limit);
    }
  return widget;
}

static int
get_minimum (GtkWidget *window, GtkOrientation orientation, int for_size)
{
  int minimum;

  gtk_widget_measure (window, orientation, for_size, &minimum, NULL, NULL, NULL);
  return minimum;
}

/* Lays the window out anew; FALSE: it cannot be that small. Where nothing composes windows, GTK
 * draws a frame around its own, which is not the program's. What is in it may depend on the size:
 * only the second look tells what it needs. */
static gboolean
lay_out (Audit *self, int width, int height)
{
  int frame = gtk_widget_get_allocated_width (self->window) - gtk_widget_get_width (self->window);
  int min_width, min_height;
  g_autofree char *what = NULL;

  width += frame;
  height += frame;
  gtk_window_set_default_size (GTK_WINDOW (self->window), width, height);
  wait_until (abs (gtk_widget_get_allocated_width (self->window) - width) < SLACK);
  ui_test_paint (self->window);
  min_width = get_minimum (self->window, GTK_ORIENTATION_HORIZONTAL, -1);
  min_height = get_minimum (self->window, GTK_ORIENTATION_VERTICAL, MAX (width, min_width));
  if (min_width <= width && min_height <= height)
    {
      if (gtk_widget_get_allocated_width (self->window) == width &&
          gtk_widget_get_allocated_height (self->window) == height)
        return TRUE; /* and painted with what depends on it */
      wait_until (gtk_widget_get_allocated_width (self->window) == width &&
                  gtk_widget_get_allocated_height (self->window) == height);
      ui_test_paint (self->window);
      return TRUE;
    }
  what = g_strdup_printf ("needs %d×%d px", min_width - frame, min_height - frame);
  report (self,
          min_width > width ? find_culprit (self->window, GTK_ORIENTATION_HORIZONTAL, width - frame)
                            : find_culprit (self->window, GTK_ORIENTATION_VERTICAL, height - frame),
          what);
  return FALSE;
}

static void
look_at (Audit *self, int width, int height)
{
  guint n_faults = g_hash_table_size (self->faults);

  if (!lay_out (self, width, height))
    return;
  self->leaves = g_ptr_array_new ();
  ui_house_walk (self->window, visit_cb, self);
  look_for_overlaps (self);
  g_assert_cmpuint (self->leaves->len, >, 2); /* it did look */
  if (g_hash_table_size (self->faults) > n_faults)
    ui_test_screenshot (self->window, "layout");
  g_ptr_array_unref (self->leaves);
}

/* Catalogue that the program speaks; NULL: English */
static const char *language;

static gboolean
is_rtl (const char *catalogue)
{
  g_autofree char *name = g_path_get_basename (catalogue);

  return g_str_has_prefix (name, "ar");
}

static void
look_everywhere (Audit *self)
{
  GtkSettings *settings = gtk_settings_get_default ();

  for (guint i = 0; i < G_N_ELEMENTS (text_scales); i++)
    for (guint j = 0; j < G_N_ELEMENTS (sizes); j++)
      for (guint rtl = 0; rtl < 2; rtl++)
        {
          g_autofree char *where =
              g_strdup_printf ("%d×%d, text %.0f %%, %s", sizes[j].width, sizes[j].height,
                               text_scales[i] * 100.0, rtl ? "right to left" : "left to right");

          /* the least and the most tell of words what there is to tell */
          if (language != NULL && (i == 1 || j == 3 || rtl != is_rtl (language)))
            continue;
          self->where = where;
          self->targets = i == 0;
          g_object_set (settings, "gtk-xft-dpi", (int) (96 * 1024 * text_scales[i]), NULL);
          gtk_widget_set_default_direction (rtl ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
          look_at (self, sizes[j].width, sizes[j].height);
        }
  g_object_set (settings, "gtk-xft-dpi", 96 * 1024, NULL);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static void
test_room (gconstpointer data)
{
  const UiRoom *room = data;
  g_autoptr (UiHouse) house = ui_house_new (room->empty);
  GtkWidget *window = ui_house_open (house, room, 1280, 800);
  Audit audit = { .window = window };
  GHashTableIter iter;
  gpointer fault, where;

  if (window == NULL)
    {
      g_test_skip ("not in this program");
      return;
    }
  audit.faults = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  look_everywhere (&audit);
  g_hash_table_iter_init (&iter, audit.faults);
  while (g_hash_table_iter_next (&iter, &fault, &where))
    g_test_message ("%s, first at %s", (char *) fault, (char *) where);
  g_assert_cmpuint (g_hash_table_size (audit.faults), ==, 0);
  g_hash_table_unref (audit.faults);
}

/* A flap of libadwaita 1.2 asks for a new layout in the middle of one when it folds without
 * animations, and GTK says so. */
static GLogWriterOutput
write_log_cb (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE") &&
        strstr (fields[i].value, "without a current allocation") != NULL)
      return G_LOG_WRITER_HANDLED;
  return g_log_writer_default (level, fields, n_fields, user_data);
}

int
main (int argc, char **argv)
{
  g_autofree char *words = NULL;
  int status;

  g_log_set_writer_func (write_log_cb, NULL, NULL);
  if (argc > 2)
    {
      language = argv[2];
      words = ui_test_speak (language);
    }
  ui_test_init (&argc, &argv);
  g_test_set_nonfatal_assertions ();
  ui_house_add_tests ("layout", test_room, argc > 1 ? argv[1] : NULL);
  status = g_test_run ();
  if (words != NULL)
    ui_test_remove_root (words);
  return status;
}
