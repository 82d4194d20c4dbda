/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-marks-window.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "jobs/inb-worker.h"
#include "net/inb-json.h"
#include "store/inb-keep.h"
#include "store/inb-paths.h"
#include "ui/inb-choice.h"
#include "ui/inb-marks-canvas.h"
#include "ui/inb-preview-load.h"

/* Where a person says what of the start photo is product, for the local engine's moves with depth:
 * it begins with what the form has, else with what the engine finds. */
struct _InbMarksWindow
{
  AdwWindow parent_instance;

  InbDraft *draft;
  InbPreview *photo;
  GCancellable *cancellable;
  char *found;      /* where the worker writes what it finds, below tmp/ */
  gboolean touched; /* painted since it was asked */
  gboolean keeping;

  GtkLabel *status;
  InbMarksCanvas *canvas;
  InbChoice *tools;
  GtkAdjustment *size;
};

enum
{
  TOOL_MARK,
  TOOL_WIPE,
};

G_DEFINE_FINAL_TYPE (InbMarksWindow, inb_marks_window, ADW_TYPE_WINDOW)

static InbMarks *
get_marks (InbMarksWindow *self)
{
  return inb_marks_canvas_get_marks (self->canvas);
}

static void
say (InbMarksWindow *self, const char *words)
{
  gtk_label_set_label (self->status, words);
}

static void
update (InbMarksWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean idle = !self->keeping;

  gtk_widget_action_set_enabled (widget, "marks.undo",
                                 idle && inb_marks_can_undo (get_marks (self)));
  gtk_widget_action_set_enabled (widget, "marks.clear",
                                 idle && !inb_marks_are_empty (get_marks (self)));
  gtk_widget_action_set_enabled (widget, "marks.find", idle && self->found == NULL);
  gtk_widget_action_set_enabled (widget, "marks.done", idle);
}

static void
painted_cb (InbMarksWindow *self)
{
  self->touched = TRUE;
  update (self);
}

/* FALSE: the window is closed, or has said what is wrong. */
static gboolean
is_wanted (InbMarksWindow *self, const GError *error)
{
  if (g_cancellable_is_cancelled (self->cancellable))
    return FALSE;
  if (error != NULL)
    {
      g_clear_pointer (&self->found, g_free);
      say (self, error->message);
      update (self);
    }
  return error == NULL;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InbMarksWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (InbPreview) picture = inb_preview_load_finish (result, &error);

  if (self->found != NULL)
    g_unlink (self->found);
  if (!is_wanted (self, error))
    return;
  g_clear_pointer (&self->found, g_free);
  if (!self->touched) /* what a person painted meanwhile stays */
    {
      inb_marks_begin (get_marks (self));
      inb_marks_take (get_marks (self), picture);
      inb_marks_canvas_changed (self->canvas);
    }
  update (self);
}

static const char *
describe (JsonObject *matte)
{
  if (matte != NULL && inb_json_get_boolean (matte, "accepted", FALSE))
    return _ ("This was found. Paint what is missing, wipe away what is too much.");
  return _ ("The engine is not sure what the product is. Paint it.");
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InbMarksWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) answer = inb_worker_run_finish (result, &error);
  g_autoptr (GFile) file = NULL;

  if (!is_wanted (self, error))
    return;
  say (self, describe (inb_json_get_object (answer, "matte")));
  if (g_access (self->found, R_OK) != 0) /* nothing at all was found */
    {
      g_clear_pointer (&self->found, g_free);
      update (self);
      return;
    }
  file = g_file_new_for_path (self->found);
  inb_preview_load_file_async (inb_draft_get_root (self->draft), file, _ ("Product Area"),
                               self->cancellable, loaded_cb, g_object_ref (self));
}

/* "orbit": a move that wants to know; which one does not matter. */
static void
find_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  InbMarksWindow *self = INB_MARKS_WINDOW (widget);
  const char *root = inb_draft_get_root (self->draft);
  g_autofree char *photo = inb_paths_dup_photo (root, inb_preview_get_sha256 (self->photo));
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *file = g_strdup_printf ("found-%s.png", uuid);

  if (self->found != NULL)
    return;
  self->found = inb_paths_dup_temporary (root, file);
  self->touched = FALSE;
  say (self, _ ("Looking for the product…"));
  update (self);
  inb_worker_run_async ((const char *const[]){ "render", "--explain", "--start", photo, "--prompt",
                                               "orbit", "--matte-output", self->found, NULL },
                        NULL, NULL, NULL, self->cancellable, found_cb, g_object_ref (self));
}

static void
undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  InbMarksWindow *self = INB_MARKS_WINDOW (widget);

  inb_marks_undo (get_marks (self));
  inb_marks_canvas_changed (self->canvas);
}

