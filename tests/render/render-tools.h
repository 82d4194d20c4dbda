/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/inb-pixels.h"
#include "render/inb-engine.h"

G_BEGIN_DECLS

/* A colourful picture with fine detail; different for each variant. */
InbPixels *render_make_picture (guint width, guint height, guint variant);
/* Bright Gaussian dots on grey: @n places as x, y pairs, px. */
InbPixels *render_make_dots (guint width, guint height, const double *places, guint n,
                             double sigma);
/* What a frame of that very picture should be: Y' of BT.709 limited, not rounded. */
double render_get_luma (const InbPixels *pixels, guint x, guint y);
void render_get_chroma (const InbPixels *pixels, guint x, guint y, double *cb, double *cr);
/* The same for one sample of 4:2:0, sited as in MPEG-2: a quarter, a half and a quarter of three
 * columns, the mean of two rows. */
void render_get_sited_chroma (const InbPixels *pixels, guint x, guint y, double *cb, double *cr);
/* Mean over all three planes, as dB; chroma sited as in MPEG-2. */
double render_get_psnr (const InbPixels *pixels, const guint8 *i420);

InbEngine *render_make_engine (const char *prompt, const InbPixels *start, const InbPixels *last,
                               guint width, guint height, guint n_frames, guint n_threads);
GBytes *render_draw (InbEngine *engine, guint frame);
/* ≥ 45 dB: nothing but the dither and the chroma's siting lies between them. */
void render_assert_is_photo (InbEngine *engine, guint frame, const InbPixels *photo);
void render_assert_begins_and_ends (InbEngine *engine, const InbPixels *start,
                                    const InbPixels *last, guint last_frame);
/* The first @n frames, each or every @step-th, are the same bytes. */
void render_assert_same (InbEngine *one, InbEngine *other, guint n, guint step);

G_END_DECLS
