/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The other side of a drag in GUI tests: a window to drag a file from and to drop files on.
 *
 * usage: drag-source FILE [LABEL]
 *
 * Shows LABEL, or else the file's name. A drag from the upper half offers FILE as a GdkFileList.
 * Files dropped on the lower half are listed there and on standard output, one line each, fields
 * parted by a tab: "dropped", the size in bytes or −1 where it cannot be read, the path or else the
 * address. What the other program did with a drag is said too: "taken" when it accepted the file,
 * "refused" when it did not.
 */
#include <gtk/gtk.h>

typedef struct
{
  GFile *file;
  const char *label;
  GtkLabel *dropped;
  gboolean refused; /* the drag that is ending */
} DragSource;

static void report (const char *format, ...) G_GNUC_PRINTF (1, 2);

static void
report (const char *format, ...)
{
  va_list args;

  va_start (args, format);
  vfprintf (stdout, format, args);
  va_end (args);
  fflush (stdout); /* a test at the other end of a pipe waits for it */
}

static GdkContentProvider *
prepare_cb (GtkDragSource *source, double x, double y, DragSource *self)
{
  GdkFileList *files = gdk_file_list_new_from_array (&self->file, 1);
  GdkContentProvider *provider = gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, files);

  g_boxed_free (GDK_TYPE_FILE_LIST, files);
  return provider;
}

static void
drag_end_cb (GtkDragSource *source, GdkDrag *drag, gboolean delete_data, DragSource *self)
{
  /* comes after "drag-cancel" as well */
  if (!self->refused)
    report ("taken\n");
  self->refused = FALSE;
}

static gboolean
drag_cancel_cb (GtkDragSource *source, GdkDrag *drag, GdkDragCancelReason reason, DragSource *self)
{
  self->refused = TRUE;
  report ("refused\n");
  return FALSE;
}

/* Returns: the size of @file in bytes, −1 if it cannot be read */
static goffset
size_of (GFile *file)
{
  g_autoptr (GFileInfo) info =
      g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, NULL, NULL);

  return info != NULL ? g_file_info_get_size (info) : -1;
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, DragSource *self)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

  for (GSList *l = files; l != NULL; l = l->next)
    {
      goffset size = size_of (l->data);
      g_autofree char *name = g_file_get_parse_name (l->data);

      report ("dropped\t%" G_GOFFSET_FORMAT "\t%s\n", size, name);
      g_string_append_printf (lines, "%s%s: %" G_GOFFSET_FORMAT " bytes",
                              lines->len > 0 ? "\n" : "", name, size);
    }
  gtk_label_set_label (self->dropped, lines->str);
  return TRUE;
}

static GtkWidget *
create_offer (DragSource *self)
{
  GtkWidget *offer = gtk_label_new (self->label);
  GtkDragSource *source = gtk_drag_source_new ();

  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), self);
  g_signal_connect (source, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect (source, "drag-cancel", G_CALLBACK (drag_cancel_cb), self);
  gtk_widget_add_controller (offer, GTK_EVENT_CONTROLLER (source));
  gtk_widget_set_vexpand (offer, TRUE);
  return offer;
}

static GtkWidget *
create_landing (DragSource *self)
{
  GtkWidget *landing = gtk_label_new ("Drop here");
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  self->dropped = GTK_LABEL (landing);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (landing, GTK_EVENT_CONTROLLER (target));
  gtk_label_set_wrap (GTK_LABEL (landing), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (landing), PANGO_WRAP_CHAR);
  gtk_widget_set_vexpand (landing, TRUE);
  return landing;
}

static void
activate_cb (GtkApplication *application, DragSource *self)
{
  GtkWidget *window = gtk_application_window_new (application);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  gtk_box_append (GTK_BOX (box), create_offer (self));
  gtk_box_append (GTK_BOX (box), create_landing (self));
  gtk_window_set_title (GTK_WINDOW (window), "Drag source");
  gtk_window_set_default_size (GTK_WINDOW (window), 240, 200);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  g_autoptr (GtkApplication) application = NULL;
  g_autoptr (GFile) file = NULL;
  g_autofree char *name = NULL;
  DragSource self = { 0 };

  if (argc < 2 || argc > 3)
    {
      g_printerr ("usage: drag-source FILE [LABEL]\n");
      return 2;
    }

  file = g_file_new_for_commandline_arg (argv[1]);
  name = g_file_get_basename (file);
  self.file = file;
  self.label = argc == 3 ? argv[2] : name;

  application = gtk_application_new (NULL, G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), &self);
  return g_application_run (G_APPLICATION (application), 1, argv);
}
