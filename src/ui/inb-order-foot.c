/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/inb-order-foot.h"

#include <glib/gi18n.h>

#include "ui/inb-checks-list.h"

/* The foot of the form: what was found, what is still to do, and the one button that asks for
 * clips. Nothing else on the screen can. */
struct _InbOrderFoot
{
  AdwBin parent_instance;

  InbOrder *order;
  gboolean busy;     /* an order is on its way into the queue, or a question about it is open */
  guint cooldown_id; /* a second press within a second is a double click, not a wish */
  gboolean had_focus;

  InbChecksList *checks;
  GtkLabel *hint;
  GtkButton *generate_button;
};

enum
{
  SIGNAL_GENERATE,
  SIGNAL_FIX,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbOrderFoot, inb_order_foot, ADW_TYPE_BIN)

#define COOLDOWN_MS 1000

static gboolean
may_generate (InbOrderFoot *self)
{
  return self->order != NULL && inb_order_is_ready (self->order) && !self->busy &&
         self->cooldown_id == 0;
}

/* GTK takes the focus from a button that becomes insensitive; a person who works by keyboard gets
 * it back unless they have gone elsewhere. */
static void
set_sensitive (InbOrderFoot *self, gboolean sensitive)
{
  GtkWidget *button = GTK_WIDGET (self->generate_button);
  GtkRoot *root = gtk_widget_get_root (button);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (gtk_widget_get_sensitive (button) && !sensitive)
    self->had_focus = focus == button;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "order.generate", sensitive);
  if (!sensitive || !self->had_focus)
    return;
  self->had_focus = FALSE;
  if (focus == NULL)
    gtk_widget_grab_focus (button);
}

static void
update_button (InbOrderFoot *self)
{
  const InbCheck *obstacle = inb_checks_get_obstacle (inb_order_get_checks (self->order));
  g_autofree char *label = inb_order_dup_label (self->order);
  const char *reason = obstacle != NULL ? obstacle->text : "";

  gtk_button_set_label (self->generate_button, label);
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (self->generate_button)), TRUE);
  gtk_label_set_justify (GTK_LABEL (gtk_button_get_child (self->generate_button)),
                         GTK_JUSTIFY_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->generate_button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, reason, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->generate_button),
                               obstacle != NULL ? reason : _ ("Generate (Ctrl+Return)"));
  set_sensitive (self, may_generate (self));
}

static void
update (InbOrderFoot *self)
{
  const char *hint = inb_order_get_hint (self->order);

  inb_checks_list_set_checks (self->checks, inb_order_get_checks (self->order));
  gtk_label_set_label (self->hint, hint != NULL ? hint : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint), hint != NULL);
  update_button (self);
}

static gboolean
cooled_cb (gpointer user_data)
{
  InbOrderFoot *self = user_data;

  self->cooldown_id = 0;
  update_button (self);
  return G_SOURCE_REMOVE;
}

static void
generate_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  InbOrderFoot *self = INB_ORDER_FOOT (widget);

  if (!may_generate (self))
    return;
  self->cooldown_id = g_timeout_add (COOLDOWN_MS, cooled_cb, self);
  update_button (self);
  g_signal_emit (self, signals[SIGNAL_GENERATE], 0);
}

/* The row with the pressed button may be gone: the next thing to do gets the focus. */
static void
fix_cb (InbOrderFoot *self, const InbFix *fix)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (!inb_order_apply (self->order, fix))
    {
      g_signal_emit (self, signals[SIGNAL_FIX], 0, fix);
      return;
    }
  if (root != NULL && gtk_root_get_focus (root) == NULL)
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

static void
inb_order_foot_dispose (GObject *object)
{
  InbOrderFoot *self = INB_ORDER_FOOT (object);

  g_clear_handle_id (&self->cooldown_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), INB_TYPE_ORDER_FOOT);
  g_clear_object (&self->order);

  G_OBJECT_CLASS (inb_order_foot_parent_class)->dispose (object);
}

static void
inb_order_foot_class_init (InbOrderFootClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = inb_order_foot_dispose;

  /* InbOrderFoot::generate: the person wants what the order says, now; at most once a second */
  signals[SIGNAL_GENERATE] = g_signal_new ("generate", INB_TYPE_ORDER_FOOT, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 0);
  /* InbOrderFoot::fix: the person wants a fix that is not in the form (InbFix, until the handler
   * returns) */
  signals[SIGNAL_FIX] = g_signal_new ("fix", INB_TYPE_ORDER_FOOT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                      NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);

  g_type_ensure (INB_TYPE_CHECKS_LIST);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/inbetween/Inbetween/ui/inb-order-foot.ui");
  gtk_widget_class_bind_template_child (widget_class, InbOrderFoot, checks);
  gtk_widget_class_bind_template_child (widget_class, InbOrderFoot, hint);
  gtk_widget_class_bind_template_child (widget_class, InbOrderFoot, generate_button);
  gtk_widget_class_install_action (widget_class, "order.generate", NULL, generate_action);
}

static void
inb_order_foot_init (InbOrderFoot *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "order.generate", FALSE);
  g_signal_connect_swapped (self->checks, "fix", G_CALLBACK (fix_cb), self);
}

/**
 * inb_order_foot_new:
 *
 * Returns: (transfer floating): a foot without an order
 */
GtkWidget *
inb_order_foot_new (void)
{
  return g_object_new (INB_TYPE_ORDER_FOOT, NULL);
}

/**
 * inb_order_foot_set_order:
 * @self: a foot, once
 * @order: what it shows
 */
void
inb_order_foot_set_order (InbOrderFoot *self, InbOrder *order)
{
  g_return_if_fail (INB_IS_ORDER_FOOT (self) && self->order == NULL);

  self->order = g_object_ref (order);
  g_signal_connect_object (order, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * inb_order_foot_generate:
 * @self: a foot with an order
 *
 * What the button does, for the one key that does the same.
 */
void
inb_order_foot_generate (InbOrderFoot *self)
{
  g_return_if_fail (INB_IS_ORDER_FOOT (self));
  generate_action (GTK_WIDGET (self), NULL, NULL);
}

/**
 * inb_order_foot_set_busy:
 * @self: a foot with an order
 * @busy: whether an order is on its way; no other is taken until it is there
 */
void
inb_order_foot_set_busy (InbOrderFoot *self, gboolean busy)
{
  g_return_if_fail (INB_IS_ORDER_FOOT (self));

  self->busy = busy;
  update_button (self);
}
