/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-drag-out.h"

#include "jobs/inb-delivery.h"
#include "ui/inb-settings-source.h"

/* A take or a photo leaves by the hand, as a finished file with the name it would be saved under.
 * The file lies in a folder for passing things, which is emptied at the next start: whoever took it
 * may still be copying when the program ends. */

/* px of the longer side of what hangs on the pointer; chosen by eye */
#define ICON_SIZE 160

static char *
dup_folder (void)
{
  return g_build_filename (g_get_user_cache_dir (), "inbetween", "outgoing", NULL);
}

/* Takes @path and @name. */
static GdkContentProvider *
offer_file (char *path, char *name)
{
  g_autofree char *from = path;
  g_autofree char *called = name;
  g_autofree char *folder = dup_folder ();
  g_autoptr (GError) error = NULL;
  g_autofree char *lent = NULL;
  g_autoptr (GFile) file = NULL;
  GdkContentProvider *provider;
  GdkFileList *list;

  if (from == NULL)
    return NULL;
  lent = inb_delivery_lend (from, folder, called, &error);
  if (lent == NULL)
    {
      g_message ("%s", error->message); /* no drag begins; saving says the same in the window */
      return NULL;
    }
  file = g_file_new_for_path (lent);
  list = gdk_file_list_new_from_array (&file, 1);
  provider = gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, list);
  g_boxed_free (GDK_TYPE_FILE_LIST, list);
  return provider;
}

/**
 * inb_drag_out_dup_content:
 * @job: a take
 *
 * Returns: (transfer full) (nullable): its clip as a file for other programs and itself, a #InbJob,
 * for this one; %NULL where there is no clip
 */
GdkContentProvider *
inb_drag_out_dup_content (InbJob *job)
{
  const InbClip *clip = inb_job_get_clip (job);
  g_autofree char *name_template = inb_settings_source_dup_template ();
  GdkContentProvider *both[2] = { NULL, NULL };

  if (clip == NULL || inb_job_get_state (job) != INB_JOB_DONE)
    return NULL;
  both[0] = offer_file (g_strdup (clip->path), inb_delivery_dup_name (job, name_template));
  if (both[0] == NULL)
    return NULL;
  both[1] = gdk_content_provider_new_typed (INB_TYPE_JOB, job);
  return gdk_content_provider_new_union (both, G_N_ELEMENTS (both));
}

static GdkContentProvider *
prepare_take_cb (GtkDragSource *source, double x, double y, gpointer user_data)
{
  InbDragOutJob get_job = (InbDragOutJob) user_data;
  InbJob *job = get_job (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source)));

  return job != NULL ? inb_drag_out_dup_content (job) : NULL;
}

static GdkContentProvider *
prepare_file_cb (GtkDragSource *source, double x, double y, gpointer user_data)
{
  InbDragOutFile dup_file = (InbDragOutFile) user_data;
  char *name = NULL;
  char *path = dup_file (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source)), &name);

  return offer_file (path, name);
}

/* A still of the widget, small enough to see what is below. */
static void
begin_cb (GtkDragSource *source, GdkDrag *drag, gpointer user_data)
{
  GtkWidget *widget = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  g_autoptr (GdkPaintable) live = gtk_widget_paintable_new (widget);
  g_autoptr (GdkPaintable) still = gdk_paintable_get_current_image (live);
  GtkWidget *picture = gtk_picture_new_for_paintable (still);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  double scale = MIN (1.0, (double) ICON_SIZE / MAX (1, MAX (width, height)));

  gtk_widget_set_size_request (picture, (int) (width * scale), (int) (height * scale));
  gtk_drag_icon_set_child (GTK_DRAG_ICON (gtk_drag_icon_get_for_drag (drag)), picture);
}

static void
add (GtkWidget *widget, GCallback prepare, gpointer user_data)
{
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect (source, "prepare", prepare, user_data);
  g_signal_connect (source, "drag-begin", G_CALLBACK (begin_cb), NULL);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (source));
}

/**
 * inb_drag_out_add_take:
 * @widget: what is dragged: a card, the clip on the stage
 * @get_job: (scope forever): says which take it shows
 *
 * Lets a person drag the take's clip into another program, or onto a place for a photo in this one.
 */
void
inb_drag_out_add_take (GtkWidget *widget, InbDragOutJob get_job)
{
  add (widget, G_CALLBACK (prepare_take_cb), (gpointer) get_job);
}

/**
 * inb_drag_out_add_file:
 * @widget: what is dragged
 * @dup_file: (scope forever): says which file it stands for
 *
 * Lets a person drag a file into another program.
 */
void
inb_drag_out_add_file (GtkWidget *widget, InbDragOutFile dup_file)
{
  add (widget, G_CALLBACK (prepare_file_cb), (gpointer) dup_file);
}

static void
clean_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  inb_delivery_take_back (task_data);
  g_task_return_boolean (task, TRUE);
}

/**
 * inb_drag_out_clean_async:
 *
 * Removes what was passed in former runs of the program.
 */
void
inb_drag_out_clean_async (void)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_source_tag (task, inb_drag_out_clean_async);
  g_task_set_task_data (task, dup_folder (), g_free);
  g_task_run_in_thread (task, clean_thread);
}
