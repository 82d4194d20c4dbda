/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "ui-house.h"

/* What is painted, measured: text stands out from its ground by 4.5 : 1, large text and icons by 3
 * : 1 (WCAG 2.1, 1.4.3 and 1.4.11), and what has the focus shows it, in light and in dark. */

#define TEXT_CONTRAST 4.5
#define LARGE_CONTRAST 3.0

/* px of glyph height from which text counts as large: 18 pt, or 14 pt bold, at 96 dpi */
#define LARGE_PX 24.0
#define LARGE_BOLD_PX 18.6

/* A pixel at the edge of a letter is a mixture: only the clearest counts, and small letters have
 * few that are whole. Chosen by measuring text of known colours. */
#define MIXED 0.93

typedef struct
{
  GtkWidget *window;
  guint8 *pixels; /* BGRA */
  int width;
  int height;
  const char *scheme;
  GPtrArray *faults;
  guint n_looked;
} Audit;

static void
take_picture (Audit *self)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (self->window);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  self->width = gtk_widget_get_width (self->window);
  self->height = gtk_widget_get_height (self->window);
  gdk_paintable_snapshot (paintable, snapshot, self->width, self->height);
  node = gtk_snapshot_to_node (snapshot);
  texture = gsk_renderer_render_texture (
      gtk_native_get_renderer (GTK_NATIVE (self->window)), node,
      &GRAPHENE_RECT_INIT (0, 0, (float) self->width, (float) self->height));
  g_free (self->pixels);
  self->pixels = g_malloc ((gsize) self->width * self->height * 4);
  gdk_texture_download (texture, self->pixels, (gsize) self->width * 4);
}

static void
paint (Audit *self)
{
  ui_test_paint (self->window);
  take_picture (self);
}

static double
linear (double value)
{
  return value <= 0.03928 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

/* Relative luminance of a pixel. */
static double
get_luminance (guint32 pixel)
{
  return 0.0722 * linear ((pixel & 0xff) / 255.0) + 0.7152 * linear ((pixel >> 8 & 0xff) / 255.0) +
         0.2126 * linear ((pixel >> 16 & 0xff) / 255.0);
}

static double
get_contrast (double a, double b)
{
  return (MAX (a, b) + 0.05) / (MIN (a, b) + 0.05);
}

static gboolean
get_box (Audit *self, GtkWidget *widget, int grow, cairo_rectangle_int_t *box)
{
  graphene_rect_t bounds, seen;

  if (!gtk_widget_compute_bounds (widget, self->window, &bounds) ||
      !ui_house_get_seen (widget, self->window, &seen) || seen.size.height < bounds.size.height - 1)
    return FALSE; /* what is half scrolled away tells nothing */
  graphene_rect_inset (&bounds, (float) -grow, (float) -grow);
  if (!graphene_rect_intersection (
          &bounds, &GRAPHENE_RECT_INIT (0, 0, (float) self->width, (float) self->height), &seen))
    return FALSE;
  *box = (cairo_rectangle_int_t){ (int) seen.origin.x, (int) seen.origin.y, (int) seen.size.width,
                                  (int) seen.size.height };
  return box->width > 1 && box->height > 1;
}

static guint32
get_pixel (const guint8 *pixels, int width, int x, int y)
{
  guint32 pixel;

  memcpy (&pixel, pixels + ((gsize) y * width + x) * 4, 4);
  return pixel & 0xffffff;
}

/* The commonest colour of the box is its ground; returns how far the clearest pixel is from it. */
static double
measure (Audit *self, const cairo_rectangle_int_t *box)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer pixel, count;
  guint most = 0;
  double ground = 0.0, best = 1.0;

  for (int y = box->y; y < box->y + box->height; y++)
    for (int x = box->x; x < box->x + box->width; x++)
      {
        gpointer key = GUINT_TO_POINTER (get_pixel (self->pixels, self->width, x, y) | 0x1000000);
        guint n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, key)) + 1;

        g_hash_table_insert (counts, key, GUINT_TO_POINTER (n));
        if (n > most)
          {
            most = n;
            ground = get_luminance (GPOINTER_TO_UINT (key));
          }
      }
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &pixel, &count))
    best = MAX (best, get_contrast (ground, get_luminance (GPOINTER_TO_UINT (pixel))));
  return best;
}

static double
get_wanted (GtkWidget *widget)
{
  PangoFontDescription *font;
  double px;
  gboolean bold;

  if (!GTK_IS_LABEL (widget))
    return LARGE_CONTRAST;
  font = pango_font_description_copy (
      pango_context_get_font_description (gtk_widget_get_pango_context (widget)));
  px = pango_font_description_get_size (font) / (double) PANGO_SCALE;
  if (!pango_font_description_get_size_is_absolute (font))
    px *= 96.0 / 72.0;
  bold = pango_font_description_get_weight (font) >= PANGO_WEIGHT_BOLD;
  pango_font_description_free (font);
  return px >= LARGE_PX || (bold && px >= LARGE_BOLD_PX) ? LARGE_CONTRAST : TEXT_CONTRAST;
}

static void
report (Audit *self, GtkWidget *widget, const char *what, double contrast, double wanted)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  g_ptr_array_add (self->faults,
                   g_strdup_printf ("%s, %s: %.2f, not %.1f: %s “%s” in %s (%s)", self->scheme,
                                    what, contrast, wanted, G_OBJECT_TYPE_NAME (widget),
                                    GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget))
                                    : GTK_IS_IMAGE (widget)
                                        ? gtk_image_get_icon_name (GTK_IMAGE (widget))
                                        : "",
                                    G_OBJECT_TYPE_NAME (parent), gtk_widget_get_css_name (parent)));
}

