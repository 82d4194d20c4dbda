/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "providers/inb-scope.h"

G_BEGIN_DECLS

/* The parts of a hosted provider's file, in the order they are read: each names what the ones
 * before it described. */
gboolean inb_service_file_read (InbReader *root, InbService *self, GHashTable *variables,
                                gboolean own);
gboolean inb_service_file_read_image (InbReader *root, InbScope *scope, InbService *self);
gboolean inb_service_file_read_submit (InbReader *root, InbScope *scope, InbService *self);
gboolean inb_service_file_read_poll (InbReader *root, InbScope *scope, InbService *self);
gboolean inb_service_file_read_result (InbReader *root, InbScope *scope, InbService *self);
gboolean inb_service_file_read_others (InbReader *root, InbScope *scope, InbService *self);
gboolean inb_service_file_read_errors (InbReader *root, InbService *self);

G_END_DECLS
