/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "core/inb-job.h"

G_BEGIN_DECLS

typedef enum
{
  INB_TAKE_FILTER_ALL,
  INB_TAKE_FILTER_DONE,
  INB_TAKE_FILTER_FAILED,
  INB_TAKE_FILTER_ACCEPTED,
} InbTakeFilter;

#define INB_TYPE_TAKE_LIST (inb_take_list_get_type ())
G_DECLARE_FINAL_TYPE (InbTakeList, inb_take_list, INB, TAKE_LIST, GObject)

InbTakeList *inb_take_list_new (GListModel *jobs);
void inb_take_list_set_product (InbTakeList *self, const char *product_id);
gboolean inb_take_list_is_of (InbTakeList *self, const char *product_id);
void inb_take_list_set_filter (InbTakeList *self, InbTakeFilter filter);
void inb_take_list_show_more (InbTakeList *self);
gboolean inb_take_list_reveal (InbTakeList *self, InbJob *job);
GListModel *inb_take_list_get_shown (InbTakeList *self);
gboolean inb_take_list_has_more (InbTakeList *self);
guint inb_take_list_get_n_takes (InbTakeList *self);
guint inb_take_list_get_highest (InbTakeList *self);
InbJob *inb_take_list_find (InbTakeList *self, const char *id);
InbJob *inb_take_list_find_before (InbTakeList *self, InbJob *job);
guint inb_take_list_choose (InbTakeList *self);

G_END_DECLS
