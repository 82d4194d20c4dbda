/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui-test.h"
#include "ui/inb-window-private.h"

G_BEGIN_DECLS

/* The whole window with something in it, and everything that can be opened from it. */
typedef struct
{
  char *root;
  GtkApplication *application;
  InbQueue *queue;
  InbWindow *window;
} UiHouse;

/* A page, a pane's state or a window of its own. To have it audited everywhere, add a line to the
 * table in ui-house.c. */
typedef struct
{
  const char *name;
  gboolean empty;                      /* of a fresh data folder */
  GtkWidget *(*open) (UiHouse *house); /* returns the window it is in; NULL: not in this program */
} UiRoom;

extern const UiRoom ui_rooms[];

void ui_house_add_tests (const char *name, GTestDataFunc test, const char *part);
UiHouse *ui_house_new (gboolean empty);
void ui_house_free (UiHouse *self);
GtkWidget *ui_house_open (UiHouse *self, const UiRoom *room, int width, int height);

gboolean ui_house_is_window_button (GtkWidget *widget);

typedef void (*UiVisit) (GtkWidget *widget, gpointer user_data);
void ui_house_walk (GtkWidget *from, UiVisit visit, gpointer user_data);

gboolean ui_house_get_seen (GtkWidget *widget, GtkWidget *window, graphene_rect_t *seen);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UiHouse, ui_house_free)

G_END_DECLS
