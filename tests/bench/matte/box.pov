// A carton and a tube before pale green, standing apart: two parts, sharp corners.
// SPDX-License-Identifier: GPL-3.0-or-later
#declare Backdrop = pigment { rgb <0.66, 0.74, 0.66> }
#declare Eye = <-12, 20, -62>;
#declare Look = <2, 6, 0>;
#include "studio.inc"
box { <-4, 0, -3>, <4, 13, 3>
  Matt (pigment { checker rgb <0.86, 0.30, 0.22>, rgb <0.90, 0.84, 0.74> scale <4, 6.5, 3> })
  rotate -28 * y translate <-4.5, 0, 1>
}
union {
  cone { <0, 2.4, 0>, 2.1, <0, 11.5, 0>, 2.4 }
  cylinder { <0, 0, 0>, <0, 2.5, 0>, 1.7 }
  Glossy (pigment { gradient y color_map { [0 rgb <0.95, 0.94, 0.9>][0.21 rgb <0.95, 0.94, 0.9>][0.21 rgb <0.12, 0.22, 0.50>][1 rgb <0.25, 0.42, 0.70>] } scale 11.6 }, 0.4)
  translate <6.8, 0, -1.5>
}
