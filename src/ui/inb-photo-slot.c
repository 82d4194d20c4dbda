/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-photo-slot.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "jobs/inb-fetch.h"
#include "jobs/inb-last-frame.h"
#include "ui/inb-preview-load.h"

/* A place for a photo: empty, reading one, showing one, or saying why it could not. The newest wish
 * wins; a photo that is refused never pushes out one that was there. */
struct _InbPhotoSlot
{
  GObject parent_instance;

  char *root;
  InbPreview *preview;
  char *name;   /* of what is being read */
  char *sha256; /* of a kept photo that is being read, or could not be */
  char *error;
  GCancellable *reading; /* not NULL while a photo is fetched or a worker reads */
  int tenth;             /* of a photo that is fetched: what was said last */
};

typedef enum
{
  PROP_STATE = 1,
  PROP_PREVIEW,
} InbPhotoSlotProperty;

static GParamSpec *props[PROP_PREVIEW + 1];

enum
{
  SIGNAL_REFUSED,
  SIGNAL_NOTE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbPhotoSlot, inb_photo_slot, G_TYPE_OBJECT)

static void
notify_all (InbPhotoSlot *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PREVIEW]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

static void
stop_reading (InbPhotoSlot *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->sha256, g_free);
}

/* A kept photo that cannot be read now may be another time: who keeps the form keeps its id. */
static void
refuse_kept (InbPhotoSlot *self, const char *message)
{
  g_autofree char *sha256 = g_steal_pointer (&self->sha256);
  g_autofree char *name = g_steal_pointer (&self->name);

  stop_reading (self);
  self->sha256 = g_steal_pointer (&sha256);
  self->name = g_steal_pointer (&name);
  g_free (self->error);
  self->error = g_strdup (message);
  notify_all (self);
  g_signal_emit (self, signals[SIGNAL_REFUSED], 0, message);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InbPhotoSlot) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (InbPreview) preview = inb_preview_load_finish (result, &error);

  /* another photo was taken or the slot was cleared meanwhile: this answer is nobody's */
  if (self->reading == NULL || g_task_get_cancellable (G_TASK (result)) != self->reading)
    return;
  if (preview != NULL)
    inb_photo_slot_take_preview (self, preview);
  else if (self->sha256 != NULL)
    refuse_kept (self, error->message);
  else
    inb_photo_slot_refuse (self, error->message);
}

static GCancellable *
begin_reading (InbPhotoSlot *self, const char *name)
{
  stop_reading (self);
  g_clear_pointer (&self->error, g_free);
  self->name = g_utf8_make_valid (name, -1);
  self->reading = g_cancellable_new ();
  return self->reading;
}

/* The file may go at once: what is mapped stays readable. */
static GBytes *
read_fetched (char *path, GError **error)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, error);

  g_unlink (path);
  return file != NULL ? g_mapped_file_get_bytes (file) : NULL;
}

static void
take_arrived (InbPhotoSlot *self, GAsyncResult *result, GBytes *bytes, const GError *error)
{
  if (self->reading == NULL || g_task_get_cancellable (G_TASK (result)) != self->reading)
    return;
  if (bytes == NULL)
    inb_photo_slot_refuse (self, error->message);
  else
    inb_preview_load_bytes_async (self->root, bytes, self->name, self->reading, loaded_cb,
                                  g_object_ref (self));
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InbPhotoSlot) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = inb_fetch_photo_finish (result, &error);
  g_autoptr (GBytes) bytes = path != NULL ? read_fetched (path, &error) : NULL;

  take_arrived (self, result, bytes, error);
}

static void
framed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InbPhotoSlot) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = inb_last_frame_finish (result, &error);

  take_arrived (self, result, bytes, error);
}

/* Said in tenths: more would be noise on the line that tells of it. */
static void
fetching_cb (gint64 n_bytes, gint64 total, gpointer user_data)
{
  InbPhotoSlot *self = user_data;
  int tenth = total > 0 ? (int) (MIN (n_bytes, total) * 10 / total) : 0;
  g_autofree char *note = NULL;

  if (self->reading == NULL || tenth == self->tenth)
    return;
  self->tenth = tenth;
  /* Translators: a photo comes from the web: its name, then how much of it is here */
  note = g_strdup_printf (_ ("Fetching “%s”… %d %%"), self->name, tenth * 10);
  g_signal_emit (self, signals[SIGNAL_NOTE], 0, note);
}

