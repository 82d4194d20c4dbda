/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "inb-test-wait.h"
#include "ui-test.h"

#include <glib/gstdio.h>
#include <libintl.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

void
ui_test_init (int *argc, char ***argv)
{
  GtkCssProvider *provider = gtk_css_provider_new ();

  setlocale (LC_ALL, "");
  g_test_init (argc, argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  gtk_css_provider_load_from_resource (provider, "/io/github/inbetween/Inbetween/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    "/io/github/inbetween/Inbetween/icons");
  g_object_unref (provider);
}

/* Everything is said in the words of that .mo file; before ui_test_init(). Returns the folder to
 * remove at the end. */
char *
ui_test_speak (const char *catalogue)
{
  g_autofree char *top = ui_test_make_root ();
  g_autofree char *folder = g_build_filename (top, "xx", "LC_MESSAGES", NULL);
  g_autofree char *link = g_build_filename (folder, GETTEXT_PACKAGE ".mo", NULL);
  g_autofree char *made = g_canonicalize_filename (catalogue, NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_cmpint (symlink (made, link), ==, 0);
  g_setenv ("LANGUAGE", "xx", TRUE);
  if (setlocale (LC_ALL, "en_US.UTF-8") !=
      NULL) /* newer C libraries translate nothing in C.UTF-8 */
    g_setenv ("LC_ALL", "en_US.UTF-8", TRUE);
  bindtextdomain (GETTEXT_PACKAGE, top);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  return g_steal_pointer (&top);
}

/* One for all tests of a program: a name can be on the bus only once. */
GtkApplication *
ui_test_get_application (void)
{
  static GtkApplication *application;
  g_autoptr (GError) error = NULL;

  if (application != NULL)
    return application;
  application =
      g_object_new (ADW_TYPE_APPLICATION, "flags", G_APPLICATION_NON_UNIQUE, "application-id",
                    APP_ID, "resource-base-path", "/io/github/inbetween/Inbetween", NULL);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  return application;
}

char *
ui_test_make_root (void)
{
  g_autoptr (GError) error = NULL;
  char *root = g_dir_make_tmp ("inb-ui-XXXXXX", &error);

  g_assert_no_error (error);
  return root;
}

static void
remove_tree (GFile *file)
{
  g_autoptr (GFileEnumerator) children = g_file_enumerate_children (
      file, G_FILE_ATTRIBUTE_STANDARD_NAME, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  GFile *child;

  while (children != NULL && g_file_enumerator_iterate (children, NULL, &child, NULL, NULL) &&
         child != NULL)
    remove_tree (child);
  g_file_delete (file, NULL, NULL);
}

void
ui_test_remove_root (const char *root)
{
  g_autoptr (GFile) file = g_file_new_for_path (root);

  remove_tree (file);
}

static guint
get_uint (gpointer object, const char *property)
{
  guint value = 0;

  g_object_get (object, property, &value, NULL);
  return value;
}

void
ui_test_wait_uint (gpointer object, const char *property, guint value)
{
  wait_until (get_uint (object, property) == value);
}

void
ui_test_run_idle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static gboolean
painted_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  guint *frames = user_data;

  return ++*frames < 3 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/* Waits until the window shows how things are now. */
void
ui_test_paint (GtkWidget *window)
{
  guint frames = 0;

  gtk_widget_add_tick_callback (window, painted_cb, &frames, NULL);
  wait_until (frames >= 3);
}

static void
frame_done_cb (gboolean *done)
{
  *done = TRUE;
}

/* Waits for one frame from beginning to end: enough where no more than a colour changes. */
void
ui_test_paint_once (GtkWidget *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  gboolean done = FALSE;
  gulong handler =
      g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (frame_done_cb), &done);

  gtk_widget_queue_draw (window);
  wait_until (done);
  g_signal_handler_disconnect (clock, handler);
}

/* Returns a window that has been laid out and painted. */
GtkWidget *
ui_test_show (GtkWidget *child, int width, int height)
{
  gboolean is_window = GTK_IS_WINDOW (child);
  GtkWidget *window = is_window ? child : gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  if (!is_window)
    gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  ui_test_paint (window);
  return window;
}

void
ui_test_close (GtkWidget *window)
{
  gtk_window_destroy (GTK_WINDOW (window));
  ui_test_run_idle ();
}

/* Gives up the last reference of the test; fails if the object does not end. What is under way for
 * it, an accessible's signal or a worker that was told to stop, may hold it for some turns. */
void
ui_test_let_go (gpointer object)
{
  gpointer watched = object;

  g_object_add_weak_pointer (G_OBJECT (object), &watched);
  g_object_unref (object);
  wait_until (watched == NULL);
}

/* Closes it; fails if it does not end then. */
void
ui_test_close_and_end (GtkWidget *window)
{
  g_object_ref (window);
  ui_test_close (window);
  ui_test_let_go (window);
}

void
ui_test_wait_sensitive (GtkWidget *widget)
{
  wait_until (gtk_widget_is_sensitive (widget));
}

static const char *
get_text (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget));
  if (GTK_IS_BUTTON (widget))
    return gtk_button_get_label (GTK_BUTTON (widget));
  if (GTK_IS_CHECK_BUTTON (widget))
    return gtk_check_button_get_label (GTK_CHECK_BUTTON (widget));
  return NULL;
}

/* The first widget of that type, and with that text unless it is NULL, in order of the tree. */
gpointer
ui_test_find (GtkWidget *from, GType type, const char *text)
{
  if (g_type_is_a (G_OBJECT_TYPE (from), type) &&
      (text == NULL || g_strcmp0 (get_text (from), text) == 0))
    return from;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      gpointer found = ui_test_find (child, type, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Kept where the build keeps screenshots */
void
ui_test_screenshot (GtkWidget *window, const char *name)
{
  const char *folder = g_getenv ("INB_SHOTS");
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *file = g_strconcat (name, ".png", NULL);
  g_autofree char *path = g_build_filename (folder != NULL ? folder : g_get_tmp_dir (), file, NULL);

  ui_test_paint (window);
  g_mkdir_with_parents (folder != NULL ? folder : g_get_tmp_dir (), 0755);
  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (window),
                          gtk_widget_get_height (window));
  node = gtk_snapshot_to_node (snapshot);
  g_assert_nonnull (node);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

/* A photo of @width × @height: left half red, right half blue, grey where it was continued. */
static GBytes *
paint (const InbCanvas *canvas)
{
  guint8 *pixels = g_malloc ((gsize) canvas->width * canvas->height * 4);

  for (guint y = 0; y < canvas->height; y++)
    for (guint x = 0; x < canvas->width; x++)
      {
        guint8 *px = pixels + ((gsize) y * canvas->width + x) * 4;
        gboolean inside = x >= canvas->photo_x && x < canvas->photo_x + canvas->photo_width &&
                          y >= canvas->photo_y && y < canvas->photo_y + canvas->photo_height;
        gboolean left = x < canvas->photo_x + canvas->photo_width / 2;

        px[0] = !inside ? 128 : left ? 0 : 255;
        px[1] = !inside ? 128 : 0;
        px[2] = !inside ? 128 : left ? 255 : 0;
        px[3] = 255;
      }
  return g_bytes_new_take (pixels, (gsize) canvas->width * canvas->height * 4);
}

InbPreview *
ui_test_preview (const char *name, guint width, guint height)
{
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, name, -1);
  InbPreview *preview = inb_preview_new (sha256, name, width, height);
  double aspects[INB_N_CANVASES] = { MAX (16.0 / 9.0, (double) width / height),
                                     MIN (9.0 / 16.0, (double) width / height) };

  for (guint i = 0; i < INB_N_CANVASES; i++)
    {
      g_autoptr (GBytes) pixels = NULL;
      InbCanvas canvas;

      inb_canvas_init_around (&canvas, aspects[i], width, height);
      pixels = paint (&canvas);
      inb_preview_set_canvas (preview, i, pixels, (gsize) canvas.width * 4, &canvas);
    }
  return preview;
}

char *
ui_test_write_photo (const char *root, const char *name, guint width, guint height)
{
  InbCanvas canvas = { width, height, 0, 0, width, height };
  g_autoptr (GBytes) pixels = paint (&canvas);
  g_autoptr (GdkTexture) texture = gdk_memory_texture_new (
      (int) width, (int) height, GDK_MEMORY_B8G8R8A8_PREMULTIPLIED, pixels, (gsize) width * 4);
  char *path = g_build_filename (root, name, NULL);

  g_assert_true (gdk_texture_save_to_png (texture, path));
  return path;
}

InbRequest *
ui_test_request (void)
{
  InbRequest *request = inb_request_new ();

  request->start = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "start", -1);
  request->start_name = g_strdup ("mug.png");
  request->prompt = g_strdup ("push in");
  return request;
}

InbJob *
ui_test_job (const char *product, guint take, InbJobState state)
{
  g_autoptr (InbRequest) request = ui_test_request ();
  g_autofree char *id = g_strdup_printf ("%s-%u", product, take);
  InbJob *job = inb_job_new (id, product, take, request, take, 0);

  ui_test_set_job (job, state, -1.0, NULL);
  return job;
}

void
ui_test_set_job (InbJob *job, InbJobState state, double progress, const char *message)
{
  InbJobFacts facts = { .state = state,
                        .progress = progress,
                        .error_message = message,
                        .charged = "no",
                        .actual_micros = -1 };

  inb_job_set_facts (job, &facts);
}
