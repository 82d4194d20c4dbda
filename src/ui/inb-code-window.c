/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-code-window.h"

#include <glib/gi18n.h>

#include "jobs/inb-frames.h"
#include "jobs/inb-home.h"
#include "jobs/inb-secret-name.h"
#include "providers/inb-catalogue.h"
#include "providers/inb-code.h"
#include "store/inb-paths.h"
#include "ui/inb-choice.h"
#include "ui/inb-toast.h"

/* A request, written as a program that anybody can run. What it reads is a file that is there: the
 * photo as it was kept, until the frame that this program would send is made. */
struct _InbCodeWindow
{
  AdwWindow parent_instance;

  InbRequest *request;
  char *root;
  InbFrames *frames;        /* NULL until they are made */
  const InbSignIn *sign_in; /* of a provider that lives as long as the program */
  GCancellable *cancellable;

  AdwToastOverlay *toasts;
  InbChoice *languages;
  GtkLabel *cost;
  GtkTextView *view;
};

G_DEFINE_FINAL_TYPE (InbCodeWindow, inb_code_window, ADW_TYPE_WINDOW)

static char *
dup_clip_name (const InbRequest *request)
{
  g_autofree char *product =
      request->start_name != NULL ? inb_request_dup_product_name (request->start_name) : NULL;
  g_autofree char *name = g_strdup (product != NULL ? product : "clip");

  return g_strconcat (g_strdelimit (name, "/", '-'), ".mp4", NULL);
}

static char *
write_code (InbCodeWindow *self, InbCodeLanguage language, GError **error)
{
  const InbRequest *request = self->request;
  const InbProvider *provider = inb_catalogue_find (request->provider, error);
  gboolean plain = self->frames == NULL || language == INB_CODE_COMMAND;
  g_autofree char *start_photo = inb_paths_dup_photo (self->root, request->start);
  g_autofree char *last_photo =
      request->last != NULL ? inb_paths_dup_photo (self->root, request->last) : NULL;
  g_autofree char *matte =
      request->matte != NULL ? inb_paths_dup_photo (self->root, request->matte) : NULL;
  g_autofree char *product =
      request->start_name != NULL ? inb_request_dup_product_name (request->start_name) : NULL;
  g_autofree char *clip = dup_clip_name (request);
  g_autofree char *home = NULL;
  InbCodePhoto start = { .file = plain ? start_photo : self->frames->start, .prepared = !plain };
  InbCodePhoto last = { .file = plain ? last_photo : self->frames->last, .prepared = !plain };
  InbCodeOrder order = { .request = request,
                         .start = &start,
                         .last = request->last != NULL ? &last : NULL,
                         .sign_in = self->sign_in,
                         .clip = clip,
                         .product = product,
                         .matte = matte };

  if (provider == NULL || (provider->service != NULL && !inb_home_find (provider, &home, error)))
    return NULL;
  start.media = inb_code_guess_media (start.file);
  last.media = request->last != NULL ? inb_code_guess_media (last.file) : NULL;
  order.home = home;
  return inb_code_write (&order, language, error);
}

static void
update (InbCodeWindow *self)
{
  InbCodeLanguage language = (InbCodeLanguage) inb_choice_get_selected (self->languages);
  g_autoptr (GError) error = NULL;
  g_autofree char *code = NULL;

  if (inb_request_validate (self->request, &error))
    code = write_code (self, language, &error);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view),
                            code != NULL ? code : error->message, -1);
  gtk_text_view_set_wrap_mode (self->view, code != NULL ? GTK_WRAP_NONE : GTK_WRAP_WORD_CHAR);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "code.copy", code != NULL);
}

static void
framed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InbCodeWindow) self = user_data;
  InbFrames *frames = inb_frames_prepare_finish (result, NULL);

  if (frames == NULL)
    return; /* the photo as it is stays in the program, and its comment says so */
  if (self->view == NULL)
    {
      inb_frames_free (frames);
      return;
    }
  self->frames = frames;
  update (self);
}

static void
find_sign_in (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_task_return_pointer (task, (gpointer) inb_secret_name_find_sign_in (task_data), NULL);
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  InbCodeWindow *self = INB_CODE_WINDOW (source);
  const InbSignIn *sign_in = g_task_propagate_pointer (G_TASK (result), NULL);

  if (self->view == NULL || sign_in == NULL)
    return;
  self->sign_in = sign_in;
  update (self);
}

