/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-window.h"

#include <glib/gi18n.h>

#include "ui/inb-settings-source.h"
#include "jobs/inb-take-words.h"
#include "ui/inb-spare-layout.h"
#include "ui/inb-start-page.h"
#include "ui/inb-widget.h"
#include "ui/inb-window-private.h"

/* The one window: the form on the left, the stage in the middle, the takes on the right. What can
 * be done in it stands in inb-window-actions.c. */

G_DEFINE_FINAL_TYPE (InbWindow, inb_window, ADW_TYPE_APPLICATION_WINDOW)

/* px; below it one page is seen at a time, and the header keeps what is of use there */
#define NARROW 600

void
inb_window_update_title (InbWindow *self)
{
  const char *page = inb_window_get_page_title (self);
  const char *product = inb_draft_get_product_name (self->draft);
  const char *title = page != NULL ? page : product != NULL ? product : _ ("Inbetween");
  g_autofree char *day = inb_order_dup_day (inb_composer_get_order (self->composer));

  adw_window_title_set_title (self->title, title);
  adw_window_title_set_subtitle (self->title, page == NULL && product != NULL ? day : "");
  gtk_window_set_title (GTK_WINDOW (self), title);
}

static void
selected_cb (InbWindow *self)
{
  InbJob *job = inb_takes_get_selected (self->takes);

  inb_stage_set_job (self->stage, job);
  inb_window_make_media (self, job);
  inb_window_show_take (self);
  inb_window_update_header (self);
  inb_window_say_no_more (self);
}

/* The list of takes is there once there is one. */
static void
count_cb (InbWindow *self)
{
  gboolean any = inb_takes_get_count (self->takes) > 0;
  gboolean folded = adw_flap_get_folded (self->takes_flap);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.show-takes", any);
  inb_window_update_header (self);
  if (!any || !folded)
    adw_flap_set_reveal_flap (self->takes_flap, any);
}

static gboolean
fold_cb (gpointer user_data)
{
  InbWindow *self = user_data;
  gboolean form_folded = adw_flap_get_folded (self->form_flap);
  gboolean any = inb_takes_get_count (self->takes) > 0;

  self->fold_id = 0;
  self->narrow = gtk_widget_get_width (GTK_WIDGET (self)) < NARROW;
  inb_window_update_header (self);
  if (!any)
    adw_flap_set_reveal_flap (self->takes_flap, FALSE);
  /* the takes fold first: never the form hidden beside takes that are not */
  adw_flap_set_fold_policy (self->takes_flap,
                            form_folded ? ADW_FLAP_FOLD_POLICY_ALWAYS : ADW_FLAP_FOLD_POLICY_AUTO);
  return G_SOURCE_REMOVE;
}

/* This is told while the window is being laid out: too late to change anything in it. */
static void
folded_cb (InbWindow *self)
{
  if (self->fold_id == 0)
    self->fold_id = g_idle_add_full (G_PRIORITY_DEFAULT, fold_cb, self, NULL);
}

static void
inb_window_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GTK_WIDGET_CLASS (inb_window_parent_class)->size_allocate (widget, width, height, baseline);
  if ((width < NARROW) != INB_WINDOW (widget)->narrow)
    folded_cb (INB_WINDOW (widget));
}

static void
take_state_cb (InbWindow *self, InbJob *job)
{
  const InbJobFacts *facts = inb_job_get_facts (job);
  g_autofree char *state = inb_take_words_dup_state (job);
  g_autofree char *text = NULL;

  if (facts->error_message != NULL && inb_job_state_is_failure (facts->state))
    /* Translators: number of the take, its state, what happened */
    text = g_strdup_printf (_ ("Take %u: %s. %s"), inb_job_get_take (job), state,
                            facts->error_message);
  else
    /* Translators: number of the take, its state */
    text = g_strdup_printf (_ ("Take %u: %s"), inb_job_get_take (job), state);
  inb_window_update_header (self);
  inb_window_say (self, text);
}

static void
refused_cb (InbWindow *self, const char *message)
{
  inb_window_toast (self, message);
  self->sample_is_coming = FALSE;
}

/* The disk is full, or the folder went away: jobs wait, and the person hears of it once. */
static void
halted_cb (InbWindow *self, const GError *error)
{
  inb_window_toast (self, error->message);
}

static void
start_state_cb (InbWindow *self)
{
  InbPhotoSlot *start = inb_draft_get_start (self->draft);
  g_autofree char *text = NULL;

  inb_window_update_centre (self);
  if (inb_photo_slot_get_state (start) != INB_SLOT_READY)
    return;
  /* Translators: %s is a file name */
  text = g_strdup_printf (_ ("\u2068%s\u2069 is the start frame"), inb_photo_slot_get_name (start));
  inb_window_say (self, text);
  if (adw_flap_get_folded (self->form_flap) && inb_takes_get_selected (self->takes) == NULL)
    adw_flap_set_reveal_flap (self->form_flap, TRUE);
}

