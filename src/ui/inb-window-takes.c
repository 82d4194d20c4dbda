/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "core/inb-money.h"
#include "jobs/inb-remedy.h"
#include "jobs/inb-take-words.h"
#include "providers/inb-code.h"
#include "store/inb-paths.h"
#include "ui/inb-code-window.h"
#include "ui/inb-compat.h"
#include "ui/inb-history-page.h"
#include "ui/inb-window-private.h"

/* What a person wants of one take, wherever it is shown: “win.take” with a word and an id. Nothing
 * here spends without a question that names the price. */

typedef struct
{
  InbWindow *window;
  InbJob *job;
  void (*go) (InbWindow *self, InbJob *job);
} Question;

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (InbWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!inb_queue_change_finish (INB_QUEUE (source), result, &error) && self->takes != NULL)
    inb_window_toast (self, error->message);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Question *question = user_data;

  if (inb_compat_ask_finish (result) && question->window->takes != NULL)
    question->go (question->window, question->job);
  g_object_unref (question->window);
  g_object_unref (question->job);
  g_free (question);
}

static void
ask (InbWindow *self, InbJob *job, const char *heading, const char *body, const char *keep_label,
     const char *go_label, void (*go) (InbWindow *, InbJob *))
{
  Question *question = g_new0 (Question, 1);

  question->window = g_object_ref (self);
  question->job = g_object_ref (job);
  question->go = go;
  inb_compat_ask_async (GTK_WINDOW (self), heading, body, keep_label, go_label, TRUE, answered_cb,
                        question);
}

/* "Spend $0.35", and where no price is published a word that does not hide it. */
static char *
dup_spend_label (InbJob *job)
{
  gint64 cost = inb_remedy_get_cost (job);
  g_autofree char *price = inb_money_format (cost);

  return cost > 0 ? g_strdup_printf (_ ("Spend %s"), price)
                  : g_strdup (_ ("Send, Price Not Published"));
}

static void
ask_to_spend (InbWindow *self, InbJob *job, const char *body, void (*go) (InbWindow *, InbJob *))
{
  g_autofree char *heading = g_strdup_printf (_ ("Make take %u?"), inb_job_get_take (job));
  g_autofree char *label = dup_spend_label (job);

  ask (self, job, heading, body, _ ("_Not Now"), label, go);
}

static void
play (InbWindow *self, InbJob *job)
{
  inb_window_open_take (self, inb_job_get_id (job));
  if (adw_flap_get_folded (self->takes_flap))
    adw_flap_set_reveal_flap (self->takes_flap, FALSE); /* the stage is under it */
  inb_player_play (inb_stage_get_player (self->stage));
}

static void
open_take (InbWindow *self, InbJob *job)
{
  inb_window_open_take (self, inb_job_get_id (job));
}

static void
show_details (InbWindow *self, InbJob *job)
{
  GtkWidget *page = gtk_stack_get_visible_child (self->pages);

  if (INB_IS_HISTORY_PAGE (page))
    inb_history_page_show_details (INB_HISTORY_PAGE (page), job);
  else
    inb_takes_show_details (self->takes, job);
}

static void
show_code (InbWindow *self, InbJob *job)
{
  inb_code_window_present (GTK_WINDOW (self), inb_job_get_request (job), self->root);
}

/* The same job for the command line: it reads the photo as it was kept. */
static void
copy_command (InbWindow *self, InbJob *job)
{
  const InbRequest *request = inb_job_get_request (job);
  g_autofree char *start_photo = inb_paths_dup_photo (self->root, request->start);
  g_autofree char *last_photo =
      request->last != NULL ? inb_paths_dup_photo (self->root, request->last) : NULL;
  g_autofree char *matte =
      request->matte != NULL ? inb_paths_dup_photo (self->root, request->matte) : NULL;
  InbCodePhoto start = { .file = start_photo };
  InbCodePhoto last = { .file = last_photo };
  InbCodeOrder order = { .request = request,
                         .start = &start,
                         .last = last_photo != NULL ? &last : NULL,
                         .product = inb_job_get_product_name (job),
                         .matte = matte };
  g_autoptr (GError) error = NULL;
  g_autofree char *command = inb_code_write (&order, INB_CODE_COMMAND, &error);

  if (command != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), command);
  inb_window_toast (self, command != NULL ? _ ("Copied as a command") : error->message);
}

static void
accept_take (InbWindow *self, InbJob *job)
{
  inb_take_steps_mark (self->take_steps, job, 1);
}

static void
reject_take (InbWindow *self, InbJob *job)
{
  inb_take_steps_mark (self->take_steps, job, -1);
}

static void
delete_take (InbWindow *self, InbJob *job)
{
  if ((inb_remedy_find (job, g_get_real_time ()) & INB_REMEDY_DELETE) == 0)
    return;
  inb_take_steps_delete (self->take_steps, job);
}

static void
restore_take (InbWindow *self, InbJob *job)
{
  inb_take_steps_restore (self->take_steps, job);
}

