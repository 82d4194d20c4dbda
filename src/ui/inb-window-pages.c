/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "ui/inb-history-page.h"
#include "ui/inb-products-page.h"
#include "ui/inb-providers-page.h"
#include "ui/inb-window-private.h"

/* The pages beside the work: each takes the whole window and has a way back. A page is made when it
 * is asked for the first time, so that none costs the start, and is kept, so that coming back finds
 * everything where it was left. */
typedef struct
{
  const char *name; /* of the stack's child, and the word of win.show-page */
  const char *title;
  GtkWidget *(*make) (InbQueue *queue);
} Page;

static const Page pages[] = {
  { "history", N_ ("History"), inb_history_page_new },
  { "providers", N_ ("Providers"), inb_providers_page_new },
  { "products", N_ ("Products"), inb_products_page_new },
  { NULL, NULL, NULL },
};

static const Page *
find_page (const char *name)
{
  for (guint i = 0; pages[i].name != NULL; i++)
    if (strcmp (pages[i].name, name) == 0)
      return &pages[i];
  return NULL;
}

static gboolean
is_at_work (InbWindow *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), "work") == 0;
}

static void
remember_focus (InbWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  /* an item of a menu is gone with it: given the focus, it would swallow every key */
  if (focus != NULL && gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL)
    focus = GTK_WIDGET (self->menu_button);
  if (is_at_work (self))
    g_set_weak_pointer (&self->focus_at_work, focus);
}

/**
 * inb_window_update_header:
 * @self: a window
 *
 * The header is about the page: what belongs to the work alone is not there. In a narrow window
 * what the menu has as well makes room for the title.
 */
void
inb_window_update_header (InbWindow *self)
{
  const char *name = gtk_stack_get_visible_child_name (self->pages);
  const Page *page = name != NULL ? find_page (name) : NULL;

  gtk_widget_set_visible (self->back_button, page != NULL);
  gtk_widget_set_visible (self->work_buttons, page == NULL);
  gtk_widget_set_visible (self->new_button, !self->narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->form_toggle), adw_flap_get_folded (self->form_flap));
  gtk_widget_set_visible (GTK_WIDGET (self->takes_toggle),
                          page == NULL && inb_takes_get_count (self->takes) > 0 &&
                              adw_flap_get_folded (self->takes_flap));
  gtk_widget_set_visible (self->save_button,
                          page == NULL && !self->narrow && inb_window_get_finished (self) != NULL);
  gtk_widget_set_visible (self->history_button, !self->narrow && g_strcmp0 (name, "history") != 0);
}

static void
page_shown_cb (InbWindow *self)
{
  const char *name = gtk_stack_get_visible_child_name (self->pages);
  const Page *page = name != NULL ? find_page (name) : NULL;

  inb_window_update_header (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.back", page != NULL);
  inb_window_update_title (self);
}

/**
 * inb_window_get_page_title:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): what the page is called; %NULL at work
 */
const char *
inb_window_get_page_title (InbWindow *self)
{
  const char *name = gtk_stack_get_visible_child_name (self->pages);
  const Page *page = name != NULL ? find_page (name) : NULL;

  return page != NULL ? _ (page->title) : NULL;
}

/* The stack itself moves the focus along where it was in the former page; who comes to search
 * begins with the words. */
static void
enter (InbWindow *self, GtkWidget *page)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (INB_IS_HISTORY_PAGE (page))
    gtk_widget_grab_focus (page);
  else if (focus == NULL || !gtk_widget_is_ancestor (focus, page))
    gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
}

/**
 * inb_window_show_page:
 * @self: a window with a queue
 * @name: "work", or the name of a page
 *
 * Shows it; at work the focus returns to where it was.
 */
void
inb_window_show_page (InbWindow *self, const char *name)
{
  const Page *page = find_page (name);

  g_return_if_fail (INB_IS_WINDOW (self));

  if (self->queue == NULL || (page == NULL && strcmp (name, "work") != 0))
    return;
  remember_focus (self);
  if (page != NULL && gtk_stack_get_child_by_name (self->pages, name) == NULL)
    gtk_stack_add_named (self->pages, page->make (self->queue), name);
  gtk_stack_set_visible_child_name (self->pages, name);
  if (page != NULL)
    enter (self, gtk_stack_get_visible_child (self->pages));
  else if (self->focus_at_work != NULL)
    gtk_widget_grab_focus (self->focus_at_work);
}

static void
show_page_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  inb_window_show_page (INB_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  inb_window_show_page (INB_WINDOW (widget), "work");
}

void
inb_window_install_page_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.show-page", "s", show_page_action);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, back_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "win.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.back", NULL);
}

void
inb_window_connect_pages (InbWindow *self)
{
  g_signal_connect_swapped (self->pages, "notify::visible-child-name", G_CALLBACK (page_shown_cb),
                            self);
  page_shown_cb (self);
}