static void
fetch (InbPhotoSlot *self, GFile *file)
{
  g_autofree char *url = g_file_get_uri (file);
  g_autofree char *home = inb_fetch_dup_home (url);
  g_autofree char *name = inb_fetch_dup_name (url);
  g_autofree char *note = NULL;
  GCancellable *cancellable = begin_reading (self, name);

  self->tenth = 0;
  note = g_strdup_printf (_ ("Fetching “%s”…"), self->name);
  g_signal_emit (self, signals[SIGNAL_NOTE], 0, note);
  inb_fetch_photo_async (self->root, url, home, fetching_cb, self, cancellable, fetched_cb,
                         g_object_ref (self));
  notify_all (self);
}

static void
inb_photo_slot_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  InbPhotoSlot *self = INB_PHOTO_SLOT (object);

  switch ((InbPhotoSlotProperty) prop_id)
    {
    case PROP_STATE:
      g_value_set_uint (value, inb_photo_slot_get_state (self));
      break;
    case PROP_PREVIEW:
      g_value_set_object (value, self->preview);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
inb_photo_slot_dispose (GObject *object)
{
  InbPhotoSlot *self = INB_PHOTO_SLOT (object);

  stop_reading (self);
  g_clear_object (&self->preview);

  G_OBJECT_CLASS (inb_photo_slot_parent_class)->dispose (object);
}

static void
inb_photo_slot_finalize (GObject *object)
{
  InbPhotoSlot *self = INB_PHOTO_SLOT (object);

  g_free (self->root);
  g_free (self->error);

  G_OBJECT_CLASS (inb_photo_slot_parent_class)->finalize (object);
}

static void
inb_photo_slot_class_init (InbPhotoSlotClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = inb_photo_slot_get_property;
  object_class->dispose = inb_photo_slot_dispose;
  object_class->finalize = inb_photo_slot_finalize;

  props[PROP_STATE] =
      g_param_spec_uint ("state", NULL, NULL, 0, INB_SLOT_FAILED, INB_SLOT_EMPTY, flags);
  props[PROP_PREVIEW] = g_param_spec_object ("preview", NULL, NULL, INB_TYPE_PREVIEW, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  /* InbPhotoSlot::refused: a sentence for the person, said once for each photo that is refused */
  signals[SIGNAL_REFUSED] = g_signal_new ("refused", INB_TYPE_PHOTO_SLOT, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  /* InbPhotoSlot::note: what it is doing, for a line that tells of it */
  signals[SIGNAL_NOTE] = g_signal_new ("note", INB_TYPE_PHOTO_SLOT, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
inb_photo_slot_init (InbPhotoSlot *self)
{
}

/**
 * inb_photo_slot_new:
 * @root: the data folder, where photos are kept
 *
 * Returns: (transfer full): an empty slot
 */
InbPhotoSlot *
inb_photo_slot_new (const char *root)
{
  InbPhotoSlot *self = g_object_new (INB_TYPE_PHOTO_SLOT, NULL);

  self->root = g_strdup (root);
  return self;
}

/**
 * inb_photo_slot_take_file:
 * @self: a slot
 * @file: what the person gave, an address of the web too; it may vanish as soon as the slot is
 * ready
 *
 * Begins to fetch or to read it; InbPhotoSlot:state says how that went.
 */
void
inb_photo_slot_take_file (InbPhotoSlot *self, GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  GCancellable *cancellable;

  if (g_file_has_uri_scheme (file, "https") || g_file_has_uri_scheme (file, "http"))
    {
      fetch (self, file);
      return;
    }
  cancellable = begin_reading (self, name != NULL ? name : "");
  inb_preview_load_file_async (self->root, file, self->name, cancellable, loaded_cb,
                               g_object_ref (self));
  notify_all (self);
}

/**
 * inb_photo_slot_take_bytes:
 * @self: a slot
 * @bytes: of a photo, in any format
 * @name: what to call it
 *
 * The same for a picture that came without a file.
 */
void
inb_photo_slot_take_bytes (InbPhotoSlot *self, GBytes *bytes, const char *name)
{
  GCancellable *cancellable = begin_reading (self, name);

  inb_preview_load_bytes_async (self->root, bytes, self->name, cancellable, loaded_cb,
                                g_object_ref (self));
  notify_all (self);
}

/**
 * inb_photo_slot_take_kept:
 * @self: a slot
 * @sha256: of a photo in the data folder
 * @name: what it was called
 *
 * The same for a photo that is kept already.
 */
void
inb_photo_slot_take_kept (InbPhotoSlot *self, const char *sha256, const char *name)
{
  GCancellable *cancellable = begin_reading (self, name != NULL ? name : "");

  self->sha256 = g_strdup (sha256);
  g_clear_object (&self->preview); /* this one belongs to another form */
  inb_preview_load_kept_async (self->root, sha256, self->name, cancellable, loaded_cb,
                               g_object_ref (self));
  notify_all (self);
}

/**
 * inb_photo_slot_take_last_frame:
 * @self: a slot
 * @job: a job that is DONE
 *
 * The same for the last picture of its clip: where one take ends another can begin.
 */
void
inb_photo_slot_take_last_frame (InbPhotoSlot *self, InbJob *job)
{
  /* Translators: name of a photo: the product it comes from, number of the take */
  g_autofree char *name = g_strdup_printf (_ ("%s, end of take %u.png"),
                                           inb_job_get_product_name (job), inb_job_get_take (job));
  GCancellable *cancellable = begin_reading (self, name);

  inb_last_frame_async (self->root, job, cancellable, framed_cb, g_object_ref (self));
  notify_all (self);
}

/**
 * inb_photo_slot_take_preview:
 * @self: a slot
 * @preview: what to show from now on
 */
void
inb_photo_slot_take_preview (InbPhotoSlot *self, InbPreview *preview)
{
  stop_reading (self);
  g_clear_pointer (&self->error, g_free);
  g_set_object (&self->preview, preview);
  notify_all (self);
}

/**
 * inb_photo_slot_refuse:
 * @self: a slot
 * @message: why, and the way out
 *
 * Says that what was offered is no photo. One that was there stays.
 */
void
inb_photo_slot_refuse (InbPhotoSlot *self, const char *message)
{
  stop_reading (self);
  g_free (self->error);
  self->error = self->preview == NULL ? g_strdup (message) : NULL;
  notify_all (self);
  g_signal_emit (self, signals[SIGNAL_REFUSED], 0, message);
}

/**
 * inb_photo_slot_clear:
 * @self: a slot
 */
void
inb_photo_slot_clear (InbPhotoSlot *self)
{
  stop_reading (self);
  g_clear_pointer (&self->error, g_free);
  g_clear_object (&self->preview);
  notify_all (self);
}

/**
 * inb_photo_slot_swap:
 * @self: a slot
 * @other: another
 *
 * Exchanges what they show; what either is still reading is given up.
 */
void
inb_photo_slot_swap (InbPhotoSlot *self, InbPhotoSlot *other)
{
  InbPreview *preview = g_steal_pointer (&self->preview);

  stop_reading (self);
  stop_reading (other);
  g_clear_pointer (&self->error, g_free);
  g_clear_pointer (&other->error, g_free);
  self->preview = g_steal_pointer (&other->preview);
  other->preview = preview;
  notify_all (self);
  notify_all (other);
}

/**
 * inb_photo_slot_get_state:
 * @self: a slot
 *
 * Returns: what it does
 */
InbSlotState
inb_photo_slot_get_state (InbPhotoSlot *self)
{
  if (self->reading != NULL)
    return INB_SLOT_LOADING;
  if (self->preview != NULL)
    return INB_SLOT_READY;
  return self->error != NULL ? INB_SLOT_FAILED : INB_SLOT_EMPTY;
}

/**
 * inb_photo_slot_get_preview:
 * @self: a slot
 *
 * Returns: (transfer none) (nullable): what it shows; the former photo while the next is read
 */
InbPreview *
inb_photo_slot_get_preview (InbPhotoSlot *self)
{
  return self->preview;
}

/**
 * inb_photo_slot_get_sha256:
 * @self: a slot
 *
 * Returns: (transfer none) (nullable): which photo of the data folder it stands for: the one it
 * shows, or the kept one that it is reading; a new photo counts once it is read
 */
const char *
inb_photo_slot_get_sha256 (InbPhotoSlot *self)
{
  if (self->sha256 != NULL)
    return self->sha256;
  return self->preview != NULL ? inb_preview_get_sha256 (self->preview) : NULL;
}

/**
 * inb_photo_slot_get_kept_name:
 * @self: a slot
 *
 * Returns: (transfer none) (nullable): the name of that photo
 */
const char *
inb_photo_slot_get_kept_name (InbPhotoSlot *self)
{
  if (self->sha256 != NULL)
    return self->name;
  return self->preview != NULL ? inb_preview_get_name (self->preview) : NULL;
}

/**
 * inb_photo_slot_get_name:
 * @self: a slot
 *
 * Returns: (transfer none) (nullable): name of the photo that is read or shown
 */
const char *
inb_photo_slot_get_name (InbPhotoSlot *self)
{
  if (self->name != NULL)
    return self->name;
  return self->preview != NULL ? inb_preview_get_name (self->preview) : NULL;
}

/**
 * inb_photo_slot_get_error:
 * @self: a slot
 *
 * Returns: (transfer none) (nullable): why it is empty
 */
const char *
inb_photo_slot_get_error (InbPhotoSlot *self)
{
  return self->error;
}
