/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-notifier.h"

#include <glib/gi18n.h>

#include "jobs/inb-take-words.h"

/* Tells of clips that are ready, and of what needs a person, while no window of ours has the focus.
 * What comes close together is one notification, which says so anew; all are taken back when a
 * window is looked at. */

/* Between two that belong together; HIG says no number, interface.md says "close together" */
#define TOGETHER_US (5 * G_USEC_PER_SEC)

/* One notification that may still grow: of good news or of bad. */
typedef struct
{
  const char *prefix; /* of its id */
  guint number;       /* of the present one */
  gint64 last_us;     /* monotonic, when it was sent */
  GPtrArray *jobs;    /* InbJob it is about, newest last */
} Bundle;

enum
{
  READY,
  FAILED,
  N_BUNDLES,
};

struct _InbNotifier
{
  GObject parent_instance;

  GtkApplication *application;
  InbWorking *working;
  Bundle bundles[N_BUNDLES];
  GPtrArray *sent; /* ids that were not taken back */
};

G_DEFINE_FINAL_TYPE (InbNotifier, inb_notifier, G_TYPE_OBJECT)

static gboolean
is_looked_at (InbNotifier *self)
{
  for (GList *l = gtk_application_get_windows (self->application); l != NULL; l = l->next)
    if (gtk_window_is_active (l->data))
      return TRUE;
  return FALSE;
}

/* "Blue mug 9:16"; the shape of the photo itself has no name */
static char *
dup_name (InbJob *job)
{
  InbRatio ratio = inb_job_get_request (job)->framing.ratio;
  const char *product = inb_job_get_product_name (job);

  if (product == NULL)
    product = _ ("A clip");
  if (ratio == INB_RATIO_ORIGINAL)
    return g_strdup (product);
  return g_strdup_printf ("%s %s", product, inb_ratio_to_string (ratio));
}

static char *
dup_body (GPtrArray *jobs, gboolean failed)
{
  InbJob *job = g_ptr_array_index (jobs, jobs->len - 1);
  const InbJobFacts *facts = inb_job_get_facts (job);
  guint seconds = inb_job_get_request (job)->duration_s;

  if (failed && jobs->len == 1 && facts->error_message != NULL)
    return g_strdup (
        facts->error_message); /* it says what became of the money, as the other does */
  if (failed)
    return inb_take_words_dup_state (job);
  if (jobs->len == 1)
    return g_strdup_printf (ngettext ("Take %u, %u second", "Take %u, %u seconds", seconds),
                            inb_job_get_take (job), seconds);
  /* Translators: the newest of several clips that are ready: a product, number of the take */
  return g_strdup_printf (_ ("The newest is %s, take %u."), inb_job_get_product_name (job),
                          inb_job_get_take (job));
}

static void
send (InbNotifier *self, Bundle *bundle, gboolean failed)
{
  InbJob *newest = g_ptr_array_index (bundle->jobs, bundle->jobs->len - 1);
  const InbClip *clip = inb_job_get_clip (newest);
  g_autofree char *title = inb_notifier_dup_title (bundle->jobs, failed);
  g_autofree char *body = dup_body (bundle->jobs, failed);
  g_autofree char *id = g_strdup_printf ("%s-%u", bundle->prefix, bundle->number);
  g_autoptr (GNotification) notification = g_notification_new (title);
  g_autoptr (GIcon) icon = g_themed_icon_new (APP_ID);

  g_notification_set_body (notification, body);
  g_notification_set_icon (notification, icon);
  g_notification_set_default_action_and_target (notification, "app.open-take", "s",
                                                inb_job_get_id (newest));
  if (!failed && clip != NULL && bundle->jobs->len == 1)
    g_notification_add_button_with_target (notification, _ ("Show File"), "app.show-file", "s",
                                           clip->path);
  g_application_send_notification (G_APPLICATION (self->application), id, notification);
  if (!g_ptr_array_find_with_equal_func (self->sent, id, g_str_equal, NULL))
    g_ptr_array_add (self->sent, g_steal_pointer (&id));
}

static void
add (InbNotifier *self, Bundle *bundle, InbJob *job)
{
  gint64 now_us = g_get_monotonic_time ();

  if (bundle->jobs->len == 0 || now_us - bundle->last_us > TOGETHER_US)
    {
      g_ptr_array_set_size (bundle->jobs, 0);
      bundle->number++;
    }
  bundle->last_us = now_us;
  g_ptr_array_add (bundle->jobs, g_object_ref (job));
  send (self, bundle, bundle == &self->bundles[FAILED]);
}

