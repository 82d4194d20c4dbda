/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "jobs/inb-gather.h"
#include "ui/inb-compat.h"
#include "ui/inb-product-maker.h"
#include "ui/inb-window-private.h"

/* What comes in from outside beyond one photo for one well: files of the command line or of Open
 * With, folders, many photos at once. */

typedef struct
{
  InbWindow *window;
  GPtrArray *photos;
} Offer;

static void
offer_free (Offer *self)
{
  g_object_unref (self->window);
  g_ptr_array_unref (self->photos);
  g_free (self);
}

static void
making_cb (guint n_done, guint n_photos, gpointer user_data)
{
  /* Translators: how many of how many products are made from photos */
  g_autofree char *text = g_strdup_printf (_ ("Making products: %u of %u"), n_done, n_photos);

  if (n_done < n_photos)
    inb_window_say (user_data, text);
}

static char *
dup_made_words (const InbMade *made)
{
  g_autofree char *good = g_strdup_printf (
      ngettext ("%u product made", "%u products made", made->products->len), made->products->len);

  if (made->n_refused == 0)
    return g_steal_pointer (&good);
  /* Translators: “39 products made. 1 photo could not be used: …” */
  return g_strdup_printf (ngettext ("%s. %u photo could not be used: %s",
                                    "%s. %u photos could not be used. The first: %s",
                                    made->n_refused),
                          good, made->n_refused, made->refusal);
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InbWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (InbMade) made = inb_product_maker_run_finish (result, &error);
  g_autofree char *words = NULL;

  if (self->toasts == NULL)
    return;
  if (made == NULL)
    {
      inb_window_toast (self, error->message);
      return;
    }
  words = dup_made_words (made);
  if (made->products->len == 0)
    {
      inb_window_toast (self, words);
      return;
    }
  inb_window_made_products (self, made->products);
  inb_window_open_product (self, ((InbProduct *) g_ptr_array_index (made->products, 0))->id);
  inb_window_update_undo (self);
  inb_window_toast_with_undo (self, words);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Offer *offer = user_data;
  InbWindow *self = offer->window;

  if (inb_compat_ask_finish (result) && self->queue != NULL)
    inb_product_maker_run_async (self->queue, offer->photos, making_cb, self, NULL, made_cb,
                                 g_object_ref (self));
  offer_free (offer);
}

static GtkWidget *
create_list (GPtrArray *photos)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  for (guint i = 0; i < photos->len; i++)
    {
      g_autofree char *base = g_file_get_basename (g_ptr_array_index (photos, i));
      g_autofree char *name = g_filename_display_name (base);
      GtkWidget *label = gtk_label_new (name);

      gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
      gtk_widget_set_margin_start (label, 12);
      gtk_widget_set_margin_end (label, 12);
      gtk_widget_set_margin_top (label, 6);
      gtk_widget_set_margin_bottom (label, 6);
      gtk_list_box_append (GTK_LIST_BOX (list), label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (label)),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    }
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Photos"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 240);
  return scrolled;
}

static void
offer (InbWindow *self, GPtrArray *photos)
{
  g_autofree char *heading = g_strdup_printf (
      ngettext ("Make %u Product?", "Make %u Products?", photos->len), photos->len);
  g_autofree char *go =
      g_strdup_printf (ngettext ("Make %u Product", "Make %u Products", photos->len), photos->len);
  Offer *made = g_new0 (Offer, 1);

  made->window = g_object_ref (self);
  made->photos = g_ptr_array_ref (photos);
  inb_compat_ask_about_async (
      GTK_WINDOW (self), heading,
      _ ("Each gets one of these photos as its start frame. Nothing is sent and nothing is spent."),
      create_list (photos), _ ("_Cancel"), go, answered_cb, made);
}

