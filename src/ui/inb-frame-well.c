/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-frame-well.h"

#include <glib/gi18n.h>

#include "core/inb-name-template.h"
#include "store/inb-paths.h"
#include "ui/inb-compat.h"
#include "ui/inb-drag-out.h"
#include "ui/inb-framing-preview.h"
#include "ui/inb-marks-window.h"

/* Where a photo goes: drop, paste or choose one; then it shows what the framing makes of it. */
struct _InbFrameWell
{
  GtkWidget parent_instance;

  InbDraft *draft;
  InbPhotoSlot *slot;
  GCancellable *choosing;

  GtkLabel *heading;
  GtkStack *stack;
  GtkWidget *choose_button;
  GtkLabel *empty_label;
  GtkImage *empty_icon;
  GtkSpinner *spinner;
  InbFramingPreview *preview;
  GtkLabel *caption;
  GtkLabel *facts;
  GtkLabel *unused;
  GtkWidget *clear_button;
  GtkWidget *mark_button;
};

G_DEFINE_FINAL_TYPE (InbFrameWell, inb_frame_well, GTK_TYPE_WIDGET)

static gboolean
is_start (InbFrameWell *self)
{
  return self->draft != NULL && self->slot == inb_draft_get_start (self->draft);
}

static void
name_for_readers (InbFrameWell *self, InbSlotState state)
{
  const char *title = gtk_label_get_label (self->heading);
  const char *name = inb_photo_slot_get_name (self->slot);
  g_autofree char *spoken = NULL;
  g_autofree char *clear = NULL;

  if (state == INB_SLOT_LOADING)
    /* Translators: spoken by a screen reader: “Start frame, reading mug.png” */
    spoken = g_strdup_printf (_ ("%s, reading %s"), title, name);
  else if (name != NULL)
    /* Translators: spoken by a screen reader: “Start frame, mug.png” */
    spoken = g_strdup_printf (_ ("%s, %s"), title, name);
  else
    /* Translators: spoken by a screen reader: “Last frame, empty” */
    spoken = g_strdup_printf (_ ("%s, empty"), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->choose_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, spoken,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _ ("Choose Photo…"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->preview), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken, -1);
  clear = is_start (self) ? g_strdup (_ ("Clear Start Frame")) : g_strdup (_ ("Clear Last Frame"));
  gtk_widget_set_tooltip_text (self->clear_button, clear);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->clear_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, clear, -1);
}

/* "3000 × 3000", and below it, since a well is narrow, "2.1 MB · PNG" */
static char *
describe_file (InbPreview *preview)
{
  const InbPhotoTraits *traits = inb_preview_get_traits (preview);
  g_autofree char *size = NULL;
  g_autofree char *format = NULL;
  GString *text = g_string_new (NULL);
  guint width, height;

  inb_preview_get_size (preview, &width, &height);
  /* U+2066 and U+2069: width before height in every language */
  g_string_append_printf (text, "\u2066%u × %u\u2069", width, height);
  if (traits->bytes > 0)
    {
      size = g_format_size ((guint64) traits->bytes);
      g_string_append_printf (text, "\n%s", size);
    }
  if (*traits->format != '\0')
    {
      format = g_ascii_strup (traits->format, -1);
      g_string_append_printf (text, " · %s", format);
    }
  return g_string_free (text, FALSE);
}

static void
show_caption (InbFrameWell *self, InbSlotState state)
{
  InbPreview *preview = inb_photo_slot_get_preview (self->slot);
  const char *name = inb_photo_slot_get_name (self->slot);
  g_autofree char *facts = NULL;
  g_autofree char *apart = NULL;

  if (state == INB_SLOT_EMPTY || state == INB_SLOT_FAILED)
    name = NULL;
  if (name != NULL && !is_start (self) && inb_draft_get_loop (self->draft))
    name = _ ("Same photo");
  else if (name != NULL)
    {
      /* Translators: a file name, apart from the direction of the text around */
      apart = g_strdup_printf (_ ("\u2068%s\u2069"), name);
      name = apart;
    }
  if (state == INB_SLOT_READY && preview != NULL)
    facts = describe_file (preview);
  gtk_label_set_label (self->caption, name != NULL ? name : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->caption), name);
  gtk_label_set_label (self->facts, facts != NULL ? facts : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->facts), facts);
}