/* The order is looked at a moment after the form has changed. */
static void
order_changed_cb (InbWindow *self)
{
  if (!self->sample_is_coming || !inb_draft_is_ready (self->draft) ||
      !inb_order_is_ready (inb_composer_get_order (self->composer)))
    return;
  self->sample_is_coming = FALSE;
  inb_composer_generate (self->composer);
}

static void
dropped_cb (const InbIncoming *incoming, const GError *error, gpointer user_data)
{
  InbWindow *self = user_data;
  InbFrameWell *well = inb_composer_choose_well (self->composer, NULL);

  if (well != NULL)
    inb_frame_well_take (well, incoming, error);
  else
    inb_window_toast (self, _ ("Both frames are filled. Drop the photo on the one to replace."));
}

/* While a photo is over the window the places for it show themselves. */
static void
drag_over_cb (GtkDropControllerMotion *motion, GParamSpec *pspec, InbWindow *self)
{
  if (gtk_drop_controller_motion_contains_pointer (motion))
    gtk_widget_add_css_class (GTK_WIDGET (self->composer), "dragging");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->composer), "dragging");
}

static void
connect_slot (InbWindow *self, InbPhotoSlot *slot)
{
  g_signal_connect_object (slot, "refused", G_CALLBACK (refused_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (slot, "note", G_CALLBACK (inb_window_say), self, G_CONNECT_SWAPPED);
}

/* Whoever works at the form wants to see what it asks for; the take is a click away. */
static void
worked_at_cb (InbWindow *self)
{
  self->at_form = TRUE;
  inb_window_update_centre (self);
}

static void
connect_draft (InbWindow *self)
{
  InbPhotoSlot *start = inb_draft_get_start (self->draft);

  connect_slot (self, start);
  connect_slot (self, inb_draft_get_last (self->draft));
  g_signal_connect_object (start, "notify::state", G_CALLBACK (start_state_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft, "notify::product-name",
                           G_CALLBACK (inb_window_update_title), self, G_CONNECT_SWAPPED);
  inb_composer_set_draft (self->composer, self->draft);
  g_signal_connect_object (inb_composer_get_order (self->composer), "changed",
                           G_CALLBACK (order_changed_cb), self, G_CONNECT_SWAPPED);
  inb_framing_preview_set_draft (self->framing, self->draft, start);
  self->live = inb_live_preview_new (self->draft, self->framing, self->live_caption);
  g_signal_connect_object (self->live, "worked-at", G_CALLBACK (worked_at_cb), self,
                           G_CONNECT_SWAPPED);
  inb_window_update_title (self);
}

static void
connect_widgets (InbWindow *self)
{
  GBindingFlags both = G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE;

  g_object_bind_property (self->form_flap, "reveal-flap", self->form_toggle, "active", both);
  g_object_bind_property (self->takes_flap, "reveal-flap", self->takes_toggle, "active", both);
  g_signal_connect_swapped (self->form_flap, "notify::folded", G_CALLBACK (folded_cb), self);
  g_signal_connect_swapped (self->takes_flap, "notify::folded", G_CALLBACK (folded_cb), self);
  g_signal_connect_swapped (self->takes, "notify::selected", G_CALLBACK (selected_cb), self);
  g_signal_connect_swapped (self->takes, "notify::count", G_CALLBACK (count_cb), self);
  g_signal_connect_swapped (self->takes, "state-changed", G_CALLBACK (take_state_cb), self);
  inb_incoming_add_drop_target (GTK_WIDGET (self->centre), dropped_cb, self);
}

static void
connect_input (InbWindow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *motion = gtk_drop_controller_motion_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (inb_window_key_pressed_cb), self);
  g_signal_connect_swapped (keys, "key-released", G_CALLBACK (inb_window_key_released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (motion, "notify::contains-pointer", G_CALLBACK (drag_over_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
}

static void
open_settings (InbWindow *self)
{
  GSettings *settings = inb_settings_source_get ();

  if (settings == NULL)
    return;
  g_settings_bind (settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
}

static void
inb_window_dispose (GObject *object)
{
  InbWindow *self = INB_WINDOW (object);

  g_clear_handle_id (&self->fold_id, g_source_remove);
  inb_window_dispose_order (self);
  g_clear_weak_pointer (&self->focus_at_work);
  g_clear_weak_pointer (&self->news);
  if (self->pages != NULL)
    g_signal_handlers_disconnect_by_data (self->pages, self);
  if (self->live != NULL)
    inb_live_preview_close (self->live);
  g_clear_object (&self->live);
  gtk_widget_dispose_template (GTK_WIDGET (self), INB_TYPE_WINDOW);
  g_cancellable_cancel (self->media);
  g_clear_object (&self->media);
  g_clear_object (&self->take_steps);
  g_clear_object (&self->queue);
  g_clear_object (&self->saver);
  g_clear_object (&self->draft);

  G_OBJECT_CLASS (inb_window_parent_class)->dispose (object);
}

static void
inb_window_finalize (GObject *object)
{
  g_clear_pointer (&INB_WINDOW (object)->product_steps, g_ptr_array_unref);
  g_free (INB_WINDOW (object)->root);

  G_OBJECT_CLASS (inb_window_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, InbWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, product_button);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, product_popover);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, title);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, broken);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, form_flap);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, takes_flap);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, work_buttons);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, new_button);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, form_toggle);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, takes_toggle);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, save_button);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, history_button);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, primary_menu);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, jobs_button);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, resume_bar);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, composer);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, centre);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, start_page);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, framing);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, live_caption);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, show_take_button);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, stage);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, status);
  gtk_widget_class_bind_template_child (widget_class, InbWindow, takes);
}