/* Two photos by themselves are a start and a last frame; whatever is more needs an answer. */
static void
take (InbWindow *self, GPtrArray *photos, gboolean from_folder)
{
  if (photos->len > 2 || (photos->len == 2 && from_folder))
    {
      offer (self, photos);
      return;
    }
  inb_window_new_product (self);
  inb_photo_slot_take_file (inb_draft_get_start (self->draft), g_ptr_array_index (photos, 0));
  if (photos->len == 2)
    inb_photo_slot_take_file (inb_draft_get_last (self->draft), g_ptr_array_index (photos, 1));
}

typedef struct
{
  InbWindow *window;
  GPtrArray *files;
} Gather;

static void
gathered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Gather *gather = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) photos = inb_gather_photos_finish (result, &error);

  if (gather->window->toasts != NULL && photos == NULL)
    inb_window_toast (gather->window, error->message);
  else if (gather->window->toasts != NULL)
    take (gather->window, photos,
          g_ptr_array_index (photos, 0) != g_ptr_array_index (gather->files, 0));
  g_object_unref (gather->window);
  g_ptr_array_unref (gather->files);
  g_free (gather);
}

static void
take_files (InbWindow *self, GPtrArray *files)
{
  Gather *gather = g_new0 (Gather, 1);

  gather->window = g_object_ref (self);
  gather->files = g_ptr_array_ref (files);
  inb_gather_photos_async (files, NULL, gathered_cb, gather);
}

static void
take_files_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree const char **uris = g_variant_get_strv (parameter, NULL);

  for (guint i = 0; uris[i] != NULL; i++)
    g_ptr_array_add (files, g_file_new_for_uri (uris[i]));
  if (files->len > 0)
    take_files (INB_WINDOW (widget), files);
}

/* data of a slot: what it showed before, never looked into */
#define FORMER "inb-former-preview"

/* Said when the picture is there, so that Undo has something to undo. */
static void
last_frame_cb (InbPhotoSlot *slot, GParamSpec *pspec, InbWindow *self)
{
  InbSlotState state = inb_photo_slot_get_state (slot);
  g_autofree char *text = NULL;

  if (state == INB_SLOT_LOADING)
    return;
  g_signal_handlers_disconnect_by_func (slot, last_frame_cb, self);
  /* a picture that is refused leaves the former one */
  if (state != INB_SLOT_READY ||
      inb_photo_slot_get_preview (slot) == g_object_get_data (G_OBJECT (slot), FORMER))
    return;
  /* Translators: %s is a file name */
  text = g_strdup_printf (_ ("\u2068%s\u2069 was taken"), inb_photo_slot_get_name (slot));
  inb_window_toast_with_undo (self, text);
}

static void
tell_last_frame_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  InbWindow *self = INB_WINDOW (widget);
  InbPhotoSlot *slot = g_variant_get_boolean (parameter) ? inb_draft_get_start (self->draft)
                                                         : inb_draft_get_last (self->draft);

  g_signal_handlers_disconnect_by_func (slot, last_frame_cb, self);
  g_object_set_data (G_OBJECT (slot), FORMER, inb_photo_slot_get_preview (slot));
  g_signal_connect_object (slot, "notify::state", G_CALLBACK (last_frame_cb), self, 0);
}

/**
 * inb_window_take_photos:
 * @self: a window
 * @files: photos, the start frame first; folders; addresses of the web
 * @n_files: ≥ 1
 *
 * Begins a new product with one photo or two; of more, or of a folder, it offers to make a product
 * of each.
 */
void
inb_window_take_photos (InbWindow *self, GFile **files, int n_files)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (INB_IS_WINDOW (self) && n_files >= 1);

  for (int i = 0; i < n_files; i++)
    g_ptr_array_add (all, g_object_ref (files[i]));
  take_files (self, all);
}

void
inb_window_install_incoming_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.take-files", "as", take_files_action);
  gtk_widget_class_install_action (widget_class, "win.tell-last-frame", "b",
                                   tell_last_frame_action);
}