/* why this photo is of no use to the provider; NULL: it is */
static const char *
find_reason (InbFrameWell *self)
{
  return is_start (self) ? NULL : inb_draft_find_reason (self->draft, INB_FEATURE_LAST_FRAME);
}

static void
show_empty (InbFrameWell *self, InbSlotState state)
{
  const char *reason = find_reason (self);

  if (state == INB_SLOT_FAILED)
    {
      gtk_image_set_from_icon_name (self->empty_icon, "dialog-warning-symbolic");
      gtk_label_set_label (self->empty_label, _ ("Not a usable photo. Choose another…"));
      gtk_widget_set_tooltip_text (self->choose_button, inb_photo_slot_get_error (self->slot));
      return;
    }
  gtk_image_set_from_icon_name (self->empty_icon, "insert-image-symbolic");
  if (is_start (self))
    gtk_label_set_label (self->empty_label, _ ("Drop or Choose Photo…"));
  else
    gtk_label_set_label (self->empty_label,
                         reason != NULL ? reason : _ ("Optional: drop or choose a photo"));
  gtk_widget_set_tooltip_text (self->choose_button, is_start (self)
                                                        ? _ ("Choose Photo (Ctrl+O)")
                                                        : _ ("Choose Last Frame (Shift+Ctrl+O)"));
}

/* A last frame means nothing without a start frame, nor to a provider that has none; one that is
 * there can always be taken away. */
static void
update_sensitivity (InbFrameWell *self, InbSlotState state)
{
  InbSlotState start = inb_photo_slot_get_state (inb_draft_get_start (self->draft));
  gboolean wanted =
      find_reason (self) == NULL && (start == INB_SLOT_READY || start == INB_SLOT_LOADING);

  gtk_widget_set_sensitive (GTK_WIDGET (self),
                            is_start (self) || wanted || state != INB_SLOT_EMPTY);
}

static void
show_unused (InbFrameWell *self, InbSlotState state)
{
  const char *reason = state == INB_SLOT_READY ? find_reason (self) : NULL;

  gtk_label_set_label (self->unused, reason != NULL ? reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->unused), reason != NULL);
}

/* Depth is the local engine's, and between two photos there is none. */
static void
update_mark (InbFrameWell *self, InbSlotState state)
{
  gboolean local = inb_draft_is_local (self->draft);
  gboolean alone = inb_photo_slot_get_state (inb_draft_get_last (self->draft)) == INB_SLOT_EMPTY;
  gboolean marked = inb_draft_get_matte (self->draft) != NULL;
  const char *words = !local   ? _ ("Product Area: for the Local Engine Only")
                      : !alone ? _ ("Product Area: Only Without a Last Frame")
                      : marked ? _ ("Product Area: Marked by Hand…")
                               : _ ("Mark the Product Area…");

  gtk_widget_set_visible (self->mark_button, is_start (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "well.mark",
                                 is_start (self) && state == INB_SLOT_READY && local && alone);
  gtk_widget_set_tooltip_text (self->mark_button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->mark_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
  if (marked && local && alone)
    gtk_widget_add_css_class (self->mark_button, "suggested-action");
  else
    gtk_widget_remove_css_class (self->mark_button, "suggested-action");
}

static void
update (InbFrameWell *self)
{
  InbSlotState state = inb_photo_slot_get_state (self->slot);
  gboolean filled = state == INB_SLOT_READY || state == INB_SLOT_LOADING ||
                    inb_photo_slot_get_sha256 (self->slot) != NULL;
  static const char *const pages[] = { "empty", "loading", "preview", "empty" };

  gtk_label_set_label (self->heading, is_start (self) ? _ ("Start frame") : _ ("Last frame"));
  gtk_stack_set_visible_child_name (self->stack, pages[state]);
  gtk_spinner_set_spinning (self->spinner, state == INB_SLOT_LOADING);
  gtk_widget_set_visible (self->clear_button, filled);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "well.clear", filled);
  if (state == INB_SLOT_FAILED)
    gtk_widget_add_css_class (GTK_WIDGET (self), "failed");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "failed");
  show_empty (self, state);
  show_caption (self, state);
  show_unused (self, state);
  update_mark (self, state);
  update_sensitivity (self, state);
  name_for_readers (self, state);
}