static void
inb_window_class_init (InbWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = inb_window_dispose;
  object_class->finalize = inb_window_finalize;
  widget_class->size_allocate = inb_window_size_allocate;

  g_type_ensure (INB_TYPE_COMPOSER);
  g_type_ensure (INB_TYPE_FRAMING_PREVIEW);
  g_type_ensure (INB_TYPE_JOBS_BUTTON);
  g_type_ensure (INB_TYPE_RESUME_BAR);
  g_type_ensure (INB_TYPE_STAGE);
  g_type_ensure (INB_TYPE_PRODUCT_POPOVER);
  g_type_ensure (INB_TYPE_SPARE_LAYOUT);
  g_type_ensure (INB_TYPE_START_PAGE);
  g_type_ensure (INB_TYPE_TAKES);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/inbetween/Inbetween/ui/inb-window.ui");
  bind_children (widget_class);
  inb_window_install_actions (widget_class);
  inb_window_install_page_actions (widget_class);
  inb_window_install_deliver_actions (widget_class);
  inb_window_install_incoming_actions (widget_class);
  inb_window_install_job_actions (widget_class);
  inb_window_install_take_actions (widget_class);
  inb_window_install_product_actions (widget_class);
  inb_window_install_undo_actions (widget_class);
}

/* The platform's title keeps five letters free, which at twice the size are too many for a narrow
 * window; what is cut off stands in the window's own title. */
static void
let_title_shrink (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    gtk_label_set_width_chars (GTK_LABEL (widget), 1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    let_title_shrink (child);
}

static void
inb_window_init (InbWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  let_title_shrink (GTK_WIDGET (self->title));
  inb_widget_set_menu (self->menu_button, self->primary_menu);
  open_settings (self);
  connect_widgets (self);
  connect_input (self);
}

/**
 * inb_window_new:
 * @application: the program
 * @root: the data folder
 *
 * Returns: (transfer none): a window with an empty product; nothing can be made until it has a
 * queue
 */
GtkWidget *
inb_window_new (GtkApplication *application, const char *root)
{
  InbWindow *self = g_object_new (INB_TYPE_WINDOW, "application", application, NULL);

  self->root = g_strdup (root);
  self->draft = inb_draft_new (root);
  connect_draft (self);
  inb_window_connect_order (self);
  inb_window_connect_pages (self);
  inb_window_connect_product (self);
  count_cb (self);
  inb_window_update_centre (self);
  return GTK_WIDGET (self);
}

/* without a folder there is nothing to begin */
static void
enable_begin_actions (InbWindow *self, gboolean enabled)
{
  static const char *const actions[] = { "win.new-product", "win.choose-start", "win.choose-last",
                                         "win.paste" };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i], enabled);
}

/**
 * inb_window_set_queue:
 * @self: a window, once
 * @queue: where jobs are
 *
 * Shows the product that was worked on last.
 */
void
inb_window_set_queue (InbWindow *self, InbQueue *queue)
{
  g_autoptr (InbProduct) newest = NULL;

  g_return_if_fail (INB_IS_WINDOW (self) && self->queue == NULL);

  self->queue = g_object_ref (queue);
  g_signal_connect_object (queue, "halted", G_CALLBACK (halted_cb), self, G_CONNECT_SWAPPED);
  enable_begin_actions (self, TRUE);
  gtk_stack_set_visible_child_name (self->pages, "work");
  inb_window_set_product_queue (self);
  inb_window_connect_takes (self);
  inb_jobs_button_set_jobs (self->jobs_button, G_LIST_MODEL (queue));
  inb_live_preview_set_jobs (self->live, G_LIST_MODEL (queue));
  inb_takes_set_jobs (self->takes, G_LIST_MODEL (queue));
  inb_takes_set_product (self->takes, inb_draft_get_product_id (self->draft));
  inb_window_set_order_queue (self);
  selected_cb (self);
  if (inb_takes_get_count (self->takes) > 0)
    return;
  newest = inb_queue_dup_product (queue, NULL, NULL);
  if (newest == NULL)
    inb_start_page_offer_sample (INB_START_PAGE (self->start_page));
  else
    gtk_widget_grab_focus (self->start_page);
}

/**
 * inb_window_show_broken:
 * @self: a window without a queue
 * @error: why there is none
 */
void
inb_window_show_broken (InbWindow *self, const GError *error)
{
  g_autofree char *text = g_markup_escape_text (error->message, -1);

  g_return_if_fail (INB_IS_WINDOW (self));

  enable_begin_actions (self, FALSE);
  adw_status_page_set_icon_name (self->broken, "dialog-error-symbolic");
  adw_status_page_set_description (self->broken, text);
  gtk_stack_set_visible_child_name (self->pages, "broken");
}
