/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/inb-preview.h"

G_BEGIN_DECLS

typedef struct _InbMarks InbMarks;

InbMarks *inb_marks_new (guint photo_width, guint photo_height);
void inb_marks_free (InbMarks *self);
void inb_marks_get_size (const InbMarks *self, guint *width, guint *height);
guint8 inb_marks_get (const InbMarks *self, guint x, guint y);
gboolean inb_marks_are_empty (const InbMarks *self);
gboolean inb_marks_can_undo (const InbMarks *self);

void inb_marks_begin (InbMarks *self);
void inb_marks_paint (InbMarks *self, double from_x, double from_y, double to_x, double to_y,
                      double radius, gboolean product);
void inb_marks_clear (InbMarks *self);
void inb_marks_take (InbMarks *self, InbPreview *picture);
void inb_marks_undo (InbMarks *self);

GdkTexture *inb_marks_make_tint (const InbMarks *self, const GdkRGBA *colour);
GBytes *inb_marks_print (const InbMarks *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbMarks, inb_marks_free)

G_END_DECLS