static void
dropped_cb (const InbIncoming *incoming, const GError *error, gpointer user_data)
{
  inb_frame_well_take (user_data, incoming, error);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InbFrameWell) self = user_data;
  g_autoptr (GFile) file = inb_compat_pick_finish (result, NULL);

  g_clear_object (&self->choosing);
  if (file != NULL && self->slot != NULL)
    inb_photo_slot_take_file (self->slot, file);
}

static void
choose_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  InbFrameWell *self = INB_FRAME_WELL (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (self->slot == NULL || self->choosing != NULL || !gtk_widget_is_sensitive (widget))
    return;
  self->choosing = g_cancellable_new ();
  inb_compat_pick_photo_async (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                               is_start (self) ? _ ("Choose the Start Frame")
                                               : _ ("Choose the Last Frame"),
                               self->choosing, chosen_cb, g_object_ref (self));
}

static void
clear_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  InbFrameWell *self = INB_FRAME_WELL (widget);

  inb_photo_slot_clear (self->slot);
  gtk_widget_grab_focus (self->choose_button);
}

static void
mark_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  InbFrameWell *self = INB_FRAME_WELL (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  inb_marks_window_present (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, self->draft);
}

static void
inb_frame_well_dispose (GObject *object)
{
  InbFrameWell *self = INB_FRAME_WELL (object);
  GtkWidget *child;

  if (self->choosing != NULL)
    g_cancellable_cancel (self->choosing);
  g_clear_object (&self->choosing);
  g_clear_object (&self->draft);
  g_clear_object (&self->slot);
  /* 4.8 lets go of the template's named children only */
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  gtk_widget_dispose_template (GTK_WIDGET (self), INB_TYPE_FRAME_WELL);

  G_OBJECT_CLASS (inb_frame_well_parent_class)->dispose (object);
}

