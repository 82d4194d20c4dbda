/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/inb-marks.h"

G_BEGIN_DECLS

#define INB_TYPE_MARKS_CANVAS (inb_marks_canvas_get_type ())
G_DECLARE_FINAL_TYPE (InbMarksCanvas, inb_marks_canvas, INB, MARKS_CANVAS, GtkWidget)

void inb_marks_canvas_set_photo (InbMarksCanvas *self, InbPreview *photo);
InbMarks *inb_marks_canvas_get_marks (InbMarksCanvas *self);
void inb_marks_canvas_changed (InbMarksCanvas *self);
void inb_marks_canvas_set_brush (InbMarksCanvas *self, double radius, gboolean product);

G_END_DECLS
