/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-text-field.h"

#include "ui/inb-widget.h"

/* Some lines of text that look like the platform's entries and say what belongs there while they
 * are empty. Tab leaves it. */
struct _InbTextField
{
  AdwBin parent_instance;

  GtkTextView *view;
  GtkLabel *placeholder;
  char *text; /* what the buffer holds */
  char *label;
};

typedef enum
{
  PROP_TEXT = 1,
  PROP_LABEL,
  PROP_PLACEHOLDER,
  PROP_LINES,
} InbTextFieldProperty;

static GParamSpec *props[PROP_LINES + 1];

G_DEFINE_FINAL_TYPE (InbTextField, inb_text_field, ADW_TYPE_BIN)

/* px of a line and of the margins above and below; chosen by eye */
#define LINE 22
#define MARGIN 9

static void
changed_cb (InbTextField *self, GtkTextBuffer *buffer)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  g_free (self->text);
  self->text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->placeholder), *self->text == '\0');
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TEXT]);
}

/* characters that both begin with; whole ones, as the iterators count */
static int
count_common_start (const char *one, const char *other)
{
  int n = 0;

  while (*one != '\0' && g_utf8_get_char (one) == g_utf8_get_char (other))
    {
      one = g_utf8_next_char (one);
      other = g_utf8_next_char (other);
      n++;
    }
  return n;
}

static int
count_common_end (const char *one, const char *other, int max)
{
  const char *at = one + strlen (one), *there = other + strlen (other);
  int n = 0;

  while (n < max)
    {
      at = g_utf8_prev_char (at);
      there = g_utf8_prev_char (there);
      if (g_utf8_get_char (at) != g_utf8_get_char (there))
        break;
      n++;
    }
  return n;
}

/**
 * inb_text_field_set_text:
 * @self: a field
 * @text: (nullable): UTF-8
 *
 * Replaces only what differs and puts the cursor behind it, so that a text that is written by
 * someone else is seen to change where it does.
 */
void
inb_text_field_set_text (InbTextField *self, const char *text)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  const char *new_text = text != NULL ? text : "";
  int old_length, new_length, start, end;
  GtkTextIter from, to;

  g_return_if_fail (INB_IS_TEXT_FIELD (self));

  if (g_str_equal (self->text, new_text) || !g_utf8_validate (new_text, -1, NULL))
    return;
  old_length = (int) g_utf8_strlen (self->text, -1);
  new_length = (int) g_utf8_strlen (new_text, -1);
  start = count_common_start (self->text, new_text);
  end = count_common_end (self->text, new_text, MIN (old_length, new_length) - start);
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_get_iter_at_offset (buffer, &from, start);
  gtk_text_buffer_get_iter_at_offset (buffer, &to, old_length - end);
  /* one signal for those who listen: the inner steps are nobody's text */
  g_signal_handlers_block_by_func (buffer, changed_cb, self);
  gtk_text_buffer_delete (buffer, &from, &to);
  gtk_text_buffer_insert (buffer, &from, g_utf8_offset_to_pointer (new_text, start),
                          (int) (g_utf8_offset_to_pointer (new_text, new_length - end) -
                                 g_utf8_offset_to_pointer (new_text, start)));
  g_signal_handlers_unblock_by_func (buffer, changed_cb, self);
  gtk_text_buffer_place_cursor (buffer, &from);
  gtk_text_buffer_end_user_action (buffer);
  changed_cb (self, buffer);
}

static void
inb_text_field_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  InbTextField *self = INB_TEXT_FIELD (object);

  switch ((InbTextFieldProperty) prop_id)
    {
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    case PROP_PLACEHOLDER:
      g_value_set_string (value, gtk_label_get_label (self->placeholder));
      break;
    case PROP_LINES:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
set_lines (InbTextField *self, guint lines)
{
  GtkWidget *scrolled = gtk_widget_get_parent (GTK_WIDGET (self->view));

  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled),
                                              (int) lines * LINE + 2 * MARGIN);
}