static gboolean
is_whole (GtkWidget *widget)
{
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (gtk_widget_get_opacity (widget) < 0.05 ||
        GTK_IS_POPOVER (widget) || /* a surface of its own */
        strcmp (gtk_widget_get_css_name (widget), "toast") == 0)
      return FALSE;
  return TRUE;
}

/* What cannot be used now may be pale (WCAG 1.4.3), what is not painted is no matter. */
static void
visit_cb (GtkWidget *widget, gpointer user_data)
{
  Audit *self = user_data;
  cairo_rectangle_int_t box;
  double contrast, wanted;

  if (!gtk_widget_is_sensitive (widget) || !is_whole (widget) || !get_box (self, widget, 0, &box))
    return;
  if (GTK_IS_LABEL (widget) ? *gtk_label_get_text (GTK_LABEL (widget)) == '\0'
                            : !GTK_IS_IMAGE (widget))
    return;
  if (GTK_IS_IMAGE (widget) && gtk_image_get_storage_type (GTK_IMAGE (widget)) == GTK_IMAGE_EMPTY)
    return;
  self->n_looked++;
  contrast = measure (self, &box);
  wanted = get_wanted (widget);
  if (contrast > 1.05 && contrast < wanted * MIXED)
    report (self, widget, GTK_IS_LABEL (widget) ? "text" : "icon", contrast, wanted);
}

/* How clearly the window changes around a widget that is given the focus. */
static void
look_at_focus (Audit *self, GtkWidget *widget, const guint8 *without)
{
  cairo_rectangle_int_t box;
  double best = 1.0;
  guint n_changed = 0;

  if (!get_box (self, widget, 4, &box))
    return;
  for (int y = box.y; y < box.y + box.height; y++)
    for (int x = box.x; x < box.x + box.width; x++)
      {
        guint32 now = get_pixel (self->pixels, self->width, x, y);
        guint32 before = get_pixel (without, self->width, x, y);

        if (now == before)
          continue;
        n_changed++;
        best = MAX (best, get_contrast (get_luminance (now), get_luminance (before)));
      }
  if (n_changed < 40 || best < LARGE_CONTRAST * MIXED)
    report (self, widget, "focus", best, LARGE_CONTRAST);
}

static void
look_at_focuses (Audit *self)
{
  g_autofree guint8 *without = NULL;
  GtkWidget *first = NULL;
  GtkWindow *window = GTK_WINDOW (self->window);

  gtk_window_set_focus (window, NULL);
  gtk_window_set_focus_visible (window, TRUE);
  paint (self);
  without = g_memdup2 (self->pixels, (gsize) self->width * self->height * 4);
  for (guint step = 0; step < 60; step++)
    {
      GtkWidget *focus;

      g_signal_emit_by_name (window, "move-focus", GTK_DIR_TAB_FORWARD);
      focus = gtk_window_get_focus (window);
      if (focus == NULL || focus == first)
        break;
      first = first != NULL ? first : focus;
      if (!is_whole (focus) || GTK_IS_SCROLLED_WINDOW (focus))
        continue; /* the platform's */
      if (GTK_IS_TEXT (focus) || GTK_IS_TEXT_VIEW (focus) || GTK_IS_LABEL (focus))
        continue; /* a cursor or a selection, and the frame of its entry */
      gtk_window_set_focus_visible (window, TRUE);
      ui_test_paint_once (self->window);
      take_picture (self);
      if (gtk_widget_get_width (self->window) == self->width)
        look_at_focus (self, focus, without);
    }
}

/* What comes a moment later, a clip and its buttons, is there when nothing changes any more. */
static void
paint_until_still (Audit *self)
{
  for (guint i = 0; i < 20; i++)
    {
      g_autofree guint8 *before = g_steal_pointer (&self->pixels);
      int width = self->width, height = self->height;

      paint (self);
      if (before != NULL && width == self->width && height == self->height &&
          memcmp (before, self->pixels, (gsize) width * height * 4) == 0)
        return;
    }
}

static void
look (Audit *self, AdwColorScheme scheme, const char *name)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), scheme);
  self->scheme = name;
  gtk_window_set_focus (GTK_WINDOW (self->window), NULL);
  paint_until_still (self);
  ui_house_walk (self->window, visit_cb, self);
  if (self->faults->len > 0)
    ui_test_screenshot (self->window, name);
  look_at_focuses (self);
}

static void
test_room (gconstpointer data)
{
  const UiRoom *room = data;
  g_autoptr (UiHouse) house = ui_house_new (room->empty);
  Audit self = { .window = ui_house_open (house, room, 1280, 760) };

  if (self.window == NULL)
    {
      g_test_skip ("not in this program");
      return;
    }
  self.faults = g_ptr_array_new_with_free_func (g_free);
  look (&self, ADW_COLOR_SCHEME_FORCE_LIGHT, "light");
  look (&self, ADW_COLOR_SCHEME_FORCE_DARK, "dark");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
  for (guint i = 0; i < self.faults->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (self.faults, i));
  g_assert_cmpuint (self.n_looked, >, 10);
  g_assert_cmpuint (self.faults->len, ==, 0);
  g_ptr_array_unref (self.faults);
  g_free (self.pixels);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  g_test_set_nonfatal_assertions ();
  ui_house_add_tests ("contrast", test_room, argc > 1 ? argv[1] : NULL);
  return g_test_run ();
}