static void
clear_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  InbMarksWindow *self = INB_MARKS_WINDOW (widget);

  inb_marks_begin (get_marks (self));
  inb_marks_clear (get_marks (self));
  inb_marks_canvas_changed (self->canvas);
  say (self, _ ("Nothing is marked: the engine finds the product itself."));
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InbMarksWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sha256 = inb_keep_finish (result, &error);

  self->keeping = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable)) /* closed meanwhile: nothing changes */
    return;
  if (sha256 == NULL)
    {
      say (self, error->message);
      update (self);
      return;
    }
  inb_draft_set_matte (self->draft, sha256);
  gtk_window_close (GTK_WINDOW (self));
}

static void
done_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  InbMarksWindow *self = INB_MARKS_WINDOW (widget);
  g_autoptr (GBytes) bytes = NULL;

  if (inb_marks_are_empty (get_marks (self)))
    {
      inb_draft_set_matte (self->draft, NULL);
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  bytes = inb_marks_print (get_marks (self));
  self->keeping = TRUE;
  update (self);
  inb_keep_bytes_async (inb_draft_get_root (self->draft), bytes, NULL, kept_cb,
                        g_object_ref (self));
}

static void
tool_cb (InbMarksWindow *self)
{
  inb_marks_canvas_set_brush (self->canvas, gtk_adjustment_get_value (self->size),
                              inb_choice_get_selected (self->tools) == TOOL_MARK);
}

static void
inb_marks_window_dispose (GObject *object)
{
  InbMarksWindow *self = INB_MARKS_WINDOW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), INB_TYPE_MARKS_WINDOW);

  G_OBJECT_CLASS (inb_marks_window_parent_class)->dispose (object);
}

static void
inb_marks_window_finalize (GObject *object)
{
  InbMarksWindow *self = INB_MARKS_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->photo);
  g_clear_object (&self->draft);
  if (self->found != NULL)
    g_unlink (self->found); /* closed before it was read */
  g_free (self->found);

  G_OBJECT_CLASS (inb_marks_window_parent_class)->finalize (object);
}

static gboolean
inb_marks_window_close_request (GtkWindow *window)
{
  g_cancellable_cancel (INB_MARKS_WINDOW (window)->cancellable);
  return GTK_WINDOW_CLASS (inb_marks_window_parent_class)->close_request (window);
}

static void
inb_marks_window_class_init (InbMarksWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = inb_marks_window_dispose;
  object_class->finalize = inb_marks_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = inb_marks_window_close_request;

  g_type_ensure (INB_TYPE_CHOICE);
  g_type_ensure (INB_TYPE_MARKS_CANVAS);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/inbetween/Inbetween/ui/inb-marks-window.ui");
  gtk_widget_class_bind_template_child (widget_class, InbMarksWindow, status);
  gtk_widget_class_bind_template_child (widget_class, InbMarksWindow, canvas);
  gtk_widget_class_bind_template_child (widget_class, InbMarksWindow, tools);
  gtk_widget_class_bind_template_child (widget_class, InbMarksWindow, size);
  gtk_widget_class_install_action (widget_class, "marks.find", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "marks.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "marks.clear", NULL, clear_action);
  gtk_widget_class_install_action (widget_class, "marks.done", NULL, done_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "marks.undo",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
inb_marks_window_init (InbMarksWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->canvas),
                                  GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->status, NULL, -1);
  inb_choice_add (self->tools, _ ("Mark"), _ ("The brush marks the product"));
  inb_choice_add (self->tools, _ ("Wipe"), _ ("The brush wipes marks away"));
  g_signal_connect_object (self->tools, "notify::selected", G_CALLBACK (tool_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->size, "value-changed", G_CALLBACK (tool_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "painted", G_CALLBACK (painted_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * inb_marks_window_new:
 * @draft: a form whose start photo is read
 *
 * Returns: (transfer none): a window that marks what of it is product
 */
GtkWidget *
inb_marks_window_new (InbDraft *draft)
{
  InbMarksWindow *self = g_object_new (INB_TYPE_MARKS_WINDOW, NULL);
  const char *matte = inb_draft_get_matte (draft);

  self->draft = g_object_ref (draft);
  self->photo = g_object_ref (inb_photo_slot_get_preview (inb_draft_get_start (draft)));
  inb_marks_canvas_set_photo (self->canvas, self->photo);
  tool_cb (self);
  if (matte != NULL)
    {
      say (self, _ ("Paint what is missing, wipe away what is too much."));
      inb_preview_load_kept_async (inb_draft_get_root (draft), matte, _ ("Product Area"),
                                   self->cancellable, loaded_cb, g_object_ref (self));
    }
  else
    find_action (GTK_WIDGET (self), NULL, NULL);
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
  return GTK_WIDGET (self);
}

/**
 * inb_marks_window_present:
 * @parent: the window it belongs to
 * @draft: a form whose start photo is read
 *
 * Lets a person mark what of the start photo is product.
 */
void
inb_marks_window_present (GtkWindow *parent, InbDraft *draft)
{
  GtkWidget *self = inb_marks_window_new (draft);

  gtk_window_set_transient_for (GTK_WINDOW (self), parent);
  gtk_window_present (GTK_WINDOW (self));
}