static void
inb_text_field_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  InbTextField *self = INB_TEXT_FIELD (object);

  switch ((InbTextFieldProperty) prop_id)
    {
    case PROP_TEXT:
      inb_text_field_set_text (self, g_value_get_string (value));
      break;
    case PROP_LABEL:
      g_free (self->label);
      self->label = g_value_dup_string (value);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      self->label, -1);
      break;
    case PROP_PLACEHOLDER:
      gtk_label_set_label (self->placeholder, g_value_get_string (value));
      break;
    case PROP_LINES:
      set_lines (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static gboolean
inb_text_field_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (INB_TEXT_FIELD (widget)->view));
}

static void
inb_text_field_finalize (GObject *object)
{
  InbTextField *self = INB_TEXT_FIELD (object);

  g_free (self->text);
  g_free (self->label);

  G_OBJECT_CLASS (inb_text_field_parent_class)->finalize (object);
}

static void
inb_text_field_class_init (InbTextFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags both = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = inb_text_field_get_property;
  object_class->set_property = inb_text_field_set_property;
  object_class->finalize = inb_text_field_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = inb_text_field_grab_focus;
  GTK_WIDGET_CLASS (klass)->focus = inb_widget_focus_bin;

  props[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", both);
  /* for a screen reader */
  props[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, both);
  props[PROP_PLACEHOLDER] = g_param_spec_string ("placeholder", NULL, NULL, "", both);
  props[PROP_LINES] =
      g_param_spec_uint ("lines", NULL, NULL, 1, 20, 3, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
make_placeholder (InbTextField *self)
{
  GtkWidget *label = gtk_label_new ("");

  self->placeholder = GTK_LABEL (label);
  gtk_label_set_wrap (self->placeholder, TRUE);
  gtk_label_set_xalign (self->placeholder, 0.0f);
  gtk_widget_set_can_target (label, FALSE);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_set_margin_top (label, MARGIN);
  gtk_widget_set_margin_start (label, MARGIN + 1);
  gtk_widget_set_margin_end (label, MARGIN + 1);
  gtk_widget_add_css_class (label, "dim-label");
}

static GtkWidget *
make_view (InbTextField *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->view = GTK_TEXT_VIEW (gtk_text_view_new ());
  gtk_text_view_set_accepts_tab (self->view, FALSE);
  /* the form has one history for all of it */
  gtk_text_buffer_set_enable_undo (gtk_text_view_get_buffer (self->view), FALSE);
  gtk_text_view_set_wrap_mode (self->view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_top_margin (self->view, MARGIN);
  gtk_text_view_set_bottom_margin (self->view, MARGIN);
  gtk_text_view_set_left_margin (self->view, MARGIN);
  gtk_text_view_set_right_margin (self->view, MARGIN);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 160);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->view));
  gtk_widget_add_css_class (scrolled, "prompt");
  return scrolled;
}

static void
inb_text_field_init (InbTextField *self)
{
  GtkWidget *overlay = gtk_overlay_new ();

  self->text = g_strdup ("");
  make_placeholder (self);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), make_view (self));
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), GTK_WIDGET (self->placeholder));
  adw_bin_set_child (ADW_BIN (self), overlay);
  set_lines (self, 3);
  g_signal_connect_object (gtk_text_view_get_buffer (self->view), "changed",
                           G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * inb_text_field_new:
 *
 * Returns: (transfer floating): an empty field
 */
GtkWidget *
inb_text_field_new (void)
{
  return g_object_new (INB_TYPE_TEXT_FIELD, NULL);
}

/**
 * inb_text_field_get_text:
 * @self: a field
 *
 * Returns: (transfer none): what it holds
 */
const char *
inb_text_field_get_text (InbTextField *self)
{
  g_return_val_if_fail (INB_IS_TEXT_FIELD (self), "");
  return self->text;
}
