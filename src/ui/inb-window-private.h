/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/inb-composer.h"
#include "ui/inb-draft-saver.h"
#include "ui/inb-form-history.h"
#include "ui/inb-framing-preview.h"
#include "ui/inb-jobs-button.h"
#include "ui/inb-live-preview.h"
#include "ui/inb-product-popover.h"
#include "ui/inb-resume-bar.h"
#include "ui/inb-stage.h"
#include "ui/inb-take-steps.h"
#include "ui/inb-takes.h"
#include "ui/inb-window.h"

G_BEGIN_DECLS

/* s that Undo is offered for what costs money, and that it waits before it leaves: what is taken
 * back in the last moment must be on a slow disk in time */
#define INB_WINDOW_UNDO_S 3
#define INB_WINDOW_HOLD_S 5

typedef struct _InbAway InbAway;

/* Shared by inb-window.c (what is shown) and inb-window-actions.c (what can be done). */
struct _InbWindow
{
  AdwApplicationWindow parent_instance;

  char *root;
  InbQueue *queue;
  InbDraft *draft;
  InbDraftSaver *saver;     /* NULL without a queue */
  InbTakeSteps *take_steps; /* NULL without a queue */
  GPtrArray *product_steps; /* (nullable): inb-window-undo.c */
  guint n_product_steps;    /* how many of them hold */
  gint64 newest_step_us;    /* monotonic, of any kind */
  guint fold_id;
  GCancellable *media;       /* what is made again of the selected take; NULL: nothing was asked */
  gboolean narrow;           /* the header has room for little */
  guint held_key;            /* Return or space is down: its repeats are not wishes; 0 none */
  gboolean at_form;          /* it was worked at since a take was chosen: its photo is shown */
  gboolean sample_is_coming; /* generate as soon as the draft is ready */

  GtkWidget *focus_at_work; /* weak; where the focus was when a page was shown */

  AdwToast *news;       /* weak; what was told last */
  GPtrArray *undoable;  /* element-type utf8: ids of the jobs that Undo takes back; NULL: none */
  AdwToast *undo_toast; /* not owned; NULL when it is gone */
  guint undo_id;
  gboolean sending;      /* an order that may cost is on its way into the queue */
  gboolean undo_at_once; /* it was taken back before it was there */
  gboolean undo_is_next; /* nothing was done in the form since: the key takes the order back */
  InbRequest *repeated;  /* what the person has asked for again, knowing it */
  gint64 repeated_us;    /* monotonic */
  char *order_news;      /* what was said last about the order */
  gint64 said_us;        /* monotonic, when the status line was written */
  InbAway *away;

  AdwToastOverlay *toasts;
  GtkMenuButton *product_button;
  InbProductPopover *product_popover;
  AdwWindowTitle *title;
  GtkStack *pages;
  AdwStatusPage *broken;
  AdwFlap *form_flap;
  AdwFlap *takes_flap;
  GtkWidget *back_button;
  GtkWidget *work_buttons; /* those of the header that are about the present product */
  GtkWidget *new_button;
  GtkToggleButton *form_toggle;
  GtkToggleButton *takes_toggle;
  GtkWidget *save_button;
  GtkWidget *history_button;
  GtkMenuButton *menu_button;
  GMenuModel *primary_menu;
  InbJobsButton *jobs_button;
  InbResumeBar *resume_bar;
  InbComposer *composer;
  GtkStack *centre;
  GtkWidget *start_page;
  InbFramingPreview *framing;
  GtkLabel *live_caption;
  GtkWidget *show_take_button;
  InbLivePreview *live;
  InbStage *stage;
  GtkLabel *status;
  InbTakes *takes;
};

void inb_window_install_actions (GtkWidgetClass *widget_class);
void inb_window_install_take_actions (GtkWidgetClass *widget_class);
void inb_window_install_import_actions (GtkWidgetClass *widget_class);
void inb_window_connect_takes (InbWindow *self);
void inb_window_connect_import (InbWindow *self);
void inb_window_install_undo_actions (GtkWidgetClass *widget_class);
void inb_window_leave_product (InbWindow *self);
void inb_window_made_products (InbWindow *self, GPtrArray *made);
void inb_window_update_centre (InbWindow *self);
void inb_window_show_take (InbWindow *self);
void inb_window_show_product (InbWindow *self, const InbProduct *product);
void inb_window_update_undo (InbWindow *self);
void inb_window_toast_with_undo (InbWindow *self, const char *text);
void inb_window_install_page_actions (GtkWidgetClass *widget_class);
void inb_window_install_deliver_actions (GtkWidgetClass *widget_class);
void inb_window_install_incoming_actions (GtkWidgetClass *widget_class);
void inb_window_install_job_actions (GtkWidgetClass *widget_class);
InbJob *inb_window_get_finished (InbWindow *self);
void inb_window_save_take (InbWindow *self, InbJob *job);
void inb_window_connect_pages (InbWindow *self);
void inb_window_install_product_actions (GtkWidgetClass *widget_class);
void inb_window_connect_product (InbWindow *self);
void inb_window_set_product_queue (InbWindow *self);
const char *inb_window_get_page_title (InbWindow *self);
void inb_window_update_header (InbWindow *self);
void inb_window_update_title (InbWindow *self);
void inb_window_connect_order (InbWindow *self);
void inb_window_set_order_queue (InbWindow *self);
void inb_window_dispose_order (InbWindow *self);
void inb_window_generate_cb (InbWindow *self);
void inb_window_send_order (InbWindow *self, const InbRequest *request, const char *product_id,
                            const char *product_name);
void inb_window_say_no_more (InbWindow *self);
void inb_window_changed_cb (GObject *source, GAsyncResult *result, gpointer user_data);
void inb_window_offer_undo (InbWindow *self, GPtrArray *jobs, const InbQuote *quote);
gboolean inb_window_undo_order (InbWindow *self);
void inb_window_change_caps (InbWindow *self);
gboolean inb_window_key_pressed_cb (InbWindow *self, guint keyval, guint keycode,
                                    GdkModifierType state);
void inb_window_key_released_cb (InbWindow *self, guint keyval);

/* inb-window-away.c */
InbAway *inb_away_new (InbWindow *window);
void inb_away_free (InbAway *away);
void inb_window_make_media (InbWindow *self, InbJob *job);

G_END_DECLS