/* An answer that was lost needs a person as much as a failure does. */
static gboolean
needs_person (InbJob *job)
{
  InbJobState state = inb_job_get_state (job);

  return inb_job_state_is_failure (state) ||
         (state == INB_JOB_UNKNOWN && inb_job_get_facts (job)->paused);
}

static void
moved_cb (InbNotifier *self, InbJob *job, guint before)
{
  if (is_looked_at (self))
    return;
  if (inb_job_get_state (job) == INB_JOB_DONE && !inb_job_state_is_final (before))
    add (self, &self->bundles[READY], job);
  else if (needs_person (job))
    add (self, &self->bundles[FAILED], job);
}

static void
active_cb (InbNotifier *self)
{
  if (!is_looked_at (self))
    return;
  for (guint i = 0; i < self->sent->len; i++)
    g_application_withdraw_notification (G_APPLICATION (self->application),
                                         g_ptr_array_index (self->sent, i));
  g_ptr_array_set_size (self->sent, 0);
  for (guint i = 0; i < N_BUNDLES; i++)
    g_ptr_array_set_size (self->bundles[i].jobs, 0);
}

static void
window_cb (InbNotifier *self, GtkWindow *window)
{
  g_signal_connect_object (window, "notify::is-active", G_CALLBACK (active_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
inb_notifier_finalize (GObject *object)
{
  InbNotifier *self = INB_NOTIFIER (object);

  for (guint i = 0; i < N_BUNDLES; i++)
    g_ptr_array_unref (self->bundles[i].jobs);
  g_ptr_array_unref (self->sent);
  g_object_unref (self->working);

  G_OBJECT_CLASS (inb_notifier_parent_class)->finalize (object);
}

static void
inb_notifier_class_init (InbNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_notifier_finalize;
}

static void
inb_notifier_init (InbNotifier *self)
{
  for (guint i = 0; i < N_BUNDLES; i++)
    self->bundles[i].jobs = g_ptr_array_new_with_free_func (g_object_unref);
  self->bundles[READY].prefix = "ready";
  self->bundles[FAILED].prefix = "failed";
  self->sent = g_ptr_array_new_with_free_func (g_free);
}

/**
 * inb_notifier_new:
 * @application: (transfer none): whose notifications these are; outlives this
 * @working: (transfer none): what to tell of
 *
 * The default action is app.open-take with a job's id, the button's is app.show-file with a path.
 *
 * Returns: (transfer full): a teller
 */
InbNotifier *
inb_notifier_new (GtkApplication *application, InbWorking *working)
{
  InbNotifier *self = g_object_new (INB_TYPE_NOTIFIER, NULL);

  self->application = application;
  self->working = g_object_ref (working);
  g_signal_connect_object (working, "moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (application, "window-added", G_CALLBACK (window_cb), self,
                           G_CONNECT_SWAPPED);
  for (GList *l = gtk_application_get_windows (application); l != NULL; l = l->next)
    window_cb (self, l->data);
  return self;
}

/**
 * inb_notifier_dup_title:
 * @jobs: (element-type InbJob): what one notification is about, ≥ 1
 * @failed: whether it is bad news
 *
 * Returns: (transfer full): a line that stands alone: "Blue mug 9:16 is ready", "6 clips ready"
 */
char *
inb_notifier_dup_title (GPtrArray *jobs, gboolean failed)
{
  g_autofree char *name = dup_name (g_ptr_array_index (jobs, jobs->len - 1));

  if (jobs->len == 1 && failed)
    /* Translators: %s is a product and perhaps a shape */
    return g_strdup_printf (_ ("%s was not made"), name);
  if (jobs->len == 1)
    /* Translators: %s is a product and perhaps a shape: “Blue mug 9:16” */
    return g_strdup_printf (_ ("%s is ready"), name);
  if (failed)
    return g_strdup_printf (ngettext ("%u clip was not made", "%u clips were not made", jobs->len),
                            jobs->len);
  return g_strdup_printf (ngettext ("%u clip ready", "%u clips ready", jobs->len), jobs->len);
}