/* Explicit, and the form's own Undo takes it back. */
static void
use_settings (InbWindow *self, InbJob *job)
{
  g_autofree char *text = NULL;

  inb_window_open_take (self, inb_job_get_id (job));
  inb_draft_use (self->draft, inb_job_get_request (job));
  text = g_strdup_printf (_ ("The form has the settings of take %u"), inb_job_get_take (job));
  inb_window_toast_with_undo (self, text);
  if (adw_flap_get_folded (self->form_flap))
    adw_flap_set_reveal_flap (self->form_flap, TRUE);
}

static void
copy_id (InbWindow *self, InbJob *job)
{
  const InbJobFacts *facts = inb_job_get_facts (job);
  const char *id = facts->request_id != NULL  ? facts->request_id
                   : facts->remote_id != NULL ? facts->remote_id
                                              : inb_job_get_id (job);
  /* Translators: %s is an id */
  g_autofree char *text = g_strdup_printf (_ ("Copied %s"), id);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), id);
  inb_window_toast (self, text);
}

static void
cancel_now (InbWindow *self, InbJob *job)
{
  inb_queue_cancel_async (self->queue, inb_job_get_id (job), changed_cb, g_object_ref (self));
}

static void
cancel (InbWindow *self, InbJob *job)
{
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;

  if (!inb_remedy_may_be_charged (job))
    {
      cancel_now (self, job);
      return;
    }
  heading = g_strdup_printf (_ ("Cancel take %u?"), inb_job_get_take (job));
  /* Translators: %s is the name of a service */
  body =
      g_strdup_printf (_ ("%s may still finish it and charge it. If the clip arrives, it is kept."),
                       inb_take_words_get_provider (job));
  ask (self, job, heading, body, _ ("_Keep Waiting"), _ ("_Cancel Task"), cancel_now);
}

static void
resume_now (InbWindow *self, InbJob *job)
{
  inb_queue_resume_async (self->queue, inb_job_get_id (job), changed_cb, g_object_ref (self));
}

/* Of a service it is the person's word for what the job costs. */
static void
resume (InbWindow *self, InbJob *job)
{
  g_autofree char *body = NULL;

  if (inb_remedy_get_cost (job) == 0)
    {
      resume_now (self, job);
      return;
    }
  /* Translators: %s is the name of a service */
  body = g_strdup_printf (_ ("It was not sent yet. %s makes it as it was asked for."),
                          inb_take_words_get_provider (job));
  ask_to_spend (self, job, body, resume_now);
}

static void
order_now (InbWindow *self, InbJob *job)
{
  g_autoptr (InbRequest) request = inb_request_copy (inb_job_get_request (job));

  request->takes = 1;
  inb_window_send_order (self, request, inb_job_get_product_id (job),
                         inb_job_get_product_name (job));
}

static void
order (InbWindow *self, InbJob *job)
{
  g_autofree char *money = NULL;
  g_autofree char *body = NULL;

  if (inb_remedy_get_cost (job) == 0)
    {
      order_now (self, job);
      return;
    }
  money = inb_take_words_dup_money (job);
  /* Translators: the first take: “Not charged”; name of a service */
  body = g_strdup_printf (_ ("The first try: %s. %s makes another take of the same settings."),
                          money, inb_take_words_get_provider (job));
  ask_to_spend (self, job, body, order_now);
}

static void
resolve (InbWindow *self, InbJob *job, InbResolve how)
{
  inb_queue_resolve_async (self->queue, inb_job_get_id (job), how, changed_cb, g_object_ref (self));
}

static void
ask_again (InbWindow *self, InbJob *job)
{
  resolve (self, job, INB_RESOLVE_LOOK);
}

static void
give_up_now (InbWindow *self, InbJob *job)
{
  resolve (self, job, INB_RESOLVE_LOST);
}

static void
give_up (InbWindow *self, InbJob *job)
{
  g_autofree char *heading = g_strdup_printf (_ ("Give up take %u?"), inb_job_get_take (job));
  /* Translators: %s is the name of a service */
  g_autofree char *body = g_strdup_printf (
      _ ("%s may have made the clip and charged it. Nobody looks for it any more."),
      inb_take_words_get_provider (job));

  ask (self, job, heading, body, _ ("_Keep Looking"), _ ("_Give Up"), give_up_now);
}

static void
send_again_now (InbWindow *self, InbJob *job)
{
  resolve (self, job, INB_RESOLVE_RESEND);
}

static void
send_again (InbWindow *self, InbJob *job)
{
  gint64 cost = inb_remedy_get_cost (job);
  const char *service = inb_take_words_get_provider (job);
  g_autofree char *price = inb_money_format (cost);
  g_autofree char *label = dup_spend_label (job);
  g_autofree char *heading = g_strdup_printf (_ ("Send take %u again?"), inb_job_get_take (job));
  g_autofree char *body = NULL;

  if (cost > 0)
    /* Translators: name of a service, a sum of money */
    body = g_strdup_printf (_ ("Whether %s has the first request is not known. If it has, you pay "
                               "twice: %s once more."),
                            service, price);
  else
    body = g_strdup_printf (_ ("Whether %s has the first request is not known. If it has, you pay "
                               "twice. What a clip costs there is not published."),
                            service);
  ask (self, job, heading, body, _ ("_Not Now"), label, send_again_now);
}