/* What takes a while: the frames by a worker, and, from the keyring, which kind of key is there. */
static void
begin (InbCodeWindow *self)
{
  const InbProvider *provider = inb_catalogue_find (self->request->provider, NULL);
  g_autoptr (GTask) task = NULL;

  if (provider == NULL || provider->service == NULL || !inb_request_validate (self->request, NULL))
    return;
  inb_frames_prepare_async (self->root, self->request, provider->id, &provider->limits,
                            self->cancellable, framed_cb, g_object_ref (self));
  task = g_task_new (self, self->cancellable, signed_in_cb, NULL);
  g_task_set_source_tag (task, begin);
  g_task_set_task_data (task, (gpointer) provider, NULL);
  g_task_run_in_thread (task, find_sign_in);
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  InbCodeWindow *self = INB_CODE_WINDOW (widget);
  g_autofree char *code = NULL;

  g_object_get (gtk_text_view_get_buffer (self->view), "text", &code, NULL);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), code);
  inb_toast_add (self->toasts, adw_toast_new (_ ("Copied")));
}

static void
inb_code_window_dispose (GObject *object)
{
  InbCodeWindow *self = INB_CODE_WINDOW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), INB_TYPE_CODE_WINDOW);

  G_OBJECT_CLASS (inb_code_window_parent_class)->dispose (object);
}

static void
inb_code_window_finalize (GObject *object)
{
  InbCodeWindow *self = INB_CODE_WINDOW (object);

  g_clear_pointer (&self->request, inb_request_free);
  g_clear_pointer (&self->frames, inb_frames_free);
  g_free (self->root);

  G_OBJECT_CLASS (inb_code_window_parent_class)->finalize (object);
}

static void
inb_code_window_class_init (InbCodeWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = inb_code_window_dispose;
  object_class->finalize = inb_code_window_finalize;

  g_type_ensure (INB_TYPE_CHOICE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/inbetween/Inbetween/ui/inb-code-window.ui");
  gtk_widget_class_bind_template_child (widget_class, InbCodeWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, InbCodeWindow, languages);
  gtk_widget_class_bind_template_child (widget_class, InbCodeWindow, cost);
  gtk_widget_class_bind_template_child (widget_class, InbCodeWindow, view);
  gtk_widget_class_install_action (widget_class, "code.copy", NULL, copy_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
inb_code_window_init (InbCodeWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  /* a program reads from the left in every language */
  gtk_widget_set_direction (GTK_WIDGET (self->view), GTK_TEXT_DIR_LTR);
  /* Translators: the names of a program and of two languages, written as their makers do */
  inb_choice_add (self->languages, _ ("curl"), _ ("As a shell program with curl"));
  inb_choice_add (self->languages, _ ("JavaScript"), _ ("As JavaScript"));
  inb_choice_add (self->languages, _ ("Python"), _ ("As Python"));
  inb_choice_add (self->languages, _ ("Command"), _ ("As a command of Inbetween"));
  g_signal_connect_object (self->languages, "notify::selected", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
}

/**
 * inb_code_window_new:
 * @request: what is written; may be incomplete, then the window says what is missing
 * @root: the data folder, where its photos are kept
 *
 * Returns: (transfer none): a window that shows it
 */
GtkWidget *
inb_code_window_new (const InbRequest *request, const char *root)
{
  InbCodeWindow *self = g_object_new (INB_TYPE_CODE_WINDOW, NULL);
  const InbProvider *provider = inb_catalogue_find (request->provider, NULL);
  g_autofree char *cost = inb_code_dup_cost (request);

  self->request = inb_request_copy (request);
  self->root = g_strdup (root);
  gtk_label_set_label (self->cost, cost);
  if (provider != NULL && provider->service == NULL)
    inb_choice_set_selected (self->languages, INB_CODE_COMMAND);
  update (self);
  begin (self);
  return GTK_WIDGET (self);
}

/**
 * inb_code_window_present:
 * @parent: the window it belongs to
 * @request: what is written; may be incomplete, then the window says what is missing
 * @root: the data folder, where its photos are kept
 *
 * Shows a request as a program in curl, JavaScript, Python, and as a command of ours.
 */
void
inb_code_window_present (GtkWindow *parent, const InbRequest *request, const char *root)
{
  GtkWidget *self = inb_code_window_new (request, root);

  gtk_window_set_transient_for (GTK_WINDOW (self), parent);
  gtk_window_present (GTK_WINDOW (self));
}
