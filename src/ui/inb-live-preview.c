/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-live-preview.h"

#include <glib/gi18n.h>
#include <string.h>

#include "player/inb-preview-reel.h"
#include "ui/inb-working.h"

/* The move that the form asks for, played where the photo's framing is shown, while the person
 * fills it in. The local engine makes it whoever will make the clip. Only where it can be seen and
 * is wanted, and never while a job needs the processor. */
struct _InbLivePreview
{
  GObject parent_instance;

  InbDraft *draft;
  InbFramingPreview *place;
  GtkLabel *caption;
  GtkSettings *settings;
  InbWorking *working; /* NULL without a queue */
  InbPreviewWorker *worker;
  char *look;       /* of the still picture below; a move of another one is shown no longer */
  char *rest;       /* the words of a product that came, until they are changed */
  char *rest_photo; /* the same of its start frame */

  InbPreviewReel *reel;   /* what is shown */
  InbPreviewReel *coming; /* takes its place with its first picture */
  guint tick_id;
  gboolean closed;
};

enum
{
  SIGNAL_WORKED_AT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbLivePreview, inb_live_preview, G_TYPE_OBJECT)

static void
set_caption (InbLivePreview *self)
{
  const InbProvider *provider = inb_draft_get_provider (self->draft);
  gboolean hosted = provider != NULL && !g_str_equal (provider->id, "local");
  g_autofree char *text =
      self->reel == NULL ? g_strdup ("")
      : hosted
          /* Translators: %s is the name of a service */
          ? g_strdup_printf (
                _ ("Preview by the local engine. The clip of \u2068%s\u2069 will differ."),
                inb_provider_get_name (provider))
          : g_strdup (_ ("Preview by the local engine"));

  if (g_str_equal (gtk_label_get_label (self->caption), text))
    return;
  gtk_label_set_label (self->caption, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->place), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text, -1);
}

static void
show_texture (InbLivePreview *self)
{
  GdkTexture *texture = self->reel != NULL ? inb_preview_reel_get_texture (self->reel) : NULL;

  inb_framing_preview_set_motion (self->place, texture);
  set_caption (self);
}

/* Still again */
static void
drop_reels (InbLivePreview *self)
{
  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->place), self->tick_id);
  self->tick_id = 0;
  g_clear_object (&self->coming);
  g_clear_object (&self->reel);
  show_texture (self);
}

/* The new one needs its first picture to be shown; until then the old one goes on. */
static void
take_coming (InbLivePreview *self, gint64 now_us)
{
  inb_preview_reel_advance (self->coming, now_us);
  if (inb_preview_reel_get_texture (self->coming) != NULL)
    {
      g_set_object (&self->reel, self->coming);
      g_clear_object (&self->coming);
    }
  else if (inb_preview_reel_is_over (self->coming)) /* nothing came; the old one is not meant */
    {
      g_clear_object (&self->coming);
      g_clear_object (&self->reel);
    }
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  InbLivePreview *self = user_data;
  gint64 now_us = gdk_frame_clock_get_frame_time (clock);

  if (self->coming != NULL)
    take_coming (self, now_us);
  if (self->reel != NULL)
    inb_preview_reel_advance (self->reel, now_us);
  show_texture (self);
  if (self->coming != NULL || (self->reel != NULL && !inb_preview_reel_is_over (self->reel)))
    return G_SOURCE_CONTINUE;
  self->tick_id = 0;
  return G_SOURCE_REMOVE;
}

static void
clip_cb (InbLivePreview *self, GInputStream *y4m, guint n_frames)
{
  g_clear_object (&self->coming);
  self->coming = inb_preview_reel_new (y4m, n_frames);
  if (self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self->place), tick_cb, self, NULL);
}

static gboolean
is_wanted (InbLivePreview *self)
{
  InbPhotoSlot *start = inb_draft_get_start (self->draft);
  gboolean animations;

  g_object_get (self->settings, "gtk-enable-animations", &animations, NULL);
  return !self->closed && self->rest == NULL && animations &&
         gtk_widget_get_mapped (GTK_WIDGET (self->place)) &&
         !inb_framing_preview_is_dragging (self->place) &&
         (self->working == NULL || !inb_working_is_busy (self->working)) &&
         inb_photo_slot_get_state (start) == INB_SLOT_READY &&
         inb_photo_slot_get_sha256 (start) != NULL &&
         inb_photo_slot_get_state (inb_draft_get_last (self->draft)) != INB_SLOT_LOADING &&
         inb_draft_get_prompt (
             self->draft)[strspn (inb_draft_get_prompt (self->draft), " \t\r\n")] != '\0';
}

static char *
dup_look (const InbRequest *request)
{
  g_autofree char *framing = inb_framing_to_string (&request->framing);

  return g_strdup_printf ("%s %s", request->start, framing);
}

/* Without the focus, which is found anew for every photo */
static char *
dup_words (InbLivePreview *self)
{
  g_autoptr (InbRequest) request = inb_draft_dup_request (self->draft, 0);
  const InbFraming shape = { request->framing.ratio, request->framing.fit, -1.0, -1.0 };
  g_autofree char *framing = inb_framing_to_string (&shape);

  return g_strdup_printf ("%s %s %u %s", framing, request->matte != NULL ? request->matte : "-",
                          request->duration_s, request->prompt);
}

/* Words that came with a product, or were there when a take was chosen, rest; until they are
 * changed, or another photo is. */
