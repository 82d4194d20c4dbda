/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-poster-view.h"

#include "ui/inb-poster.h"

/* A still of a take, or an icon until there is one. Decoration: the row beside it has the words. */
struct _InbPosterView
{
  AdwBin parent_instance;

  char *path; /* what is shown or being read */
  GCancellable *loading;

  GtkPicture *picture;
  GtkWidget *icon;
};

G_DEFINE_FINAL_TYPE (InbPosterView, inb_poster_view, ADW_TYPE_BIN)

static void
show_texture (InbPosterView *self, GdkTexture *texture)
{
  gtk_picture_set_paintable (self->picture, texture != NULL ? GDK_PAINTABLE (texture) : NULL);
  gtk_widget_set_visible (self->icon, texture == NULL);
}

static void
stop_loading (InbPosterView *self)
{
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InbPosterView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = inb_poster_load_finish (result, &error);

  /* another take is shown by now; or none, and a take without a poster is still a take */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->picture == NULL ||
      texture == NULL || g_task_get_cancellable (G_TASK (result)) != self->loading)
    return;
  g_clear_object (&self->loading);
  show_texture (self, texture);
}

static void
inb_poster_view_dispose (GObject *object)
{
  InbPosterView *self = INB_POSTER_VIEW (object);

  stop_loading (self);
  self->picture = NULL;

  G_OBJECT_CLASS (inb_poster_view_parent_class)->dispose (object);
}

static void
inb_poster_view_finalize (GObject *object)
{
  g_free (INB_POSTER_VIEW (object)->path);

  G_OBJECT_CLASS (inb_poster_view_parent_class)->finalize (object);
}

static void
inb_poster_view_class_init (InbPosterViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = inb_poster_view_dispose;
  object_class->finalize = inb_poster_view_finalize;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
inb_poster_view_init (InbPosterView *self)
{
  GtkWidget *overlay = gtk_overlay_new ();

  self->picture =
      g_object_new (GTK_TYPE_PICTURE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_picture_set_content_fit (self->picture, GTK_CONTENT_FIT_CONTAIN);
  gtk_picture_set_can_shrink (self->picture, TRUE);
  self->icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", "video-x-generic-symbolic",
                             "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_widget_add_css_class (self->icon, "dim-label");
  /* what lies over the child takes no part in the size: newer GTKs would give a picture more */
  gtk_overlay_set_child (GTK_OVERLAY (overlay), self->icon);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), GTK_WIDGET (self->picture));
  adw_bin_set_child (ADW_BIN (self), overlay);
  gtk_widget_add_css_class (GTK_WIDGET (self), "poster");
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * inb_poster_view_new:
 *
 * Returns: (transfer floating): a place for a poster; its size is its size request
 */
GtkWidget *
inb_poster_view_new (void)
{
  return g_object_new (INB_TYPE_POSTER_VIEW, NULL);
}

/**
 * inb_poster_view_set_job:
 * @self: a place for a poster
 * @job: (nullable): the take of which to show it
 *
 * Shows what is at hand at once, else reads it in a thread. To be called again when the take has
 * got its clip.
 */
void
inb_poster_view_set_job (InbPosterView *self, InbJob *job)
{
  const InbClip *clip = job != NULL ? inb_job_get_clip (job) : NULL;
  const char *path = clip != NULL ? clip->poster : NULL;
  GdkTexture *texture = path != NULL ? inb_poster_peek (path) : NULL;

  g_return_if_fail (INB_IS_POSTER_VIEW (self));

  if (g_strcmp0 (path, self->path) == 0)
    return;
  stop_loading (self);
  g_free (self->path);
  self->path = g_strdup (path);
  show_texture (self, texture);
  if (path == NULL || texture != NULL)
    return;
  self->loading = g_cancellable_new ();
  inb_poster_load_async (path, self->loading, loaded_cb, g_object_ref (self));
}