static const struct
{
  const char *word;
  void (*act) (InbWindow *self, InbJob *job);
} deeds[] = {
  { "open", open_take },
  { "play", play },
  { "accept", accept_take },
  { "reject", reject_take },
  { "use", use_settings },
  { "details", show_details },
  { "difference", show_details },
  { "copy-id", copy_id },
  { "code", show_code },
  { "command", copy_command },
  { "delete", delete_take },
  { "restore", restore_take },
  { "cancel", cancel },
  { "resume", resume },
  { "retry", resume },
  { "order", order },
  { "ask", ask_again },
  { "give-up", give_up },
  { "resend", send_again },
  { "save", inb_window_save_take },
};

static void
take_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  InbWindow *self = INB_WINDOW (widget);
  g_autoptr (InbJob) job = NULL;
  const char *word, *id;

  g_variant_get (parameter, "(&s&s)", &word, &id);
  job = self->queue != NULL ? inb_queue_get_job (self->queue, id) : NULL;
  if (job == NULL)
    return;
  g_object_ref (job);
  for (guint i = 0; i < G_N_ELEMENTS (deeds); i++)
    if (strcmp (deeds[i].word, word) == 0)
      deeds[i].act (self, job);
}

/* An id, and a name that may be empty. */
static void
show_take_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  InbWindow *self = INB_WINDOW (widget);

  inb_window_show_take (self);
  gtk_widget_child_focus (GTK_WIDGET (self->stage), GTK_DIR_TAB_FORWARD);
}

static void
name_take_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  InbWindow *self = INB_WINDOW (widget);
  const char *id, *wanted;
  InbJob *job;

  g_variant_get (parameter, "(&s&s)", &id, &wanted);
  job = self->queue != NULL ? inb_queue_get_job (self->queue, id) : NULL;
  if (job != NULL)
    inb_take_steps_name (self->take_steps, job, *wanted != '\0' ? wanted : NULL);
}

void
inb_window_install_take_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.take", "(ss)", take_action);
  gtk_widget_class_install_action (widget_class, "win.show-take", NULL, show_take_action);
  gtk_widget_class_install_action (widget_class, "win.name-take", "(ss)", name_take_action);
  inb_window_install_import_actions (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "win.show-page",
                                       "s", "history");
}

/**
 * inb_window_connect_takes:
 * @self: a window that has just got its queue
 */
void
inb_window_connect_takes (InbWindow *self)
{
  self->take_steps = inb_take_steps_new (self->queue, self->toasts);
  g_signal_connect_object (self->take_steps, "failed", G_CALLBACK (inb_window_toast), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->take_steps, "changed", G_CALLBACK (inb_window_update_undo), self,
                           G_CONNECT_SWAPPED);
  inb_window_connect_import (self);
}

/**
 * inb_window_open_take:
 * @self: a window with a queue
 * @job_id: UUID of a job
 *
 * Shows its product and selects it.
 */
void
inb_window_open_take (InbWindow *self, const char *job_id)
{
  InbJob *job;

  g_return_if_fail (INB_IS_WINDOW (self));

  job = self->queue != NULL ? inb_queue_get_job (self->queue, job_id) : NULL;
  if (job == NULL)
    return;
  inb_window_open_product (self, inb_job_get_product_id (job));
  inb_takes_select (self->takes, job_id);
  inb_window_show_take (self);
}

/* What was cleaned away to make room is there again when a take is looked at. Nobody waits. */
void
inb_window_make_media (InbWindow *self, InbJob *job)
{
  g_cancellable_cancel (self->media);
  g_clear_object (&self->media);
  if (self->queue == NULL || job == NULL || inb_job_get_state (job) != INB_JOB_DONE)
    return;
  self->media = g_cancellable_new ();
  inb_queue_make_media_async (self->queue, inb_job_get_id (job), self->media, NULL, NULL);
}

/* The stage with a take, the framing of the photo, or the way to begin */
void
inb_window_update_centre (InbWindow *self)
{
  InbPhotoSlot *start = inb_draft_get_start (self->draft);
  InbJob *job = inb_takes_get_selected (self->takes);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  gboolean had_focus =
      focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->start_page));
  const char *page = "start";

  if (job != NULL && (!self->at_form || inb_photo_slot_get_preview (start) == NULL))
    page = "take";
  else if (inb_photo_slot_get_preview (start) != NULL)
    page = "framing";
  gtk_widget_set_visible (self->show_take_button, job != NULL);
  gtk_stack_set_visible_child_name (self->centre, page);
  /* else it would go on to the status line, all of which would be selected */
  if (had_focus && strcmp (page, "framing") == 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->framing));
}

/* The selected take, if there is one, until the form is worked at */
void
inb_window_show_take (InbWindow *self)
{
  self->at_form = FALSE;
  inb_live_preview_rest (self->live);
  inb_window_update_centre (self);
}
