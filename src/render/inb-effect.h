/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/inb-compose.h"
#include "render/inb-prompt.h"

G_BEGIN_DECLS

/**
 * InbEffectSetup:
 * @prompt: the effects, their amounts and steps
 * @width: of a frame, px
 * @height: of a frame, px
 * @fps: frames a second
 * @n_frames: of the clip
 * @ease: how time runs
 * @seed: of what is left to chance
 *
 * What an effect depends on in all frames alike.
 */
typedef struct
{
  const InbPrompt *prompt;
  guint width;
  guint height;
  guint fps;
  guint n_frames;
  InbEase ease;
  guint32 seed;
} InbEffectSetup;

/**
 * InbShot:
 * @frame: number of the frame
 * @camera: px of the first frame → px of this one, row-major 3×3
 * @has_product: whether it is known where the product is
 * @product: left, top, right and bottom of its box, px of this frame; may reach beyond it
 *
 * What an effect depends on in one frame.
 */
typedef struct
{
  guint frame;
  double camera[9];
  gboolean has_product;
  double product[4];
} InbShot;

/**
 * InbArea:
 * @plane: 0: Y', 1: Cb, 2: Cr
 * @x: first column, a multiple of %INB_TILE_COLUMNS
 * @y: first row
 * @n_columns: ≤ %INB_TILE_COLUMNS
 * @n_rows: rows
 *
 * A part of a plane of a frame. Its samples lie %INB_TILE_COLUMNS apart from row to row and can be
 * written up to the next multiple of 16 columns.
 */
typedef struct
{
  guint plane;
  guint x;
  guint y;
  guint n_columns;
  guint n_rows;
} InbArea;

/**
 * InbEffectKind:
 * @make: (nullable): the effect for a clip; %NULL where the prompt does not ask for it
 * @clear: frees what @make returned
 * @begin: what one frame needs; %NULL where the effect does nothing in it
 * @end: frees what @begin returned
 * @touches: whether anything changes in an area
 * @apply: changes its samples. @alpha is the product's opacity there with its outline
 * softened, half at the rim, laid out like the samples; %NULL where it is @coverage everywhere
 * @wants_product: whether it is another effect where the product is
 * @unmasked: what @coverage is where that is not known
 *
 * One kind of light or air. Everything is a pure function of the setup, the shot and the place, in
 * whole numbers or in floating point that is compiled once, so that a clip is the same for any
 * number of threads.
 */
typedef struct
{
  gpointer (*make) (const InbEffectSetup *setup);
  void (*clear) (gpointer effect);
  gpointer (*begin) (gpointer effect, const InbShot *shot);
  void (*end) (gpointer state);
  gboolean (*touches) (gpointer state, const InbArea *area);
  void (*apply) (gpointer state, const InbArea *area, gint16 *samples, const gint16 *alpha,
                 InbCoverage coverage);
  gboolean wants_product;
  InbCoverage unmasked;
} InbEffectKind;

extern const InbEffectKind inb_dust_kind;
extern const InbEffectKind inb_steam_kind;
extern const InbEffectKind inb_sweep_kind;
extern const InbEffectKind inb_vignette_kind;

double inb_effect_get_time (const InbEffectSetup *setup, guint frame);
double inb_effect_get_step_time (const InbEffectSetup *setup, guint step, guint frame);

G_END_DECLS
