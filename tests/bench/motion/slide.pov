// A carton slides 17 cm over a plain table, evenly; nothing else moves.
// SPDX-License-Identifier: GPL-3.0-or-later
#declare Backdrop = pigment { rgb <0.70, 0.70, 0.74> }
#declare Eye = <0, 20, -62>;
#declare Look = <0, 6, 0>;
#include "studio.inc"
#declare Label = pigment { checker rgb <0.86, 0.30, 0.22>, rgb <0.90, 0.84, 0.74> scale <1.3, 2.1, 3> };
union {
  box { <-4, 0, -3>, <4, 13, 3> Matt (Label) }
  text { internal 2 "BALM" 0.2, 0 scale <2.6, 2.6, 1> translate <-3.6, 6, -3.1> Matt (pigment { rgb 0.05 }) }
  rotate -20 * y translate <-8.5 + 17 * clock, 0, 1>
}