static void
inb_frame_well_class_init (InbFrameWellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = inb_frame_well_dispose;

  g_type_ensure (INB_TYPE_FRAMING_PREVIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/inbetween/Inbetween/ui/inb-frame-well.ui");
  gtk_widget_class_bind_template_child (widget_class, InbFrameWell, heading);
  gtk_widget_class_bind_template_child (widget_class, InbFrameWell, stack);
  gtk_widget_class_bind_template_child (widget_class, InbFrameWell, choose_button);
  gtk_widget_class_bind_template_child (widget_class, InbFrameWell, empty_label);
  gtk_widget_class_bind_template_child (widget_class, InbFrameWell, empty_icon);
  gtk_widget_class_bind_template_child (widget_class, InbFrameWell, spinner);
  gtk_widget_class_bind_template_child (widget_class, InbFrameWell, preview);
  gtk_widget_class_bind_template_child (widget_class, InbFrameWell, caption);
  gtk_widget_class_bind_template_child (widget_class, InbFrameWell, facts);
  gtk_widget_class_bind_template_child (widget_class, InbFrameWell, unused);
  gtk_widget_class_bind_template_child (widget_class, InbFrameWell, clear_button);
  gtk_widget_class_bind_template_child (widget_class, InbFrameWell, mark_button);
  gtk_widget_class_install_action (widget_class, "well.choose", NULL, choose_action);
  gtk_widget_class_install_action (widget_class, "well.clear", NULL, clear_action);
  gtk_widget_class_install_action (widget_class, "well.mark", NULL, mark_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, 0, "well.choose", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, 0, "well.choose", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_space, 0, "well.choose", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "well.clear", NULL);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_css_name (widget_class, "framewell");
}

static char *
dup_photo (GtkWidget *caption, char **name)
{
  InbFrameWell *self = INB_FRAME_WELL (gtk_widget_get_ancestor (caption, INB_TYPE_FRAME_WELL));
  InbPreview *preview = self->slot != NULL ? inb_photo_slot_get_preview (self->slot) : NULL;

  if (preview == NULL)
    return NULL;
  *name = inb_name_template_dup_safe (inb_preview_get_name (preview));
  return inb_paths_dup_photo (inb_draft_get_root (self->draft), inb_preview_get_sha256 (preview));
}

static void
inb_frame_well_init (InbFrameWell *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  inb_incoming_add_drop_target (GTK_WIDGET (self), dropped_cb, self);
  /* not by the picture: dragging there moves the crop */
  inb_drag_out_add_file (GTK_WIDGET (self->caption), dup_photo);
}

/**
 * inb_frame_well_new:
 *
 * Returns: (transfer floating): a well without a draft
 */
GtkWidget *
inb_frame_well_new (void)
{
  return g_object_new (INB_TYPE_FRAME_WELL, NULL);
}

/**
 * inb_frame_well_set_draft:
 * @self: a well, once
 * @draft: the form
 * @slot: the start or the last frame of @draft
 */
void
inb_frame_well_set_draft (InbFrameWell *self, InbDraft *draft, InbPhotoSlot *slot)
{
  g_return_if_fail (INB_IS_FRAME_WELL (self) && self->draft == NULL);

  self->draft = g_object_ref (draft);
  self->slot = g_object_ref (slot);
  inb_framing_preview_set_draft (self->preview, draft, slot);
  g_signal_connect_object (draft, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * inb_frame_well_get_slot:
 * @self: a well
 *
 * Returns: (transfer none) (nullable): what it fills
 */
InbPhotoSlot *
inb_frame_well_get_slot (InbFrameWell *self)
{
  g_return_val_if_fail (INB_IS_FRAME_WELL (self), NULL);
  return self->slot;
}

/* More than a start and a last frame, or a folder, is for the whole window to deal with. */
static gboolean
hand_on (InbFrameWell *self, GPtrArray *files)
{
  GFile *first = g_ptr_array_index (files, 0);
  g_autoptr (GStrvBuilder) uris = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  if (files->len <= 2 &&
      (g_file_peek_path (first) == NULL ||
       g_file_query_file_type (first, G_FILE_QUERY_INFO_NONE, NULL) != G_FILE_TYPE_DIRECTORY))
    return FALSE;
  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *uri = g_file_get_uri (g_ptr_array_index (files, i));

      g_strv_builder_add (uris, uri);
    }
  list = g_strv_builder_end (uris);
  return gtk_widget_activate_action_variant (GTK_WIDGET (self), "win.take-files",
                                             g_variant_new_strv ((const char *const *) list, -1));
}

/**
 * inb_frame_well_take:
 * @self: a well
 * @incoming: (nullable): what was dropped or pasted
 * @error: (nullable): why nothing came
 *
 * Of two files dropped on the start frame the second becomes the last one; a folder, or more than
 * two, the window makes an offer for (win.take-files).
 */
void
inb_frame_well_take (InbFrameWell *self, const InbIncoming *incoming, const GError *error)
{
  g_return_if_fail (INB_IS_FRAME_WELL (self) && self->slot != NULL);

  if (incoming == NULL)
    inb_photo_slot_refuse (self->slot, error->message);
  else if (incoming->bytes != NULL)
    inb_photo_slot_take_bytes (self->slot, incoming->bytes, _ ("Pasted photo"));
  else if (incoming->job != NULL)
    {
      inb_photo_slot_take_last_frame (self->slot, incoming->job);
      gtk_widget_activate_action (GTK_WIDGET (self), "win.tell-last-frame", "b", is_start (self));
    }
  else if (!hand_on (self, incoming->files))
    {
      inb_photo_slot_take_file (self->slot, g_ptr_array_index (incoming->files, 0));
      if (is_start (self) && incoming->files->len == 2)
        inb_photo_slot_take_file (inb_draft_get_last (self->draft),
                                  g_ptr_array_index (incoming->files, 1));
    }
}