static void
leave_rest (InbLivePreview *self)
{
  const char *start = inb_photo_slot_get_sha256 (inb_draft_get_start (self->draft));
  g_autofree char *words = NULL;

  if (self->rest == NULL)
    return;
  if (self->rest_photo == NULL)
    self->rest_photo = g_strdup (start);
  words = dup_words (self);
  if (g_str_equal (words, self->rest) && (start == NULL || g_str_equal (start, self->rest_photo)))
    return;
  g_clear_pointer (&self->rest, g_free);
  g_signal_emit (self, signals[SIGNAL_WORKED_AT], 0);
}

static void
update (InbLivePreview *self)
{
  g_autoptr (InbRequest) request = NULL;
  g_autofree char *look = NULL;

  leave_rest (self);
  if (is_wanted (self))
    {
      request = inb_draft_dup_request (self->draft, 0);
      look = dup_look (request);
    }
  if (g_strcmp0 (look, self->look) != 0)
    drop_reels (self);
  g_free (self->look);
  self->look = g_steal_pointer (&look);
  inb_preview_worker_ask (self->worker, request);
  set_caption (self);
}

static void
inb_live_preview_dispose (GObject *object)
{
  inb_live_preview_close (INB_LIVE_PREVIEW (object));

  G_OBJECT_CLASS (inb_live_preview_parent_class)->dispose (object);
}

static void
inb_live_preview_finalize (GObject *object)
{
  InbLivePreview *self = INB_LIVE_PREVIEW (object);

  g_free (self->look);
  g_free (self->rest);
  g_free (self->rest_photo);
  g_clear_object (&self->worker);
  g_clear_object (&self->draft);

  G_OBJECT_CLASS (inb_live_preview_parent_class)->finalize (object);
}

static void
inb_live_preview_class_init (InbLivePreviewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = inb_live_preview_dispose;
  object_class->finalize = inb_live_preview_finalize;

  /* InbLivePreview::worked-at: the words that rested, or the start frame, were changed */
  signals[SIGNAL_WORKED_AT] = g_signal_new ("worked-at", INB_TYPE_LIVE_PREVIEW, G_SIGNAL_RUN_LAST,
                                            0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
inb_live_preview_init (InbLivePreview *self)
{
}

/**
 * inb_live_preview_new:
 * @draft: what is asked for
 * @place: where it is shown, of the start photo; must live until inb_live_preview_close()
 * @caption: says what it is, as long as it is shown; the same
 *
 * Returns: (transfer full): a preview that works until it is closed
 */
InbLivePreview *
inb_live_preview_new (InbDraft *draft, InbFramingPreview *place, GtkLabel *caption)
{
  InbLivePreview *self = g_object_new (INB_TYPE_LIVE_PREVIEW, NULL);

  self->draft = g_object_ref (draft);
  self->place = place;
  self->caption = caption;
  self->settings = gtk_widget_get_settings (GTK_WIDGET (place));
  self->worker = inb_preview_worker_new (inb_draft_get_root (draft));
  g_signal_connect_object (self->worker, "clip", G_CALLBACK (clip_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "product-comes", G_CALLBACK (inb_live_preview_rest), self,
                           G_CONNECT_SWAPPED);
  /* after: mapped is what it says then */
  g_signal_connect_object (place, "map", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (place, "unmap", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (place, "notify::dragging", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "notify::gtk-enable-animations", G_CALLBACK (update),
                           self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * inb_live_preview_set_jobs:
 * @self: a preview, once
 * @jobs: all jobs; while one is made on this computer nothing is previewed
 */
void
inb_live_preview_set_jobs (InbLivePreview *self, GListModel *jobs)
{
  g_return_if_fail (INB_IS_LIVE_PREVIEW (self) && self->working == NULL);

  self->working = inb_working_new (jobs);
  g_signal_connect_object (self->working, "items-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->working, "moved", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * inb_live_preview_rest:
 * @self: a preview
 *
 * What the form asks for now is played when it is worked at, and not before.
 */
void
inb_live_preview_rest (InbLivePreview *self)
{
  g_return_if_fail (INB_IS_LIVE_PREVIEW (self));

  g_clear_pointer (&self->rest_photo, g_free);
  g_free (self->rest);
  self->rest = dup_words (self);
  update (self);
}

/**
 * inb_live_preview_close:
 * @self: a preview
 *
 * Ends its worker; nothing is shown any more. For a window that is about to go.
 */
void
inb_live_preview_close (InbLivePreview *self)
{
  g_return_if_fail (INB_IS_LIVE_PREVIEW (self));

  if (self->closed)
    return;
  self->closed = TRUE;
  g_clear_object (&self->working);
  drop_reels (self);
  inb_preview_worker_ask (self->worker, NULL);
  g_signal_handlers_disconnect_by_data (self->place, self);
  g_signal_handlers_disconnect_by_data (self->draft, self);
  g_signal_handlers_disconnect_by_data (self->settings, self);
}

/**
 * inb_live_preview_get_worker:
 * @self: a preview
 *
 * Returns: (transfer none): who makes its clips
 */
InbPreviewWorker *
inb_live_preview_get_worker (InbLivePreview *self)
{
  g_return_val_if_fail (INB_IS_LIVE_PREVIEW (self), NULL);

  return self->worker;
}

/**
 * inb_live_preview_get_n_shown:
 * @self: a preview
 *
 * Returns: how many pictures of the present clip it has shown; 0 while it is still
 */
guint
inb_live_preview_get_n_shown (InbLivePreview *self)
{
  g_return_val_if_fail (INB_IS_LIVE_PREVIEW (self), 0);

  return self->reel != NULL ? inb_preview_reel_get_n_shown (self->reel) : 0;
}
